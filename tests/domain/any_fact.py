"""What can a fact hold? Hypothesis strategies made from the types of its fields, so that a new fact needs none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from hypothesis import strategies as st

from domain.facts import FACTS
from domain.fuzzy import FuzzyDate, from_edtf
from domain.quantity import Quantity
from domain.recorded import Fact

KEYS = ("fibre", "ports", "az", "oil", "fibre/landing", "ports/alat")
EDTF = ("2026", "2026-03", "2026-33", "2026-05-17", "2022/2027", "2022/..", "../2027", "2025-10~", "2027?", "2025/2026")

days = st.dates(date(2025, 1, 1), date(2026, 6, 30))
fuzzy_dates = st.sampled_from(EDTF).map(from_edtf)
quantities = st.builds(
    Quantity,
    unit=st.sampled_from(["Mt", "kt", "%", "one", "USD", "GW"]),
    value=st.decimals(0, 1000, places=2, allow_nan=False).map(lambda value: Decimal(f"{value.normalize():f}")),
)
words = st.sampled_from([*KEYS, "Cable ship booked", "Kabel gəmisi", "x [/]"])
wild = st.one_of(words, st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
"""Any text that a line can carry."""


def of(kind: Any, texts: st.SearchStrategy[str] = words) -> st.SearchStrategy[Any]:
    """Values of a type, as they can be decoded from a line."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return st.sampled_from(parts)
    if origin in (Union, UnionType):
        return st.one_of(*(of(part, texts) for part in parts))
    if origin is tuple:
        return st.lists(of(parts[0], texts), max_size=3).map(tuple)
    if origin is dict:
        return st.dictionaries(of(parts[0], texts), of(parts[1], texts), max_size=3)
    return _plain(kind, texts)


def _plain(kind: Any, texts: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    if kind is str:
        return texts
    if kind is int:
        return st.integers(-1, 2**53)
    if kind is Decimal:
        return st.one_of(
            st.sampled_from([Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("1E+9"), Decimal("-0")]),
            st.decimals(-1, 101, places=2, allow_nan=False),
        )
    if kind is type(None):
        return st.none()
    if kind is FuzzyDate:
        return st.builds(msgspec.structs.replace, fuzzy_dates, wording=texts)
    if kind is Quantity:
        return quantities
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: of(hints[field.name], texts) for field in msgspec.structs.fields(kind)})


def facts(texts: st.SearchStrategy[str] = words) -> st.SearchStrategy[Fact]:
    """Any fact of the catalogue, sensible or not."""
    return st.sampled_from(sorted(FACTS)).flatmap(lambda name: of(FACTS[name], texts))
