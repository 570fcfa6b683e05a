"""Write the contract of the facts: a JSON Schema for each stored name, and the catalogue. `--check` only compares."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import msgspec

from domain.facts import FACTS
from domain.recorded import Fact

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

A story is one ledger: `histories/<story>/events.jsonl`. They are read by the tests as golden files, and made again to
the byte by `make histories`.
"""


def schema(fact: type[Fact]) -> dict[str, Any]:
    """The JSON Schema of a fact's data."""
    _, parts = msgspec.json.schema_components([fact], ref_template="#/$defs/{name}")
    for part in parts.values():
        part["description"] = " ".join(part.get("description", "").split())
        part["additionalProperties"] = False
        part["properties"] = {
            name: kind if name in part.get("required", ()) else _never_null(kind)
            for name, kind in part["properties"].items()
        }
    own = parts.pop(fact.__name__)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:pledger:{fact.stored}",
    }
    return {**head, **own, "title": fact.stored, **({"$defs": parts} if parts else {})}


def row(fact: type[Fact]) -> str:
    """A fact's line in the catalogue."""
    fields = ", ".join(_field(one) for one in msgspec.structs.fields(fact))
    kind = "act" if fact.act else "observation"
    stream = {"any": "that of what it retracts", "ledger": "ledger"}.get(fact.noun, f"{fact.noun}/K")
    meaning = " ".join((fact.__doc__ or "").split())
    return (
        f"| [{fact.stored}](schemas/{fact.stored}.json) | {stream} | {kind} | {meaning} | {fields} | {fact.since} |\n"
    )


def contract() -> dict[Path, str]:
    """Every generated file with its text."""
    files = {
        HERE / "schemas" / f"{name}.json": json.dumps(schema(fact), indent=2, ensure_ascii=False) + "\n"
        for name, fact in FACTS.items()
    }
    return files | {HERE / "README.md": INTRO + "".join(map(row, FACTS.values())) + OUTRO}


def main(check: bool) -> int:
    """Write what differs, or with `check` name it and fail."""
    wrong = [path for path, text in contract().items() if not path.exists() or path.read_text("utf-8") != text]
    stray = [path for path in (HERE / "schemas").glob("*.json") if path not in contract()]
    for path in [*wrong, *stray]:
        print(f"{'differs' if check else 'written'}: {path.relative_to(HERE)}")
        if not check and path in wrong:
            path.parent.mkdir(exist_ok=True)
            path.write_text(contract()[path], "utf-8")
    return 1 if check and (wrong or stray) else 0


def _never_null(kind: dict[str, Any]) -> dict[str, Any]:
    """What is absent is left out and never null; only the open sides of fuzzy dates are."""
    kinds = [one for one in kind.get("anyOf", [kind]) if one != {"type": "null"}]
    kept = {name: value for name, value in kind.items() if name not in ("anyOf", "default")}
    return {**kept, **kinds[0]} if len(kinds) == 1 else {**kept, "anyOf": kinds}


def _field(one: msgspec.structs.FieldInfo) -> str:
    return one.encode_name if one.required else f"{one.encode_name}?"


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
