"""Does `audit pack` give an auditor what `audit verify-pack` finds good?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.given import Office, moved_in, stocked


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Sealed at #11 and at #13, of 14 lines; the key is pinned in the configuration."""
    office = stocked(tmp_path_factory.mktemp("sealed"))
    office.must(
        "audit key new seal.key --name office",
        "audit seal --key seal.key -o early.checkpoint",
        'log fibre "Ship booked" --progress 20%',
        'move fibre 2027-Q1 --because "Permit is late" --approved-by board',
        "audit seal --key seal.key -o late.checkpoint",
        "log fibre Surveyed --progress 30%",
    )
    return office


@pytest.fixture
def sealed(stock: Office, tmp_path: Path) -> Office:
    """An office with that ledger, and with the sealer's verifier key in a file."""
    for name in ("seal.key", "early.checkpoint", "late.checkpoint"):
        (tmp_path / name).write_bytes((stock.folder / name).read_bytes())
    (tmp_path / "seal.key").chmod(0o600)
    return moved_in(stock, tmp_path)


def key(office: Office) -> str:
    return office.must("audit key show seal.key")[0].out.strip()


def about(office: Office, pack: str = "pack") -> dict[str, object]:
    told: dict[str, object] = json.loads((office.folder / pack / "about.json").read_bytes())
    return told


def test_all_sealed_lines_are_packed_and_verified(sealed: Office) -> None:
    (said,) = sealed.must(f"audit pack -o pack --vkey {key(sealed)}")
    assert said.out.splitlines()[0].startswith("Middle Corridor: 13 lines packed into pack.")
    assert said.out.splitlines()[1].startswith("ledger ")
    assert said.err == "1 line after #13 not sealed yet, and not packed.\n"
    (checked,) = sealed.must(f"audit verify-pack pack --vkey {key(sealed)}")
    assert checked.out.splitlines()[-2:] == ["Verified", said.out.splitlines()[1]]
    assert "known from elsewhere" in checked.out
    assert sealed.tell(f"audit pack -o pack --vkey {key(sealed)}").refusal == "not-empty"


def test_a_key_that_only_the_pack_names_decides_nothing(sealed: Office) -> None:
    sealed.must(f"audit pack -o pack --vkey {key(sealed)}")
    said = sealed.tell("audit verify-pack pack")
    assert (said.code, "named by the pack alone" in said.out) == (3, True)
    assert sealed.tell("audit verify-pack pack --checkpoint late.checkpoint").code == 0
    early = sealed.tell("audit verify-pack pack --checkpoint early.checkpoint --json")
    assert (early.code, len(early.data["remarks"]), early.data["verdict"]) == (3, 1, "pinned-by-nothing")


def test_a_changed_pack_is_told_with_its_findings(sealed: Office) -> None:
    sealed.must(f"audit pack -o pack --vkey {key(sealed)}")
    (sealed.folder / "pack" / "lines.jsonl").write_bytes(b"{}\n")
    said = sealed.tell(f"audit verify-pack pack --vkey {key(sealed)}")
    assert (said.code, "Tampering found" in said.out, "Findings (3)" in said.out) == (1, True, True)
    told = sealed.tell(f"audit verify-pack pack --vkey {key(sealed)} --json")
    assert {one["code"] for one in told.data["findings"]} == {"file-changed", "bad-line", "lines-missing"}
    assert told.json["ledger"]["size"] == 13


def test_some_lines_and_what_was_known_are_packed_with_proofs(sealed: Office) -> None:
    vkey = key(sealed)
    (some,) = sealed.must(f"audit pack -o some --range 3..#7 --vkey {vkey} --json")
    assert (some.data["lines"], some.data["vkeys"], some.data["written"]) == (5, [vkey], "some")
    sealed.must(f"audit pack -o known --as-known 12 --vkey {vkey}", f"audit pack -o early --as-known 11 --vkey {vkey}")
    for pack, lines, whole, known in (("some", 5, False, 13), ("known", 12, False, 12), ("early", 11, True, 11)):
        told = about(sealed, pack)
        assert (told["lines"], told["whole"]) == (lines, whole)
        assert told["tables"] == {"as_known": known, "as_of": "2026-11-24"}
        sealed.must(f"audit verify-pack {pack} --vkey {vkey}")
    assert len((sealed.folder / "known" / "slips.csv").read_text("utf-8").splitlines()) == 1


def test_the_tables_are_of_the_day_that_was_asked_for(sealed: Office) -> None:
    sealed.must(f"audit pack -o pack --as-of 2027-06-30 --vkey {key(sealed)}")
    assert about(sealed)["tables"] == {"as_known": 13, "as_of": "2027-06-30"}
    assert ",late," in (sealed.folder / "pack" / "status.csv").read_text("utf-8")


def test_what_cannot_be_packed_is_refused(sealed: Office) -> None:
    assert sealed.tell("audit pack -o pack").refusal == "no-vkey"
    assert sealed.tell("audit pack -o pack --range 3..14").refusal == "not-sealed-yet"
    assert sealed.tell(f"audit pack -o pack --range 7..3 --vkey {key(sealed)}").refusal == "nothing-to-pack"
    assert sealed.tell("audit pack -o pack --range 3-7").code == 2
    assert sealed.tell("audit pack -o pack --range 3..7 --as-known 12").code == 2
    assert not (sealed.folder / "pack").exists()
    (sealed.folder / "none").mkdir()
    assert sealed.tell("audit verify-pack none").refusal == "no-pack"


def test_a_pack_without_a_title_or_a_checkpoint_is_told(sealed: Office) -> None:
    sealed.must(f"audit pack -o pack --vkey {key(sealed)}")
    (sealed.folder / "pack" / "checkpoint").unlink()
    said = sealed.tell("audit verify-pack pack")
    assert said.out.startswith("A pack without a readable title\n")
    assert said.out.endswith("ledger -  size 0  root -\n")
    assert sealed.tell("audit verify-pack pack --json").json["ledger"]["id"] is None
