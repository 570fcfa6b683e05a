"""Do all judges find all stories sound in all formats, and do they find what is planted? One table: `make judges`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.exchange.judges import Format
from tests.exchange.judges.formats import FORMATS
from tests.exchange.standing import offices

HEAD = ("format", "judge", "real story", "illustration", "oddities", "planted fault")
WIDTHS = (14, 14, 12, 14, 10, 20)


def rows() -> Iterator[tuple[str, ...]]:
    """What each judge says."""
    with tempfile.TemporaryDirectory() as folder:
        stories = offices(Path(folder))
        for form in FORMATS:
            if not form.judged:
                yield form.name, *(["-"] * 4), "needs PLEDGER_SCHEMAS"
                continue
            files = [form.write(office) for office in stories.values()]
            for judge in form.judges:
                yield form.name, judge, *(_verdict(form, judge, file) for file in files), _planted(form, judge, files)


def _verdict(form: Format, judge: str, file: Path) -> str:
    found = form.judges[judge](file)
    return f"{len(found)} FINDINGS" if found else f"sound, {file.stat().st_size // 1024} K"


def _planted(form: Format, judge: str, files: list[Path]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        return "found" if form.judges[judge](form.spoilt(files[1], judge, Path(folder))) else "NOT FOUND"


def main() -> int:
    """Print the table; 1 where somebody found something, or did not."""
    good = True
    for row in (HEAD, *rows()):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, WIDTHS, strict=True)).rstrip(), flush=True)  # noqa: T201 - a table is its output
        good = good and not any(word in cell for cell in row for word in ("FINDINGS", "NOT FOUND"))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
