"""Are documents cited with their fingerprints?"""

from __future__ import annotations

import pytest

from domain.evidence import link
from domain.source import SourceCited, cite_source
from tests.domain.given import do, fd, file, given

CITE = do(cite_source, "interview", "An interview", "A news agency", published=fd("2025-10~"), file=file("a.pdf"))


def test_a_source_is_cited_with_its_file() -> None:
    then = given().when(
        cite_source, "Interview", " An interview ", "A news agency", url="https://example.org/a", file=file("a.pdf")
    )
    then.then_recorded(
        SourceCited(title="An interview", publisher="A news agency", url="https://example.org/a", file=file("a.pdf"))
    )
    assert then.news[0].subject == "source/interview"


def test_the_same_source_again_records_nothing_however_its_date_is_worded() -> None:
    board = given(CITE)
    again = fd("2025-10~", "about October 2025")
    board.when(
        cite_source, "interview", "An interview", "A news agency", published=again, file=file("a.pdf")
    ).then_nothing()


def test_a_key_that_is_another_source_is_refused() -> None:
    given(CITE).when(cite_source, "interview", "Another", "A news agency").then_refused("duplicate-key", "interview")


def test_a_source_has_a_title_and_a_publisher() -> None:
    given().when(cite_source, "a", "", "x").then_refused("blank", "title")
    given().when(cite_source, "a", "x", " ").then_refused("blank", "publisher")


@pytest.mark.parametrize("url", ["example.org", "https://me:secret@example.org/a"])
def test_a_bad_link_is_refused(url: str) -> None:
    given().when(cite_source, "a", "x", "y", url=url).then_refused("bad-url")
    given().admit(SourceCited(title="x", publisher="y", url=url), "source/a").then_refused("bad-url")


def test_a_file_has_a_fingerprint() -> None:
    given().when(cite_source, "a", "x", "y", file=link("https://example.org/a")).then_refused("bad-evidence", "URL")
    given().when(cite_source, "a", "x", "y", file=file("b/a.pdf")).then_refused("bad-file-name")
