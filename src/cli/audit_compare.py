"""Are two copies the same ledger: `audit compare`."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.audit import audit_app
from cli.options import Context
from cli.place import shown_place, typed
from cli.settings import Settings

if TYPE_CHECKING:
    from cli.audit_cited import Cited
    from ledger.compare import Comparison, Side

WHAT = "A ledger, a pack, or a checkpoint."
KEPT = (
    "This rests on the hashes that each side keeps; whether its lines have them is for `pledger audit verify` to say."
)


@audit_app.command()
def compare(
    context: Context,
    one: Annotated[str, typer.Argument(metavar="A", help=WHAT)],
    other: Annotated[str, typer.Argument(metavar="B", help=WHAT)],
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Where the proof that one grew goes.")
    ] = None,
) -> None:
    """Say whether A and B are equal, or where they part.

    Equal, or one the beginning of the other, or two histories: then the first lines that differ, side by side.

    Exit code 0: equal, or a beginning. 1: they part. 3: two checkpoints alone cannot decide.

    Example: pledger audit compare pledger.db auditors-copy.db
    """
    from cli.audit_words import must_have_proofs
    from exchange.pack_side import side_of
    from ledger.compare import compare as compared

    must_have_proofs()
    settings: Settings = context.obj
    with ExitStack() as closing:
        sides = side_of(typed(one), closing), side_of(typed(other), closing)
        found = compared(*sides)
    written = _release(found, output)
    if settings.json:
        _answer(settings, found, sides, written)
    else:
        _tell(found, (shown_place(one), shown_place(other)), sides)
    raise typer.Exit(found.kind.exit)


def _release(found: Comparison, output: str | None) -> str | None:
    """The consistency proof, as witnesses take it. Gives where it lies."""
    if output is None or found.proof is None:
        return None
    from exchange.whole import whole_file
    from ledger.checkpoints_consistency import Consistency

    with whole_file(Path(output)) as file:
        file.write(Consistency(found.common, found.proof).dump())
    return output


def _answer(settings: Settings, found: Comparison, sides: tuple[Side, Side], written: str | None) -> None:
    from cli.audit_release import answer

    heads = [_cited(side) for side in sides]
    data = {
        "verdict": found.kind.code,
        "a": heads[0].head,
        "b": heads[1].head,
        "common": found.common,
        "proof": None if found.proof is None else [one.hex() for one in found.proof],
        "fork": found.common + 1 if found.lines else None,
        "lines": None if found.lines is None else [line.decode("utf-8", "replace") for line in found.lines],
        "written": written,
    }
    answer(settings, heads[0], data)


def _cited(side: Side) -> Cited:
    from cli.audit_cited import Cited

    return Cited(side.origin.removeprefix("urn:uuid:"), None, side.size, side.root)


def _tell(found: Comparison, names: tuple[str, str], sides: tuple[Side, Side]) -> None:
    from cli.shown import heading, out, table

    if found.lines:
        table(("", names[0], names[1]), _beside(*found.lines))
        out()
    if sides[0].read or sides[1].read:
        out(KEPT)
    heading(_said(found, names, sides))
    for side in sides:
        out(_cited(side).footer)


def _said(found: Comparison, names: tuple[str, str], sides: tuple[Side, Side]) -> str:
    from ledger.compare import Kind

    (small, size), (large, more) = sorted(
        zip(names, (side.size for side in sides), strict=True), key=lambda pair: pair[1]
    )
    if found.kind is Kind.EQUAL:
        return f"Equal: {size:,} lines"
    if found.kind is Kind.PREFIX:
        lines = "1 line" if more - size == 1 else f"{more - size:,} lines"
        return f"{small} is the beginning of {large}, which has {lines} more"
    if found.kind is Kind.UNDECIDED:
        return f"Cannot decide: {large} is a checkpoint alone. `pledger audit prove --consistency` shows the way to it"
    if found.lines:
        return f"They part at #{found.common + 1}"
    return f"They part somewhere up to #{size}; a checkpoint alone cannot show where"


def _beside(one: bytes, other: bytes) -> list[tuple[str, str, str]]:
    """The attributes in which two lines differ; all of the data where that does."""
    import json

    try:
        first, second = json.loads(one), json.loads(other)
        names = sorted(name for name in {*first, *second} if first.get(name) != second.get(name))
        return [(name, _cell(first.get(name)), _cell(second.get(name))) for name in names]
    except (ValueError, TypeError, AttributeError, RecursionError):
        return [("line", one.decode("utf-8", "replace"), other.decode("utf-8", "replace"))]


def _cell(value: Any) -> str:
    import json

    if value is None:
        return "-"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
