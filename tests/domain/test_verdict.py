"""Are independent judgements recorded on their published scales?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from domain.life import withdraw
from domain.verdict import SCALES, VerdictGiven, give_verdict, says
from tests.domain.given import FIBRE, LANDING, TODAY, Board, do, given


def judged(**said: Any) -> VerdictGiven:
    fields: dict[str, Any] = {
        "item": "fibre",
        "scale": "ogp",
        "rating": "limited",
        "assessor": "Audit office",
        "reason": "No permit",
    }
    return VerdictGiven(**(fields | said))


def judge(board: Board, item: str = "fibre", **said: Any) -> Any:
    fields = {"scale": "ogp", "rating": "limited", "assessor": "Audit office", "because": "No permit"}
    return board.when(give_verdict, item, **(fields | said))


def test_a_judgement_is_recorded_with_its_reason() -> None:
    board = given(FIBRE, LANDING)
    judge(board, scale=" OGP ", rating="Limited", assessor=" Audit office ").then_recorded(judged(), effective=TODAY)
    judge(board, "fibre/landing").then_recorded(judged(item="fibre/landing"))


def test_the_judgement_that_counts_again_on_the_same_day_records_nothing() -> None:
    board = given(FIBRE)
    board.put(judged())
    judge(board).then_nothing()
    judge(board, on=TODAY - timedelta(1)).then_accepted()
    judge(board, assessor="Court of accounts").then_accepted()
    judge(board, scale="politifact", rating="stalled").then_accepted()
    judge(board, rating="complete").then_accepted()


@pytest.mark.parametrize("scale", SCALES)
def test_every_rating_of_a_scale_is_taken(scale: str) -> None:
    for rating in SCALES[scale]:
        judge(given(FIBRE), scale=scale, rating=rating).then_accepted()


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        ({"scale": "stars"}, "bad-scale", "ogp, politifact, dca"),
        ({"rating": "kept"}, "bad-rating", "no-evidence, not-started"),
        ({"assessor": " "}, "blank", "assessor"),
        ({"because": None}, "no-reason", "--because"),
    ],
)
def test_what_is_no_judgement_is_refused(said: dict[str, Any], code: str, words: str) -> None:
    judge(given(FIBRE), **said).then_refused(code, words)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"scale": "OGP"}, "bad-scale"),
        ({"rating": "Limited"}, "bad-rating"),
        ({"assessor": ""}, "blank"),
        ({"reason": " "}, "no-reason"),
        ({"item": "ports"}, "unknown-key"),
    ],
)
def test_a_judgement_from_elsewhere_is_held_to_the_same_rules(said: dict[str, Any], code: str) -> None:
    given(FIBRE).admit(judged(**said)).then_refused(code)


def test_closed_items_are_still_judged() -> None:
    board = given(FIBRE, do(withdraw, "fibre", because="x"))
    judge(board).then_accepted()


DUE = date(2026, 5, 31)


@pytest.mark.parametrize(
    ("scale", "rating", "due", "said"),
    [
        ("ogp", "complete", DUE, "kept"),
        ("politifact", "kept", None, "kept"),
        ("politifact", "broken", None, "broken"),
        ("ogp", "not-started", DUE, "broken"),
        ("ogp", "not-started", TODAY, "neither"),
        ("ogp", "not-started", None, "neither"),
        ("ogp", "no-evidence", DUE, "neither"),
        ("ogp", "substantial", DUE, "neither"),
        ("politifact", "stalled", DUE, "neither"),
        ("dca", "red", DUE, "neither"),
        ("dca", "green", DUE, "neither"),
    ],
)
def test_a_rating_says_kept_broken_or_neither(scale: str, rating: str, due: date | None, said: str) -> None:
    assert says(judged(scale=scale, rating=rating), TODAY, due) == said
