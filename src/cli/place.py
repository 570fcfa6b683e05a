"""Which place does a word of the command line mean, and how is a place shown?"""

from __future__ import annotations

from domain.refused import Refused


def typed(where: str) -> str:
    """A path or address as it was typed. Refused: `password-shown`, and for an address as `ledger.place.label`.

    Everybody on a machine can read the command lines of its processes.
    """
    if "=" in where or ":" in where:
        from ledger.place import has_password  # late: a path needs none of it

        if has_password(where):
            raise Refused(
                "password-shown",
                "A password on the command line is seen by everybody on this machine. Put it into a password file"
                " (PGPASSFILE) or a service file, or the whole address into PLEDGER_LEDGER.",
            )
    return where


def shown_place(where: str) -> str:
    """How a sentence names it, without what is secret in it."""
    from ledger.place import label

    return label(where)
