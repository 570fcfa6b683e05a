"""Which module brings which commands? Only the one that is asked for is loaded; help loads all."""

from __future__ import annotations

import inspect
from importlib import import_module

import typer

from cli.app import app, application

MODULES = {
    "init": ("init", "info"),
    "add": ("add", "restate", "assign"),
    "log": ("log", "forecast", "actual", "verdict"),
    "evidence": ("evidence",),
    "status": ("status",),
    "due": ("due", "move", "rebaseline"),
    "remind": ("remind",),
    "life": ("meet", "close-short", "withdraw", "suspend", "resume", "reopen"),
    "milestone": ("milestone",),
    "target": ("target",),
    "registers": ("note", "figure", "party", "source", "programme"),
    "lists": ("party", "source", "programme"),
    "retract": ("retract", "undo"),
    "show": ("show", "why"),
    "history": ("history",),
    "slips": ("slips",),
    "diff": ("diff",),
    "trend": ("trend",),
    "timeline": ("timeline",),
    "score": ("score",),
    "models": ("models",),
    "views": ("view",),
    "report": ("report",),
    "chart": ("chart",),
    "exchange": ("import", "export"),
    "template": ("template",),
    "backup": ("backup", "restore", "copy"),
    "server": ("roles", "migrate"),
    "audit": ("audit",),
    "audit_key": ("audit",),
    "audit_prove": ("audit",),
    "audit_pack": ("audit",),
    "audit_compare": ("audit",),
    "audit_sample": ("audit",),
    "replay": ("audit",),
}
"""The words that each module answers to, in the order in which help lists them."""


def with_commands(word: str | None = None) -> typer.Typer:
    """The application with what answers to a word; with everything where nothing does, or no word is given."""
    asked = [module for module, words in MODULES.items() if word in words]
    for module in asked or MODULES:
        import_module(f"cli.{module}")
    if not asked:
        order = [name for words in MODULES.values() for name in words]
        app.registered_commands.sort(key=lambda one: order.index(name_of(one)))
        app.registered_groups.sort(key=lambda one: order.index(str(one.name)))
    return app


def first_page() -> typer.Typer:
    """The application with the names of all commands and what they are for, which is all that its own page shows."""
    page, whole = application(), with_commands()
    for command in whole.registered_commands:
        told = command.help or inspect.getdoc(command.callback)
        page.command(name_of(command), help=told, hidden=command.hidden)(_nothing)
    for group in whole.registered_groups:
        assert group.typer_instance
        page.add_typer(typer.Typer(help=group.typer_instance.info.help), name=group.name)
    return page


def _nothing() -> None:
    """Nobody calls it: whose name is known is loaded."""


def answers(word: str | None) -> bool:
    """Is there a module that brings what answers to a word?"""
    return any(word in words for words in MODULES.values())


def name_of(command: typer.models.CommandInfo) -> str:
    """The word that a command answers to."""
    return command.name or getattr(command.callback, "__name__", "").replace("_", "-")
