"""Is this file a ledger of ours?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from domain.opening import FORMAT
from ledger import trouble
from ledger.line import instant_of
from ledger.reader import Reader, rows
from ledger.tree import Frontier, ProofError

APPLICATION = 0x706C6467  # "pldg" in the file's header, by which other programs can tell a ledger


def recognise(reader: Reader, path: Path) -> None:
    """Returns when this is a ledger of our format. Refused: `not-a-ledger`, `older-format`, `newer-format`,
    `ledger-damaged`.
    """
    ((application,),) = rows(reader, "PRAGMA application_id")
    if application != APPLICATION:
        ((tables,),) = rows(reader, "SELECT count(*) FROM sqlite_master")
        raise trouble.not_a_ledger(path, "was made by another program" if tables else "is empty")
    ((found,),) = rows(reader, "PRAGMA user_version")
    if found != FORMAT:
        raise trouble.wrong_format(path, found, FORMAT)
    heads = rows(reader, "SELECT size, frontier, time FROM head")
    if len(heads) != 1 or not _is_sound(*heads[0]):
        raise trouble.damaged(path, "its head is not what this program writes")


def _is_sound(size: Any, frontier: Any, time: Any) -> bool:
    try:
        return Frontier.load(frontier).size == size and (not time or bool(instant_of(time)))
    except (ProofError, TypeError, ValueError):
        return False
