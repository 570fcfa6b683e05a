"""How does a page become a PDF? Printed by the browser of the machine, if it has one."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from domain.refused import Refused

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PATIENCE = 180
"""Seconds that printing may take."""


def browser() -> str | None:
    """A browser that can print without a screen; None where there is none."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def printed(page: str) -> bytes:
    """The page as PDF on A4, as a browser prints it. Refused: `no-browser`, `not-printed`."""
    program = browser()
    if program is None:
        raise Refused(
            "no-browser", "A PDF is printed by Chromium, and none was found. Install it, or write --format html."
        )
    with TemporaryDirectory() as folder:
        source, target = Path(folder, "report.html"), Path(folder, "report.pdf")
        source.write_text(page, "utf-8")
        _print(program, Path(folder), source, target)
        if not target.exists():
            raise Refused("not-printed", "The browser printed nothing. Write --format html and print it yourself.")
        return target.read_bytes()


def _print(program: str, folder: Path, source: Path, target: Path) -> None:
    options = [
        *("--headless", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--no-pdf-header-footer"),
        *("--virtual-time-budget=20000", f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={target}"),
        *(["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []),
    ]
    try:
        subprocess.run(  # noqa: S603 - the browser that the machine's own path names, and a file of ours
            [program, *options, source.as_uri()], capture_output=True, check=False, timeout=PATIENCE
        )
    except (OSError, subprocess.TimeoutExpired):
        return
