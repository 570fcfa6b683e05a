"""How do the tables go out so that programs know what is in each column? (Frictionless Data Package 1, in one zip)"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import msgspec

from exchange.outgoing import Outgoing
from exchange.sheet import as_csv
from exchange.sheets import Sheet

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The day that zip archives begin with: the same tables give the same bytes."""


def as_data_package(out: Outgoing, tables: Sequence[Sheet]) -> bytes:
    """A zip with each table as CSV (UTF-8, LF) and a `datapackage.json` that describes them."""
    files = {f"{table.name}.csv": as_csv(table.head, table.rows).encode() for table in tables}
    resources = [_resource(table, files[f"{table.name}.csv"]) for table in tables]
    described = {
        "profile": "tabular-data-package",
        "name": f"ledger-{out.ledger}",
        "id": f"urn:uuid:{out.ledger}",
        "title": out.title,
        "description": out.point,
        "created": out.time.isoformat(),
        "resources": resources,
    }
    files["datapackage.json"] = msgspec.json.format(msgspec.json.encode(described), indent=2)
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(ZipInfo(name, EPOCH), files[name], ZIP_DEFLATED)
    return packed.getvalue()


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
