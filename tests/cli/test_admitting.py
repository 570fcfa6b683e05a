"""Do lines continue a ledger only under a checkpoint by a known key, or with a receipt that is told from then on?"""

from __future__ import annotations

import pytest

from tests.cli.given import Office, Said

TIME = "2026-11-24T08:"


@pytest.fixture
def sealed(office: Office) -> Office:
    """An office that went on behind its copy, sealed what it has (#13), and hands in all of its lines."""
    office.must("export -o early.jsonl", "--ledger copy.db import early.jsonl")
    office.must('log fibre "Ship booked" --progress 20%', "withdraw ports --because Merged", "export -o all.jsonl")
    office.must("audit key new seal.key", "audit seal --key seal.key -o all.checkpoint")
    return office


def vkey(office: Office, key: str = "seal.key") -> str:
    return office.must(f"audit key show {key}")[0].out.strip()


def known(office: Office) -> str:
    """The options of somebody who knows the key and has the checkpoint."""
    return f"--checkpoint all.checkpoint --vkey {vkey(office)}"


def continued(office: Office, options: str) -> Said:
    """Lines come to the copy."""
    return office.tell(f"--ledger copy.db import all.jsonl {options}")


def size(office: Office) -> int:
    found: int = office.must("--ledger copy.db info --json")[0].json["ledger"]["size"]
    return found


def test_lines_come_in_under_a_checkpoint_by_a_key_that_is_given(sealed: Office) -> None:
    said = continued(sealed, known(sealed))
    assert (said.code, said.out) == (
        0,
        "#12-#13 continue Middle Corridor: 11 stood already. A checkpoint by a known key pins #1 to #13; it is kept.\n",
    )
    told = sealed.must("--ledger copy.db info --json")[0].data
    assert (told["sealed"], told["unsealed"], told["imported_unsealed"]) == (13, 0, [])


def test_a_key_may_be_pinned_in_the_configuration(sealed: Office) -> None:
    folder = sealed.folder / "config" / "pledger"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text(f'vkeys = ["{vkey(sealed)}"]')
    assert continued(sealed, "--checkpoint all.checkpoint --json").data == {
        "new": 2,
        "there": 11,
        "dry_run": False,
        "under": "checkpoint",
    }


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ("", "not-sealed"),
        ("--vkey KEY", "not-sealed"),
        ("--checkpoint all.checkpoint", "not-signed"),
        ("--checkpoint early.checkpoint --vkey KEY", "not-sealed"),
        ("--checkpoint none --vkey KEY", "no-such-file"),
        ("--checkpoint all.jsonl --vkey KEY", "bad-checkpoint"),
        ("--checkpoint all.checkpoint --vkey nonsense", "bad-vkey"),
        ("--checkpoint all.checkpoint --unsealed", "usage"),
    ],
)
def test_else_they_do_not(sealed: Office, options: str, code: str) -> None:
    sealed.must("audit key new early.key")
    sealed.must("--ledger copy.db audit seal --key early.key -o early.checkpoint")
    key = "early.key" if "early" in options else "seal.key"
    said = continued(sealed, options.replace("KEY", vkey(sealed, key)))
    assert (said.refusal, said.code, size(sealed)) == (code, 2 if code == "usage" else 1, 11)


def test_what_nobody_sealed_comes_in_on_ones_own_word_and_info_and_verify_say_so(sealed: Office) -> None:
    said = continued(sealed, "--unsealed")
    assert said.out.startswith("#12-#13 continue Middle Corridor: 11 stood already. No checkpoint covers them: ")
    (receipt,) = sealed.must("--ledger copy.db info --json")[0].data["imported_unsealed"]
    assert receipt | {"time": receipt["time"][:14]} == {
        "first": 12,
        "last": 13,
        "time": TIME,
        "actor": "programme-office",
    }
    assert "imported_unsealed #12 to #13, 2026-11-24T08:" in sealed.must("--ledger copy.db info")[0].out
    assert "imported-unsealed" in sealed.tell("--ledger copy.db audit verify").out
    sealed.must("--ledger copy.db audit seal --key seal.key")
    assert "imported-unsealed" in sealed.tell("--ledger copy.db audit verify --checkpoint all.checkpoint").out


def test_a_receipt_needs_an_office(sealed: Office) -> None:
    sealed.actor = None
    assert (continued(sealed, "--unsealed").refusal, size(sealed)) == ("no-actor", 11)


def test_where_nothing_is_new_nothing_is_asked_for_and_no_receipt_left(sealed: Office) -> None:
    for options in ("", "--unsealed", known(sealed)):
        said = sealed.must(f"--ledger copy.db import early.jsonl {options}")[0]
        assert said.out == "Nothing new for Middle Corridor: 11 stood already.\n"
    assert sealed.must("--ledger copy.db info --json")[0].data["imported_unsealed"] == []


def test_a_trial_says_what_would_be_needed(sealed: Office) -> None:
    said = continued(sealed, "-n")
    assert said.code == 0
    assert said.out == (
        "#12-#13 would continue Middle Corridor: 11 stood already. That needs a checkpoint by a known key that pins"
        " #1 to #13 (--checkpoint FILE, --vkey KEY), or --unsealed.\n"
    )
    assert continued(sealed, "-n --json").data == {"new": 2, "there": 11, "dry_run": True, "under": None}


def test_a_trial_asks_the_checkpoint_and_keeps_nothing(sealed: Office) -> None:
    before = sealed.must("--ledger copy.db info --json")[0].json
    for options in (known(sealed), "--unsealed"):
        said = continued(sealed, f"-n {options}")
        assert (said.code, said.out.startswith("#12-#13 would continue")) == (0, True)
    assert continued(sealed, "-n --checkpoint all.checkpoint").refusal == "not-signed"
    after = sealed.must("--ledger copy.db info --json")[0].json
    assert (after["ledger"], after["data"]) == (before["ledger"], before["data"])


def test_a_copy_needs_no_checkpoint_and_one_that_is_given_must_pin_it(sealed: Office) -> None:
    assert "A checkpoint" not in sealed.must("--ledger one.db import all.jsonl")[0].out
    trial = sealed.must(f"--ledger two.db import all.jsonl -n {known(sealed)}")[0]
    assert trial.out.endswith("in two.db. A checkpoint by a known key pins #1 to #13.\n")
    assert not (sealed.folder / "two.db").exists()
    said = sealed.must(f"--ledger two.db import all.jsonl {known(sealed)}")[0]
    assert said.out.endswith("A checkpoint by a known key pins #1 to #13; it is kept.\n")
    assert sealed.must("--ledger two.db info --json")[0].data["sealed"] == 13
    refused = sealed.tell(f"--ledger three.db import early.jsonl {known(sealed)}")
    assert (refused.refusal, (sealed.folder / "three.db").exists()) == ("not-sealed", False)
    assert list(sealed.folder.glob(".*draft*")) == []


def test_a_copy_leaves_no_receipt(sealed: Office) -> None:
    sealed.must("--ledger one.db import all.jsonl --unsealed")
    assert sealed.must("--ledger one.db info --json")[0].data["imported_unsealed"] == []


@pytest.mark.parametrize("option", ["--unsealed", "--checkpoint all.checkpoint", "--vkey x"])
def test_a_table_comes_under_no_checkpoint(sealed: Office, option: str) -> None:
    (sealed.folder / "plan.csv").write_text("key,title\nroad,Road\n")
    assert sealed.tell(f"import plan.csv {option}").refusal == "usage"
    assert sealed.must("import plan.csv")[0].out.startswith("#14 ")
