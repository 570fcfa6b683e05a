"""Is a line written in one form only, and is everything else refused, whatever the bytes?"""

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, ClassVar

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.fuzzy import FuzzyDate
from domain.recorded import Fact, Recorded
from domain.refused import Refused
from ledger.ids import EPOCH
from ledger.line import Codec, Columns, Envelope, LineError, codec, describe, encode, instant_of, stamp


class DuePlanned(Fact, frozen=True, kw_only=True):
    stored: ClassVar[str] = "due.planned.v1"

    item: str
    due: FuzzyDate | None = None
    count: int | None = None
    tags: dict[str, list[str]] | None = None


READER = Codec({DuePlanned.stored: DuePlanned})
ENVELOPE = Envelope(
    actor="programme-office",
    commandid="c-1",
    data=DuePlanned(item="fibre", due=FuzzyDate(date(2026, 1, 1), "2026/..", None, "from 2026")),
    effective=date(2026, 3, 31),
    id="019d4d41-8a2a-7000-8000-000000000001",
    program="pledger/0.1.0",
    sequence="0000000007",
    source="urn:uuid:019d4d41-0000-7000-8000-000000000000",
    specversion="1.0",
    subject="commitment/fibre",
    time="2026-04-02T08:15:30.000000Z",
    type="due.planned.v1",
)
LINE = (
    b'{"actor":"programme-office","commandid":"c-1",'
    b'"data":{"due":{"earliest":"2026-01-01","edtf":"2026/..","latest":null,"wording":"from 2026"},"item":"fibre"},'
    b'"effective":"2026-03-31","id":"019d4d41-8a2a-7000-8000-000000000001","program":"pledger/0.1.0",'
    b'"sequence":"0000000007","source":"urn:uuid:019d4d41-0000-7000-8000-000000000000","specversion":"1.0",'
    b'"subject":"commitment/fibre","time":"2026-04-02T08:15:30.000000Z","type":"due.planned.v1"}'
)
words = st.text(max_size=30).map(lambda said: unicodedata.normalize("NFC", said))
facts = st.builds(
    DuePlanned,
    item=words,
    due=st.none() | st.builds(FuzzyDate, st.dates(), words, st.none(), words),
    count=st.none() | st.integers(-(2**63), 2**63 - 1),
    tags=st.none() | st.dictionaries(words, st.lists(words, max_size=3), max_size=5),
)
instants = st.integers(86_400, 253_402_000_000_000_000).map(lambda us: EPOCH + timedelta(microseconds=us))


def refusal(line: Any, reader: Codec = READER) -> str:
    with pytest.raises(Refused) as refused:
        reader.exact(line)
    return refused.value.code


def changed(**attributes: Any) -> bytes:
    return encode(msgspec.structs.replace(ENVELOPE, **attributes))


def test_a_line_is_sorted_tight_utf8_with_six_decimals() -> None:
    assert encode(ENVELOPE) == LINE


def test_a_line_is_read_as_a_recorded_fact() -> None:
    assert READER.decode(LINE, version=3) == Recorded(
        7,
        ENVELOPE.id,
        "commitment/fibre",
        3,
        datetime(2026, 4, 2, 8, 15, 30, tzinfo=UTC),
        date(2026, 3, 31),
        "programme-office",
        "c-1",
        ENVELOPE.data,
    )


def test_a_line_describes_its_columns() -> None:
    assert describe(LINE) == Columns(
        7,
        "commitment/fibre",
        "due.planned.v1",
        ENVELOPE.id,
        "c-1",
        "2026-04-02T08:15:30.000000Z",
        "2026-03-31",
        "programme-office",
    )


@given(facts, instants, st.none() | instants)
def test_what_is_written_is_read_again_and_is_exact(fact: DuePlanned, time: datetime, clock: datetime | None) -> None:
    late = stamp(clock) if clock else None
    line = changed(data=fact, time=stamp(time), clock=late)
    assert READER.exact(line).envelope.data == fact
    assert READER.decode(line, "due.planned.v1").recorded == time
    assert json.dumps(json.loads(line), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() == line


@given(instants)
def test_stamps_are_read_back_and_compare_as_text(instant: datetime) -> None:
    later = instant + timedelta(microseconds=1)
    assert instant_of(stamp(instant)) == instant
    assert stamp(instant) < stamp(later)


def test_a_stamp_of_another_zone_is_written_in_utc() -> None:
    assert stamp(datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=4)))) == "2025-12-31T20:00:00.000000Z"


