"""What do the tests of formats start from? What stands in the two stories, and in a ledger full of oddities."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from domain.actual import report_actual
from domain.assess import Assessed
from domain.commitment import make
from domain.due import move_due
from domain.evidence import Evidence, attach_evidence
from domain.life import close_short, meet, suspend, withdraw
from domain.milestone import plan_milestone
from domain.party import register_party
from domain.programme import open_programme
from domain.progress import report_progress
from domain.quantity import parse_quantity
from domain.source import cite_source
from domain.target import set_target
from domain.text import key as key_of
from domain.verdict import give_verdict
from exchange.outgoing import Outgoing, outgoing
from ledger.record import Record
from projections.asked import At
from projections.filters import Asked, parse
from projections.models import Models
from tests.cli.given import Office
from tests.domain.given import fd, file, terms
from tests.exchange.given import Writer, copied, opened

STORIES = Path(__file__).parents[2] / "events" / "histories"
ON = date(2026, 11, 24)
LONG = "Ö" * 9_998 + "🚢!"
"""A title of 10,000 characters."""
ODD = '=Ports; Alat, Aktau \\ "quay" <&> №1, Ələt – Ақтау'


def lines_of(story: str) -> list[bytes]:
    """The lines of a story, as recorded."""
    return (STORIES / story / "events.jsonl").read_bytes().splitlines()


def oddities() -> Writer:
    """A ledger with a commitment in every state, and with texts that formats trip over."""
    writer = opened()
    writer.do(register_party, "az", "Azərbaycan", kind="state", country="AZ")
    writer.do(register_party, "kz", "Қазақстан & Co", kind="company")
    writer.do(open_programme, "mc", "Middle; Corridor, <2026>", window=fd("2022/2027"))
    link = "https://example.org/a?b=1&c=2"
    writer.do(cite_source, "road-map", "Road map", publisher="Agency", published=fd("2025-10~"), url=link)
    named: dict[str, Any] = {"promisors": ("az", "kz"), "programme": "mc"}
    writer.do(make, "odd", ODD, due=fd("2026-09~"), source="road-map", locator="§ 3", statement=f"{ODD}!", **named)
    writer.do(plan_milestone, "odd/quay", "=Quay", due=fd("2026-08-31"))
    writer.do(plan_milestone, "odd/crane", "Crane")
    writer.do(plan_milestone, "odd/rail", "Rail", due=fd("2026-07"))
    writer.do(withdraw, "odd/rail", because="Merged")
    writer.do(meet, "odd/quay", met_on=fd("2026-01-05"), evidence=(file("quay.pdf", url=link),))
    writer.do(report_progress, "odd", percent=parse_quantity("42.5").value, note="Begun")
    writer.do(make, "long", LONG, due=fd("2027"), start=fd("2026-02"), promisors=("kz",), promisees=("az",))
    writer.do(move_due, "long", fd("2027-33"), because="Pulled; in", approved_by="board")
    writer.do(move_due, "long", fd("2028"), because=ODD, approved_by="board")
    writer.do(give_verdict, "long", scale="ogp", rating="limited", assessor="audit-office", because="Slow")
    writer.do(make, "oil", "Oil", kind="target", promisors=("az",))
    writer.do(set_target, "oil", "oil", terms(window="2025/..", baseline=parse_quantity("0.2 Mt")))
    writer.do(set_target, "oil", "share", terms("40 %", measure="level", window="2026/2027"))
    writer.do(set_target, "oil", "pay", terms("3 USD", "quarter", window="2026/2027", aim="at-most"))
    writer.do(report_actual, "oil", "oil", parse_quantity("1.6 Mt"), fd("2025"))
    writer.do(make, "claimed", "Claimed", due=fd("2026-03"))
    writer.do(meet, "claimed", met_on=fd("2026-01-05"))
    writer.do(make, "met", "Met", due=fd("2025-12-31"), kind="observance")
    writer.do(meet, "met", met_on=fd("2026-01"), evidence=(file(),), note="As agreed")
    writer.do(attach_evidence, "met", (Evidence(url=link), file()))
    writer.do(make, "rest", "At rest", due=fd("2026-12"))
    writer.do(suspend, "rest", because="Talks")
    writer.do(make, "short", "Short", due=fd("2026-12"))
    writer.do(close_short, "short", achieved="Half", because="Money")
    writer.do(make, "gone", "Gone", due=fd("2026-12"))
    writer.do(plan_milestone, "gone/part", "Part", due=fd("2026-11"))
    writer.do(withdraw, "gone", because="Merged", superseded_by="odd")
    writer.do(make, "never", "Never dated")
    return writer


def standing(where: Path, lines: Iterable[bytes], *words: str, on: date = ON, known: int | None = None) -> Outgoing:
    """What goes out of a ledger with these lines, in a new file."""
    path = copied(where, lines)
    with Record.open(path) as record, closing(Models.open(record, path)) as models:
        at = At(record.size if known is None else known, on)
        wanted = parse(words, Asked(on, lambda noun, typed: key_of(typed, noun)))
        return models.answer(lambda base: held(outgoing(record, base, at, wanted)))


def held(out: Outgoing) -> Outgoing:
    """The same with all its commitments at hand, when the models are closed."""
    return out._replace(commitments=list(out.commitments))


def made(write: Callable[..., object], out: Outgoing, *asked: Any, **named: Any) -> bytes:
    """What is written of it in a format."""
    file = BytesIO()
    write(out, file, *asked, **named)
    return file.getvalue()


def one(out: Outgoing, key: str) -> Assessed:
    """A commitment that goes out."""
    return next(each for each in out.commitments if each.item.key == key)


def offices(folder: Path) -> dict[str, Office]:
    """The three ledgers, each at a desk of its own on the morning of 2026-11-24."""
    ledgers = {
        "real": lines_of("azerbaijan-kazakhstan"),
        "illustration": lines_of("illustration"),
        "odd": oddities().lines,
    }
    made = {}
    for name, lines in ledgers.items():
        (folder / name).mkdir()
        copied(folder / name / "pledger.db", lines)
        made[name] = Office(folder / name)
    return made
