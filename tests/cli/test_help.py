"""Has every command help, with an example that can be typed?"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from cli.commands import with_commands
from cli.main import hoisted
from tests.cli.given import Office

ROOT: Any = typer.main.get_command(with_commands())


def commands(command: Any = ROOT, path: str = "pledger") -> Iterator[tuple[str, Any]]:
    """Every command with the words that call it; hidden ones, which are other names, are left out."""
    for name, inner in getattr(command, "commands", {}).items():
        if getattr(inner, "commands", None):
            yield from commands(inner, f"{path} {name}")
        elif not inner.hidden:
            yield f"{path} {name}", inner


COMMANDS = dict(commands())
every = pytest.mark.parametrize("path", COMMANDS)


def example(path: str) -> list[str]:
    """The words of a command's example."""
    lines = [line.strip() for line in (COMMANDS[path].help or "").splitlines()]
    begins = next(index for index, line in enumerate(lines) if line.startswith("Example: "))
    return shlex.split(" ".join(lines[begins:]).removeprefix("Example: "))


@every
def test_a_command_has_help(new: Office, path: str) -> None:
    said = new.tell(f"{path.removeprefix('pledger ')} --help")
    assert (said.code, said.err) == (0, "")
    assert said.out == new.tell(f"{path.removeprefix('pledger ')} -h").out
    assert f"Usage: {path} " in said.out
    assert "Example: pledger " in said.out


@every
def test_an_option_and_an_argument_are_explained(path: str) -> None:
    unexplained = [one.name for one in COMMANDS[path].params if not one.help]
    assert unexplained == []


@every
def test_the_example_of_a_command_can_be_typed(path: str) -> None:
    words = example(path)
    name = path.split()
    assert words[: len(name)] == name
    parses(hoisted(words[1:]))


def parses(words: list[str]) -> None:
    """Reads a command line without running it; a usage error is raised."""
    command = ROOT
    context = ROOT.make_context("pledger", list(words), resilient_parsing=False)
    while getattr(command, "commands", None):
        name, command, rest = command.resolve_command(context, [*context._protected_args, *context.args])
        context = command.make_context(name, rest, parent=context)


def test_an_example_with_an_unknown_option_would_be_found() -> None:
    with pytest.raises(Exception, match="No such option"):
        parses(["log", "fibre", "--nothing"])


def test_every_option_of_a_recording_command_is_there() -> None:
    for path in ("pledger add", "pledger milestone link", "pledger undo", "pledger rebaseline"):
        *groups, name = path.split()[1:]
        command = ROOT
        for group in (*groups, name):
            command = command.commands[group]
        options = {option for one in command.params for option in one.opts}
        assert {"--on", "-n", "--dry-run", "--command-id"} <= options


def test_the_first_page_lists_every_command_in_a_line_of_its_own(new: Office) -> None:
    said = new.at_terminal("--help")
    assert said.code == 0
    listed = said.out.partition("Commands:\n")[2].splitlines()
    assert {line.split()[0] for line in listed} == {
        name for name, command in ROOT.commands.items() if not command.hidden
    }
    assert max(map(len, said.out.splitlines())) <= 80


GROUPS = ["", *sorted({path.removeprefix("pledger ").rpartition(" ")[0] for path in COMMANDS} - {""})]


@pytest.mark.parametrize("group", GROUPS)
def test_no_summary_in_a_list_of_commands_is_cut(new: Office, group: str) -> None:
    listed = new.at_terminal(f"{group} --help").out.partition("Commands:\n")[2]
    assert listed
    assert "..." not in listed


def test_without_a_command_the_first_page_is_shown(new: Office) -> None:
    said = new.tell("")
    assert said.code == 2
    assert "Commands:" in said.err


def test_which_version_it_is(new: Office) -> None:
    said = new.tell("--version")
    assert said.code == 0
    assert said.out.startswith("pledger 0.")
