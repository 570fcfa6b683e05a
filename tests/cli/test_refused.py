"""Does all bad input get a sentence and an exit code, and is the ledger as it was?"""

from __future__ import annotations

import re
import shlex

import pytest

from tests.cli.given import Office

APPROVED = "--because Late --approved-by board"
REFUSED = [
    # keys
    ("log nowhere Text", "unknown-key"),
    ("log fibre/nowhere Text", "unknown-key"),
    ("log p Text", "unknown-key", "--no-input"),
    ("show nowhere", "unknown-key"),
    ("note nowhere Text", "unknown-key"),
    ("party rename nobody N --because B", "unknown-key"),
    ("party show nobody", "unknown-key"),
    ("source show nothing", "unknown-key"),
    ("programme show nothing", "unknown-key"),
    ("programme close nothing --because B", "unknown-key"),
    ("add x T --source nothing", "unknown-key"),
    ("withdraw fibre --because B --superseded-by nothing", "unknown-key"),
    ("milestone link ports/aktau --after nothing", "unknown-key"),
    ("add fibre Another", "duplicate-key"),
    ("party add az Other", "duplicate-key"),
    ("programme add mc Other", "duplicate-key"),
    ("source add interview Other --publisher P", "duplicate-key"),
    ("milestone add ports/alat Other", "duplicate-key"),
    ("add x T -p az=Other", "duplicate-key"),
    ("add x T -p a", "did-you-mean"),
    ("add x T -p az,kz", "bad-key"),
    ("add 'a b' T", "bad-key"),
    ("add -- -x T", "bad-key"),
    ("add '' T", "bad-key"),
    ("add x T --tag 'a b'", "bad-key"),
    ("milestone add ports/a/b T", "bad-key"),
    ("show a_b", "bad-key"),
    ("milestone add ports T", "not-a-milestone"),
    ("assign ports/alat board", "not-a-commitment"),
    ("withdraw fibre --because B --superseded-by fibre", "superseded-by-itself"),
    # dates
    ("add x T --due 2026-02-29", "bad-date"),
    ("add x T --due 12/31/2026", "bad-date"),
    ("add x T --due mid-2026", "bad-date"),
    ("add x T --due 2027/2026", "bad-date"),
    ("add x T --due ''", "bad-date"),
    ("log fibre x --on 2026", "bad-date"),
    ("log fibre x --on ''", "bad-date"),
    ("move fibre soon " + APPROVED, "bad-date"),
    ("note mc T --period ''", "bad-date"),
    ("programme add p P --window ''", "bad-date"),
    ("milestone add ports/x T --due ''", "bad-date"),
    ("source add s T --publisher P --published ''", "bad-date"),
    ("meet fibre --met ''", "bad-date"),
    ("log fibre x --on tomorrow", "effective-in-future"),
    ("meet fibre --met 2026-12-01", "met-in-future"),
    ("add x T --due 2026 --start 2027", "due-before-start"),
    # quantities
    ("actual oil 0.4Mtt 2026-Q1", "unknown-unit"),
    ("actual oil 0.4Mtt 2026", "unknown-unit"),
    ("actual oil 4MW 2026-Q1", "wrong-dimension"),
    ("actual oil 4 2026-Q1", "wrong-dimension"),
    ("actual oil 4 Mtt 2026-Q1", "unknown-unit"),
    ("actual oil 4 soon", "unknown-unit"),
    ("actual oil 4Mt soon", "bad-date"),
    ("actual oil 4 2026-Q5", "bad-date"),
    ("actual oil -- -4Mt 2026-Q1", "bad-quantity"),
    ("actual oil NaN 2026-Q1", "bad-quantity"),
    ("actual oil infMt 2026-Q1", "bad-quantity"),
    ("actual oil much", "bad-quantity"),
    ("actual oil oil much", "bad-quantity"),
    ("actual oil oil 4Mtt", "unknown-unit"),
    ("actual oil tea 4Mt", "unknown-indicator"),
    ("actual fibre 4Mt", "unknown-indicator"),
    ("actual oil 1Mt 2027-Q1", "period-in-future"),
    ("add x T --target 1.5Mt/fortnight --window 2027", "bad-amount"),
    ("add x T --target 1Mt/year --window 2027-05", "bad-window"),
    ("add x T --target 1Mt/year", "bad-window"),
    ("add x T --target 1Mt/year --window ''", "bad-date"),
    ("add x T --target '' --window 2027", "bad-quantity"),
    ("add x T --target 1Mt/year --window 2027 --measure depth", "bad-choice"),
    ("add x T --target 1Mt/year --window 2027 --aim high", "bad-choice"),
    ("add x T --target 1Mt/year --window 2027 --baseline 1km", "wrong-dimension"),
    ("add x T --target 1Mt/year --window 2027 --indicator ''", "bad-key"),
    ("target revise fibre 1km " + APPROVED, "unknown-indicator"),
    ("target revise oil 1km " + APPROVED, "wrong-dimension"),
    ("target revise oil 1Mt --because B", "no-approver"),
    ("target revise oil 1Mt/month " + APPROVED, "another-target"),
    ("target set oil 2Mt --window 2027", "wrong-state"),
    ("log fibre --progress 101%", "bad-percent"),
    ("log fibre --progress=-1%", "bad-percent"),
    ("log fibre --progress much", "bad-percent"),
    # words
    ("add x T --kind promise", "bad-choice"),
    ("add x T --kind ''", "bad-choice"),
    ("party add x X --kind planet", "bad-choice"),
    ("party add x X --country AZE", "bad-country"),
    ("verdict fibre --scale stars --rating 5 --assessor a --because b", "bad-scale"),
    ("verdict fibre --scale ogp --rating 5 --assessor a --because b", "bad-rating"),
    ("restate fibre --clear due --because B", "bad-field"),
    ("restate fibre --clear title --because B", "blank"),
    ("add x '  '", "blank"),
    ("add x T --statement ' '", "blank"),
    ("assign fibre ''", "blank"),
    ("log fibre ' '", "blank"),
    ("log fibre", "nothing-said"),
    ("evidence add fibre", "no-evidence"),
    # acts
    ("move fibre 2027 --approved-by board", "no-reason"),
    ("move fibre 2027 --because ' ' --approved-by board", "no-reason"),
    ("move fibre 2027 --because B", "no-approver"),
    ("move fibre 2027 --because B --approved-by Programme-OFFICE", "own-approval"),
    ("move fibre 2027 --because B --approved-by ' programme-office '", "own-approval"),
    ("forecast fibre 2027", "no-reason"),
    ("suspend fibre", "no-reason"),
    ("resume fibre --because B", "wrong-state"),
    ("reopen fibre --because B", "wrong-state"),
    ("meet oil", "targets-decide"),
    ("meet ports", "open-milestones"),
    ("close-short fibre --achieved Half", "no-reason"),
    ("milestone link ports/alat --after ports/aktau", "cycle"),
    ("milestone link ports/alat --after nothing", "unknown-key"),
    ("retract 10 --because B", "retract-later-first"),
    ("retract 1 --because B", "never-retracted"),
    ("retract 11", "no-reason"),
    ("retract 999 --because B", "unknown-event"),
    ("retract 0 --because B", "unknown-event"),
    ("retract ٣ --because B", "unknown-event"),
    ("retract nothing --because B", "unknown-event"),
    # files and links
    ("log fibre --evidence nothing.pdf", "no-such-file"),
    ("meet fibre --evidence .", "no-such-file"),
    ("evidence add fibre https://user:secret@example.org", "bad-url"),
    ("evidence add fibre --url javascript:alert(1)", "bad-url"),
    ("evidence add fibre note.txt --url https://u:p@example.org", "bad-url"),
    ("source add s T --publisher P --file nothing.pdf", "no-such-file"),
    ("source add s T --publisher P --sha256 00", "half-described"),
    ("source add s T --publisher P --file f.pdf --sha256 00 --bytes 1", "bad-evidence"),
]
USAGE = [
    "",
    "nothing",
    "add",
    "add x T U",
    "log fibre --nothing",
    "close-short fibre --because B",
    "target set fibre 1km",
    "party",
    "restate fibre --because B",
    "milestone link ports/aktau",
    "milestone link ports/aktau --after ports/alat --nothing",
    "restate fibre --due 2027 --because B",
    "restate fibre --owner ministry --because B",
    "log fibre '20 %'",
    "add x T --window 2027",
    "add x T --baseline 1Mt",
    "source add s T --publisher P --bytes many",
]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: f"{case[1]}: {case[0]}")
def test_bad_input_is_refused_in_a_sentence(office: Office, case: tuple[str, ...]) -> None:
    line, code, *more = case
    before = office.anchor()

    said = office.run(*more, *shlex.split(line))

    assert (said.code, said.out, said.refusal) == (1, "", code), said
    assert re.fullmatch(r"\S.{20,}[.…] \[[a-z-]+\]\n", said.err), said.err
    assert office.anchor() == before


