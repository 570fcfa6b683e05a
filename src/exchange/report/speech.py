"""Which words does the page say by itself, and how are they said in a language?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from domain.assess.flags import FLAGS
from exchange.language import Language
from exchange.report.palette import OUTCOMES, STANDINGS
from exchange.report.words import STATUSES

HERE = Path(__file__).parent / "page"
SCRIPTS = ("data.js", "dom.js", "board.js", "details.js", "parts.js", "charts.js", "compare.js", "check.js", "time.js")
"""In the order in which they stand in the page; they share one scope."""
TEMPLATES = ("page.html", "report.md")
SAID = re.compile(r"\b(word|many)\('([^']+)'(?:, '([^']+)')?[,)]")
"""How words of the catalogue stand in scripts and templates: `word('due')`, `many('{count} event', …)`."""
HEADS = ("commitment", "status", "due", "left", "reached", "why")
"""Of the board; the page sorts by them."""
MORE = (*HEADS, "milestone", "period", "due in force", "first due", *(name.replace("-", " ") for name in STANDINGS))
"""Words that scripts say of what they find in rows."""


def read(name: str) -> str:
    """A part of the page."""
    return (HERE / name).read_text("utf-8")


def said(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The words in these parts: each with an empty text behind it, or with how many of it are called."""
    for kind, text, second in (found for name in names for found in SAID.findall(read(name))):
        yield text, second if kind == "many" else ""


def speech(language: Language) -> dict[str, Any]:
    """The words of the scripts in a language; in English they say what they hold."""
    if language.code == "en":
        return {"lang": "en", "words": {}, "many": {}, "status": {}, "flag": {}, "calendar": None}
    found = dict(said(SCRIPTS))
    return {
        "lang": language.code,
        "words": {text: language.word(text) for text in (*MORE, *(one for one, many in found.items() if not many))},
        "many": {one: language.forms(one, many) for one, many in found.items() if many},
        "status": {code: language.word(code, "status") for code in (*STATUSES, *OUTCOMES)},
        "flag": {code: language.word(code, "flag") for code in FLAGS},
        "calendar": language.calendar(),
    }
