"""Which questions are the read models asked? Every query by its name, in the words that all databases share.

`known` is a position, `on` an ordinal day: what was known up to the one, and true up to the other. `keep` says for
what superseded facts are to be seen too (`projections.rows.FOR_STATUS` and so on). Names of streams from `first` on
and before `beyond` are those of a noun, or of a prefix. `never` is the last day of what has none.

They are written out, because a program that answers in a moment has no time to make them at each start.
"""

from __future__ import annotations

from ledger.reader import Query
from ledger.reader import query as prepared
from projections.rows import FOR_FLAGS, Retraction, Row

_LINE = "stream, position, version, type, line"
_CURSOR = ("position", "model", "ledger", "leaf", "stopped", "sentence")
_UNMOVED = _CURSOR[:4]


def _stands(facts: str) -> str:
    return f"{facts}.from_position <= :known AND :known < {facts}.to_position AND {facts}.effective <= :on"


def _counts(facts: str) -> str:
    """It stands and is not superseded."""
    return f"{_stands(facts)} AND ({facts}.next_position > :known OR {facts}.next_effective > :on)"


def _open(facts: str) -> str:
    """Neither its item nor the commitment of that is closed or suspended."""
    resting = f"FROM fact AS resting WHERE resting.state <> 'open' AND {_counts('resting')}"
    return (
        f"{facts}.item NOT IN (SELECT resting.item {resting})"
        f" AND {facts}.stream NOT IN (SELECT 'commitment/' || resting.item {resting})"
    )


_AIMING = (
    f"SELECT aiming.item FROM fact AS aiming WHERE aiming.latest > 0 AND aiming.what = 'target' AND {_stands('aiming')}"
)
_DATELESS = f"""FROM fact AS dateless WHERE dateless.latest = :never AND dateless.what <> 'target'
    AND {_counts("dateless")} AND dateless.item NOT IN ({_AIMING}) AND {_open("dateless")}"""
_FALLING = f"""FROM fact AS falling WHERE falling.latest <= :until AND {_stands("falling")}
    AND (falling.what = 'target' OR falling.next_position > :known OR falling.next_effective > :on)
    AND {_open("falling")}"""
_TEXTS = "CAST(string_agg(data, ',') AS BLOB)"  # as text it would be decoded, only to be encoded again
_ALL_KNOWN = 'SELECT :known >= position FROM cursor WHERE "only" = 1'
# who knows all, and asks for no more than flags, passes over the rows that are gone
_SEEN = f"""fact.gone > CASE WHEN :keep <= {FOR_FLAGS} AND ({_ALL_KNOWN}) THEN :on ELSE -1 END
    AND {_stands("fact")}
    AND (fact.keep <= :keep OR fact.next_position > :known OR fact.next_effective > :on)"""


def _facts(which: str) -> str:
    """The facts of each of many streams."""
    return f"SELECT stream, {_TEXTS} FROM fact WHERE {which} AND {_SEEN} GROUP BY stream ORDER BY stream"


def _insert(table: str, *columns: str) -> str:
    """Values are given in the order of the columns."""
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join([':value'] * len(columns))})"


QUERIES: dict[str, str] = {
    # the facts of one stream, or of each of many: see `projections.seen.read`
    "facts": f"SELECT {_TEXTS} FROM fact WHERE stream = :stream AND {_SEEN}",
    # of one item, those that say when it is expected
    "facts expecting": f"""SELECT {_TEXTS} FROM fact
        WHERE stream = :stream AND item = :item AND what IN ('made', 'due', 'forecast', 'life') AND {_SEEN}""",
    # stream by stream, so that what is gone of each is passed over
    "facts among": _facts("stream IN (SELECT stream FROM stream WHERE stream >= :first AND stream < :beyond)"),
    # of the commitments of which something falls due up to a day, and of those of which something has no day
    "facts falling due": _facts(f"stream IN (SELECT falling.stream {_FALLING})"),
    "facts undated": _facts(f"stream IN (SELECT dateless.stream {_DATELESS})"),
    # the items with a due that has no last day, or none at all, and without a target
    "undated": f"SELECT dateless.item, dateless.stream {_DATELESS}",
    # the observations among them that were recorded long after their day
    "late among": f"""SELECT stream, item, string_agg(late, ',') FROM fact
        WHERE stream >= :first AND stream < :beyond AND late IS NOT NULL AND {_stands("fact")}
        GROUP BY stream, item""",
    "made": f"SELECT item FROM fact WHERE stream = :stream AND what = 'made' AND {_stands('fact')}",
    "streams among": "SELECT stream FROM stream WHERE stream >= :first AND stream < :beyond ORDER BY stream",
    # the last line of each stream, and where all lie if that one is not known yet
    "lines among": """SELECT stream, last, CASE WHEN last > :known THEN positions END
        FROM stream WHERE stream >= :first AND stream < :beyond""",
    "retracted": """SELECT position, retracted_by FROM retraction
        WHERE from_position <= :known AND :known < to_position""",
    # of the ledger: its lines stream by stream, those of one stream, and in order
    "lines": f"SELECT {_LINE} FROM event WHERE position <= :until ORDER BY stream, version",
    "lines of stream": f"SELECT {_LINE} FROM event WHERE stream = :stream AND position <= :until ORDER BY version",
    "lines after": f"SELECT {_LINE} FROM event WHERE position > :after AND position <= :until ORDER BY position",
    # all rows, in an order of their own
    "every fact": "SELECT * FROM fact ORDER BY stream, number",
    "every stream": "SELECT * FROM stream ORDER BY stream",
    "every retraction": "SELECT * FROM retraction ORDER BY stream, position, retracted_by, from_position, to_position",
    # catching up
    "cursor": f"SELECT {', '.join(_CURSOR)} FROM cursor",
    "move cursor": f"""UPDATE cursor SET {", ".join(f"{name} = :new_{name}" for name in _CURSOR)}
        WHERE {" AND ".join(f"{name} = :old_{name}" for name in _UNMOVED)}""",
    "insert cursor": _insert("cursor", '"only"', *_CURSOR),
    "insert fact": _insert("fact", *Row.__struct_fields__),
    "insert stream": _insert("stream", "stream", "last", "positions"),
    "insert retraction": _insert("retraction", *Retraction._fields),
    **{f"empty {table}": f"DELETE FROM {table}" for table in ("fact", "stream", "retraction")},
    **{f"forget {table}": f"DELETE FROM {table} WHERE stream = :stream" for table in ("fact", "stream", "retraction")},
}


def query(name: str, dialect: str) -> Query:
    """The query of that name as the driver of a database takes it; `dialect`: sqlite or postgresql."""
    return prepared(QUERIES[name], dialect)
