"""Write the contract of the facts: a JSON Schema for each stored name, and the catalogue. `--check` only compares."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import msgspec

from domain.facts import FACTS
from domain.recorded import Fact
from exchange.dictionary import schema

HERE = Path(__file__).parent
INTRO = """# The catalogue of facts

Every fact that a ledger can hold, by its stored name. A stored name and its shape are for ever: a new shape is a new
version (`due.moved.v2`) with one upcast step, one schema and one golden history. The data of each is described by a
JSON Schema (2020-12) in [schemas/](schemas/); [../docs/format.md](../docs/format.md) describes the line around it.
Acts form chains in the order of their effective days; observations may be back-dated.

This page is generated (`make schemas`); `?` marks what is left out when absent.

| stored name | stream | kind | meaning | data | since |
|---|---|---|---|---|---|
"""
OUTRO = """
A fuzzy date is `{"earliest","edtf","latest","wording"}` (a null side is open), a quantity `{"unit","value"}` with the
value as decimal text, evidence `{"bytes","media","name","sha256","url"?}` or `{"url"}`.

## Histories

A story is one ledger: `histories/<story>/events.jsonl`, recorded through the application from the commands beside it,
with a clock, ids and a program's name that repeat. `expected/` keeps what `status`, `due` and `history` answer on three
days. The tests read all of it as golden files; `make histories` makes it again to the byte.

- [azerbaijan-kazakhstan](histories/azerbaijan-kazakhstan/commands.txt): what a real document states, and nothing else.
- [illustration](histories/illustration/commands.txt): a made-up continuation of it, which shows every fact that a
  ledger can hold before it is sealed or restored.
"""


def row(fact: type[Fact]) -> str:
    """A fact's line in the catalogue."""
    fields = ", ".join(_field(one) for one in msgspec.structs.fields(fact))
    kind = "act" if fact.act else "observation"
    stream = {"any": "that of what it retracts", "ledger": "ledger"}.get(fact.noun, f"{fact.noun}/K")
    meaning = " ".join((fact.__doc__ or "").split())
    return (
        f"| [{fact.stored}](schemas/{fact.stored}.json) | {stream} | {kind} | {meaning} | {fields} | {fact.since} |\n"
    )


def contract() -> dict[str, str]:
    """The text of every generated file, by its name under events/."""
    files = {
        f"schemas/{name}.json": json.dumps(schema(fact), indent=2, ensure_ascii=False) + "\n"
        for name, fact in FACTS.items()
    }
    return files | {"README.md": INTRO + "".join(map(row, FACTS.values())) + OUTRO}


def main(*, check: bool, folder: Path = HERE) -> int:
    """Write what differs and remove schemas of no fact; or with `check` name them and fail."""
    files = contract()
    wrong = [name for name, text in files.items() if not _holds(folder / name, text)]
    stray = sorted({f"schemas/{path.name}" for path in (folder / "schemas").glob("*")} - set(files))
    for name in [*wrong, *stray]:
        print(f"{'differs' if check else 'written' if name in files else 'removed'}: {name}")
        if not check and name in files:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(files[name].encode())
        elif not check:
            (folder / name).unlink()
    return 1 if check and (wrong or stray) else 0


def _holds(path: Path, text: str) -> bool:
    return path.exists() and path.read_bytes() == text.encode()


def _field(one: msgspec.structs.FieldInfo) -> str:
    return one.encode_name if one.required else f"{one.encode_name}?"


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
