"""Is of each command what it needs loaded, and nothing else?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import typer
from click import Command

from cli.commands import MODULES, answers, first_page, name_of, with_commands
from cli.main import command_of, hoisted
from tests.cli.given import Office

ALL = with_commands()
ASKED = """
import json, sys
from importlib import import_module
from cli.app import app
from cli.commands import name_of
import_module("cli." + sys.argv[1])
groups = {one.name for one in app.registered_groups if one.typer_instance.registered_commands}
loaded = {name.partition(".")[0] for name in sys.modules}
print(json.dumps([sorted({name_of(one) for one in app.registered_commands} | groups), sorted(loaded)]))
"""
HEAVY = frozenset({"sqlalchemy", "msgspec", "rich", "eventsourcing", "cryptography", "psycopg", "ledger"})
ON_ITS_OWN = {"lists": {"figure", "note"}}
"""What else a module brings, because it adds to groups that another one makes."""


def alone(code: str, *words: str) -> Any:
    """What a process of its own says, as JSON."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", code, *words], env=environment, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_brings_the_words_that_it_says_and_loads_nothing_heavy(module: str) -> None:
    words, loaded = alone(ASKED, module)
    assert set(words) == set(MODULES[module]) | ON_ITS_OWN.get(module, set())
    assert HEAVY & set(loaded) == set()


def brought(made: typer.Typer) -> Iterator[tuple[str, str]]:
    """Which module brings what under which word."""
    for command in made.registered_commands:
        yield command.callback.__module__, name_of(command)
    for group in made.registered_groups:
        assert group.typer_instance
        for module, _ in brought(group.typer_instance):
            yield module, str(group.name)


def test_each_word_names_every_module_that_brings_something_of_it() -> None:
    told = {(f"cli.{module}", word) for module, words in MODULES.items() for word in words}
    assert set(brought(ALL)) == told


def tree(command: Command) -> Any:
    """A command with all beneath it, and what each takes."""
    beneath = getattr(command, "commands", {})
    takes = [(one.name, one.opts) for one in command.params]
    return command.name, command.help, takes, sorted((tree(one) for one in beneath.values()), key=lambda one: one[0])


SHAPE = """
import json, sys, typer
from cli.commands import with_commands
from tests.cli.test_commands import tree
root = typer.main.get_command(with_commands(sys.argv[1]))
print(json.dumps(tree(root.commands[sys.argv[1]])))
"""


@pytest.mark.parametrize("word", ["status", "rebaseline", "party", "audit", "evidence"])
def test_a_word_alone_is_what_it_is_among_all(word: str) -> None:
    whole: Any = typer.main.get_command(ALL)
    assert alone("import cli.app\n" + SHAPE, word) == json.loads(json.dumps(tree(whole.commands[word])))


def test_the_first_page_names_every_command_as_the_whole_does() -> None:
    page, whole = (typer.main.get_command(made) for made in (first_page(), ALL))
    shown = [
        [(name, one.get_short_help_str(), one.hidden) for name, one in made.commands.items()]  # type: ignore[attr-defined]  # groups
        for made in (page, whole)
    ]
    assert shown[0] == shown[1]
    assert page.get_help(typer.Context(page)) == whole.get_help(typer.Context(whole))


@pytest.mark.parametrize("word", ["nothing", "sho", "--nothing", "--ledger", ""])
def test_what_is_no_command_is_a_usage_error(new: Office, word: str) -> None:
    said = new.tell(word)
    assert (said.code, said.out) == (2, "")


def test_a_shell_that_completes_a_line_sees_all_options(new: Office) -> None:
    new.environment = {"_PLEDGER_COMPLETE": "complete_bash"}
    asking = {"_PLEDGER_COMPLETE": "complete_bash", "COMP_WORDS": "pledger due --wi", "COMP_CWORD": "2"}
    assert "--within" in new.at_terminal("", environment=asking).out


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("status", "status"),
        ("--ledger x.db --json status --late", "status"),
        ("--ledger=status show", "show"),
        ("-C folder party list", "party"),
        ("--no-input -- status", "status"),
        ("show --as-known 154", "show"),
        ("", None),
        ("--help", None),
        ("--json", None),
        ("--ledger", None),
        ("status --ledger", None),  # what is missing is said before anything else
    ],
)
def test_the_command_is_the_first_word_that_is_no_global_option(line: str, word: str | None) -> None:
    assert command_of(hoisted(line.split())) == word


def test_only_what_is_a_command_has_a_module() -> None:
    assert answers("status")
    assert not answers("nothing")
    assert not answers(None)
