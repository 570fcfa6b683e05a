"""Is each owner told once what falls due, and again when it changes?"""

from __future__ import annotations

import email
import json
from datetime import timedelta
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from cli.remind_state import Addresses, state_file
from cli.settings import configuration_file
from domain.refused import Refused
from exchange.mail import as_mail, is_address
from projections.reminders import Group
from tests.cli.given import Office


@pytest.fixture
def due(office: Office) -> Office:
    """An office with something overdue, something soon, something far ahead; one of them has no owner."""
    office.must(
        'add bridge "Bridge over the Ural" --due 2026-10-31 -p kz --owner roads',
        "log bridge Begun",
        'add permit "Permit" --due 2026-12-10 --owner ministry',
        'milestone add ports/berth "Berth" --due 2026-12-01',
        "restate ports --programme mc --because Part",
    )
    return office


def told(office: Office, *words: str) -> dict[str, list[str]]:
    """To whom what is told, and what was told before."""
    said = office.run("remind", *words, "--json")
    assert said.code == (4 if said.data else 0), said
    return {
        group["owner"] or group["programme"] or "": [
            f"{one['key']} {one['status']}" + (f", was {one['was']['status']}" if one["was"] else "")
            for one in group["items"]
        ]
        for group in said.data
    }


def configured(office: Office, text: str) -> None:
    path = configuration_file(office.edge())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def letter(path: Path) -> EmailMessage:
    return email.message_from_bytes(path.read_bytes(), EmailMessage, policy=policy.default)


EVERYTHING = {
    "ministry": ["permit on-track"],
    "roads": ["bridge late"],
    "mc": ["ports/berth on-track"],
}


# ---- What is told


def test_each_owner_is_told_what_falls_due_and_a_programme_what_has_no_owner(due: Office) -> None:
    assert told(due) == EVERYTHING


def test_what_is_overdue_comes_first(due: Office) -> None:
    due.must("assign permit roads", "assign ports roads")
    assert told(due) == {"roads": ["bridge late", "ports/berth on-track", "permit on-track"]}


def test_an_owner_is_the_same_in_any_spelling(due: Office) -> None:
    due.must("assign permit ROADS")
    assert told(due)["roads"] == ["bridge late", "permit on-track"]


def test_what_belongs_to_nobody_and_no_programme_is_told_too(office: Office) -> None:
    office.must('add permit "Permit" --due 2026-12-10')
    assert told(office) == {"": ["permit on-track"]}


def test_how_far_ahead_and_which(due: Office) -> None:
    assert told(due, "-n", "--within", "10d") == {"roads": ["bridge late"], "mc": ["ports/berth on-track"]}
    assert told(due, "-n", "owner:ministry") == {"ministry": ["permit on-track"]}
    assert told(due, "-n", "status:met") == {}


def test_text_is_a_table_for_each(due: Office) -> None:
    said = due.tell("remind")
    assert said.code == 4
    assert said.out == (
        "ministry\n"
        "due         left  item    status    as worded   was  title\n"
        "2026-12-10  16 d  permit  on-track  2026-12-10  new  Permit\n"
        "\n"
        "roads\n"
        "due         left       item    status  as worded   was  title\n"
        "2026-10-31  24 d over  bridge  late    2026-10-31  new  Bridge over the Ural\n"
        "\n"
        "programme mc, no owner\n"
        "due         left  item         status    as worded   was  title\n"
        "2026-12-01  7 d   ports/berth  on-track  2026-12-01  new  Berth\n"
        "\n"
    )
    assert said.err == "Middle Corridor: as known #16, as of 2026-11-24\n3 to tell within 30d.\n"


def test_markdown_is_a_list_for_each_in_which_text_stays_text(office: Office) -> None:
    office.must('add permit "A *permit* | <b>" --due 2026-12-10')
    said = office.tell("remind --format md")
    assert (said.code, said.out) == (
        4,
        "## no owner, no programme\n\n- 2026-12-10, 16 d: A \\*permit\\* \\| \\<b\\> (permit), on-track; new\n\n",
    )


# ---- What is told again


def test_what_was_told_is_not_told_again(due: Office) -> None:
    assert told(due) == EVERYTHING
    said = due.tell("remind")
    assert (said.code, said.out) == (0, "")
    assert said.err.endswith("\nNothing to tell within 30d; 3 told before.\n")


def test_a_trial_is_not_remembered(due: Office) -> None:
    assert told(due, "-n") == told(due) == EVERYTHING


