"""In which colours, shapes and letters are charts drawn, on paper, on a light screen and on a dark one?"""

from __future__ import annotations

from typing import Any

Spec = dict[str, Any]

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
FONTS = dict.fromkeys(("az", "kk"), f"DejaVu Sans, Noto Sans, {FONT}")
"""In pictures a letter that a font lacks brings another one for the whole word: those of Azerbaijani and Kazakh do."""
INK, PAPER = "#1b1e24", "#ffffff"
BLUE, ORANGE, GREEN, RED, PURPLE, GREY = "#3f7fbf", "#c47a00", "#1a8a66", "#d1495b", "#a35fa8", "#7b828c"
"""Told apart in every common kind of colour blindness, 3:1 at least on white and on the dark page (WCAG 1.4.11)."""

STROKE, RING = (
    "M-.16,-1.3H.16V1.3H-.16Z",
    "M-.6,0A.6,.6,0,1,1,.6,0A.6,.6,0,1,1,-.6,0M-.3,0A.3,.3,0,1,0,.3,0A.3,.3,0,1,0,-.3,0Z",
)
"""An upright stroke and a ring, as symbols."""

WINDOWS = {
    "work": ("work since its start", GREY),
    "window": ("window of the due", BLUE),
    "grace": ("grace of an approximate due", PURPLE),
    "period": ("running period of a target", GREEN),
}
DAYS = {
    "due": ("due: its last day", STROKE, BLUE),
    "moved": ("was due, and moved", RING, GREY),
    "forecast": ("expected", "diamond", ORANGE),
    "met": ("met", "triangle-up", GREEN),
    "ended": ("closed otherwise", "cross", RED),
}
STANDINGS = {
    "kept": GREEN,
    "kept-late": "#6fb89f",
    "open": "#8fb4da",
    "claimed": PURPLE,
    "closed-short": ORANGE,
    "short": "#e39b3b",
    "late": RED,
    "withdrawn": GREY,
}
OUTCOMES = {"met": GREEN, "short": RED, "running": BLUE, "unreported": GREY, "future": "#c9ced6"}


def config(ink: str) -> Spec:
    """Letters in one colour, thin lines, nothing that a screen reader would have to read mark by mark."""
    words = {
        "labelColor": ink,
        "titleColor": ink,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    }
    lines = {"gridColor": GREY, "gridOpacity": 0.25, "domainColor": GREY, "tickColor": GREY}
    return {
        "aria": False,
        "background": None,
        "font": FONT,
        "view": {"stroke": None},
        "axis": {**words, **lines, "labelLimit": 220},
        "legend": {
            **words,
            "orient": "bottom",
            "columns": 3,
            "labelLimit": 260,
            "layout": {"bottom": {"direction": "vertical"}},
        },
        "header": {"labelColor": ink, "labelFontSize": 12, "titleColor": ink},
        "text": {"color": ink},
        "rule": {"color": ink},
        "style": {"today": {"stroke": ink, "strokeDash": [4, 3]}},
    }
