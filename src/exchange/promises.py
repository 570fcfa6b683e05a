"""What does one row record: a new promise, or what changed of one that stands?"""

from __future__ import annotations

from typing import Any

from domain.commitment import make, restate, value
from domain.due import due_of, move_due, start_of
from domain.fuzzy import FuzzyDate
from domain.milestone import after_of, link_milestone, plan_milestone
from domain.occasion import Occasion
from domain.owner import assign
from domain.recorded import New, alike
from domain.refused import Refused
from domain.text import shown
from exchange.aims import aim
from exchange.cells import Cells
from exchange.names import Names
from exchange.origin import Origin

WORDS = ("title", "kind", "statement", "programme", "locator", "tags", "promisors", "promisees", "start")
"""What can be restated of a commitment."""
OF_MILESTONES = frozenset({"key", "commitment", "title", "due", "after", "because", "approved by"})


def promise(at: Occasion, key: str, cells: Cells, names: Names, origin: Origin | None = None) -> list[New]:
    """What the row of a commitment records; what is wrong with it is noted in `cells`."""
    facts = at.facts(key)
    stands = facts.last(key, "made") is not None
    said = cells.words() | cells.named(names)
    dates = {
        "due": cells.date("due", at.today, due_of(facts, key)),
        "start": cells.date("start", at.today, start_of(facts)),
    }
    said |= {name: date for name, date in dates.items() if date}
    if "after" in cells.entry.cells:
        cells.note("after", Refused("not-of-commitments", "Only milestones wait for others. Leave the cell empty."))
    if not cells.sound:
        return []
    if stands:
        news = _changed(at, key, cells, said)
    else:
        if origin and "source" not in said:
            names.made += origin.cited(at)
            said = {"locator": cells.entry.place, **said, "source": origin.key}
        news = _made(at, key, cells, said)
    return news + aim(at, key, cells, said) if stands or cells.sound else []


def checkpoint(at: Occasion, item: str, cells: Cells) -> list[New]:
    """What the row of a milestone records; what is wrong with it is noted in `cells`."""
    facts = at.facts(item)
    for column in cells.entry.cells.keys() - OF_MILESTONES:
        cells.note(column, Refused("not-of-milestones", f"A milestone has no {column}. Leave the cell empty."))
    said = cells.words()
    due, after = cells.date("due", at.today, due_of(facts, item)), cells.items("after")
    if not cells.sound:
        return []
    planned = facts.last(item, "made")
    if planned is None:
        return _planned(at, item, cells, said.get("title"), due, after or ())
    _check_title(cells, planned.fact, said.get("title"))
    news = _moved(at, item, cells, said, due)
    if after is not None and set(after) != set(after_of(facts, item)):
        news += cells.decide("after", lambda: link_milestone(at, item, after))
    return news


def _made(at: Occasion, key: str, cells: Cells, said: dict[str, Any]) -> list[New]:
    title = said.get("title")
    if title is None:
        cells.note("title", Refused("no-title", f"What is promised by {key}? Write a title."))
        return []
    kind = said.get("kind") or ("target" if "target" in cells.entry.cells else "deliverable")
    rest = {
        name: said[name]
        for name in (
            "promisors",
            "promisees",
            "due",
            "start",
            "programme",
            "source",
            "locator",
            "statement",
            "owner",
            "tags",
        )
        if name in said
    }
    return cells.decide("key", lambda: make(at, key, title, kind=kind, **rest))


def _changed(at: Occasion, key: str, cells: Cells, said: dict[str, Any]) -> list[New]:
    facts = at.facts(key)
    made: Any = facts.fact(key, "made")
    if "source" in said and said["source"] != made.source:
        cells.note("source", Refused("source-stays", f"{key} is from {made.source or 'no source'}, which stays so."))
    to = {name: said[name] for name in WORDS if name in said and not _same(said[name], value(facts, name))}
    news = _restated(at, key, cells, to, said.get("because"))
    news += _moved(at, key, cells, said, said.get("due"))
    if "owner" in said:
        news += cells.decide("owner", lambda: assign(at, key, said["owner"]))
    return news


def _restated(at: Occasion, key: str, cells: Cells, to: dict[str, Any], because: str | None) -> list[New]:
    if because is None:
        for name in to:
            cells.note(name, _differs(name, value(at.facts(key), name)))
        return []
    return cells.decide(next(iter(to), "key"), lambda: restate(at, key, to, because=because))


def _planned(
    at: Occasion, item: str, cells: Cells, title: str | None, due: FuzzyDate | None, after: tuple[str, ...]
) -> list[New]:
    if title is None:
        cells.note("title", Refused("no-title", f"What is to be reached by {item}? Write a title."))
        return []
    return cells.decide("after" if after else "key", lambda: plan_milestone(at, item, title, due=due, after=after))


def _moved(at: Occasion, item: str, cells: Cells, said: dict[str, Any], due: FuzzyDate | None) -> list[New]:
    stands = due_of(at.facts(item), item)
    if due is None or (stands and stands.same_as(due)):
        return []
    if "because" not in said or "approved by" not in said:
        now = f"{stands.wording} = {stands.described()}" if stands else "not stated"
        cells.note(
            "due",
            Refused(
                "due-differs",
                f"The due of {item} is {now}; the row says {due.wording} = {due.described()}. A due moves only with a"
                " reason and an approver: fill in because and approved by, or put the due back.",
            ),
        )
        return []
    return cells.decide(
        "due", lambda: move_due(at, item, due, because=said["because"], approved_by=said["approved by"])
    )


def _check_title(cells: Cells, planned: Any, title: str | None) -> None:
    if title is not None and title != planned.title:
        cells.note(
            "title", Refused("title-stays", f"A milestone keeps its title, {shown(planned.title)}. Put it back.")
        )


def _same(said: Any, stands: Any) -> bool:
    """The order of a list does not count in a table."""
    if isinstance(said, tuple):
        return set(said) == set(stands or ())
    return alike(said, stands)


def _differs(name: str, stands: Any) -> Refused:
    now = (
        stands.wording if isinstance(stands, FuzzyDate) else "; ".join(stands) if isinstance(stands, tuple) else stands
    )
    return Refused(
        "words-differ",
        f"The {name} is {shown(now) if now else 'not stated'} so far. Other words need a reason: fill in because, or"
        " put the old ones back.",
    )
