"""Does docs/threats.md name every finding and every remark that an audit can make?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from ledger.verify_report import UNDECIDED
from tests.ledger.test_verify import ATTACKS

HOUSE = Path(__file__).parents[2]
PAGE = (HOUSE / "docs" / "threats.md").read_text("utf-8")
NAMED = set(re.findall(r"`([a-z0-9]+(?:-[a-z0-9]+)+)`", PAGE))


def added() -> Iterator[str]:
    """The codes with which our sources add findings and remarks."""
    for path in HOUSE.glob("src/ledger/verify*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "add" and len(node.args) == 3:
                code = node.args[1]
                if isinstance(code, ast.Constant):
                    yield str(code.value)


def test_every_code_is_named() -> None:
    assert set(added()) - NAMED == set()
    assert set().union(*ATTACKS.values()) - NAMED == set()
    assert set() == UNDECIDED - NAMED


def test_every_attack_of_the_tests_is_told() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and "`" in line]
    assert len(rows) >= 25
