"""How do our lines pass through the library's hands? Its domain event is a recorded fact with its exact line."""

from __future__ import annotations

from dataclasses import dataclass

from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from domain.recorded import Recorded
from ledger.line import Codec


@dataclass(frozen=True, slots=True)
class Line:
    """A recorded fact and the bytes it stands in; the library names subject and version its own way."""

    recorded: Recorded
    line: bytes

    @property
    def originator_id(self) -> str:
        """The subject."""
        return self.recorded.subject

    @property
    def originator_version(self) -> int:
        """The place in the stream."""
        return self.recorded.version


class LineMapper(Mapper[str]):
    """Stored event and line are the same bytes: nothing is serialised again, compressed or enciphered."""

    def __init__(self, codec: Codec) -> None:
        super().__init__(transcoder=JSONTranscoder())  # asked for by the library, and never used
        self._codec = codec

    def to_stored_event(self, domain_event: DomainEventProtocol[str]) -> StoredEvent:
        """The line, to be stored."""
        assert isinstance(domain_event, Line)
        recorded = domain_event.recorded
        return StoredEvent(recorded.subject, recorded.version, recorded.fact.stored, domain_event.line)

    def to_domain_event(self, stored_event: StoredEvent) -> Line:
        """The line, read. Refused: as `Codec.decode`."""
        line, version = stored_event.state, stored_event.originator_version
        return Line(self._codec.decode(line, stored_event.topic, version), line)
