"""Where do ledgers lie in tests, and how hard do properties look (`--hypothesis-profile=soak`: at length)?"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from hypothesis import settings

# A shared machine may be slow at any moment, so no single example has a deadline.
settings.register_profile("pledger", deadline=None)
settings.register_profile("soak", deadline=None, max_examples=5000)
settings.register_profile("mutants", deadline=None, max_examples=15, derandomize=True, database=None)
settings.load_profile("pledger")

# Begun in the background, a run inherits that Ctrl-C is ignored, and so would the programs that tests interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

Place = Callable[[str], Path | str]


@contextmanager
def places(database: str, folder: Path) -> Iterator[Place]:
    """Places for ledgers by their names, in files or on a server."""
    if database == "sqlite":
        yield lambda name: folder / f"{name}.db"
        return
    from tests import servers  # late: only who needs a server starts it

    made: dict[str, str] = {}
    with ExitStack() as schemas:

        def place(name: str) -> str:
            if name not in made:
                made[name] = servers.address(schemas.enter_context(servers.new_schema()))
            return made[name]

        yield place


@pytest.fixture(params=["sqlite", "postgresql"])
def somewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A place for a ledger of that name, in a file and on a server: the same test for both."""
    with places(request.param, tmp_path) as place:
        yield place


@pytest.fixture
def where(somewhere: Place) -> Path | str:
    """A place for one ledger."""
    return somewhere("pledger")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was not tried because the machine lacks a browser is said in one line."""
    skipped = [one for one in terminalreporter.getreports("skipped") if "no Chromium" in str(one.longrepr)]
    if skipped:
        terminalreporter.write_line(f"Skipped for want of Chromium: {len(skipped)} of the tests in a browser.")