@pytest.mark.parametrize("line", USAGE)
def test_a_command_that_is_called_wrongly_exits_with_2(office: Office, line: str) -> None:
    before = office.anchor()
    said = office.tell(line)
    assert (said.code, said.out) == (2, "")
    assert said.err
    assert office.anchor() == before


@pytest.mark.parametrize(
    ("line", "way"),
    [
        ("actual oil 2026-Q1 0.4Mt", "Write: pledger actual oil 0.4Mt 2026-Q1."),
        ("actual oil 2026 '0.4 Mt'", "Write: pledger actual oil 0.4 Mt 2026."),
        ("actual oil March 2026 0.4 Mt", "Write: pledger actual oil 0.4 Mt March 2026."),
        ("actual oil OIL 2026-Q1 0.4Mt", "Write: pledger actual oil OIL 0.4Mt 2026-Q1."),
        ("actual oil 2026-Q1 oil 0.4Mt", "Write: pledger actual oil oil 0.4Mt 2026-Q1."),
        ("actual oil 0.4Mt oil 2026-Q1", "Write: pledger actual oil oil 0.4Mt 2026-Q1."),
        ("restate fibre --due 'Q1 2027'", "pledger move fibre 'Q1 2027' --because REASON --approved-by OFFICE."),
        ("restate fibre --owner ministry", "pledger assign fibre ministry."),
        ("milestone link ports/alat --after aktau", "Did you mean its milestone ports/aktau?"),
        ("milestone add ports/quay Quay --after aktau", "Did you mean its milestone ports/aktau?"),
        ("log fibre 20%", "As progress: pledger log fibre --progress 20%."),
        ("add x T --source interview.pdf", "There is no file 'interview.pdf' here."),
        ("add x T -p az=Türkiye", 'changes with: pledger party rename az "Türkiye" --because'),
        ("milestone link ports/aktau", "--after C/M; --nothing takes all links away."),
    ],
)
def test_what_nearly_is_a_command_is_answered_with_the_one_that_was_meant(office: Office, line: str, way: str) -> None:
    assert way in office.tell(line).err


