"""Are files that the ledger knows kept under their hashes, and is it said which are missing or changed?"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from domain.evidence import Evidence
from domain.refused import Refused
from exchange.archive import Archive
from tests.cli.given import Office

LINK = "https://example.org/report"


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


DONE, AGREED, STATED = (sha256(text) for text in ("Done\n", "Agreed\n", "Stated\n"))


@pytest.fixture
def proved(office: Office) -> Office:
    """An office with two files and a link as evidence, and a document that is cited."""
    (office.folder / "inbox").mkdir()
    written(office, "report.pdf", "Done\n")
    written(office, "inbox/protocol.pdf", "Agreed\n")
    written(office, "inbox/letter.pdf", "Stated\n")
    office.must(
        f"meet fibre --met 2026-07-01 --evidence report.pdf --evidence {LINK}",
        "evidence add ports/alat inbox/protocol.pdf",
        "source add letter 'A letter' --publisher Agency --file inbox/letter.pdf",
    )
    return office


def written(office: Office, name: str, text: str) -> Path:
    path = office.folder / name
    path.write_text(text, "utf-8")
    return path


def states(office: Office, folder: str = ".") -> dict[str, str]:
    told = office.tell(f"evidence check {folder} --json").data
    return {one["name"] or one["url"]: one["state"] for one in told}


def kept(office: Office) -> dict[str, str]:
    """What lies in the archive: hash by hash the text."""
    files = [path for path in (office.folder / "archive").rglob("*") if path.is_file()]
    assert all(path.parent.name == path.name[:2] for path in files)
    return {path.name: path.read_text("utf-8") for path in files}


# ---- keep


def test_files_that_are_named_are_kept_under_their_hashes(proved: Office) -> None:
    (said,) = proved.must("evidence keep archive report.pdf inbox/letter.pdf")
    assert kept(proved) == {sha256(text): text for text in ("Done\n", "Stated\n")}
    assert said.out.splitlines()[0] == f"report.pdf -> archive/{DONE[:2]}/{DONE}"
    assert said.err == "2 copied, 0 there already; 1 of the ledger's are not.\n"


def test_a_folder_is_searched_for_what_is_evidence_whatever_its_name(proved: Office) -> None:
    (proved.folder / "inbox" / "protocol.pdf").rename(proved.folder / "inbox" / "scan 7.pdf")
    written(proved, "inbox/other.pdf", "Nothing of the kind")
    written(proved, "inbox/alike.pdf", "Stared\n")
    (said,) = proved.must("evidence keep archive inbox --json")
    assert [(one["file"], one["sha256"]) for one in said.data["copied"]] == [
        ("inbox/letter.pdf", STATED),
        ("inbox/scan 7.pdf", AGREED),
    ]
    assert (said.data["there"], said.data["missing"]) == ([], 1)


def test_a_second_time_nothing_is_copied_and_that_is_said(proved: Office) -> None:
    first, second = proved.must("evidence keep archive", "evidence keep archive")
    assert first.err == "3 copied, 0 there already; every file of the ledger is there.\n"
    assert (second.out, second.err) == (
        "",
        "Nothing to copy, 3 there already; every file of the ledger is there.\n",
    )
    assert len(kept(proved)) == 3


def test_the_same_file_twice_is_copied_once(proved: Office) -> None:
    written(proved, "again.pdf", "Done\n")
    (said,) = proved.must("evidence keep archive again.pdf report.pdf --json")
    assert [one["file"] for one in said.data["copied"]] == ["again.pdf"]


def test_a_file_that_is_no_evidence_is_refused_and_nothing_is_copied(proved: Office) -> None:
    written(proved, "other.pdf", "Other")
    said = proved.tell("evidence keep archive report.pdf other.pdf")
    assert (said.code, said.out, said.refusal) == (1, "", "unknown-evidence")
    assert said.err.startswith("'other.pdf' is no evidence in this ledger. Record it first: ")
    assert not (proved.folder / "archive").exists()


def test_a_file_of_the_same_name_with_other_content_is_told_so(proved: Office) -> None:
    written(proved, "report.pdf", "Done, and more\n")
    said = proved.tell("evidence keep archive report.pdf")
    assert said.err.startswith("'report.pdf' is not the file that #12 (fibre) names: its content is another.")
    assert said.refusal == "unknown-evidence"


def test_a_file_that_is_not_there_is_refused(proved: Office) -> None:
    assert proved.tell("evidence keep archive gone.pdf").refusal == "no-such-file"


def test_what_lies_in_the_place_of_a_file_is_not_overwritten(proved: Office) -> None:
    proved.must("evidence keep archive report.pdf")
    place = Archive(proved.folder / "archive").place(DONE)
    place.write_text("Spoilt", "utf-8")
    assert proved.tell("evidence keep archive report.pdf inbox").refusal == "not-replaced"
    assert kept(proved) == {DONE: "Spoilt"}


def test_a_file_that_changes_while_it_is_copied_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_text("Changed", "utf-8")
    with pytest.raises(Refused) as refused:
        Archive(tmp_path / "archive").keep(path, DONE)
    assert refused.value.code == "file-changed"
    assert [one for one in (tmp_path / "archive").rglob("*") if one.is_file()] == []


# ---- check


def test_each_file_is_there_missing_or_changed(proved: Office) -> None:
    proved.must("evidence keep archive report.pdf inbox")
    assert proved.tell("evidence check archive").code == 0
    assert set(states(proved, "archive").values()) == {"there", "link"}
    archive = Archive(proved.folder / "archive")
    archive.place(DONE).write_text("Spoilt", "utf-8")
    archive.place(AGREED).unlink()
    said = proved.tell("evidence check archive")
    assert said.code == 1
    assert said.out == (
        "state    position  item           file or link                SHA-256\n"
        f"changed  #12       fibre          report.pdf                  {DONE[:12]}\n"
        f"link     #12       fibre          {LINK}\n"
        f"missing  #13       ports/alat     protocol.pdf                {AGREED[:12]}\n"
        f"there    #14       source letter  letter.pdf                  {STATED[:12]}\n"
        "1 there, 1 missing, 1 changed; 1 link not fetched.\n"
    )


def test_files_that_lie_under_their_own_names_are_found_too(proved: Office) -> None:
    assert states(proved) == {"report.pdf": "there", LINK: "link", "protocol.pdf": "missing", "letter.pdf": "missing"}
    written(proved, "report.pdf", "Other")
    assert states(proved)["report.pdf"] == "changed"
    assert states(proved, "inbox") == {
        "report.pdf": "missing",
        LINK: "link",
        "protocol.pdf": "there",
        "letter.pdf": "there",
    }


def test_json_says_where_a_file_is_and_what_was_recorded_of_it(proved: Office) -> None:
    first, link, *_ = proved.tell("evidence check --json").data
    assert first == {
        "state": "there",
        "position": 12,
        "item": "fibre",
        "name": "report.pdf",
        "bytes": 5,
        "media": "application/pdf",
        "sha256": DONE,
        "url": None,
        "path": "report.pdf",
    }
    assert (link["url"], link["path"]) == (LINK, None)


def test_only_what_stands_is_looked_for(proved: Office) -> None:
    proved.must('retract 13 --because "Of another port"')
    assert [one["position"] for one in proved.tell("evidence check --json").data] == [12, 12, 14]
    assert [one["position"] for one in proved.tell("evidence check --json --as-known #13").data] == [12, 12, 13]


def test_every_way_to_give_evidence_counts(office: Office) -> None:
    for number in range(5):
        written(office, f"{number}.txt", f"{number}")
    office.must(
        "log fibre Begun --evidence 0.txt",
        "log fibre Going --evidence 1.txt",
        "actual oil 0.1Mt 2026-Q1 --evidence 2.txt",
        'actual oil 0.2Mt 2026-Q1 --because "Late papers" --evidence 3.txt',
        'close-short ports/alat --achieved Half --because "No money" --evidence 4.txt',
    )
    assert states(office) == {f"{number}.txt": "there" for number in range(5)}


def test_without_any_evidence_nothing_is_missing(office: Office) -> None:
    said = office.tell("evidence check")
    assert (said.code, said.out) == (0, "0 there, 0 missing, 0 changed.\n")


def test_a_recorded_name_that_no_folder_can_hold_is_missing(tmp_path: Path) -> None:
    file = Evidence(name="n" * 9_000, bytes=1, media="text/plain", sha256=sha256("x"))
    assert Archive(tmp_path).look(file).state == "missing"


def test_a_file_named_by_many_facts_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("x", "utf-8")
    archive, file = Archive(tmp_path), Evidence(name="plan.csv", bytes=1, media="text/csv", sha256=sha256("x"))
    assert archive.look(file).state == "there"
    path.write_text("y", "utf-8")
    assert archive.look(file).state == "there"
    assert Archive(tmp_path).look(file).state == "changed"
