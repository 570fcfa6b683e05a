"""What may a fact hold? Its JSON Schema, worked out from the catalogue. (JSON Schema 2020-12)"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

import msgspec

from domain.recorded import Fact

DECIMAL = {"type": "string", "pattern": r"^(0|[1-9][0-9]{0,17})(\.[0-9]{0,5}[1-9])?$"}
"""A decimal number as it is stored: plain digits, 18 before the point and 6 behind it at most, no zeros at the end."""
BEYOND_TYPES: dict[str, dict[str, Any]] = {
    "FuzzyDate": {"anyOf": [{"properties": {side: {"type": "string"}}} for side in ("earliest", "latest")]}
}
"""What a part demands beyond the types of its fields: at most one side of a fuzzy date is open."""


def schema(fact: type[Fact]) -> dict[str, Any]:
    """The JSON Schema of a fact's data, as lines hold it: what is absent is left out, numbers are in plain digits."""
    _, parts = msgspec.json.schema_components([fact], ref_template="#/$defs/{name}")
    for name, part in parts.items():
        part |= BEYOND_TYPES.get(name, {})
        part["description"] = " ".join(part.get("description", "").split())
        part["additionalProperties"] = False
        part["properties"] = {
            field: _stored(kind, required=field in part["required"]) for field, kind in part["properties"].items()
        }
    own = parts.pop(fact.__name__)
    for field, words in _words_for_keys(fact):
        own["properties"][field]["propertyNames"] = {"enum": words}
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:pledger:{fact.stored}",
    }
    return {**head, **own, "title": fact.stored, **({"$defs": parts} if parts else {})}


def _stored(kind: dict[str, Any], *, required: bool) -> dict[str, Any]:
    """A field as lines hold it: null only where it is required, an empty list likewise, decimals in plain digits."""
    kinds = [DECIMAL if one.get("format") == "decimal" else one for one in kind.get("anyOf", [kind])]
    if required:
        return {**kind, "anyOf": kinds} if "anyOf" in kind else kinds[0]
    kinds = [_never_empty(one) for one in kinds if one != {"type": "null"}]
    return kinds[0] if len(kinds) == 1 else {"anyOf": kinds}


def _never_empty(kind: dict[str, Any]) -> dict[str, Any]:
    """Without `default`, which is what absence means and never written."""
    kept = {name: value for name, value in kind.items() if name != "default"}
    return {**kept, "minItems": 1} if "default" in kind else kept


def _words_for_keys(fact: type[Fact]) -> Iterator[tuple[str, list[str]]]:
    """The fields that map a closed list of words to something; msgspec's schemas leave the list out."""
    for field in msgspec.structs.fields(fact):
        parts = get_args(field.type)
        if get_origin(field.type) is dict and get_origin(parts[0]) is Literal:
            yield field.encode_name, list(get_args(parts[0]))
