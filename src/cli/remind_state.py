"""What was told already? A file of the user's, one for each ledger; and where letters go, in their configuration."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from cli.settings import Edge, configuration, configuration_file
from domain.refused import Refused
from domain.text import same_office, shown, slug
from projections.reminders import Group, Told

SECTION = "addresses"


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    ledger: str
    told: dict[str, Told]


def state_file(edge: Edge, ledger: str) -> Path:
    """Where it lies unless another place is named: beside the user's configuration, under the ledger's id.

    What a broken ledger gives as its id is never a path.
    """
    return configuration_file(edge).parent / "reminded" / f"{slug(ledger)}.json"


def remembered(path: Path, ledger: str) -> dict[str, Told]:
    """What was told of a ledger, by its name (`Reminder.id`); nothing where there is no file yet.

    Refused: `bad-state`.
    """
    try:
        found = msgspec.json.decode(path.read_bytes(), type=_File)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise _bad(path, str(error)) from None
    if found.ledger != ledger:
        raise _bad(path, f"it is that of another ledger, {shown(found.ledger)}")
    return found.told


def remember(path: Path, ledger: str, told: Mapping[str, Told]) -> None:
    """Write it, whole or not at all. Refused: `not-written`, `not-replaced`."""
    from exchange.whole import whole_file

    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as file:
        file.write(msgspec.json.format(msgspec.json.encode(_File(ledger, dict(told)), order="sorted")) + b"\n")


def _bad(path: Path, why: str) -> Refused:
    return Refused(
        "bad-state",
        f"{shown(str(path), 200)} cannot be used: {why}. It remembers what pledger remind has told. Move it away and"
        " all is told again, or name another with --state.",
    )


class Addresses:
    """Where letters go, by the user's configuration. Refused: `bad-configuration`."""

    def __init__(self, edge: Edge) -> None:
        from exchange.mail import is_address

        found = configuration(edge).get(SECTION, {})
        if not isinstance(found, dict) or not all(isinstance(one, str) and is_address(one) for one in found.values()):
            raise Refused(
                "bad-configuration",
                f'{configuration_file(edge)}: [{SECTION}] holds lines like energy-ministry = "office@example.org",'
                " nothing else.",
            )
        self._found: dict[str, str] = found

    def of(self, group: Group) -> str | None:
        """That of an owner, or of a programme by its key; None where nothing is said. None is ever made up."""
        name = group.owner or group.programme or ""
        return next((address for one, address in self._found.items() if same_office(one, name)), None)
