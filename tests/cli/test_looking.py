"""Can somebody see everything about a commitment, why it stands so, and what was recorded?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.given import Office
from tests.cli.golden import golden


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("show", "show fibre"),
        ("show-target", "show oil"),
        ("show-milestones", "show ports"),
        ("why", "why fibre"),
        ("history", "history"),
        ("programme-show", "programme show mc"),
    ],
)
def test_it_reads_well(year: Office, name: str, line: str) -> None:
    golden(name, year.tell(line).out)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("show centenary", ["status      claimed; ", "due         about 2026-09", "met         2026-10-02"]),
        ("show old-road", ["replaced by ports", "due         not stated", "\nlife\n"]),
        ("show ports/alat", ["ports: Ports Alat and Aktau"]),
        ("why ports/alat", ["ports/alat: Alat\n  met: "]),
        ("why bridge", ["  late: 24 days late: due 2026-10-31", "    #32 programme-office (2026-10-04): "]),
        ("why ports/alat --as-of 2026-08-02", ["#20 programme-office (2026-08-03, true on 2026-07-31)"]),
        ("party list", ["kz     Republic of Kazakhstan  state  -        Kazakhstan"]),
        ("party show az", ["az     Azerbaijan  state  AZ       -", "5 commitments: "]),
        ("source list", ["interview  An interview  Agency     2025-10~"]),
        (
            "source show interview",
            ["interview: An interview\n", "  publisher Agency\n", "  published 2025-10~ (2025-10-01"],
        ),
        ("programme list", ["mc         Middle Corridor  2022-2027  open   1      1"]),
        ("history ports/alat", ["#10 ", "#20 "]),
        ("models status", ["The read models are at #33, 0 events (0 s) behind."]),
        ("models rebuild", ["The read models are at #33, 0 events (0 s) behind."]),
    ],
)
def test_a_question_is_answered(year: Office, line: str, parts: list[str]) -> None:
    said = year.tell(line)
    assert said.code == 0, said
    assert all(part in said.out for part in parts), said.out


def test_what_is_closed_has_no_days_left(year: Office) -> None:
    (line,) = (line for line in year.tell("show centenary").out.splitlines() if line.startswith("  due"))
    assert line == "  due         about 2026-09, by 2026-09-30"


def test_the_history_of_a_milestone_is_about_it_alone(year: Office) -> None:
    assert [one["position"] for one in year.tell("history ports/alat --json").data] == [10, 20]


def test_the_history_of_what_stands_no_longer_can_be_read(office: Office) -> None:
    office.must('add slip "A slip"', "undo")
    assert office.tell("show slip").refusal == "unknown-key"
    assert "[retracted by #13, 2026-11-24, programme-office: undo]" in office.tell("history slip").out
    assert office.tell("history slit").refusal == "unknown-key"


def test_what_was_taken_back_is_struck_out_on_a_terminal(year: Office) -> None:
    said = year.at_terminal("history fibre", columns=200)
    assert (
        "\x1b[9;90m90 % done; Mistyped [retracted by #17, 2026-05-05, programme-office: Mistyped: it was 20 %]"
        in said.out
    )


def test_a_source_with_its_document_is_shown(office: Office) -> None:
    office.must('source add map "Road map" --publisher M --file note.txt --url https://example.org/map')
    said = office.tell("source show map")
    assert "  file      note.txt, 11 bytes, text/plain\n  sha256    " in said.out
    assert "  url       https://example.org/map\n" in said.out


def test_a_closed_programme_says_why(office: Office) -> None:
    office.must("programme close mc --because Succeeded")
    assert "closed: Succeeded" in office.tell("programme list").out


def test_what_is_this_ledger(year: Office) -> None:
    lines = dict(line.split(maxsplit=1) for line in year.tell("info").out.splitlines())
    size, root = year.anchor()
    assert (lines["title"], lines["size"], lines["root"]) == ("Middle Corridor", str(size), root)
    assert (lines["timezone"], lines["office"]) == ("Asia/Baku", "programme-office")
    assert Path(lines["place"]) == year.folder / "pledger.db"
    assert Path(lines["configuration"]) == year.folder / "config" / "pledger" / "config.toml"


def test_a_prefix_is_enough_to_ask(year: Office) -> None:
    assert year.tell("show fib").out == year.tell("show fibre").out
    assert year.tell("why ports/ak --json").data["key"] == "ports/aktau"
    assert year.tell("show o").refusal == "ambiguous-key"


@pytest.mark.parametrize(
    ("item", "told"),
    [
        ("fibre --due end-2026", "  time alone: late from 2027-01-01 on, if nothing is recorded before: 1 day late"),
        ("oil --target '1 Mt/year' --window 2027/2030", "  time alone: on-track from 2027-01-01 on"),
        ("steps", "  time alone changes nothing in the next ten years"),
    ],
)
def test_why_says_what_time_alone_changes(new: Office, item: str, told: str) -> None:
    key, _, more = item.partition(" ")
    new.must("init --title T", f"add {key} Title -p az {more}")
    assert told in new.tell(f"why {key}").out
