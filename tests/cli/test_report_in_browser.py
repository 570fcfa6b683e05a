"""Does the report do in a browser what it promises: replay, compare, check, print, and let everybody in?"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from domain.text import FORBIDDEN
from tests.browser import KEPT, Look, opened
from tests.cli import nasty
from tests.cli.given import Office, stocked
from tests.exchange.report.given import generated_file

SIGNED = "✓ All that could be checked holds."
UNSURE = "? Nothing is wrong, but not all could be checked."
ALTERED = "✖ These are not the lines that the report was made from."
FRAME = 50
"""Milliseconds that a frame may take while the slider is dragged."""
DRAG = """async () => {
  const now = document.getElementById('now'), most = Number(now.max), took = [];
  for (let step = 0; step < 100; step += 1) {
    now.value = Math.round(most * (0.1 + 0.85 * step / 100));
    const from = performance.now();
    now.dispatchEvent(new Event('input'));
    document.body.getBoundingClientRect();
    took.push(performance.now() - from);
    await new Promise((then) => requestAnimationFrame(() => setTimeout(then)));
  }
  return took.sort((one, other) => one - other);
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened() as found:
        yield found


@pytest.fixture(scope="module")
def page(story: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the story, on the morning after its end."""
    path = tmp_path_factory.mktemp("page") / "report.html"
    story.must(f"report -o {path} --as-of 2028-07-01")
    return path


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office whose first 11 of 12 lines are sealed, with its key in `vkey`, and a page with all lines."""
    office = stocked(tmp_path_factory.mktemp("sealed"))
    office.must("audit key new seal.key --name office", "audit seal --key seal.key", "log fibre Ship")
    (office.folder / "vkey").write_text(office.must("audit key show seal.key")[0].out.strip(), "utf-8")
    key = (office.folder / "vkey").read_text("utf-8")
    (office.folder / "empty").mkdir()
    office.environment["XDG_CONFIG_HOME"] = str(office.folder / "empty")  # no key is pinned
    office.must(f"report -o signed.html --with-lines --vkey {key}", "report -o unsigned.html --with-lines")
    return office


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200, 2560])
def test_it_opens_from_disk_at_any_width_and_asks_for_nothing(
    browser: Browser, page: Path, width: int, dark: bool
) -> None:
    look = Look(browser, page, width=width, dark=dark)
    assert look.wrong == []
    assert look.page.evaluate("document.documentElement.scrollWidth") <= width
    assert look.page.locator(".chart svg").count() == 5
    assert look.text("#summary").startswith("1 of 11 commitments late, 1 at-risk")
    KEPT.mkdir(parents=True, exist_ok=True)
    look.page.screenshot(path=KEPT / f"{width}-{'dark' if dark else 'light'}.png", full_page=True)
    look.page.close()


def board_of(look: Look) -> dict[str, dict[str, str]]:
    """The rows of the board, by the keys of their commitments."""
    script = """() => [...document.querySelectorAll('#board tbody tr[data-key]:not([hidden])')].map((row) => ({
      key: row.dataset.key, title: row.querySelector('.title').textContent,
      status: row.querySelector('.status span:last-child').textContent, due: row.cells[2].firstChild.textContent,
      left: row.cells[3].textContent, reached: row.cells[4].textContent, why: row.cells[5].firstChild.textContent,
      flags: row.querySelector('.flags').textContent }))"""
    return {row.pop("key"): row for row in look.page.evaluate(script)}


def board_as_known(office: Office, known: int, *more: str) -> dict[str, dict[str, str]]:
    """The same from `pledger status`."""
    found = office.run("status", "--as-known", f"#{known}", "--json", *more).data
    return {one["key"]: row_of(one) for one in found}


def row_of(one: dict[str, Any]) -> dict[str, str]:
    at_rest = one["status"] in ("met", "met-late", "claimed", "withdrawn", "closed-short", "suspended")
    days = None if at_rest else one["days_left"]
    return {
        "title": one["title"],
        "status": one["status"],
        "due": worded(one["due"]),
        "left": "–" if days is None else f"{days} d" if days >= 0 else f"{-days} d over",
        "reached": reached(one),
        "why": one["reasons"][0]["text"],
        "flags": ", ".join(flag["code"] for flag in one["flags"] if flag["code"] != "silent"),
    }


