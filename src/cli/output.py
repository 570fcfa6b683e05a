"""Where does what a command makes go: to a file, or to stdout?"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def out_to(output: str) -> Iterator[BinaryIO]:
    """A file that stands once all is written, or stdout for `-`. Refused: `not-replaced`, `not-written`."""
    from exchange.whole import whole_file

    if output == "-":
        yield sys.stdout.buffer
    else:
        with whole_file(Path(output)) as file:
            yield file
