"""How is what was handed in taken in, and what is said about it?"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from cli.settings import Settings
from cli.shown import out, progress, talk
from domain.refused import Refused
from exchange.finding import Found
from exchange.handed import Handed, handed
from exchange.lines import Checked, check_lines, continue_ledger, make_copy


def take_in(settings: Settings, names: Sequence[str]) -> None:
    """Refused: see `handed`, `check_lines`, `plan`; `usage`."""
    with handed(names, sys.stdin.buffer if "-" in names else BytesIO()) as files:
        try:
            if files[0].kind == "lines":
                _take_lines(settings, files)
            else:
                _take_tables(settings, files)
        except Found as found:
            _show(settings, found)
            raise


def _take_lines(settings: Settings, files: Sequence[Handed]) -> None:
    asked = settings.recording
    if asked.on or asked.command_id:
        raise Refused("usage", "--on and --command-id are for tables; lines bring their days and ids along.")
    place = settings.ledger_place()
    if Path(place).exists() or "://" in place:
        _continue(settings, files)
    else:
        _copy(settings, files, place)


def _copy(settings: Settings, files: Sequence[Handed], place: str) -> None:
    with progress("Checking lines") as watch:
        checked = check_lines(files, None, watch)
    if settings.recording.dry_run:
        _tell(settings, checked, f"#1-#{len(checked.new)} would become a copy of that ledger in {place}.")
        return
    with progress("Writing lines") as watch:
        make_copy(place, checked, watch)
    settings.ledger = place
    record = settings.desk.record
    _tell(settings, checked, f"#1-#{record.size} {record.title}: a copy in {place} (id {record.id})")
    talk("Next: pledger status")


def _continue(settings: Settings, files: Sequence[Handed]) -> None:
    desk, dry = settings.desk, settings.recording.dry_run
    record = desk.record if dry else desk.ledger.record
    with progress("Checking lines") as watch, record.snapshot():
        checked = check_lines(files, record, watch)
    if checked.new and not dry:
        with progress("Writing lines") as watch:
            continue_ledger(desk.ledger.store, checked, watch)
    _tell(settings, checked, f"{_appended(checked, dry)} {record.title}: {checked.there:,} stood already.")


def _appended(checked: Checked, dry: bool) -> str:
    if not checked.new:
        return "Nothing new for"
    return f"#{checked.after + 1}-#{checked.after + len(checked.new)} {'would continue' if dry else 'continue'}"


def _take_tables(settings: Settings, files: Sequence[Handed]) -> None:
    from exchange.plan import plan
    from projections.register import parties, programmes, sources

    desk = settings.desk
    registers = {
        "party": {one.key: one.name for one in desk.ask(parties)},
        "programme": {one.key: one.title for one in desk.ask(programmes)},
        "source": {one.key: one.title for one in desk.ask(sources)},
    }
    names = ", ".join(file.name for file in files)
    desk.change(plan(files, registers), nothing=f"All that {names} says stands already")


def _tell(settings: Settings, checked: Checked, sentence: str) -> None:
    if not settings.json:
        out(sentence)
        return
    told = {"new": len(checked.new), "there": checked.there, "dry_run": settings.recording.dry_run}
    _answer(settings, told)


def _answer(settings: Settings, data: Any) -> None:
    """One JSON object; without a ledger where there is none yet."""
    from cli.answer import answer

    if Path(settings.ledger_place()).exists():
        answer(settings.desk, data)
        return
    import msgspec

    told = {"ledger": None, "as_known": None, "as_of": settings.today_utc, "data": data}
    sys.stdout.write(msgspec.json.encode(told).decode() + "\n")


def _show(settings: Settings, found: Found) -> None:
    """Each finding with its place."""
    findings = found.findings
    if settings.json:
        listed = [
            {"file": one.file, "row": one.row, "column": one.column, "code": one.code, "text": one.sentence}
            for one in findings.listed
        ]
        _answer(settings, {"findings": listed, "count": findings.count, "following": findings.following})
        return
    for one in findings.listed:
        out(f"{one.place}: {one.sentence} [{one.code}]")
    if findings.count > len(findings.listed):
        out(f"… and {findings.count - len(findings.listed):,} more")
