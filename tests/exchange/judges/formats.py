"""Every format with its judges."""

from __future__ import annotations

from tests.exchange.judges.calendars import EVENTS, TODOS
from tests.exchange.judges.cloudevents import BATCH, NDJSON
from tests.exchange.judges.iati import ACTIVITIES
from tests.exchange.judges.oc4ids import PACKAGE
from tests.exchange.judges.tables import DATA_PACKAGE, WORKBOOK

FORMATS = (EVENTS, TODOS, PACKAGE, ACTIVITIES, NDJSON, BATCH, DATA_PACKAGE, WORKBOOK)
