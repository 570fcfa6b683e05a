"""What holds for the whole command: the global options, the environment, and the edge to the machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.tongue import speak

if TYPE_CHECKING:
    from cli.desk import Desk
    from ledger.pen import Pen

DEFAULT_LEDGER = "pledger.db"


@dataclass(frozen=True)
class Edge:
    """What the program takes from the machine: a clock, ids, its own name in the lines, the environment."""

    clock: Callable[[], datetime]
    environment: dict[str, str]
    ids: Callable[[datetime], str] | None = None
    program: str = ""

    @classmethod
    def of_this_machine(cls) -> Edge:
        """The real one."""
        return cls(clock=lambda: datetime.now(UTC), environment=dict(os.environ))

    def pen(self) -> Pen:
        """What lines are stamped with."""
        from ledger.ids import Ids
        from ledger.pen import Pen

        return Pen(clock=self.clock, ids=self.ids or Ids(), program=self.program)


@dataclass
class Recording:
    """The options of every recording command."""

    on: str | None = None
    dry_run: bool = False
    command_id: str | None = None


@dataclass
class Settings:
    """The global options as given; None where nothing was said."""

    edge: Edge
    ledger: str | None = None
    actor: str | None = None
    as_known: str | None = None
    as_of: str | None = None
    json: bool = False
    no_input: bool = False
    lang: str | None = None
    recording: Recording = field(default_factory=Recording)
    _desk: Desk | None = None

    @property
    def may_ask(self) -> bool:
        """Is somebody at a terminal who may be asked?"""
        return not self.no_input and sys.stdin.isatty() and sys.stderr.isatty()

    @cached_property
    def today_utc(self) -> date:
        """The day of the clock in UTC, where no ledger says which zone counts."""
        return self.edge.clock().date()

    @property
    def desk(self) -> Desk:
        """The ledger, opened for this command."""
        if self._desk is None:
            from cli.desk import Desk

            self._desk = Desk(self)
        return self._desk

    @property
    def incomplete(self) -> bool:
        """Was there an answer that ends before the point that was asked about?"""
        return self._desk is not None and self._desk.incomplete

    def close(self) -> None:
        """Give the ledger back; whoever comes next speaks for himself."""
        if self._desk is not None:
            self._desk.close()
        speak("en")

    def must_be_now(self) -> None:
        """What is recorded is recorded now. Refused: `time-on-recording`."""
        if self.as_known is not None or self.as_of is not None:
            from domain.refused import Refused

            raise Refused(
                "time-on-recording",
                "--as-known and --as-of look back and cannot record. Give the day on which it was true with --on DATE.",
            )

    def ledger_place(self) -> str:
        """The ledger meant: --ledger, PLEDGER_LEDGER, or the pledger.db here or in a folder above."""
        named = self.edge.environment.get("PLEDGER_LEDGER") or None if self.ledger is None else self.ledger
        if named is not None:
            return named
        for folder in (here := Path.cwd(), *here.parents):
            if (folder / DEFAULT_LEDGER).exists():
                return str(folder / DEFAULT_LEDGER)
        return DEFAULT_LEDGER

    def language(self) -> str:
        """The language of words: --lang, PLEDGER_LANG, else that of the locale. Refused: `usage`."""
        from exchange.language import LANGUAGES, of_locale

        told = self.edge.environment
        named = self.lang if self.lang is not None else told.get("PLEDGER_LANG") or None
        if named is None:
            return of_locale(told.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
        if (code := named.strip().lower()) in LANGUAGES:
            return code
        from domain.refused import Refused
        from domain.text import shown

        where = "PLEDGER_LANG" if self.lang is None else "--lang"
        raise Refused("usage", f"{where}: {shown(named)} is no language of ours. Write one of {', '.join(LANGUAGES)}.")

    def office(self) -> str | None:
        """The office that records: --actor, PLEDGER_ACTOR, or the user's configuration; never the login name."""
        if self.actor is not None:
            return self.actor
        return self.edge.environment.get("PLEDGER_ACTOR") or remembered_office(self.edge)


def configuration_file(edge: Edge) -> Path:
    """The user's configuration: `pledger/config.toml` under XDG_CONFIG_HOME, APPDATA or ~/.config."""
    home = edge.environment.get("XDG_CONFIG_HOME") or edge.environment.get("APPDATA")
    return (Path(home) if home else Path.home() / ".config") / "pledger" / "config.toml"


def configuration(edge: Edge) -> dict[str, Any]:
    """The user's configuration; empty without one. Refused: `bad-configuration`."""
    import tomllib

    from domain.refused import Refused

    path = configuration_file(edge)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise Refused("bad-configuration", f"{path} cannot be read ({error}). Mend it or move it away.") from None


def remembered_office(edge: Edge) -> str | None:
    """The office in the user's configuration. Refused: `bad-configuration`."""
    from domain.refused import Refused

    named = configuration(edge).get("actor")
    if named is None or isinstance(named, str):
        return named
    raise Refused("bad-configuration", f'{configuration_file(edge)}: actor is no text. Write actor = "an-office".')


def remember_office(edge: Edge, office: str) -> Path:
    """Write the office into the user's configuration; what else it says stays."""
    path = configuration_file(edge)
    kept = path.read_text(encoding="utf-8") if path.exists() else ""
    kept = "".join(line for line in kept.splitlines(keepends=True) if line.partition("=")[0].strip() != "actor")
    path.parent.mkdir(parents=True, exist_ok=True)
    quoted = office.replace("\\", "\\\\").replace('"', '\\"')
    path.write_text(f'actor = "{quoted}"\n{kept}', encoding="utf-8")
    return path