INEXACT = {
    "spaces": LINE.replace(b'":"', b'": "'),
    "a line end": LINE + b"\n",
    "another order": b'{"type":"due.planned.v1",' + LINE[1:-25] + b"}",
    "a key twice": LINE.replace(b'{"actor"', b'{"actor":"someone-else","actor"'),
    "a key twice in the data": LINE.replace(b'"item"', b'"item":"other","item"'),
    "an escaped letter": LINE.replace(b"fibre", b"\\u0066ibre", 1),
    "a null for what is absent": LINE.replace(b'"data":{', b'"data":{"count":null,'),
    "a null for no clock": LINE.replace(b'"commandid"', b'"clock":null,"commandid"'),
    "minus zero": LINE.replace(b'"data":{"due"', b'"data":{"count":-0,"due"'),
    "text that is not NFC": changed(data=DuePlanned(item="e\u0301")),
    "an untrimmed actor": changed(actor="office "),
}
MALFORMED = {
    "nothing": b"",
    "no JSON": b"hello",
    "a list": b"[]",
    "a number": b"7",
    "half a line": LINE[:-9],
    "two lines": LINE + b"\n" + LINE,
    "bytes that are not UTF-8": LINE.replace(b"fibre", b"\xff\xfe"),
    "bytes that are not UTF-8 in the data": LINE.replace(b'"item":"fibre"', b'"item":"\xff"'),
    "a surrogate in UTF-8": LINE.replace(b'"item":"fibre"', b'"item":"\xed\xa0\x80"'),
    "an escaped lone surrogate": LINE.replace(b'"item":"fibre"', b'"item":"\\ud800"'),
    "a raw control character": LINE.replace(b'"item":"fibre"', b'"item":"\x01"'),
    "a float": LINE.replace(b'"item"', b'"count":1.0,"item"'),
    "NaN": LINE.replace(b'"item"', b'"count":NaN,"item"'),
    "infinity": LINE.replace(b'"item"', b'"count":1e999,"item"'),
    "an endless number": LINE.replace(b'"item"', b'"count":' + b"9" * 9000 + b',"item"'),
    "deep nesting": LINE.replace(b'"item"', b'"tags":' + b"[" * 99_999 + b',"item"'),
    "deep nesting outside": b'{"x":' + b"[" * 99_999,
    "an unknown field": LINE.replace(b'"item"', b'"colour":"red","item"'),
    "an unknown attribute": LINE.replace(b'"actor"', b'"aaa":"x","actor"'),
    "a missing attribute": LINE.replace(b'"actor":"programme-office",', b""),
    "a wrong kind of value": LINE.replace(b'"item":"fibre"', b'"item":7'),
    "a broken rule of a value": LINE.replace(b'"earliest":"2026-01-01"', b'"earliest":null'),
    "an impossible day": LINE.replace(b"2026-03-31", b"2026-02-30"),
    "an impossible second": LINE.replace(b"08:15:30", b"08:15:61"),
    "an impossible clock": changed(clock="2026-13-02T08:15:30.000000Z"),
    "no clock in the clock": changed(clock="noon"),
    "an empty clock": changed(clock=""),
    "a time without zone": LINE.replace(b"30.000000Z", b"30.000000"),
    "a time in another zone": LINE.replace(b"30.000000Z", b"30.000000+00:00"),
    "a time without decimals": LINE.replace(b"30.000000Z", b"30Z"),
    "a short sequence": LINE.replace(b"0000000007", b"7"),
    "a sequence in other digits": LINE.replace(b"0000000007", "٠٠٠٠٠٠٠٠٠٧".encode()),
    "a sequence in words": LINE.replace(b"0000000007", b"seven"),
    "an id of another version": LINE.replace(b"8a2a-7000", b"8a2a-4000"),
    "a source that is no UUID": LINE.replace(b"urn:uuid:019d4d41", b"urn:uuid:x19d4d41"),
    "a subject that is no key": LINE.replace(b"commitment/fibre", b"commitment/Fibre"),
    "a subject with a line end": LINE.replace(b"commitment/fibre", b"commitment/fibre\\n"),
    "an empty command id": changed(commandid=""),
    "a command id with a space": LINE.replace(b'"c-1"', b'"c 1"'),
    "another CloudEvents version": LINE.replace(b'"1.0"', b'"1.1"'),
}


@pytest.mark.parametrize("line", INEXACT.values(), ids=INEXACT.keys())
def test_a_line_in_another_form_is_refused(line: bytes) -> None:
    assert refusal(line) in ("not-exact", "bad-line")


def test_the_forms_that_decoding_would_let_pass_are_not_exact() -> None:
    for name in (
        "spaces",
        "another order",
        "a key twice",
        "a key twice in the data",
        "an escaped letter",
        "minus zero",
    ):
        assert READER.decode(INEXACT[name]).actor == "programme-office"
        assert refusal(INEXACT[name]) == "not-exact", name


@pytest.mark.parametrize("line", MALFORMED.values(), ids=MALFORMED.keys())
def test_a_malformed_line_is_refused(line: bytes) -> None:
    assert refusal(line) == "bad-line"


