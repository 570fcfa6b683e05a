"""Does a table record what it says and what does not stand yet, all of it or nothing?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.commitment import make, value
from domain.due import due_of, move_due
from domain.fold import Facts
from domain.life import suspend
from domain.milestone import after_of
from domain.occasion import Occasion
from domain.party import register_party, rename_party
from domain.programme import open_programme
from domain.recorded import New
from domain.source import cite_source
from domain.target import target_in_force
from exchange.finding import Found
from exchange.plan import plan
from tests.domain.given import Board, do, fd, given
from tests.exchange.given import files


@dataclass
class Office:
    """An office that imports tables into a ledger in memory."""

    folder: Path
    board: Board = field(default_factory=Board)

    def registers(self) -> dict[str, dict[str, str]]:
        known: dict[str, dict[str, str]] = {"party": {}, "programme": {}, "source": {}}
        for line in self.board.lines:
            noun, _, key = line.subject.partition("/")
            if noun in known:
                known[noun][key] = getattr(line.fact, "name", getattr(line.fact, "title", ""))
        return known

    def decision(self, *tables: str) -> Callable[[Occasion], list[New]]:
        paths = []
        for number, text in enumerate(tables, 1):
            paths.append(self.folder / f"{number}.csv")
            paths[-1].write_text(text.strip() + "\n", "utf-8")
        with files(*paths) as handed_in:
            return plan(handed_in, self.registers())

    def imports(self, *tables: str, on: date | None = None) -> list[str]:
        """The stored names of what was recorded, without versions."""
        decide = self.decision(*tables)
        recorded = self.board.record(do(lambda at: decide(at), on=on))
        return [one.fact.stored.removesuffix(".v1") for one in recorded]

    def finds(self, *tables: str) -> list[tuple[int, str | None, str]]:
        """Row, column and code of each finding; nothing is recorded."""
        return [(one.row, one.column, one.code) for one in self.findings(*tables).findings.listed]

    def findings(self, *tables: str) -> Found:
        before = len(self.board.lines)
        with pytest.raises(Found, match="nothing was recorded") as found:
            self.imports(*tables)
        assert len(self.board.lines) == before
        for one in found.value.findings.listed:
            assert one.sentence[-1] in ".?", one.sentence
            assert "None" not in one.sentence
        return found.value

    def facts(self, key: str) -> Facts:
        return self.board.facts(f"commitment/{key}")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def sentence(found: Found) -> str:
    (one,) = found.findings.listed
    return one.sentence


FIRST_DAY = """
key;title;due;start;promisors;promisees;programme;locator;statement;owner;tags;target;window;after
fibre;Fibre line;end-2026;2025-03;az=Azerbaijan (state), kz=Kazakhstan;kz;Middle Corridor;p. 3;Said;office;sea, cable;;;
fibre/landing;Landing;Q3 2026;;;;;;;;;;;fibre/permit
fibre/permit;Permit;;;;;;;;;;;;
oil;Oil transit;;;SOCAR;;middle-corridor;;;;;1.5 Mt/year;from 2026;
"""


def test_the_first_day_of_an_office_is_a_table(office: Office) -> None:
    assert office.imports(FIRST_DAY) == [
        "party.registered",
        "party.registered",
        "programme.opened",
        "commitment.made",
        "party.registered",
        "commitment.made",
        "target.set",
        "milestone.planned",
        "milestone.planned",
    ]
    fibre, made = office.facts("fibre"), office.facts("fibre").fact("fibre", "made")
    assert {
        name: getattr(made, name) for name in ("promisors", "promisees", "programme", "tags", "kind", "locator")
    } == {
        "promisors": ("az", "kz"),
        "promisees": ("kz",),
        "programme": "middle-corridor",
        "tags": ("sea", "cable"),
        "kind": "deliverable",
        "locator": "p. 3",
    }
    assert due_of(fibre, "fibre") == fd("2026", "end-2026")
    assert after_of(fibre, "fibre/landing") == ("fibre/permit",)
    assert value(office.facts("oil"), "kind") == "target"
    assert target_in_force(office.facts("oil"), "oil").window.edtf == "2026/.."
    assert len({one.command for one in office.board.lines}) == 1


def test_the_same_table_again_records_nothing(office: Office) -> None:
    office.imports(FIRST_DAY)
    assert office.imports(FIRST_DAY) == []


def test_a_table_records_what_it_has_more(office: Office) -> None:
    office.imports(FIRST_DAY)
    assert office.imports(FIRST_DAY + "ports;Ports;;;az;;;;;;;;;\n") == ["commitment.made"]


def test_several_tables_are_one_command(office: Office) -> None:
    assert office.imports("key,title\nfibre,Fibre\n", "key,title\nfibre/permit,Permit\n") == [
        "commitment.made",
        "milestone.planned",
    ]
    assert office.finds("key,title\nx,X\n", "key,title\nx,X\n") == [(2, "key", "key-twice")]


def test_facts_take_effect_on_the_day_asked_for(office: Office) -> None:
    office.imports("key,title\nfibre,Fibre\n", on=date(2026, 1, 5))
    assert office.board.lines[0].effective == date(2026, 1, 5)


# ---- What stands changes only with a reason, and a due with an approver too.


@pytest.mark.parametrize("more", ["", "because,", "approved by,"])
def test_a_changed_due_without_reason_and_approver_is_a_finding(office: Office, more: str) -> None:
    office.imports("key,title,due\nfibre,Fibre,2026\n")
    cell = "Late," if more else ""
    found = office.findings(f"key,{more}due\nfibre,{cell}2027\n")
    assert [(one.row, one.column, one.code) for one in found.findings.listed] == [(2, "due", "due-differs")]
    assert "The due of fibre is 2026 = by 2026-12-31; the row says 2027 = by 2027-12-31." in sentence(found)


def test_a_changed_due_with_both_is_moved_once(office: Office) -> None:
    office.imports("key,title,due\nfibre,Fibre,2026\nfibre/permit,Permit,\n")
    table = "key,due,because,approved by\nfibre,2027,Permit late,board\nfibre/permit,2026,Now known,board\n"
    assert office.imports(table) == ["due.moved", "due.moved"]
    assert office.imports(table) == []


def test_a_first_due_is_a_changed_due(office: Office) -> None:
    office.imports("key,title\nfibre,Fibre\n")
    assert "is not stated; the row says" in sentence(office.findings("key,due\nfibre,2027\n"))


def test_nobody_approves_in_a_table_what_they_record(office: Office) -> None:
    office.imports("key,title,due\nfibre,Fibre,2026\n")
    table = "key,due,because,approver\nfibre,2027,Late,Programme-Office\n"
    assert office.finds(table) == [(2, "approver", "own-approval")]


def test_the_words_of_a_due_that_stands_mean_that_due(office: Office) -> None:
    office.board.record(do(make, "fibre", "Fibre", due=fd("2026", "the great day"), start=fd("2025", "the first day")))
    assert office.imports("key,due,start\nfibre,the great day,the first day\n") == []
    assert office.finds("key,due\nfibre,the greater day\n") == [(2, "due", "bad-date")]


WORDS = {
    "title": "Fibre line",
    "kind": "roadmap",
    "statement": "Other words",
    "programme": "green=Green energy",
    "locator": "page 9",
    "tags": "sea",
    "promisors": "kz=Kazakhstan",
    "promisees": "kz=Kazakhstan",
    "start": "2026-02",
}


@pytest.mark.parametrize(("column", "cell"), WORDS.items(), ids=WORDS.keys())
def test_changed_words_need_a_reason(office: Office, column: str, cell: str) -> None:
    office.imports("key,title,start,promisors\nfibre,Fibre,2025,az=Azerbaijan\n")
    assert office.finds(f"key,{column}\nfibre,{cell}\n") == [(2, column, "words-differ")]
    table = f"key,{column},reason\nfibre,{cell},Official\n"
    assert office.imports(table)[-1] == "commitment.restated"
    assert office.imports(table) == []


def test_all_changed_words_of_a_row_are_one_restatement(office: Office) -> None:
    office.imports("key,title\nfibre,Fibre\n")
    assert office.imports("key,title,locator,reason\nfibre,Fibre line,page 3,Official\n") == ["commitment.restated"]


def test_the_order_of_parties_and_tags_does_not_count(office: Office) -> None:
    office.imports("key;title;promisors;tags\nfibre;Fibre;az=A, kz=K;sea, cable\n")
    assert office.imports("key;promisors;tags\nfibre;kz, az;cable, sea\n") == []


def test_an_empty_cell_leaves_what_stands(office: Office) -> None:
    office.imports(FIRST_DAY)
    assert office.imports("key,title,due,tags,owner,target\nfibre,,,,,\noil,,,,,\n") == []


def test_another_owner_takes_over_without_a_reason(office: Office) -> None:
    office.imports("key,title,owner\nfibre,Fibre,ministry\n")
    assert office.imports("key,owner\nfibre,agency\n") == ["owner.assigned"]
    assert office.imports("key,owner\nfibre,agency\n") == []


def test_the_source_of_a_promise_stays(office: Office) -> None:
    office.board = given(do(cite_source, "interview", "Interview", "Press office"), do(make, "fibre", "Fibre"))
    assert office.imports("key,title,source\nports,Ports,Interview\n") == ["commitment.made"]
    assert office.imports("key,source\nports,interview\n") == []
    assert office.finds("key,source\nfibre,interview\n") == [(2, "source", "source-stays")]


def test_what_rules_refuse_is_a_finding_at_its_column(office: Office) -> None:
    office.board = given(do(make, "fibre", "Fibre", due=fd("2026")), do(suspend, "fibre", because="No money"))
    office.imports("key,title,start\nports,Ports,2026-05\n")
    assert office.finds(
        "key,title,due,start,because,approved by\n"
        "one,One,2025,2026,,\n"
        "ports,,2025,,Late,board\n"
        "fibre,,2027,,Late,programme-office\n"
    ) == [(2, "due", "due-before-start"), (3, "due", "due-before-start"), (4, "approved by", "own-approval")]


# ---- Milestones


def test_rows_may_stand_in_any_order(office: Office) -> None:
    table = "key,title,after\nfibre/c,C,fibre/b\nfibre/b,B,FIBRE/A; ports\nfibre/a,A,\nfibre,Fibre,\nports,Ports,\n"
    assert office.imports(table) == ["commitment.made"] * 2 + ["milestone.planned"] * 3
    assert office.imports(table) == []


def test_milestones_that_wait_for_each_other_are_findings(office: Office) -> None:
    table = "key,title,after\nfibre,Fibre,\nfibre/a,A,fibre/b\nfibre/b,B,fibre/a\n"
    assert "These wait for each other: fibre/" in sentence(office.findings(table))
    assert office.finds(table + "fibre/c,C,fibre/c\n") == [(3, "after", "cycle"), (5, "after", "cycle")]
    office.imports("key,title,after\nfibre,Fibre,\nfibre/a,A,\nfibre/b,B,fibre/a\n")
    assert office.finds("key,after\nfibre/a,fibre/b\n") == [(2, "after", "cycle")]


def test_what_a_milestone_waits_for_is_replaced(office: Office) -> None:
    office.imports("key,title,after\nfibre,Fibre,\nfibre/a,A,\nfibre/b,B,\nfibre/c,C,fibre/a\n")
    assert office.imports("key,after\nfibre/c,fibre/b; fibre/a\n") == ["milestone.linked"]
    assert office.imports("key,after\nfibre/c,fibre/a; fibre/b\n") == []


def test_a_milestone_keeps_its_title(office: Office) -> None:
    office.imports("key,title\nfibre,Fibre\nfibre/permit,Permit\n")
    found = office.findings("key,title,because\nfibre/permit,Permission,Official\n")
    assert [one.code for one in found.findings.listed] == ["title-stays"]
    assert "keeps its title, 'Permit'" in sentence(found)


def test_a_new_milestone_needs_a_title(office: Office) -> None:
    assert office.finds("key,title\nfibre,Fibre\nfibre/permit,\n") == [(3, "title", "no-title")]


def test_a_milestone_has_only_some_of_the_columns(office: Office) -> None:
    table = "key,title,promisors,target\nfibre,Fibre,,\nfibre/permit,Permit,az=Azerbaijan,5 Mt\n"
    assert sorted(office.finds(table)) == [(3, "promisors", "not-of-milestones"), (3, "target", "not-of-milestones")]
    assert office.finds("key,title,after\nfibre,Fibre,ports\n") == [(2, "after", "not-of-commitments")]


def test_milestones_of_nothing_are_one_finding(office: Office) -> None:
    found = office.findings("key,title\nfibre/a,A\nfibre/b,B\n")
    assert [(one.row, one.column, one.code) for one in found.findings.listed] == [(2, "key", "unknown-key")]
    assert found.findings.following == 1
    assert office.finds("key,title,due\nfibre,Fibre,mid-2026\nfibre/a,A,\nfibre/b,B,\n") == [(2, "due", "bad-date")]


# ---- Targets


def test_a_target_changes_with_reason_and_approver(office: Office) -> None:
    office.imports("key,title,target,window\noil,Oil,1.5 Mt/year,2026-2030\n")
    assert office.imports("key,target\noil,1.5 Mt\n") == []
    assert office.finds("key,target\noil,2 Mt\n") == [(2, "target", "target-differs")]
    assert office.finds("key,target,because\noil,2 Mt,Less rain\n") == [(2, "target", "target-differs")]
    table = "key,target,window,baseline,because,approved by\noil,2 Mt,2026-2029,1 Mt,Less rain,board\n"
    assert office.imports(table) == ["target.revised"]
    assert office.imports(table) == []
    assert (target_in_force(office.facts("oil"), "oil").per, target_in_force(office.facts("oil"), "oil").aim) == (
        "year",
        "at-least",
    )


def test_a_target_without_window_takes_the_due(office: Office) -> None:
    office.imports("key,title,due,target,indicator,measure,aim\nloss,Less loss,2026,5 %,Loss,level,at-most\n")
    held = target_in_force(office.facts("loss"), "loss")
    assert (held.window.edtf, held.per, held.measure, held.aim) == ("2026", "once", "level", "at-most")
    assert office.finds("key,title,target\noil,Oil,1 Mt/year\n") == [(2, "window", "bad-window")]


def test_a_second_target_is_named_by_its_indicator(office: Office) -> None:
    office.imports("key,title,target,window\noil,Oil,1.5 Mt/year,from 2026\n")
    table = "key,target,window,indicator\noil,3 one/year,from 2026,ships\n"
    assert office.imports(table) == ["target.set"]
    assert office.imports(table) == []


@pytest.mark.parametrize("column", ["window", "indicator", "measure", "aim", "baseline"])
def test_columns_of_a_target_belong_to_one(office: Office, column: str) -> None:
    cell = {"window": "2026", "measure": "flow", "aim": "at-most", "baseline": "1 Mt"}.get(column, "x")
    assert office.finds(f"key,title,{column}\noil,Oil,{cell}\n") == [(2, column, "no-target")]


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("target", "many", "bad-quantity"),
        ("target", "1.5 Mt/week", "bad-amount"),
        ("window", "mid-2026", "bad-date"),
        ("window", "2026-02/2026-05", "bad-window"),
        ("baseline", "5 km", "wrong-dimension"),
        ("measure", "flood", "bad-choice"),
        ("indicator", "a b", "bad-key"),
    ],
)
def test_a_bad_target_is_a_finding(office: Office, column: str, cell: str, code: str) -> None:
    cells = {"key": "oil", "title": "Oil", "target": "1.5 Mt/year", "window": "2026", column: cell}
    ((row, where, found),) = office.finds(f"{','.join(cells)}\n{','.join(cells.values())}\n")
    assert (row, found) == (2, code)
    assert where in (column, "target")


# ---- Names


def test_a_party_is_meant_by_key_or_name(office: Office) -> None:
    office.board = given(do(register_party, "az", "Azərbaycan"), do(open_programme, "mc", "Middle Corridor"))
    assert office.imports("key,title,promisors,programme\nfibre,Fibre,AZƏRBAYCAN,middle corridor\n") == [
        "commitment.made"
    ]
    assert value(office.facts("fibre"), "promisors") == ("az",)
    assert value(office.facts("fibre"), "programme") == "mc"


def test_what_a_later_row_names_can_be_used_before(office: Office) -> None:
    table = "key,title,promisors,programme\na,A,az,mc\nb,B,az=Azərbaycan,mc=Middle Corridor\n"
    assert office.imports(table).count("party.registered") == 1
    assert value(office.facts("a"), "promisors") == ("az",)


def test_a_name_close_to_one_that_stands_is_a_finding(office: Office) -> None:
    office.board = given(do(register_party, "azerbaijan", "Azerbaijan"), do(cite_source, "interview", "Interview", "P"))
    found = office.findings("key,title,promisors\na,A,Azerbajan\nb,B,Azerbajan\n")
    assert "did you mean azerbaijan? If it is new, write azerbajan=Azerbajan." in sentence(found)
    assert found.findings.following == 1
    assert "Did you mean interview?" in sentence(office.findings("key,title,source\na,A,intervew\n"))
    assert "Cite it first" in sentence(office.findings("key,title,source\na,A,treaty\n"))


def test_a_name_that_gives_no_key_needs_one(office: Office) -> None:
    found = office.findings("key,title,promisors\na,A,Қазақстан\n")
    assert "Write one before it: KEY=Қазақстан" in sentence(found)
    assert office.imports("key,title,promisors\na,A,kz=Қазақстан\n")[0] == "party.registered"


def test_a_key_is_one_party_under_its_names(office: Office) -> None:
    office.board = given(
        do(register_party, "tr", "Turkey", kind="state"), do(rename_party, "tr", "Türkiye", because="So it asks")
    )
    office.imports("key,title,promisors\na,A,tr=Türkiye\nb,B,tr=Turkey (state)\n")
    found = office.findings("key,title,promisors\nc,C,tr=Troy\n")
    assert "Party tr is 'Türkiye'" in sentence(found)


def test_names_are_split_by_semicolons_or_else_by_commas(office: Office) -> None:
    office.imports('key,title,promisors,promisees\na,A,"Ministry of Ports, Baku; SOCAR;","x=X, y=Y,"\n')
    assert value(office.facts("a"), "promisors") == ("ministry-of-ports-baku", "socar")
    assert value(office.facts("a"), "promisees") == ("x", "y")


def test_a_command_sent_again_is_decided_as_at_its_first_time(office: Office) -> None:
    before = Board(list(office.board.lines))
    table = "key,title,promisors\na,A,Azerbaijan\n"
    first = office.decision(table)(Occasion(before.known(), date(2026, 6, 30), "o"))
    office.imports(table)
    again = office.decision(table)(Occasion(before.known(), date(2026, 6, 30), "o"))
    assert [new.fact for new in again] == [new.fact for new in first]


def test_findings_are_the_same_when_a_decision_is_asked_again(office: Office) -> None:
    decide = office.decision("key,title,due\na,A,mid-2026\n")
    for _ in range(2):
        with pytest.raises(Found, match="1 finding: nothing"):
            office.board.record(do(lambda at: decide(at)))


# ---- Bad cells


@pytest.mark.parametrize(
    ("column", "cell", "code", "hint"),
    [
        ("key", "a b", "bad-key", "Try a-b"),
        ("key", "", "no-key", "such as fibre-line"),
        ("title", "", "no-title", "Write a title"),
        ("title", "x\u202ey", "bad-text", "U+202E"),
        ("due", "2026-02-29", "bad-date", "2026-02-28"),
        ("due", "12/31/2026", "bad-date", "2026-12-31"),
        ("start", "early 2026", "bad-date", "Q1 2026"),
        ("kind", "deliverables", "bad-choice", "Did you mean deliverable?"),
        ("kind", "zzz", "bad-choice", "It is one of: deliverable"),
        ("tags", "a, b c", "bad-key", "Try b-c"),
        ("tags", "a, a", "named-twice", "once"),
        ("programme", "=x", "bad-key", "programme key"),
    ],
)
def test_a_bad_cell_is_a_finding_with_what_would_do(
    office: Office, column: str, cell: str, code: str, hint: str
) -> None:
    cells: dict[str, Any] = {"key": "fibre", "title": "Fibre line", column: f'"{cell}"' if "," in cell else cell}
    found = office.findings(f"{','.join(cells)}\n{','.join(cells.values())}\n")
    (one,) = found.findings.listed
    assert (one.row, one.code) == (2, code)
    assert one.column == column or code == "named-twice"
    assert hint in one.sentence


def test_a_key_twice_is_a_finding_that_names_the_first_row(office: Office) -> None:
    found = office.findings("key,title\nfibre,Fibre\nports,Ports\nFIBRE,Fibre line\n")
    assert "fibre is in row 2 of" in sentence(found)


def test_all_findings_are_listed_in_order_of_rows_and_nothing_is_recorded(office: Office) -> None:
    found = office.findings(
        "key,title,due,colour\nfibre/a,A,2026-13,\nfibre,Fibre,,\nports,Ports,mid-2026,\nlonely\n,No key,,\n"
    )
    assert [(one.row, one.column, one.code) for one in found.findings.listed] == [
        (1, "colour", "unknown-column"),
        (2, "due", "bad-date"),
        (4, "due", "bad-date"),
        (5, "", "ragged-row"),
        (6, "key", "no-key"),
    ]
    assert "5 findings" in found.sentence


def test_a_due_that_moved_since_is_a_finding_in_the_old_table(office: Office) -> None:
    office.imports(FIRST_DAY)
    office.board.record(do(move_due, "fibre", fd("2027"), because="Late", approved_by="board"))
    assert office.finds(FIRST_DAY) == [(2, "due", "due-differs")]


def test_a_party_whose_name_gives_no_key_needs_one_before_it(office: Office) -> None:
    found = office.findings("key,title,promisors\nfibre,Fibre,Қазақстан\n")
    assert [one.code for one in found.findings.listed] == ["no-key-for"]
    assert "Write one before it: KEY=Қазақстан" in sentence(found)
