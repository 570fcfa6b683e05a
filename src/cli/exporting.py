"""How is an export written: the lines as they are, or what stands, in a format of others?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cli.output import out_to
from cli.settings import Settings
from cli.shown import progress, talk
from domain.refused import Refused
from domain.text import choice

if TYPE_CHECKING:
    from exchange.outgoing import Outgoing

Form = Literal["lines", "csv", "xlsx", "datapackage", "ics", "oc4ids", "iati", "ndjson", "batch"]
Sheet = Literal["board", "due", "slips", "actuals", "activity"]
BOM = b"\xef\xbb\xbf"
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
    out = _outgoing(settings, wanted)
    table = sheet(out, name, days)
    if name == "due":
        _say_left_out(undated(out), "undated not shown")
    # Spreadsheets tell by the mark that a file is UTF-8; programs in a pipe would take it for a letter.
    _written(out, wanted, (BOM if wanted.output else b"") + as_csv(table.head, table.rows).encode(), name)


def _tables(settings: Settings, wanted: Wanted) -> None:
    from cli.length import days_of
    from exchange.sheets import SHEETS, sheet

    days, out = days_of(wanted.within), _outgoing(settings, wanted)
    tables = [sheet(out, name, days) for name in SHEETS]
    if wanted.form.strip().lower() == "xlsx":
        from exchange.xlsx import as_workbook

        _written(out, wanted, as_workbook(out, tables), "workbook")
    else:
        from exchange.datapackage import as_data_package

        _written(out, wanted, as_data_package(out, tables), "data package")


def _ics(settings: Settings, wanted: Wanted) -> None:
    from cli.length import days_of
    from exchange.ics import as_calendar

    remind = sorted({days_of(one) for one in wanted.remind}, reverse=True)
    out = _outgoing(settings, wanted)
    calendar = as_calendar(out, remind, todo=wanted.todo)
    _say_left_out(calendar.undated, "without a last day left out")
    _written(out, wanted, calendar.document, "calendar")


def _oc4ids(settings: Settings, wanted: Wanted) -> None:
    from exchange.oc4ids import as_package
    from exchange.published import publisher_of

    out = _outgoing(settings, wanted)
    _written(out, wanted, as_package(out, publisher_of(wanted.publisher, out)), "OC4IDS 0.9")


def _iati(settings: Settings, wanted: Wanted) -> None:
    from exchange.iati import as_activities
    from exchange.published import publisher_of

    out = _outgoing(settings, wanted)
    activities = as_activities(out, publisher_of(wanted.publisher, out))
    _say_left_out(activities.undated, "without a date left out")
    _say_left_out(activities.nobodys, "without a promisor left out")
    _written(out, wanted, activities.document, "IATI 2.03")


def _events(settings: Settings, wanted: Wanted) -> None:
    from exchange.ndjson import events, write_batch, write_ndjson

    desk, subjects = settings.desk, None
    if wanted.words:
        subjects = {one.item.facts.subject for one in _outgoing(settings, wanted).commitments}
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


def _outgoing(settings: Settings, wanted: Wanted) -> Outgoing:
    from cli.filtered import filter_of
    from exchange.outgoing import outgoing

    desk = settings.desk
    filter = filter_of(desk, wanted.words)
    return desk.ask(lambda base, at: outgoing(desk.record, base, at, filter))


def _say_left_out(keys: Sequence[str], how: str) -> None:
    if keys:
        more = f" and {len(keys) - LISTED} more" if len(keys) > LISTED else ""
        talk(f"{len(keys)} {how}: {', '.join(keys[:LISTED])}{more}")


def _written(out: Outgoing, wanted: Wanted, document: bytes, what: str) -> None:
    with out_to(wanted.output or "-") as file:
        file.write(document)
    talk(f"{out.title}: {what} {out.point}{_where(wanted)}")


def _where(wanted: Wanted) -> str:
    return f", written to {wanted.output}" if wanted.output else ""
