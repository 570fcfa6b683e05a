"""How long does the same take with what one would use instead? `python -m benchmarks.peers`, or `make bench-peers`.

The same generated facts are written in each tool's own form. None of them does what pledger does, nor the other way
round: docs/performance.md says what is compared, and what pledger loses.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import uuid4

from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore

from benchmarks.bench import Bench
from benchmarks.bulk import exact_lines
from benchmarks.generate import KEPT, Made, made
from benchmarks.library import projected
from benchmarks.machine import machine
from benchmarks.measure import Beside, in_turns, timed
from benchmarks.process import a_steady, pledger, seconds
from benchmarks.rebuild import SAMPLE, ours
from benchmarks.table import Row, longer, missing, table

SIZES = (10_000, 100_000)
PAGE = 1_000


def main() -> None:
    """Measure side by side, and print the table."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    asked.add_argument("--sizes", type=lambda text: [int(one) for one in text.split(",")], default=SIZES)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--folder", type=Path, default=KEPT)
    told = asked.parse_args()
    bench = Bench(tuple(made(size, kept=told.folder) for size in told.sizes), told.rounds, told.folder)
    print(machine())
    print(f"{told.rounds} rounds in turns, medians; spread: lowest and highest ratio of a round\n")
    print(table([row for one in bench.ledgers for row in rows(bench, one)]))


def rows(bench: Bench, one: Made) -> Iterator[Row]:
    """One ledger, beside all of them. A figure under 1 says that pledger is quicker."""
    with bench.passing() as folder:
        for peer in (plain_text, tasks, tickets, library):
            yield from peer(bench, one, folder)


def plain_text(bench: Bench, one: Made, folder: Path) -> Iterator[Row]:
    """Plain-text accounting: a transaction for each event, an account for each commitment."""
    key, journal, book = a_steady(one), folder / "events.journal", folder / "events.beancount"
    _write_journals(one, journal, book)
    for tool, what, command, words in (
        (
            "hledger",
            "register of one account",
            ["hledger", "-f", str(journal), "register", f"promise:{key}"],
            ("history", key),
        ),
        ("hledger", "balance of all accounts", ["hledger", "-f", str(journal), "balance", "-N"], ("status",)),
        (
            "bean-query",
            "journal of one account",
            ["bean-query", str(book), f"SELECT date, narration WHERE account = '{_account(key)}'"],
            ("history", key),
        ),
        ("bean-check", "check of all rules", ["bean-check", "-C", str(book)], ("audit", "verify")),
    ):
        yield _beside(
            bench,
            one,
            f"{' '.join(words[: 1 if words[0] != 'audit' else 2])} beside {tool}, {what}",
            tool,
            words,
            command,
        )


def tasks(bench: Bench, one: Made, folder: Path) -> Iterator[Row]:
    """Taskwarrior: a task for each commitment, with its due."""
    environment = {"TASKDATA": str(folder / "task"), "TASKRC": "/dev/null", "HOME": str(folder)}
    if shutil.which("task"):
        (folder / "task").mkdir()
        subprocess.run(
            ["task", "rc.confirmation=off", "import", "-"],
            input=_tasks(one),
            env={**os.environ, **environment},
            check=True,
            capture_output=True,
        )
    command = ["env", *(f"{name}={value}" for name, value in environment.items()), "task", "rc.gc=off", "list"]
    yield _beside(bench, one, "due beside task list", "task", ("due", "--within", "9999d"), command)


def tickets(bench: Bench, one: Made, folder: Path) -> Iterator[Row]:
    """Fossil: a ticket is added, as a process and durably."""
    repository = folder / "tickets.fossil"
    if shutil.which("fossil"):
        subprocess.run(
            ["fossil", "init", str(repository)],
            check=True,
            capture_output=True,
            env={**os.environ, "HOME": str(folder), "USER": "office"},
        )
    copy = folder / "log.db"
    shutil.copyfile(one.ledger, copy)
    command = [
        "env",
        f"HOME={folder}",
        "USER=office",
        "fossil",
        "ticket",
        "add",
        "title",
        "Fibre line",
        "comment",
        "Measured",
        "-R",
        str(repository),
    ]
    name = "log beside fossil ticket add"
    if not shutil.which("fossil"):
        yield missing(name, one.size, "fossil is not installed")
        return
    recording = (pledger("log", a_steady(one), f"Measured {uuid4()}", ledger=copy) for _ in iter(int, 1))
    yield longer(name, one.size, in_turns(bench.rounds, lambda: seconds(next(recording)), partial(seconds, command)))


