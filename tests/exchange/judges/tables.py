"""Who judges tables? The Frictionless framework, and three readers of workbooks."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
from python_calamine import CalamineWorkbook

from exchange.sheets import SHEETS
from tests.exchange.judges import Fault, Format, Judge

OFFICE = shutil.which("soffice")
"""LibreOffice, where the machine has it."""


def by_frictionless(path: Path) -> list[str]:
    """What is not as the package says of itself. In a process of its own: the framework sets limits for all of csv."""
    command = [sys.executable, "-m", "tests.exchange.judges.tables", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[3])
    return done.stdout.splitlines() if done.returncode == 0 else [done.stderr]


def framed(path: Path) -> list[str]:
    """What the framework says of a package."""
    from frictionless import Package, system

    with tempfile.TemporaryDirectory() as folder, system.use_context(trusted=True):
        with ZipFile(path) as archive:
            archive.extractall(folder)
        report = Package(str(Path(folder) / "datapackage.json")).validate()
        return [str(one) for one in report.flatten(["title", "message"])]


def by_openpyxl(path: Path) -> list[str]:
    """What openpyxl cannot read, and every formula."""
    try:
        book = openpyxl.load_workbook(path)
    except Exception as error:  # whatever a judge raises is its verdict
        return [str(error)]
    found = [] if book.sheetnames == list(SHEETS) else [f"sheets {book.sheetnames}"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    return found + [f"{cell.coordinate} is a formula" for cell in cells if cell.data_type == "f"]


def by_calamine(path: Path) -> list[str]:
    """What calamine cannot read, or reads otherwise than it is headed."""
    try:
        book = CalamineWorkbook.from_path(str(path))
        heads = {name: tuple(book.get_sheet_by_name(name).to_python()[0]) for name in book.sheet_names}
    except Exception as error:  # whatever a judge raises is its verdict
        return [str(error)]
    return [] if heads == {name: head for name, (_, head, _) in SHEETS.items()} else [f"heads {heads}"]


def by_libreoffice(path: Path) -> list[str]:
    """What LibreOffice cannot turn into a table."""
    with tempfile.TemporaryDirectory() as folder:
        command = [str(OFFICE), "--headless", "--convert-to", "csv", "--outdir", folder, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env={"HOME": folder})
        made = [one.read_text("utf-8", "replace") for one in Path(folder).glob("*.csv")]
    return [] if made and made[0].startswith("key,title,") else [done.stdout + done.stderr]


def in_zip(member: str, old: bytes, new: bytes) -> Fault:
    """The fault that something is otherwise in a member of an archive."""

    def spoil(data: bytes) -> bytes:
        packed = io.BytesIO()
        with ZipFile(io.BytesIO(data)) as sound, ZipFile(packed, "w", ZIP_DEFLATED) as spoilt:
            assert member in sound.namelist()
            for name in sound.namelist():
                text = sound.read(name)
                assert name != member or old in text
                spoilt.writestr(name, text.replace(old, new, 1) if name == member else text)
        return packed.getvalue()

    return spoil


BOARD = "xl/worksheets/sheet1.xml"
_judges: dict[str, Judge] = {"openpyxl": by_openpyxl, "calamine": by_calamine}
_faults: dict[str, Fault] = {
    "openpyxl": in_zip(BOARD, b"<v>", b"<f>1+1</f><v>"),
    "calamine": in_zip(BOARD, b"<t>title</t>", b"<t>titel</t>"),
}
if OFFICE:
    _judges["LibreOffice"] = by_libreoffice
    _faults["LibreOffice"] = in_zip(BOARD, b"<t>title</t>", b"<t>titel</t>")

DATA_PACKAGE = Format(
    name="datapackage",
    words="datapackage --within 3y",
    file="tables.zip",
    judges={"frictionless": by_frictionless},
    faults={"frictionless": in_zip("datapackage.json", b'"type": "string"', b'"type": "integer"')},
)
WORKBOOK = Format(name="xlsx", words="xlsx --within 3y", file="tables.xlsx", judges=_judges, faults=_faults)

if __name__ == "__main__":
    sys.stdout.writelines(f"{finding}\n" for finding in framed(Path(sys.argv[1])))
