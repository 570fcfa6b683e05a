"""Does a ledger at an address answer as one in a file does, and is what is secret in the address never shown?"""

from __future__ import annotations

import pytest

from tests.cli.conftest import ILLUSTRATION, SECRET
from tests.cli.given import BEGINNING, HEAD, Office

READS = ("status", "show fibre", "history", "due", "why oil", "slips", "models status", "party list")


def test_a_ledger_on_a_server_answers_as_one_in_a_file(team: Office, stock: Office) -> None:
    (team.folder / "note.txt").write_text("As agreed.\n", "utf-8")
    team.must(*BEGINNING)
    assert team.anchor()[0] == HEAD
    team.clock = stock.clock  # from here on at the same minute
    assert [team.tell(line).out for line in READS] == [stock.tell(line).out for line in READS]


def test_what_is_secret_in_an_address_is_nowhere_in_what_is_said(team: Office) -> None:
    said = team.must(f"import {ILLUSTRATION} -n", f"import {ILLUSTRATION} --json -n", *BEGINNING[:2], "info --json")
    assert "ledger opened in schema t" in said[2].out
    assert "schema t" in said[4].data["place"]
    assert SECRET not in "".join(one.out + one.err for one in said)
    wrong = team.tell("init --title Again")
    assert wrong.refusal == "ledger-exists"
    assert SECRET not in wrong.err


def test_lines_are_imported_into_a_new_address_and_are_the_same(team: Office, story: Office) -> None:
    dry = team.must(f"import {ILLUSTRATION} -n")[0]
    assert "would become a copy of that ledger in schema t" in dry.out
    assert team.tell("status").refusal == "no-ledger"
    done = team.must(f"import {ILLUSTRATION}")[0]
    assert "a copy in schema t" in done.out
    assert team.anchor() == story.anchor()
    assert team.tell("export").out == story.tell("export").out
    at = "--as-of 2028-07-01"
    assert team.tell(f"status {at}").out == story.tell(f"status {at}").out
    assert team.tell(f"import {ILLUSTRATION}").out.startswith("Nothing new for ")


@pytest.mark.parametrize(
    "words",
    [
        ("status", "--ledger", "{}"),
        ("--ledger={}", "status"),
        ("init", "{}", "--title", "T"),
        ("audit", "compare", "{}", "other.db"),
    ],
)
def test_a_password_on_the_command_line_is_refused_before_anything_is_done(
    new: Office, address: str, words: tuple[str, ...]
) -> None:
    said = new.run(*(word.format(address) for word in words))
    assert said.refusal == "password-shown"
    assert SECRET not in said.err + said.out
    assert new.tell(f"--ledger {address.replace(f'password={SECRET}', '')} status").refusal == "no-ledger"


@pytest.mark.parametrize(
    "url", ["postgresql://u:p@h/d", "postgresql://h/d?password=p", "postgresql://h/d?sslpassword=p"]
)
def test_all_kinds_of_passwords_are_seen(new: Office, url: str) -> None:
    assert new.run("status", "--ledger", url).refusal == "password-shown"


@pytest.mark.parametrize(
    ("url", "code"), [("mysql://h/d", "unknown-address"), ("postgresql://h/d?nothing=1", "bad-address")]
)
def test_an_address_that_is_none_is_refused(new: Office, url: str, code: str) -> None:
    assert new.run("status", "--ledger", url).refusal == code


def test_ledgers_are_compared_wherever_they_lie(team: Office, stock: Office, address: str) -> None:
    lines = team.folder / "lines.jsonl"
    lines.write_text(stock.tell("export").out, "utf-8")
    team.must(f"import {lines}")
    plain = address.replace(f"password={SECRET}&", "")
    said = team.run("audit", "compare", plain, str(stock.folder / "pledger.db"))
    assert (said.code, "Equal: 11 lines" in said.out) == (0, True)


def test_a_witness_shows_by_a_ledger_on_a_server_that_it_grew(team: Office) -> None:
    team.must(
        *BEGINNING[:2], "audit key new seal.key", "audit key new witness.key", "audit seal --key seal.key -o a.note"
    )
    vkey = team.must("audit key show seal.key")[0].out.strip()
    team.must(f"audit cosign a.note --key witness.key --vkey {vkey} -o b.note")
    team.must(*BEGINNING[2:], "audit seal --key seal.key -o c.note")
    team.must(f"audit cosign c.note --key witness.key --vkey {vkey} -o d.note")