def test_an_amount_that_cannot_be_read_in_any_order_is_refused_for_what_it_is(office: Office) -> None:
    assert "is not taken as an amount" in office.tell("actual oil 2026-Q1 soon").err
    assert office.tell("actual oil 0.4Mt soon").refusal == "bad-date"


def test_periods_that_overlap_are_refused(office: Office) -> None:
    office.must("actual oil 0.4Mt 2026-Q1")
    assert office.tell("actual oil 0.1Mt 2026-02").refusal == "period-overlaps"
    assert office.tell("actual oil 0.5Mt 2026-Q1").refusal == "no-reason"


def test_which_of_several_targets_is_meant_must_be_said(office: Office) -> None:
    office.must('target set oil "3 TEU/year" --window 2026 --indicator boxes')
    assert office.tell("actual oil 0.4Mt 2026-Q1").refusal == "which-indicator"
    assert office.tell("target revise oil 4TEU " + APPROVED).refusal == "which-indicator"
    office.must("actual oil BOXES 1 TEU 2026-Q1", "target revise oil 4TEU --indicator boxes " + APPROVED)


def test_a_key_that_could_be_several_lists_them(office: Office) -> None:
    office.must("add fibre-two Second")
    said = office.tell("log fib Text")
    assert (said.refusal, "fibre, fibre-two" in said.err) == ("ambiguous-key", True)
    assert office.tell("log fibre Text").code == 0  # an exact key wins


def test_the_retracted_cannot_be_met(office: Office) -> None:
    office.must("add x T", "undo")
    assert office.tell("meet x --no-input").refusal == "unknown-key"


def test_a_defect_is_not_taken_for_a_refusal(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.opening.show_info", lambda settings: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        office.tell("info")


def test_what_the_system_refuses_is_a_sentence(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(settings: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cli.opening.show_info", full)
    said = office.tell("info")
    assert (said.code, said.err) == (1, "No space left on device. Check the path and its permissions. [file]\n")


def test_where_it_cannot_be_decided_the_exit_code_is_3(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from ledger.trouble import disk_error

    def broken(settings: object) -> None:
        raise disk_error(office.folder, "input/output error")

    monkeypatch.setattr("cli.opening.show_info", broken)
    assert (office.tell("info").code, office.tell("info").refusal) == (3, "disk-error")
