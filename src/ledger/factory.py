"""What does the library's Application build itself from?"""

from __future__ import annotations

from eventsourcing.persistence import InfrastructureFactory, TrackingRecorder
from eventsourcing.utils import Environment, resolve_topic

from ledger.recorder import Describe, Recorder, StreamRecorder, described
from ledger.store import Store


class Factory(InfrastructureFactory):
    """Recorders over one store. Tables are made by `init` and `migrate`, never here."""

    def __init__(self, env: Environment, store: Store, describe: Describe = described) -> None:
        super().__init__(env)
        self.store = store
        self._describe = describe

    def aggregate_recorder(self, purpose: str = "events") -> StreamRecorder:
        """A recorder that gives no positions."""
        return StreamRecorder(self.store, self._describe)

    def application_recorder(self) -> Recorder:
        """The recorder of the ledger."""
        return Recorder(self.store, self._describe)

    def tracking_recorder(self, tracking_recorder_class: type[TrackingRecorder] | None = None) -> TrackingRecorder:
        """A recorder of that class, or of the one that the environment names."""
        topic = self.env.get(self.TRACKING_RECORDER_TOPIC)
        chosen: type = tracking_recorder_class or (resolve_topic(topic) if topic else Recorder)
        assert issubclass(chosen, Recorder)
        recorder: Recorder = chosen(self.store, self._describe)
        return recorder

    def process_recorder(self) -> Recorder:
        """The recorder of the ledger, which also tracks."""
        return Recorder(self.store, self._describe)

    def close(self) -> None:
        """Give back the database."""
        self.store.close()
