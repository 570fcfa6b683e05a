"""Who judges what goes out? For each format programs that nobody here wrote, and a fault that each must find."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.cli.given import Office

Judge = Callable[[Path], list[str]]
"""What somebody finds wrong with a file; nothing, if it is sound."""
Fault = Callable[[bytes], bytes]
"""How a file is spoilt."""

SCHEMAS = os.environ.get("PLEDGER_SCHEMAS", "")
"""The folder with the schemas that standards publish; they are no part of this project."""


@dataclass(frozen=True)
class Format:
    """A format of `export`: what is typed for it, who judges it, and by which planted fault each judge is tried."""

    name: str
    words: str
    file: str
    judges: Mapping[str, Judge]
    faults: Mapping[str, Fault]
    schemas: str = ""
    """The folder, or file, of PLEDGER_SCHEMAS that its judges need."""

    @property
    def judged(self) -> bool:
        """Is there all that its judges need?"""
        return not self.schemas or bool(SCHEMAS and (Path(SCHEMAS) / self.schemas).exists())

    def write(self, office: Office) -> Path:
        """The file that the program writes, in the folder of that office."""
        said = office.tell(f"export --format {self.words} -o {self.file}")
        assert said.code == 0, said
        return office.folder / self.file

    def spoilt(self, path: Path, judge: str, folder: Path) -> Path:
        """A copy of that file with a fault planted for a judge."""
        sound = path.read_bytes()
        broken = self.faults[judge](sound)
        assert broken != sound, "the fault was not planted"
        copy = folder / path.name
        copy.write_bytes(broken)
        return copy


def replacing(old: bytes, new: bytes) -> Fault:
    """The fault that something is otherwise, where it stands first."""
    return lambda data: data.replace(old, new, 1)
