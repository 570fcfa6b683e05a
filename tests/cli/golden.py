"""What did a command print last time? UPDATE_GOLDEN=1 writes the files anew, to be read before they are kept."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def golden(name: str, text: str) -> None:
    """Fails where a text is not that of its file."""
    path = FOLDER / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8"), f"{path.name}: UPDATE_GOLDEN=1 writes it anew"
