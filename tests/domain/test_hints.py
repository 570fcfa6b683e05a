"""Does each common way of writing a date that is not accepted lead to one that is?"""

from __future__ import annotations

from datetime import date

import pytest

from domain.entry import fuzzy_date
from domain.hints import month_of
from domain.refused import Refused

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        # Figures in other orders.
        ("12/31/2026", "2026-12-31"),
        ("31-12-2026", "2026-12-31"),
        ("1/2/2026", "2026-02-01 or 2026-01-02"),
        ("5/5/2026", "2026-05-05"),
        ("31/02/2026", "2026-02-28"),
        ("99/99/2026", "2026-12-31"),
        ("17.05.26", "2026-05-17"),
        ("2026/5/7", "2026-05-07"),
        ("2026.05.07", "2026-05-07"),
        ("2026-5-7", "2026-05-07"),
        ("2026/13/7", "2026-12-31"),
        ("20260517", "2026-05-17"),
        ("03/2026", "2026-03"),
        ("3.2026", "2026-03"),
        ("12/2026", "2026-12"),
        ("13/2026", "2026"),
        ("01/2026", "2026-01"),
        ("00/2026", "2026"),
        ("2026/03", "2026-03"),
        ("2026-3", "2026-03"),
        ("2026-05-17T12:00", "2026-05-17"),
        ("2026-05-17 noon", "2026-05-17"),
        ("10000", "2026"),
        ("-2026", "2026"),
        ("Y170000002", "2026"),
        # Parts of a year or month.
        ("mid-2026", "H1 2026 or 2026-06"),
        ("middle of 2026", "H1 2026 or 2026-06"),
        ("by mid 2026", "H1 2026 or 2026-06"),
        ("early 2026", "Q1 2026"),
        ("start of 2026", "Q1 2026"),
        ("beginning of 2026", "Q1 2026"),
        ("late 2026", "Q4 2026 or end-2026"),
        ("early March 2026", "March 2026"),
        ("mid-Q1 2026", "Q1 2026"),
        ("spring 2026", "Q2 2026"),
        ("summer of 2026", "Q3 2026"),
        ("autumn 2026", "Q4 2026"),
        ("fall 2026", "Q4 2026"),
        ("winter 2026", "Q1 2026"),
        ("Q5 2026", "Q4 2026"),
        ("H3 2026", "H2 2026"),
        # Words.
        ("circa 2026", "about 2026"),
        ("ca. 2026", "about 2026"),
        ("~2026", "about 2026"),
        ("around 2026", "about 2026"),
        ("about 2022-2027", "2022-2027"),
        ("about 2022 / 2027", "2022-2027"),
        ("17 May 2026", "2026-05-17"),
        ("17th of May, 2026", "2026-05-17"),
        ("May 17, 2026", "2026-05-17"),
        ("31 February 2026", "2026-02-28"),
        ("May 0, 2026", "2026-05-01"),
        ("before 2026", "by 2025"),
        ("before 0001", "by 0001"),
        ("after 2026", "from 2027"),
        ("after 9999", "from 9999"),
        ("since 2022", "from 2022"),
        ("till 2027", "until 2027"),
        ("through 2027", "until 2027"),
        ("March", "March 2026"),
        ("by q2", "Q2 2026"),
        # Counted from today.
        ("30d", "+30d"),
        ("in 30 days", "+30d"),
        ("in 1 week", "+1w"),
        ("2 weeks ago", "-2w"),
        ("3 months", "+3m"),
        ("next week", "+1w"),
        ("next month", "+1m or eom"),
        ("end of the quarter", "+3m or eoq"),
        ("this year", "+1y or eoy"),
        # Open digits of EDTF.
        ("202X", "2020/2029"),
        ("20xx", "2000/2099"),
        ("000X", "0001/0009"),
        ("2026-XX", "2026"),
        ("2026-XX-XX", "2026"),
        ("2026-05-XX", "2026-05"),
    ],
)
def test_a_form_that_is_not_accepted_leads_to_one_that_is(text: str, forms: str) -> None:
    with pytest.raises(Refused) as refused:
        fuzzy_date(text, TODAY)

    assert refused.value.code == "bad-date"
    assert refused.value.sentence.endswith(f" Write {forms}.")
    for form in forms.split(" or "):
        fuzzy_date(form, TODAY)


def test_two_figures_of_a_year_are_of_the_century_of_today() -> None:
    with pytest.raises(Refused, match=r"Write 2126-05-17\."):
        fuzzy_date("17.05.26", date(2100, 1, 1))


@pytest.mark.parametrize("text", ["soon", "early foo 2026", "17 foo 2026", "foo 17, 2026", "in some days", "2026-W20"])
def test_what_is_near_to_nothing_gets_the_list_of_forms(text: str) -> None:
    with pytest.raises(Refused, match=r"Write a day \(2026-05-17\), a month \(2026-05\), Q1 2026"):
        fuzzy_date(text, TODAY)


def test_a_month_goes_by_its_name_or_its_first_three_letters() -> None:
    assert [month_of(word) for word in ("january", "jan", "may", "december", "dec")] == [1, 1, 5, 12, 12]
    assert [month_of(word) for word in ("janu", "ja", "", "January")] == [None] * 4
