"""Is a page one file that asks nothing of anybody, in which nothing out of a ledger is markup?"""

from __future__ import annotations

import gzip
import json
import re
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from domain.commitment import make
from domain.due import move_due
from domain.evidence import attach_evidence
from domain.party import register_party
from domain.refused import Refused
from domain.retraction import retract
from exchange.report.clean import clean
from exchange.report.gather import Asked, Gathered, gather
from exchange.report.letter import letter, plain
from exchange.report.page import charts_library, page
from exchange.report.sealed import Sealed
from exchange.report.telling import MARK
from exchange.report.words import counted_left, summary
from projections.filters import Asked as Reading
from projections.filters import parse
from tests.domain.given import fd, file
from tests.projections.given import Desk

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)> {{ 7*7 }} & \"'"


def desk_in(folder: Path) -> Desk:
    """#2 az, #3 fibre, #4 ports, then fibre moves on #5 and again on #6, which is taken back on #7; #8 is evidence."""
    desk = Desk(folder / "pledger.db")
    desk.do(register_party, "az", "Azərbaycan", kind="state")
    desk.do(make, "fibre", HOSTILE, due=fd("2026"), promisors=("az",))
    desk.do(make, "ports", "Портылар", promisors=("az",))
    for to in ("2027", "2028"):
        desk.do(move_due, "fibre", fd(to), because="Permit | late", approved_by="board")
        desk.wait(1)
    desk.do(retract, desk.last(), because="Mistyped")
    desk.do(attach_evidence, "fibre", (file(),))
    return desk


def gathered(desk: Desk, *words: str, title: str = "Report") -> Gathered:
    wanted = parse(words, Reading(desk.today, lambda noun, key: key)) if words else None
    seen: list[tuple[int, int]] = []
    found = desk.ask(
        lambda base, at: gather(desk.record, base, at, Asked(title, wanted, words), lambda *done: seen.append(done))
    )
    assert seen == [(8, 8)]
    return found


