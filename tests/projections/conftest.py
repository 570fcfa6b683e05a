"""A ledger made once, and a copy of it for each test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from shutil import copy

import pytest

from tests.projections.given import Desk, small_ledger


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of a small ledger, to be copied."""
    return small_ledger(tmp_path_factory.mktemp("made") / "pledger.db")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Modules that say `BOTH` are about ledgers in files and on a server; tests marked `files_only` are not."""
    if "desk" in metafunc.fixturenames and getattr(metafunc.module, "BOTH", False):
        files_only = metafunc.definition.get_closest_marker("files_only")
        metafunc.parametrize("desk", ["sqlite"] if files_only else ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def desk(ledger: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    """A copy of it for each test."""
    with ExitStack() as places:
        if getattr(request, "param", "sqlite") == "sqlite":
            desk = Desk(Path(copy(ledger, tmp_path)))
        else:
            from tests import servers  # late: only who needs a server starts it

            desk = Desk(small_ledger(servers.address(places.enter_context(servers.new_schema()))))
        yield desk
        desk.ledger.close()
