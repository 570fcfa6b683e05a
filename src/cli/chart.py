"""A chart as a picture: `chart`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from cli.app import app
from cli.filtered import FilterWords, filter_of
from cli.options import Context, desk_of

Kind = Literal["timeline", "trend", "pace", "score"]
Form = Literal["svg", "png"]


@app.command()
def chart(
    context: Context,
    kind: Annotated[str, typer.Argument(metavar="timeline|trend|pace|score", help="What to draw.")],
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="A name that ends in .svg or .png.")],
    words: FilterWords = None,
) -> None:
    """Draw a chart into a file, for a slide or a page. A trend shows the six items that moved most often.

    Example: pledger chart timeline programme:middle-corridor -o timeline.svg
    """
    from cli.output import out_to
    from cli.shown import talk
    from cli.tongue import spoken
    from domain.text import choice
    from exchange.report.drawing import must_have_charts, picture
    from projections.judged import judged
    from projections.rows import FOR_REPORTS

    desk = desk_of(context)
    drawn, form = choice(Kind, kind, "chart"), choice(Form, output.rpartition(".")[2], "ending of a picture's name")
    must_have_charts()
    wanted = filter_of(desk, words)
    made = desk.ask(lambda base, at: picture(drawn, form, judged(base, at, wanted, FOR_REPORTS), at.on, spoken()))
    with out_to(output) as out:
        out.write(made)
    talk(f"{drawn} as known #{desk.at.known}, as of {desk.at.on}, written to {output} ({len(made):,} bytes).")