def worded(due: dict[str, str] | None) -> str:
    if due is None:
        return "–"
    said = due["wording"]
    return said if not due["latest"] or due["latest"] in said else f"{said} ({due['latest']})"


def amount(found: dict[str, str]) -> str:
    return f"{found['value']} {found['unit']}"


def reached(one: dict[str, Any]) -> str:
    if not one["targets"]:
        return f"{one['progress']} %" if one["progress"] is not None else "–"
    period = next((each for each in one["targets"] if each["outcome"] == "running"), one["targets"][0])
    if period["actual"] is None:
        return f"no figure yet for {period['period']}"
    return f"{amount(period['actual'])} of {amount(period['amount'])} in {period['period']}"


def test_at_every_position_the_board_is_what_status_says(browser: Browser, story: Office, page: Path) -> None:
    look = Look(browser, page)
    for known in (*range(1, 156, 9), 29, 33, 156):
        look.slide(known)
        look.settle(known)
        assert board_of(look) == board_as_known(story, known), known
    look.slide(157)
    look.settle(157)
    assert board_of(look) == board_as_known(story, 156, "--as-of", "2028-07-01")
    look.page.close()


def test_a_position_in_the_address_leads_to_it(browser: Browser, page: Path) -> None:
    look = Look(browser, page, "#60")
    assert look.text("#moment") == "As known at #60 of 156, judged as of 2026-04-06"
    look.slide(100)
    look.settle(100)
    assert look.page.url.endswith("report.html#100")
    look.page.evaluate("location.hash = '#0'")
    look.settle(0)
    assert look.text("#summary") == "No commitment."
    look.page.click("#end")
    look.settle(157)
    assert look.page.url.endswith("report.html")
    assert look.wrong == []
    look.page.close()


def test_it_plays_and_pauses_and_goes_step_by_step(browser: Browser, page: Path) -> None:
    look = Look(browser, page, "#20")
    look.page.click("#play")
    look.page.wait_for_timeout(600)
    look.page.click("#play")
    paused = int(look.page.input_value("#now"))
    assert paused > 20
    assert look.text("#play") == "▶ Play"
    look.page.wait_for_timeout(300)
    assert int(look.page.input_value("#now")) == paused
    look.page.click("#on")
    look.page.click("#on")
    look.page.click("#back")
    assert int(look.page.input_value("#now")) == paused + 1
    look.page.focus("#now")
    look.page.keyboard.press("ArrowRight")
    assert int(look.page.input_value("#now")) == paused + 2
    assert look.page.get_attribute("#now", "aria-valuetext") == look.text("#said")
    look.page.close()


def test_playing_at_the_end_begins_anew_and_stops_there(browser: Browser, page: Path) -> None:
    look = Look(browser, page)
    look.page.click("#play")
    look.settle(157)
    assert look.page.get_attribute("#play", "aria-pressed") == "false"
    look.page.close()


def test_two_moments_are_compared(browser: Browser, page: Path) -> None:
    look = Look(browser, page, "#90..120")
    assert look.text("#differences-said").startswith("From #90, ")
    fibre = next(one for one in look.texts("#differences details") if "Trans-Caspian" in one)
    assert "due: end-2026 (2026-12-31) → 2027-09-30" in fibre
    assert "#120 2027-05-17 digital-ministry: fibre due moved" in fibre
    look.slide(119, "then")
    look.settle(120)
    assert look.page.url.endswith("#119..120")
    assert len(look.texts("#differences details")) == 1
    look.page.click("#compare")
    look.settle(120)
    assert look.page.is_hidden("#differences")
    look.page.close()


