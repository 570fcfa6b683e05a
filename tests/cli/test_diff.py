"""Can somebody tell from the text what changed between two points, who changed it, and why?"""

from __future__ import annotations

import base64

import pytest

from tests.cli.given import Office

MOVE = "#23 programme-office (2026-09-01), approved by board: Permit is late"


def test_a_quarter_reads_in_full(year: Office) -> None:
    said = year.tell("diff 2026-08-31 2026-09-30")
    assert said.err == "Middle Corridor: as known #25, as of 2026-09-30\n"
    assert said.out == (
        "From #22 as of 2026-08-31 to #25 as of 2026-09-30: 2 commitments changed, 1 did not;"
        " of them and their milestones 1 slipped, 1 with other words, 1 verdict.\n"
        "\n"
        "Middle Corridor\n"
        "  fibre: Fibre line (unreported)\n"
        "    due slipped 90 days: end-2026 (2026-12-31) -> 2027-Q1 (2027-03-31)\n"
        "      #23 programme-office (2026-09-01), approved by board: Permit is late\n"
        "    audit-office rates it limited on the scale ogp: Slow\n"
        "      #25 programme-office (2026-09-02)\n"
        "\n"
        "No programme\n"
        "  ports: Ports Alat and Aktau (undated)\n"
        "    restated: tags (none) -> sea: T\n"
        "      #24 programme-office (2026-09-01)\n"
    )


def test_as_markdown_it_is_a_report_and_text_is_never_markup(office: Office) -> None:
    office.must('log fibre "*Done* <b>soon</b> [x](y)"', "move fibre 2027 --because A_b --approved-by board")
    text = office.tell("diff #11 --markdown").out
    assert text.startswith("# What changed in Middle Corridor\n\nFrom \\#11 as of 2026-11-24 to \\#13 as of ")
    assert "\n\n## Middle Corridor\n\n### Fibre line (fibre): on-track\n\n- due slipped 365 days: end-2026 " in text
    assert "\n  - \\#13 programme-office (2026-11-24), approved by board: A\\_b\n" in text
    assert "- report: \\*Done\\* \\<b\\>soon\\</b\\> \\[x\\](y)\n" in text


def test_what_is_new_gone_back_dated_and_in_no_programme_is_said(office: Office) -> None:
    office.must("add road Road", "log fibre Begun --on 2026-11-20 --progress 5%")
    text = office.tell("diff #11").out
    assert "No programme\n  road: Road (new: undated)\n" in text
    assert "progress not reported -> 5 %; Begun\n      #13 programme-office (2026-11-24, true on 2026-11-20)\n" in text
    office.must("retract 12 --because Twice")
    text = office.tell("diff #12").out
    assert "  road: Road (undated -> not on record)\n    status undated -> not on record\n" in text
    assert "    corrected: #12 was taken back: deliverable promised: Road; " in text


def test_a_milestone_is_named(office: Office) -> None:
    office.must("meet ports/alat --evidence note.txt")
    text = office.tell("diff #11").out
    assert "    milestone alat: met 2026-11-24; evidence note.txt\n" in text
    assert "    milestone alat: status " in text


def test_where_nothing_changed_it_says_so(year: Office) -> None:
    assert year.tell("diff #33 #33").out == (
        "From #33 as of 2026-10-05 to #33 as of 2026-10-05: 0 commitments changed, 7 did not.\n"
    )


@pytest.mark.parametrize(
    ("line", "before", "after"),
    [
        ("#12", (12, "2026-01-12"), (33, "2026-11-24")),
        ("12 2026-09-01", (12, "2026-01-12"), (24, "2026-09-01")),
        ("#12@2026-02-01 #20@2027-01-01", (12, "2026-02-01"), (20, "2027-01-01")),
        ("@2026-06-30 @2026-12-31", (33, "2026-06-30"), (33, "2026-12-31")),
        ("#12 #20 --as-of 2027-01-01", (12, "2027-01-01"), (20, "2027-01-01")),
        ("#12 --as-known #20", (12, "2026-01-12"), (20, "2026-08-03")),
        ("#12 --as-known #20 --as-of 2026-12-01", (12, "2026-12-01"), (20, "2026-12-01")),
        ("#12@yesterday", (12, "2026-11-23"), (33, "2026-11-24")),
        ("#0@2025-01-01 #33", (0, "2025-01-01"), (33, "2026-10-05")),
    ],
)
def test_points_are_written_in_many_ways(
    year: Office, line: str, before: tuple[int, str], after: tuple[int, str]
) -> None:
    told = year.tell(f"diff {line} --json").json
    sides = [(one["as_known"], one["as_of"]) for one in (told["data"]["from"], told["data"]["to"])]
    assert sides == [before, after]
    assert (told["as_known"], told["as_of"]) == after
    assert told["ledger"]["root"] == told["data"]["to"]["root"]
    assert told["data"]["from"]["root"] == year.tell(f"info --json --as-known #{before[0]}").json["ledger"]["root"]


def test_a_checkpoint_is_a_point(office: Office) -> None:
    told = office.tell("info --json").json["ledger"]
    root = base64.b64encode(bytes.fromhex(told["root"])).decode()
    (office.folder / "june@office.checkpoint").write_text(f"pledger\n{told['size']}\n{root}\n\n", "utf-8")
    office.must("log fibre Begun")
    told = office.tell("diff june@office.checkpoint --json").data
    assert (told["from"]["as_known"], told["counts"]) == (11, {"report": 1})


@pytest.mark.parametrize(
    ("line", "code", "exit"),
    [
        ("diff #20 #12", "reversed", 1),
        ("diff @2026-12-01 @2026-11-01", "reversed", 1),
        ("diff #12@2026-12-01 #20@2026-11-01", "reversed", 1),
        ("diff 2026", "position-or-year", 1),
        ("diff #34", "beyond-head", 1),
        ("diff soon", "bad-date", 1),
        ("diff #12@soon", "bad-date", 1),
        ("diff #12@2026", "bad-date", 1),
        ("diff #12@", "bad-date", 1),
        ("diff ''", "bad-date", 1),
        ("diff june.checkpoint", "unknown-checkpoint", 1),
        ("diff note.txt", "bad-date", 1),
        ("diff 2026-06-30T12:00", "no-offset", 1),
        ("diff #12 #20 --as-known #20", "usage", 2),
        ("diff #12 --as-of 2026", "bad-date", 1),
    ],
)
def test_what_is_no_point_is_refused(year: Office, line: str, code: str, exit: int) -> None:
    said = year.tell(line)
    assert (said.code, said.refusal, said.out) == (exit, code, "")
