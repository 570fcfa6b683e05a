"""Random ledgers: recorded by somebody in no hurry to be sensible, and kept to the rules by them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

from hypothesis import strategies as st

from domain.actual import report_actual
from domain.commitment import make
from domain.due import move_due
from domain.evidence import attach_evidence
from domain.forecast import revise_forecast
from domain.life import meet, reopen, resume, suspend, withdraw
from domain.milestone import link_milestone, plan_milestone
from domain.owner import assign
from domain.progress import report_progress
from domain.retraction import retract
from domain.target import revise_target, set_target
from domain.verdict import give_verdict
from tests.domain.given import file, quantity, terms
from tests.exchange.given import Writer, fd, opened, story

ITEMS = ("fibre", "fibre", "fibre/landing", "ports")
DATES = ("2026", "2026-33", "2026-06-30", "2025-10~", "2026/2028", "2026/..")
WORDS = ("Kabel gəmisi", "Қазақстан", "x [/]", '\\ "', "Zoë", "ﬁ", "İıI", "🚢")


def history(seed: int, commands: int, *, new: bool = False) -> Writer:
    """A ledger in which so many things were tried, from its first line on (`new`) or in a story."""
    random, writer = Random(seed), opened() if new else story()
    for _ in range(commands):
        _command(writer, random)
        writer.time += timedelta(days=random.choice([0, 0, 1, 40]))
    return writer


histories = st.builds(history, st.integers(0, 2**32), st.integers(0, 40), new=st.booleans())
long_histories = st.builds(history, st.integers(0, 2**32), st.integers(40, 160))


def _command(writer: Writer, random: Random) -> None:
    """Something that somebody might record, sensible or not."""
    item, date, words = random.choice(ITEMS), fd(random.choice(DATES)), random.choice(WORDS)
    back = writer.today - timedelta(days=random.choice([0, 0, 0, 1, 10, 30]))
    period = fd(random.choice(["2025", "2025-05", "2025-33"]))
    tried: list[Callable[[], None]] = [
        lambda: writer.try_(make, item.partition("/")[0], words, due=date),
        lambda: writer.try_(plan_milestone, "fibre/landing", words, due=date, after=("ports",)),
        lambda: writer.try_(link_milestone, "fibre/landing", random.choice([("ports",), ()])),
        lambda: writer.try_(report_progress, item, note=words, on=back),
        lambda: writer.try_(attach_evidence, item, (file(),), on=back),
        lambda: writer.try_(give_verdict, item, scale="ogp", rating="limited", assessor=words, because=words),
        lambda: writer.try_(suspend, item, because=words),
        lambda: writer.try_(meet, item, met_on=fd("2026-01-02")),
        lambda: writer.try_(withdraw, item, because=words),
        lambda: writer.try_(assign, "fibre", words),
        lambda: writer.try_(set_target, "fibre", "oil", terms(window="2025/..")),
        lambda: writer.try_(
            revise_target,
            *("fibre", "oil", terms(random.choice(["1 Mt", "2 Mt"]), window=random.choice(["2025/..", "2026/.."]))),
            because=words,
            approved_by="board",
        ),
        *[lambda: writer.try_(resume, item, because=words)] * 2,
        *[lambda: writer.try_(reopen, item, because=words)] * 3,
        *[lambda: writer.try_(move_due, item, date, because=words, approved_by="board")] * 2,
        *[lambda: writer.try_(report_actual, "fibre", "oil", quantity("1 Mt"), period, because=words, on=back)] * 4,
        *[lambda: writer.try_(revise_forecast, item, date, because=words, on=back)] * 4,
        *[lambda: writer.try_(retract, random.choice(writer.recorded[-20:]), because=words)] * 3,
    ]
    random.choice(tried)()
