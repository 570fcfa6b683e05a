"""Does the machine's browser print a page, and is it said when it does not?"""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.refused import Refused
from exchange.report import printed as module
from exchange.report.printed import printed


def browser(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that is found as Chromium."""
    program = folder / "chromium"
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setattr(module, "BROWSERS", ("chromium",))


def test_what_the_browser_prints_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = (
        "for one; do case $one in --print-to-pdf=*) target=${one#*=};; file:*) page=${one#file://};; esac; done\n"
        'cat "$page" > "$target"'
    )
    browser(tmp_path, script, monkeypatch)
    assert printed("<p>Қазақстан") == "<p>Қазақстан".encode()


@pytest.mark.parametrize("script", ["exit 1", "sleep 5"])
def test_a_browser_that_prints_nothing_is_no_printer(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser(tmp_path, script, monkeypatch)
    monkeypatch.setattr(module, "PATIENCE", 0.5)
    with pytest.raises(Refused) as refused:
        printed("<p>")
    assert refused.value.code == "not-printed"


def test_without_a_browser_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused) as refused:
        printed("<p>")
    assert refused.value.code == "no-browser"
