"""Does every answer of an audit end in ledger, size and root, and do programs get the same?"""

from __future__ import annotations

import re

import pytest

from tests.cli.given import Office

FOOTER = re.compile("ledger ([0-9a-f-]{36})  size ([0-9]+)  root ([0-9a-f]{64})")
REPORTS = {
    "audit verify --checkpoint all.checkpoint": 12,
    "audit seal --key seal.key": 12,
    "audit seal --key seal.key -o -": 12,
    "audit seal --key seal.key -o again.checkpoint": 12,
    "audit cosign all.checkpoint --key auditor.key --vkey VKEY": 12,
    "audit cosign all.checkpoint --key auditor.key --vkey VKEY -o cosigned": 12,
    "audit key rotate seal.key next.key --because Moved": 13,
    "audit key rotate seal.key next.key --because Moved -o -": 13,
    "audit prove 3": 12,
    "audit prove 3 -o 3.tlog-proof": 12,
    "audit prove --consistency 3 12": 12,
    "audit sample --size 2 --nonce 7f3a": 12,
    "audit pack -o another --vkey VKEY": 12,
    "audit verify-pack pack --vkey VKEY": 12,
    "audit compare pledger.db pack": 12,
    "audit compare all.checkpoint pledger.db": 12,
}
"""Each with the size that it speaks of."""


def vkey(office: Office) -> str:
    return office.must("audit key show seal.key")[0].out.strip()


@pytest.fixture
def sealed(office: Office) -> Office:
    office.must("log fibre Surveyed", "audit key new seal.key", "audit key new next.key", "audit key new auditor.key")
    office.must("audit seal --key seal.key -o all.checkpoint", f"audit pack -o pack --vkey {vkey(office)}")
    return office


@pytest.mark.parametrize("line", REPORTS)
def test_a_report_ends_in_what_makes_its_paper_copy_an_anchor(sealed: Office, line: str) -> None:
    said = sealed.must(line.replace("VKEY", vkey(sealed)))[0]
    last = [stream.splitlines()[-1] for stream in (said.out, said.err) if stream]
    (found,) = [match for text in last if (match := FOOTER.fullmatch(text))]
    told = sealed.must("info --json")[0].json["ledger"]
    assert found.groups() == (told["id"], str(told["size"]), told["root"])


@pytest.mark.parametrize(("line", "size"), REPORTS.items())
def test_programs_get_the_same_in_one_object(sealed: Office, line: str, size: int) -> None:
    head = sealed.must(f"{line.replace('VKEY', vkey(sealed))} --json")[0].json["ledger"]
    told = sealed.must("info --json")[0].json["ledger"]
    assert head | {"title": told["title"]} == told
    assert told["size"] == size
