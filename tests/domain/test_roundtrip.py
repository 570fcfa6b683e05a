"""Is each fact, written as a line writes it, the same fact when it is read again?"""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given as hypothesis
from hypothesis import strategies as st

from domain.facts import FACTS
from domain.recorded import Fact
from tests.domain.any_fact import facts, wild
from tests.domain.given import encoder

# The payloads of the catalogue: `?` marks what is left out when absent. Never edited: a new shape is a new version.
CATALOGUE = {
    "ledger.opened.v1": "title timezone format",
    "ledger.key-rotated.v1": "previous key reason",
    "ledger.restored.v1": "size root reason",
    "programme.opened.v1": "title window?",
    "programme.closed.v1": "reason",
    "programme.noted.v1": "text period? source? locator?",
    "figure.observed.v1": "indicator quantity period wording? source? locator?",
    "party.registered.v1": "name kind country?",
    "party.renamed.v1": "previous name reason",
    "source.cited.v1": "title publisher published? url? file?",
    "commitment.made.v1": (
        "title kind promisors promisees? due? start? programme? source? locator? statement? owner? tags?"
    ),
    "commitment.restated.v1": "changes reason",
    "owner.assigned.v1": "previous? owner",
    "milestone.planned.v1": "milestone title due? after?",
    "milestone.linked.v1": "milestone after previous",
    "target.set.v1": "indicator amount per measure aim window baseline?",
    "target.revised.v1": "indicator previous amount per measure aim window baseline? reason approved_by",
    "due.moved.v1": "item previous? due reason approved_by",
    "forecast.revised.v1": "item previous? expected reason",
    "progress.reported.v1": "item percent? note? evidence?",
    "actual.reported.v1": "indicator quantity period previous? reason? note? evidence?",
    "evidence.attached.v1": "item evidence note?",
    "verdict.given.v1": "item scale rating assessor reason",
    "item.met.v1": "item met_on note? evidence?",
    "item.closed-short.v1": "item achieved reason evidence?",
    "item.suspended.v1": "item reason",
    "item.resumed.v1": "item reason",
    "item.reopened.v1": "item reason",
    "item.withdrawn.v1": "item superseded_by? reason",
    "event.retracted.v1": "event type reason",
}
STREAMS = {"programme": "programme", "figure": "programme", "party": "party", "source": "source", "ledger": "ledger"}
OBSERVATIONS = {
    "programme.noted.v1",
    "figure.observed.v1",
    "forecast.revised.v1",
    "progress.reported.v1",
    "actual.reported.v1",
    "evidence.attached.v1",
    "verdict.given.v1",
}


def nulls(value: Any, path: tuple[str, ...] = ()) -> list[str]:
    """The names under which nulls stand."""
    if isinstance(value, dict):
        return [found for name, part in value.items() for found in nulls(part, (*path, name))]
    if isinstance(value, list):
        return [found for part in value for found in nulls(part, path)]
    return [] if value is not None else [path[-1]]


def test_the_catalogue_is_whole() -> None:
    assert list(FACTS) == list(CATALOGUE)
    assert all(fact.stored == name for name, fact in FACTS.items())


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_fact_has_the_fields_of_the_catalogue(name: str) -> None:
    fields = {f"{one.encode_name}{'' if one.required else '?'}" for one in msgspec.structs.fields(FACTS[name])}
    assert fields == set(CATALOGUE[name].split())


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_fact_lies_in_its_stream_and_is_an_act_or_an_observation(name: str) -> None:
    fact = FACTS[name]
    assert fact.noun == ("any" if name == "event.retracted.v1" else STREAMS.get(name.split(".")[0], "commitment"))
    assert fact.act is (name not in OBSERVATIONS)


@hypothesis(facts(wild))
def test_a_fact_read_again_is_the_same_and_writes_the_same_bytes(fact: Fact) -> None:
    data = encoder.encode(fact)
    again = msgspec.json.decode(data, type=type(fact))
    assert encoder.encode(again) == data
    assert "NaN" in repr(fact) or again == fact  # a NaN is not equal to itself


@hypothesis(facts())
def test_what_is_absent_is_left_out_and_null_stands_only_in_dates(fact: Fact) -> None:
    data = json.loads(encoder.encode(fact))
    assert set(nulls(data)) <= {"earliest", "latest"}
    for field in msgspec.structs.fields(type(fact)):
        left_out = not field.required and getattr(fact, field.name) in (None, ())
        assert (field.encode_name in data) is not left_out


@hypothesis(facts())
def test_keys_are_sorted_and_numbers_are_never_floats(fact: Fact) -> None:
    def of_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert [name for name, _ in pairs] == sorted(name for name, _ in pairs)
        return dict(pairs)

    json.loads(encoder.encode(fact), object_pairs_hook=of_pairs, parse_float=pytest.fail)


@hypothesis(facts(), st.sampled_from(["module", "topic", "_"]))
def test_a_field_that_the_catalogue_does_not_have_is_refused(fact: Fact, extra: str) -> None:
    data = json.loads(encoder.encode(fact)) | {extra: "x"}
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        msgspec.json.decode(json.dumps(data), type=type(fact))


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_field_that_the_catalogue_demands_is_not_left_out(name: str) -> None:
    with pytest.raises(msgspec.ValidationError, match="missing required field"):
        msgspec.json.decode(b"{}", type=FACTS[name])