@pytest.mark.parametrize("actor", ["", " ", "of\u202efice", "x" * 10_001])
def test_an_actor_is_text_that_can_be_shown(actor: str) -> None:
    assert refusal(changed(actor=actor)) in ("blank", "bad-text")


def test_a_sentence_about_hostile_bytes_holds_none_of_them() -> None:
    with pytest.raises(LineError) as refused:
        READER.exact(LINE.replace(b'"item"', '"\x1b[31m\u202e":1,"item"'.encode()).replace(b"\x1b", b"\\u001b"))
    assert refused.value.sentence.isprintable()


def test_a_line_kept_as_text_is_refused() -> None:
    assert refusal(LINE.decode()) == "bad-line"


def test_lone_surrogates_are_not_written() -> None:
    with pytest.raises(LineError, match="half a character"):
        changed(data=DuePlanned(item="\ud800"))


def test_an_unknown_type_is_refused_by_its_name() -> None:
    with pytest.raises(LineError, match=r"due.dreamt.v1.*Update pledger") as refused:
        READER.exact(changed(type="due.dreamt.v1"))
    assert refused.value.code == "unknown-type"


@pytest.mark.parametrize("type", ["due.planned.v2", "due.planned.v10"])
def test_a_newer_version_is_refused_with_what_to_do(type: str) -> None:
    with pytest.raises(LineError, match=f"{type}.*newer than v1.*Update pledger") as refused:
        READER.exact(changed(type=type))
    assert refused.value.code == "newer-version"


@pytest.mark.parametrize("type", ["", "v1", ".v1", "due.planned", "due.planned.v", "due.planned.v0", "due.planned.v٢"])
def test_what_is_no_version_is_unknown(type: str) -> None:
    assert refusal(changed(type=type)) == "unknown-type"


@pytest.mark.parametrize("column", ["item.met.v1", 7, b"due.planned.v1"])
def test_a_column_that_contradicts_its_line_is_refused(column: Any) -> None:
    with pytest.raises(LineError, match="column"):
        READER.decode(LINE, column)


def test_a_line_that_contradicts_its_column_is_refused_also_by_a_decoder_that_is_ready() -> None:
    READER.decode(LINE, "due.planned.v1")
    with pytest.raises(LineError, match="column"):
        READER.decode(changed(type="due.dreamt.v1"), "due.planned.v1")


@pytest.mark.parametrize(
    "line",
    [
        LINE.replace(b'"program"', b'"programme"'),
        LINE.replace(b'"data":{', b'"data":{"x":1,'),
        LINE.replace(b'"type":"due.planned.v1"}', b'"type":"x.y.v1","type":"due.planned.v1"}'),
        LINE.replace(b'{"actor"', b'{"type":"due.planned.v1","actor"').replace(
            b'"type":"due.planned.v1"}', b'"x":"1"}'
        ),
        LINE.replace(b'"actor":', b'"actor":,"type":"due.planned.v1"}'),
        LINE.replace(b"office", b"\xff"),
        LINE[1:],
    ],
)
def test_a_decoder_that_is_ready_says_the_same_of_a_line_as_one_that_is_not(line: bytes) -> None:
    ready = Codec({DuePlanned.stored: DuePlanned})
    ready.envelope(LINE)
    with pytest.raises(LineError) as first:
        Codec({DuePlanned.stored: DuePlanned}).exact(line)
    with pytest.raises(LineError) as again:
        ready.exact(line)
    assert (again.value.code, again.value.sentence) == (first.value.code, first.value.sentence)


@pytest.mark.parametrize("said", ["", "seven", "9" * 5000, "7.0"])
def test_a_sequence_that_is_no_number_is_refused_by_every_reader(said: str) -> None:
    for read in (describe, READER.decode):
        with pytest.raises(LineError):
            read(changed(sequence=said))


@pytest.mark.parametrize("said", ["", "noon", "2026-04-02T08:15:30.000000", "2026-04-02 25:15:30.0000000Z"])
def test_a_time_that_is_no_instant_in_utc_is_refused_by_every_reader(said: str) -> None:
    with pytest.raises(LineError):
        READER.decode(changed(time=said))


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_a_line_or_a_refusal(line: bytes) -> None:
    for read in (READER.exact, READER.decode, describe):
        with pytest.raises(LineError):
            read(line)


@given(st.integers(0, len(LINE) - 1), st.integers(0, 255))
def test_any_changed_byte_is_read_as_something_else_or_refused(at: int, byte: int) -> None:
    line = LINE[:at] + bytes([byte]) + LINE[at + 1 :]
    try:
        read = READER.exact(line)
    except Refused:
        return
    assert line == LINE or read.envelope != ENVELOPE


def test_the_codec_of_the_catalogue_knows_its_facts() -> None:
    assert codec().facts["ledger.opened.v1"].stored == "ledger.opened.v1"
    assert codec() is codec()
