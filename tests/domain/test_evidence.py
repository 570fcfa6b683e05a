"""Is evidence a file's fingerprint or a link, and nothing that should stay outside the ledger?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.evidence import Evidence, EvidenceAttached, attach_evidence, link, safe_url, tidy
from domain.life import meet
from domain.refused import Refused
from tests.domain.given import FIBRE, TODAY, do, fd, file, given


def test_evidence_is_attached_to_an_item() -> None:
    then = given(FIBRE).when(attach_evidence, "fibre", (file(),), note=" signed ")
    then.then_recorded(EvidenceAttached(item="fibre", evidence=(file(),), note="signed"))


def test_the_same_evidence_on_the_same_day_records_nothing_even_when_other_came_since() -> None:
    board = given(FIBRE, do(attach_evidence, "fibre", (file(),)), do(attach_evidence, "fibre", (file("other.pdf"),)))
    board.when(attach_evidence, "fibre", (file(),)).then_nothing()
    board.when(attach_evidence, "fibre", (file(),), note="again").then_accepted()
    board.when(attach_evidence, "fibre", (file(),), on=TODAY - timedelta(1)).then_accepted()


def test_closed_items_still_take_evidence() -> None:
    board = given(FIBRE, do(meet, "fibre", met_on=fd("2026-05")))
    board.when(attach_evidence, "fibre", (file(),)).then_accepted()


def test_evidence_is_of_something() -> None:
    given(FIBRE).when(attach_evidence, "fibre", ()).then_refused("no-evidence", "file or link")
    given().when(attach_evidence, "fibre", (file(),)).then_refused("unknown-key")


def test_a_link_proves_nothing_a_file_does() -> None:
    assert file().proves
    assert not link("https://example.org/a").proves


@pytest.mark.parametrize("name", ["a/b.pdf", "..", ".", "", "\\\\share\\b.pdf", "C:\\b.pdf", "/etc/passwd"])
def test_a_stored_name_is_a_base_name(name: str) -> None:
    given(FIBRE).admit(EvidenceAttached(item="fibre", evidence=(file(name),))).then_refused(
        "blank" if not name else "bad-file-name"
    )


@pytest.mark.parametrize(
    "odd",
    [
        Evidence(),
        Evidence(name="a.pdf"),
        Evidence(name="a.pdf", url="https://example.org/a"),
        file(sha256=None),
        file(bytes=None),
        file(media=None),
        file(sha256="AB" * 32),
        file(sha256="ab" * 31),
        file(bytes=-1),
        file(media="pdf"),
        file(media="application/"),
    ],
)
def test_evidence_is_a_whole_fingerprint_or_a_link(odd: Evidence) -> None:
    given(FIBRE).when(attach_evidence, "fibre", (odd,)).then_refused("bad-evidence")


@pytest.mark.parametrize("media", ["text/plain; charset=utf-8", "image/svg+xml", "application/vnd.ms-excel"])
def test_media_types_are_taken_as_they_are_known(media: str) -> None:
    given(FIBRE).when(attach_evidence, "fibre", (file(media=media, bytes=0),)).then_accepted()


def test_a_file_may_have_a_link_too() -> None:
    given(FIBRE).when(attach_evidence, "fibre", (file(url="https://example.org/a"),)).then_accepted()


def test_names_from_any_file_system_are_kept_in_one_form() -> None:
    assert tidy((file("Pla\u0308ne.pdf "), link("https://example.org")))[0].name == "Pl\u00e4ne.pdf"
    given(FIBRE).when(attach_evidence, "fibre", (file("e\u0301.pdf"),)).then_recorded(
        EvidenceAttached(item="fibre", evidence=(file("\u00e9.pdf"),))
    )
    given(FIBRE).when(attach_evidence, "fibre", (file("a\u202ef.pdf"),)).then_refused("bad-text", "file name")


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://example.org:8080/a?b=c#d",
        "HTTPS://example.org/",
        "https://xn--e1aybc.example/ä",
        "https://[::1]/a",
        "https://example.org/@user",
    ],
)
def test_a_link_is_kept_as_typed(url: str) -> None:
    assert safe_url(f" {url} ") == url


@pytest.mark.parametrize(
    "url",
    [
        "example.org",
        "ftp://example.org/a",
        "file:///etc/passwd",
        "https://",
        "https:///a",
        "https://exa mple.org/a b",
        "https://example.org:port/",
        "https://example.org:99999/",
        "https://[::1/a",
        "javascript:alert(1)",
        "https:me:secret@example.org",
    ],
)
def test_what_is_no_whole_link_is_refused(url: str) -> None:
    with pytest.raises(Refused) as caught:
        link(url)
    assert caught.value.code == "bad-url"
    assert "https://" in caught.value.sentence


@pytest.mark.parametrize(
    "url", ["https://me:secret@example.org/a", "https://secret@example.org", "http://@example.org", "https://a\\@b/"]
)
def test_a_link_with_credentials_is_refused_without_repeating_them(url: str) -> None:
    with pytest.raises(Refused) as caught:
        link(url)
    assert caught.value.code == "bad-url"
    assert "secret" not in caught.value.sentence


def test_a_link_from_elsewhere_is_checked_too() -> None:
    bare = EvidenceAttached(item="fibre", evidence=(Evidence(url="https://me:secret@example.org"),))
    given(FIBRE).admit(bare).then_refused("bad-url")
    given(FIBRE).admit(EvidenceAttached(item="fibre", evidence=())).then_refused("no-evidence")
