"""A sealed ledger made once a module, and a copy of it for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ledger.audited import Vault, copied, vault


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    """Nobody changes it."""
    return vault(tmp_path_factory.mktemp("made"))


@pytest.fixture
def found(made: Vault, tmp_path: Path) -> Vault:
    """What an attacker gets into his hands, with what its auditor holds."""
    return copied(made, tmp_path)
