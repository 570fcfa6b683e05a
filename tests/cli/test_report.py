"""Do `report` and `chart` write what was asked for, where it was asked for, and say what is missing?"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cli.report import form_of
from domain.refused import Refused
from tests.cli.given import Office


def test_a_page_is_written_and_said_to_be(story: Office, tmp_path: Path) -> None:
    (said,) = story.must(f"report -o {tmp_path / 'report.html'} --as-of 2028-07-01")
    text = (tmp_path / "report.html").read_text("utf-8")
    assert text.startswith("<!doctype html>")
    assert said.out == ""
    written = f"written to {tmp_path / 'report.html'} ({len(text.encode()):,} bytes)"
    assert said.err == f"Report as known #156, as of 2028-07-01, {written}.\n"
    assert '<h1 dir="auto">Illustration: a made-up continuation' in text
    assert 'id="lines"' not in text


def test_it_goes_to_stdout_and_takes_title_filter_and_point(story: Office) -> None:
    (said,) = story.must('report -o - --format md --title "To the council" programme:middle-corridor --as-known 100')
    assert said.out.startswith("# To the council\n")
    assert "As known at #100, judged as of 2026-12-22; only programme:middle-corridor." in said.out
    assert "fibre" in said.out
    assert "caspian" not in said.out
    assert said.err == ""


def test_the_ending_of_the_name_says_which_form() -> None:
    forms = {"a.html": "html", "a.md": "md", "a.pdf": "pdf", "a": "html", "-": "html"}
    assert {name: form_of("", name) for name in forms} == forms
    assert form_of("md", "a.pdf") == "md"
    with pytest.raises(Refused) as refused:
        form_of("docx", "a")
    assert refused.value.code == "bad-choice"


def test_with_lines_all_of_them_are_in_it(stock: Office, tmp_path: Path) -> None:
    stock.must(f"report -o {tmp_path / 'report.html'} --with-lines")
    text = (tmp_path / "report.html").read_text("utf-8")
    lines = text.partition('<div id="lines" hidden>')[2].partition("</div>")[0].split("\n")
    assert len(lines) == 11
    assert lines[0].startswith('{"actor":"programme-office"')


def test_a_pdf_is_printed_by_a_browser_if_there_is_one(
    stock: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert stock.tell(f"report -o {tmp_path / 'report.pdf'}").refusal == "no-browser"
    program = tmp_path / "chromium"
    program.write_text('#!/bin/sh\nfor one; do case $one in --print-to-pdf=*) echo "%PDF" >"${one#*=}";; esac; done\n')
    program.chmod(0o755)
    stock.must(f"report -o {tmp_path / 'report.pdf'}")
    assert (tmp_path / "report.pdf").read_bytes() == b"%PDF\n"


def test_what_is_not_installed_is_said(stock: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "jinja2", None)
        assert stock.tell("report -o -").refusal == "no-report"
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "vl_convert", None)
        assert stock.tell("chart score -o score.svg").refusal == "no-charts"


@pytest.mark.parametrize("kind", ["timeline", "trend", "pace", "score"])
def test_charts_are_drawn_into_files(kind: str, story: Office, tmp_path: Path) -> None:
    (said,) = story.must(f"chart {kind} -o {tmp_path / 'chart.svg'} programme:middle-corridor")
    assert (tmp_path / "chart.svg").read_bytes().startswith(b"<svg")
    assert said.err.startswith(f"{kind} as known #156, as of 2028-07-01, written to ")


def test_a_chart_of_what_is_not_there_is_refused(story: Office, tmp_path: Path) -> None:
    assert story.tell(f"chart score -o {tmp_path / 'a.svg'} nothing-like-this").refusal == "nothing-to-draw"
    assert story.tell(f"chart pie -o {tmp_path / 'a.svg'}").refusal == "bad-choice"
    assert story.tell(f"chart score -o {tmp_path / 'a.jpg'}").refusal == "bad-choice"
    assert not [*tmp_path.iterdir()]