class Read(HTMLParser):
    """The elements of a page, each with the text that it begins with."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None], str]] = []
        self._within = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), ""))
        self._within = True

    def handle_endtag(self, tag: str) -> None:
        self._within = False

    def handle_data(self, data: str) -> None:
        if self._within:
            tag, attributes, text = self.found.pop()
            self.found.append((tag, attributes, text + data))

    def of(self, tag: str) -> Iterator[tuple[dict[str, str | None], str]]:
        return ((attributes, text) for name, attributes, text in self.found if name == tag)


def facts(text: str) -> Any:
    (packed,) = (said for attributes, said in Read(text).of("script") if attributes.get("id") == "facts")
    return json.loads(gzip.decompress(b64decode(packed)))


def test_the_policy_lets_only_these_scripts_and_this_style_in(tmp_path: Path) -> None:
    text = page(gathered(desk_in(tmp_path)), None)
    read = Read(text)
    (policy,) = (str(one["content"]) for one, _ in read.of("meta") if one.get("http-equiv"))
    run = [said for attributes, said in read.of("script") if "type" not in attributes]
    assert len(run) == 2
    for said in (*run, *(said for _, said in read.of("style"))):
        assert f"'sha256-{b64encode(sha256(said.encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy


def test_nothing_in_it_is_fetched(tmp_path: Path) -> None:
    read = Read(page(gathered(desk_in(tmp_path)), None))
    for tag, attributes, _ in read.found:
        assert tag not in ("link", "img", "iframe", "object", "embed"), tag
        assert not {"src", "srcset", "action", "onclick", "onload", "style"} & attributes.keys()
        assert attributes.get("href", "#").startswith("#")  # type: ignore[union-attr]  # none is empty


def test_a_title_of_markup_stays_text(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    read = Read(page(gathered(desk, title=HOSTILE), Sealed([HOSTILE], "", None)))
    assert [said for _, said in read.of("h1")] == [HOSTILE]
    assert [said for attributes, said in read.of("span") if attributes.get("class") == "title"] == ["Портылар", HOSTILE]
    (lines,) = (said for attributes, said in read.of("div") if attributes.get("id") == "lines")
    assert lines == HOSTILE


def test_the_same_ledger_gives_the_same_bytes(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    assert page(gathered(desk), None) == page(gathered(desk), None)


def test_the_page_knows_what_stood_when_and_what_was_taken_back(tmp_path: Path) -> None:
    told = facts(page(gathered(desk_in(tmp_path)), None))["told"]
    assert told["gone"] == [[6, 7, 7, 10**10]]
    assert [(row[0], row[3], row[4], row[5]) for row in told["moves"]] == [
        (5, "2026 (2026-12-31)", "2027 (2027-12-31)", 365),
        (6, "2027 (2027-12-31)", "2028 (2028-12-31)", 366),
    ]
    assert [row[0] for row in told["events"]] == [*range(1, 9)]
    assert [position for position, _ in told["days"]] == [1, 6, 7]
    assert [row[:3] for row in told["files"]] == [[8, "fibre", file().name]]
    assert told["names"]["party"] == {"az": "Azərbaycan"}
    assert sorted(told["states"]) == ["fibre", "ports"]


def test_a_filter_leaves_nothing_of_others_in_the_file(tmp_path: Path) -> None:
    told = facts(page(gathered(desk_in(tmp_path), "fibre"), None))["told"]
    assert told["filter"] == "fibre"
    assert sorted(told["states"]) == ["fibre"]
    assert {row[1] for row in told["events"]} == {"fibre"}
    assert {row[1] for row in told["moves"]} == {"fibre"}


def test_what_turns_writing_round_is_written_out() -> None:
    hidden = {"a\u202e": ["x\u2066y", 7, None, ("\x1b[31m",)]}
    assert clean(hidden) == {"a\\u202e": ["x\\u2066y", 7, None, ["\\u001b[31m"]]}
    assert clean(f"{MARK}a2026-01-01{MARK} Қазақстан 🚢\n") == f"{MARK}a2026-01-01{MARK} Қазақстан 🚢\\u000a"


def test_the_letter_has_its_tables_and_marks_nothing_up(tmp_path: Path) -> None:
    text = letter(gathered(desk_in(tmp_path)))
    assert text.startswith("# Report\n\n")
    assert r"\<script\>alert(1)\</script\>" in text
    assert "| Permit | late" not in text
    assert r"board: Permit \| late |" in text
    assert text.count("| #") == 1, "the move that was taken back is none"
    for line in text.splitlines():
        if line.startswith("|"):
            assert line.endswith("|"), line
    tables = re.findall(r"^\|[-|]+\|$", text, re.M)
    assert len(tables) == 4


def test_an_empty_ledger_has_a_page_and_a_letter(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "pledger.db")
    found = desk.ask(lambda base, at: gather(desk.record, base, at, Asked("Nothing", None, ()), lambda *_: None))
    assert "Nothing is promised here." in page(found, None)
    for words in ("Nothing is promised here.", "Nothing falls due.", "No due has moved.", "Nobody promised anything."):
        assert words in letter(found)
    assert summary({}, date(2026, 1, 1)) == "No commitment."


def test_the_summary_says_the_most_urgent_first(tmp_path: Path) -> None:
    found = gathered(desk_in(tmp_path))
    board, on = found.board, found.told.on
    assert (
        summary(board, on)
        == f"1 of 2 commitments undated, 1 on-track; next due in {(date(2027, 12, 31) - on).days} days (fibre)."
    )
    assert summary(board, date(2027, 12, 31)).endswith("next due today (fibre).")
    assert summary({"ports": board["ports"]}, on) == "1 of 1 commitment undated."
    assert counted_left("2026-01-02", date(2026, 1, 1)) == "1 d"
    assert counted_left("2026-01-01", date(2026, 1, 3)) == "2 d over"


def test_markdown_is_shown_as_it_was_written() -> None:
    assert plain("a|b *c* <d> `e` [f](g)") == r"a\|b \*c\* \<d\> \`e\` \[f\](g)"


@contextmanager
def without(name: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    charts_library.cache_clear()
    with monkeypatch.context() as patched:
        patched.setitem(sys.modules, name, None)
        yield


@pytest.mark.parametrize(
    ("library", "make_it", "code"), [("jinja2", page, "no-report"), ("vl_convert", page, "no-charts")]
)
def test_without_its_libraries_it_says_what_to_install(
    library: str, make_it: Callable[..., str], code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = gathered(desk_in(tmp_path))
    with without(library, monkeypatch), pytest.raises(Refused) as refused:
        make_it(found, None)
    assert refused.value.code == code
