"""Is each kind of bad line found, with its file and number, once, and before anything is written?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from domain.commitment import make
from domain.party import register_party
from domain.progress import report_progress
from domain.refused import Refused
from domain.retraction import retract
from exchange.check import LineCheck
from exchange.finding import LISTED
from ledger.record import Record
from tests.exchange.given import LEDGER, changed, check, copied, files, found, opened, said, story, written

LINES = story().lines
OTHER = "0191d8a0-0000-7000-8000-000000000002"

Spoil = Callable[[list[bytes]], list[bytes]]


def at(number: int, spoil: Callable[[bytes], bytes]) -> Spoil:
    """Lines of which one is spoilt; numbers from 1."""
    return lambda lines: [*lines[: number - 1], spoil(lines[number - 1]), *lines[number:]]


def but(number: int, data: dict[str, Any] | None = None, **attributes: Any) -> Spoil:
    """Lines of which one says something else."""
    return at(number, lambda line: changed(line, data, **attributes))


def swapped(one: int) -> Spoil:
    return lambda lines: [*lines[: one - 1], lines[one], lines[one - 1], *lines[one + 1 :]]


def without(number: int) -> Spoil:
    return lambda lines: [*lines[: number - 1], *lines[number:]]


def again(number: int) -> Spoil:
    return lambda lines: [*lines[:number], lines[number - 1], *lines[number:]]


BAD: dict[str, tuple[Spoil, list[tuple[int, str]]]] = {
    "no JSON": (at(8, lambda line: b"{nonsense"), [(8, "bad-line")]),
    "cut off": (at(15, lambda line: line[:-9]), [(15, "bad-line")]),
    "no UTF-8": (at(2, lambda line: line.replace("ə".encode(), b"\xff")), [(2, "bad-line"), (5, "unknown-key")]),
    "a lone surrogate": (at(8, lambda line: line.replace(b"Survey", rb"\ud800")), [(8, "bad-line")]),
    "spaces": (at(8, lambda line: line.replace(b'":"', b'": "', 1)), [(8, "not-exact")]),
    "a key twice": (at(8, lambda line: line.replace(b'{"actor"', b'{"actor":"x","actor"')), [(8, "not-exact")]),
    "another order": (at(8, lambda line: b'{"type":"progress.reported.v1",' + line[1:]), [(8, "not-exact")]),
    "needless escapes": (at(8, lambda line: line.replace(b"Survey", rb"\u0053urvey")), [(8, "not-exact")]),
    "text not in NFC": (but(8, {"note": "Sürvey".replace("ü", "u\u0308")}), [(8, "not-exact"), (8, "bad-text")]),
    "an unknown type": (but(8, type="gossip.heard.v1"), [(8, "unknown-type")]),
    "a newer version": (but(8, type="progress.reported.v2"), [(8, "newer-version")]),
    "a position too high": (but(8, sequence="0000000099"), [(8, "out-of-sequence")]),
    "a position that is none": (but(8, sequence="eight"), [(8, "bad-line")]),
    "a line is missing": (without(8), [(8, "out-of-sequence")]),
    "a line twice": (again(8), [(9, "out-of-sequence"), (9, "duplicate-id")]),
    "two lines swapped": (swapped(12), [(12, "out-of-sequence"), (13, "out-of-sequence"), (13, "time-falls")]),
    "time falls": (but(8, time="2026-01-05T09:00:00.000000Z"), [(8, "time-falls")]),
    "time leaps": (but(8, time="2026-02-05T09:00:00.000000Z"), [(9, "time-falls")]),
    "time is none": (but(8, time="2026-13-05T09:00:00.000000Z"), [(8, "bad-line")]),
    "an id twice": (but(8, id=said(LINES[6])["id"]), [(8, "duplicate-id")]),
    "an id out of order": (but(8, id="019b8d00-0000-7000-8000-000000000000"), []),
    "another ledger's line": (but(8, source=f"urn:uuid:{OTHER}"), [(8, "another-ledger")]),
    "a control character": (but(8, {"note": "Survey\u0007done"}), [(8, "bad-text")]),
    "an override": (but(8, {"note": "Survey \u202edone"}), [(8, "bad-text")]),
    "a text too long": (but(8, {"note": "x" * 10_001}), [(8, "bad-text")]),
    "a blank text": (but(8, {"note": "  "}), [(8, "blank")]),
    "a blank reason": (but(11, {"reason": ""}), [(11, "no-reason")]),
    "effective in future": (but(8, effective="2026-01-06"), [(8, "effective-in-future")]),
    "out of order": (but(10, effective="2026-01-04"), [(10, "out-of-order")]),
    "another previous": (but(10, {"previous": None}), [(10, "not-exact"), (10, "wrong-previous")]),
    "own approval": (but(10, {"approved_by": "OFFICE"}), [(10, "own-approval")]),
    "resumed though open": (without(11), [(11, "out-of-sequence"), (11, "wrong-state")]),
    "an unknown party": (but(7, {"promisors": ["tr"]}), [(7, "unknown-key")]),
    "another stream": (but(8, subject="party/fibre"), [(8, "wrong-stream")]),
    "a second opening": (
        lambda lines: [*lines, changed(lines[0], sequence="0000000016", id=said(lines[14])["id"][:-1] + "f")],
        [(16, "time-falls"), (16, "duplicate-key")],
    ),
    "no zone": (but(1, {"timezone": "Mars/Base"}), [(1, "bad-timezone")]),
    "a newer format": (but(1, {"format": 2}), [(1, "newer-format")]),
    "a time beyond all days": (
        lambda lines: [
            *lines,
            changed(
                lines[7],
                sequence="0000000016",
                time="9999-12-31T23:00:00.000000Z",
                id="f" * 8 + said(lines[7])["id"][8:],
            ),
        ],
        [(16, "bad-line")],
    ),
}


@pytest.mark.parametrize(("spoil", "expected"), BAD.values(), ids=BAD.keys())
def test_a_bad_line_is_a_finding_with_its_number(tmp_path: Path, spoil: Spoil, expected: list[tuple[int, str]]) -> None:
    assert found(tmp_path, spoil(LINES)) == expected


def test_good_lines_bring_no_finding(tmp_path: Path) -> None:
    assert found(tmp_path, LINES) == []


def test_a_finding_has_a_sentence_and_names_the_file(tmp_path: Path) -> None:
    path = written(tmp_path / "copy.jsonl", BAD["own approval"][0](LINES))
    (finding,) = check([path]).findings.listed
    assert finding.place == f"{path}, line 10"
    assert "approve" in finding.sentence


def test_one_bad_line_does_not_bring_on_hundreds(tmp_path: Path) -> None:
    writer = opened()
    writer.do(register_party, "az", "Azərbaycan")
    for number in range(150):
        writer.do(make, f"c{number}", "Something", promisors=("az",))
        writer.do(report_progress, f"c{number}", note="Begun")
    made = check([written(tmp_path / "a.jsonl", at(2, lambda line: line[:-1])(writer.lines))])
    assert [(one.row, one.code) for one in made.findings.listed] == [(2, "bad-line"), (3, "unknown-key")]
    assert made.findings.following == 149


def test_of_many_findings_the_first_are_listed_and_all_are_counted(tmp_path: Path) -> None:
    made = check([written(tmp_path / "a.jsonl", [LINES[0], *([b"{"] * 300)])])
    assert made.findings.count == 300
    assert len(made.findings.listed) == LISTED
    with pytest.raises(Refused, match="300 findings: nothing was written"):
        made.findings.refuse("nothing was written")


def test_lines_of_the_same_ledger_stand_or_continue_it(tmp_path: Path) -> None:
    with Record.open(copied(tmp_path / "copy.db", LINES[:9])) as record:
        for start in (0, 4, 9):
            made = check([written(tmp_path / "more.jsonl", LINES[start:])], record)
            assert not made.findings
            assert (made.there, len(made.new)) == (9 - start, 6)


def test_lines_that_leave_a_gap_are_a_finding(tmp_path: Path) -> None:
    with Record.open(copied(tmp_path / "copy.db", LINES[:9])) as record:
        assert found(tmp_path, LINES[10:], record)[0] == (1, "out-of-sequence")


def test_what_follows_is_judged_by_what_stands(tmp_path: Path) -> None:
    with Record.open(copied(tmp_path / "copy.db", LINES[:9])) as record:
        more = [changed(LINES[9], {"previous": said(LINES[9])["data"]["due"]}), *LINES[10:]]
        assert found(tmp_path, more, record) == [(1, "wrong-previous")]
        more = [changed(LINES[9], id=said(LINES[3])["id"]), *LINES[10:]]
        assert found(tmp_path, more, record) == [(1, "duplicate-id")]
        more = [changed(LINES[9], time="2026-01-05T09:30:00.000000Z"), *LINES[10:]]
        assert found(tmp_path, more, record) == [(1, "time-falls")]


def test_an_id_lower_than_those_that_stand_may_still_be_new(tmp_path: Path) -> None:
    with Record.open(copied(tmp_path / "copy.db", LINES[:9])) as record:
        for place in (9, 10):
            more = [
                *LINES[9:place],
                changed(LINES[place], id="019b8d00-0000-7000-8000-000000000000"),
                *LINES[place + 1 :],
            ]
            assert found(tmp_path, more, record) == []


def test_a_fork_is_refused_at_once_with_both_lines_named(tmp_path: Path) -> None:
    with Record.open(copied(tmp_path / "copy.db", LINES[:9])) as record:
        other = [*LINES[:7], changed(LINES[7], {"note": "Survey half done"}), *LINES[8:]]
        (fork,) = check([written(tmp_path / "other.jsonl", other)], record).findings.listed
    assert (fork.row, fork.code) == (8, "fork")
    for named in ("#8", said(LINES[7])["id"], "progress.reported.v1", "commitment/fibre", "'office'"):
        assert named in fork.sentence


def test_lines_of_a_stored_part_that_cannot_be_read_are_findings(tmp_path: Path) -> None:
    with Record.open(copied(tmp_path / "copy.db", LINES[:9])) as record:
        assert found(tmp_path, at(4, lambda line: b"{")(LINES), record) == [(4, "bad-line")]
        assert found(tmp_path, at(1, lambda line: b"{")(LINES), record) == [(1, "bad-line")]
        assert found(tmp_path, swapped(4)(LINES), record)[0] == (4, "out-of-sequence")
        spoilt = at(5, lambda line: b" " + changed(line, sequence="0000000002"))(LINES)
        assert found(tmp_path, spoilt, record) == [(5, "not-exact"), (5, "out-of-sequence")]


def test_several_files_are_one_row_of_lines(tmp_path: Path) -> None:
    one, two = written(tmp_path / "1.jsonl", LINES[:7]), written(tmp_path / "2.jsonl", LINES[5:])
    made = check([one, two])
    assert not made.findings
    assert (made.there, len(made.new)) == (2, 15)


def test_a_second_file_may_not_contradict_the_first(tmp_path: Path) -> None:
    one = written(tmp_path / "1.jsonl", LINES[:8])
    two = written(tmp_path / "2.jsonl", [changed(LINES[7], {"note": "Survey half done"})])
    (fork,) = check([one, two]).findings.listed
    assert (fork.file, fork.row, fork.code) == (str(two), 1, "fork")


def test_another_ledger_is_refused_with_the_way_out(tmp_path: Path) -> None:
    other = opened(ledger=OTHER).lines
    with Record.open(copied(tmp_path / "copy.db", LINES)) as record, pytest.raises(Refused) as refused:
        check([written(tmp_path / "other.jsonl", other)], record)
    assert refused.value.code == "another-ledger"
    for named in (OTHER, LEDGER, "--ledger COPY.db", "cite that ledger as their source"):
        assert named in refused.value.sentence


def test_without_a_ledger_lines_begin_at_the_first(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="begins at #5, and no ledger is here") as refused:
        check([written(tmp_path / "rest.jsonl", LINES[4:])])
    assert refused.value.code == "no-opening"


def test_a_ledger_begins_with_its_opening(tmp_path: Path) -> None:
    writer = opened()
    writer.lines.clear()
    writer.do(register_party, "az", "Azərbaycan")
    assert found(tmp_path, writer.lines) == [(1, "no-opening")]


def test_progress_is_told_in_bytes(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    many = opened()
    for number in range(1100):
        many.do(register_party, f"p{number}", "Party")
    path = written(tmp_path / "many.jsonl", many.lines)
    with files(path) as handed_in:
        LineCheck(handed_in, None).run(lambda done, total: told.append((done, total)))
    size = path.stat().st_size
    assert told[-1] == (size, size)
    assert 0 < told[0][0] < size


def test_a_line_may_retract_one_that_the_ledger_has(tmp_path: Path) -> None:
    writer = story()
    (report,) = writer.do(report_progress, "fibre", note="Begun")
    size = len(writer.lines)
    writer.do(retract, report, because="Not yet")
    with Record.open(copied(tmp_path / "copy.db", writer.lines[:size])) as record:
        assert found(tmp_path, writer.lines, record) == []
        for id in ("f" * 36, said(writer.lines[1])["id"]):  # of no line, and of another stream's
            wrong = changed(writer.lines[-1], {"event": id})
            assert found(tmp_path, [*writer.lines[:-1], wrong], record) == [(size + 1, "unknown-event")]
