"""On which machine was it measured, and how fast does its disk keep its word?"""

from __future__ import annotations

import os
import platform
import sqlite3
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from benchmarks.bench import Bench
from benchmarks.measure import said

SYNCS = 200
LIBRARIES = ("sqlalchemy", "eventsourcing", "msgspec", "typer", "rich")


def machine() -> str:
    """Processor, cores, system, Python, SQLite and libraries."""
    kernel = ".".join(platform.release().split(".")[:2])
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return "\n".join(
        (
            f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, pledger {version('pledger')}",
            f"{_processor()}, {os.cpu_count()} cores; {platform.system()} {kernel}",
            f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}; {libraries}",
        )
    )


def fsyncs(bench: Bench) -> str:
    """What it costs to have 4 kB on the disk for certain, where ledgers are measured; and how busy it is."""
    with bench.passing() as folder, (folder / "sync").open("wb", buffering=0) as file:
        taken = [_sync(file.fileno()) for _ in range(SYNCS)]
    low, *_, high = quantiles(taken, n=20)
    load = ", ".join(f"{one:.2f}" for one in os.getloadavg())
    return f"fsync of 4 kB {said(median(taken))} (5 % to 95 %: {said(low)} to {said(high)}); load {load}"


def _sync(file: int) -> float:
    start = perf_counter()
    os.write(file, bytes(4096))
    os.fsync(file)
    return perf_counter() - start


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    for line in told.read_text().splitlines() if told.exists() else ():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
