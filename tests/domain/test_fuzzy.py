"""Is a date that is known only roughly read, bounded and compared as EDTF says? Two EDTF parsers judge it."""

from __future__ import annotations

import random
from datetime import date, timedelta

import msgspec
import pytest
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from edtf_validate.valid_edtf import is_valid
from hypothesis import given
from hypothesis import strategies as st

from domain.fuzzy import FuzzyDate, day, from_edtf, last_day, slip
from domain.refused import Refused

PARTS = [f"{month:02}" for month in range(1, 13)] + ["33", "34", "35", "36", "40", "41"]

days = st.dates()
years = st.integers(1, 9999).map("{:04}".format)
months = st.builds("{:04}-{:02}".format, st.integers(1, 9999), st.integers(1, 12))
sub_years = st.builds("{}-{}".format, years, st.sampled_from(PARTS[12:]))
marked = st.builds("{}{}".format, years | months | days.map(str), st.sampled_from("~?%"))
sides = years | months | days.map(str) | sub_years
spans = st.builds("{}/{}".format, sides | st.just(".."), sides | st.just(".."))


def accepted(text: str) -> FuzzyDate | None:
    try:
        return from_edtf(text)
    except Refused:
        return None


fuzzy_dates = (sides | marked | spans).map(accepted).filter(lambda fuzzy: fuzzy is not None)


# Reading.


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2025-03", "2025-03-01", "2025-03-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-05-17", "2026-05-17", "2026-05-17"),
        ("2026-33", "2026-01-01", "2026-03-31"),
        ("2026-34", "2026-04-01", "2026-06-30"),
        ("2026-35", "2026-07-01", "2026-09-30"),
        ("2026-36", "2026-10-01", "2026-12-31"),
        ("2026-40", "2026-01-01", "2026-06-30"),
        ("2026-41", "2026-07-01", "2026-12-31"),
        ("2022/2027", "2022-01-01", "2027-12-31"),
        ("2022-05-17/2027-03", "2022-05-17", "2027-03-31"),
        ("2026-05-31/2026-05", "2026-05-31", "2026-05-31"),
        ("2022/..", "2022-01-01", None),
        ("../2027", None, "2027-12-31"),
        ("2025-10~", "2025-10-01", "2025-10-31"),
        ("2026?", "2026-01-01", "2026-12-31"),
        ("2026-05-17%", "2026-05-17", "2026-05-17"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
    ],
)
def test_an_edtf_string_has_a_first_and_a_last_day(text: str, earliest: str | None, latest: str | None) -> None:
    fuzzy = from_edtf(text)

    assert (fuzzy.earliest and str(fuzzy.earliest), fuzzy.latest and str(fuzzy.latest)) == (earliest, latest)
    assert (fuzzy.edtf, fuzzy.wording) == (text, text)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("2026/2026", "2026"),
        ("2026-33/2026-33", "2026-33"),
        ("2026-33/2026-35", "2026-01/2026-09"),
        ("2026-41/..", "2026-07/.."),
        ("../2026-40", "../2026-06"),
    ],
)
def test_what_edtf_can_say_in_two_ways_is_kept_in_one(text: str, canonical: str) -> None:
    fuzzy = from_edtf(text)

    assert fuzzy.edtf == canonical
    assert fuzzy.wording == text
    assert fuzzy.same_as(from_edtf(canonical))


