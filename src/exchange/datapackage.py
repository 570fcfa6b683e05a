"""How do the tables go out so that programs know what is in each column? (Frictionless Data Package 1, in one zip)"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import msgspec

from exchange.outgoing import Outgoing
from exchange.sheet import as_csv
from exchange.sheets import Sheet

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The day that zip archives begin with: the same tables give the same bytes."""


def write_data_package(out: Outgoing, file: BinaryIO, tables: Iterable[Sheet]) -> None:
    """A zip with each table as CSV (UTF-8, LF) and a `datapackage.json` that describes them."""
    resources = []
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for table in tables:
            data = as_csv(table.head, table.rows).encode()
            archive.writestr(ZipInfo(f"{table.name}.csv", EPOCH), data, ZIP_DEFLATED)
            resources.append(_resource(table, data))
        described = {
            "profile": "tabular-data-package",
            "name": f"ledger-{out.ledger}",
            "id": f"urn:uuid:{out.ledger}",
            "title": out.title,
            "description": out.point,
            "created": out.time.isoformat(),
            "resources": resources,
        }
        text = msgspec.json.format(msgspec.json.encode(described), indent=2)
        archive.writestr(ZipInfo("datapackage.json", EPOCH), text, ZIP_DEFLATED)


def _resource(table: Sheet, data: bytes) -> dict[str, Any]:
    fields = [{"name": name, "type": kind} for name, kind in zip(table.head, table.kinds, strict=True)]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.about,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": {"fields": fields, "missingValues": [""]},
    }
