"""Do the schemas and the facts of the code agree, both ways, and are they the ones that are checked in?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.facts import FACTS
from domain.quantity import plain
from domain.recorded import Fact
from events.generate import HERE, contract, main
from exchange.dictionary import schema
from tests.domain.any_fact import of, wild
from tests.domain.given import encoder
from tests.events.from_schema import USED, from_schema, keywords

FEW = settings(max_examples=20, deadline=None)  # for each of the stored names
OTHERS: list[Any] = [None, True, 5, 1.5, "x", [], {}, [5], ["x"], {"x": "y"}]
"""Something of every type of JSON."""


@cache
def checked_in(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((HERE / "schemas" / f"{name}.json").read_text("utf-8"))
    return read


@cache
def validator(name: str) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(checked_in(name), validate_formats=True)


@cache
def written(name: str) -> st.SearchStrategy[Any]:
    """What somebody may write who has only the schema."""
    return from_schema(checked_in(name), checked_in(name))


def the_schema_takes(name: str, data: Any) -> bool:
    return validator(name).is_valid(data)


def the_fact_takes(name: str, data: Any) -> bool:
    """Is it decoded, and would it be written again as it is? So import and verify ask."""
    try:
        return bool(json.loads(encoder.encode(msgspec.json.decode(json.dumps(data), type=FACTS[name]))) == data)
    except msgspec.ValidationError:
        return False


def stored(fact: Fact) -> Any:
    """The data of a fact whose numbers are as they are stored; how they must be is a rule of its own."""
    percent = getattr(fact, "percent", None)
    assume(percent is None or (percent.is_finite() and not percent.is_signed() and str(percent) == str(plain(percent))))
    return json.loads(encoder.encode(fact))


@cache
def said(name: str) -> st.SearchStrategy[Any]:
    """The data of any fact of a stored name."""
    return of(FACTS[name], wild).map(stored)


def objects(data: Any) -> Iterator[dict[str, Any]]:
    """Every object in it, however deep."""
    parts = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    if isinstance(data, dict):
        yield data
    for part in parts:
        yield from objects(part)


def test_the_schemas_and_the_catalogue_are_those_of_the_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(check=True) == 0, capsys.readouterr().out


def test_what_was_edited_by_hand_is_named_and_made_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(check=False, folder=tmp_path) == 0
    (tmp_path / "README.md").write_text("edited", "utf-8")
    (tmp_path / "schemas" / "due.moved.v1.json").unlink()
    (tmp_path / "schemas" / "due.moved.v9.json").write_text("{}", "utf-8")
    capsys.readouterr()
    assert main(check=True, folder=tmp_path) == 1
    named = ["schemas/due.moved.v1.json", "README.md", "schemas/due.moved.v9.json"]
    assert capsys.readouterr().out.splitlines() == [f"differs: {name}" for name in named]
    assert main(check=False, folder=tmp_path) == 0
    assert main(check=True, folder=tmp_path) == 0
    assert {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.*")} == set(contract())


def test_the_catalogue_has_a_line_for_every_fact() -> None:
    rows = [line for line in contract()["README.md"].splitlines() if line.startswith("| [")]
    assert len(rows) == len(FACTS)
    for row, (name, fact) in zip(rows, FACTS.items(), strict=True):
        assert row.startswith(f"| [{name}](schemas/{name}.json) |")
        assert row.endswith(f" | {fact.since} |")
        assert " ".join((fact.__doc__ or "").split()) in row


@pytest.mark.parametrize("name", FACTS)
def test_a_schema_is_one_of_json_schema_2020_12_and_closed(name: str) -> None:
    assert jsonschema_rs.meta.is_valid(schema(FACTS[name]))
    assert "2020-12" in schema(FACTS[name])["$schema"]
    assert keywords(checked_in(name)) <= USED
    for part in (checked_in(name), *checked_in(name).get("$defs", {}).values()):
        assert part["additionalProperties"] is False
        assert part["description"]


@pytest.mark.parametrize("name", FACTS)
@FEW
@given(st.data())
def test_the_schema_takes_every_fact(name: str, draw: st.DataObject) -> None:
    data = draw.draw(said(name))
    assert list(validator(name).iter_errors(data)) == []


@pytest.mark.parametrize("name", FACTS)
@FEW
@given(st.data())
def test_what_the_schema_takes_is_a_fact(name: str, draw: st.DataObject) -> None:
    data = draw.draw(written(name))
    # A date of which both sides are open the schema refuses. One that ends before it begins it cannot see.
    assume(the_schema_takes(name, data))
    for part in objects(data):
        assume("edtf" not in part or None in (part["earliest"], part["latest"]) or part["earliest"] <= part["latest"])
    assert the_fact_takes(name, data)


@pytest.mark.parametrize("name", FACTS)
@FEW
@given(st.data())
def test_a_fact_without_a_field_that_is_demanded_is_taken_by_neither(name: str, draw: st.DataObject) -> None:
    data = draw.draw(said(name))
    left_out = draw.draw(st.sampled_from(checked_in(name)["required"]))
    del data[left_out]
    assert (the_schema_takes(name, data), the_fact_takes(name, data)) == (False, False)


@pytest.mark.parametrize("name", FACTS)
@FEW
@given(st.data(), wild)
def test_a_fact_with_a_field_that_is_unknown_is_taken_by_neither(name: str, draw: st.DataObject, field: str) -> None:
    data = draw.draw(said(name))
    assume(field not in checked_in(name)["properties"])
    data[field] = "x"
    assert (the_schema_takes(name, data), the_fact_takes(name, data)) == (False, False)


@pytest.mark.parametrize("name", FACTS)
@FEW
@given(st.data())
def test_a_null_for_what_is_absent_is_taken_by_neither(name: str, draw: st.DataObject) -> None:
    data = draw.draw(said(name))
    data[draw.draw(st.sampled_from(sorted(checked_in(name)["properties"])))] = None
    assert (the_schema_takes(name, data), the_fact_takes(name, data)) == (False, False)


@pytest.mark.parametrize("name", FACTS)
@FEW
@given(st.data())
def test_of_what_is_spoiled_anywhere_both_think_the_same(name: str, draw: st.DataObject) -> None:
    data = draw.draw(said(name))
    part = draw.draw(st.sampled_from(list(objects(data))))
    field = draw.draw(st.sampled_from([*part, "x"]))
    other = draw.draw(st.sampled_from(["left out", *OTHERS]))
    if other == "left out":
        part.pop(field, None)
    else:
        part[field] = other
    assert the_schema_takes(name, data) is the_fact_takes(name, data)