def test_the_board_is_narrowed_sorted_and_opened(browser: Browser, page: Path) -> None:
    look = Look(browser, page)
    look.page.fill("#words", "oil met")
    look.settle(157)
    assert "of 11 shown" in look.text("#counted")
    look.page.fill("#words", "")
    look.page.select_option("#status", "met")
    assert set(board_of(look)) == {"fibre", "road-map", "turkological-centenary"}
    look.page.select_option("#status", "")
    look.page.select_option("#party", "socar")
    look.page.select_option("#programme", "middle-corridor")
    assert all(key.startswith("oil") for key in board_of(look))
    for one in ("party", "programme"):
        look.page.select_option(f"#{one}", "")
    look.page.click("th[data-by=commitment] button")
    titles = [row["title"].lower() for row in board_of(look).values()]
    assert titles == sorted(titles)
    look.page.click("th[data-by=commitment] button")
    assert look.page.get_attribute("th[data-by=commitment]", "aria-sort") == "descending"
    assert [row["title"].lower() for row in board_of(look).values()] == titles[::-1]
    look.page.click("tr[data-key=fibre] .opener")
    opened = look.text("tr.details")
    for words in ("Kazakhstan", "SHA-256", "fibre/cable-laid", "due moved from end-2026", "steering-board", "source"):
        assert words in opened, words
    look.page.click("tr[data-key=fibre] .opener")
    assert look.page.locator("tr.details").count() == 0
    assert look.wrong == []
    look.page.close()


def test_what_is_late_next_and_moved_stands_at_the_top(browser: Browser, page: Path) -> None:
    look = Look(browser, page)
    assert look.texts("#glance-late li") == [
        "late ports Modernisation of the ports Alat and Aktau. 183 days late: due end-2027 (2027-12-31)"
    ]
    assert look.texts("#glance-next li")[0].startswith("in 183 d oil-growth")
    assert look.texts("#glance-moved li")[2].startswith(
        "+92 d fibre 2027-05-17, digital-ministry: 2027-06-30 → 2027-09-30: A joint of the cable"
    )
    assert look.texts("#next-list h3")[0] == "Overdue"
    assert look.page.locator("#slips-table tbody tr:not([hidden])").count() == 12
    assert look.texts("#score-table tbody tr")[0].split()[:5] == ["Azerbaijan", "due", "in", "force", "3"]
    look.page.select_option("#trend-of", "fibre")
    look.page.wait_for_timeout(300)
    assert "fibre/cable-laid" in look.page.inner_html("#chart-trend")
    look.page.close()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_nobody_is_kept_out(browser: Browser, sealed: Office, page: Path, width: int, dark: bool) -> None:
    """WCAG 2.2 AA as far as a program can tell."""
    for path, at in ((page, "#90..120"), (sealed.folder / "signed.html", "")):
        look = Look(browser, path, at, width=width, dark=dark)
        look.page.click("tr[data-key=fibre] .opener")
        look.page.click("summary:has-text('What the statuses mean')")
        if look.page.locator("#check-button").count():
            look.page.click("#check-button")
        options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
        found = Axe().run(look.page, options=options).response["violations"]
        assert {one["id"]: [node["html"][:200] for node in one["nodes"]][:3] for one in found} == {}
        look.page.close()


def checked(browser: Browser, path: Path) -> tuple[str, str]:
    """What the check says: its head, and all of it."""
    look = Look(browser, path)
    look.page.click("#check-button")
    look.page.wait_for_selector("#checked b")
    assert look.wrong == []
    said = look.text("#checked b"), look.text("#checked")
    look.page.close()
    return said


def altered(path: Path, before: str, after: str) -> Path:
    text = path.read_text("utf-8")
    assert text.count(before) == 1, before
    found = path.with_name("altered.html")
    found.write_text(text.replace(before, after), "utf-8")
    return found


def test_lines_are_checked_with_the_signature(browser: Browser, sealed: Office) -> None:
    head, said = checked(browser, sealed.folder / "signed.html")
    assert head == SIGNED
    assert "The 12 lines here have the root that stands at the head of this report." in said
    assert "pins the first 11 lines, and they are those" in said
    assert "Not under the checkpoint yet: #12 to #12." in said
    assert "office signed the checkpoint." in said
    assert (sealed.folder / "vkey").read_text("utf-8") in said
    assert "Not checked: that the board was worked out rightly" in said


