"""How is what was handed in taken in, and what is said about it?"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from cli.admitting import NOTHING, Under, enter
from cli.place import shown_place
from cli.settings import Settings
from cli.shown import out, progress, talk
from domain.refused import Refused
from exchange.finding import Found
from exchange.handed import Handed, handed
from exchange.lines import Checked, check_lines, continue_ledger, make_copy
from ledger.bulk import as_they_are
from ledger.checkpoints_import import not_sealed
from ledger.place import is_taken

if TYPE_CHECKING:
    from exchange.plan import Plan


class Read(NamedTuple):
    """How tables are read: a mapping's file, whether sound rows are recorded when others are not, and an encoding."""

    mapping: str | None = None
    partial: bool = False
    encoding: str = "utf-8"

    def must_be_none(self) -> None:
        """Refused: `usage`."""
        if self != Read():
            raise Refused("usage", "--map, --partial and --encoding are for tables; lines are taken as they are.")


def take_in(settings: Settings, names: Sequence[str], under: Under, read: Read) -> None:
    """Refused: see `handed`, `check_lines`, `plan`, `Under`; `usage`."""
    under.must_be_one()
    with handed(names, sys.stdin.buffer if "-" in names else BytesIO()) as files:
        try:
            if files[0].kind == "lines":
                read.must_be_none()
                _take_lines(settings, files, under)
            else:
                under.must_be_none()
                _take_tables(settings, files, read)
        except Found as found:
            if not (read.partial and settings.json):  # then what was recorded is the answer already
                show_findings(settings, found)
            raise


def _take_lines(settings: Settings, files: Sequence[Handed], under: Under) -> None:
    asked = settings.recording
    if asked.on or asked.command_id:
        raise Refused("usage", "--on and --command-id are for tables; lines bring their days and ids along.")
    place = settings.ledger_place()
    if is_taken(place):
        _continue(settings, files, under)
    else:
        _copy(settings, files, place, under)


def _copy(settings: Settings, files: Sequence[Handed], place: str, under: Under) -> None:
    """A copy in a new place needs no checkpoint; where one is given, it must pin the lines."""
    dry, admit = settings.recording.dry_run, under.sealed(settings) if under.checkpoints else as_they_are
    with progress("Checking lines") as watch:
        checked = check_lines(files, None, watch)
    if under.checkpoints or not dry:
        with progress("Writing lines") as watch:
            enter(lambda admit: make_copy(place, checked, watch, admit=admit), admit, dry_run=dry)
    size = len(checked.new)
    sealed = f" {under.said(size, dry_run=dry)}" if under.checkpoints else ""
    if dry:
        _tell(
            settings, checked, under, f"#1-#{size} would become a copy of that ledger in {shown_place(place)}.{sealed}"
        )
        return
    settings.ledger = place
    record = settings.desk.record
    _tell(
        settings, checked, under, f"#1-#{size} {record.title}: a copy in {shown_place(place)} (id {record.id}){sealed}"
    )
    talk("Next: pledger status")


def _continue(settings: Settings, files: Sequence[Handed], under: Under) -> None:
    desk, dry = settings.desk, settings.recording.dry_run
    record = desk.ledger.record if under or not dry else desk.record
    with progress("Checking lines") as watch, record.snapshot():
        checked = check_lines(files, record, watch)
    first, last = checked.after + 1, checked.after + len(checked.new)
    stood = f"{record.title}: {checked.there:,} stood already."
    if not checked.new:
        _tell(settings, checked, NOTHING, f"Nothing new for {stood}")
        return
    if under:
        admit, store = under.continuing(settings, first), desk.ledger.store
        with progress("Writing lines") as watch:
            enter(lambda admit: continue_ledger(store, checked, watch, admit=admit), admit, dry_run=dry)
    elif not dry:
        raise not_sealed(last)
    verb = "would continue" if dry else "continue"
    _tell(settings, checked, under, f"#{first}-#{last} {verb} {stood} {under.said(last, dry_run=dry)}")


def _take_tables(settings: Settings, files: Sequence[Handed], read: Read) -> None:
    from exchange.mapping import read_mapping
    from exchange.plan import Plan
    from projections.register import parties, programmes, sources

    desk = settings.desk
    registers = {
        "party": {one.key: one.name for one in desk.ask(parties)},
        "programme": {one.key: one.title for one in desk.ask(programmes)},
        "source": {one.key: one.title for one in desk.ask(sources)},
    }
    names = ", ".join(file.name for file in files)
    plan = Plan(files, registers, read_mapping(read.mapping), partial=read.partial, encoding=read.encoding)
    desk.change(plan, nothing=f"All that {names} says stands already")
    if plan.findings:
        _leave(settings, plan)


def _leave(settings: Settings, plan: Plan) -> None:
    """Write the rows that were left out to files, to be mended. Refused: `findings`."""
    from exchange.mend import to_mend

    if not settings.recording.dry_run:
        for path, rows in to_mend(plan.left, plan.findings):
            talk(f"{rows} rows left out, in {path}: mend and import it.")
    raise Found(plan.findings, f"{len(plan.left)} rows were left out")


def _tell(settings: Settings, checked: Checked, under: Under, sentence: str) -> None:
    if not settings.json:
        out(sentence)
        return
    told = {"new": len(checked.new), "there": checked.there, "dry_run": settings.recording.dry_run, "under": under.code}
    answer_even_so(settings, told)


def answer_even_so(settings: Settings, data: Any) -> None:
    """One JSON object; without a ledger where there is none yet."""
    from cli.answer import answer

    if is_taken(settings.ledger_place()):
        answer(settings.desk, data)
        return
    import msgspec

    told = {"ledger": None, "as_known": None, "as_of": settings.today_utc, "data": data}
    sys.stdout.write(msgspec.json.encode(told).decode() + "\n")


def show_findings(settings: Settings, found: Found) -> None:
    """Each finding with its place."""
    findings = found.findings
    if settings.json:
        listed = [
            {"file": one.file, "row": one.row, "column": one.column, "code": one.code, "text": one.sentence}
            | ({"cell": one.cell} if one.cell else {})
            for one in findings.listed
        ]
        answer_even_so(settings, {"findings": listed, "count": findings.count, "following": findings.following})
        return
    for one in findings.listed:
        out(f"{one.place}: {one.sentence} [{one.code}]")
    if findings.count > len(findings.listed):
        out(f"… and {findings.count - len(findings.listed):,} more")
