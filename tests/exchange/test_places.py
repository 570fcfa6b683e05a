"""Are lines found, whatever ends them, and found again?"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given as these
from hypothesis import strategies as st

from domain.refused import Refused
from exchange import places
from exchange.handed import BOM
from exchange.places import Places, numbered
from tests.exchange.given import files, written


def lines_of(path: Path) -> list[tuple[int, bytes]]:
    with files(path) as (handed,):
        return [(number, line) for number, _, line in numbered(handed)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"{a\n{b\n", [(1, b"{a"), (2, b"{b")]),
        (b"{a\n{b", [(1, b"{a"), (2, b"{b")]),
        (b"{a\r\n{b\r\n", [(1, b"{a"), (2, b"{b")]),
        (b"{a\r\n{b\r", [(1, b"{a"), (2, b"{b")]),
        (BOM + b"{a\n", [(1, b"{a")]),
        (b"\n{a\n\n \r\n{b\n\n", [(2, b"{a"), (5, b"{b")]),
        (b"{a\n  ", [(1, b"{a")]),
    ],
)
def test_lines_are_numbered_without_what_ends_them(
    tmp_path: Path, content: bytes, expected: list[tuple[int, bytes]]
) -> None:
    (tmp_path / "a.jsonl").write_bytes(content)
    assert lines_of(tmp_path / "a.jsonl") == expected


def test_a_line_of_twenty_megabytes_is_refused(tmp_path: Path) -> None:
    written(tmp_path / "a.jsonl", [b"{}", b"{" + b"x" * (20 << 20)])
    with pytest.raises(Refused, match="line 2 is over 16 MB long") as refused:
        lines_of(tmp_path / "a.jsonl")
    assert refused.value.code == "line-too-long"


texts = st.lists(
    st.binary(min_size=1, max_size=40).map(lambda text: b"{" + text.replace(b"\n", b"") + b"}"), min_size=1
)


@these(st.lists(texts, min_size=1, max_size=3), st.integers(1, 50))
def test_each_line_is_found_again_across_chunks_and_files(
    tmp_path_factory: pytest.TempPathFactory, contents: list[list[bytes]], chunk: int
) -> None:
    folder = tmp_path_factory.mktemp("files")
    paths = [written(folder / f"{index}", lines) for index, lines in enumerate(contents)]
    before = places.CHUNK
    places.CHUNK = chunk
    try:
        with files(*paths) as handed_in:
            kept = Places(handed_in)
            for index, file in enumerate(handed_in):
                kept.begin(index)
                for _, place, line in numbered(file):
                    kept.add(place, len(line))
                    assert kept[len(kept) - 1] == line
            assert list(kept) == [line for lines in contents for line in lines]
    finally:
        places.CHUNK = before


def test_a_file_that_is_changed_meanwhile_is_refused_in_the_end(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", [b"{a}", b"{b}"])
    with files(path) as handed_in:
        kept = Places(handed_in)
        kept.add(0, 3)
        written(path, [b"{a}", b"{b}", b"{c}"])
        with pytest.raises(Refused, match="was changed while it was read") as refused:
            list(kept)
    assert refused.value.code == "file-changed"