def test_without_a_key_it_is_open_whose_lines_they_are(browser: Browser, sealed: Office) -> None:
    head, said = checked(browser, sealed.folder / "unsigned.html")
    assert head == UNSURE
    assert "no verifier key was given" in said


def test_without_a_checkpoint_they_only_agree_with_the_file(browser: Browser, stock: Office, tmp_path: Path) -> None:
    stock.must(f"report -o {tmp_path / 'plain.html'} --with-lines")
    head, said = checked(browser, tmp_path / "plain.html")
    assert head == UNSURE
    assert "No checkpoint is in this report" in said


def test_one_altered_character_turns_it_red_with_its_position(browser: Browser, sealed: Office) -> None:
    path = altered(sealed.folder / "signed.html", '"title":"Fibre line"', '"title":"Fibre lime"')
    head, said = checked(browser, path)
    assert head == ALTERED
    assert "Line #6: not what was hashed when this report was made. It was altered." in said
    assert "are not those that the checkpoint" in said


def test_a_line_that_is_gone_is_missed(browser: Browser, sealed: Office) -> None:
    text = (sealed.folder / "signed.html").read_text("utf-8")
    *_, last = text.partition('<div id="lines" hidden>')[2].partition("</div>")[0].split("\n")
    head, said = checked(browser, altered(sealed.folder / "signed.html", f"\n{last}</div>", "</div>"))
    assert head == ALTERED
    assert "There are 11 lines here, and the report speaks of 12." in said


def test_it_prints_on_paper_without_its_knobs(browser: Browser, page: Path) -> None:
    look = Look(browser, page, dark=True)
    printed = look.page.pdf(prefer_css_page_size=True)
    assert printed.startswith(b"%PDF-")
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") + printed.count(b"/Type /Page/") < 15
    assert b"595" in printed, "A4 is 595 points wide"
    look.page.emulate_media(media="print")
    assert look.page.is_hidden(".time")
    assert look.page.is_visible("#chart-timeline svg")
    assert look.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    look.page.close()


def dragged(browser: Browser, office: Office, size: int, commitments: int) -> tuple[int, float]:
    """The bytes of a page about so many events, and the milliseconds that one of twenty frames takes while dragged."""
    lines = generated_file(office.folder / "lines.jsonl", size, commitments)
    begun = perf_counter()
    office.must(f"import {lines}", "report -o report.html")
    seconds = perf_counter() - begun
    page = office.folder / "report.html"
    look = Look(browser, page)
    took = look.page.evaluate(DRAG)
    assert look.wrong == []
    look.page.close()
    usual, rare, worst = took[50], took[95], took[-1]
    frames = f"frames of {usual:.1f} ms, one of twenty {rare:.1f} ms, at most {worst:.1f} ms"
    sys.stderr.write(f"{size:,} events: {page.stat().st_size:,} bytes in {seconds:.1f} s; {frames}\n")
    return page.stat().st_size, rare


def test_a_frame_is_short_at_five_thousand_events(browser: Browser, new: Office) -> None:
    size, frame = dragged(browser, new, 5_000, 500)
    assert size < 2_000_000
    assert frame < FRAME


@pytest.mark.soak
def test_twenty_thousand_events_fit_too(browser: Browser, new: Office) -> None:
    _, frame = dragged(browser, new, 20_000, 800)
    assert frame < FRAME


MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>"
RIGHT = "عقد بناء الخط"
TITLES = {
    "markup": MARKUP,
    "long": "word " * 1990,
    "wide": "W" * 9000,
    "right": RIGHT,
    "ship": "🚢 Қазақстан ə ğ ı",
}


