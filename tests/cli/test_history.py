"""Is a long history told whole, line by line, in the memory that a short one takes?"""

from __future__ import annotations

import os
import tracemalloc
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from cli.main import run
from domain.progress import ProgressReported
from domain.recorded import New
from ledger.ledger import Ledger
from tests.cli.given import Office

PAGE = 1000
LINES = 6 * PAGE
LINE = "history --as-of 2027-01-01"


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office with some pages of lines."""
    office = Office(tmp_path_factory.mktemp("long"))
    office.must("init --title Long", "add fibre Fibre", "log fibre First", "retract 3 --because Mistyped")
    with Ledger.open(office.folder / "pledger.db", pen=office.edge().pen()) as ledger, ledger.appending():
        for start in range(4, LINES, PAGE):
            count = min(PAGE, LINES - start)
            notes = [ProgressReported(item="fibre", note=f"Step {start + step}") for step in range(count)]
            news = [New("commitment/fibre", one, office.clock.date()) for one in notes]
            ledger.change(lambda known, now, news=news: news, actor="office")  # type: ignore[misc]  # bound at once
    office.must("status")  # so that the read models are there
    return office


@pytest.mark.parametrize("known", [1, 3, PAGE, LINES - 1, LINES])
def test_every_line_is_told_once_and_in_order(long: Office, known: int) -> None:
    told = long.tell(f"{LINE} --json --as-known '#{known}'").json
    assert told["as_known"] == told["ledger"]["size"] == known
    assert [one["position"] for one in told["data"]] == list(range(1, known + 1))
    assert [one["retracted_by"] for one in told["data"] if one["position"] == 3] == [None if known < 4 else 4] * (
        known >= 3
    )

    lines = long.tell(f"{LINE} --as-known '#{known}'").out.splitlines()
    assert [line.split()[0] for line in lines] == ["event", *(f"#{position}" for position in range(1, known + 1))]
    assert len({line.index("office") for line in lines[PAGE:]}) <= 1  # columns are as wide on the last page


def test_before_the_first_line_there_is_an_empty_list(long: Office) -> None:
    assert long.tell("history --as-known '#0' --json").data == []
    assert long.tell("history --as-known '#0'").out == "Nothing was recorded by then.\n"


def peak(office: Office, *words: str) -> int:
    """The most memory that a command holds at once, in bytes; what it says goes nowhere."""
    with (
        Path(os.devnull).open("w", encoding="utf-8") as nowhere,
        chdir(office.folder),
        redirect_stdout(nowhere),
        redirect_stderr(nowhere),
    ):
        tracemalloc.start()
        try:
            assert run(words, office.edge()) == 0
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


@pytest.mark.parametrize("form", [("--json",), ()])
def test_a_long_history_takes_no_more_memory_than_a_short_one(long: Office, form: tuple[str, ...]) -> None:
    peak(long, "history", "--as-known", "#2", *form)  # what is made once
    short, whole = (peak(long, "history", "--as-known", f"#{known}", *form) for known in (PAGE, LINES))
    assert whole < 1.5 * short
