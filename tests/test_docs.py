"""Does every link in the documentation lead to a file, and to a heading in it?"""

import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
PAGES = sorted([*HOUSE.glob("*.md"), *HOUSE.glob("docs/**/*.md"), *HOUSE.glob("events/**/*.md")])
LINK = re.compile(r"\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)|^\[[^\]]+\]:\s+(\S+)", re.MULTILINE)
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:")


def prose(text: str) -> str:
    """The page without its code: what looks like a link there is none."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"(?ms)^(`{3,}|~{3,}).*?^\1", "", text))


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as code hosts make them; the second of the same name ends in -1."""
    found: dict[str, int] = {}
    for heading in re.findall(r"(?m)^#{1,6}\s+(.+?)\s*#*$", re.sub(r"(?ms)^(`{3,}).*?^\1", "", text)):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        slug = re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
        found[slug] = found.get(slug, 0) + 1
    return {f"{slug}-{n}" if n else slug for slug, times in found.items() for n in range(times)}


def broken_links(page: Path, within: Path) -> list[str]:
    """The links of a page that lead nowhere, or out of the repository."""
    return [link for link in links(page) if not leads_somewhere(page, link, within)]


def links(page: Path) -> list[str]:
    pairs = LINK.findall(prose(page.read_text("utf-8")))
    return [inline or reference for inline, reference in pairs if not ELSEWHERE.match(inline or reference)]


def leads_somewhere(page: Path, link: str, within: Path) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.exists() or not target.is_relative_to(within.resolve()):
        return False
    return not anchor or (target.suffix == ".md" and anchor in anchors(target.read_text("utf-8")))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(HOUSE)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    assert not broken_links(page, within=HOUSE)


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("[b](b.md), [part](b.md#two-words), [self](#here), [web](https://example.org/x), <mailto:a@example.org>", []),
        ("[b](c.md)", ["c.md"]),
        ("[b](b.md#three)", ["b.md#three"]),
        ("[self](#there)", ["#there"]),
        ("[up](../../../elsewhere.md)", ["../../../elsewhere.md"]),
        ("as in [this][1]\n\n[1]: gone.md", ["gone.md"]),
        ("`[b](c.md)`\n\n```\n[b](c.md)\n```", []),
        ("[twice](b.md#two-words-1)", []),
    ],
)
def test_a_link_that_leads_nowhere_is_found(text: str, broken: list[str], tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text("# B\n## Two `words`\n## Two words\n", "utf-8")
    (tmp_path / "a.md").write_text(f"# Here\n{text}\n", "utf-8")
    assert broken_links(tmp_path / "a.md", within=tmp_path) == broken
