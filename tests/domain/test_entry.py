"""Is a date understood as people type it, and is what they type wrongly answered with the nearest right form?"""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.entry import day, fuzzy_date
from domain.fuzzy import FuzzyDate, from_edtf
from domain.refused import Refused

TODAY = date(2026, 11, 24)  # a Tuesday

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

days = st.dates()
years = st.integers(1, 9999).map("{:04}".format)


def refusal(text: str, today: date = TODAY) -> str:
    with pytest.raises(Refused) as refused:
        fuzzy_date(text, today)
    assert refused.value.code == "bad-date"
    return refused.value.sentence


# What is typed.


@pytest.mark.parametrize(
    ("text", "edtf", "earliest", "latest"),
    [
        ("2026", "2026", "2026-01-01", "2026-12-31"),
        ("end-2026", "2026", "2026-01-01", "2026-12-31"),
        ("end of 2026", "2026", "2026-01-01", "2026-12-31"),
        ("end 2026", "2026", "2026-01-01", "2026-12-31"),
        ("by 2026", "2026", "2026-01-01", "2026-12-31"),
        ("by the end of 2026", "2026", "2026-01-01", "2026-12-31"),
        ("Q1 2026", "2026-33", "2026-01-01", "2026-03-31"),
        ("2026-Q1", "2026-33", "2026-01-01", "2026-03-31"),
        ("Q1-2026", "2026-33", "2026-01-01", "2026-03-31"),
        ("2026Q4", "2026-36", "2026-10-01", "2026-12-31"),
        ("by Q1 2026", "2026-33", "2026-01-01", "2026-03-31"),
        ("H1 2026", "2026-40", "2026-01-01", "2026-06-30"),
        ("2026-h2", "2026-41", "2026-07-01", "2026-12-31"),
        ("2025-03", "2025-03", "2025-03-01", "2025-03-31"),
        ("March 2025", "2025-03", "2025-03-01", "2025-03-31"),
        ("mar 2025", "2025-03", "2025-03-01", "2025-03-31"),
        ("by March 2025", "2025-03", "2025-03-01", "2025-03-31"),
        ("end-March 2025", "2025-03", "2025-03-01", "2025-03-31"),
        ("2022-2027", "2022/2027", "2022-01-01", "2027-12-31"),
        ("2022/2027", "2022/2027", "2022-01-01", "2027-12-31"),
        ("2022 to 2027", "2022/2027", "2022-01-01", "2027-12-31"),
        ("from 2022 to end-2027", "2022/2027", "2022-01-01", "2027-12-31"),
        ("Q1 2026 - Q3 2026", "2026-01/2026-09", "2026-01-01", "2026-09-30"),
        ("Jan 2025 / Aug 2025", "2025-01/2025-08", "2025-01-01", "2025-08-31"),
        ("from 2022", "2022/..", "2022-01-01", None),
        ("until 2027", "../2027", None, "2027-12-31"),
        ("from Q2 2026", "2026-04/..", "2026-04-01", None),
        ("about 2026", "2026~", "2026-01-01", "2026-12-31"),
        ("about March 2025", "2025-03~", "2025-03-01", "2025-03-31"),
        ("about 17.05.2026", "2026-05-17~", "2026-05-17", "2026-05-17"),
        ("March 2025~", "2025-03~", "2025-03-01", "2025-03-31"),
        ("2026?", "2026?", "2026-01-01", "2026-12-31"),
        ("2026-05-17", "2026-05-17", "2026-05-17", "2026-05-17"),
        ("by 2026-05-17", "2026-05-17", "2026-05-17", "2026-05-17"),
        ("17.05.2026", "2026-05-17", "2026-05-17", "2026-05-17"),
        ("7.5.2026", "2026-05-07", "2026-05-07", "2026-05-07"),
    ],
)
def test_a_typed_date_is_kept_as_edtf_with_its_words(text: str, edtf: str, earliest: str, latest: str | None) -> None:
    fuzzy = fuzzy_date(text, TODAY)

    assert fuzzy.edtf == edtf
    assert (fuzzy.earliest and str(fuzzy.earliest), fuzzy.latest and str(fuzzy.latest)) == (
        None if text.startswith("until") else earliest,
        latest,
    )
    assert fuzzy.wording == text


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("today", "2026-11-24"),
        ("yesterday", "2026-11-23"),
        ("tomorrow", "2026-11-25"),
        ("+30d", "2026-12-24"),
        ("+2w", "2026-12-08"),
        ("-1w", "2026-11-17"),
        ("+3m", "2027-02-24"),
        ("-11m", "2025-12-24"),
        ("+1y", "2027-11-24"),
        ("friday", "2026-11-27"),
        ("next friday", "2026-11-27"),
        ("Fri", "2026-11-27"),
        ("monday", "2026-11-30"),
        ("tuesday", "2026-12-01"),
        ("eom", "2026-11-30"),
        ("eoq", "2026-12-31"),
        ("EOY", "2026-12-31"),
    ],
)
def test_a_word_relative_to_today_is_recorded_as_its_day(text: str, exact: str) -> None:
    fuzzy = fuzzy_date(text, TODAY)

    assert fuzzy == from_edtf(exact)
    assert fuzzy.wording == exact


