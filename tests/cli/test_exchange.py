"""Do `import` and `export` say what they did, in words and in JSON, and change nothing when they refuse?"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest

from cli.main import run
from cli.settings import Edge
from domain.party import register_party
from exchange.finding import LISTED
from ledger.ids import Ids
from ledger.record import Record
from tests.cli.given import Office
from tests.exchange.given import LEDGER, changed, copied, opened, story, written
from tests.exchange.sheets_in import PLAN as SHEETS
from tests.exchange.sheets_in import workbook
from tests.exchange.standing import lines_of

LINES = story().lines
PLAN = "key,title,due,promisors\nfibre,Fibre line,end-2026,az=Azerbaijan\nfibre/permit,Permit,Q3 2026,\n"


class Said(NamedTuple):
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)["data"]


Pledger = Callable[..., Said]


@pytest.fixture
def pledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Pledger:
    """The program, in a folder of its own, with a fixed clock."""
    monkeypatch.chdir(tmp_path)
    ids = Ids(Random(3).getrandbits)

    def command(*words: str | Path, standard_input: str = "", actor: str = "office") -> Said:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(standard_input.encode())))
        environment = {"PLEDGER_ACTOR": actor, "XDG_CONFIG_HOME": str(tmp_path / "config")}
        edge = Edge(lambda: datetime(2026, 3, 2, 12, tzinfo=UTC), environment, ids, "pledger/test")
        code = run([str(word) for word in words], edge)
        told = capsys.readouterr()
        return Said(code, told.out, told.err)

    return command


@pytest.fixture
def ledger(pledger: Pledger) -> Path:
    """A ledger in the folder."""
    pledger("init", "--title", "Middle Corridor", "--timezone", "Asia/Baku")
    return Path("pledger.db")


def size(path: Path) -> int:
    with Record.open(path) as record:
        return record.size


def bytes_of(lines: Sequence[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


# ---- Lines


def test_lines_make_a_copy_where_no_ledger_is_yet(pledger: Pledger, tmp_path: Path) -> None:
    said = pledger("import", written(tmp_path / "lines.jsonl", LINES))
    assert said == Said(0, f"#1-#15 Middle Corridor: a copy in pledger.db (id {LEDGER})\n", "Next: pledger status\n")
    info = json.loads(pledger("info", "--json").out)
    assert (info["ledger"]["id"], info["ledger"]["size"]) == (LEDGER, 15)
    assert pledger("export").out == bytes_of(LINES).decode()


def test_a_copy_goes_where_the_ledger_option_says(pledger: Pledger, tmp_path: Path, ledger: Path) -> None:
    path = written(tmp_path / "lines.jsonl", LINES)
    refused = pledger("import", path)
    assert (refused.code, refused.out) == (1, "")
    assert "[another-ledger]" in refused.err
    assert pledger("--ledger", "copy.db", "import", path).code == 0
    assert (size(ledger), size(Path("copy.db"))) == (1, 15)


def test_lines_continue_the_same_ledger(pledger: Pledger, tmp_path: Path) -> None:
    copied(tmp_path / "pledger.db", LINES[:9])
    path = written(tmp_path / "lines.jsonl", LINES)
    assert pledger("import", path, "-n").out.startswith("#10-#15 would continue Middle Corridor: 9 stood already. ")
    assert size(tmp_path / "pledger.db") == 9
    said = pledger("import", path, "--unsealed")
    assert said.out.startswith("#10-#15 continue Middle Corridor: 9 stood already. ")
    assert pledger("import", path).out == "Nothing new for Middle Corridor: 15 stood already.\n"
    assert pledger("import", path, "--json").data == {"new": 0, "there": 15, "dry_run": False, "under": None}


def test_a_trial_makes_no_copy(pledger: Pledger, tmp_path: Path) -> None:
    path = written(tmp_path / "lines.jsonl", LINES)
    said = pledger("import", "-n", path)
    assert said.out == "#1-#15 would become a copy of that ledger in pledger.db.\n"
    assert pledger("import", "-n", path, "--json").data == {"new": 15, "there": 0, "dry_run": True, "under": None}
    assert not (tmp_path / "pledger.db").exists()


def test_findings_are_listed_with_file_and_number(pledger: Pledger, tmp_path: Path) -> None:
    bad = [*LINES[:9], changed(LINES[9], {"approved_by": "office"}), *LINES[10:]]
    path = written(tmp_path / "lines.jsonl", bad)
    said = pledger("import", path)
    assert said.code == 1
    assert said.out.startswith(f"{path}, line 10: office records this and cannot approve it.")
    assert said.err == "1 finding: nothing was written. Mend what is listed and import again. [findings]\n"
    told = pledger("import", path, "--json")
    assert [(one["row"], one["column"], one["code"]) for one in told.data["findings"]] == [(10, None, "own-approval")]
    assert (told.code, told.data["count"], json.loads(told.out)["ledger"]) == (1, 1, None)
    assert not (tmp_path / "pledger.db").exists()


def test_of_many_findings_the_first_are_listed(pledger: Pledger, tmp_path: Path) -> None:
    said = pledger("import", written(tmp_path / "lines.jsonl", [LINES[0], *[b"{"] * 130]))
    assert len(said.out.splitlines()) == LISTED + 1
    assert said.out.endswith("… and 30 more\n")


def test_lines_come_from_standard_input(pledger: Pledger) -> None:
    assert pledger("import", "-", standard_input=bytes_of(LINES).decode()).code == 0
    assert "standard input, line 1" in pledger("--ledger", "x.db", "import", "-", standard_input="{").out


@pytest.mark.parametrize("option", ["--on=2026-01-01", "--command-id=x"])
def test_lines_bring_their_own_days_and_ids(pledger: Pledger, tmp_path: Path, option: str) -> None:
    said = pledger("import", written(tmp_path / "lines.jsonl", LINES), option)
    assert (said.code, said.out) == (2, "")
    assert "[usage]" in said.err


@pytest.mark.parametrize("option", ["--as-known=#3", "--as-of=2026-01-01"])
def test_nobody_imports_into_the_past(pledger: Pledger, tmp_path: Path, option: str) -> None:
    said = pledger("import", written(tmp_path / "lines.jsonl", LINES), option)
    assert (said.code, "[time-on-recording]" in said.err) == (2, True)


def test_what_is_no_ledger_is_not_written_to(pledger: Pledger, tmp_path: Path) -> None:
    (tmp_path / "pledger.db").write_bytes(b"my notes")
    said = pledger("import", written(tmp_path / "lines.jsonl", LINES))
    assert (said.code, "[not-a-ledger]" in said.err) == (1, True)
    assert (tmp_path / "pledger.db").read_bytes() == b"my notes"
    said = pledger("--ledger", "mysql://x@z/w", "import", tmp_path / "lines.jsonl")
    assert (said.code, "[unknown-address]" in said.err) == (1, True)


def test_a_thousand_lines_are_imported_without_a_bar_where_no_terminal_is(pledger: Pledger, tmp_path: Path) -> None:
    writer = opened()
    for number in range(1100):
        writer.do(register_party, f"p{number}", "Party")
    said = pledger("import", written(tmp_path / "lines.jsonl", writer.lines))
    assert said.err == "Next: pledger status\n"
    assert size(tmp_path / "pledger.db") == 1101


def test_a_bar_is_shown_on_a_terminal(tmp_path: Path) -> None:
    writer = opened()
    for number in range(1100):
        writer.do(register_party, f"p{number}", "Party")
    written(tmp_path / "lines.jsonl", writer.lines)
    said = Office(tmp_path).at_terminal("import lines.jsonl")
    assert "Checking lines" in said.err
    assert "Writing lines" in said.err
    assert "Checking" not in said.out


# ---- Tables


def test_a_table_is_recorded_and_echoed(pledger: Pledger, tmp_path: Path, ledger: Path) -> None:
    (tmp_path / "plan.csv").write_text(PLAN, "utf-8")
    trial = pledger("import", "plan.csv", "-n")
    assert trial.out.splitlines()[-1] == "Would be recorded in Middle Corridor."
    assert size(ledger) == 1
    said = pledger("import", "plan.csv")
    assert said.out.splitlines()[0] == "#2 party az: organisation registered: Azerbaijan"
    assert said.out.splitlines()[-1] == "Recorded in Middle Corridor."
    assert size(ledger) == 4
    again = pledger("import", "plan.csv")
    assert (again.code, again.out) == (0, "All that plan.csv says stands already; nothing was recorded.\n")


def test_a_table_is_one_command(pledger: Pledger, ledger: Path) -> None:
    told = pledger("import", "-", "--json", "--command-id", "first", "--on", "2026-03-01", standard_input=PLAN)
    assert {one["command"] for one in told.data} == {"first"}
    assert {one["effective"] for one in told.data} == {"2026-03-01"}
    again = pledger("import", "-", "--json", "--command-id", "first", "--on", "2026-03-01", standard_input=PLAN)
    assert [one["id"] for one in again.data] == [one["id"] for one in told.data]
    assert size(ledger) == 4


def test_findings_of_a_table_have_row_and_column(pledger: Pledger, ledger: Path) -> None:
    pledger("import", "-", standard_input=PLAN)
    said = pledger("import", "-", standard_input=PLAN.replace("end-2026", "2028").replace("Q3 2026", "mid-2026"))
    first, second = said.out.splitlines()
    assert first.startswith("standard input, row 2, column due: The due of fibre is end-2026 = by 2026-12-31")
    assert second.startswith("standard input, row 3, column due: 'mid-2026' is not taken as a date")
    assert (said.code, size(ledger)) == (1, 4)
    told = pledger("import", "-", "--json", standard_input=PLAN.replace("end-2026", "2028"))
    assert json.loads(told.out)["ledger"]["size"] == 4
    assert told.data["findings"][0]["column"] == "due"


def test_a_table_knows_what_stands(pledger: Pledger, ledger: Path) -> None:
    pledger("party", "add", "tr", "Türkiye")
    pledger("programme", "add", "mc", "Middle Corridor")
    pledger("source", "add", "interview", "Interview", "--publisher", "Press office")
    table = "key,title,promisors,programme,source\nroad,Road,türkiye,middle corridor,Interview\n"
    assert pledger("import", "-", standard_input=table).code == 0
    (item,) = pledger("status", "--json").data
    assert (item["promisors"], item["programme"]) == (["tr"], "mc")


def test_a_table_needs_a_ledger_and_an_office(pledger: Pledger) -> None:
    assert "[no-ledger]" in pledger("import", "-", standard_input=PLAN).err
    pledger("init", "--title", "T")
    said = pledger("import", "-", standard_input=PLAN, actor="")
    assert (said.code, "[no-actor]" in said.err) == (2, True)


def test_lines_and_tables_do_not_mix(pledger: Pledger, tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text(PLAN, "utf-8")
    said = pledger("import", written(tmp_path / "lines.jsonl", LINES), "plan.csv")
    assert (said.code, "[mixed-files]" in said.err) == (1, True)


# ---- Export


def test_an_export_is_what_was_known(pledger: Pledger, tmp_path: Path) -> None:
    copied(tmp_path / "pledger.db", LINES)
    assert pledger("export", "--as-known", "#4").out == bytes_of(LINES[:4]).decode()
    assert pledger("export", "-o", "-").out == bytes_of(LINES).decode()
    assert pledger("export", "--as-known", "#0").out == ""


def test_an_export_goes_also_where_only_text_is_taken(tmp_path: Path) -> None:
    copied(tmp_path / "pledger.db", LINES)
    assert Office(tmp_path).tell("export").out == bytes_of(LINES).decode()


def test_an_export_goes_into_a_file_as_a_whole(pledger: Pledger, tmp_path: Path) -> None:
    copied(tmp_path / "pledger.db", LINES)
    assert pledger("export", "-o", "out.jsonl") == Said(0, "", "#1-#15 written to out.jsonl.\n")
    assert (tmp_path / "out.jsonl").read_bytes() == bytes_of(LINES)
    assert pledger("export", "-o", "out.jsonl", "--as-known=#0").err == "No line yet; out.jsonl is empty.\n"
    assert (tmp_path / "out.jsonl").read_bytes() == b""


def test_an_export_does_not_replace_the_ledger(pledger: Pledger, tmp_path: Path) -> None:
    ledger = copied(tmp_path / "pledger.db", LINES)
    for words in (["export", "-o", ledger], ["export", "--format", "csv", "-o", ledger]):
        said = pledger(*words)
        assert (said.code, "[not-replaced]" in said.err) == (1, True)
    assert size(ledger) == 15


def test_lines_are_not_judged(pledger: Pledger, tmp_path: Path) -> None:
    copied(tmp_path / "pledger.db", LINES)
    for words in (["--as-of", "2026-01-01"], ["fibre"]):
        said = pledger("export", *words)
        assert (said.code, said.out, "[usage]" in said.err) == (2, "", True)


def test_the_board_is_a_table_as_known_and_as_of(pledger: Pledger, tmp_path: Path) -> None:
    copied(tmp_path / "pledger.db", LINES)
    head, fibre, landing, ports = pledger("export", "--format", "csv", "--as-of", "2028-01-01").out.splitlines()
    assert head.startswith("key,title,kind,programme")
    assert fibre.startswith(
        "fibre,Trans-Caspian fibre line,deliverable,middle-corridor,az; kz,,,2027,2027-01-01,2027-12-31"
    )
    assert ",late," in fibre
    assert (landing.split(",")[0], ports.split(",")[0]) == ("fibre/landing", "ports")
    before = pledger("export", "--format", "csv", "--as-known", "#5").out.splitlines()
    assert [row.split(",")[0] for row in before[1:]] == ["fibre"]


def test_a_table_in_a_file_begins_with_the_mark_that_spreadsheets_need(pledger: Pledger, tmp_path: Path) -> None:
    copied(tmp_path / "pledger.db", LINES)
    said = pledger("export", "--format", "csv", "-o", "board.csv")
    assert said.err == "Middle Corridor: board as known #15, as of 2026-03-02, written to board.csv\n"
    assert (tmp_path / "board.csv").read_bytes().startswith(b"\xef\xbb\xbfkey,title,")
    assert pledger("import", "board.csv").out == "All that board.csv says stands already; nothing was recorded.\n"


def test_what_is_due_is_a_table(pledger: Pledger, tmp_path: Path) -> None:
    copied(tmp_path / "pledger.db", LINES)
    said = pledger("export", "--format", "csv", "--sheet", "due", "--within", "3y")
    assert said.out.splitlines() == [
        "what,key,title,due,due by,days left,status",
        "commitment,fibre,Trans-Caspian fibre line,2027,2027-12-31,669,on-track",
    ]
    point = "Middle Corridor: due as known #15, as of 2026-03-02\n"
    assert said.err == f"1 undated not shown: ports\n{point}"
    assert len(pledger("export", "--format", "csv", "--sheet", "due").out.splitlines()) == 1
    pledger("withdraw", "ports", "--because", "No money")
    assert "undated" not in pledger("export", "--format", "csv", "--sheet", "due").err


def test_a_calendar_says_its_point_and_what_has_no_day(pledger: Pledger, tmp_path: Path) -> None:
    copied(tmp_path / "pledger.db", LINES)
    said = pledger("export", "--format", "ics", "--remind", "30d", "--remind", "30d", "--as-known", "#9")
    assert said.out.count("TRIGGER:-P30D") == 2  # of fibre and its milestone, once each
    assert "X-WR-CALDESC:as known #9\\, as of 2026-01-05" in said.out
    assert said.err == (
        "1 without a last day left out: ports\nMiddle Corridor: calendar as known #9, as of 2026-01-05\n"
    )
    filtered = pledger("export", "--format", "ics", "fibre", "--todo")
    assert (filtered.out.count("BEGIN:VTODO"), "left out" in filtered.err) == (2, False)
    assert pledger("export", "--format", "ics", "--remind", "soon").code == 1


def test_of_many_things_left_out_the_first_are_named(pledger: Pledger, ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text("key,title\n" + "".join(f"k{n},K\n" for n in range(10, 24)), "utf-8")
    assert pledger("import", "plan.csv").code == 0
    said = pledger("export", "--format", "ics").err
    assert said.startswith("14 without a last day left out: k10, k11, ")
    assert ", k19 and 4 more\n" in said


@pytest.mark.parametrize("words", [["--format", "pdf"], ["--format", "csv", "--sheet", "risks"]])
def test_other_formats_and_sheets_are_refused_with_those_there_are(
    pledger: Pledger, tmp_path: Path, words: list[str]
) -> None:
    copied(tmp_path / "pledger.db", LINES)
    said = pledger("export", *words)
    assert (said.code, "It is one of:" in said.err) == (1, True)


@pytest.mark.parametrize(("words", "count"), [([], 15), (["ports"], 3), (["--as-known", "#6"], 6), (["nothing"], 0)])
def test_events_are_told_with_their_number(pledger: Pledger, tmp_path: Path, words: list[str], count: int) -> None:
    copied(tmp_path / "pledger.db", LINES)
    said = pledger("export", "--format", "ndjson", *words)
    assert len(said.out.splitlines()) == count
    assert f"Middle Corridor: {count} events as known #" in said.err
    assert len(json.loads(pledger("export", "--format", "batch", *words).out)) == count


@pytest.mark.parametrize(("form", "what"), [("xlsx", "workbook"), ("datapackage", "data package")])
def test_all_tables_go_out_in_one_file(pledger: Pledger, tmp_path: Path, form: str, what: str) -> None:
    copied(tmp_path / "pledger.db", LINES)
    said = pledger("export", "--format", form, "fibre", "-o", "tables")
    assert (said.code, said.out) == (0, "")
    assert said.err == f"Middle Corridor: {what} as known #15, as of 2026-03-02, written to tables\n"
    assert (tmp_path / "tables").read_bytes().startswith(b"PK\x03\x04")


@pytest.mark.parametrize(("form", "left_out"), [("oc4ids", ""), ("iati", "1 without a date left out: ports\n")])
def test_open_standards_are_written_under_a_publisher(
    pledger: Pledger, tmp_path: Path, form: str, left_out: str
) -> None:
    copied(tmp_path / "pledger.db", LINES)
    said = pledger("export", "--format", form, "--publisher", "X-1=An office")
    assert said.out.count("X-1-fibre") >= 1
    assert "An office" in said.out
    assert said.err.startswith(left_out + "Middle Corridor: ")
    empty = pledger("export", "--format", form, "nothing")
    assert (empty.code, empty.out, "[nothing-to-export]" in empty.err) == (1, "", True)


def test_a_workbook_comes_in_and_goes_out_and_records_nothing_new(
    pledger: Pledger, ledger: Path, tmp_path: Path
) -> None:
    workbook(tmp_path / "plan.xlsx", SHEETS)
    said = pledger("import", "plan.xlsx")
    assert (said.code, "fibre: expected Q1 2027" in said.out) == (0, True)
    for name in ("plan.xlsx", "back.xlsx"):
        pledger("export", "--format", "xlsx", "-o", "back.xlsx")
        assert pledger("import", name).out == f"All that {name} says stands already; nothing was recorded.\n"


def test_the_real_story_that_goes_out_as_a_workbook_comes_back_as_nothing_new(pledger: Pledger, tmp_path: Path) -> None:
    copied(tmp_path / "pledger.db", lines_of("azerbaijan-kazakhstan"))
    pledger("export", "--format", "xlsx", "-o", "back.xlsx")
    assert pledger("import", "back.xlsx").out == "All that back.xlsx says stands already; nothing was recorded.\n"


def test_findings_of_a_workbook_have_their_cells(pledger: Pledger, ledger: Path, tmp_path: Path) -> None:
    workbook(tmp_path / "plan.xlsx", {"progress": [("key", "percent"), ("fibre", "much")]})
    said = pledger("import", "plan.xlsx")
    assert (said.code, said.out.startswith("plan.xlsx, progress!B2 (percent): ")) == (1, True)
    (finding,) = pledger("import", "plan.xlsx", "--json").data["findings"]
    assert (finding["cell"], finding["row"], finding["column"]) == ("progress!B2", 2, "percent")


def test_the_sound_rows_can_be_recorded_alone_and_the_others_mended(
    pledger: Pledger, ledger: Path, tmp_path: Path
) -> None:
    (tmp_path / "plan.csv").write_text("key,title,due\na,A,2026\nb,B,12/31/2026\n", "utf-8")
    trial = pledger("import", "plan.csv", "--partial", "-n")
    assert (trial.code, size(ledger), (tmp_path / "plan.mend.csv").exists()) == (1, 1, False)
    said = pledger("import", "plan.csv", "--partial")
    assert (said.code, size(ledger)) == (1, 2)
    assert "plan.csv, row 3, column due: " in said.out
    assert "1 rows left out, in plan.mend.csv: mend and import it.\n1 finding: 1 rows were left out." in said.err
    told = pledger("import", "plan.csv", "--partial", "--json")
    assert (told.code, len(told.out.splitlines())) == (1, 1)
    assert pledger("import", "plan.csv", "--partial", "-n", "--json").code == 1


def test_a_mapping_and_an_encoding_are_for_tables(pledger: Pledger, ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_bytes(
        "key;Öhdəliyin adı;son tarix\nrail;Şərq;2026\n".replace("ə", "e").encode("cp1254")
    )
    (tmp_path / "map.toml").write_text('[columns]\n"Öhdeliyin adı" = "title"\n', "utf-8")
    assert "[bad-encoding]" in pledger("import", "plan.csv").err
    assert "[bad-encoding]" in pledger("import", "plan.csv", "--encoding", "klingon").err
    said = pledger("import", "plan.csv", "--encoding", "windows-1254", "--map", "map.toml")
    assert (said.code, "Şerq" in said.out) == (0, True)
    (tmp_path / "kz.csv").write_bytes("Ключ;Название\nport;Порт\n".encode("cp1251"))
    assert "Порт" in pledger("import", "kz.csv", "--encoding", "windows-1251").out
    path = written(tmp_path / "lines.jsonl", LINES)
    for words in (["--partial"], ["--map", "map.toml"], ["--encoding", "cp1251"]):
        refused = pledger("import", path, *words)
        assert (refused.code, "[usage]" in refused.err) == (2, True)


def test_a_template_is_written_in_the_language_asked_for(pledger: Pledger, tmp_path: Path) -> None:
    said = pledger("template", "-o", "plan.xlsx", "--lang", "tr")
    assert (said.code, said.out, said.err) == (
        0,
        "",
        "Written to plan.xlsx. Fill it in, then: pledger import plan.xlsx -n\n",
    )
    assert (tmp_path / "plan.xlsx").read_bytes().startswith(b"PK")
    assert "[usage]" in pledger("template", "-o", "plan.xlsx", "--lang", "fr").err