def test_another_status_is_told_with_what_it_was(due: Office) -> None:
    told(due)
    due.clock += timedelta(days=10)
    assert told(due, "--within", "20d") == {"mc": ["ports/berth late, was on-track"]}


def test_another_due_is_told_with_what_it_was(due: Office) -> None:
    told(due)
    due.must("move permit 2026-12-11 --because Late --approved-by board")
    said = due.tell("remind")
    assert "2026-12-11  was due 2026-12-10  Permit" in said.out
    assert told(due) == {}


def test_another_owner_is_told(due: Office) -> None:
    told(due)
    due.must("assign permit roads")
    assert "(permit), on-track; was with ministry\n" in due.tell("remind --format md").out
    due.must("assign permit Roads")
    assert told(due) == {}


def test_what_came_to_rest_and_is_late_again_is_told_again(due: Office) -> None:
    told(due)
    due.must("suspend bridge --because Talks")
    assert told(due) == {}
    due.must("resume bridge --because Agreed")
    assert told(due) == {"roads": ["bridge late"]}


def test_what_others_were_told_stays_told(due: Office) -> None:
    told(due, "owner:roads")
    assert told(due, "owner:ministry") == {"ministry": ["permit on-track"]}
    assert told(due, "--within", "7d") == {"mc": ["ports/berth on-track"]}
    assert told(due) == {}


def test_each_period_of_each_indicator_is_told(office: Office) -> None:
    office.must('target set oil "40 %/year" --window "from 2026" --indicator share', "assign oil energy")
    asked = ("oil", "--within", "60d")
    assert told(office, *asked) == {"energy": ["oil running", "oil running"]}
    office.must("actual oil oil 0.5Mt 2026-10")
    assert told(office, *asked) == {}
    office.clock += timedelta(days=60)
    assert told(office, *asked) == {"energy": ["oil unreported, was running", "oil unreported, was running"]}


# ---- Since when


def test_since_a_point_what_is_new_is_told_whatever_was_told_before(due: Office) -> None:
    told(due)
    due.clock += timedelta(days=10)
    due.must('add late "Late" --due 2026-12-05')
    expected = {"": ["late on-track"], "mc": ["ports/berth late, was on-track"]}
    week = ("--within", "20d")
    assert told(due, *week, "--since", "2026-11-24") == told(due, *week, "--since", "#16") == expected
    assert told(due, *week, "--since", "#17") == {}
    assert told(due, *week) == expected


@pytest.mark.parametrize("words", ["--as-of 2026-12-20", "--as-known #15"])
def test_another_day_is_not_remembered(due: Office, words: str) -> None:
    assert told(due, *words.split()) == told(due, *words.split())
    assert told(due) == EVERYTHING


@pytest.mark.parametrize("words", ["--since 2026-11-24", "--as-of 2026-12-20", "--as-known #15"])
def test_a_file_for_another_day_is_refused(due: Office, words: str) -> None:
    said = due.tell(f"remind {words} --state mine.json")
    assert (said.code, said.refusal) == (2, "usage")


# ---- The file that remembers


def test_a_file_of_ones_own_remembers_apart(due: Office) -> None:
    assert told(due, "--state", "week.json") == told(due, "--state", "deep/day.json") == told(due) == EVERYTHING
    assert told(due, "--state", "week.json") == told(due, "--state", "deep/day.json") == told(due) == {}
    written: dict[str, Any] = json.loads((due.folder / "week.json").read_bytes())
    assert written["told"]["bridge"]["status"] == "late"
    assert [path.stem for path in (due.folder / "config" / "pledger" / "reminded").iterdir()] == [written["ledger"]]


def test_the_id_of_a_broken_ledger_is_no_path(office: Office) -> None:
    assert state_file(office.edge(), "../../../x").parent.name == "reminded"


@pytest.mark.parametrize("content", ["", "[]", '{"ledger":"other","told":{}}'])
def test_a_file_that_is_none_is_refused(due: Office, content: str) -> None:
    (due.folder / "mine.json").write_text(content, "utf-8")
    said = due.tell("remind --state mine.json")
    assert (said.code, said.out, said.refusal) == (1, "", "bad-state")
    assert (due.folder / "mine.json").read_text("utf-8") == content


# ---- Letters


