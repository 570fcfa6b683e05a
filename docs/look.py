"""Take the picture of a report that the README shows: `python -m docs.look`. It needs Chromium."""

from __future__ import annotations

import tempfile
from contextlib import chdir
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import sync_playwright

from cli.main import run
from cli.settings import Edge
from docs.pictures import HERE, STORY
from exchange.report.printed import browser

WHEN = "#124"
SIZE = {"width": 1200, "height": 1230}


def main() -> None:
    """The page of the made-up story, as it was known in the middle of it."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        edge = Edge(clock=lambda: datetime(2028, 7, 1, 6, tzinfo=UTC), environment={"XDG_CONFIG_HOME": folder})
        run(["import", str(STORY)], edge)
        run(["report", "-o", "report.html", "--title", "Azerbaijan-Kazakhstan commitments: an illustration"], edge)
        _take(Path(folder, "report.html"), HERE.parent / "report.png")


def _take(page: Path, to: Path) -> None:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        look = chromium.new_page(viewport=SIZE, device_scale_factor=0.75)  # type: ignore[arg-type]  # a size is one
        look.goto(f"{page.as_uri()}{WHEN}")
        look.wait_for_selector("body[data-drawn]")
        look.screenshot(path=to)
        chromium.close()


if __name__ == "__main__":
    main()
