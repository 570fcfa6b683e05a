"""How is an export written: the lines as they are, or what stands, in a format of others?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO, Literal

from cli.output import out_to
from cli.settings import Settings
from cli.shown import progress, talk
from domain.refused import Refused
from domain.text import choice

if TYPE_CHECKING:
    from exchange.outgoing import Outgoing
    from projections.asked import At
    from projections.base import Base

    LeftOut = Iterable[tuple[Sequence[str], str]]
    """Keys of what is not in a document, and why not."""

Form = Literal["lines", "csv", "xlsx", "datapackage", "ics", "oc4ids", "iati", "ndjson", "batch"]
Sheet = Literal["board", "due", "slips", "actuals", "activity"]
BOM = b"\xef\xbb\xbf"
PIECE = 1 << 20
LISTED = 10
"""So many of what was left out are named."""


@dataclass(frozen=True)
class Wanted:
    """What was typed after `export`."""

    output: str | None
    form: str
    words: Sequence[str]
    sheet: str
    within: str
    remind: Sequence[str]
    todo: bool
    publisher: str | None


def give_out(settings: Settings, wanted: Wanted) -> None:
    """Refused: `bad-choice`, `usage`, `not-replaced`, `not-written`, `bad-length`, and as `filter_of`."""
    form = choice(Form, wanted.form, "format")
    if form == "lines":
        _lines(settings, wanted)
    else:
        FORMS[form](settings, wanted)


def _lines(settings: Settings, wanted: Wanted) -> None:
    from exchange.lines import write_lines

    if settings.as_of:
        raise Refused("usage", "--as-of judges, and lines are not judged. To export what was known, use --as-known.")
    if wanted.words:
        raise Refused("usage", "Lines go out whole, so that they can be checked. A filter is for the other formats.")
    record, until = settings.desk.record, settings.desk.at.known
    with out_to(wanted.output or "-") as out, progress("Writing lines") as watch:
        write_lines(record, out, until, watch)
    if wanted.output:
        talk(f"#1-#{until} written to {wanted.output}." if until else f"No line yet; {wanted.output} is empty.")


def _csv(settings: Settings, wanted: Wanted) -> None:
    from cli.length import days_of
    from exchange.outgoing import undated
    from exchange.sheet import as_csv
    from exchange.sheets import sheet

    days, name = days_of(wanted.within), choice(Sheet, wanted.sheet, "sheet")

    def write(out: Outgoing, file: BinaryIO) -> LeftOut:
        table = sheet(out, name, days)
        # Spreadsheets tell by the mark that a file is UTF-8; programs in a pipe would take it for a letter.
        file.write((BOM if wanted.output else b"") + as_csv(table.head, table.rows).encode())
        if name == "due":
            yield [key for one in out.commitments for key in undated(one)], "undated not shown"

    _written(settings, wanted, name, write)


def _tables(settings: Settings, wanted: Wanted) -> None:
    from cli.length import days_of
    from exchange.sheets import SHEETS, sheet

    if wanted.form.strip().lower() == "xlsx":
        from exchange.xlsx import write_workbook as written

        what = "workbook"
    else:
        from exchange.datapackage import write_data_package as written

        what = "data package"
    days = days_of(wanted.within)

    def write(out: Outgoing, file: BinaryIO) -> LeftOut:
        written(out, file, (sheet(out, name, days) for name in SHEETS))
        return ()

    _written(settings, wanted, what, write)


def _ics(settings: Settings, wanted: Wanted) -> None:
    from cli.length import days_of
    from exchange.ics import write_calendar

    remind = sorted({days_of(one) for one in wanted.remind}, reverse=True)

    def write(out: Outgoing, file: BinaryIO) -> LeftOut:
        yield write_calendar(out, file, remind, todo=wanted.todo), "without a last day left out"

    _written(settings, wanted, "calendar", write)


def _oc4ids(settings: Settings, wanted: Wanted) -> None:
    from exchange.oc4ids import write_package
    from exchange.published import publisher_of

    def write(out: Outgoing, file: BinaryIO) -> LeftOut:
        write_package(out, file, publisher_of(wanted.publisher, out))
        return ()

    _written(settings, wanted, "OC4IDS 0.9", write)


def _iati(settings: Settings, wanted: Wanted) -> None:
    from exchange.iati import write_activities
    from exchange.published import publisher_of

    def write(out: Outgoing, file: BinaryIO) -> LeftOut:
        left_out = write_activities(out, file, publisher_of(wanted.publisher, out))
        return (left_out.undated, "without a date left out"), (left_out.nobodys, "without a promisor left out")

    _written(settings, wanted, "IATI 2.03", write)


def _events(settings: Settings, wanted: Wanted) -> None:
    from cli.filtered import filter_of
    from exchange.ndjson import events, write_batch, write_ndjson
    from projections.judged import judged

    desk, subjects = settings.desk, None
    if wanted.words:
        filter = filter_of(desk, wanted.words)
        subjects = desk.ask(lambda base, at: {one.item.facts.subject for one in judged(base, at, filter)})
    write = write_batch if wanted.form.strip().lower() == "batch" else write_ndjson
    with out_to(wanted.output or "-") as file:
        count = write(file, events(desk.record, desk.at, subjects))
    talk(f"{desk.record.title}: {count:,} events as known #{desk.at.known}, as of {desk.at.on}{_where(wanted)}")


FORMS: dict[str, Callable[[Settings, Wanted], None]] = {
    "csv": _csv,
    "xlsx": _tables,
    "datapackage": _tables,
    "ics": _ics,
    "oc4ids": _oc4ids,
    "iati": _iati,
    "ndjson": _events,
    "batch": _events,
}
"""How each format but that of lines is written."""


def _say_left_out(keys: Sequence[str], how: str) -> None:
    if keys:
        more = f" and {len(keys) - LISTED} more" if len(keys) > LISTED else ""
        talk(f"{len(keys)} {how}: {', '.join(keys[:LISTED])}{more}")


def _written(settings: Settings, wanted: Wanted, what: str, write: Callable[[Outgoing, BinaryIO], LeftOut]) -> None:
    """Nothing is given out before all of it is there, and no more is held in memory than the format needs."""
    from cli.filtered import filter_of
    from exchange.outgoing import outgoing

    desk = settings.desk
    filter = filter_of(desk, wanted.words)
    with TemporaryFile() as draft:

        def ask(base: Base, at: At) -> tuple[str, list[tuple[Sequence[str], str]]]:
            draft.seek(0)
            draft.truncate()  # it may be asked again, where read models turn out damaged
            out = outgoing(desk.record, base, at, filter)
            return f"{out.title}: {what} {out.point}", list(write(out, draft))

        said, left_out = desk.ask(ask)
        draft.seek(0)
        for keys, how in left_out:
            _say_left_out(keys, how)
        with out_to(wanted.output or "-") as file:
            copyfileobj(draft, file, PIECE)
    talk(f"{said}{_where(wanted)}")


def _where(wanted: Wanted) -> str:
    return f", written to {wanted.output}" if wanted.output else ""
