"""Can the lines that are looked for be found: by office, type, item, day, and what they correct?"""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from tests.cli.given import Office, stocked


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office in whose ledger things were mistyped, restated and taken back."""
    office = stocked(tmp_path_factory.mktemp("audited"))
    office.must("log fibre 'Permit granted' --on 2026-10-01")  # 12, back-dated
    office.must("actual oil '0.3 Mt' 2026-Q1 --on 2026-11-01")  # 13
    office.must("actual oil '0.4 Mt' 2026-Q1 --because 'One ship more'")  # 14, own correction
    office.must("log ports Slip", "undo")  # 15, 16
    office.actor = "board"
    office.must("actual oil '0.5 Mt' 2026-Q1 --because Audited")  # 17, another's word
    office.must("restate fibre --title 'Cable' --because Renamed")  # 18, the title of another
    office.must("restate fibre --title 'Fibre' --because 'Named again'")  # 19, its own
    office.must("retract 12 --because 'Not yet'")  # 20
    office.must("log ports/alat '=1+1, dredged'")  # 21
    return office


@pytest.mark.parametrize(
    ("words", "positions"),
    [
        ("actor:board", [17, 18, 19, 20, 21]),
        ("actor:BOARD,nobody", [17, 18, 19, 20, 21]),
        ("type:actual", [13, 14, 17]),
        ("type:actual.reported", [13, 14, 17]),
        ("type:Actual.reported.v1", [13, 14, 17]),
        ("type:programme,event", [4, 16, 20]),
        ("item:fibre", [6, 12, 18, 19, 20]),
        ("item:ports/alat", [10, 21]),
        ("ports/alat", [10, 21]),
        ("ports", [9, 10, 11, 15, 16, 21]),
        ("ports actor:board", [21]),
        ("recorded:<2026-11-24", []),
        ("recorded:2026-11 item:ports", [9, 10, 11, 15, 16, 21]),
        ("effective:<2026-11-02 effective:>=2026-11", [13]),
        ("is:back-dated", [12]),
        ("is:retracted", [12, 15]),
        ("is:correction", [14, 16, 17, 18, 19, 20]),
        ("is:own-correction", [14, 16, 19]),
        ("is:own-correction,retracted actor:board", [19]),
        ("text:permit", [12]),
        ("fibre permit", [12]),
        ("fibre CABLE", [18, 19]),
        ("programme:mc type:actual", [13, 14, 17]),
        ("promisor:kz type:progress", [12, 15, 21]),
        ("status:planned type:actual", []),
        ("tag:sea is:correction", [18, 19, 20]),
    ],
)
def test_lines_are_found(audited: Office, words: str, positions: list[int]) -> None:
    assert [one["position"] for one in audited.tell(f"history {words} --json").data] == positions


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        ("typ:due", "unknown-field", "Did you mean type:?"),
        ("ownr:x", "unknown-field", "Did you mean owner:?"),
        ("type:moved", "bad-choice", "Did you mean due.moved?"),
        ("type:zzzz", "bad-choice", "Such as due, due.moved"),
        ("is:late", "bad-choice", "It is one of: back-dated, retracted"),
        ("recorded:soon", "bad-date", "'soon'"),
        ("actor:", "bad-filter", "such as actor:port-authority"),
        ("item:nowhere", "unknown-key", "nowhere"),
        ("permit", "unknown-key", "To look for a word: history text:'permit'"),
        ("item:zinc", "unknown-key", "zinc"),
        ("@mine", "unknown-view", "@mine"),
        ("fibre --raw --csv", "usage", "one way at a time"),
    ],
)
def test_a_slip_is_refused_with_the_way_out(audited: Office, words: str, code: str, part: str) -> None:
    said = audited.tell(f"history {words}")
    assert (said.refusal, said.out) == (code, "")
    assert part in said.err


def test_lines_are_told_in_one_way_at_a_time(audited: Office) -> None:
    assert audited.tell("history --raw --json").code == 2


def test_a_saved_filter_works_for_lines_too(audited: Office) -> None:
    audited.must("view save trouble tag:sea is:correction")
    assert [one["position"] for one in audited.tell("history @trouble --json").data] == [18, 19, 20]


def test_what_was_taken_back_says_by_whom_when_and_why(audited: Office) -> None:
    told = audited.tell("history is:retracted").out.splitlines()
    assert told[1].endswith("Permit granted [retracted by #20, 2026-11-24, board: Not yet]")
    assert told[2].endswith("Slip [retracted by #16, 2026-11-24, programme-office: undo]")


def test_when_it_is_asked_as_known_before_it_was_not_taken_back(audited: Office) -> None:
    assert [one["position"] for one in audited.tell("history is:retracted --json --as-known '#19'").data] == [15]
    assert audited.tell("history is:retracted --as-known '#10'").out == "Nothing was recorded by then.\n"


def test_raw_lines_are_those_of_the_ledger(audited: Office) -> None:
    exported = audited.tell("export").out.splitlines()
    assert audited.tell("history --raw type:actual").out.splitlines() == [exported[at - 1] for at in (13, 14, 17)]
    assert audited.tell("history --raw --as-known '#3'").out.splitlines() == exported[:3]


def test_a_sheet_of_lines_holds_no_formula(audited: Office) -> None:
    (row,) = csv.DictReader(StringIO(audited.tell("history --csv item:ports actor:board").out))
    assert (row["position"], row["item"], row["said"]) == ("21", "ports/alat", "'=1+1, dredged")
    (gone,) = csv.DictReader(StringIO(audited.tell("history --csv is:retracted text:permit").out))
    assert (gone["retracted by"], gone["effective"], gone["actor"]) == ("20", "2026-10-01", "programme-office")
