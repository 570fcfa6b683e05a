"""Which module brings which commands? Only the one that is asked for is loaded; help loads all."""

from __future__ import annotations

from importlib import import_module

import typer

from cli.app import app

MODULES = {
    "init": ("init", "info"),
    "add": ("add", "restate", "assign"),
    "log": ("log", "forecast", "actual", "verdict", "evidence"),
    "status": ("status",),
    "due": ("due", "move", "rebaseline"),
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
    "exchange": ("import", "export"),
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


def name_of(command: typer.models.CommandInfo) -> str:
    """The word that a command answers to."""
    return command.name or getattr(command.callback, "__name__", "").replace("_", "-")
