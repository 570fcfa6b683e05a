"""Does `audit sample` draw from what is sealed, and tell how to draw it again?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.given import Office, moved_in, stocked
from tests.exchange.packed import in_bare_shell


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Sealed at #11, of 12 lines."""
    office = stocked(tmp_path_factory.mktemp("sealed"))
    office.must(
        "audit key new seal.key --name office",
        "audit seal --key seal.key",
        "log fibre Surveyed --progress 30%",
    )
    return office


@pytest.fixture
def sealed(stock: Office, tmp_path: Path) -> Office:
    (tmp_path / "seal.key").write_bytes((stock.folder / "seal.key").read_bytes())
    (tmp_path / "seal.key").chmod(0o600)
    return moved_in(stock, tmp_path)


def test_sealed_events_are_drawn_and_can_be_drawn_again(sealed: Office) -> None:
    told = sealed.must("audit sample --size 4 --nonce 7f3a --json")[0].json
    (population,) = told["data"]["populations"]
    assert (population["name"], population["count"], population["positions"]) == ("all", 11, "1..11")
    assert len(population["chosen"]) == 4
    assert (told["ledger"]["size"], told["ledger"]["root"]) == (11, told["data"]["root"])
    again = in_bare_shell(population["again"], sealed.folder).stdout.split()
    assert [int(one) for one in again] == population["chosen"]


def test_the_draw_is_told_with_its_populations(sealed: Office) -> None:
    (told,) = sealed.must("audit sample --method systematic --size 3 --nonce 7f3a")
    assert told.out.startswith("all: 3 of 11 events\ndrawn from 1..11\n")
    assert "Drawn again with sha256sum:\npopulation() { seq 1 11; }\n" in told.out
    assert told.out.splitlines()[-1].startswith("ledger ")


def test_so_many_are_drawn_from_the_events_of_each_programme(sealed: Office) -> None:
    populations = sealed.must("audit sample --size 2 --nonce n --stratify programme --json")[0].data["populations"]
    assert [(one["name"], one["positions"], len(one["chosen"])) for one in populations] == [
        ("mc", "4, 6..8", 2),
        ("-", "1..3, 5, 9..11", 2),
    ]


def test_a_sample_is_packed_with_how_it_was_drawn(sealed: Office) -> None:
    key = sealed.must("audit key show seal.key")[0].out.strip()
    sealed.must(
        f"audit pack -o pack --sample 2 --nonce n --stratify programme --vkey {key}",
        f"audit verify-pack pack --vkey {key}",
    )
    about = json.loads((sealed.folder / "pack" / "about.json").read_bytes())
    assert about["lines"] == 4
    drawn = sealed.must("audit sample --size 2 --nonce n --stratify programme --json")[0].data
    assert about["drawn"] == drawn
    assert in_bare_shell("sh check.sh", sealed.folder / "pack").returncode == 0


def test_what_cannot_be_drawn_is_refused(sealed: Office) -> None:
    assert sealed.tell("audit sample --size 2 --nonce n --stratify party").refusal == "bad-choice"
    assert sealed.tell("audit sample --size 0 --nonce n").refusal == "bad-size"
    assert sealed.tell("audit sample --size 2").code == 2
    assert sealed.tell("audit pack -o pack --sample 2").refusal == "bad-nonce"
    assert sealed.tell("audit pack -o pack --sample 2 --nonce n --range 1..2").code == 2
