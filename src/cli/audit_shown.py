"""How is the report of an audit told: as text that ends in a verdict, or as data?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from cli.audit_cited import Cited
from cli.shown import heading, out, table
from ledger.verify_report import Finding, Findings, Report, Seen, Verdict

UNPINNED = (
    "Nothing outside this ledger says that it is the one it was: somebody who writes to its database could have made"
    " all of it anew. Give a checkpoint that was kept elsewhere (--checkpoint), or the sealer's key (--vkey)."
)
ACTORS = (
    "The actor of a line is what the recording program was told. In a file, whoever may write to it can name any"
    " office; on a server, the name is worth what its accounts are worth."
)


def cited(report: Report) -> Cited:
    """What the report is about."""
    return Cited(report.id, report.title, report.size, report.root)


def data(report: Report) -> dict[str, Any]:
    """The report for programs. Codes are stable."""
    return {
        "verdict": report.verdict.code,
        "text": report.verdict.words,
        "pinned": report.pinned,
        "read_from": report.start,
        "first": report.first,
        "last": report.last,
        "checkpoints": [_seen(one) for one in report.checkpoints],
        "unsealed": report.unsealed._asdict(),
        "findings": [_finding(one) for one in report.findings.listed],
        "finding_count": report.findings.count,
        "following": report.findings.following,
        "remarks": [_finding(one) for one in report.remarks.listed],
        "limits": limits(report),
    }


def limits(report: Report) -> list[str]:
    """What this audit cannot tell, in sentences."""
    told = [] if report.pinned else [UNPINNED]
    if report.pinned and report.pinned < report.size:
        told.append(
            f"What stands after #{report.pinned} is pinned by nothing yet: somebody who writes to the database could"
            " have changed it, and all that is derived from it, unseen by any audit."
        )
    return [*told, ACTORS]


def tell(report: Report) -> None:
    """The report for eyes; the verdict comes last."""
    out(f"{report.title or 'A ledger without a readable first line'}")
    for name, value in _facts(report):
        out(f"{name:<12}{value}")
    for seen in report.checkpoints:
        out(f"{'checkpoint':<12}{_said(seen)}")
    _list("Findings", report.findings)
    _list("Remarks", report.remarks)
    for text in limits(report):
        out()
        out(text)
    out()
    heading(_verdict(report))
    out(cited(report).footer)


def _facts(report: Report) -> list[tuple[str, str]]:
    tail = report.unsealed
    read = "all lines" if report.start == 1 else f"from #{report.start} on; those before were taken as checked earlier"
    since = f", the oldest of {tail.oldest}" if tail.lines and tail.oldest else ""
    return [
        ("lines", f"{report.size:,}, from {report.first or '-'} to {report.last or '-'}"),
        ("read", read),
        ("unsealed", f"{_lines(tail.lines)} after #{tail.sealed}{since}" if tail.lines else "nothing"),
    ]


def _lines(count: int) -> str:
    return f"{count:,} line{'' if count == 1 else 's'}"


def _said(seen: Seen) -> str:
    where = "kept by the ledger" if seen.where is None else seen.where
    holds = "pins what is here" if seen.holds else "does NOT pin what is here"
    return f"#{seen.size} {where}: {holds}; {_signed(seen)}"


def _signed(seen: Seen) -> str:
    if not seen.signers:
        return "its signature was not checked, for want of a known key" if seen.signed else "it bears no signature"
    return "signed by " + ", ".join(_signer(vkey, time) for vkey, time in seen.signers.items())


def _signer(vkey: str, time: int | None) -> str:
    name = vkey.partition("+")[0]
    return name if time is None else f"{name} at {datetime.fromtimestamp(time, UTC):%Y-%m-%dT%H:%M:%SZ}"


def _list(title: str, findings: Findings) -> None:
    if not findings:
        return
    more = f", {findings.following:,} more follow from these" if findings.following else ""
    out()
    out(f"{title} ({findings.count:,}{more})")
    rows = [("" if one.position is None else f"#{one.position}", one.code, one.text) for one in findings.listed]
    table(("at", "code", "what"), rows)
    if findings.count > len(findings.listed):
        out(f"… and {findings.count - len(findings.listed):,} more")


def _verdict(report: Report) -> str:
    words = report.verdict.words.capitalize()
    if report.verdict is Verdict.VERIFIED:
        return f"{words}: #1 to #{report.pinned} {'is' if report.pinned == 1 else 'are'} what was pinned"
    return words


def _finding(one: Finding) -> dict[str, Any]:
    return {"position": one.position, "code": one.code, "text": one.text}


def _seen(one: Seen) -> dict[str, Any]:
    signers = [
        {"name": vkey.partition("+")[0], "vkey": vkey, "time": datetime.fromtimestamp(time, UTC) if time else None}
        for vkey, time in one.signers.items()
    ]
    kept = {"where": one.where, "size": one.size, "root": one.root.hex(), "holds": one.holds, "anchor": one.anchor}
    return {**kept, "signed": one.signed, "signers": signers}
