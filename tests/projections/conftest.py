"""A ledger made once, and a copy of it for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copy

import pytest

from tests.projections.given import Desk, small_ledger


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of a small ledger, to be copied."""
    return small_ledger(tmp_path_factory.mktemp("made") / "pledger.db")


@pytest.fixture
def desk(ledger: Path, tmp_path: Path) -> Iterator[Desk]:
    """A copy of it for each test."""
    desk = Desk(Path(copy(ledger, tmp_path)))
    yield desk
    desk.ledger.close()
