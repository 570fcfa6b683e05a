"""Who judges CloudEvents? The SDK of the project, and the schema of its specification."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from tests.exchange.judges import SCHEMAS, Format, Judge, replacing

Read = Callable[[Path], list[Any]]


def lines_of(path: Path) -> list[Any]:
    """The events of a file, one a line."""
    return [json.loads(line) for line in path.read_text("utf-8").split("\n")[:-1]]


def batch_of(path: Path) -> list[Any]:
    """The events of one array."""
    found: list[Any] = json.loads(path.read_text("utf-8"))
    return found


def by_sdk(read: Read) -> Judge:
    """What the SDK cannot read as an event."""

    def judge(path: Path) -> list[str]:
        try:
            for event in read(path):
                JSONFormat().read(CloudEvent, json.dumps(event))
        except Exception as error:  # whatever a judge raises is its verdict
            return [str(error)]
        return []

    return judge


def by_schema(read: Read) -> Judge:
    """What is not as the schema of the specification says."""

    def judge(path: Path) -> list[str]:
        schema = json.loads((Path(SCHEMAS) / "cloudevents.json").read_text("utf-8"))
        validator = jsonschema_rs.Draft7Validator(schema)
        return [str(error) for event in read(path) for error in validator.iter_errors(event)]

    return judge


def _format(name: str, file: str, read: Read) -> Format:
    return Format(
        name=name,
        words=name,
        file=file,
        judges={"SDK": by_sdk(read), "schema": by_schema(read)},
        faults={
            "SDK": replacing(b'"specversion":"1.0"', b'"specversion":"0.9"'),
            "schema": replacing(b'"subject":"', b'"subject":"","was":"'),
        },
        schemas="cloudevents.json",
    )


NDJSON = _format("ndjson", "events.ndjson", lines_of)
BATCH = _format("batch", "events.json", batch_of)
