"""Does a text or date that entry would have refused also not come in with a line from elsewhere?"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given as hypothesis

from domain.commitment import Change, CommitmentRestated
from domain.due import DueMoved
from domain.evidence import EvidenceAttached
from domain.figure import FigureObserved
from domain.fuzzy import FuzzyDate
from domain.progress import ProgressReported
from domain.recorded import Fact
from domain.refused import Refused
from domain.sound import check_sound
from domain.source import SourceCited
from tests.domain.any_fact import facts
from tests.domain.given import fd, file, quantity


def refusal(fact: Fact) -> Refused:
    with pytest.raises(Refused) as caught:
        check_sound(fact)
    return caught.value


def moved(**said: object) -> DueMoved:
    fields = {"item": "fibre", "due": fd("2027"), "reason": "Permit late", "approved_by": "board"} | said
    return DueMoved(**fields)  # type: ignore[arg-type]  # one field at a time is made unsound


@hypothesis(facts())
def test_whatever_is_typed_is_sound(fact: Fact) -> None:
    check_sound(fact)


@pytest.mark.parametrize("reason", ["", "  ", "\u200b"])
def test_a_blank_reason_is_no_reason(reason: str) -> None:
    assert refusal(moved(reason=reason)).code == "no-reason"


@pytest.mark.parametrize(
    ("field", "bad", "code"),
    [
        ("reason", " late", "bad-text"),
        ("reason", "la\u202ete", "bad-text"),
        ("approved_by", "", "blank"),
        ("approved_by", "board ", "bad-text"),
        ("item", "", "blank"),
    ],
)
def test_each_text_is_as_it_is_stored(field: str, bad: str, code: str) -> None:
    refused = refusal(moved(**{field: bad}))
    assert refused.code == code
    assert field.replace("_", " ") in refused.sentence


def test_texts_in_lists_and_parts_are_texts_too() -> None:
    assert refusal(ProgressReported(item="fibre", note="a\x07")).code == "bad-text"
    assert refusal(EvidenceAttached(item="fibre", evidence=(file(), file("a\u202eb.pdf")))).code == "bad-text"
    assert refusal(SourceCited(title="x", publisher="y", file=file("a\x07.pdf"))).code == "bad-text"
    unit = FigureObserved(indicator="x", quantity=quantity("1 Mt"), period=fd("2026"), wording="\u2028")
    assert refusal(unit).code in ("bad-text", "blank")


@pytest.mark.parametrize("to", ["Cable ", "a\x07", ("sea ",)])
def test_a_restated_text_is_named_by_its_field(to: str | tuple[str, ...]) -> None:
    change = Change(before="Cable", to=to)
    refused = refusal(CommitmentRestated(changes={"title": change}, reason="x"))
    assert refused.code == "bad-text"
    assert "The new title" in refused.sentence


def test_the_wording_of_a_date_is_a_text() -> None:
    assert refusal(moved(due=fd("2027", "by\x1b 2027"))).code == "bad-text"


@pytest.mark.parametrize("edtf", ["2026-02-29", "x", "", "20XX", "2026-33~"])
def test_edtf_outside_the_profile_is_no_date(edtf: str) -> None:
    odd = FuzzyDate(earliest=date(2026, 1, 1), edtf=edtf, latest=date(2026, 12, 31), wording="2026")
    assert refusal(moved(due=odd)).code == "bad-date"


def test_edtf_has_one_form() -> None:
    twice = FuzzyDate(earliest=date(2026, 1, 1), edtf="2026/2026", latest=date(2026, 12, 31), wording="2026")
    refused = refusal(moved(due=twice))
    assert refused.code == "bad-date"
    assert refused.sentence.endswith("Write 2026.")


def test_bounds_are_facts_and_are_not_worked_out_again() -> None:
    check_sound(moved(due=FuzzyDate(earliest=date(2026, 2, 1), edtf="2026", latest=date(2027, 1, 31), wording="FY26")))
