"""Is a change decided on the newest state, and durable whole or not at all?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.occasion import Known
from domain.recorded import New
from domain.refused import Refused
from ledger.ledger import Ledger
from ledger.line import codec
from ledger.pen import Pen
from ledger.record import Record
from ledger.tree import leaf_hash, root_of
from tests.ledger.given import (
    DAY,
    NOON,
    Clock,
    attributes,
    deciding,
    lines_of,
    new_ledger,
    party,
    pen,
    place_of,
    record,
    tamper,
)


@pytest.fixture
def ledger(where: Path | str) -> Iterator[Ledger]:
    with closing(new_ledger(where)) as ledger:
        yield ledger


def test_a_change_gives_what_it_recorded(ledger: Ledger) -> None:
    [one] = ledger.change(deciding(party("az")), actor="office")
    assert ledger.record.stream("party/az") == [one]
    assert (one.position, one.version, one.actor, one.effective) == (2, 1, "office", DAY)
    assert one.recorded == NOON + timedelta(seconds=3)


def test_a_line_holds_all_that_the_design_asks_for(ledger: Ledger) -> None:
    [one] = ledger.change(deciding(party("az")), actor="office", command_id="c-1")
    assert attributes(ledger, 2) == {
        "actor": "office",
        "commandid": "c-1",
        "data": {"kind": "state", "name": "Azərbaycan"},
        "effective": "2026-04-01",
        "id": one.id,
        "program": "pledger/test",
        "sequence": "0000000002",
        "source": f"urn:uuid:{ledger.record.id}",
        "specversion": "1.0",
        "subject": "party/az",
        "time": "2026-04-02T12:00:03.000000Z",
        "type": "party.registered.v1",
    }


def test_a_command_may_write_many_lines_which_count_in_their_streams(ledger: Ledger) -> None:
    record(ledger, "az")
    done = ledger.change(deciding(party("az"), party("kz"), party("az")), actor="office")
    assert [(one.position, one.subject, one.version) for one in done] == [
        (3, "party/az", 2),
        (4, "party/kz", 1),
        (5, "party/az", 3),
    ]
    assert len({one.command for one in done}) == 1
    assert len({one.id for one in done}) == 3
    assert {one.recorded for one in done} == {NOON + timedelta(seconds=4)}


def test_versions_are_counted_on_also_where_the_decision_looked_first(ledger: Ledger) -> None:
    record(ledger, "az")

    def decide(known: Known, now: datetime) -> list[New]:
        assert [one.version for one in known.load("party/az")] == [1]
        return [party("az"), party("az")]

    assert [one.version for one in ledger.change(decide, actor="office")] == [2, 3]


def test_nothing_decided_is_nothing_recorded(ledger: Ledger) -> None:
    before = ledger.record.head()
    assert ledger.change(deciding(), actor="office") == []
    assert ledger.record.head() == before


def test_a_refusal_leaves_no_trace(ledger: Ledger) -> None:
    def refuse(known: Known, now: datetime) -> list[New]:
        raise Refused("wrong-state", "No.")

    before = lines_of(ledger.record)
    with pytest.raises(Refused, match="No"):
        ledger.change(refuse, actor="office")
    assert lines_of(ledger.record) == before


def test_the_root_is_that_of_the_lines_from_the_first_on(ledger: Ledger) -> None:
    for count in range(1, 5):
        assert ledger.record.root() == root_of(map(leaf_hash, lines_of(ledger.record)))
        assert ledger.record.size == count
        record(ledger, f"k{count}")


def test_every_line_is_exact(ledger: Ledger) -> None:
    record(ledger, "az", "kz")
    for line in lines_of(ledger.record):
        assert codec().exact(line).line == line


def test_a_name_is_recorded_in_normal_form(ledger: Ledger) -> None:
    [one] = ledger.change(deciding(party("az")), actor=" bu\u0308ro ")
    assert one.actor == "b\u00fcro"


def test_what_import_would_refuse_is_not_recorded(ledger: Ledger) -> None:
    with pytest.raises(Refused) as refused:
        ledger.change(deciding(party("az", "e\u0301")), actor="office")
    assert refused.value.code == "not-exact"
    assert ledger.record.size == 1


@pytest.mark.parametrize(("actor", "code"), [("", "blank"), (" ", "blank"), ("a\nb", "bad-text")])
def test_an_actor_is_needed(ledger: Ledger, actor: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        ledger.change(deciding(party("az")), actor=actor)
    assert refused.value.code == code


@pytest.mark.parametrize("id", ["", "a b", "ä", "x" * 101, "a\n"])
def test_a_command_id_is_a_word(ledger: Ledger, id: str) -> None:
    with pytest.raises(Refused) as refused:
        ledger.change(deciding(party("az")), actor="office", command_id=id)
    assert refused.value.code == "bad-command-id"


def test_the_same_pen_writes_the_same_bytes(somewhere: Callable[[str], Path | str]) -> None:
    written = []
    for name in ("one", "two"):
        with closing(new_ledger(somewhere(name))) as ledger:
            record(ledger, "az", "kz")
            written.append(lines_of(ledger.record))
    assert written[0] == written[1]
    with closing(new_ledger(somewhere("three"), seed=8)) as ledger:
        assert lines_of(ledger.record) != written[0][:1]


def test_without_a_pen_the_machine_tells_the_time_and_the_program_its_version(where: Path | str) -> None:
    before = datetime.now(UTC)
    with closing(Ledger.create(where, "Title", "Asia/Baku", actor="office")) as ledger:
        assert before <= ledger.record.time_at(1) <= datetime.now(UTC)
        assert str(attributes(ledger, 1)["program"]).startswith("pledger/0.")


def test_a_ledger_is_opened_on_a_day_of_its_own_zone(where: Path | str) -> None:
    evening = pen(Clock(datetime(2026, 4, 2, 23, 30, tzinfo=UTC)))
    with closing(Ledger.create(where, "Title", "Asia/Baku", actor="office", pen=evening)) as ledger:
        assert attributes(ledger, 1)["effective"] == "2026-04-03"


def test_a_dry_run_tells_what_would_be_recorded_and_records_nothing(ledger: Ledger) -> None:
    before = ledger.record.head(), lines_of(ledger.record)
    [would] = ledger.change(deciding(party("az")), actor="office", command_id="c", dry_run=True)
    assert (ledger.record.head(), lines_of(ledger.record)) == before
    [done] = ledger.change(deciding(party("az")), actor="office", command_id="c")
    assert (would.position, would.fact, would.version) == (done.position, done.fact, done.version)


def test_a_dry_run_waits_for_nobody(ledger: Ledger) -> None:
    with closing(Ledger.open(place_of(ledger))) as other, other.appending():
        assert ledger.change(deciding(party("az")), actor="office", dry_run=True)


def test_a_ledger_that_contradicts_itself_takes_nothing(ledger: Ledger) -> None:
    columns = "type, 'x', command, recorded, effective, actor, line, leaf"
    tamper(place_of(ledger), f"INSERT INTO event SELECT 2, 'x', 1, {columns} FROM event")
    with pytest.raises(Refused) as refused:
        record(ledger, "az")
    assert refused.value.code == "ledger-damaged"


def test_a_head_that_breaks_meanwhile_takes_nothing(ledger: Ledger) -> None:
    tamper(place_of(ledger), "UPDATE head SET frontier = x'00'")
    with pytest.raises(Refused) as refused:
        record(ledger, "az")
    assert refused.value.code == "ledger-damaged"


def test_several_changes_under_one_lock_are_durable_together(ledger: Ledger) -> None:
    with ledger.appending():
        record(ledger, "az", "kz")
        with Record.open(place_of(ledger)) as other:
            assert other.size == 1
        assert ledger.record.size == 3
    assert ledger.record.size == 3


def test_or_gone_together(ledger: Ledger) -> None:
    def both() -> None:
        with ledger.appending():
            record(ledger, "az")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        both()
    assert ledger.record.size == 1
    assert [one.position for one in record(ledger, "az", "kz")] == [2, 3]


def test_within_a_snapshot_the_lock_still_gives_the_newest_state(ledger: Ledger) -> None:
    with ledger.record.snapshot():
        assert ledger.record.size == 1
        with closing(Ledger.open(place_of(ledger), pen=Pen())) as other:
            record(other, "az")
        [one] = record(ledger, "kz")
        assert one.position == 3
        assert ledger.record.size == 1
    assert ledger.record.size == 3


def test_the_library_reads_the_same_lines(ledger: Ledger) -> None:
    record(ledger, "az", "az")
    events = list(ledger.events.get("party/az"))
    assert [event.originator_version for event in events] == [1, 2]
    assert ledger.repository.event_store is ledger.events
    log = ledger.notification_log.select(start=2, limit=5)
    assert [(one.id, one.originator_id, one.state) for one in log] == [
        (2, "party/az", ledger.record.line_at(2)),
        (3, "party/az", ledger.record.line_at(3)),
    ]


def test_the_users_environment_configures_nothing(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("COMPRESSOR_TOPIC", "zlib"), ("IS_SNAPSHOTTING_ENABLED", "y"), ("PERSISTENCE_MODULE", "x")):
        monkeypatch.setenv(name, value)
    with closing(Ledger.open(place_of(ledger))) as other:
        record(other, "az")
        assert other.record.line_at(2).startswith(b'{"actor":')
