"""Write what the pages say the program says: help of commands, refusals, transcripts. `--check` only compares."""

from __future__ import annotations

import ast
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from cli.commands import with_commands
from docs.pictures import pictures
from docs.transcripts import replayed

HERE = Path(__file__).parent
SOURCES = HERE.parent / "src"
REFUSALS = frozenset({"Refused", "CannotDecide", "LineError"})
COMMANDS = """# Commands

Every command, as `--help` says it. Options of `pledger` itself are accepted before and after the command. This page is
generated (`make docs`).
"""
CODES = """# Refusals

What pledger does not take, by its stable code. A refusal goes to stderr, with `--json` as one object; the exit code is
1 (refused), 2 (usage) or 3 (could not decide), and the ledger is as it was, but for `server-gone` (perhaps) and
`not-confirmed`, as they say. `…` stands for what the sentence names. This page is generated (`make docs`).

| code | sentence |
|---|---|
"""


def commands() -> Iterator[str]:
    """The help of every command, groups before their members."""
    root = typer.main.get_command(with_commands())
    yield from _pages(root, "pledger")


def _pages(command: Any, path: str) -> Iterator[str]:
    context = command.context_class(command, info_name=path, terminal_width=100, max_content_width=100)
    yield f"\n## {path}\n\n```text\n{command.get_help(context).rstrip()}\n```\n"
    for name, member in sorted(getattr(command, "commands", {}).items()):
        if not member.hidden:
            yield from _pages(member, f"{path} {name}")


def refusals() -> dict[str, set[str]]:
    """The sentences of each code, from the places that raise it."""
    found: dict[str, set[str]] = {}
    for path in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in REFUSALS and len(node.args) == 2:
                code, sentence = node.args
                if isinstance(code, ast.Constant):
                    found.setdefault(str(code.value), set()).add(_template(sentence))
    return found


def _template(sentence: ast.expr) -> str:
    """A sentence with `…` for what is filled in."""
    match sentence:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=values):
            return "".join(_template(value) for value in values)
        case ast.BinOp(left=left, right=right):
            return _template(left) + _template(right)
    return "…"


def pages() -> dict[Path, str]:
    """Every generated page with its text."""
    rows = [
        f"| `{code}` | {'<br>'.join(sorted(one.replace('|', chr(92) + '|') for one in sentences))} |\n"
        for code, sentences in sorted(refusals().items())
    ]
    told = {
        page: _replayed(page)
        for page in (HERE.parent / "README.md", *sorted(HERE.glob("*.md")))
        if _has_transcript(page)
    }
    return (
        told
        | dict(pictures())
        | {
            HERE / "commands.md": COMMANDS + "".join(commands()),
            HERE / "refusals.md": CODES + "".join(rows),
        }
    )


def _has_transcript(page: Path) -> bool:
    return "```console" in page.read_text("utf-8")


def _replayed(page: Path) -> str:
    with tempfile.TemporaryDirectory() as folder:
        return replayed(page.read_text("utf-8"), Path(folder))


def main(check: bool) -> int:
    """Write what differs, or with `check` name it and fail."""
    made = pages()
    wrong = [path for path, text in made.items() if not path.exists() or path.read_text("utf-8") != text]
    for path in wrong:
        print(f"{'differs' if check else 'written'}: {path.name}")
        if not check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(made[path], "utf-8")
    return 1 if check and wrong else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
