"""Can filters be kept under a name, in the user's own configuration, and used everywhere?"""

from __future__ import annotations

import tomllib

import pytest

from cli.settings import configuration_file
from tests.cli.given import Office


def configured(office: Office, text: str) -> None:
    path = configuration_file(office.edge())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def kept(office: Office) -> str:
    return configuration_file(office.edge()).read_text("utf-8")


def test_a_saved_filter_is_used_by_its_name(office: Office) -> None:
    office.must(
        'move fibre 2027-03 --because "Permit late" --approved-by board',
        "move ports 2027 --because B --approved-by board",
    )
    (said,) = office.must("view save Sea tag:sea 'moved:>0'")
    assert said.err == "Saved as @sea in your configuration.\n"
    assert [one["key"] for one in office.tell("slips @sea --json").data["commitments"]] == ["fibre"]
    assert [one["key"] for one in office.tell("slips @sea ports --json").data["commitments"]] == []


def test_a_filter_may_hold_spaces_quotes_and_other_filters(office: Office) -> None:
    office.must("view save first 'owner:the \"energy\" office'", "view save second @first status:late")
    assert tomllib.loads(kept(office))["views"] == {
        "first": "'owner:the \"energy\" office'",
        "second": "'owner:the \"energy\" office' status:late",
    }
    assert office.tell("slips @second").code == 0


def test_what_else_the_configuration_says_stays(office: Office) -> None:
    configured(office, '# mine\nactor = "board"\n[views]\nold = "tag:x"\n[other]\na = 1\n')
    office.must("view save new late", "view save actor late")
    told = tomllib.loads(kept(office))
    assert told == {"actor": "board", "views": {"old": "tag:x", "new": "late", "actor": "late"}, "other": {"a": 1}}
    assert kept(office).startswith("# mine\n")
    office.must("--actor other init elsewhere.db --title T")
    assert tomllib.loads(kept(office))["views"]["actor"] == "late"


def test_a_name_saved_again_is_replaced(office: Office) -> None:
    office.must("view save mine late", "view save mine tag:sea")
    assert office.tell("view list").out == "view   filter\n@mine  tag:sea\n"
    assert office.tell("view list --json").data == [{"name": "mine", "filter": "tag:sea"}]


def test_without_any_the_list_says_how_to_save_one(new: Office) -> None:
    assert "pledger view save" in new.tell("view list").out
    assert new.tell("view list --json").json == {"ledger": None, "as_known": None, "as_of": "2026-11-24", "data": []}


@pytest.mark.parametrize(
    ("line", "code", "part"),
    [
        ("slips @oil-troubel", "unknown-view", "Did you mean @oil-trouble?"),
        ("slips @zzz", "unknown-view", "See pledger view list."),
        ("view save x ownr:me", "unknown-field", "Did you mean owner:?"),
        ("view save x @zzz", "unknown-view", "'@zzz'"),
        ("view save 'a b' late", "bad-key", "is no name of a view"),
        ("view save x programme:_", "bad-key", "is no programme key"),
        ("slips programme:mk", "unknown-key", "programme mk"),
        ("slips party:q", "unknown-key", "party"),
    ],
)
def test_what_cannot_be_meant_is_refused(office: Office, line: str, code: str, part: str) -> None:
    office.must("view save oil-trouble tag:oil status:late,short")
    said = office.tell(line)
    assert (said.code, said.refusal) == (1, code)
    assert part in said.err


@pytest.mark.parametrize("text", ['views = "late"', "[views]\na = 1\n"])
def test_views_that_are_no_filters_are_refused(office: Office, text: str) -> None:
    configured(office, text)
    assert office.tell("view list").refusal == "bad-configuration"
    assert office.tell("slips @a").refusal == "bad-configuration"
