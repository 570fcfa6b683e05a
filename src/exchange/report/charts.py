"""Which charts are there? Vega-Lite specifications without their rows, for the page and for a file by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from json import dumps

from exchange.language import ENGLISH, Language
from exchange.report.palette import (
    BLUE,
    DAYS,
    GREEN,
    GREY,
    ORANGE,
    OUTCOMES,
    PAPER,
    PURPLE,
    RED,
    STANDINGS,
    WINDOWS,
    Spec,
    config,
)

KINDS = ("timeline", "trend", "pace", "score", "activity")


def spec(kind: str, language: Language = ENGLISH, *, ink: str = "currentColor", width: int = 720) -> Spec:
    """The chart of that kind; its rows come into the data set `rows`, "today" into the parameter `on` (ms, UTC)."""
    drawing = {"timeline": timeline, "trend": trend, "pace": pace, "score": score, "activity": activity}[kind]
    made = drawing(language)
    drawn = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "params": [{"name": "on", "value": 0}, {"name": "known", "value": 0}],
        "data": {"name": "rows", "values": []},
        "config": config(ink),
        **made,
    }
    drawn.get("spec", drawn)["width"] = width
    return drawn


def timeline(language: Language) -> Spec:
    """Windows as wide as dues are vague, days as marks, today as a line."""
    place = {
        "y": {"field": "item", "type": "nominal", "sort": {"field": "place", "op": "min"}, "title": None},
        "x": {"field": "first", "type": "temporal", "scale": {"type": "utc"}, "title": None},
        "tooltip": [{"field": "item"}, {"field": "says"}],
    }
    span = {**place, "x2": {"field": "last"}}
    windows, days = [*WINDOWS], [*DAYS]
    named = {key: language.word(one[0]) for key, one in (*WINDOWS.items(), *DAYS.items())}
    thin = {"condition": {"test": "datum.mark == 'work'", "value": 3}, "value": 11}
    return {
        "height": {"step": 22},
        "resolve": {"scale": {"color": "independent", "shape": "independent"}},
        "layer": [
            {
                "transform": [_marks(*windows)],
                "mark": {"type": "bar", "cornerRadius": 2, "opacity": 0.5},
                "encoding": {
                    **span,
                    "size": thin,
                    "color": _scaled(windows, named, [one[1] for one in WINDOWS.values()]),
                },
            },
            {**_fading("opening", 0, 0.5), "encoding": span},
            {**_fading("fading", 0.5, 0), "encoding": span},
            {
                "transform": [_marks(*days)],
                "mark": {"type": "point", "filled": True, "size": 110, "opacity": 1},
                "encoding": {
                    **place,
                    "shape": _scaled(days, named, [one[1] for one in DAYS.values()]),
                    "color": _scaled(days, named, [one[2] for one in DAYS.values()]),
                },
            },
            _today(language),
        ],
    }


def _marks(*names: str) -> Spec:
    return {"filter": {"field": "mark", "oneOf": list(names)}}


def _fading(mark: str, *opacities: float) -> Spec:
    """A side that is open: the window fades out."""
    colours = [{"offset": at, "color": f"rgba(63,127,191,{opacity})"} for at, opacity in enumerate(opacities)]
    gradient = {"gradient": "linear", "x1": 0, "x2": 1, "y1": 0, "y2": 0, "stops": colours}
    return {"transform": [_marks(mark)], "mark": {"type": "bar", "size": 11, "color": gradient}}


def _scaled(domain: Sequence[str], names: Mapping[str, str], to: Sequence[str]) -> Spec:
    """A mark's colour or shape, with a legend that says the names."""
    scale = {"domain": list(domain), "range": list(to)}
    legend = {"title": None, "labelExpr": _called({key: names[key] for key in domain})}
    return {"field": "mark", "type": "nominal", "scale": scale, "legend": legend}


def _called(names: Mapping[str, str]) -> str:
    """An expression of Vega that tells values by their names."""
    return "".join(f"datum.value == '{key}' ? {dumps(name)} : " for key, name in names.items()) + "datum.value"


def _today(language: Language) -> Spec:
    return {
        "data": {"values": [{}]},
        "mark": {"type": "rule", "style": "today"},
        "encoding": {"x": {"datum": {"expr": "on"}, "type": "temporal"}, "tooltip": {"value": language.word("today")}},
    }