def test_titles_are_shown_whatever_they_hold(browser: Browser, tmp_path: Path) -> None:
    office = Office(tmp_path)
    assert office.run("init", "--title", MARKUP).code == 0
    for key, title in TITLES.items():
        assert office.run("add", key, title, "--due", "2027", "-p", f"{key}-party={title[:200]}").code == 0
    office.must("report -o report.html --with-lines")
    for width in (360, 1200):
        look = Look(browser, tmp_path / "report.html", width=width)
        look.page.click("tr[data-key=markup] .opener")
        look.page.click("#check-button")
        look.page.wait_for_selector("#checked b")
        assert look.wrong == []
        assert look.page.evaluate("document.documentElement.scrollWidth") <= width
        found = board_of(look)
        assert [found["markup"]["title"], found["right"]["title"]] == [MARKUP, RIGHT]
        assert look.text("h1") == MARKUP
        look.page.close()


def test_a_ledger_that_breaks_all_rules_is_shown(browser: Browser, tmp_path: Path) -> None:
    lawless = nasty.begun(tmp_path)
    nasty.write(lawless, *nasty.facts("fibre"))
    lawless.must("report -o report.html --with-lines", "report -o report.md --as-of 9999-12-31 --as-known #200")
    look = Look(browser, tmp_path / "report.html")
    for position in (20, 150):
        look.slide(position)
        look.settle(position)
    assert look.wrong == []
    for text in (look.text("body"), (tmp_path / "report.md").read_text("utf-8")):
        assert FORBIDDEN.search(text.replace("\n", "").replace("\t", "")) is None
    look.page.close()


def test_an_empty_ledger_has_a_report(browser: Browser, new: Office) -> None:
    new.must('init --title "Nothing yet" --timezone Asia/Baku', "report -o report.html --with-lines")
    look = Look(browser, new.folder / "report.html")
    assert look.wrong == []
    assert look.text("#summary") == "No commitment."
    look.page.click("#check-button")
    look.page.wait_for_selector("#checked b")
    assert look.text("#checked b") == UNSURE
    look.page.close()


def test_without_scripts_the_board_is_there(browser: Browser, story: Office, page: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(page.as_uri())
    text = plain.inner_text("#board")
    assert "Trans-Caspian fibre-optic line" in text
    assert "183 days late" in text
    assert "Without scripts" in plain.inner_text("body")
    assert plain.is_hidden(".time")
    context.close()


def test_the_browser_prints_the_report(story: Office, tmp_path: Path, browser: Browser) -> None:
    story.must(f"report -o {tmp_path / 'report.pdf'}")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")
    assert json.loads(story.run("info", "--json").out)["ledger"]["size"] == 156


def test_in_another_language_it_sorts_narrows_and_compares_alike(
    browser: Browser, story: Office, page: Path, tmp_path: Path
) -> None:
    path = tmp_path / "report.html"
    story.must(f"report -o {path} --as-of 2028-07-01 --lang kk")
    look, english = Look(browser, path, "#90..120"), Look(browser, page, "#90..120")
    assert look.page.get_attribute("html", "lang") == "kk"
    assert look.text("#differences-said").startswith("#90, ")
    for one in (look, english):
        one.page.select_option("#status", "at-risk")
        one.page.click("th[data-by=left] button")
        one.page.wait_for_timeout(400)
    assert [*board_of(look)] == [*board_of(english)] != []
    assert "тәуекелде" in look.text("#board tbody tr:not([hidden])")
    look.page.select_option("#status", "")
    look.page.fill("#words", "ТӘУЕКЕЛДЕ")
    look.page.wait_for_timeout(400)
    assert [*board_of(look)] == [*board_of(english)]
    look.page.fill("#words", "")
    look.page.click("tr[data-key=fibre] .opener")
    assert "уәде берген" in look.text("tr.details")
    found = Axe().run(look.page).response["violations"]
    assert [one["id"] for one in found] == []
    assert look.wrong == english.wrong == []


def test_a_dotted_capital_is_found_by_its_small_letter(browser: Browser, new: Office) -> None:
    new.must("init --title T", 'add port "İSKENDERUN LİMANI" --due 2027', 'add road "Yol" --due 2027')
    new.must("report -o report.html --lang tr")
    look = Look(browser, new.folder / "report.html")
    for typed in ("iskenderun", "limanı", "LIMANI"):
        look.page.fill("#words", typed)
        look.page.wait_for_timeout(300)
        assert [*board_of(look)] == ["port"], typed
    assert look.wrong == []
