"""How much memory do commands hold at their peak?"""

from __future__ import annotations

from collections.abc import Iterator
from subprocess import CalledProcessError

from benchmarks.bench import Bench
from benchmarks.process import a_steady, knows, peak, pledger, python
from benchmarks.table import Bar, Row, missing

MOST = Bar(150)
GROUPS = frozenset({"models", "audit"})


def memory(bench: Bench) -> Iterator[Row]:
    """Each command on the largest ledger, once."""
    made = bench.ledgers[-1]
    key = a_steady(made)
    yield Row("memory of the libraries alone", 0, peak(python("import typer, sqlalchemy, msgspec")), unit="MB")
    for words in (
        ("show", key),
        ("due",),
        ("history", key),
        ("history",),
        ("status",),
        ("status", "--json"),
        ("why", key),
        ("trend", key),
        ("slips",),
        ("score",),
        ("timeline",),
        ("diff", f"#{made.size // 2}", f"#{made.size}"),
        ("log", key, "Measured", "--dry-run"),
        ("models", "rebuild"),
        ("audit", "verify"),
        ("audit", "replay"),
    ):
        yield _row(" ".join(words), made.size, pledger(*words, ledger=made.place))
    with bench.passing() as folder:
        yield _row("export", made.size, pledger("export", "-o", str(folder / "lines.jsonl"), ledger=made.place))
        yield _row("import", made.size, pledger("import", str(made.lines), ledger=folder / "copy.db"))


def _row(name: str, size: int, command: list[str]) -> Row:
    verb = " ".join(name.split()[: 2 if name.split()[0] in GROUPS else 1])
    if not knows(verb):
        return missing(f"memory of {name}", size, "not built yet", MOST, "MB")
    try:
        return Row(f"memory of {name}", size, peak(command), MOST, unit="MB")
    except CalledProcessError as error:
        return missing(f"memory of {name}", size, f"failed, exit {error.returncode}", MOST, "MB")