def trend(language: Language) -> Spec:
    """Milestone trend analysis: what was expected, by the day on which it was; on the diagonal it would be there."""
    axis = {"format": "%b %Y", "tickCount": 7, "labelOverlap": True, "labelSeparation": 8}
    scale = {"type": "utc", "padding": 14}
    day = {"field": "day", "type": "temporal", "scale": scale, "title": language.word("said on"), "axis": axis}
    expected = {**day, "field": "expected", "title": language.word("expected for")}
    range = [BLUE, ORANGE, GREEN, RED, PURPLE, GREY]
    item = {"field": "item", "type": "nominal", "title": None, "scale": {"range": range}}
    dot = {"x": day, "y": expected, "tooltip": [{"field": "item"}, {"field": "says"}]}
    step = {"calculate": "isValid(datum.until) ? datum.until : max(on, datum.day)", "as": "end"}
    ends = [
        {"filter": "isValid(datum.expected)"},
        step,
        {"aggregate": [{"op": "min", "field": "day", "as": "low"}, {"op": "max", "field": "end", "as": "high"}]},
    ]
    return {
        "height": 340,
        "layer": [
            {
                "transform": ends,
                "mark": {"type": "rule", "strokeDash": [2, 4], "color": GREY},
                "encoding": {
                    "color": {"value": GREY},
                    "x": {**day, "field": "low"},
                    "x2": {"field": "high"},
                    "y": {**expected, "field": "low"},
                    "y2": {"field": "high"},
                },
            },
            {
                "transform": [{"filter": "isValid(datum.due)"}, step],
                "mark": {"type": "rule", "strokeDash": [5, 3], "strokeWidth": 1.5, "opacity": 0.8},
                "encoding": {"x": day, "x2": {"field": "end"}, "y": {**expected, "field": "due"}, "color": item},
            },
            {
                "transform": [{"filter": "isValid(datum.expected)"}, step],
                "mark": {"type": "rule", "strokeWidth": 2.5},
                "encoding": {"x": day, "x2": {"field": "end"}, "y": expected, "color": item},
            },
            {
                "transform": [{"filter": "isValid(datum.expected)"}],
                "mark": {"type": "point", "filled": True, "size": 230, "opacity": 1},
                "encoding": {**dot, "color": item},
            },
            {
                "transform": [{"filter": "isValid(datum.expected)"}],
                "mark": {"type": "text", "color": PAPER, "fontWeight": "bold", "fontSize": 11},
                "encoding": {**dot, "text": {"field": "letter"}},
            },
        ],
    }


def pace(language: Language) -> Spec:
    """Each period of each target as percent of what was promised for it."""
    share = {
        "type": "quantitative",
        "title": language.word("% of what was promised"),
        "scale": {"domainMin": 0},
        "axis": {"tickCount": 6},
    }
    period = {"field": "period", "type": "ordinal", "sort": None, "title": None}
    outcome = {
        "field": "outcome",
        "type": "nominal",
        "scale": {"domain": [*OUTCOMES], "range": [*OUTCOMES.values()]},
        "legend": {"title": None, "labelExpr": _called({name: language.word(name, "status") for name in OUTCOMES})},
    }
    return {
        "facet": {"row": {"field": "target", "type": "nominal", "title": None, "sort": None, "header": _above()}},
        "resolve": {"scale": {"y": "independent"}},
        "spacing": 14,
        "spec": {
            "height": {"step": 34},
            "layer": [
                {
                    "mark": {"type": "bar", "size": 10, "yOffset": 8},
                    "encoding": {"y": period, "x": {**share, "field": "share"}, "color": outcome},
                },
                {
                    "transform": [{"filter": "isValid(datum.heads)"}],
                    "mark": {
                        "type": "bar",
                        "size": 10,
                        "yOffset": 8,
                        "filled": False,
                        "strokeDash": [3, 2],
                        "stroke": BLUE,
                    },
                    "encoding": {"y": period, "x": {**share, "field": "heads"}},
                },
                {"mark": {"type": "rule", "style": "today"}, "encoding": {"x": {"datum": 100, **share}}},
                {
                    "mark": {"type": "text", "align": "left", "dx": 4, "dy": -8, "fontSize": 12},
                    "encoding": {"y": period, "x": {"datum": 0, **share}, "text": {"field": "says"}},
                },
            ],
        },
    }


def _above() -> Spec:
    return {
        "labelOrient": "top",
        "labelAnchor": "start",
        "labelPadding": 3,
        "labelLimit": 600,
        "labelFontWeight": "bold",
    }


def score(language: Language) -> Spec:
    """How commitments count, by who promised them: by the due in force above, by the one first promised below."""
    names = [*STANDINGS]
    dues = {name: language.word(name) for name in ("due in force", "first due")}
    told = {name: language.word(name.replace("-", " ")) for name in names}
    commitments = language.word("commitments")
    order = "".join(f"datum.standing == '{name}' ? {number} : " for number, name in enumerate(names))
    return {
        "height": {"step": 15},
        "transform": [{"calculate": f"{order}9", "as": "order"}],
        "mark": {"type": "bar", "size": 12},
        "encoding": {
            "y": {"field": "party", "type": "nominal", "title": None},
            "yOffset": {"field": "by", "type": "nominal", "scale": {"domain": [*dues]}},
            "x": {"aggregate": "count", "type": "quantitative", "title": commitments, "axis": {"tickMinStep": 1}},
            "color": {
                "field": "standing",
                "type": "nominal",
                "title": None,
                "legend": {"labelExpr": _called(told)},
                "scale": {"domain": names, "range": [*STANDINGS.values()]},
            },
            "order": {"field": "order"},
            "opacity": {
                "field": "by",
                "title": None,
                "legend": {"labelExpr": _called(dues)},
                "scale": {"domain": [*dues], "range": [1, 0.6]},
            },
            "tooltip": [
                {"field": "party"},
                {"field": "by"},
                {"field": "standing"},
                {"aggregate": "count", "title": commitments},
            ],
        },
    }


def activity(language: Language) -> Spec:
    """How many events were recorded in each month."""
    return {
        "height": 110,
        "transform": [{"filter": "datum.position <= known"}],
        "mark": {"type": "bar", "color": BLUE},
        "encoding": {
            "x": {"field": "day", "type": "temporal", "timeUnit": "utcyearmonth", "title": None},
            "y": {"aggregate": "count", "type": "quantitative", "title": language.word("events a month")},
            "tooltip": [
                {"field": "day", "timeUnit": "utcyearmonth", "title": language.word("month")},
                {"aggregate": "count", "title": language.word("events")},
            ],
        },
    }
