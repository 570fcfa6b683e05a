"""Does a finding name its place, and do findings say how many there are?"""

from __future__ import annotations

import pytest

from exchange.finding import Finding, Findings, Found


def finding(row: int = 7, column: str | None = None) -> Finding:
    return Finding("plan.csv", row, "bad-date", "No.", column)


def test_a_finding_names_line_or_row_and_column() -> None:
    assert finding().place == "plan.csv, line 7"
    assert finding(column="").place == "plan.csv, row 7"
    assert finding(column="due").place == "plan.csv, row 7, column due"


@pytest.mark.parametrize(
    ("rows", "causes", "words"),
    [
        (1, 0, "1 finding: nothing"),
        (2, 0, "2 findings: nothing"),
        (1, 1500, "1 finding (1,500 more follow from these): nothing"),
    ],
)
def test_findings_are_counted_in_the_refusal(rows: int, causes: int, words: str) -> None:
    findings = Findings()
    for row in range(rows):
        findings.add(finding(row), "one cause" if causes else None)
    for row in range(causes):
        findings.add(finding(row), "one cause")
    with pytest.raises(Found) as found:
        findings.refuse("nothing was written")
    assert found.value.sentence.startswith(words)
    assert found.value.findings is findings


def test_without_a_finding_nothing_is_refused() -> None:
    findings = Findings()
    findings.refuse("nothing was written")
    assert not findings


def test_a_copy_goes_on_by_itself() -> None:
    findings = Findings()
    findings.add(finding(), "cause")
    copy = findings.copy()
    copy.add(finding(8), "cause")
    copy.add(finding(9))
    assert (findings.count, copy.count, copy.following) == (1, 2, 1)
