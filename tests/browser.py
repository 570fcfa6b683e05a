"""Which browser looks at pages in tests? The machine's Chromium; where there is none, Debian's is tried once."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from exchange.report.printed import browser as found

WITHOUT = "no Chromium on this machine"
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-gpu", "--no-first-run"]
KEPT = Path("build/report")
"""Where pictures of pages are kept."""


@cache
def chromium() -> str:
    """The program. Where there is none and none can be had, the test is skipped."""
    program = found() or _installed()
    if program is None:
        pytest.skip(WITHOUT)
    return program


def _installed() -> str | None:
    """Debian's, where we may install it; of several workers one does, and the others wait for it."""
    if os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get"):
        import fcntl  # late: Windows has none

        with Path(gettempdir(), "pledger-tests-chromium.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if found() is None:
                _install()
    return found()


def _install() -> None:
    for words in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        patient = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=600"]
        subprocess.run([*patient, *words], capture_output=True, check=False, timeout=900)


@contextmanager
def opened() -> Iterator[Browser]:
    """The browser, without a screen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        yield browser
        browser.close()


class Look:
    """A page that is looked at, with all that it complained of or asked for."""

    def __init__(self, browser: Browser, path: Path, at: str = "", *, width: int = 1200, dark: bool = False) -> None:
        scheme: Any = "dark" if dark else "light"
        self.page: Page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        self.wrong: list[str] = []
        self.page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("dialog", lambda dialog: self.wrong.append(dialog.message))
        self.page.on("request", lambda one: None if one.url.startswith("file:") else self.wrong.append(one.url))
        self.page.goto(f"{path.as_uri()}{at}")
        self.page.wait_for_selector("body[data-drawn]", timeout=60_000)

    def settle(self, at: int) -> None:
        """Until all of the page shows that moment."""
        self.page.wait_for_selector(f'body[data-drawn="{at}"]', timeout=60_000)

    def slide(self, at: int, handle: str = "now") -> None:
        """Drag a handle to a position."""
        self.page.eval_on_selector(
            f"#{handle}", "(one, at) => { one.value = at; one.dispatchEvent(new Event('input')); }", at
        )

    def text(self, selector: str) -> str:
        return self.page.inner_text(selector)

    def texts(self, selector: str) -> list[str]:
        return self.page.locator(selector).all_inner_texts()
