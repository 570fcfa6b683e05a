"""Filters under a name, in the user's configuration: `view save`, `view list`."""

from __future__ import annotations

import shlex
from typing import Annotated

import typer

from cli.app import group
from cli.settings import Edge, Settings, configuration, configuration_file

view_app = group("view", "Filters that you use often, under a name: @NAME.")
SECTION = "views"


@view_app.command("save")
def save(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name under which it is used: @NAME.")],
    words: Annotated[
        list[str], typer.Argument(metavar="FILTER…", help="As in status, due, slips, score, timeline, history.")
    ],
) -> None:
    """Keep a filter under a name, in your own configuration. One that has that name is replaced.

    Example: pledger view save oil-trouble tag:oil status:late,short,at-risk
    """
    from cli.filtered import expanded
    from cli.shown import talk
    from domain.text import key
    from projections.filters import Asked
    from projections.trail import trail

    settings: Settings = context.obj
    name = key(name.removeprefix("@"), "name of a view")
    said = list(expanded(settings.edge, words))
    trail(said, Asked(settings.today_utc, lambda noun, typed: key(typed, f"{noun} key")))
    remember(settings.edge, name, shlex.join(said))
    talk(f"Saved as @{name} in your configuration.")


@view_app.command("list")
def list_views(context: typer.Context) -> None:
    """List your saved filters.

    Example: pledger view list
    """
    from cli.audit_release import answer
    from cli.shown import out, table

    settings: Settings = context.obj
    found = views(settings.edge)
    if settings.json:
        answer(settings, None, [{"name": name, "filter": text} for name, text in sorted(found.items())])
    elif found:
        table(("view", "filter"), [(f"@{name}", text) for name, text in sorted(found.items())])
    else:
        out('There is none yet. Keep one with: pledger view save NAME "status:late".')


def views(edge: Edge) -> dict[str, str]:
    """The saved filters by their names. Refused: `bad-configuration`."""
    from domain.refused import Refused

    found = configuration(edge).get(SECTION, {})
    if isinstance(found, dict) and all(isinstance(text, str) for text in found.values()):
        return found
    raise Refused(
        "bad-configuration", f'{configuration_file(edge)}: [{SECTION}] holds lines like oil = "tag:oil", nothing else.'
    )


def saved(edge: Edge, name: str) -> str:
    """The filter of that name. Refused: `unknown-view` with the nearest, `bad-configuration`."""
    from difflib import get_close_matches

    from domain.refused import Refused
    from domain.text import shown

    found = views(edge)
    if name in found:
        return found[name]
    near = get_close_matches(name, found, n=1)
    hint = f"Did you mean @{near[0]}?" if near else "See pledger view list."
    raise Refused("unknown-view", f"There is no saved filter {shown('@' + name)}. {hint}")


def remember(edge: Edge, name: str, text: str) -> None:
    """Write a filter into the user's configuration; what else it says stays. Refused: `bad-configuration`."""
    found = views(edge) | {name: text}
    path = configuration_file(edge)
    kept, inside = [], False
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        inside = line.strip() == f"[{SECTION}]" if line.lstrip().startswith("[") else inside
        kept += [] if inside else [line]
    section = [f"[{SECTION}]", *(f"{_quoted(each)} = {_quoted(found[each])}" for each in sorted(found))]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([*kept, *section]) + "\n", encoding="utf-8")


def _quoted(text: str) -> str:
    """A basic string of TOML."""
    import json

    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
