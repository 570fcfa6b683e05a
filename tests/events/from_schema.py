"""What may somebody write who has only a schema? Hypothesis strategies for the keywords that our schemas use."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
USED = {
    *("$defs", "$id", "$ref", "$schema", "title", "description"),
    *("type", "format", "pattern", "enum", "anyOf", "items", "minItems"),
    *("properties", "required", "additionalProperties", "propertyNames"),
}
"""The keywords that are followed here."""


def keywords(schema: Any) -> set[str]:
    """Every keyword in a schema; the names of properties and parts are none."""
    if isinstance(schema, list):
        return {word for part in schema for word in keywords(part)}
    if not isinstance(schema, dict):
        return set()
    named = [part for name in ("properties", "$defs") for part in schema.get(name, {}).values()]
    others = [part for name, part in schema.items() if name not in ("properties", "$defs")]
    return set(schema) | {word for part in [*named, *others] for word in keywords(part)}


def from_schema(schema: dict[str, Any], whole: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that keep a schema; `whole` is the schema in which its parts are found."""
    if "$ref" in schema:
        return from_schema(whole["$defs"][schema["$ref"].rpartition("/")[2]], whole)
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    match schema.get("type"):
        case "object":
            return _object(schema, whole)
        case "array":
            return st.lists(from_schema(schema["items"], whole), min_size=schema.get("minItems", 0), max_size=3)
        case "string":
            return _string(schema)
        case "integer":
            return st.integers()
        case "null":
            return st.none()
    return st.one_of(*(from_schema(one, whole) for one in schema["anyOf"]))


def _string(schema: dict[str, Any]) -> st.SearchStrategy[str]:
    if schema.get("format") == "date":
        return st.dates().map(date.isoformat)
    return st.from_regex(schema["pattern"], fullmatch=True) if "pattern" in schema else WORDS


def _object(schema: dict[str, Any], whole: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    if "properties" not in schema:
        names = from_schema(schema["propertyNames"], whole)
        return st.dictionaries(names, from_schema(schema["additionalProperties"], whole), max_size=3)
    fields = {name: from_schema(kind, whole) for name, kind in schema["properties"].items()}
    demanded = {name: kind for name, kind in fields.items() if name in schema["required"]}
    optional = {name: kind for name, kind in fields.items() if name not in schema["required"]}
    return st.fixed_dictionaries(demanded, optional=optional)
