"""Every format with its judges."""

from __future__ import annotations

from tests.exchange.judges.calendars import EVENTS, TODOS

FORMATS = (EVENTS, TODOS)
