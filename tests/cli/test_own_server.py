"""What is said of a server that asks for passwords, of a standby, and of a primary that lost its standby or died?"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from threading import Thread
from time import sleep
from typing import NamedTuple

import pytest

from benchmarks.standby import Server, folder, primary, standby
from tests.cli.given import BEGINNING, Office, environ

PASSWORD = "correct-horse-battery"
LOG = 'log fibre "Ship booked" --command-id once'
SEEDS = count(20)
"""Tests share one ledger, in which no id comes twice."""


class Pair(NamedTuple):
    """A primary, on which the login `clerk` may record with a password, and its standby."""

    primary: Server
    standby: Server


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    with folder() as within, primary(within, {"fsync": "off"}) as first:
        hba = first.folder / "pg_hba.conf"
        hba.write_text(f"host all clerk 127.0.0.1/32 scram-sha-256\n{hba.read_text()}")
        first.ask(f"CREATE ROLE clerk LOGIN PASSWORD '{PASSWORD}'", "SELECT pg_reload_conf()")
        office = Office(tmp_path_factory.mktemp("owner"), environment={"PLEDGER_LEDGER": url(first)})
        (office.folder / "note.txt").write_text("As agreed.\n", "utf-8")
        office.must(*BEGINNING)
        first.ask("GRANT pledger_writer TO clerk")
        with standby(first) as second:
            yield Pair(first, second)


def url(server: Server, user: str = "postgres", **more: str) -> str:
    named = "".join(f"&{name}={value}" for name, value in more.items())
    return f"postgresql://127.0.0.1:{server.port}/postgres?user={user}{named}"


@pytest.fixture
def owner(tmp_path: Path, pair: Pair) -> Office:
    return Office(tmp_path, environment={"PLEDGER_LEDGER": url(pair.primary)}, seed=next(SEEDS))


@pytest.mark.parametrize("given", [{}, {"password": "wrong-horse"}])
def test_without_the_right_password_nobody_is_let_in(new: Office, pair: Pair, given: dict[str, str]) -> None:
    new.environment["PLEDGER_LEDGER"] = url(pair.primary, "clerk", **given)
    said = new.tell("status")
    assert (said.code, said.refusal, said.err.count("\n")) == (3, "login-refused", 1)
    assert "wrong-horse" not in said.err


def test_a_password_may_stand_in_the_environment(new: Office, pair: Pair) -> None:
    new.environment["PLEDGER_LEDGER"] = url(pair.primary, "clerk", password=PASSWORD)
    said = new.must("info", "status", "audit key new seal.key")
    assert PASSWORD not in "".join(one.out + one.err for one in said)


def test_a_password_file_is_read(new: Office, pair: Pair, tmp_path: Path) -> None:
    secret = tmp_path / "pgpass"
    secret.write_text(f"127.0.0.1:{pair.primary.port}:*:clerk:{PASSWORD}\n")
    secret.chmod(0o600)
    with environ({"PGPASSFILE": str(secret)}):
        assert new.run("--ledger", url(pair.primary, "clerk"), "status").code == 0


def test_a_service_file_is_read_and_named(new: Office, pair: Pair, tmp_path: Path) -> None:
    services = tmp_path / "services"
    services.write_text(
        f"[team]\nhost=127.0.0.1\nport={pair.primary.port}\ndbname=postgres\nuser=clerk\npassword={PASSWORD}\n"
    )
    with environ({"PGSERVICEFILE": str(services)}):
        said = new.run("--ledger", "postgresql:///?service=team", "info", "--json")
    assert "team" in said.data["place"]
    assert PASSWORD not in said.out


def test_a_standby_is_read_and_takes_nothing(owner: Office, pair: Pair) -> None:
    reads = ("status", "show fibre", "history", "export", "status --json")
    answers = [owner.tell(line).out for line in reads]
    owner.environment["PLEDGER_LEDGER"] = url(pair.standby)
    assert [owner.tell(line).out for line in reads] == answers
    for line in (LOG, "undo", "migrate"):
        said = owner.tell(line)
        assert (said.code, said.refusal, said.err.count("\n")) == (1, "read-only", 1)
    assert owner.tell("audit verify").code == 3
    assert owner.tell("init --title Another --ledger " + url(pair.standby, schema="other")).refusal == "read-only"


def test_it_is_said_which_server_was_read(owner: Office, pair: Pair) -> None:
    assert owner.tell("info --json").data["node"] == f"primary 127.0.0.1:{pair.primary.port}"
    assert "read at" not in owner.tell("status").err
    hosts = f"127.0.0.1:{pair.primary.port},127.0.0.1:{pair.standby.port}"
    owner.environment["PLEDGER_LEDGER"] = f"postgresql://{hosts}/postgres?user=postgres&target_session_attrs=standby"
    at = f"read at the standby 127.0.0.1:{pair.standby.port}"
    assert f"standby 127.0.0.1:{pair.standby.port}\n" in owner.tell("info").out
    assert any(line.endswith(at) for line in owner.tell("status").err.splitlines())
    assert f", {at}, written to r.md" in owner.tell("report -o r.md").err


@contextmanager
def without_its_standby(server: Server) -> Iterator[None]:
    """The standby that a commit waits for is away."""
    server.set({"synchronous_standby_names": "nobody"})
    try:
        yield
    finally:
        server.set({"synchronous_standby_names": ""})


def once_it_waits(server: Server, do: Callable[[], object]) -> Thread:
    """Do something as soon as a commit waits for a standby."""

    def look() -> None:
        while not server.ask("SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'"):
            sleep(0.02)
        do()

    looking = Thread(target=look, daemon=True)
    looking.start()
    return looking


def cancel(server: Server) -> None:
    """What an administrator does when a commit waits for a standby that does not come."""
    server.ask("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")


def interrupt() -> None:
    """What somebody at the desk does: Ctrl-C."""
    os.kill(os.getpid(), signal.SIGINT)


@pytest.fixture
def _heeding() -> Iterator[None]:
    """Whoever was started in the background is deaf to Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_heeding")
