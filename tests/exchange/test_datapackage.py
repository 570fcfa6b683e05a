"""Does a data package describe each of its tables as it is?"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from zipfile import ZipFile

from exchange.datapackage import write_data_package
from exchange.outgoing import Outgoing
from exchange.sheets import SHEETS, sheet
from tests.exchange.standing import made


def package_of(out: Outgoing) -> ZipFile:
    return ZipFile(io.BytesIO(made(write_data_package, out, [sheet(out, name, 90) for name in SHEETS])))


def test_each_table_is_there_and_described_to_the_byte(story: Outgoing) -> None:
    package = package_of(story)
    described = json.loads(package.read("datapackage.json"))
    assert [one["name"] for one in described["resources"]] == list(SHEETS)
    for one in described["resources"]:
        data = package.read(one["path"])
        assert (one["bytes"], one["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")
        head = next(csv.reader(io.StringIO(data.decode())))
        assert head == [field["name"] for field in one["schema"]["fields"]]


def test_it_says_which_ledger_at_which_point(real: Outgoing) -> None:
    described = json.loads(package_of(real).read("datapackage.json"))
    assert (described["id"], described["title"]) == (f"urn:uuid:{real.ledger}", real.title)
    assert described["description"] == "as known #53, as of 2026-11-24"


def test_days_and_numbers_are_declared(odd: Outgoing) -> None:
    (actuals,) = [
        one for one in json.loads(package_of(odd).read("datapackage.json"))["resources"] if one["name"] == "actuals"
    ]
    kinds = {field["name"]: field["type"] for field in actuals["schema"]["fields"]}
    assert (kinds["amount"], kinds["period by"], kinds["position"], kinds["unit"]) == (
        "number",
        "date",
        "integer",
        "string",
    )
