"""Write the catalogues of words anew from what the program says, and compile them. `--check` only looks for faults.

A new word comes into each catalogue empty, to be filled in by hand; until then this fails. Who adds a word marks it
`# unreviewed`; a native speaker who has read it takes the mark away.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from cli.score import NAMES, heading_of
from cli.timeline_chart import LEGEND
from domain.assess import STATUSES
from domain.assess.flags import FLAGS
from domain.units import UNITS
from exchange.columns import KINDS
from exchange.language import FOLDER, FOREIGN
from exchange.report import speech
from exchange.report.marks import AIMS, PERS
from exchange.report.palette import DAYS, OUTCOMES, WINDOWS
from projections.score import STANDINGS

SOURCES = Path(__file__).parents[1] / "src"
MARK = "unreviewed"
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
"""The same bytes for the same words."""
HOLE = re.compile(r"\{\w+\}")


class Said(NamedTuple):
    """A text of the catalogue: its context, and how many of it are called, where it is counted."""

    text: str
    context: str = ""
    many: str = ""


@cache
def texts() -> list[Said]:
    """All that the program says in the five languages, each once."""
    found = {(one.context, one.text): one for one in (*_listed(), *_written(), *_in_pages()) if one.text}
    return [found[place] for place in sorted(found)]


def _listed() -> Iterator[Said]:
    """What stands in tables of the program."""
    yield from (Said(name, "status") for name in (*STATUSES, *OUTCOMES))
    yield from (Said(name, "flag") for name in FLAGS)
    yield from (Said(name, "sheet") for name in KINDS)
    yield from (Said(one.code, "unit") for one in UNITS.values() if not one.money and one.code not in ("%", "one"))
    names = (*NAMES.values(), *map(heading_of, STANDINGS), *AIMS.values(), *PERS.values(), LEGEND, "weekend")
    marks = (one[0] for one in (*WINDOWS.values(), *DAYS.values()))
    yield from map(Said, (*names, *marks, *speech.MORE, *(column for kind in KINDS.values() for column in kind)))


def _written() -> Iterator[Said]:
    """What calls of `word`, `counted` and `told_days` say, and the heads of tables."""
    for path in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call):
                yield from _called(node)
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "").endswith("HEAD"):
                yield from _head(node.value)


def _called(call: ast.Call) -> Iterator[Said]:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    words = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    if name in ("word", "told_days") and words:
        if isinstance(call.args[0], ast.Constant):
            yield Said(*words[:2])
    elif name == "counted" and len(words) == 2:
        yield Said(words[0], "", words[1])
    elif name in ("table", "figures") and call.args:
        yield from _head(call.args[0])


def _head(names: ast.expr) -> Iterator[Said]:
    for one in getattr(names, "elts", ()):
        if isinstance(one, ast.Constant):
            yield Said(str(one.value))


def _in_pages() -> Iterator[Said]:
    yield from (Said(text, "", many) for text, many in speech.said((*speech.SCRIPTS, *speech.TEMPLATES)))


def catalogue(language: str) -> Catalog:
    """The catalogue of a language, with what was translated before and all that is said now."""
    path = FOLDER / f"{language}.po"
    before = read_po(io.BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog(locale=language)
    made = Catalog(
        locale=language,
        project="pledger",
        version="0.1.0",
        header_comment=f"# The words of pledger in {language}; docs/languages.md says how to review them.",
        creation_date=WRITTEN,
        revision_date=WRITTEN,
        last_translator="see docs/languages.md",
        language_team="none",
        msgid_bugs_address="see docs/languages.md",
        fuzzy=False,
    )
    for one in texts():
        old = before.get(one.text, one.context or None)
        translated: Any = old.string if old else ("",) * made.num_plurals if one.many else ""
        made.add(
            (one.text, one.many) if one.many else one.text,
            translated,
            context=one.context or None,
            user_comments=old.user_comments if old else [MARK],
        )
    return made


def as_text(made: Catalog) -> bytes:
    """As `.po`."""
    file = io.BytesIO()
    write_po(file, made, width=120)
    return file.getvalue()


def compiled(made: Catalog) -> bytes:
    """As `.mo`, which gettext reads."""
    file = io.BytesIO()
    write_mo(file, made)
    return file.getvalue()


def faults(language: str, made: Catalog) -> Iterator[str]:
    """What is missing in a language, and what fills in other holes than the English text has."""
    for message in made:
        if not message.id:
            continue
        ids, strings = _all(message.id), _all(message.string)
        if not all(strings):
            yield f"{language}: {ids[0]!r} is not translated"
        elif any(set(HOLE.findall(one)) != set(HOLE.findall(ids[-1])) for one in strings):
            yield f"{language}: {ids[0]!r} has other names in braces"


def _all(texts: Any) -> tuple[str, ...]:
    return tuple(texts) if isinstance(texts, (tuple, list)) else (texts or "",)


def stale(language: str, made: Catalog) -> Iterator[str]:
    """The files that are not what they would be."""
    for ending, content in (("po", as_text(made)), ("mo", compiled(made))):
        path = FOLDER / f"{language}.{ending}"
        if not path.exists() or path.read_bytes() != content:
            yield f"{path.name} is not up to date: run make i18n"


def main(check: bool) -> int:
    """Write, or with `check` only compare; 1 where something is wrong."""
    wrong: list[str] = []
    for language in FOREIGN:
        made = catalogue(language)
        wrong += faults(language, made)
        if check:
            wrong += stale(language, made)
        else:
            (FOLDER / f"{language}.po").write_bytes(as_text(made))
            (FOLDER / f"{language}.mo").write_bytes(compiled(made))
    for one in wrong:
        print(one)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
