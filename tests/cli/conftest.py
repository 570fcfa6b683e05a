"""Offices for the tests: a new one, and one that has begun."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests import servers
from tests.cli.given import Office, busy, moved_in, stocked

ILLUSTRATION = Path(__file__).parents[2] / "events" / "histories" / "illustration" / "events.jsonl"
SECRET = "correct-horse"


@pytest.fixture(scope="session")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A small ledger, made once; nobody records in it."""
    return stocked(tmp_path_factory.mktemp("stock"))


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A ledger after a year, made once, on the morning of 2026-11-24; nobody records in it."""
    office = busy(tmp_path_factory.mktemp("year"))
    assert office.anchor()[0] == 33
    return office


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The made-up story of three years, on the morning after its end; nobody records in it."""
    office = Office(tmp_path_factory.mktemp("story"), clock=datetime(2028, 7, 1, 6, tzinfo=UTC))
    office.must(f"import {ILLUSTRATION}")
    return office


@pytest.fixture
def office(stock: Office, tmp_path: Path) -> Office:
    """An office with a copy of the small ledger."""
    return moved_in(stock, tmp_path)


@pytest.fixture
def new(tmp_path: Path) -> Office:
    """An office without a ledger."""
    return Office(tmp_path)


@pytest.fixture
def address() -> Iterator[str]:
    """A place for a ledger on a server; in the address a password, which the server does not ask for."""
    with servers.new_schema() as schema:
        yield servers.address(schema, password=SECRET)


@pytest.fixture
def team(new: Office, address: str) -> Office:
    """An office whose ledger is to lie on a server."""
    new.environment["PLEDGER_LEDGER"] = address
    return new
