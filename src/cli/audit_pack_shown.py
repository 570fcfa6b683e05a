"""How is the check of a pack told: as text that ends in a verdict, or as data?"""

from __future__ import annotations

from typing import Any

from cli.audit_cited import Cited
from cli.shown import heading, out, table
from exchange.pack_report import PackReport

UNPINNED = (
    "Nothing outside this pack says whose it is: somebody could have made the key in it, and all the rest. Give the"
    " sealer's key (--vkey), or a checkpoint that was kept elsewhere (--checkpoint)."
)
TABLES = (
    "status.csv and slips.csv were worked out from the events, and are signed by nobody. The actor of a line is what"
    " the recording program was told."
)
SOME = "Not all lines are here that the checkpoint pins; that none of importance was left out is not shown by a pack."


def cited(report: PackReport) -> Cited:
    """What the report is about."""
    return Cited(report.ledger, report.title, report.size, report.root)


def data(report: PackReport) -> dict[str, Any]:
    """The report for programs. Codes are stable."""
    return {
        "verdict": report.verdict.code,
        "text": report.verdict.words,
        "lines": report.lines,
        "signers": report.signers,
        "keys_in_pack": report.packed,
        "anchored": report.anchored,
        "findings": [one._asdict() for one in report.findings],
        "finding_count": report.count,
        "remarks": report.remarks,
        "limits": limits(report),
    }


def limits(report: PackReport) -> list[str]:
    """What this check cannot tell, in sentences."""
    unpinned = [] if report.signers or report.anchored else [UNPINNED]
    return [*unpinned, *([SOME] if report.lines < report.size else []), TABLES]


def tell(report: PackReport) -> None:
    """The report for eyes; the verdict comes last."""
    out(report.title or "A pack without a readable title")
    out(f"{'lines':<12}{report.lines:,}, under a checkpoint of {report.size:,}")
    for vkey in report.packed:
        known = "known from elsewhere" if vkey in report.signers else "named by the pack alone"
        out(f"{'key':<12}{vkey} ({known})")
    if report.findings:
        out()
        out(f"Findings ({report.count:,})")
        table(("code", "what"), report.findings)
    for text in [*report.remarks, *limits(report)]:
        out()
        out(text)
    out()
    heading(report.verdict.words.capitalize())
    out(cited(report).footer)