def library(bench: Bench, one: Made, folder: Path) -> Iterator[Row]:
    """The library's own recorder and projection loop, both on SQLite."""

    def recorded() -> float:
        path = folder / f"{uuid4().hex}.db"
        taken = timed(_record, one, path)
        path.unlink()
        return taken

    def bulk() -> float:
        path = folder / f"{uuid4().hex}.db"
        taken = timed(exact_lines, one, path)
        path.unlink()
        return taken

    yield longer("import of lines beside the library's recorder", one.size, in_turns(bench.rounds, bulk, recorded))
    events = min(SAMPLE, one.size)
    loop = [timed(projected, one.ledger, folder / uuid4().hex, events) / events for _ in range(bench.rounds)]
    rebuilt = [ours(one) / one.size for _ in range(bench.rounds)]
    yield longer("rebuild beside the library's loop, per event", one.size, Beside(rebuilt, loop))


def _beside(bench: Bench, one: Made, name: str, tool: str, words: Sequence[str], command: list[str]) -> Row:
    if not shutil.which(tool):
        return missing(name, one.size, f"{tool} is not installed")
    return longer(
        name,
        one.size,
        in_turns(bench.rounds, partial(_answered, pledger(*words, ledger=one.ledger)), partial(seconds, command)),
    )


def _answered(command: list[str]) -> float:
    """Seconds of a command that may end with 3: an audit that nothing pins."""
    start = perf_counter()
    done = subprocess.run(
        command, check=False, capture_output=True, env={**os.environ, "PLEDGER_ACTOR": "programme-office"}
    )
    assert done.returncode in (0, 3), done.stderr
    return perf_counter() - start


def _record(one: Made, path: Path) -> None:
    """The lines as the library's events: no hash, no tree, no columns but its own."""
    with closing(SQLiteDatastore(str(path), originator_id_type="text")) as datastore:
        recorder = SQLiteApplicationRecorder(datastore)
        recorder.create_table()
        versions: dict[str, int] = {}
        page: list[StoredEvent] = []
        for line, said in _said(one):
            subject = said["subject"]
            versions[subject] = versions.get(subject, 0) + 1
            page.append(StoredEvent(subject, versions[subject], said["type"], line))
            if len(page) == PAGE:
                recorder.insert_events(page)
                page.clear()
        if page:
            recorder.insert_events(page)


def _said(one: Made) -> Iterator[tuple[bytes, dict[str, Any]]]:
    with one.lines.open("rb") as lines:
        for line in lines:
            yield line, json.loads(line)


def _account(key: str) -> str:
    return f"Assets:Promise:{key.title()}"


def _write_journals(one: Made, journal: Path, book: Path) -> None:
    """Each event a transaction of one unit, for hledger and for beancount."""
    opened: set[str] = set()
    with journal.open("w") as plain, book.open("w") as beans:
        beans.write("2000-01-01 open Equity:Events\n")
        for _, said in _said(one):
            noun, _, key = said["subject"].partition("/")
            if noun != "commitment":
                continue
            account, day, what = _account(key), said["effective"], said["type"]
            plain.write(f"{day} {what}\n    promise:{key}  1\n    events\n\n")
            if account not in opened:
                opened.add(account)
                beans.write(f"2000-01-01 open {account}\n")
            beans.write(f'{day} * "{what}"\n  {account}  1 EVENT\n  Equity:Events\n\n')


def _tasks(one: Made) -> bytes:
    """The commitments as Taskwarrior imports them."""
    found: list[dict[str, str]] = []
    for _, said in _said(one):
        if said["type"] == "commitment.made.v1":
            task = {"description": said["data"]["title"], "status": "pending", "uuid": said["id"]}
            latest = (said["data"].get("due") or {}).get("latest")
            found.append(task | ({"due": latest.replace("-", "") + "T000000Z"} if latest else {}))
    return json.dumps(found).encode()


if __name__ == "__main__":
    main()
