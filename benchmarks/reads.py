"""How long do read commands and `--help` take, as whole processes, beside bare imports of the same libraries?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from benchmarks.bench import Bench
from benchmarks.generate import BEGIN, SPAN, Made
from benchmarks.measure import in_turns
from benchmarks.process import a_steady, pledger, python, seconds
from benchmarks.table import Bar, Row, longer

LIBRARIES = python("import typer, sqlalchemy")
TYPER = python("import typer")
QUICK, BOARD = (Bar(1.4), Bar(0.75)), (Bar(1.6), Bar(0.9))


def commands(made: Made) -> dict[str, tuple[str, ...]]:
    """The read commands of the budget."""
    key = a_steady(made)
    return {
        "show": ("show", key),
        "due --within 30d": ("due", "--within", "30d"),
        "history C": ("history", key),
        "status": ("status",),
        "status --json": ("status", "--json"),
    }


def reads(bench: Bench) -> Iterator[Row]:
    """Each command beside `import typer, sqlalchemy`."""
    for made in bench.ledgers:
        for name, words in commands(made).items():
            run = partial(seconds, pledger(*words, ledger=made.place))
            beside = in_turns(bench.rounds, run, partial(seconds, LIBRARIES))
            bar, then = BOARD if name.startswith("status") else QUICK
            yield longer(name, made.size, beside, bar, then)


def help_page(bench: Bench) -> Iterator[Row]:
    """`--help` beside `import typer`."""
    beside = in_turns(bench.rounds, partial(seconds, pledger("--help")), partial(seconds, TYPER))
    yield longer("--help", 0, beside, Bar(1.3))


def times(bench: Bench) -> Iterator[Row]:
    """Commands that look back on both axes, beside the same without it."""
    day = date.isoformat((BEGIN + SPAN).date())
    for made in bench.ledgers:
        back = ("--as-known", f"#{made.size * 95 // 100}", "--as-of", day)
        for name, words in commands(made).items():
            if name == "status --json":
                continue
            then, now = (pledger(*words, *options, ledger=made.place) for options in (back, ()))
            beside = in_turns(bench.rounds, partial(seconds, then), partial(seconds, now))
            yield longer(f"{name} as known and as of, to itself", made.size, beside, Bar(1.3))
