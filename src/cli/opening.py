"""How is a ledger made and described?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cli.place import shown_place
from cli.settings import Settings, configuration_file, remember_office
from cli.shown import out, talk
from domain.refused import Refused
from domain.text import text

if TYPE_CHECKING:
    from ledger.record import Record

TAKEN = "imported_unsealed"


def office_asked_once(settings: Settings) -> str:
    """The office that records; asked for on a terminal and then remembered. Refused: `no-actor`."""
    from cli.ask import ask
    from cli.desk import no_actor

    office = settings.office()
    if office:
        return office
    if not settings.may_ask:
        raise no_actor()
    office = ask(
        "Your office? A role such as programme-office, no person:",
        check=lambda typed: text(typed, "office"),
    )
    path = remember_office(settings.edge, office)
    talk(f"Remembered in {path}.")
    return office


def open_new(settings: Settings, where: str, title: str | None, timezone: str, office: str) -> None:
    """Make the ledger and say what to do next. Refused: `no-title`, `ledger-exists`, `bad-timezone`."""
    from ledger.ledger import Ledger
    from projections.kept import made_beside

    if not title:
        raise Refused("no-title", 'A ledger needs a title: pledger init --title "Middle Corridor".')
    with Ledger.create(
        where, title, timezone, actor=office, pen=settings.edge.pen(), beside=made_beside(where)
    ) as ledger:
        settings.ledger = where
        record = ledger.record
        if settings.json:
            from cli.answer import answer

            answer(settings.desk, [])
            return
        out(f"#1 {record.title}: ledger opened in {shown_place(where)} (days of {timezone}, id {record.id})")
    talk('Next: pledger add KEY "What was promised" --due end-2026 -p "az=Azerbaijan"')


def show_info(settings: Settings) -> None:
    """Where it lies and which server answers, id, title, size and root (hex, RFC 6962 over the lines), zone, first and
    last instant."""
    from ledger.line import stamp
    from ledger.node import node_of

    desk = settings.desk
    at, record = desk.at, desk.record
    node = node_of(record)
    told = {
        "place": shown_place(settings.ledger_place()),
        "node": node and str(node),
        "id": record.id,
        "title": record.title,
        "size": at.known,
        "root": record.root(at.known).hex(),
        "timezone": record.opened.timezone,
        "format": record.opened.format,
        "opened": stamp(record.time_at(1)) if at.known else None,
        "last": stamp(record.time_at(at.known)) if at.known else None,
        **_seals(record, at.known),
        "office": settings.office(),
        "configuration": str(configuration_file(settings.edge)),
    }
    if settings.json:
        from cli.answer import answer

        answer(desk, told)
        return
    for name, value in told.items():
        if name == TAKEN:
            for one in value:
                out(f"{name:<17} #{one['first']} to #{one['last']}, {one['time']}, by {one['actor']}")
        else:
            out(f"{name:<17} {'-' if value is None else value}")


def _seals(record: Record, known: int) -> dict[str, Any]:
    """What is sealed, what is not yet, and what came from another copy under no checkpoint."""
    from ledger.checkpoints import unsealed
    from ledger.checkpoints_import import receipts

    tail = unsealed(record, known)
    taken = [one for one in receipts(record) if one.first <= known]
    return {
        "sealed": tail.sealed,
        "unsealed": tail.lines,
        "unsealed_since": tail.oldest,
        TAKEN: [one._asdict() for one in taken],
    }
