"""What is wrong with something that comes from outside, and where does it stand?"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from domain.refused import Refused

LISTED = 100
"""So many findings are kept; further ones are counted."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong. `row` counts the lines of a file, or the rows of a table with its header, from 1.

    `column` is headed so in a table; lines have none. `cell` is where it is in a workbook: `targets!B7`. Code and
    sentence are those of a refusal.
    """

    file: str
    row: int
    code: str
    sentence: str
    column: str | None = None
    cell: str = ""

    @property
    def place(self) -> str:
        """How a sentence names it: `copy.jsonl, line 7`, `plan.csv, row 7, column due`, `plan.xlsx, targets!B7`."""
        if self.cell:
            return f"{self.file}, {self.cell}" + (f" ({self.column})" if self.column else "")
        if self.column is None:
            return f"{self.file}, line {self.row}"
        return f"{self.file}, row {self.row}" + (f", column {self.column}" if self.column else "")


@dataclass
class Findings:
    """What a check found, in order. False while nothing was."""

    listed: list[Finding] = field(default_factory=list)
    count: int = 0
    following: int = 0
    """How many more would only say again what another finding caused."""
    _causes: set[Hashable] = field(default_factory=set)

    def __bool__(self) -> bool:
        return self.count > 0

    def add(self, finding: Finding, cause: Hashable = None) -> None:
        """Note a finding. Of those with the same cause the first is noted and the others are counted."""
        if cause is not None and cause in self._causes:
            self.following += 1
            return
        self._causes.add(cause)
        self.count += 1
        if len(self.listed) < LISTED:
            self.listed.append(finding)

    def copy(self) -> Findings:
        """The same so far, to go on from."""
        return Findings(list(self.listed), self.count, self.following, set(self._causes))

    def refuse(self, what: str) -> None:
        """Nothing, when nothing was found. Refused: `findings`, saying that `what` did not happen."""
        if self:
            raise Found(self, what)


class Found(Refused):
    """What came from outside was refused as a whole, for the findings that it carries."""

    def __init__(self, findings: Findings, what: str) -> None:
        many = "1 finding" if findings.count == 1 else f"{findings.count:,} findings"
        further = f" ({findings.following:,} more follow from these)" if findings.following else ""
        super().__init__("findings", f"{many}{further}: {what}. Mend what is listed and import again.")
        self.findings = findings
