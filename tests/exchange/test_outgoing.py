"""Does what goes out hold all that was asked for, and no more?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from domain.commitment import make
from domain.party import register_party
from domain.retraction import retract
from exchange.outgoing import Outgoing, counted, describes, everything, evidence, listed, owner, source_of, told, word
from tests.exchange.given import Writer, opened
from tests.exchange.standing import lines_of, oddities, one, standing


def test_it_has_the_commitments_of_the_filter_alone(tmp_path: Path) -> None:
    out = standing(tmp_path / "p.db", lines_of("azerbaijan-kazakhstan"), "fibre")
    assert [each.item.key for each in out.commitments] == ["fibre"]


def test_it_has_what_was_known_and_what_was_true_at_the_point(tmp_path: Path) -> None:
    before = standing(tmp_path / "p.db", oddities().lines, known=13)
    assert [each.item.key for each in before.commitments] == ["long", "odd"]
    assert before.point == "as known #13, as of 2026-11-24"
    assert before.time < standing(tmp_path / "q.db", oddities().lines).time


def test_before_the_first_line_there_is_nothing(tmp_path: Path) -> None:
    out = standing(tmp_path / "p.db", oddities().lines, known=0)
    assert (out.commitments, out.parties, out.title) == ([], {}, "Middle Corridor")


def test_words_are_those_in_force(odd: Outgoing) -> None:
    commitment = one(odd, "odd")
    assert (word(commitment, "locator"), listed(commitment, "promisors"), listed(commitment, "promisees")) == (
        "§ 3",
        ("az", "kz"),
        (),
    )
    source = source_of(odd, commitment)
    assert source
    assert source.publisher == "Agency"
    assert source_of(odd, one(odd, "long")) is None


def test_the_owner_is_the_office_in_charge(illustration: Outgoing) -> None:
    assert owner(one(illustration, "fibre")) == "digital-ministry"


def test_a_party_goes_by_its_key_on_days_before_it_was_registered(tmp_path: Path) -> None:
    writer: Writer = opened()
    writer.do(register_party, "az", "Azərbaycan")
    writer.do(make, "road", "Road", promisors=("az",), on=date(2026, 1, 1))
    out = standing(tmp_path / "p.db", writer.lines, on=date(2026, 1, 2))
    assert out.names(("az",)) == ["az"]


def test_facts_are_told_once_in_order(odd: Outgoing) -> None:
    commitment = one(odd, "long")
    assert [by.position for by in told(commitment, "due")] == sorted(by.position for by in told(commitment, "due"))
    assert [by.fact.stored for by in everything(commitment)] == [
        *("commitment.made.v1", "due.moved.v1", "due.moved.v1", "verdict.given.v1"),
    ]
    assert len(counted(commitment, "due")) == 1


def test_the_same_file_given_twice_is_listed_once(odd: Outgoing) -> None:
    given = list(evidence(one(odd, "met")))
    assert [(each.by.fact.stored, each.file.name) for each in given] == [
        ("item.met.v1", "acceptance.pdf"),
        ("evidence.attached.v1", None),
    ]
    assert [each.file.name for each in evidence(one(odd, "odd"))] == ["quay.pdf"]


def test_what_was_taken_back_is_not_there(tmp_path: Path) -> None:
    writer = oddities()
    position = next(line.position for line in writer.recorded if line.fact.stored == "progress.reported.v1")
    writer.do(retract, writer.recorded[position - 1], because="Mistyped")
    out = standing(tmp_path / "p.db", writer.lines)
    assert "percent" not in one(out, "odd").item.chains


def test_the_description_says_status_reason_due_and_parties(odd: Outgoing) -> None:
    said = describes(odd, one(odd, "odd"))
    assert said[0] == "Status: late (as known #34, as of 2026-11-24)."
    assert "Due: 2026-09~ = about 2026-09, by 2026-09-30." in said
    assert said[-1] == "Promised by: Azərbaycan, Қазақстан & Co."
    assert "Promised to: Azərbaycan." in describes(odd, one(odd, "long"))
    assert "Met: 2026-01 = by 2026-01-31." in describes(odd, one(odd, "met"))


def test_a_day_begins_and_ends_where_the_ledger_is(odd: Outgoing) -> None:
    assert odd.end_of(date(2026, 12, 31)).isoformat() == "2026-12-31T23:59:59+04:00"
    assert odd.start_of(date(2026, 12, 31)).isoformat() == "2026-12-31T00:00:00+04:00"
