"""Does what goes out as a workbook come back as nothing new, after years of changes?"""

from __future__ import annotations

import pytest

from tests.cli.given import Office


@pytest.mark.parametrize("ledger", ["story", "year"])
def test_a_ledger_that_goes_out_as_a_workbook_comes_back_as_nothing_new(
    request: pytest.FixtureRequest, ledger: str
) -> None:
    office: Office = request.getfixturevalue(ledger)
    before = office.anchor()
    office.must("export --format xlsx -o back.xlsx")
    said = office.tell("import back.xlsx")
    assert said.out == "All that back.xlsx says stands already; nothing was recorded.\n", said
    assert office.anchor() == before
