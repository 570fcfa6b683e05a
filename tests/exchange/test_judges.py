"""Do outside judges find what goes out sound, and do they find what is planted?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.given import Office
from tests.exchange.judges import Format
from tests.exchange.judges.formats import FORMATS
from tests.exchange.standing import offices

JUDGED = [
    pytest.param(
        form,
        judge,
        id=f"{form.name}-{judge}",
        marks=() if form.judged else pytest.mark.skip("PLEDGER_SCHEMAS is not set"),
    )
    for form in FORMATS
    for judge in form.judges
]


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Office]:
    return offices(tmp_path_factory.mktemp("judged"))


@pytest.mark.parametrize("story", ["real", "illustration", "odd"])
@pytest.mark.parametrize(("form", "judge"), JUDGED)
def test_a_judge_finds_nothing_in_a_story(desks: dict[str, Office], form: Format, judge: str, story: str) -> None:
    assert form.judges[judge](form.write(desks[story])) == []


@pytest.mark.parametrize(("form", "judge"), JUDGED)
def test_a_judge_finds_what_is_planted(desks: dict[str, Office], tmp_path: Path, form: Format, judge: str) -> None:
    path = form.write(desks["illustration"])
    assert form.judges[judge](form.spoilt(path, judge, tmp_path))


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_the_same_ledger_at_the_same_point_gives_the_same_bytes(desks: dict[str, Office], form: Format) -> None:
    first = form.write(desks["illustration"]).read_bytes()
    assert form.write(desks["illustration"]).read_bytes() == first


def test_each_judge_has_a_fault_to_find() -> None:
    assert all(form.judges.keys() == form.faults.keys() for form in FORMATS)
