"""Is what somebody typed made ready to be read, and refused when it is too long?"""

from __future__ import annotations

import pytest

from domain.refused import Refused
from domain.typed import typed


def test_white_space_of_any_kind_is_one_space_and_letters_are_composed() -> None:
    assert typed(" \t1\u00a0\u202f234 \n km\u2028", "bad", "It") == "1 234 km"
    assert typed("Tu\u0308rkiye", "bad", "It") == "T\u00fcrkiye"


def test_a_hundred_characters_are_not_too_long_and_one_more_is() -> None:
    assert typed("x" * 100, "bad-thing", "A thing") == "x" * 100
    with pytest.raises(Refused) as refused:
        typed("x" * 101, "bad-thing", "A thing")

    assert refused.value.code == "bad-thing"
    assert refused.value.sentence == "A thing has at most 100 characters; 101 were given. Shorten it."
