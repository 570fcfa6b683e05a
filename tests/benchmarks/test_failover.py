"""Does the drill find nothing lost with a synchronous standby, and what is lost without one?"""

from __future__ import annotations

from contextlib import contextmanager
from time import sleep
from typing import TYPE_CHECKING

import pytest

from benchmarks import failover
from benchmarks.failover import drill, main
from benchmarks.standby import Server, standby

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_with_a_synchronous_standby_nothing_acknowledged_is_lost(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--writers", "2", "--seconds", "2"]) == 0
    told = capsys.readouterr().out
    assert "\n0 of " in told
    assert "tree and rules hold" in told


def test_what_a_standby_does_not_have_is_found_to_be_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    following: list[Server] = []
    kill = Server.kill

    @contextmanager
    def followed(of: Server) -> Iterator[Server]:
        with standby(of) as made:
            following.append(made)
            yield made

    def fall_behind(first: Server) -> None:
        following[0].set({"primary_conninfo": ""})
        while following[0].ask("SELECT pid FROM pg_stat_wal_receiver"):
            sleep(0.05)
        sleep(0.3)
        kill(first)

    monkeypatch.setattr(failover, "standby", followed)
    monkeypatch.setattr(Server, "set_synchronous", lambda server: None)
    monkeypatch.setattr(Server, "kill", fall_behind)
    found = drill(2, 2)
    assert len(found.lost) > 1
    assert found.sound
    assert f"{len(found.lost)} of " in "\n".join(found.told())
