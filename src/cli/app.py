"""Which commands are there? The application that they hang on, and the options common to all."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from cli.place import typed
from cli.settings import Settings
from cli.tongue import speak

HELP = """A ledger of promises: what was promised, when it moved, who moved it and why.

\b
  pledger init --title "Middle Corridor"
  pledger add fibre "Fibre line under the Caspian" --due end-2026
  pledger log fibre "Cable ship booked" --progress 20%
  pledger status
  pledger due --within 90d

Options of this page are accepted before and after the command.
"""


def application() -> typer.Typer:
    """One without commands; it has the options common to all."""
    made = typer.Typer(
        name="pledger",
        help=HELP,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    made.callback()(options)
    return made


def group(name: str, help: str) -> typer.Typer:
    """A register: noun + verb."""
    made = typer.Typer(help=help, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.add_typer(made, name=name)
    return made


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"pledger {version('pledger')}")
        raise typer.Exit


def options(
    context: typer.Context,
    ledger: Annotated[
        str | None, typer.Option(metavar="PATH|URL", help="The ledger [PLEDGER_LEDGER; else pledger.db here or above].")
    ] = None,
    actor: Annotated[
        str | None, typer.Option(metavar="OFFICE", help="The office that records [PLEDGER_ACTOR; else your config].")
    ] = None,
    as_known: Annotated[
        str | None, typer.Option(metavar="WHEN", help="What the ledger knew at #154, at a date or an instant.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day on which to judge (default: today).")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Answer as one JSON object.")] = False,
    lang: Annotated[
        str | None, typer.Option(metavar="LANG", help="Words in az, kk, ru, tr or en [PLEDGER_LANG; else your locale].")
    ] = None,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask; refuse what is missing.")] = False,
    folder: Annotated[str | None, typer.Option("-C", metavar="DIR", help="Work in this folder.")] = None,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which.")] = False,
) -> None:
    settings: Settings = context.obj
    settings.ledger = ledger if ledger is None else typed(ledger)
    settings.actor = actor
    settings.as_known, settings.as_of = as_known, as_of
    settings.json, settings.no_input, settings.lang = json, no_input, lang
    speak(settings.language())
    if folder is not None:
        os.chdir(folder)


app = application()