@pytest.mark.parametrize(
    ("text", "today", "exact"),
    [
        ("+1m", date(2026, 1, 31), date(2026, 2, 28)),
        ("-1m", date(2024, 3, 31), date(2024, 2, 29)),
        ("+1y", date(2024, 2, 29), date(2025, 2, 28)),
        ("eom", date(2024, 2, 1), date(2024, 2, 29)),
        ("eoq", date(2026, 4, 1), date(2026, 6, 30)),
        ("eoq", date(2026, 3, 31), date(2026, 3, 31)),
        ("eoq", date(2026, 8, 15), date(2026, 9, 30)),
        ("eoy", date.max, date.max),
        ("today", date.min, date.min),
    ],
)
def test_a_day_that_a_month_does_not_have_is_its_last(text: str, today: date, exact: date) -> None:
    assert day(text, today) == exact


@pytest.mark.parametrize(
    ("text", "wording", "edtf"),
    [
        ("By Friday", "by 2026-11-27", "2026-11-27"),
        ("from today to eoy", "from 2026-11-24 to 2026-12-31", "2026-11-24/2026-12-31"),
        ("until +30d", "until 2026-12-24", "../2026-12-24"),
        ("2026-11/tomorrow", "2026-11/2026-11-25", "2026-11/2026-11-25"),
    ],
)
def test_a_relative_word_inside_a_phrase_becomes_its_day_there(text: str, wording: str, edtf: str) -> None:
    fuzzy = fuzzy_date(text, TODAY)

    assert (fuzzy.wording, fuzzy.edtf) == (wording, edtf)


def test_letters_spaces_and_dashes_do_not_matter_and_the_wording_keeps_them_readable() -> None:
    assert fuzzy_date("  MARCH \t 2025\n", TODAY).wording == "MARCH 2025"
    assert fuzzy_date("2022–2027", TODAY).edtf == "2022/2027"
    assert fuzzy_date("2022–2027", TODAY).wording == "2022–2027"
    assert fuzzy_date("Q1 2026 — Q2 2026", TODAY).edtf == "2026-01/2026-06"
    assert fuzzy_date("−1w", TODAY).wording == "2026-11-17"


@given(st.dates(max_value=date(9999, 12, 24)), st.sampled_from(["", "next "]), st.integers(0, 6))
def test_a_weekday_is_the_first_one_after_today(today: date, word: str, number: int) -> None:
    exact = day(word + WEEKDAYS[number], today)

    assert 1 <= (exact - today).days <= 7
    assert exact.weekday() == number


@given(days, st.integers(-5000, 5000))
def test_days_and_weeks_from_today_are_counted(today: date, count: int) -> None:
    text = f"{count:+}"
    try:
        exact = today + timedelta(weeks=count)
    except OverflowError:
        assert "outside the years 0001 to 9999" in refusal(f"{text}w", today)
    else:
        assert day(f"{text}w", today) == exact == day(f"{count * 7:+}d", today)


@given(days, st.integers(-200, 200))
def test_months_there_and_back_lose_at_most_the_days_that_a_month_lacks(today: date, count: int) -> None:
    try:
        there = day(f"{count:+}m", today)
    except Refused:
        return
    back = day(f"{-count:+}m", there)

    assert back.replace(day=1) == today.replace(day=1)
    assert 0 <= (today - back).days <= 3


@given(years, st.sampled_from(["{}", "end-{}", "by {}", "end of {}", "END {}", "by the end of {}"]))
def test_a_year_in_any_wording_is_the_year(year: str, wording: str) -> None:
    assert fuzzy_date(wording.format(year), TODAY).same_as(from_edtf(year))


@given(days, days)
def test_what_a_date_is_described_as_can_be_typed_again(one: date, other: date) -> None:
    first, last = sorted((one, other))
    for edtf in (f"{first}/{last}", f"{first}/..", f"../{last}"):
        fuzzy = from_edtf(edtf)
        if "/" in fuzzy.edtf:
            assert fuzzy_date(fuzzy.described(), TODAY).same_as(fuzzy)


# One exact day.


