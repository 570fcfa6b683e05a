"""How does the library project events? Its loop, with a transaction for each event, over our ledger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from eventsourcing.persistence import Tracking
from eventsourcing.projection import Projection
from eventsourcing.sqlite import SQLiteDatastore, SQLiteTrackingRecorder

from ledger.ledger import Ledger
from ledger.mapper import Line

PAGE = 100


class View(SQLiteTrackingRecorder):
    """A table of facts, written as the library writes: the row and how far it is, in one transaction."""

    def construct_create_table_statements(self) -> list[str]:
        """The library's table and ours."""
        table = (
            "CREATE TABLE fact (position INTEGER PRIMARY KEY, stream TEXT, type TEXT, effective TEXT, recorded TEXT)"
        )
        return [*super().construct_create_table_statements(), table]

    def note(self, line: Line, tracking: Tracking) -> None:
        """One event."""
        one = line.recorded
        row = (one.position, one.subject, one.fact.stored, one.effective.isoformat(), one.recorded.isoformat())
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute("INSERT INTO fact VALUES (?, ?, ?, ?, ?)", row)


class Facts(Projection[View]):
    """Every event into the view."""

    def process_event(self, domain_event: Line, tracking: Tracking) -> None:
        """As `ProjectionRunner` calls it."""
        self.view.note(domain_event, tracking)


def projected(ledger: Path, path: Path, events: int) -> None:
    """So many events from the beginning, by the loop of the library's `ProjectionRunner`.

    Its runner itself cannot be used: it waits for subscriptions, which the library does not have on SQLite.
    """
    datastore = SQLiteDatastore(str(path), originator_id_type="text")
    with closing(datastore), closing(Ledger.open(ledger)) as application:
        view = View(datastore)
        view.create_table()
        projection = Facts(view)
        for event, tracking in _followed(application, events):
            projection.process_event(event, tracking)


def _followed(application: Ledger, events: int) -> Iterator[tuple[Line, Tracking]]:
    for start in range(1, events + 1, PAGE):
        for one in application.recorder.select_notifications(start, min(PAGE, events + 1 - start)):
            event = application.mapper.to_domain_event(one)
            assert isinstance(event, Line)
            yield event, Tracking(application.name, one.id)
