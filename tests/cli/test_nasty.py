"""One nasty ledger: whatever was written into it beneath the decisions, is every question answered in sentences?"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from domain.recorded import Fact
from domain.text import FORBIDDEN
from tests.cli.given import Office, Said, moved_in
from tests.cli.nasty import DATES, LONG, WORDS, begun, facts, made, write
from tests.ledger.given import tamper

COLOURS = re.compile(r"\x1b\[[0-9;]*m")
READING = [
    "info",
    "models status",
    "status",
    "status x",
    "due --within 9999y",
    "due --fail-on late",
    "show fibre",
    "show alone",
    "why fibre",
    "why alone",
    "evidence check",
    "history",
    "history fibre",
    "party list",
    "party show x",
    "source list",
    "source show x",
    "programme list",
    "programme show x",
    "slips",
    "trend fibre",
    "trend alone fibre",
    "timeline",
    "timeline --from 0001 --until 9999",
    "score",
    "score --group owner",
    "diff #5@0001-01-01",
    "diff #5@0001-01-01 --markdown",
    "audit replay --from #900 --as-of 2027-01-01",
]
HOW = ["", "--json", "--as-of 0001-01-01", "--as-of 9999-12-31 --as-known #200"]


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = begun(tmp_path_factory.mktemp("nasty"))
    office.must("party add az Azerbaijan", "add fibre Fine -p az --due 2026")
    for key in ("fibre", "x", f"../{WORDS}"):
        write(office, *facts(key))
    for number, (subject, fact) in enumerate(facts("alone")):  # each as the only one of its commitment
        if subject == "commitment/alone":
            write(office, (f"{subject}{number}", made("x", DATES[number % 4])), (f"{subject}{number}", fact))
    write(office, ("commitment/alone", made("alone", DATES[0])))
    return office


def check(said: Said, codes: tuple[int, ...] = (0, 1)) -> None:
    """A sensible exit code, and nothing that a terminal would obey."""
    assert said.code in codes, said
    for text in (said.out, said.err):
        assert not FORBIDDEN.search(COLOURS.sub("", text).replace("\n", ""))


@pytest.mark.parametrize("line", READING)
def test_every_question_is_answered(nasty: Office, line: str) -> None:
    for how in HOW:
        check(nasty.tell(f"{line} {how}"))


@pytest.mark.parametrize("line", READING)
def test_every_question_is_answered_on_a_terminal(nasty: Office, line: str) -> None:
    for columns in (20, 80):
        check(nasty.at_terminal(line, columns=columns))


def test_what_is_forbidden_is_seen_escaped(nasty: Office) -> None:
    for line in ("status x", "show fibre", "history fibre", "party list"):
        assert r"x [/] [link=a]b[/link] Әə İı \u0000\u0007\u001b[31m\u007f\u0085\u009b\u2028\u202e\u2066 end" in (
            nasty.tell(line).out
        )
    assert nasty.tell("show fibre --json").data["item"]["title"] == WORDS  # for programs it is what it is


def test_a_text_without_end_is_shown_whole(nasty: Office) -> None:
    assert LONG.strip() in nasty.tell("party list").out


@pytest.mark.parametrize("form", ["text", "md", "eml -o letters"])
def test_reminders_of_whatever_stands_are_written(nasty: Office, tmp_path: Path, form: str) -> None:
    office = moved_in_nasty(nasty, tmp_path)
    check(office.tell(f"remind --within 9999y --format {form}"), (4,))
    check(office.tell(f"remind --within 9999y --format {form}"), (0,))


def test_what_stands_can_be_recorded_upon(nasty: Office, tmp_path: Path) -> None:
    office = moved_in_nasty(nasty, tmp_path)
    for line in (
        "log fibre Text",
        "log alone Text",
        "undo",
        "retract 2 --because R",
        "meet x",
        "move x 2027 --because B",
    ):
        check(office.tell(line))
    assert office.tell("export").out.count("\n") == office.anchor()[0]


def moved_in_nasty(nasty: Office, folder: Path) -> Office:
    (nasty.folder / "note.txt").write_text("As agreed.\n", "utf-8")
    return moved_in(nasty, folder)


BROKEN_LINES = {
    "nothing": "x''",
    "not JSON": "x'7b'",
    "not UTF-8": "x'7b22ff22'",
    "text": "CAST(line AS TEXT)",
    "another type": "CAST(replace(CAST(line AS TEXT), 'commitment.made.v1', 'party.registered.v1') AS BLOB)",
    "unknown type": "CAST(replace(CAST(line AS TEXT), 'commitment.made.v1', '\x1b[31mmade.v1') AS BLOB)",
    "newer version": "CAST(replace(CAST(line AS TEXT), 'made.v1', 'made.v9') AS BLOB)",
    "another day": "CAST(replace(CAST(line AS TEXT), '2026-12-31', '2026-12-30') AS BLOB)",
    "no day": "CAST(replace(CAST(line AS TEXT), '2026-12-31', '2026-13-31') AS BLOB)",
    "another time": "CAST(replace(CAST(line AS TEXT), 'T08:', 'T99:') AS BLOB)",
    "escapes": "CAST(replace(CAST(line AS TEXT), 'Fibre line', 'a\\u001b[2Jb\\u202e') AS BLOB)",
    "half a character": "CAST(replace(CAST(line AS TEXT), 'Fibre line', '\\ud800') AS BLOB)",
    "deep": "CAST('[' || replace(hex(zeroblob(50000)), '00', '[') AS BLOB)",
    "huge": "CAST(replace(CAST(line AS TEXT), 'Fibre line', hex(zeroblob(1000000))) AS BLOB)",
}
BROKEN = {
    **{f"line: {name}": f"UPDATE event SET line = {sql} WHERE position = 6" for name, sql in BROKEN_LINES.items()},
    "first line": "UPDATE event SET line = '{}' WHERE position = 1",
    "type": "UPDATE event SET type = 'made.v1' WHERE position = 6",
    "position": "UPDATE event SET position = 99 WHERE position = 6",
    "no line": "DELETE FROM event WHERE position = 6",
    "no lines": "DELETE FROM event",
    "recorded": "UPDATE event SET recorded = '\x1b[31m' WHERE position = 6",
    "stream": "UPDATE event SET stream = 'commitment/\x1b' WHERE position = 6",
    "larger head": "UPDATE head SET size = 99",
    "smaller head": "UPDATE head SET size = 3",
    "worded head": "UPDATE head SET size = 'many'",
    "no head": "DELETE FROM head",
    "another ledger": "UPDATE head SET id = '\x1b[31m'",
    "no frontier": "UPDATE head SET frontier = x''",
    "no table": "DROP TABLE event",
}


@pytest.fixture(params=BROKEN)
def broken(request: pytest.FixtureRequest, stock: Office, tmp_path: Path) -> Office:
    """An office whose database somebody altered, the read models being gone."""
    office = moved_in(stock, tmp_path)
    for path in tmp_path.glob("*.models.db"):
        path.unlink()
    tamper(tmp_path / "pledger.db", *views(tmp_path / "pledger.db"), BROKEN[request.param])
    return office


def views(path: Path) -> Iterator[str]:
    """What has to go first, so that a table can be altered in any way."""
    with closing(sqlite3.connect(path)) as other:
        found = other.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall()
    return (f"DROP VIEW {name}" for (name,) in found)


def test_whatever_was_altered_every_question_is_answered_in_a_sentence(broken: Office) -> None:
    for line in (*READING, "models rebuild", "audit verify", "log fibre Text", "undo", "add x T -p az"):
        for how in ("", "--json"):
            check(broken.tell(f"{line} {how}"), (0, 1, 3))


def test_whatever_was_altered_it_is_given_out_as_it_is_or_refused(broken: Office) -> None:
    assert broken.tell("export").code in (0, 1, 3)


def test_read_models_that_are_broken_are_made_anew(office: Office) -> None:
    before, models = office.tell("status").out, office.folder / "pledger.models.db"
    whole = models.read_bytes()
    models.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))
    assert office.tell("status").out == before


def test_a_file_of_somebody_else_is_not_taken_for_read_models(office: Office) -> None:
    models = office.folder / "pledger.models.db"
    models.write_bytes(b"of somebody else")
    assert office.tell("status").refusal == "not-models"
    assert models.read_bytes() == b"of somebody else"


def test_an_answer_that_ends_early_cites_where_and_could_not_be_decided(office: Office) -> None:
    (office.folder / "pledger.models.db").unlink()
    tamper(office.folder / "pledger.db", BROKEN["line: not JSON"])

    said = office.tell("status --json")

    assert (said.code, said.json["as_known"], said.json["ledger"]["size"], said.data) == (3, 5, 5, [])
    assert said.err.startswith("Answers end at #5: #6 cannot be applied.")
    assert office.tell("due --fail-on late").code == 3
    assert office.tell("status --as-known 5").code == 0
    assert office.tell("history --as-known 4").code == 0
    assert office.tell("status").err.endswith("Middle Corridor: as known #5, as of 2026-11-24\n")


def test_what_is_recorded_is_recorded_although_answers_end_early(office: Office) -> None:
    (office.folder / "pledger.models.db").unlink()
    tamper(office.folder / "pledger.db", BROKEN["line: not JSON"])
    said = office.tell("add x Title -p az")
    assert (said.code, "#12 x" in said.out) == (0, True)


def kinds() -> set[type[Fact]]:
    return {type(fact) for _, fact in facts("x")}


def test_the_nasty_ledger_has_every_kind_of_fact() -> None:
    from domain.facts import FACTS

    assert {fact.stored for fact in kinds()} == {name for name in FACTS if not name.startswith("ledger.")}
