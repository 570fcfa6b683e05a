"""Are the commands of an office found, newest first, however many there are and however many lines they have?"""

from __future__ import annotations

from pathlib import Path

from ledger.commands import PAGE, newest_commands
from tests.ledger.given import deciding, new_ledger, party, registering


def test_a_command_of_several_lines_comes_once(where: Path | str) -> None:
    with new_ledger(where) as ledger:
        ledger.change(deciding(party("az"), party("kz")), actor="editor", command_id="both")
        ledger.change(registering("tr"), actor="editor", command_id="last")
        ledger.change(registering("uz"), actor="board", command_id="others")
        found = list(newest_commands(ledger.record, "editor"))
    assert [[one.subject for one in command] for command in found] == [["party/tr"], ["party/az", "party/kz"]]


def test_all_pages_are_read(where: Path | str) -> None:
    with new_ledger(where) as ledger:
        ledger.change(deciding(*(party(f"p{n}") for n in range(PAGE + 5))), actor="editor", command_id="many")
        assert len(list(newest_commands(ledger.record, "editor"))) == 1
        assert list(newest_commands(ledger.record, "nobody")) == []
