"""Are promises made, and their words changed, on the record?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from domain.commitment import Change, CommitmentMade, CommitmentRestated, make, restate, value
from domain.due import move_due
from domain.life import withdraw
from domain.party import register_party
from domain.programme import open_programme
from domain.recorded import Fact
from domain.retraction import retract
from domain.source import cite_source
from tests.domain.given import EARLY, FIBRE, TODAY, Board, do, fd, given

PARTIES = (
    do(register_party, "az", "Azerbaijan", kind="state", on=EARLY),
    do(register_party, "kz", "Kazakhstan", kind="state", on=EARLY),
    do(open_programme, "corridor", "Middle Corridor", on=EARLY),
    do(cite_source, "interview", "An interview", "An agency", on=EARLY),
)


def restated(reason: str = "Clearer words", **changes: Change) -> CommitmentRestated:
    return CommitmentRestated(changes=changes, reason=reason)  # type: ignore[arg-type]  # fields by their names


# Making.


def test_a_promise_is_made_with_all_that_is_stated() -> None:
    then = given(*PARTIES).when(
        make,
        "Fibre",
        " Cable under the Caspian ",
        kind="Deliverable",
        promisors=("AZ", "kz"),
        promisees=("az", "KZ"),
        due=fd("2026"),
        start=fd("2025-03"),
        programme="Corridor",
        source="Interview",
        locator=" Trade ",
        statement=" A cable. ",
        owner=" Ports office ",
        tags=("Digital", "sea"),
    )
    then.then_recorded(
        CommitmentMade(
            title="Cable under the Caspian",
            kind="deliverable",
            promisors=("az", "kz"),
            promisees=("az", "kz"),
            due=fd("2026"),
            start=fd("2025-03"),
            programme="corridor",
            source="interview",
            locator="Trade",
            statement="A cable.",
            owner="Ports office",
            tags=("digital", "sea"),
        ),
        effective=TODAY,
    )
    assert then.news[0].subject == "commitment/fibre"


def test_a_title_alone_is_enough() -> None:
    given().when(make, "fibre", "x [/]").then_recorded(CommitmentMade(title="x [/]", kind="deliverable", promisors=()))


def test_the_same_promise_again_records_nothing_however_its_due_is_worded() -> None:
    board = given(FIBRE)
    board.when(make, "FIBRE", "Cable under the Caspian", due=fd("2026", "end-2026")).then_nothing()
    board.when(make, "fibre", "Cable under the Caspian").then_refused("duplicate-key", "pledger restate fibre")


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        ({"title": " "}, "blank", "title"),
        ({"title": "я" * 100_000}, "bad-text", "at most 10,000"),
        ({"title": "a\u202eb"}, "bad-text", "U+202E"),
        ({"kind": "promise"}, "bad-choice", "roadmap"),
        ({"due": fd("2024"), "start": fd("2025-03")}, "due-before-start", "2024-12-31"),
        ({"promisors": ("az", "AZ")}, "named-twice", "promisor"),
        ({"promisees": ("az", "az")}, "named-twice", "promisee"),
        ({"tags": ("sea", "Sea")}, "named-twice", "tag"),
        ({"tags": ("the sea",)}, "bad-key", "Try the-sea."),
        ({"promisors": ("a z",)}, "bad-key", "party key"),
        ({"programme": "x y"}, "bad-key", "programme key"),
        ({"owner": " "}, "blank", "owner"),
        ({"key": "fibre optic"}, "bad-key", "Try fibre-optic."),
    ],
)
def test_what_cannot_be_promised_is_refused(said: dict[str, Any], code: str, words: str) -> None:
    given(*PARTIES).when(make, **({"key": "fibre", "title": "Cable"} | said)).then_refused(code, words)


@pytest.mark.parametrize(
    ("start", "due"), [("2025-03", "2025"), ("2025-03", "2025-03"), ("2025/..", "2025"), ("../2027", "2026")]
)
def test_a_due_that_ends_in_or_after_the_start_is_no_contradiction(start: str, due: str) -> None:
    given().when(make, "fibre", "Cable", start=fd(start), due=fd(due)).then_accepted()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"promisors": ("az", "az")}, "named-twice"),
        ({"tags": ("Sea",)}, "bad-key"),
        ({"tags": ("sea", "sea")}, "named-twice"),
        ({"programme": ""}, "blank"),
        ({"title": " Cable"}, "bad-text"),
        ({"due": fd("2024"), "start": fd("2025")}, "due-before-start"),
        ({"promisors": ("AZ",)}, "unknown-key"),
    ],
)
def test_a_line_from_elsewhere_that_could_not_have_been_made_is_refused(said: dict[str, Any], code: str) -> None:
    fields = {"title": "Cable", "kind": "deliverable", "promisors": ()} | said
    given(*PARTIES).admit(CommitmentMade(**fields)).then_refused(code)


def test_a_kind_that_is_none_does_not_decode() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"kind":"promise","promisors":[],"title":"x"}', type=CommitmentMade)


def test_a_key_is_free_again_once_its_promise_is_retracted() -> None:
    board = given(FIBRE)
    board.record(do(retract, board.lines[0], because="Typed twice"))
    board.when(make, "fibre", "Another cable").then_accepted()


# Restating.


def test_words_change_with_a_reason_and_what_they_were() -> None:
    board = given(*PARTIES, FIBRE)
    then = board.when(
        restate,
        "fibre",
        {
            "title": " Cable ",
            "kind": "Target",
            "statement": "A cable.",
            "programme": "Corridor",
            "locator": "Trade",
            "tags": ["Sea"],
            "promisors": ["AZ"],
            "promisees": ["kz"],
            "start": fd("2025"),
        },
        because=" Clearer words ",
    )
    then.then_recorded(
        restated(
            title=Change(before="Cable under the Caspian", to="Cable"),
            kind=Change(before="deliverable", to="target"),
            statement=Change(to="A cable."),
            programme=Change(to="corridor"),
            locator=Change(to="Trade"),
            tags=Change(to=("sea",)),
            promisors=Change(to=("az",)),
            promisees=Change(to=("kz",)),
            start=Change(to=fd("2025")),
        )
    )


def board_with_words() -> Board:
    return given(
        *PARTIES,
        do(make, "fibre", "Cable", start=fd("2025"), tags=("sea",), due=fd("2026"), promisors=("az",), on=EARLY),
    )


def test_a_field_can_be_left_empty() -> None:
    board = board_with_words()
    then = board.when(restate, "fibre", {"start": None, "tags": (), "promisors": None}, because="Not stated")
    then.then_recorded(
        restated(
            "Not stated",
            start=Change(before=fd("2025")),
            tags=Change(before=("sea",)),
            promisors=Change(before=("az",)),
        )
    )


def test_fields_that_are_as_wanted_are_passed_over() -> None:
    board = board_with_words()
    same = {"title": "Cable", "start": fd("2025", "in 2025"), "tags": ["Sea"], "statement": None}
    board.when(restate, "fibre", same, because=None).then_nothing()
    board.when(restate, "fibre", same | {"title": "Line"}, because="x").then_recorded(
        restated("x", title=Change(before="Cable", to="Line"))
    )


def test_a_second_restatement_starts_from_the_first() -> None:
    board = board_with_words()
    board.record(do(restate, "fibre", {"title": "Line", "tags": None}, because="x", on=EARLY + timedelta(9)))
    assert value(board.facts(), "title") == "Line"
    assert value(board.facts(), "title", on=EARLY) == "Cable"
    assert value(board.facts(), "tags") is None
    board.when(restate, "fibre", {"title": "Cable"}, because="y").then_recorded(
        restated("y", title=Change(before="Line", to="Cable"))
    )
    board.when(restate, "fibre", {"title": "Cable"}, because="y", on=EARLY).then_refused("out-of-order")
    board.when(restate, "fibre", {"kind": "target"}, because="y", on=EARLY).then_accepted()  # a chain of its own


@pytest.mark.parametrize(
    ("to", "code", "words"),
    [
        ({"title": " "}, "blank", "title"),
        ({"title": None}, "blank", "title"),
        ({"kind": None}, "blank", "kind"),
        ({"kind": "promise"}, "bad-choice", "roadmap"),
        ({"statement": "a\x00b"}, "bad-text", "statement"),
        ({"due": fd("2027")}, "bad-field", "What can: title, kind"),
        ({"due": fd("2026")}, "bad-field", "What can: title, kind"),
        ({"owner": "x"}, "bad-field", "'owner' cannot be restated"),
        ({"start": "2025"}, "bad-field", "start"),
        ({"title": fd("2025")}, "bad-field", "title"),
        ({"start": fd("2028")}, "due-before-start", "2028"),
        ({"programme": "nowhere"}, "unknown-key", "programme 'nowhere'"),
        ({"promisors": ["uz"]}, "unknown-key", "party 'uz'"),
        ({"promisees": ["az", "AZ"]}, "named-twice", "promisee"),
        ({"tags": ["a", "A"]}, "named-twice", "tag"),
        ({"tags": ["a b"]}, "bad-key", "Try a-b."),
    ],
)
def test_what_words_cannot_become_is_refused(to: dict[str, Any], code: str, words: str) -> None:
    board_with_words().when(restate, "fibre", to, because="x").then_refused(code, words)


def test_a_restatement_needs_a_reason_a_promise_and_an_open_one() -> None:
    board = board_with_words()
    board.when(restate, "fibre", {"title": "Line"}, because=None).then_refused("no-reason")
    board.when(restate, "ports", {"title": "Line"}, because="x").then_refused("unknown-key")
    board.when(restate, "ports", {}, because="x").then_refused("unknown-key")
    board.record(do(withdraw, "fibre", because="x"))
    board.when(restate, "fibre", {"title": "Line"}, because="x").then_refused("wrong-state")


def test_a_start_is_held_against_the_due_in_force() -> None:
    board = board_with_words()
    board.record(do(move_due, "fibre", fd("2028"), because="x", approved_by="board"))
    board.when(restate, "fibre", {"start": fd("2028")}, because="x").then_accepted()


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        (restated(), "nothing-changed"),
        (restated(title=Change(before="Cable", to="Cable")), "nothing-changed"),
        (restated(statement=Change()), "nothing-changed"),
        (restated(start=Change(before=fd("2025"), to=fd("2025", "in 2025"))), "nothing-changed"),
        (restated(title=Change(before="Line", to="Cable")), "wrong-previous"),
        (restated(title=Change(to="Line")), "wrong-previous"),
        (restated(title=Change(before="Cable")), "blank"),
        (restated(title=Change(before="Cable", to="Line "), reason="x"), "bad-text"),
        (restated(" ", title=Change(before="Cable", to="Line")), "no-reason"),
        (restated(kind=Change(before="deliverable", to="Target")), "bad-choice"),
        (restated(kind=Change(before="deliverable", to=("target",))), "bad-field"),
        (restated(tags=Change(before=("sea",), to=())), "bad-field"),
        (restated(tags=Change(before=("sea",), to="land")), "bad-field"),
        (restated(tags=Change(before=("sea",), to=("LAND",))), "bad-key"),
        (restated(promisors=Change(before=("az",), to=("kz", "kz"))), "named-twice"),
        (restated(promisors=Change(before=("az",), to=("uz",))), "unknown-key"),
        (restated(programme=Change(to=("corridor",))), "bad-field"),
        (restated(programme=Change(to="nowhere")), "unknown-key"),
        (restated(start=Change(before=fd("2025"), to="2026")), "bad-field"),
        (restated(start=Change(before=fd("2025"), to=fd("2027"))), "due-before-start"),
        (restated(locator=Change(to=fd("2027"))), "bad-field"),
    ],
)
def test_a_restatement_from_elsewhere_is_held_to_the_same_rules(fact: Fact, code: str) -> None:
    board_with_words().admit(fact).then_refused(code)


def test_a_field_that_is_none_does_not_decode() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"changes":{"due":{"to":"2027"}},"reason":"x"}', type=CommitmentRestated)


def test_a_field_that_is_none_is_refused_even_where_it_was_not_decoded() -> None:
    board = board_with_words()
    then = board.when(lambda at: at.record("commitment/fibre", restated(due=Change(to="2027"))))
    then.then_refused("bad-field")
