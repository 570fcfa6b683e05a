"""The keys that seal: `audit key new`, `audit key show`, `audit key rotate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.audit import audit_app
from cli.audit_words import Output, Passphrase
from cli.options import Because, Context
from cli.settings import Settings

key_app = typer.Typer(
    help="The keys that seal. They lie in files, never in the ledger.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
audit_app.add_typer(key_app, name="key")

File = Annotated[str, typer.Argument(metavar="FILE", help="The file of the key.")]
UNNAMED = "pledger"


@key_app.command("new")
def key_new(
    context: Context,
    file: File,
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="The name it signs under (default: the office that records).")
    ] = None,
    passphrase: Annotated[bool, typer.Option("--passphrase", help="Ask for a passphrase that locks the file.")] = False,
    passphrase_file: Passphrase = None,
) -> None:
    """Make a key, and print its verifier key.

    Give that to everybody who is to check.

    Example: pledger audit key new seal.key --name programme-office
    """
    from cli.audit_words import first_line, must_have_proofs, new_passphrase
    from cli.shown import talk
    from ledger.keys import new_key

    must_have_proofs()
    settings: Settings = context.obj
    secret = first_line(passphrase_file) if passphrase_file is not None else None
    if passphrase and secret is None:
        secret = new_passphrase(settings)
    made = new_key(Path(file), name or _named_after(settings.office()), secret)
    _tell(settings, made.vkey, file)
    talk(f"Made {file}, for you alone. Keep a copy of it and of {file}.state apart from the ledger.")


@key_app.command("show")
def key_show(context: Context, file: File) -> None:
    """Print the verifier key of a key.

    Example: pledger audit key show seal.key
    """
    from cli.audit_words import must_have_proofs
    from ledger.keys import read_vkey

    must_have_proofs()
    _tell(context.obj, read_vkey(Path(file)), file)


@key_app.command("rotate")
def key_rotate(
    context: Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="The file of the key that has sealed so far.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The file of the key that follows it.")],
    because: Because = None,
    output: Output = None,
    passphrase_file: Passphrase = None,
    new_passphrase_file: Annotated[
        str | None, typer.Option(metavar="FILE", help="Where the passphrase of the new key stands.")
    ] = None,
) -> None:
    """Let another key seal the ledger.

    That is an event, and a checkpoint that both keys sign: whoever knows the old key knows the new one by it. The old
    key seals this ledger no more.

    Example: pledger audit key rotate seal.key next.key --because "Office moved"
    """
    from cli.audit_cited import Cited
    from cli.audit_release import answer, release, say_cited
    from cli.audit_words import key, must_have_proofs
    from cli.shown import out, progress
    from ledger.seal import rotate

    must_have_proofs()
    settings: Settings = context.obj
    before, after = key(settings, old, passphrase_file), key(settings, new, new_passphrase_file)
    desk = settings.desk
    with progress("Reading new lines") as done:
        made = rotate(desk.ledger, before, after, because=because, actor=desk.office(), watch=done)
    cited = Cited.of(desk.record, made.size, made.root)
    written = release(settings, made.note, cited, output)
    if settings.json:
        answer(settings, cited, {"note": made.note, "vkey": after.vkey, "sealed": made.lines, "written": written})
        return
    if "-" not in (output or ()):
        out(f"{desk.record.title}: from #{made.size} on {after.name} seals, with another key.")
        out(after.vkey)
    say_cited(cited, output)


def _named_after(office: str | None) -> str:
    """An office as the name of a key, which holds neither spaces nor a plus."""
    return "-".join((office or UNNAMED).replace("+", " ").split())


def _tell(settings: Settings, vkey: str, file: str) -> None:
    from cli.audit_release import answer
    from cli.shown import out
    from ledger.note import parse_vkey
    from ledger.note import vkey as vkey_of

    if settings.json:
        name, _, public = parse_vkey(vkey)
        answer(settings, None, {"file": file, "vkey": vkey, "cosigner_vkey": vkey_of(name, public, cosigner=True)})
    else:
        out(vkey)
