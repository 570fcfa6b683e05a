"""How much memory do commands hold at their peak?"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.bench import Bench
from benchmarks.process import a_steady, knows, peak, pledger, python
from benchmarks.table import Bar, Row, missing

MOST = Bar(150)


def memory(bench: Bench) -> Iterator[Row]:
    """Each command on the largest ledger, once."""
    made = bench.ledgers[-1]
    key, file = a_steady(made), str(made.lines)
    with bench.passing() as folder:
        copy = folder / "copy.db"
        plain = (
            ("show", key),
            ("due",),
            ("history", key),
            ("history",),
            ("status",),
            ("status", "--json"),
            ("models", "rebuild"),
            ("log", key, "Measured", "--dry-run"),
            ("export", "-o", str(folder / "out.jsonl")),
            ("audit", "verify"),
        )
        ways = [(words, made.ledger) for words in plain] + [(("import", file), copy)]
        for words, ledger in ways:
            name = " ".join(words if ledger is made.ledger and words[0] != "export" else words[:1])
            verb = " ".join(words[:2]) if words[0] in ("models", "audit") else words[0]
            if knows(verb):
                yield Row(f"memory of {name}", made.size, peak(pledger(*words, ledger=ledger)), MOST, unit="MB")
            else:
                yield missing(f"memory of {name}", made.size, "not built yet", MOST)
    yield Row("memory of the libraries alone", 0, peak(python("import typer, sqlalchemy, msgspec")), unit="MB")
