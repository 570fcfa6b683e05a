"""Do counts keep their names on every screen?"""

from __future__ import annotations

import re

import pytest

from cli.figures import figures, signed
from tests.cli.given import Office


@pytest.mark.parametrize(("days", "text"), [(90, "+90 d"), (-30, "-30 d"), (0, "0 d"), (None, "-")])
def test_days_have_a_sign(days: int | None, text: str) -> None:
    assert signed(days) == text


def test_where_all_fits_there_are_columns(capsys: pytest.CaptureFixture[str]) -> None:
    figures(("party", "kept", "late"), [("az", "3", "0")])
    assert capsys.readouterr().out == "party  kept  late\naz     3     0\n"


def test_on_a_narrow_terminal_each_number_has_its_name_and_nothing_is_left_out_but_nothing(story: Office) -> None:
    text = re.sub(r"\n +", " ", story.at_terminal("score --as-of 2028-06-30", columns=60).out)
    assert "az, due in force: kept 3; kept late 1; closed short 1; late, open 1; open 1\n" in text
    assert "az, first due: kept 2; kept late 2; closed short 1; late, open 1; open 1\n" in text
    assert "tr, 91 to 180 days ahead: met since 1; median -34 d; from -34 d; to -34 d\n" in text
    text = re.sub(r"\n +", " ", story.at_terminal("slips ports", columns=40).out)
    assert "middle-corridor: first dated 1\n" in text


def test_where_there_is_nothing_at_all_it_says_so(office: Office) -> None:
    office.must("add road Road")
    text = re.sub(r"\n +", " ", office.at_terminal("score --group owner road", columns=30).out)
    assert "(none), due in force: open 1\n" in text
    assert "(none): dated 0 of 1\n" in text