def test_a_letter_for_each_lies_in_the_folder(due: Office) -> None:
    configured(due, '[addresses]\nMinistry = "The office <office@example.org>"\nmc = "a@example.org, b@example.org"\n')
    said = due.tell("remind --format eml -o letters")
    assert (said.code, said.out) == (4, "")
    letters = {path.name: letter(path) for path in (due.folder / "letters").iterdir()}
    assert {name: one["To"] for name, one in letters.items()} == {
        "2026-11-24-ministry.eml": "The office <office@example.org>",
        "2026-11-24-roads.eml": None,
        "2026-11-24-mc.eml": "a@example.org, b@example.org",
    }
    roads = letters["2026-11-24-roads.eml"]
    assert (roads["Subject"], roads["From"], roads["X-Unsent"]) == ("Middle Corridor: 1 overdue", None, "1")
    assert letters["2026-11-24-mc.eml"]["Subject"] == "Middle Corridor: 1 due within 30d"
    assert roads.get_content().replace("\r\n", "\n") == (
        "For: roads\n\n- 2026-10-31, 24 d over: Bridge over the Ural (bridge), late; new\n\n"
        "Middle Corridor, as known #16, as of 2026-11-24.\n"
    )


def test_a_letter_that_was_not_sent_yet_stays(due: Office) -> None:
    due.tell("remind --format eml -o letters owner:roads")
    due.must('add road "Road" --due 2026-12-01 --owner roads')
    said = due.tell("remind --format eml -o letters owner:roads --json")
    assert [one["file"] for one in said.data] == ["letters/2026-11-24-roads-2.eml"]
    assert "Bridge" in letter(due.folder / "letters" / "2026-11-24-roads.eml").get_content()


def test_without_anything_to_tell_no_letter_is_written(due: Office) -> None:
    due.tell("remind")
    said = due.tell("remind --format eml -o letters")
    assert said.code == 0
    assert list((due.folder / "letters").iterdir()) == []


def test_what_nobody_looks_after_and_offices_in_other_letters_get_files_too(office: Office) -> None:
    office.must('add one "One" --due 2026-12-01', 'add two "Two" --due 2026-12-01 --owner 省')
    office.tell("remind --format eml -o letters")
    assert {path.name for path in (office.folder / "letters").iterdir()} == {
        "2026-11-24-nobody.eml",
        "2026-11-24-office.eml",
    }


@pytest.mark.parametrize("words", ["--format eml", "-o letters", "--format md -o letters"])
def test_letters_and_only_letters_need_a_folder(due: Office, words: str) -> None:
    said = due.tell(f"remind {words}")
    assert (said.code, said.refusal) == (2, "usage")


def test_an_unknown_format_is_refused(due: Office) -> None:
    assert due.tell("remind --format pdf").refusal == "bad-choice"


@pytest.mark.parametrize("text", ["addresses = 1", "[addresses]\nroads = 1", '[addresses]\nroads = "roads"'])
def test_an_address_that_is_none_is_refused_and_nothing_is_remembered(due: Office, text: str) -> None:
    configured(due, text)
    said = due.tell("remind --format eml -o letters")
    assert (said.code, said.refusal) == (1, "bad-configuration")
    assert not (due.folder / "letters").exists()
    assert told(due) == EVERYTHING


@pytest.mark.parametrize(
    "text", ["", "roads", "@", "a@", "a@b, c", "a@b\nBcc: c@d", "a@b\r\n\r\nHello", "<a@b", "a b <a@b> c"]
)
def test_what_is_no_address(text: str) -> None:
    assert not is_address(text)


def test_no_address_is_made_up(due: Office) -> None:
    configured(due, '[addresses]\nroads = "roads@example.org"\n')
    known = Addresses(due.edge())
    assert known.of(Group("roads", None, [])) == "roads@example.org"
    assert known.of(Group("other", None, [])) is known.of(Group(None, None, [])) is None


def test_no_text_becomes_a_header() -> None:
    made = as_mail("One\r\nBcc: a@example.org", "Body\n\x1b[31m", None)
    found = email.message_from_bytes(made, policy=policy.default)
    assert found["Bcc"] is None
    assert found["Subject"] == "One\ufffd\ufffdBcc: a@example.org"
    assert "\x1b" not in found.get_content()


def test_a_broken_configuration_is_refused(due: Office) -> None:
    configured(due, "[addresses")
    with pytest.raises(Refused) as refused:
        Addresses(due.edge())
    assert refused.value.code == "bad-configuration"