@pytest.mark.parametrize("text", ["2026-05-17", "17.05.2026", "by 2026-05-17", "2026-05-17/2026-05-17"])
def test_one_exact_day_is_a_day(text: str) -> None:
    assert day(text, TODAY) == date(2026, 5, 17)


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("2026", "2026-12-31"),
        ("Q1 2026", "2026-03-31"),
        ("2026-05-17~", "2026-05-17"),
        ("2026-05-17?", "2026-05-17"),
        ("from 2022", "2022-01-01"),
        ("until 2027", "2027-12-31"),
    ],
)
def test_what_is_longer_than_a_day_or_approximate_is_no_day(text: str, nearest: str) -> None:
    with pytest.raises(Refused) as refused:
        day(text, TODAY)

    assert refused.value.code == "bad-date"
    assert refused.value.sentence == f"'{text}' is not taken as a date: one exact day is needed here. Write {nearest}."


# What is refused.


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("12/31/2026", "Write 2026-12-31."),
        ("31/12/2026", "Write 2026-12-31."),
        ("mid-2026", "Write H1 2026 or 2026-06."),
        ("early 2026", "Write Q1 2026."),
        ("2026-02-29", "Write 2026-02-28 or 2026-03-01."),
        ("29.02.2026", "Write 2026-02-28 or 2026-03-01."),
        ("17.13.2026", "Write 2026-12-31."),
        ("2027-2022", "Write 2022/2027."),
        ("2027/2022", "Write 2022/2027."),
        ("March 2027 to March 2026", "Write 2026-03/2027-03."),
        ("2022/", "Write 2022/.. or 2022."),
        ("/2027", "Write ../2027 or 2027."),
        ("../..", "a span lies between two different dates"),
        ("from ..", "a span lies between two different dates"),
        ("by ..", "not understood"),
        ("2026-33~", "Write Q1 2026 or 2026~."),
        ("about Q1 2026", "Write Q1 2026 or 2026~."),
        ("2026-Q1~", "Write Q1 2026 or 2026~."),
        ("about 2022-2027", "Write 2022-2027."),
        ("0000", "years run from 0001 to 9999"),
        ("2026-13", "Write 2026-12 or 2026."),
        ("+99999999d", "outside the years 0001 to 9999"),
        ("+99999999999999999999d", "outside the years 0001 to 9999"),
        ("+99999m", "outside the years 0001 to 9999"),
        ("-3000y", "outside the years 0001 to 9999"),
        ("aprıl 2026", "not understood"),
        ("२०२६", "not understood"),
        ("tbd", "not understood"),
        ("", "not understood"),
        ("   ", "not understood"),
        ("by", "not understood"),
        ("end of", "not understood"),
        ("2026\u200b", "not understood"),
        ("\udcff", "not understood"),
    ],
)
def test_what_is_no_date_is_refused_with_the_nearest_form(text: str, nearest: str) -> None:
    assert nearest in refusal(text)


def test_a_refusal_shows_no_control_characters_and_no_overrides() -> None:
    assert "\u202e" not in refusal("2026\u202e")
    assert "\x1b" not in refusal("\x1b[31m2026")


def test_a_date_of_a_hundred_thousand_characters_is_refused_unread() -> None:
    assert refusal("9" * 100_000) == "A date has at most 100 characters; 100,000 were given. Shorten it."


def test_a_weekday_after_the_last_of_all_days_is_refused() -> None:
    assert "outside the years" in refusal("friday", date.max)
    assert "outside the years" in refusal("yesterday", date.min)


PIECES = """
from until to by about end- end of the 2026 0000 9999 2026-02 -29 Q1 Q5 H2 mid- early late spring next this week month
march may fri today eoy +3m -1w +9y / .. - . , ~ ? % X x 1 12 31 99 2 d w ago in days T before after
"""
phrases = st.lists(st.tuples(st.sampled_from(PIECES.split()), st.sampled_from(["", " "])).map("".join), max_size=6)


def tried(text: str, today: date) -> FuzzyDate | Refused:
    try:
        return fuzzy_date(text, today)
    except Refused as refused:
        return refused


@given(phrases.map("".join), st.dates(date(1000, 1, 1)))
@example("0000/1/1", TODAY)
@example("mid-0000", TODAY)
@example("before 0001", TODAY)
@example("after 9999", TODAY)
@example("000X", TODAY)
@example("31.2.0000", TODAY)
def test_what_is_understood_is_understood_again_and_what_is_not_leads_to_what_is(text: str, today: date) -> None:
    outcome = tried(text, today)

    if isinstance(outcome, FuzzyDate):
        assert tried(outcome.wording, TODAY) == outcome
        assert from_edtf(outcome.edtf).same_as(outcome)
    else:
        assert outcome.code == "bad-date"
        for form in re.split(", | or ", outcome.sentence.rpartition(" Write ")[2].removesuffix(".")):
            # "a day (2026-05-17)" names a form by an example of it.
            assert isinstance(tried(form.rpartition("(")[2].removesuffix(")"), date(2026, 5, 5)), FuzzyDate), form


@given(st.text(max_size=120))
def test_no_text_breaks_the_parser(text: str) -> None:
    outcome = tried(text, TODAY)

    assert isinstance(outcome, FuzzyDate) or outcome.code == "bad-date"
