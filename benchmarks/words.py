"""Which words, dates and amounts do generated ledgers hold?"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from typing import TypeVar

from domain.amount import Measure, default_measure
from domain.evidence import Evidence
from domain.fuzzy import FuzzyDate, from_edtf
from domain.period import Per
from domain.quantity import Quantity, plain

T = TypeVar("T")

WORKS = ("Rail line", "Port basin", "Fibre line", "Substation", "Wind park", "Customs post", "Su xətti", "Жол бөлігі")
PLACES = ("Alat", "Aktau", "Gəncə", "Quba", "Атырау", "Kars", "Göyçay", "Şəki", "Mangystau", "Lənkəran")
REPORTS = (
    "Works went on as planned; no change of scope.",
    "Two of three lots are under contract, the third is out to tender again.",
    "Equipment is at the port and waits for clearance.",
    "Жұмыс кесте бойынша жүріп жатыр.",
    "İşlər davam edir, növbəti hesabat rübün sonunda gələcək.",
    "Acceptance of the second section has begun; the protocol follows.",
)
REASONS = (
    "Landing permit is late",
    "Supplier delivered earlier than agreed",
    "Survey found soft ground on four kilometres",
    "Funding of the second lot was decided later than foreseen",
    "Figures of the statistics office were revised",
)
OFFICES = ("programme-office", "transport-desk", "energy-desk", "statistics-office", "secretariat")
APPROVER = "steering-board"
AMOUNTS: tuple[tuple[str, int, Per], ...] = (
    ("Mt", 2, "year"),
    ("GWh", 900, "year"),
    ("TEU", 60000, "quarter"),
    ("USD", 5_000_000, "month"),
    ("%", 80, "once"),
    ("one", 40, "year"),
)


def pick(random: Random, among: Sequence[T]) -> T:
    """One of them; several times faster than `random.choice`."""
    return among[int(random.random() * len(among))]


@cache
def fuzzy(edtf: str, wording: str = "") -> FuzzyDate:
    """A date as it was worded."""
    return from_edtf(edtf, wording or edtf)


@cache
def period(first: int, size: int = 1) -> FuzzyDate:
    """The month, quarter or year of so many months that begins with a month, which is counted from the year 0."""
    year, index = divmod(first, 12)
    if size == 12:
        return fuzzy(str(year))
    return fuzzy(f"{year}-{33 + index // 3}" if size == 3 else f"{year}-{index + 1:02}")


def months(of: date) -> int:
    """The month of a day, counted from the year 0."""
    return of.year * 12 + of.month - 1


def last_of(counted: int) -> date:
    """The last day of a month."""
    year, index = divmod(counted, 12)
    return date(year, index + 1, monthrange(year, index + 1)[1])


def around(random: Random, on: date) -> FuzzyDate:
    """A date that holds a day and ends on it or later, worded as people promise: by year, quarter, month or day."""
    draw, year, quarter = random.random(), on.year, (on.month - 1) // 3
    if draw < 0.25:
        return fuzzy(str(year), f"end-{year}")
    if draw < 0.5:
        return fuzzy(f"{year}-{33 + quarter}", f"Q{quarter + 1} {year}")
    if draw < 0.72:
        return fuzzy(f"{year}-{on.month:02}")
    if draw < 0.8:
        return fuzzy(f"{year}-{40 + quarter // 2}", f"H{quarter // 2 + 1} {year}")
    if draw < 0.87:
        return fuzzy(f"{year}~", f"about {year}")
    if draw < 0.92:
        return fuzzy(f"{year - 2}/{year}", f"{year - 2}-{year}")
    return fuzzy(on.isoformat())


def later(random: Random, than: date, least: int, most: int) -> FuzzyDate:
    """A date so many days after a day."""
    return around(random, than + timedelta(days=least + int(random.random() * (most - least))))


def title(random: Random, number: int) -> str:
    """The title of a commitment or a checkpoint."""
    return f"{pick(random, WORKS)} {pick(random, PLACES)}, section {number}"


def amount(unit: str, whole: int, share: float) -> Quantity:
    """A share of a whole, to three decimals, in its stored form."""
    return Quantity(unit=unit, value=plain(Decimal(int(whole * share * 1000)).scaleb(-3)))


def measure(unit: str) -> Measure:
    """How actuals of a unit count."""
    return default_measure(unit)


def proof(random: Random) -> tuple[Evidence, ...]:
    """A file by its fingerprint."""
    digest = f"{random.getrandbits(256):064x}"
    size = 20_000 + int(random.random() * 2_000_000)
    return (Evidence(name=f"protocol-{digest[:6]}.pdf", bytes=size, media="application/pdf", sha256=digest),)
