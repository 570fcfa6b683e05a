"""What do the tests of the report start from? Ledgers as lines, what was gathered of them, and the plain way to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from benchmarks.generate import ZONE, Generator
from benchmarks.plan import plan
from domain.recorded import Recorded
from exchange.report.state import State, sign, state
from ledger.line import codec, recorded
from projections.moments import Moments
from projections.replay import Replay

STORY = Path(__file__).parents[3] / "events" / "histories" / "illustration" / "events.jsonl"


@cache
def story() -> tuple[Recorded, ...]:
    """The made-up story of three years."""
    decode = codec().decode
    return tuple(
        decode(line, line.split(b'"type":"')[-1].split(b'"')[0].decode(), number)
        for number, line in enumerate(STORY.read_bytes().splitlines(), 1)
    )


def generated(size: int, commitments: int, seed: int = 1) -> list[Recorded]:
    """A plausible ledger."""
    return [recorded(said, place) for place, (_, said) in enumerate(Generator(plan(size, commitments, seed)).lines())]


def last_day(lines: Sequence[Recorded]) -> date:
    """The day after all that."""
    return lines[-1].recorded.astimezone(ZONE).date() + timedelta(days=1)


def told(lines: Iterable[Recorded], on: date) -> dict[str, list[tuple[int, State | None]]]:
    """The states of each commitment as moments tell them."""
    found: dict[str, list[tuple[int, State | None]]] = {}
    for one in Moments(ZONE, sign).of(lines, on):
        found.setdefault(one.subject, []).append((one.position, state(one.judged) if one.judged else None))
    return found


def at(states: Sequence[tuple[int, State | None]], position: int) -> State | None:
    """What held at a position."""
    return next((found for begun, found in reversed(states) if begun <= position), None)


class Plain(Replay):
    """Every commitment judged anew after each line."""

    def states(self, line: Recorded) -> dict[str, State | None]:
        """How all stand once the line is there, on its day."""
        list(self.steps([line]))
        return self.on(line.recorded.astimezone(ZONE).date())

    def on(self, day: date) -> dict[str, State | None]:
        """How all stand on a day."""
        found = {one: self._judged(one, day) for one in self._streams if one.startswith("commitment/")}
        return {subject: state(judged) if judged else None for subject, judged in found.items()}


def generated_file(path: Path, size: int, commitments: int) -> Path:
    """The lines of a plausible ledger, in a file."""
    path.write_bytes(b"".join(line + b"\n" for line, _ in Generator(plan(size, commitments, 1)).lines()))
    return path
