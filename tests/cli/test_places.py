"""Where not everything may be written: does reading go on, and is recording refused with the ledger as it was?"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.given import Office, moved_in
from tests.ledger.machine import files_no_larger_than, without_permission


@pytest.fixture
def reached(stock: Office) -> Iterator[Office]:
    """An office in a folder that another user can look into."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        office = moved_in(stock, folder)
        for path in folder.iterdir():
            path.chmod(0o644)
        office.must("status")  # what it loads lies where the other user may not look
        assert office.tell("log nothing x").refusal == "unknown-key"
        yield office
        folder.chmod(0o755)


@pytest.mark.parametrize(("file", "around"), [(0o444, 0o755), (0o644, 0o555)])
def test_who_may_only_read_reads(reached: Office, file: int, around: int) -> None:
    answers = [reached.tell(line).out for line in ("status", "show fibre", "history", "due")]
    (reached.folder / "pledger.db").chmod(file)
    reached.folder.chmod(around)
    before = reached.anchor()

    with without_permission():
        assert [reached.tell(line).out for line in ("status", "show fibre", "history", "due")] == answers
        refused = reached.tell("log fibre Text")

    assert (refused.code, refused.refusal) == (1, "read-only")
    assert reached.anchor() == before


def test_without_read_models_they_are_worked_out_for_one_command(reached: Office) -> None:
    answer = reached.tell("status").out
    (reached.folder / "pledger.models.db").unlink()
    with without_permission():
        said = reached.tell("status")
        rebuilt = reached.tell("models rebuild")
    assert (said.code, said.out, "for this command alone" in said.err) == (0, answer, True)
    assert rebuilt.refusal == "models-unwritable"


def test_who_may_not_even_read_is_told_what_to_do(reached: Office) -> None:
    (reached.folder / "pledger.db").chmod(0o600)
    with without_permission():
        said = reached.tell("status")
    assert (said.code, said.refusal) in ((3, "ledger-unreadable"), (0, ""))  # 0: one's own file is readable


def test_a_full_disk_records_nothing(office: Office) -> None:
    before = office.anchor()
    with files_no_larger_than(8192):
        said = office.run("log", "fibre", "x" * 9000)
    assert (said.code in (1, 3), said.refusal in ("disk-full", "disk-error")) == (True, True), said
    assert office.anchor() == before
