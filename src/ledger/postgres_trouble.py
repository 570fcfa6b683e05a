"""What does PostgreSQL's error mean to the person at the desk, and what can be done about it?"""

from __future__ import annotations

import logging

import psycopg

from domain.refused import Refused
from domain.text import shown
from ledger.trouble import CannotDecide

for library in ("sqlalchemy", "psycopg"):  # what fails while they tidy up is no news
    logging.getLogger(library).addHandler(logging.NullHandler())
CONSTRAINTS = "23"
"""The class of errors that say what the tables forbid: they are answered where they arise."""


def unreachable(error: psycopg.Error, label: str) -> CannotDecide:
    """There is no connection. Nothing that the server says is passed on but its meaning: it may quote an address."""
    said = str(error).lower()
    if "password" in said or "authentication" in said or ("role" in said and "does not exist" in said):
        return CannotDecide(
            "login-refused",
            f"{label} does not let you in: the login or its password is not accepted. Check the user in the address;"
            " passwords belong into a password file (PGPASSFILE) or a service file.",
        )
    if "database" in said and "does not exist" in said:
        return CannotDecide(
            "no-database", f"The server has no database {label}. Create it first (createdb), or correct the address."
        )
    if "definition of service" in said or "service file" in said:
        return CannotDecide(
            "no-service",
            f"The service that the address names is not known here, or its file cannot be read: {label}. Look into"
            " ~/.pg_service.conf, or the file that PGSERVICEFILE names.",
        )
    if "too many" in said or "remaining connection slots" in said:
        return CannotDecide("ledger-busy", f"{label} has no free connection. Try again in a moment.")
    return CannotDecide(
        "server-unreachable",
        f"{label} cannot be reached: the server does not answer, or the connection was refused. Check that it runs,"
        " the host and port, and the TLS options of the address.",
    )


def explained(error: object, label: str) -> Refused | None:
    """The refusal that an error of PostgreSQL stands for; None where the error is about us.

    Codes: `ledger-busy`, `read-only`, `not-allowed`, `disk-full`, `disk-error`, `in-use`, `ledger-damaged`; undecided:
    `server-gone`, `too-slow`.
    """
    if isinstance(error, Refused):
        return error
    if not isinstance(error, psycopg.Error):
        return None
    state = error.sqlstate or ""
    if state.startswith(CONSTRAINTS):
        return None
    match state:
        case "55P03" | "40001" | "40P01" | "53300":
            return Refused(
                "ledger-busy",
                f"Someone else is writing to {label} and did not finish in time. Nothing was recorded; try again.",
            )
        case "25006" | "0A000":  # a standby lacks the feature of a transaction that writes
            return read_only(label)
        case "42501":
            return not_allowed(label)
        case "53100":
            return Refused(
                "disk-full", f"The disk of {label} is full. Nothing was recorded; make room there and try again."
            )
        case "2BP01":
            return Refused(
                "in-use",
                f"Objects of your own in the database of {label} need what is to be made anew"
                f" ({shown(str(error).splitlines()[0], 200)}). Nothing was changed: drop them, run this again, and make"
                " them anew.",
            )
        case "57014":
            return CannotDecide(
                "too-slow",
                f"{label} took longer than a statement may. Try again, or give more time in the address:"
                " ?options=-c%20statement_timeout%3D10min.",
            )
        case "58030" | "XX001" | "XX002":
            return CannotDecide("disk-error", f"The disk of {label} reports an error. Nothing was recorded.")
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return CannotDecide(
            "server-gone",
            f"The connection to {label} broke off. What was not acknowledged may be recorded or not: ask"
            " `pledger history`, or send the command again with its --command-id.",
        )
    if state[:2] in ("42", "22", "XX"):
        return damaged(label, shown(str(error).splitlines()[0], 200))
    return None


def not_confirmed(label: str) -> CannotDecide:
    """A standby that was to be waited for has not answered."""
    return CannotDecide(
        "not-confirmed",
        f"{label} has recorded it, and no standby has confirmed that in time: it is lost if this server is lost now."
        " When the standby is back, send the command again with its --command-id, or look with `pledger history`.",
    )


def no_ledger(label: str) -> Refused:
    """Nothing is there."""
    return Refused("no-ledger", f"There is no ledger in {label}. Make one with `pledger init` and its address.")


def ledger_exists(label: str) -> Refused:
    """Something is there already."""
    return Refused(
        "ledger-exists", f"There is a ledger in {label} already. Record into it, or name another with ?schema=NAME."
    )


def wrong_format(label: str, found: int, known: int) -> Refused:
    """The ledger was made by a later version, or by an earlier one."""
    if found > known:
        return Refused(
            "newer-format", f"{label} has format {found}; this program reads up to {known}. Update pledger to use it."
        )
    return Refused("older-format", f"{label} has format {found}, which is older than {known}. Run `pledger migrate`.")


def read_only(label: str) -> Refused:
    """A standby, or a database that takes nothing."""
    return Refused(
        "read-only",
        f"{label} takes nothing new: it is a standby, or was made read-only. Reading works; record at the primary.",
    )


def not_allowed(label: str) -> Refused:
    """A right is missing."""
    return Refused(
        "not-allowed",
        f"Your login may not do that in {label}. `pledger roles` prints the grants that its owner would give you.",
    )


def may_not_make(label: str) -> Refused:
    """A right is missing to whoever wants to make a ledger, in which nobody has any yet."""
    return Refused(
        "not-allowed",
        f"Your login may not make schemas and roles for {label}. A ledger is made by one that may: CREATEROLE, and"
        " CREATE on the database.",
    )


def schema_taken(label: str, schema: str, owner: str) -> Refused:
    """Somebody made the schema before, and kept it."""
    return Refused(
        "schema-taken",
        f"No ledger was made in {label}: the schema {schema} is there already, and {owner} may make nothing in it."
        " Give it to that role (ALTER SCHEMA … OWNER TO …), drop it, or name another with ?schema=NAME.",
    )


def damaged(label: str, why: str) -> Refused:
    """The tables are not as we make them."""
    return Refused(
        "ledger-damaged",
        f"{label} is not as this program made it ({why}). Nothing was changed; `pledger audit verify` shows what"
        " holds.",
    )
