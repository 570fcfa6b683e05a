"""How does a report become one HTML file that asks nothing of anybody: no request, no address, no other file?"""

from __future__ import annotations

import gzip
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from html import escape
from typing import Any

import msgspec

from domain.refused import Refused
from exchange.report.clean import clean
from exchange.report.drawing import must_have_charts
from exchange.report.gather import Gathered
from exchange.report.sealed import Sealed
from exchange.report.speech import HEADS, HERE, SCRIPTS, read, speech
from exchange.report.telling import worked_out
from exchange.report.words import STATUSES, left, summary

HASH = "'sha256-{}'"


def must_have_templates() -> Any:
    """The library that fills templates. Refused: `no-report` where pledger was installed without it."""
    try:
        import jinja2
    except ImportError:
        raise Refused(
            "no-report", "Reports need the library Jinja2: install pledger with its extra, pledger[report]."
        ) from None
    return jinja2


def page(found: Gathered, sealed: Sealed | None) -> str:
    """The whole file. Refused: `no-report`, `no-charts`."""
    library = must_have_templates()
    made = library.Environment(
        autoescape=True,
        loader=library.FileSystemLoader(HERE),
        undefined=library.StrictUndefined,
        trim_blocks=True,
        finalize=lambda value: value if hasattr(value, "__html__") else clean(value),
    )
    safe = library.utils.markupsafe.Markup
    told, style = found.told, read("page.css")
    scripts = [charts_library(), f"(() => {{\n'use strict';\n{''.join(map(read, SCRIPTS))}}})();"]
    text: str = made.get_template("page.html").render(
        told=told,
        policy=policy(scripts, style),
        scripts=[safe(one) for one in scripts],
        notice=safe(read("notice.txt")),
        style=safe(style),
        facts=packed({"told": told, "statuses": STATUSES, "sealed": _sealed(sealed), "speech": speech(found.language)}),
        lines=None if sealed is None else safe(escape("\n".join(sealed.lines), quote=False)),
        summary=summary(found.board, told.on, found.language),
        language=found.language,
        word=found.language.word,
        heads=HEADS,
        rows=list(rows(found)),
        statuses=STATUSES,
    )
    return text


def policy(scripts: list[str], style: str) -> str:
    """What the browser lets the page do: run these scripts, wear this style, and nothing else (CSP level 3)."""
    ours = " ".join(HASH.format(_hash(one)) for one in scripts)
    return (
        f"default-src 'none'; script-src {ours}; style-src {HASH.format(_hash(style))}; base-uri 'none';"
        " form-action 'none'"
    )


def rows(found: Gathered) -> Iterator[dict[str, Any]]:
    """The board for those who read without scripts, the most urgent first."""
    order, on = [*STATUSES], found.told.on
    pressing = sorted(
        found.board.items(), key=lambda pair: (order.index(pair[1].status), pair[1].last or "9999", pair[0])
    )
    for key, one in pressing:
        why = worked_out(one.reasons[0], on) if one.reasons else ""
        yield {
            "key": key,
            "state": one,
            "shown": STATUSES[one.status],
            "left": left(one, on, found.language),
            "why": why,
        }


def packed(facts: Any) -> str:
    """As JSON, compressed (RFC 1952) and in base64, the same for the same facts."""
    content = msgspec.json.encode(clean(msgspec.to_builtins(facts)))
    return b64encode(gzip.compress(content, 9, mtime=0)).decode()


@cache
def charts_library() -> str:
    """Vega, Vega-Lite and Vega-Embed in one script that hangs itself on `window`. Refused: `no-charts`."""
    script: str = must_have_charts().javascript_bundle("window.vegaEmbed = vegaEmbed;")
    return script


def _sealed(sealed: Sealed | None) -> Any:
    return None if sealed is None else {"leaves": sealed.leaves, "note": sealed.note}


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()
