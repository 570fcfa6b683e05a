"""Is every text and date that a fact holds as it would have been stored?"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from domain.fuzzy import FuzzyDate, bad_date, from_edtf
from domain.text import check_reason, check_text


def check_sound(part: msgspec.Struct, what: str = "") -> None:
    """Check all texts and dates in a fact, or in a part of one. A fact of others may hold anything that decodes.

    `what` names the part's texts in refusals; without it each is called as its field is.
    Refused: `no-reason`, `blank`, `bad-text`, `bad-date`.
    """
    for name in part.__struct_fields__:
        value = getattr(part, name)
        kind = type(value)
        if kind is str:
            if name == "reason":
                check_reason(value)
            check_text(value, what or name.replace("_", " "))
        elif kind is FuzzyDate:
            _check_date(value)
        elif kind is tuple:
            _check_list(value, what or name.removesuffix("s"))
        elif kind is dict:
            for field, change in value.items():
                check_sound(change, f"new {field}")
        elif isinstance(value, msgspec.Struct):
            check_sound(value)


def _check_list(values: tuple[object, ...], what: str) -> None:
    for one in values:
        if isinstance(one, msgspec.Struct):
            check_sound(one)
        else:
            check_text(str(one), what)


def _check_date(date: FuzzyDate) -> None:
    """Its bounds are facts and are not worked out again from its EDTF; but EDTF it must be, in canonical form."""
    check_text(date.wording, "wording of a date")
    if not _canonical(date.edtf):
        raise bad_date(date.edtf, "it is not in its canonical form", from_edtf(date.edtf).edtf)


@lru_cache(1000)
def _canonical(edtf: str) -> bool:
    return from_edtf(edtf).edtf == edtf
