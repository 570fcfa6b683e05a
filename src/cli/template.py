"""An empty plan to be filled in: `template`."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.app import app
from cli.options import Context


@app.command()
def template(
    context: Context,
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="The workbook (.xlsx) to write.")],
) -> None:
    """Write an empty plan as a workbook.

    It is filled in and imported: pledger import plan.xlsx -n. Its headings are in the language of --lang.

    Example: pledger template -o plan.xlsx --lang kk
    """
    from pathlib import Path

    from cli.shown import talk
    from cli.tongue import spoken
    from exchange.template import as_template
    from exchange.whole import whole_file

    document = as_template(spoken())
    with whole_file(Path(output)) as file:
        file.write(document)
    talk(f"Written to {output}. Fill it in, then: pledger import {output} -n")
