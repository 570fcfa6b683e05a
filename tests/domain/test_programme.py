"""Are programmes opened, closed and annotated?"""

from __future__ import annotations

from datetime import timedelta

from domain.commitment import make, restate
from domain.figure import observe_figure
from domain.programme import ProgrammeClosed, ProgrammeNoted, ProgrammeOpened, close_programme, note, open_programme
from domain.retraction import retract
from domain.source import cite_source
from tests.domain.given import EARLY, TODAY, do, fd, given, quantity

OPEN = do(open_programme, "corridor", "Middle Corridor", window=fd("2022/2027"), on=EARLY)
CLOSE = do(close_programme, "corridor", because="All is built")


def test_a_programme_is_opened() -> None:
    then = given().when(open_programme, "Corridor", " Middle Corridor ", window=fd("2022/2027"))
    then.then_recorded(ProgrammeOpened(title="Middle Corridor", window=fd("2022/2027")))
    assert then.news[0].subject == "programme/corridor"


def test_the_same_programme_again_records_nothing_another_is_refused() -> None:
    board = given(OPEN)
    worded = fd("2022/2027", "2022-2027")
    board.when(open_programme, "corridor", "Middle Corridor", window=worded).then_nothing()
    board.when(open_programme, "corridor", "Middle Corridor").then_refused("duplicate-key", "corridor")
    board.when(open_programme, "green", " ").then_refused("blank", "title")


def test_a_closed_programme_takes_no_new_commitment() -> None:
    board = given(OPEN, do(make, "ports", "Ports", on=EARLY), CLOSE)
    sentence = board.when(make, "fibre", "Cable", programme="corridor").then_refused("wrong-state", "(#3)")
    assert "pledger retract 3" in sentence
    board.when(restate, "ports", {"programme": "corridor"}, because="x").then_refused("wrong-state", "corridor")


def test_a_closed_programme_still_takes_notes_and_figures() -> None:
    board = given(OPEN, CLOSE)
    board.when(note, "corridor", "A summit was held").then_accepted()
    board.when(observe_figure, "corridor", "trade", quantity("470M USD"), fd("2024")).then_accepted()


def test_closing_it_again_records_nothing_and_closing_it_otherwise_is_refused() -> None:
    board = given(OPEN, CLOSE)
    assert board.lines[1].fact == ProgrammeClosed(reason="All is built")
    board.asked(CLOSE).then_nothing()
    board.when(close_programme, "Corridor", because="Another reason").then_refused("wrong-state", "closed already (#2)")
    board.admit(ProgrammeClosed(reason="x"), "programme/corridor").then_refused("wrong-state")


def test_a_closed_programme_opens_by_retraction() -> None:
    board = given(OPEN, CLOSE)
    board.record(do(retract, board.lines[1], because="One is left"))
    board.when(make, "fibre", "Cable", programme="corridor").then_accepted()
    board.asked(CLOSE).then_accepted()


def test_closing_needs_a_reason_and_a_programme() -> None:
    given(OPEN).when(close_programme, "corridor", because="").then_refused("no-reason")
    given().when(close_programme, "corridor", because="x").then_refused("unknown-key", "no programme 'corridor'")
    given(OPEN).when(close_programme, "corridor", because="x", on=EARLY - timedelta(1)).then_refused("out-of-order")


def test_a_note_says_what_is_no_promise_and_where_it_was_read() -> None:
    board = given(OPEN, do(cite_source, "interview", "An interview", "An agency"))
    then = board.when(note, "CORRIDOR", " A summit was held ", period=fd("2024"), source="Interview", locator=" Trade ")
    then.then_recorded(ProgrammeNoted(text="A summit was held", period=fd("2024"), source="interview", locator="Trade"))


def test_the_same_note_on_the_same_day_records_nothing_also_after_others() -> None:
    board = given(OPEN, do(note, "corridor", "One", period=fd("2024")), do(note, "corridor", "Two"))
    board.when(note, "corridor", "One", period=fd("2024", "in 2024")).then_nothing()
    board.when(note, "corridor", "One", period=fd("2024"), on=TODAY - timedelta(1)).then_accepted()


def test_a_note_needs_words_a_programme_and_a_source_that_stands() -> None:
    given(OPEN).when(note, "corridor", " ").then_refused("blank", "note")
    given().when(note, "corridor", "One").then_refused("unknown-key", "no programme 'corridor'")
    given(OPEN).when(note, "corridor", "One", source="x").then_refused("unknown-key", "no source 'x'")
    given(OPEN).admit(ProgrammeNoted(text="x", source=""), "programme/corridor").then_refused("blank")
