"""Has a stored name changed? What is stored is for ever: this list is only ever added to, never edited."""

from __future__ import annotations

import json
from typing import Any

import pytest

from events.generate import HERE

# `?` is left out when absent; in brackets is a list, in braces a map, between bars is a choice, its words in order.
FROZEN = {
    "ledger.opened.v1": "title:string timezone:string format:integer",
    "ledger.key-rotated.v1": "previous:string key:string reason:string",
    "ledger.restored.v1": "size:integer root:string reason:string",
    "programme.opened.v1": "title:string window?:FuzzyDate",
    "programme.closed.v1": "reason:string",
    "programme.noted.v1": "text:string period?:FuzzyDate source?:string locator?:string",
    "figure.observed.v1": (
        "indicator:string quantity:Quantity period:FuzzyDate wording?:string source?:string locator?:string"
    ),
    "party.registered.v1": "name:string kind:company|group|organisation|state country?:string",
    "party.renamed.v1": "previous:string name:string reason:string",
    "source.cited.v1": "title:string publisher:string published?:FuzzyDate url?:string file?:Evidence",
    "commitment.made.v1": (
        "title:string kind:deliverable|observance|roadmap|target promisors:[string] promisees?:[string]"
        " due?:FuzzyDate start?:FuzzyDate programme?:string source?:string locator?:string statement?:string"
        " owner?:string tags?:[string]"
    ),
    "commitment.restated.v1": (
        "changes:{kind|locator|programme|promisees|promisors|start|statement|tags|title:Change} reason:string"
    ),
    "owner.assigned.v1": "previous?:string owner:string",
    "milestone.planned.v1": "milestone:string title:string due?:FuzzyDate after?:[string]",
    "milestone.linked.v1": "milestone:string after:[string] previous:[string]",
    "target.set.v1": (
        "indicator:string amount:Quantity per:month|once|quarter|year measure:flow|level aim:at-least|at-most"
        " window:FuzzyDate baseline?:Quantity"
    ),
    "target.revised.v1": (
        "indicator:string previous:Terms amount:Quantity per:month|once|quarter|year measure:flow|level"
        " aim:at-least|at-most window:FuzzyDate baseline?:Quantity reason:string approved_by:string"
    ),
    "due.moved.v1": "item:string previous?:FuzzyDate due:FuzzyDate reason:string approved_by:string",
    "forecast.revised.v1": "item:string previous?:FuzzyDate expected:FuzzyDate reason:string",
    "progress.reported.v1": "item:string percent?:decimal note?:string evidence?:[Evidence]",
    "actual.reported.v1": (
        "indicator:string quantity:Quantity period:FuzzyDate previous?:Quantity reason?:string note?:string"
        " evidence?:[Evidence]"
    ),
    "evidence.attached.v1": "item:string evidence:[Evidence] note?:string",
    "verdict.given.v1": "item:string scale:string rating:string assessor:string reason:string",
    "item.met.v1": "item:string met_on:FuzzyDate note?:string evidence?:[Evidence]",
    "item.closed-short.v1": "item:string achieved:string reason:string evidence?:[Evidence]",
    "item.suspended.v1": "item:string reason:string",
    "item.resumed.v1": "item:string reason:string",
    "item.reopened.v1": "item:string reason:string",
    "item.withdrawn.v1": "item:string reason:string superseded_by?:string",
    "event.retracted.v1": "event:string type:string reason:string",
}
FROZEN_PARTS = {
    "FuzzyDate": "earliest:date|null edtf:string latest:date|null wording:string",
    "Quantity": "unit:string value:decimal",
    "Evidence": "name?:string bytes?:integer media?:string sha256?:string url?:string",
    "Change": "from?:string|[string]|FuzzyDate to?:string|[string]|FuzzyDate",
    "Terms": (
        "amount:Quantity per:month|once|quarter|year measure:flow|level aim:at-least|at-most window:FuzzyDate"
        " baseline?:Quantity"
    ),
}


def schemas() -> dict[str, dict[str, Any]]:
    return {path.stem: json.loads(path.read_text("utf-8")) for path in (HERE / "schemas").iterdir()}


def shape(schema: dict[str, Any]) -> set[str]:
    """The fields of a schema with their types."""
    demanded = schema["required"]
    return {f"{name}{'' if name in demanded else '?'}:{kind(one)}" for name, one in schema["properties"].items()}


def kind(schema: dict[str, Any]) -> str:
    """A type in a word."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return "|".join(map(kind, schema["anyOf"]))
    if "enum" in schema:
        return "|".join(sorted(schema["enum"]))
    match schema["type"]:
        case "array":
            return f"[{kind(schema['items'])}]"
        case "object":
            return f"{{{kind(schema['propertyNames'])}:{kind(schema['additionalProperties'])}}}"
        case "string":
            return "decimal" if "pattern" in schema else str(schema.get("format", "string"))
    return str(schema["type"])


def test_every_stored_name_is_frozen() -> None:
    assert set(schemas()) == set(FROZEN), "add a new name here; never take one away or edit it"


@pytest.mark.parametrize("name", FROZEN)
def test_a_stored_name_has_the_fields_that_it_always_had(name: str) -> None:
    assert shape(schemas()[name]) == set(FROZEN[name].split(" "))


@pytest.mark.parametrize("name", FROZEN)
def test_its_parts_have_the_fields_that_they_always_had(name: str) -> None:
    for part, schema in schemas()[name].get("$defs", {}).items():
        assert shape(schema) == set(FROZEN_PARTS[part].split(" "))


def test_no_part_is_frozen_that_is_nowhere() -> None:
    assert {part for schema in schemas().values() for part in schema.get("$defs", {})} == set(FROZEN_PARTS)
