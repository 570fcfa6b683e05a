"""Is every refusal provoked by some test, and explained on its page?"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from docs.generate import refusals

TESTS = Path(__file__).parent


def words_of(path: Path) -> set[str]:
    """The texts in a test file, and the words in them, without those of comments."""
    tree = ast.parse(path.read_bytes())
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return {*texts, *(word.strip("[]().,:;`\"'") for text in texts for word in text.split())}


@pytest.fixture(scope="module")
def tried() -> set[str]:
    return {word for path in TESTS.rglob("*.py") for word in words_of(path)}


@pytest.mark.parametrize("code", sorted(refusals()))
def test_some_test_provokes_the_refusal(code: str, tried: set[str]) -> None:
    assert code in tried


def test_a_code_that_no_test_knows_would_be_found(tried: set[str]) -> None:
    assert "-".join(("never", "raised")) not in tried


def test_the_codes_of_the_command_line_are_among_them() -> None:
    assert {"no-actor", "time-on-recording", "did-you-mean", "position-or-year", "bad-length", "usage"} <= set(
        refusals()
    )


@pytest.mark.parametrize("code", sorted(refusals()))
def test_a_code_is_made_of_small_words(code: str) -> None:
    assert code.replace("-", "a").isalpha()
    assert code == code.lower()