@pytest.mark.parametrize("giving_up", ["nobody", "administrator", "Ctrl-C"])
def test_what_no_standby_confirms_is_not_acknowledged(owner: Office, pair: Pair, giving_up: str) -> None:
    before, log = owner.anchor()[0], f'log fibre "Given up by {giving_up}" --command-id {giving_up}'
    with without_its_standby(pair.primary):
        if giving_up == "nobody":  # then the program does so when a statement's time is over
            owner.environment["PLEDGER_LEDGER"] = url(pair.primary, options="-c%20statement_timeout%3D300")
            said = owner.tell(log)
        else:
            do = interrupt if giving_up == "Ctrl-C" else partial(cancel, pair.primary)
            looking = once_it_waits(pair.primary, do)
            said = owner.tell(log)
            looking.join(20)
    assert (said.code, said.refusal, said.err.count("\n")) == (3, "not-confirmed", 1)
    assert f"#{before + 1} fibre" in owner.must(log)[0].out  # recorded once, and told when it is certain
    assert owner.anchor()[0] == before + 1


def test_what_was_not_confirmed_is_asked_for_again_as_long_as_no_standby_is_there(owner: Office, pair: Pair) -> None:
    owner.environment["PLEDGER_LEDGER"] = url(pair.primary, options="-c%20statement_timeout%3D300")
    before = owner.anchor()[0]
    with without_its_standby(pair.primary):
        again = [owner.tell("log fibre Again --command-id again") for _ in range(2)]
    assert [(one.code, one.refusal) for one in again] == [(3, "not-confirmed")] * 2
    assert owner.anchor()[0] == before + 1


def test_who_reads_waits_for_no_standby(owner: Office, pair: Pair) -> None:
    """Not even where the read models have to be caught up, which is written at the server."""
    owner.must("log fibre Another")
    with without_its_standby(pair.primary):
        assert owner.tell("status").code == 0
        assert owner.tell("models rebuild").code == 0


@contextmanager
def small_disk(within: Path) -> Iterator[Path]:
    """A file system of 24 MB, of the same owner as the folder."""
    place = within / "small"
    place.mkdir()
    options = f"size=24m,mode=700,uid={within.stat().st_uid},gid={within.stat().st_gid}"
    try:
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", place], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a small disk can only be mounted by root")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


def test_a_server_whose_disk_is_full_takes_nothing_half_and_goes_on_when_there_is_room(owner: Office) -> None:
    with folder() as within, small_disk(within) as disk, primary(within, {"fsync": "off"}) as server:
        server.ask(f"CREATE TABLESPACE small LOCATION '{disk}'", "CREATE DATABASE small TABLESPACE small")
        owner.environment["PLEDGER_LEDGER"] = url(server).replace("/postgres?", "/small?")
        owner.must("init --title T", 'add fibre "Fibre line"')
        filler = disk / "filler"
        filler.write_bytes(bytes(shutil.disk_usage(disk).free))
        (owner.folder / "long.csv").write_text(
            "key,title\n" + "".join(f"c{n},{'x' * 9000}\n" for n in range(99)), "utf-8"
        )
        said = owner.tell("import long.csv")
        assert (said.code, said.refusal) == (1, "disk-full")
        assert owner.anchor()[0] == 2
        assert len(owner.tell("status --json").data) == 1
        filler.unlink()
        owner.must("import long.csv")
        assert owner.anchor()[0] == 2 + 99
        assert owner.tell("audit verify").code == 3, "whole, and pinned by nothing outside"


def test_a_server_that_died_is_undecided_in_one_sentence(owner: Office) -> None:
    with folder() as within, primary(within, {"fsync": "off"}) as server:
        owner.environment["PLEDGER_LEDGER"] = url(server)
        owner.must("init --title T")
        server.kill()
        for line in ("status", 'add fibre "Fibre line"', "audit verify"):
            said = owner.tell(line)
            assert (said.code, said.refusal, said.err.count("\n")) == (3, "server-unreachable", 1)
