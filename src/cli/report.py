"""A report as one file: `report`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cli.app import app
from cli.audit_words import Vkeys
from cli.filtered import FilterWords, filter_of
from cli.options import Context, desk_of

if TYPE_CHECKING:
    from cli.desk import Desk
    from exchange.report.gather import Gathered
    from exchange.report.sealed import Sealed

Form = Literal["html", "md", "pdf"]
Output = Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Where it goes (- is stdout).")]


@app.command()
def report(
    context: Context,
    output: Output,
    words: FilterWords = None,
    title: Annotated[str | None, typer.Option(metavar="TITLE", help="Above it (default: the ledger's title).")] = None,
    with_lines: Annotated[
        bool, typer.Option("--with-lines", help="With all lines of the ledger, so that a browser can check them.")
    ] = False,
    form: Annotated[
        str, typer.Option("--format", metavar="html|md|pdf", help="A page, tables for a mail, or paper.")
    ] = "",
    vkey: Vkeys = None,
) -> None:
    """Write a report that any browser can replay. One file, position by position; nothing leaves it.

    A filter is held against how commitments stand at the end.

    Example: pledger report -o report.html programme:middle-corridor --with-lines
    """
    from cli.answer import read_at
    from cli.output import out_to
    from cli.shown import talk

    desk = desk_of(context)
    made = written(desk, form_of(form, output), words, title, vkey if with_lines else None, with_lines=with_lines)
    with out_to(output) as out:
        out.write(made)
    if output != "-":
        at = f"as known #{desk.at.known}, as of {desk.at.on}{read_at(desk)}"
        talk(f"Report {at}, written to {output} ({len(made):,} bytes).")


def form_of(form: str, output: str) -> Form:
    """The form that is named, else the one that the file's name ends in, else a page. Refused: `bad-choice`."""
    from domain.text import choice

    ending = output.rpartition(".")[2]
    found: Form = choice(Form, form or (ending if ending in ("md", "pdf") else "html"), "format")
    return found


def written(
    desk: Desk, form: Form, words: list[str] | None, title: str | None, vkey: list[str] | None, *, with_lines: bool
) -> bytes:
    """The bytes of the report. Refused: as `filter_of`, `exchange.report.page.page`, `…printed.printed`."""
    from exchange.report.letter import letter
    from exchange.report.page import must_have_templates, page
    from exchange.report.printed import printed

    must_have_templates()
    found = gathered(desk, words, title)
    if form == "md":
        return letter(found).encode()
    made = page(found, lines_of(desk, vkey) if with_lines else None)
    return printed(made) if form == "pdf" else made.encode()


def gathered(desk: Desk, words: list[str] | None, title: str | None) -> Gathered:
    """All that the report tells."""
    from cli.shown import progress
    from cli.tongue import spoken
    from exchange.report.gather import Asked, gather

    wanted = filter_of(desk, words) if words else None
    with progress("Gathering what is told") as watch:
        asked = Asked(title or desk.record.title, wanted, words or (), spoken())
        return desk.ask(lambda base, at: gather(desk.record, base, at, asked, watch))


def lines_of(desk: Desk, vkey: list[str] | None) -> Sealed:
    """The lines, and what was sealed. Refused: `no-proofs`, and as `exchange.report.sealed.sealed`."""
    from cli.audit_words import must_have_proofs, vkeys
    from exchange.report.sealed import sealed

    must_have_proofs()
    return sealed(desk.record, desk.at.known, vkeys(desk.settings, vkey))
