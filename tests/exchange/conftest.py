"""What goes out of the two stories and of a ledger of oddities; made once, nobody changes it."""

from __future__ import annotations

import pytest

from exchange.outgoing import Outgoing
from tests.exchange.standing import lines_of, oddities, standing


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Outgoing:
    """The real story."""
    return standing(tmp_path_factory.mktemp("real") / "pledger.db", lines_of("azerbaijan-kazakhstan"))


@pytest.fixture(scope="session")
def illustration(tmp_path_factory: pytest.TempPathFactory) -> Outgoing:
    """The made-up continuation."""
    return standing(tmp_path_factory.mktemp("illustration") / "pledger.db", lines_of("illustration"))


@pytest.fixture(scope="session")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Outgoing:
    """A commitment in every state, and texts that formats trip over."""
    return standing(tmp_path_factory.mktemp("odd") / "pledger.db", oddities().lines)


@pytest.fixture(scope="session")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Outgoing:
    """A filter that matches nothing."""
    return standing(tmp_path_factory.mktemp("nothing") / "pledger.db", oddities().lines, "status:unreported", "tag:x")


@pytest.fixture(params=["real", "illustration", "odd"])
def story(request: pytest.FixtureRequest) -> Outgoing:
    """Each of them."""
    found: Outgoing = request.getfixturevalue(request.param)
    return found
