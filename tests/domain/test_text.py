"""Which texts and keys enter the ledger, and in which form?"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Literal

import pytest
from hypothesis import example
from hypothesis import given as hypothesis
from hypothesis import strategies as st

from domain.refused import Refused
from domain.text import (
    FORBIDDEN,
    KEY,
    LONGEST,
    check_key,
    check_text,
    choice,
    item,
    key,
    maybe,
    required,
    same_office,
    shown,
    slug,
    text,
)


def refusal(decide: object, *args: object) -> Refused:
    assert callable(decide)
    with pytest.raises(Refused) as caught:
        decide(*args)
    assert caught.value.sentence.endswith(".")
    return caught.value


# Texts.


@pytest.mark.parametrize(
    "typed",
    [
        "x [/]",
        "[link=https://example.org]x[/link]",
        "Xəzərin dibi ilə kabel",
        "Каспий түбімен кабель",
        "IĞDIR’da iskele, İzmir",
        "№ 7 – 20 %",
        "می\u200cخواهم",
        "a" * LONGEST,
    ],
)
def test_words_of_all_alphabets_and_markup_are_kept_as_typed(typed: str) -> None:
    assert text(typed, "title") == typed
    check_text(typed, "title")


def test_a_text_is_trimmed_and_brought_into_nfc() -> None:
    assert text(" \tCafe\u0301\n", "title") == "Caf\u00e9"


@pytest.mark.parametrize("bad", [*"\x00\x07\n\t\x1b\x7f\x80\x9f\u2028\u2029\u202a\u202e\u2066\u2069\ud800\udfff"])
def test_characters_that_cannot_be_shown_are_refused_by_name(bad: str) -> None:
    refused = refusal(text, f"a{bad}b", "title")
    assert refused.code == "bad-text"
    assert f"U+{ord(bad):04X}" in refused.sentence


@pytest.mark.parametrize("size", [LONGEST + 1, 100_000])
def test_a_text_that_is_too_long_is_refused(size: int) -> None:
    refused = refusal(text, "я" * size, "title")
    assert refused.code == "bad-text"
    assert f"{size:,} characters; at most 10,000" in refused.sentence


def test_the_length_counted_is_that_of_the_text_as_it_is_stored() -> None:
    assert len(text("e\u0301" * LONGEST, "title")) == LONGEST
    assert refusal(text, "\u0958" * LONGEST, "title").code == "bad-text"  # NFC makes two of each


@pytest.mark.parametrize("blank", ["", " ", "\u00a0\u2003", "\u200b\u2060", "\ufeff", " \u00ad "])
def test_what_shows_nothing_is_blank(blank: str) -> None:
    refused = refusal(text, blank, "title")
    assert refused.code == "blank"
    assert refused.sentence == "The title is blank. Write it out."


def test_what_may_be_left_out_is_checked_where_it_is_given() -> None:
    assert maybe(None, "note") is None
    assert maybe(" seen ", "note") == "seen"
    assert refusal(maybe, " ", "note").code == "blank"


@pytest.mark.parametrize("reason", [None, "", " \n\t", "\u200b"])
def test_a_reason_is_never_blank(reason: str | None) -> None:
    refused = refusal(required, reason)
    assert refused.code == "no-reason"
    assert "--because" in refused.sentence


def test_a_reason_is_a_text_like_any_other() -> None:
    assert required(" permit late ") == "permit late"
    assert refusal(required, "late\u202e").code == "bad-text"


def passes(check: Callable[[], bool | None]) -> bool:
    try:
        return check() is not False
    except Refused:
        return False


@hypothesis(st.text())
@example("\u212b")
@example(" a")
@example("a ")
@example("e\u0301")
def test_a_stored_text_passes_exactly_when_entry_would_have_left_it_alone(value: str) -> None:
    assert passes(lambda: check_text(value, "title")) is passes(lambda: text(value, "title") == value)


@hypothesis(st.text())
def test_what_was_made_fit_is_fit(value: str) -> None:
    try:
        clean = text(value, "note")
    except Refused:
        return
    assert text(clean, "note") == clean
    assert not FORBIDDEN.search(clean)


def test_a_stored_text_that_is_too_long_is_refused_also_in_ascii() -> None:
    assert refusal(check_text, "a" * (LONGEST + 1), "note").code == "bad-text"


# Keys.


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("AZ", "az"),
        (" Oil-Transit ", "oil-transit"),
        ("İZMİR", "izmir"),
        ("IĞDIR".replace("Ğ", "g"), "igdir"),
        ("kıyı", "kiyi"),
        ("7th", "7th"),
        ("a" * 64, "a" * 64),
        ("\u212aey", "key"),  # the Kelvin sign
    ],
)
def test_capitals_of_a_key_are_lowered_and_a_dotted_i_breaks_none(typed: str, stored: str) -> None:
    assert key(typed) == stored
    check_key(stored, "key")


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("oil transit", "oil-transit"),
        ("-a", "a"),
        ("a_b", "a-b"),
        ("Xəzər", "xezer"),
        ("çay/şəhər", "cay-seher"),
        ("a" * 65, "a" * 64),
        ("", ""),
        ("кабель", ""),
        ("a\u202eb", "a-b"),
        ("٣", ""),
    ],
)
def test_what_is_no_slug_is_refused_with_the_nearest_one(typed: str, near: str) -> None:
    refused = refusal(key, typed)
    assert refused.code == "bad-key"
    assert ("Try " in refused.sentence) is bool(near)
    assert not near or f"Try {near}." in refused.sentence
    assert not FORBIDDEN.search(refused.sentence)


@pytest.mark.parametrize("stored", ["AZ", " az", "", "a/b", "az\n", "a" * 65, "-a", "é"])
def test_a_stored_key_is_not_made_fit(stored: str) -> None:
    assert refusal(check_key, stored, "tag").code == "bad-key"


def test_an_item_is_a_commitment_or_a_milestone() -> None:
    assert item("Fibre") == "fibre"
    assert item("Fibre/Landing-Aktau") == "fibre/landing-aktau"
    assert "milestone key" in refusal(item, "fibre/").sentence
    assert refusal(item, "/landing").code == "bad-key"
    assert refusal(item, "a/b/c").code == "bad-key"


@hypothesis(st.text())
@example("i̇")
def test_the_slug_of_anything_is_a_key_or_nothing(value: str) -> None:
    near = slug(value)
    assert not near or KEY.fullmatch(near)


# Offices, choices, quotations.


@pytest.mark.parametrize(
    "other",
    [
        "Programme Office",
        "  programme office ",
        "PROGRAMME  OFFICE",
        "programme\u00a0office",
        "programme\u200b office",
        "\ufeffprogramme office",
    ],
)
def test_an_office_is_the_same_in_any_spelling(other: str) -> None:
    assert same_office("programme office", other)


def test_offices_are_compared_in_nfc_and_by_case_folding() -> None:
    assert same_office("Straße", "STRASSE")
    assert same_office(unicodedata.normalize("NFD", "Énergie"), "énergie")
    assert not same_office("programme-office", "steering-board")


def test_a_choice_is_one_word_of_the_list() -> None:
    assert choice(Literal["state", "company"], " State ", "party kind") == "state"
    refused = refusal(choice, Literal["state", "company"], "firm", "party kind")
    assert refused.code == "bad-choice"
    assert refused.sentence == "'firm' is no party kind. It is one of: state, company."


def test_a_quotation_is_short_and_shows_what_is_invisible() -> None:
    assert shown("a\u202eb") == "'a\\u202eb'"
    assert shown("x" * 61) == "'" + "x" * 59 + "…'"