def test_the_words_that_were_typed_are_kept() -> None:
    assert from_edtf("2026", "end-2026").wording == "end-2026"
    assert from_edtf("2026", "").wording == ""


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("2026-02-29", "Write 2026-02-28 or 2026-03-01."),
        ("2026-04-31", "Write 2026-04-30 or 2026-05-01."),
        ("2026-12-32", "Write 2026-12-31 or 2027-01-01."),
        ("9999-12-32", "Write 9999-12-31."),
        ("2026-05-00", "Write 2026-05-01."),
        ("2026-13-01", "Write 2026-12-31."),
        ("2026-00-01", "Write 2026-12-31."),
        ("2026-13", "Write 2026-12 or 2026."),
        ("2026-21", "Write 2026-12 or 2026."),
        ("2022-27", "Write 2022-12, 2022/2027 or 2022."),
        ("2000-27", "Write 2000-12, 2000/2027 or 2000."),
        ("2026-26", "Write 2026-12 or 2026."),
        ("2026-33~", "Write Q1 2026 or 2026~."),
        ("2026-41?", "Write H2 2026 or 2026?."),
        ("0000", "years run from 0001 to 9999"),
        ("0000-05-17", "years run from 0001 to 9999"),
        ("2027/2026", "it ends before it begins. Write 2026/2027."),
        ("2026-05-17/2026-04", "Write 2026-04/2026-05-17."),
        ("2022/", "Write 2022/.. or 2022."),
        ("/2027", "Write ../2027 or 2027."),
        ("../..", "a span lies between two different dates"),
        ("2026~/2026~", "a span lies between two different dates"),
        ("2022~/2027", "Write 2022/2027."),
        ("2022/2027?", "Write 2022/2027."),
        ("2022/2027/2030", "not understood"),
        ("2026-5", "not understood"),
        ("2026-05-17T12:00:00", "not understood"),
        ("202X", "not understood"),
        ("-2026", "not understood"),
        ("Y20260", "not understood"),
        ("[2026,2027]", "not understood"),
        ("٢٠٢٦", "not understood"),
        (" 2026", "not understood"),
        ("2026\n", "not understood"),
        ("2027~/2022?", "Write 2022/2027."),
        ("2022~/", "Write 2022/.. or 2022~."),
        ("../", "a span lies between two different dates"),
        ("/", "a span lies between two different dates"),
        ("~/2026", "not understood"),
        ("", "not understood"),
    ],
)
def test_what_is_no_date_of_the_profile_is_refused_with_the_nearest_one(text: str, nearest: str) -> None:
    with pytest.raises(Refused) as refused:
        from_edtf(text)

    assert refused.value.code == "bad-date"
    assert nearest in refused.value.sentence


def test_a_refusal_quotes_what_was_typed_and_not_what_it_was_read_as() -> None:
    with pytest.raises(Refused, match="'about Q1 2026' is not taken as a date"):
        from_edtf("2026-33~", "about Q1 2026")


# The judges.


def generated(count: int) -> list[str]:
    """Strings in the shapes of the profile, a good part of them impossible; the same in every run."""
    dice = random.Random(8601)
    years = [0, 1, 4, 999, 1582, 1900, 2000, *range(2020, 2033), 9999]

    def year() -> str:
        return f"{dice.choice(years):04}"

    def month() -> str:
        return f"{year()}-{dice.randrange(14):02}"

    def exact() -> str:
        return f"{year()}-{dice.randrange(1, 13):02}-{dice.choice([0, 1, 15, 28, 29, 30, 31, 32]):02}"

    def simple() -> str:
        return dice.choice((year, month, exact, exact))()

    def part() -> str:
        return f"{year()}-{dice.choice(['33', '34', '35', '36', '40', '41'])}"

    def with_mark() -> str:
        return simple() + dice.choice("~?%")

    def span() -> str:
        return f"{dice.choice((simple(), simple(), '..'))}/{dice.choice((simple(), simple(), '..'))}"

    shapes = [simple] * 6 + [with_mark] * 6 + [span] * 8 + [part]
    found: set[str] = set()
    while len(found) < count:
        found.add(dice.choice(shapes)())
    return sorted(found)


def bounds_by_edtf(text: str) -> tuple[str | None, str | None] | None:
    """First and last day by the `edtf` package, which lets 29 February 2026 pass; None where it refuses."""
    try:
        parsed = parse_edtf(text)
    except EDTFParseException:
        return None
    left, _, right = text.partition("/")
    lower = None if left == ".." else "{:04}-{:02}-{:02}".format(*parsed.lower_strict())
    return lower, None if right == ".." else "{:04}-{:02}-{:02}".format(*parsed.upper_strict())


