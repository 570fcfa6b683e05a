"""How does a chart become a picture by itself, without a browser?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import pairwise
from string import ascii_lowercase
from typing import Any

from domain.assess import Assessed
from domain.refused import Refused
from exchange.language import ENGLISH, Language
from exchange.report.charts import spec
from exchange.report.clean import clean
from exchange.report.marks import FIELDS, Row, pace_rows, score_rows, timeline_rows, trend_rows
from exchange.report.palette import FONTS, INK, PAPER, Spec

ROWS = {"timeline": timeline_rows, "trend": trend_rows, "pace": pace_rows, "score": score_rows}
MOST = 6
"""Items in one trend, at most."""
DAYS = frozenset({"first", "last", "day", "until", "expected", "due"})
"""Fields that hold days."""


def must_have_charts() -> Any:
    """The library that draws. Refused: `no-charts` where pledger was installed without it."""
    try:
        import vl_convert
    except ImportError:
        raise Refused(
            "no-charts", "Charts need the library vl-convert: install pledger with its extra, pledger[charts]."
        ) from None
    return vl_convert


def picture(kind: str, form: str, found: Iterable[Assessed], on: date, language: Language = ENGLISH) -> bytes:
    """A chart of these commitments as SVG or PNG. Refused: `no-charts`, `nothing-to-draw`."""
    library = must_have_charts()
    rows = [row for one in found for row in (pace_rows(one, language) if kind == "pace" else ROWS[kind](one))]
    rows = most_moved(rows) if kind == "trend" else rows
    if not rows:
        raise Refused("nothing-to-draw", f"Nothing that matches has anything for the chart {kind}. Ask for more.")
    drawn, calendar = with_rows(kind, rows, on, language), {"time_format_locale": language.calendar()}
    if form == "svg":
        svg: str = library.vegalite_to_svg(drawn, **calendar)
        return svg.encode()
    png: bytes = library.vegalite_to_png(drawn, scale=2, **calendar)
    return png


def most_moved(rows: Sequence[Row]) -> list[Row]:
    """Of a trend the items of which what was expected moved most often, as many as have colours of their own. A first
    day is no move."""
    moved: Counter[str] = Counter()
    for one, then in pairwise(rows):
        moved[then[0]] += one[0] == then[0] and one[3] is not None and one[3] != then[3]
    kept = {item for item, times in moved.most_common(MOST) if times}
    return [row for row in rows if row[0] in kept]


def with_rows(kind: str, rows: Sequence[Row], on: date, language: Language = ENGLISH) -> Spec:
    """The chart with all that it draws, dark on white."""
    made = spec(kind, language, ink=INK)
    made["params"][0]["value"] = instant(on.isoformat())
    made["data"] = {"values": clean(list(named(kind, rows)))}
    made["config"] |= {"background": PAPER, "font": FONTS.get(language.code, made["config"]["font"])}
    made["padding"] = 16
    return made


def named(kind: str, rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Rows by the names of their fields; `place` is that of the row, and items of a trend have letters."""
    found = (told(kind, row) | {"place": place} for place, row in enumerate(rows))
    return lettered(list(found)) if kind == "trend" else found


def lettered(rows: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each item has a letter; where points fall together, the last of them shows the letters of all."""
    letters = dict(zip(dict.fromkeys(row["item"] for row in rows), ascii_lowercase, strict=False))
    together: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for row in rows:
        together.setdefault((row["day"], row["expected"]), []).append(row)
    for row in rows:
        its = together[row["day"], row["expected"]]
        shown = "".join(letters[one["item"]] for one in its) if its[-1] is row else ""
        yield row | {"letter": shown, "item": f"{letters[row['item']]}  {row['item']}"}


def told(kind: str, row: Row) -> dict[str, Any]:
    """A row by the names of its fields, days as instants."""
    pairs = zip(FIELDS[kind], row, strict=True)
    return {name: instant(value) if name in DAYS and value else value for name, value in pairs}


def instant(day: str) -> int:
    """Midnight of a day, as charts count: milliseconds since 1970 in UTC."""
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp() * 1000)
