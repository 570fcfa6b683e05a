"""By which names do sheets and columns go, in English, Azerbaijani, Kazakh, Russian and Turkish?

The words of the four languages stand in the catalogues (`exchange.language`). They are read on import, in any order
and spelling; nothing that is stored depends on them.
"""

from __future__ import annotations

from exchange.language import FOREIGN, Language

ALSO = {"board": "commitments", "plan": "commitments"}
"""Other names of sheets: an exported board comes back as a plan."""
PASSED_OVER = frozenset({"due", "slips", "activity", "example", "notes", "lists"})
"""Sheets that say what was worked out, or how to fill in the others."""
MORE: dict[str, tuple[str, ...]] = {
    "title": ("наименование",),
    "kind": ("тип",),
    "due": ("bitiş tarihi", "дедлайн"),
    "statement": ("формулировка",),
    "because": ("neden", "обоснование"),
}
"""Further names of columns."""
_FOREIGN = tuple(map(Language, FOREIGN))


def headings(column: str) -> tuple[str, ...]:
    """What a column is called in the four languages."""
    return tuple(language.word(column) for language in _FOREIGN)


def sheet_names(kind: str) -> tuple[str, ...]:
    """What a kind of sheet is called in the four languages."""
    return tuple(language.word(kind, "sheet") for language in _FOREIGN)
