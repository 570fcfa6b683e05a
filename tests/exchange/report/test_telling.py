"""Is a sentence that counts days the same sentence on the next day, and does it say the right number on each?"""

from __future__ import annotations

from datetime import date, timedelta

from benchmarks.generate import ZONE
from domain.assess import Assessed
from exchange.report.telling import MARK, telling, worked_out
from projections.replay import Replay
from tests.exchange.report.given import generated, story


def judgements() -> list[Assessed]:
    """All commitments of two ledgers, every three weeks of some years after their end, and when they were young."""
    found = []
    for lines in (story(), generated(300, 40)):
        for until in (len(lines) // 3, len(lines)):
            replay = Every(ZONE)
            for _ in replay.steps(lines[:until]):
                pass
            begin = lines[until - 1].recorded.date() + timedelta(days=1)
            found += [one for week in range(0, 160, 3) for one in replay.all(begin + timedelta(weeks=week))]
    return found


class Every(Replay):
    """All that stands, judged on a day."""

    def all(self, on: date) -> list[Assessed]:
        return [one for subject in self._streams if (one := self._judged(subject, on))]


def test_worked_out_on_its_day_every_sentence_is_what_was_said() -> None:
    sentences = [(text, one.item) for one in judgements() for _, text, _ in (*one.reasons, *one.flags)]
    assert len(sentences) > 5000
    for text, item in sentences:
        assert worked_out(telling(text, item), item.on) == text


def test_most_sentences_are_the_same_on_the_next_day() -> None:
    told: dict[tuple[str, str], set[str]] = {}
    for one in judgements():
        for code, text, positions in one.reasons:
            told.setdefault((one.item.key, f"{code}{positions}"), set()).add(telling(text, one.item))
    assert sum(len(found) == 1 for found in told.values()) / len(told) > 0.9


def test_a_mark_that_somebody_wrote_is_none() -> None:
    (item, *_) = (one.item for one in judgements())
    assert MARK not in telling(f"{MARK}a2026-01-01{MARK}", item)


def test_what_is_not_counted_from_as_of_stays() -> None:
    (item, *_) = (one.item for one in judgements())
    late = "met 2026-01-14, 44 days late, with evidence"
    for text in ("no report in 90 days; none", late, "5 % done", "x by the straight line"):
        assert telling(text, item) == text


def test_a_line_that_is_anothers_stays_as_it_is() -> None:
    (item, *_) = (one.item for one in judgements() if one.item.start is None)
    assert telling("63 % by the straight line", item) == "63 % by the straight line"


def test_days_before_the_first_of_all_are_not_marked() -> None:
    (item, *_) = (one.item for one in judgements())
    assert worked_out(telling("9999999 days ago", item), item.on) == "9999999 days ago"