def wrongly_accepted(text: str, bounds: tuple[str | None, str | None]) -> bool:
    """Whether a string that both judges accept is outside the ledger's calendar: no such day, no year 0, no bound."""
    try:
        return [date.fromisoformat(bound) for bound in bounds if bound] == []
    except ValueError:
        return True


def test_where_both_judges_accept_no_bound_differs_or_they_are_wrong() -> None:
    same = wrong = 0
    for text in generated(2000):
        ours = accepted(text)
        # The slower judge is asked only where the other accepts.
        theirs = bounds_by_edtf(text) if is_valid(text) else None
        if theirs is None:
            # edtf-validate compares "2026-03" with "2026" letter by letter and so calls 2026-03/2026 reversed.
            left, _, right = text.partition("/")
            assert ours is None or left.startswith(right), text
        elif ours is None:
            assert wrongly_accepted(text, theirs), text
            wrong += 1
        else:
            assert theirs == (ours.earliest and str(ours.earliest), ours.latest and str(ours.latest)), text
            same += 1

    assert same > 800
    assert wrong > 20


@pytest.mark.parametrize("text", ["2026-02-29", "1900-02-29~", "0000", "../.."])
def test_what_both_judges_accept_wrongly_is_refused(text: str) -> None:
    assert is_valid(text)
    assert parse_edtf(text)
    assert accepted(text) is None


@pytest.mark.parametrize("text", ["2026-33/2026-35", "2026-41/..", "2026/2026", "2026-40/2027-36"])
def test_what_is_rewritten_is_then_edtf_to_both_judges(text: str) -> None:
    ours = from_edtf(text)

    assert is_valid(ours.edtf)
    assert bounds_by_edtf(ours.edtf) == (str(ours.earliest), ours.latest and str(ours.latest))


# What a date says of itself.


@given(fuzzy_dates)
def test_a_canonical_date_is_read_as_itself(fuzzy: FuzzyDate) -> None:
    again = from_edtf(fuzzy.edtf)

    assert again.same_as(fuzzy)
    assert again.edtf == again.wording


@given(fuzzy_dates)
def test_a_date_survives_json_with_all_four_keys(fuzzy: FuzzyDate) -> None:
    line = msgspec.json.encode(fuzzy)

    assert list(msgspec.json.decode(line)) == ["earliest", "edtf", "latest", "wording"]
    assert msgspec.json.decode(line, type=FuzzyDate) == fuzzy


def test_an_open_side_is_stored_as_null() -> None:
    assert (
        msgspec.json.encode(from_edtf("2022/..", "from 2022"))
        == b'{"earliest":"2022-01-01","edtf":"2022/..","latest":null,"wording":"from 2022"}'
    )


