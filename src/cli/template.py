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
    lang: Annotated[str, typer.Option(metavar="LANG", help="The language of headings: en, az, kk, ru or tr.")] = "en",
) -> None:
    """Write an empty plan as a workbook.

    It is filled in and imported: pledger import plan.xlsx -n.

    Example: pledger template -o plan.xlsx
    """
    from pathlib import Path
    from typing import Literal

    from cli.shown import talk
    from domain.text import choice
    from exchange.template import as_template
    from exchange.whole import whole_file

    document = as_template(choice(Literal["en", "az", "kk", "ru", "tr"], lang, "language"))
    with whole_file(Path(output)) as file:
        file.write(document)
    talk(f"Written to {output}. Fill it in, then: pledger import {output} -n")
