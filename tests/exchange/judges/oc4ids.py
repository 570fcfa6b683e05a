"""Who judges OC4IDS? The standard's own checker, as a program of its own, kept off the network."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.exchange.judges import SCHEMAS, Format, replacing


def by_libcoveoc4ids(path: Path) -> list[str]:
    """What the checker finds, in words."""
    command = [sys.executable, "-m", "tests.exchange.judges.oc4ids", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[3])
    if done.returncode:
        return [done.stderr]
    return list(_findings(json.loads(done.stdout)))


def _findings(told: dict[str, Any]) -> Iterator[str]:
    for key, places in told["validation_errors"]:
        yield f"{key}: {places[:3]}"
    yield from (f"additional field {name}" for name in told["additional_fields"])
    yield from (
        f"{where}: no value of a closed list: {values['values']}"
        for where, values in told["additional_closed_codelist_values"].items()
    )
    yield from (f"{one['message']}: {list(one)}" for one in told["additional_checks"] + told["conformance_checks"])


def check(path: Path) -> dict[str, Any]:
    """What the checker says, with its requests answered from the folder of schemas."""
    import requests
    from libcoveoc4ids.api import oc4ids_json_output

    def answered(url: str, **options: Any) -> requests.Response:
        folder, _, name = url.partition("/codelists/")
        found = Path(SCHEMAS) / "oc4ids" / ("codelists" if name else "") / (name or folder.rpartition("/")[2])
        response = requests.Response()
        response.status_code, response.raw, response.encoding = 200, found.open("rb"), "utf-8"
        return response

    requests.get = answered  # type: ignore[assignment]  # no network here
    told = oc4ids_json_output("", str(path))
    names = ("validation_errors", "additional_fields", "additional_checks", "conformance_checks")
    return {name: told[name] for name in (*names, "additional_closed_codelist_values")}


PACKAGE = Format(
    name="oc4ids",
    words='oc4ids --publisher "oc4ids-a1b2c3=Programme office"',
    file="projects.json",
    judges={"libcoveoc4ids": by_libcoveoc4ids},
    faults={"libcoveoc4ids": replacing(b'"status": "implementation"', b'"status": "under-way"')},
    schemas="oc4ids",
)

if __name__ == "__main__":
    sys.stdout.write(json.dumps(check(Path(sys.argv[1])), default=str))
