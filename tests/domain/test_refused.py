"""Has every refusal of the domain its code, its sentence and its test?"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from domain.refused import Refused

HOUSE = Path(__file__).parents[2]


def raised() -> set[str]:
    """The codes that the domain refuses with."""
    codes: set[str] = set()
    for path in (HOUSE / "src/domain").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused":
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    codes.add(str(first.value))
    return codes


@pytest.mark.parametrize("code", sorted(raised()))
def test_a_test_names_the_code(code: str) -> None:
    tests = "".join(path.read_text("utf-8") for path in sorted(Path(__file__).parent.glob("test_*.py")))
    assert f'"{code}"' in tests


def test_a_refusal_carries_its_code_and_reads_as_its_sentence() -> None:
    refused = Refused("bad-key", "'A B' is no key.")
    assert (refused.code, refused.sentence, str(refused)) == ("bad-key", "'A B' is no key.", "'A B' is no key.")
