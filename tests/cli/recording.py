"""Every command that records, once: what comes before it, how it is typed, and what it says."""

from __future__ import annotations

from typing import NamedTuple


class Recording(NamedTuple):
    """A command line that is accepted after `before`, the names of the facts that it records, and what it says."""

    line: str
    facts: tuple[str, ...]
    says: str
    before: tuple[str, ...] = ()


APPROVED = '--because "Late permit" --approved-by board'
MET = "meet fibre --met 2026-11-20"

RECORDINGS = [
    Recording(
        'add cable "A cable" --due 2027-Q1 -p "tr=Türkiye (state)" -t kz --programme "Green energy" --start 2026'
        ' --source interview --locator "page 3" --statement "A cable." --owner ministry --tag sea --kind roadmap',
        ("party.registered", "programme.opened", "commitment.made"),
        "cable: roadmap promised: A cable; by tr; to kz",
    ),
    Recording(
        'add wind "Wind" --target "300 MW" --window 2026-2030 --indicator capacity --measure level --aim at-least'
        ' --baseline "10 MW" --due 2030',
        ("commitment.made", "target.set"),
        "target capacity: at least 300 MW",
    ),
    Recording(
        'restate fibre --title "Trans-Caspian line" --kind target --statement S --programme new --locator L --tag a'
        ' -p "uz=Uzbekistan" -t az --start 2026 --clear tags --because "Official name"',
        ("party.registered", "programme.opened", "commitment.restated"),
        "title Fibre line -> Trans-Caspian line",
    ),
    Recording("assign fibre digital-ministry", ("owner.assigned",), "owner digital-ministry"),
    Recording('log fibre "Ship booked" --progress 20%', ("progress.reported",), "20 % done; Ship booked"),
    Recording(
        'forecast fibre 2027-Q1 --because "Permit late"',
        ("forecast.revised",),
        "expected 2027-Q1 = by 2027-03-31: Permit late; now at-risk, 37 days left",
    ),
    Recording(
        'actual oil 0.4Mt 2026-Q1 --note "As counted" --evidence note.txt',
        ("actual.reported",),
        "oil 0.4 Mt in 2026-Q1; As counted; evidence note.txt",
    ),
    Recording(
        "evidence add fibre note.txt --url https://example.org/a --note N",
        ("evidence.attached",),
        "evidence note.txt; N",
    ),
    Recording(
        "verdict fibre --scale ogp --rating limited --assessor audit-office --because Slow",
        ("verdict.given",),
        "audit-office rates it limited on the scale ogp: Slow",
    ),
    Recording(
        f"move fibre 2027-Q1 {APPROVED}",
        ("due.moved",),
        "fibre: due moved from end-2026 to 2027-Q1 = by 2027-03-31",
    ),
    Recording(f"rebaseline ports/alat 2027-Q2 {APPROVED}", ("due.moved",), "ports/alat: due moved from 2027-Q1"),
    Recording(f"{MET} --evidence note.txt --note N", ("item.met",), "met 2026-11-20; N; evidence note.txt; now met"),
    Recording(
        "close-short fibre --achieved Half --because Money --evidence note.txt",
        ("item.closed-short",),
        "closed short, achieved Half: Money; evidence note.txt; now closed-short",
    ),
    Recording(
        "withdraw fibre --because Merged --superseded-by oil",
        ("item.withdrawn",),
        "withdrawn, superseded by oil: Merged",
    ),
    Recording('suspend ports --because "Under review"', ("item.suspended",), "suspended: Under review; now suspended"),
    Recording("resume ports --because Granted", ("item.resumed",), "resumed: Granted", ("suspend ports --because R",)),
    Recording("reopen fibre --because Doubt", ("item.reopened",), "reopened: Doubt", (MET,)),
    Recording(
        "milestone add fibre/landing Landing --due 2026-12 --after ports/alat",
        ("milestone.planned",),
        "milestone planned: Landing; due 2026-12 = by 2026-12-31; after ports/alat; now on-track, 37 days left",
    ),
    Recording("milestone link ports/alat --after fibre", ("milestone.linked",), "ports/alat: now after fibre"),
    Recording("milestone link ports/aktau --nothing", ("milestone.linked",), "ports/aktau: now after nothing"),
    Recording(
        'target set fibre "400 km" --window 2026 --indicator laid --measure level --aim at-most --baseline 3km',
        ("target.set",),
        "target laid: at most 400 km",
    ),
    Recording(
        f'target revise oil "1.2 Mt/year" --window "from 2026" --aim at-least --baseline 0.1Mt {APPROVED}',
        ("target.revised",),
        "target oil revised to at least 1.2 Mt a year",
    ),
    Recording(
        "party add socar SOCAR --kind company --country AZ", ("party.registered",), "company registered: SOCAR (AZ)"
    ),
    Recording(
        'party rename az "Republic of Azerbaijan" --because "In full"',
        ("party.renamed",),
        "party az: renamed from Azerbaijan to Republic of Azerbaijan: In full",
    ),
    Recording(
        'source add road-map "Road Map" --publisher Ministry --published 2022 --url https://example.org/r'
        " --file note.txt",
        ("source.cited",),
        "source cited: Road Map (Ministry, 2022)",
    ),
    Recording(
        'programme add caspian "Caspian Sea" --window 2026',
        ("programme.opened",),
        "programme opened: Caspian Sea (2026",
    ),
    Recording("programme close mc --because Succeeded", ("programme.closed",), "programme closed: Succeeded"),
    Recording(
        'note mc "Ministers met" --period 2026-05 --source interview --locator "page 2"',
        ("programme.noted",),
        "Ministers met",
    ),
    Recording(
        "note mc Read --source note.txt", ("source.cited", "programme.noted"), "source cited: note.txt (not stated)"
    ),
    Recording(
        'figure mc trade "470M USD" 2024 --wording "over 450" --source interview --locator L',
        ("figure.observed",),
        "figure trade 470 M USD",
    ),
    Recording("figure mc firms 250 2024 --source note.txt", ("source.cited", "figure.observed"), "figure firms 250"),
    Recording("retract 11 --because Slip", ("event.retracted",), "milestone.planned: Slip"),
    Recording("undo", ("event.retracted",), "progress.reported: undo", ("log fibre Slip",)),
]
