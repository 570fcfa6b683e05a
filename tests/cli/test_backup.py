"""Is a ledger that was restored or copied the same, wherever it lies, and is nothing made of what is unsound?"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests import servers
from tests.cli.conftest import SECRET
from tests.cli.given import HEAD, Office

Place = Callable[[str], str]
BACKUP = "backup kept.backup"
RESTORE = "restore kept.backup --to"


@pytest.fixture
def places(office: Office) -> Iterator[Place]:
    """A free place for a ledger: in a `file` or on a `server`."""
    with ExitStack() as schemas:

        def place(kind: str) -> str:
            if kind == "server":
                return servers.address(schemas.enter_context(servers.new_schema()))
            return str(office.folder / f"{len(list(office.folder.iterdir()))}.db")

        yield place


@pytest.fixture
def begun(office: Office, places: Place) -> Callable[[str], Office]:
    """The office with a ledger of that kind, in which some lines came under no checkpoint, and all are sealed."""

    def begin(kind: str) -> Office:
        office.must("export -o first.jsonl", 'log fibre "Ship booked"', "export -o all.jsonl", "audit key new seal.key")
        office.environment["PLEDGER_LEDGER"] = places(kind)
        office.must("import first.jsonl", "import all.jsonl --unsealed", "audit seal --key seal.key")
        return office

    return begin


def told(office: Office) -> tuple[str, dict[str, object]]:
    """All that a ledger holds: its lines, and what `info` tells of it."""
    about = office.run("info", "--json").data
    return office.must("export")[0].out, {name: value for name, value in about.items() if name not in ("place", "node")}


kinds = pytest.mark.parametrize("kind", ["file", "server"])
other = pytest.mark.parametrize("to", ["file", "server"])


@kinds
@other
def test_a_copy_has_the_same_lines_root_id_checkpoints_and_receipts(
    begun: Callable[[str], Office], places: Place, kind: str, to: str
) -> None:
    office, target = begun(kind), places(to)
    before = told(office)
    said = office.must(f"copy {office.environment['PLEDGER_LEDGER']} {target}")[0]
    assert f"#1-#{HEAD + 1} of " in said.out
    assert "with 1 checkpoint and 1 receipt (root" in said.out
    office.environment["PLEDGER_LEDGER"] = target
    assert told(office) == before
    vkey = office.must("audit key show seal.key")[0].out.strip()
    assert office.must(f"audit verify --vkey {vkey}", 'log fibre "It goes on"')[0].code == 0


@kinds
def test_a_ledger_that_has_only_just_begun_is_copied(new: Office, places: Place, kind: str) -> None:
    begun = places(kind)
    new.run("init", begun, "--title", "Short")
    assert new.must(f"copy {begun} copied.db")[0].out.startswith("#1-#1 of ")


@kinds
@other
def test_a_restored_ledger_is_the_one_that_was_backed_up(
    begun: Callable[[str], Office], places: Place, kind: str, to: str
) -> None:
    office, target = begun(kind), places(to)
    before = told(office)
    assert f"#1-#{HEAD + 1} Middle Corridor: backed up to kept.backup (root " in office.must(BACKUP)[0].out
    office.must('log fibre "After the backup"')
    said = office.must(f"{RESTORE} {target}")[0]
    assert f"#1-#{HEAD + 1} of kept.backup restored to " in said.out
    office.environment["PLEDGER_LEDGER"] = target
    assert told(office) == before


@kinds
def test_what_was_done_is_told_as_data(begun: Callable[[str], Office], places: Place, kind: str) -> None:
    office, target = begun(kind), places("file")
    assert office.must(f"{BACKUP} --json")[0].data == {
        "file": "kept.backup",
        "size": HEAD + 1,
        "root": office.anchor()[1],
    }
    dry, done = office.must(f"{RESTORE} {target} -n --json", f"{RESTORE} {target} --json")
    expected = {"from": "kept.backup", "to": target, "lines": HEAD + 1, "checkpoints": 1, "receipts": 1}
    assert dry.json["ledger"] is None
    assert (dry.data, done.data) == ({**expected, "dry_run": True}, {**expected, "dry_run": False})
    assert done.json["ledger"]["size"] == HEAD + 1


@other
def test_a_dry_run_makes_nothing(begun: Callable[[str], Office], places: Place, to: str) -> None:
    office, target = begun("file"), places(to)
    office.must(BACKUP)
    before = sorted(office.folder.iterdir())
    said = office.must(f"{RESTORE} {target} -n")[0]
    assert "would be restored to" in said.out
    assert office.tell(f"--ledger {target} status").refusal == "no-ledger"
    assert sorted(office.folder.iterdir()) == before


@kinds
def test_where_a_ledger_stands_nothing_is_made(begun: Callable[[str], Office], kind: str) -> None:
    office = begun(kind)
    office.must(BACKUP, 'log fibre "After the backup"')
    before, place = told(office), office.environment["PLEDGER_LEDGER"]
    assert office.tell(f"{RESTORE} {place}").refusal == "ledger-exists"
    assert office.tell(f"copy pledger.db {place}").refusal == "ledger-exists"
    assert told(office) == before


@kinds
def test_a_backup_takes_nobodys_place(begun: Callable[[str], Office], kind: str) -> None:
    office = begun(kind)
    office.must(BACKUP)
    before = (office.folder / "kept.backup").read_bytes()
    assert office.tell(BACKUP).refusal == "not-replaced"
    assert (office.folder / "kept.backup").read_bytes() == before


@kinds
def test_a_backup_needs_a_folder(begun: Callable[[str], Office], kind: str) -> None:
    assert begun(kind).tell("backup nowhere/kept.backup").refusal in ("no-folder", "not-written")


def test_a_backup_of_a_file_is_a_ledger_that_can_be_used_as_it_is(begun: Callable[[str], Office]) -> None:
    office = begun("file")
    before = told(office)
    office.must(BACKUP)
    office.environment["PLEDGER_LEDGER"] = "kept.backup"
    assert told(office) == before


def test_the_archive_of_the_same_ledger_has_the_same_bytes(begun: Callable[[str], Office]) -> None:
    office = begun("server")
    office.must(BACKUP, "backup again.backup")
    assert (office.folder / "again.backup").read_bytes() == (office.folder / "kept.backup").read_bytes()
    with tarfile.open(office.folder / "kept.backup") as archive:
        lines = archive.extractfile("lines.jsonl")
        assert lines is not None
        assert lines.read().decode() == office.must("export")[0].out


def test_a_password_in_an_address_is_refused_on_either_side(office: Office) -> None:
    url = f"postgresql://u:{SECRET}@h/d"
    for line in (f"copy {url} other.db", f"copy pledger.db {url}", f"restore x --to {url}"):
        said = office.tell(line)
        assert said.refusal == "password-shown"
        assert SECRET not in said.err


# What is unsound.


@pytest.fixture
def archive(begun: Callable[[str], Office]) -> Office:
    office = begun("server")
    office.must(BACKUP)
    return office


def changed(office: Office, change: Callable[[dict[str, bytes]], None]) -> None:
    """Make the archive anew after a change of its members."""
    path = office.folder / "kept.backup"
    with tarfile.open(path) as before:
        members = {one.name: before.extractfile(one).read() for one in before}  # type: ignore[union-attr]  # all are files
    change(members)
    with tarfile.open(path, "w") as after:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            after.addfile(info, io.BytesIO(content))


def replaced(name: str, before: bytes, after: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        assert before in members[name]
        members[name] = members[name].replace(before, after)

    return change


def without(name: str) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        del members[name]

    return change


def with_note(note: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        members["checkpoints/000002"] = note

    return change


SIGNATURE = b"7iijzTkoPrl1dLmuBc7L2WF5cCLRbGndT7zi212MDkhCdQt2XYGblP7ZBhx33GohqFr5jIRmbTqO6BNbhE0XyjaPNwM="
FOREIGN = (
    b"urn:uuid:01a20bf3-4b5f-7368-826c-9b2a642ef0e0\n3\najGx5AC1zgGuBnJz32DUOh7ASFyfmsYAez12863pzZI=\n\n"
    b"\xe2\x80\x94 programme-office " + SIGNATURE + b"\n"
)
"""A checkpoint of another ledger."""


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (replaced("lines.jsonl", b"Fibre line", b"Fibre lane"), "copy-differs"),
        (replaced("about.json", b'"size":12', b'"size":13'), "copy-differs"),
        (replaced("lines.jsonl", b"Fibre line", b"Fibre  line\x00"), "findings"),
        (replaced("lines.jsonl", b'"sequence":"0000000005"', b'"sequence":"0000000006"'), "findings"),
        (with_note(FOREIGN), "bad-checkpoint"),
        (with_note(b"nothing\n"), "bad-checkpoint"),
        (with_note(b"\xff\xfe"), "no-backup"),
        (without("lines.jsonl"), "no-backup"),
        (without("about.json"), "no-backup"),
        (replaced("about.json", b'"format":1', b'"format":2'), "no-backup"),
        (replaced("about.json", b'"root":"', b'"root":"zz'), "no-backup"),
        (replaced("receipts.json", b"[[12,12,", b"[[12,13,"), "no-backup"),
        (replaced("receipts.json", b"[[12,12,", b"[[12,"), "no-backup"),
    ],
)
def test_nothing_is_made_of_an_archive_that_was_changed(
    archive: Office, change: Callable[[dict[str, bytes]], None], code: str
) -> None:
    changed(archive, change)
    said = archive.tell(f"{RESTORE} new.db")
    assert (said.code, said.refusal) == (1, code)
    assert not (archive.folder / "new.db").exists()


def test_what_is_wrong_with_lines_is_listed(archive: Office) -> None:
    changed(archive, replaced("lines.jsonl", b"Fibre line", b"Fibre  line\x00"))
    assert "kept.backup, line 6: " in archive.tell(f"{RESTORE} new.db").out
    finding, _ = archive.tell(f"{RESTORE} new.db --json").data["findings"]
    assert (finding["file"], finding["row"]) == ("kept.backup", 6)


def test_nothing_is_made_of_half_an_archive(archive: Office) -> None:
    path = archive.folder / "kept.backup"
    path.write_bytes(path.read_bytes()[:9000])
    assert archive.tell(f"{RESTORE} new.db").refusal == "no-backup"


@pytest.mark.parametrize(("content", "code"), [(None, "no-such-file"), (b"", "no-backup"), (b"notes", "no-backup")])
def test_what_is_no_backup_is_refused(office: Office, content: bytes | None, code: str) -> None:
    if content is not None:
        (office.folder / "kept.backup").write_bytes(content)
    assert office.tell(f"{RESTORE} new.db").refusal == code


def test_a_ledger_whose_lines_do_not_give_its_root_is_not_copied(office: Office) -> None:
    from tests.ledger.given import tamper

    tamper(office.folder / "pledger.db", "UPDATE event SET line = replace(line, 'Fibre line', 'Fibre lane')")
    tamper(office.folder / "pledger.db", "UPDATE event SET line = CAST(line AS BLOB)")
    assert office.tell("copy pledger.db new.db").refusal == "copy-differs"
    assert not (office.folder / "new.db").exists()


def test_an_archive_with_a_member_that_is_too_large_is_refused(
    archive: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exchange.backup.LARGEST", 10)
    assert archive.tell(f"{RESTORE} new.db").refusal == "no-backup"


def test_an_archive_to_which_somebody_writes_meanwhile_is_refused(
    archive: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from exchange import lines

    making = lines.make_copy

    def made(*words: object, **named: object) -> None:
        path = archive.folder / "kept.backup"
        path.write_bytes(path.read_bytes() + b"\0")
        making(*words, **named)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr("exchange.lines.make_copy", made)
    assert archive.tell(f"{RESTORE} new.db").refusal == "file-changed"


def test_a_copy_to_a_full_disk_leaves_nothing(office: Office) -> None:
    from tests.ledger.machine import files_no_larger_than

    with files_no_larger_than(50_000):
        assert office.tell(BACKUP).refusal in ("disk-full", "disk-error")
    assert office.must("copy pledger.db other.db")[0].out.count("with 0 checkpoints and 0 receipts") == 1
    assert [path.name for path in office.folder.iterdir() if "kept" in path.name] == []
