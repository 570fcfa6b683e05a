"""Who publishes, and what if there is nothing to publish?"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest

from domain.refused import Refused
from exchange.iati import write_activities
from exchange.oc4ids import write_package
from exchange.outgoing import Outgoing
from exchange.published import Publisher, lean, publisher_of


@pytest.mark.parametrize(
    ("typed", "publisher"),
    [
        ("oc4ids-a1b2c3 = Programme office", Publisher("oc4ids-a1b2c3", "Programme office")),
        ("Programme office", Publisher("LEDGER", "Programme office")),
        (None, Publisher("LEDGER", "TITLE")),
    ],
)
def test_a_publisher_is_a_prefix_and_a_name_or_the_ledger_itself(
    real: Outgoing, typed: str | None, publisher: Publisher
) -> None:
    out = real._replace(ledger="LEDGER", title="TITLE")
    assert publisher_of(typed, out) == publisher


def test_a_publisher_has_a_name(real: Outgoing) -> None:
    with pytest.raises(Refused, match="publisher is blank"):
        publisher_of("prefix=", real)


@pytest.mark.parametrize("write", [write_package, write_activities])
def test_a_standard_without_an_empty_document_refuses_one(
    nothing: Outgoing, write: Callable[[Outgoing, BytesIO, Publisher], object]
) -> None:
    with pytest.raises(Refused) as refused:
        write(nothing, BytesIO(), Publisher("x", "X"))
    assert refused.value.code == "nothing-to-export"


def test_what_is_not_said_is_left_out() -> None:
    assert lean(a=None, b="", c=[], d={}, e=0, f=False) == {"e": 0, "f": False}