@pytest.mark.parametrize(
    "stored",
    [
        '{"earliest":null,"edtf":"../..","latest":null,"wording":"ever"}',
        '{"earliest":"2027-01-01","edtf":"2027/2026","latest":"2026-12-31","wording":"2027/2026"}',
        '{"earliest":"2026-01-01","edtf":"2026","latest":"2026-12-31"}',
        '{"earliest":"2026-02-29","edtf":"2026-02-29","latest":"2026-02-29","wording":"2026-02-29"}',
    ],
)
def test_a_stored_date_that_cannot_be_is_not_decoded(stored: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(stored, type=FuzzyDate)


def test_the_stored_bounds_are_facts_and_not_worked_out_again() -> None:
    stored = '{"earliest":"2026-01-01","edtf":"2026-40","latest":"2026-07-31","wording":"H1 2026"}'

    assert msgspec.json.decode(stored, type=FuzzyDate).latest == date(2026, 7, 31)


def test_two_dates_are_the_same_whatever_their_words() -> None:
    end = from_edtf("2026", "end-2026")

    assert end.same_as(from_edtf("2026", "by 2026"))
    assert not end.same_as(from_edtf("2026~", "end-2026"))
    assert not end.same_as(FuzzyDate(earliest=None, edtf="2026", latest=end.latest, wording="end-2026"))
    assert not end.same_as(FuzzyDate(earliest=end.earliest, edtf="2026", latest=None, wording="end-2026"))


@pytest.mark.parametrize(("text", "approximate"), [("2026~", True), ("2026%", True), ("2026?", False), ("2026", False)])
def test_doubt_alone_does_not_make_a_date_approximate(text: str, approximate: bool) -> None:
    assert from_edtf(text).approximate is approximate


@pytest.mark.parametrize(
    ("text", "length"),
    [("2026", 365), ("2024", 366), ("2026-05-17", 1), ("2025-10~", 31), ("2022/..", None), ("../2027", None)],
)
def test_the_length_counts_both_ends(text: str, length: int | None) -> None:
    assert from_edtf(text).length == length


@pytest.mark.parametrize(
    ("text", "grace_end"),
    [
        ("2025-10~", date(2025, 12, 1)),
        ("2026%", date(2027, 12, 31)),
        ("2026-05-17~", date(2026, 5, 18)),
        ("2026-05-17", date(2026, 5, 17)),
        ("2026?", date(2026, 12, 31)),
        ("2022/2027", date(2027, 12, 31)),
        ("../2027", date(2027, 12, 31)),
        ("2022/..", None),
        ("9999~", date.max),
    ],
)
def test_an_approximate_date_has_its_own_length_as_grace(text: str, grace_end: date | None) -> None:
    assert from_edtf(text).grace_end == grace_end


@pytest.mark.parametrize(
    ("text", "deadline", "span"),
    [
        ("2026", "by 2026-12-31", "2026-01-01 to 2026-12-31"),
        ("2026-33", "by 2026-03-31", "2026-01-01 to 2026-03-31"),
        ("2026-05-17", "on 2026-05-17", "on 2026-05-17"),
        ("2022/2027", "2022-01-01 to 2027-12-31", "2022-01-01 to 2027-12-31"),
        ("2022/..", "from 2022-01-01", "from 2022-01-01"),
        ("../2027", "until 2027-12-31", "until 2027-12-31"),
        ("2026~", "about 2026, by 2026-12-31", "2026-01-01 to 2026-12-31"),
        ("2026-05-17~", "about 2026-05-17", "on 2026-05-17"),
        ("2026?", "perhaps 2026, by 2026-12-31", "2026-01-01 to 2026-12-31"),
        ("2026-05%", "perhaps about 2026-05, by 2026-05-31", "2026-05-01 to 2026-05-31"),
    ],
)
def test_what_was_understood_is_said_as_a_deadline_and_as_a_span(text: str, deadline: str, span: str) -> None:
    fuzzy = from_edtf(text)

    assert fuzzy.described() == deadline
    assert fuzzy.spanned() == span


@given(days)
def test_one_day_is_the_same_by_name_and_by_edtf(exact: date) -> None:
    assert day(exact) == from_edtf(exact.isoformat())
    assert day(exact).length == 1


# Slips.


def test_a_slip_goes_from_last_day_to_last_day() -> None:
    assert slip(from_edtf("2026"), from_edtf("2027-33")) == 90
    assert slip(from_edtf("2027-33"), from_edtf("2026")) == -90
    assert slip(from_edtf("2026"), from_edtf("2026-36")) == 0


def test_a_slip_needs_a_last_day_on_both_sides() -> None:
    dated, endless = from_edtf("2026"), from_edtf("2022/..")

    assert slip(endless, dated) is None
    assert slip(dated, endless) is None
    assert slip(None, dated) is None
    assert slip(dated, None) is None


@given(days)
def test_the_last_day_of_a_month_is_followed_by_another_month(exact: date) -> None:
    last = last_day(exact.year, exact.month)

    assert last.month == exact.month
    assert last == date.max or (last + timedelta(days=1)).day == 1
