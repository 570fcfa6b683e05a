"""Does our recorder keep what the library promises? The library's own cases, inherited.

Stream ids are text here, so each case that makes UUIDs for them makes texts instead. Not inherited:
`optional_test_insert_subscribe` (the library itself runs it only where a recorder offers subscriptions; ours is
followed by pages, as the library's own SQLite recorder is), and the cases of PostgreSQL's pool, schema and functions.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import TestCase
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import AggregateRecorder, StoredEvent, TrackingRecorder
from eventsourcing.tests import persistence as library
from eventsourcing.utils import Environment, get_topic

from ledger import place, tables
from ledger.factory import Factory
from ledger.line import Columns
from ledger.recorder import Recorder, StreamRecorder
from ledger.store import Store
from tests import servers

TIME = "2026-04-02T12:00:00.000000Z"


def described(stored: StoredEvent, position: int) -> Columns:
    """Columns for the library's events, which are no lines."""
    return Columns(position, str(stored.originator_id), stored.topic, str(uuid4()), "c", TIME, "2026-04-02", "office")


@contextmanager
def new_store(where: Path | str) -> Iterator[Store]:
    """A ledger without lines, with the library's tracking table beside."""
    with place.new_store(where, str(uuid4())) as draft, draft.appending() as appending:
        tables.tracked.create_all(appending.connection)
    store = place.open_store(where, writing=True, timeout=60)
    yield store
    store.close()


@contextmanager
def new_place(database: str) -> Iterator[Path | str]:
    """Where a ledger can be made."""
    if database == "sqlite":
        with TemporaryDirectory() as folder:
            yield Path(folder, "pledger.db")
    else:
        with servers.new_schema() as schema:
            yield servers.address(schema)


class WithStore(TestCase):
    database = "sqlite"

    def setUp(self) -> None:
        self.store = self.enterContext(new_store(self.enterContext(new_place(self.database))))
        super().setUp()

    def new_originator_id(self) -> UUID | str:
        return str(uuid4())

    def create_recorder(self) -> Recorder:
        return Recorder(self.store, described)


class TestAggregateRecorder(WithStore, library.AggregateRecorderTestCase):
    def create_recorder(self) -> StreamRecorder:
        return StreamRecorder(self.store, described)


class TestApplicationRecorder(WithStore, library.ApplicationRecorderTestCase[Recorder]):
    def test_a_recorder_without_subscriptions_says_so(self) -> None:
        with pytest.raises(NotImplementedError, match="by pages"):
            self.create_recorder().subscribe()


class TestTrackingRecorder(WithStore, library.TrackingRecorderTestCase):
    pass


class TestProcessRecorder(WithStore, library.ProcessRecorderTestCase):
    pass


class TestNonInterleaving(WithStore, library.NonInterleavingNotificationIDsBaseCase):
    pass


class OnServer:
    database = "postgresql"


class TestAggregateRecorderOnServer(OnServer, TestAggregateRecorder):
    pass


class TestApplicationRecorderOnServer(OnServer, TestApplicationRecorder):
    pass


class TestTrackingRecorderOnServer(OnServer, TestTrackingRecorder):
    pass


class TestProcessRecorderOnServer(OnServer, TestProcessRecorder):
    pass


class TestNonInterleavingOnServer(OnServer, TestNonInterleaving):
    pass


class OwnStoreFactory(Factory):
    """Takes nothing but the environment, as the library's cases ask."""

    def __init__(self, env: Environment) -> None:
        self._context = ExitStack()
        where = self._context.enter_context(new_place(env.get("DATABASE") or ""))
        super().__init__(env, self._context.enter_context(new_store(where)), described)

    def close(self) -> None:
        self._context.close()


class OwnRecorder(Recorder):
    """One that a caller brings along."""


class TestFactory(library.InfrastructureFactoryTestCase[OwnStoreFactory]):
    database = "sqlite"

    def setUp(self) -> None:
        settings = {"PERSISTENCE_MODULE": get_topic(OwnStoreFactory), "DATABASE": self.database}
        self.env = Environment("Ledger", settings)
        super().setUp()

    def expected_factory_class(self) -> type[OwnStoreFactory]:
        return OwnStoreFactory

    def expected_aggregate_recorder_class(self) -> type[AggregateRecorder]:
        return StreamRecorder

    def expected_application_recorder_class(self) -> type[Recorder]:
        return Recorder

    def expected_tracking_recorder_class(self) -> type[TrackingRecorder]:
        return Recorder

    def tracking_recorder_subclass(self) -> type[TrackingRecorder]:
        return OwnRecorder

    def expected_process_recorder_class(self) -> type[Recorder]:
        return Recorder


class TestFactoryOnServer(OnServer, TestFactory):
    pass
