"""Which facts are there, and under which names are they stored?"""

from __future__ import annotations

from domain.actual import ActualReported
from domain.commitment import CommitmentMade, CommitmentRestated
from domain.due import DueMoved
from domain.evidence import EvidenceAttached
from domain.figure import FigureObserved
from domain.forecast import ForecastRevised
from domain.ledger_acts import KeyRotated, LedgerRestored
from domain.life import ItemClosedShort, ItemMet, ItemReopened, ItemResumed, ItemSuspended, ItemWithdrawn
from domain.milestone import MilestoneLinked, MilestonePlanned
from domain.opening import LedgerOpened
from domain.owner import OwnerAssigned
from domain.party import PartyRegistered, PartyRenamed
from domain.programme import ProgrammeClosed, ProgrammeNoted, ProgrammeOpened
from domain.progress import ProgressReported
from domain.recorded import Fact
from domain.retraction import EventRetracted
from domain.source import SourceCited
from domain.target import TargetRevised, TargetSet
from domain.verdict import VerdictGiven

FACTS: dict[str, type[Fact]] = {
    fact.stored: fact
    for fact in (
        LedgerOpened,
        KeyRotated,
        LedgerRestored,
        ProgrammeOpened,
        ProgrammeClosed,
        ProgrammeNoted,
        FigureObserved,
        PartyRegistered,
        PartyRenamed,
        SourceCited,
        CommitmentMade,
        CommitmentRestated,
        OwnerAssigned,
        MilestonePlanned,
        MilestoneLinked,
        TargetSet,
        TargetRevised,
        DueMoved,
        ForecastRevised,
        ProgressReported,
        ActualReported,
        EvidenceAttached,
        VerdictGiven,
        ItemMet,
        ItemClosedShort,
        ItemSuspended,
        ItemResumed,
        ItemReopened,
        ItemWithdrawn,
        EventRetracted,
    )
}
"""Every fact of the catalogue by its stored name. A name, once here, stays for ever."""
