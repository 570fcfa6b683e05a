"""What does an empty plan look like, that only has to be filled in?"""

from __future__ import annotations

import io
from typing import Any, get_args

from domain.amount import Measure
from domain.commitment import CommitmentKind
from domain.target import Aim
from exchange.columns import KINDS
from exchange.language import ENGLISH, Language
from exchange.xlsx import must_have_writer

ROWS = 1000
"""So many rows have drop-down lists."""
CHOICES: dict[str, tuple[str, ...]] = {
    "kind": get_args(CommitmentKind),
    "measure": get_args(Measure),
    "aim": get_args(Aim),
}
NOTES = {
    "key": "A short name for good: a-z, 0-9 and -. A milestone is fibre/permit.",
    "commitment": "The key of the commitment to which the milestone belongs.",
    "title": "What was promised, in a few words.",
    "due": "By when: 2026-12-31, end-2026, Q1 2027, 2026-03, about 2026. Once recorded it moves only with because and"
    " approved by.",
    "start": "From when on: as for due.",
    "promisors": "Who owes it, with ; between them. A new party: az=Azerbaijan (state).",
    "promisees": "Who is owed it, likewise.",
    "programme": "A key, or mc=Middle Corridor for a new one.",
    "source": "The key of a source that is cited already. Empty: this file.",
    "locator": "Where in the source it stands.",
    "tags": "Words for filters, with ; between them.",
    "target": "How much: 1.5 Mt/year, 40 %, 470M USD.",
    "window": "From when to when the target holds: 2026-2030, from 2026.",
    "indicator": "What is measured; empty: as the key.",
    "measure": "flow adds up over a period, level is read off at its end.",
    "aim": "at-least or at-most.",
    "after": "Milestones that come first, with ; between them.",
    "because": "Why something changed. Needed for every change of what stands.",
    "approved by": "The office that approved a new due or target; another than the one that records it.",
    "amount": "How much was reached: 0.4 Mt. The unit may stand in the heading: amount (Mt).",
    "period": "In which whole months, quarter or year: 2026-Q1, 2026-03, 2026.",
    "effective": "The day on which it was so; empty: today.",
    "percent": "How much of the work is done: 42%.",
    "expected": "When it is now expected: as for due.",
}
"""What is noted at the heads of columns."""
EXAMPLE: dict[str, dict[str, str]] = {
    "commitments": {
        "key": "fibre",
        "title": "Fibre-optic line under the Caspian",
        "kind": "deliverable",
        "due": "end-2026",
        "start": "2025-03",
        "promisors": "az=Azerbaijan (state); kz=Kazakhstan (state)",
        "programme": "mc=Middle Corridor",
        "owner": "digital-ministry",
        "tags": "sea",
    },
    "milestones": {"commitment": "fibre", "key": "permit", "title": "Permit for the route", "due": "Q1 2026"},
    "targets": {"key": "oil", "target": "1.5 Mt/year", "window": "from 2026", "aim": "at-least"},
    "actuals": {"key": "oil", "amount": "0.4 Mt", "period": "2026-Q1", "effective": "2026-04-15"},
    "progress": {"key": "fibre", "percent": "42%", "note": "Cable ship booked", "effective": "2026-05-04"},
    "forecasts": {"key": "fibre", "expected": "Q1 2027", "because": "The permit came late"},
}
"""One row for each kind of sheet; shown on a sheet that is passed over."""


def as_template(language: Language = ENGLISH) -> bytes:
    """A workbook with a sheet for each kind, heads with notes, drop-down lists, and an example on a sheet of its own.

    Refused: `no-workbooks`.
    """
    packed = io.BytesIO()
    book = must_have_writer().Workbook(packed, {"in_memory": True})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    for kind, columns in KINDS.items():
        sheet = book.add_worksheet(language.word(kind, "sheet"))
        _heads(sheet, kind, language, head)
        for column, name in enumerate(columns):
            if name in CHOICES:
                sheet.data_validation(1, column, ROWS, column, {"validate": "list", "source": list(CHOICES[name])})
    example = book.add_worksheet("example")
    for number, (kind, row) in enumerate(EXAMPLE.items()):
        example.write_string(number * 4, 0, language.word(kind, "sheet"), head)
        for column, (name, cell) in enumerate(row.items()):
            example.write_string(number * 4 + 1, column, language.word(name), head)
            example.write_string(number * 4 + 2, column, cell)
    notes = book.add_worksheet("notes")
    notes.set_column(1, 1, 100)
    for number, (name, note) in enumerate(NOTES.items()):
        notes.write_string(number, 0, language.word(name))
        notes.write_string(number, 1, note)
    book.close()
    return packed.getvalue()


def _heads(sheet: Any, kind: str, language: Language, head: Any) -> None:
    sheet.freeze_panes(1, 1)
    for column, name in enumerate(KINDS[kind]):
        sheet.set_column(column, column, 40 if name == "title" else 16)
        sheet.write_string(0, column, language.word(name), head)
        if name in NOTES:
            sheet.write_comment(0, column, NOTES[name], {"author": "pledger"})
