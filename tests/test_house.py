"""Does the house stand as CONTRIBUTING.md says: names of our own, pinned packages, one version, a pure domain?"""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from importlib.metadata import packages_distributions, version
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HOUSE = Path(__file__).parents[1]
PROJECT: dict[str, Any] = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))
PACKAGES = sorted(folder.parent.name for folder in HOUSE.glob("src/*/__init__.py"))
PIN_FILES = ("run.txt", "dev.txt")
EXCEPTION = re.compile(r"#\s*(?:type:\s*ignore|noqa|pragma:\s*no)\b(?P<rest>[^#]*)(?P<reason>#.*)?")


def pin_text(name: str) -> str:
    return (HOUSE / "requirements" / name).read_text("utf-8")


def pins(name: str) -> list[str]:
    """The entries of a pin file, each with its hashes, comments left out."""
    joined = re.sub(r"\\\n\s*", " ", re.sub(r"(?m)^\s*#.*$", "", pin_text(name)))
    return [line.split("  #")[0].strip() for line in joined.splitlines() if line.strip()]


def pinned(name: str) -> dict[str, set[str]]:
    """Which versions of each package a pin file holds, with the Pythons and systems that they are for."""
    found: dict[str, set[str]] = {}
    for pin in pins(name):
        requirement = Requirement(pin.split(" --hash")[0])
        found.setdefault(canonicalize_name(requirement.name), set()).add(str(requirement.specifier))
    return found


def owners_besides_us(owners: Mapping[str, list[str]]) -> dict[str, set[str]]:
    """Our top-level names that another installed distribution brings too, and which one does."""
    others = {
        name: {str(canonicalize_name(owner)) for owner in owners.get(name, [])} - {"pledger"} for name in PACKAGES
    }
    return {name: strangers for name, strangers in others.items() if strangers}


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((HOUSE / folder).rglob("*.py"))


def imported_packages(path: Path) -> set[str]:
    """The top-level names that a file imports; "." for a relative import."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module.split(".")[0] if node.module and not node.level else ".")
    return found


def clock_readings(path: Path) -> list[str]:
    calls = [node for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.Call)]
    names = [(call.lineno, call.func.attr) for call in calls if isinstance(call.func, ast.Attribute)]
    return [f"{path.name}:{line} {name}()" for line, name in names if name in {"now", "today", "utcnow"}]


def unreasoned(text: str) -> list[str]:
    """The lines that switch a check off and do not say why."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        match = EXCEPTION.search(line)
        if match and not match["reason"] and " - " not in match["rest"]:
            found.append(f"{number}: {line.strip()}")
    return found


def test_the_packages_of_the_house_are_those_of_the_design() -> None:
    assert PACKAGES == ["cli", "domain", "exchange", "ledger", "projections"]


def test_no_other_distribution_owns_one_of_our_names() -> None:
    assert not owners_besides_us(packages_distributions())


def test_a_stranger_with_one_of_our_names_is_noticed() -> None:
    assert owners_besides_us({"ledger": ["pledger", "Ledger_Tools"]}) == {"ledger": {"ledger-tools"}}


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_tells_type_checkers_that_it_is_typed(package: str) -> None:
    assert (HOUSE / "src" / package / "py.typed").exists()


@pytest.mark.parametrize("name", PIN_FILES)
def test_each_pin_is_one_version_with_hashes(name: str) -> None:
    assert pins(name)
    loose = [pin for pin in pins(name) if not re.search(r"==\S+.* --hash=sha256:[0-9a-f]{64}\b", pin)]
    assert not loose


@pytest.mark.parametrize("name", sorted(path.name for path in (HOUSE / "requirements").iterdir()))
def test_requirement_files_name_no_address_and_no_index(name: str) -> None:
    forbidden = re.findall(r"\S*://\S*|--(?:\w+-)?index\S*|--find-links|--trusted-host|(?<=\s)/\S+", pin_text(name))
    assert not forbidden


@pytest.mark.parametrize("name", PIN_FILES)
def test_each_dependency_of_the_project_is_pinned_within_its_bounds(name: str) -> None:
    extras = PROJECT["project"]["optional-dependencies"].values() if name == "dev.txt" else []
    wanted = [*PROJECT["project"]["dependencies"], *(line for extra in extras for line in extra)]
    for requirement in map(Requirement, [*wanted, *PROJECT["build-system"]["requires"]]):
        versions = {pin.removeprefix("==") for pin in pinned(name).get(canonicalize_name(requirement.name), set())}
        assert versions, f"{requirement.name} is not pinned in {name}: make lock"
        assert all(requirement.specifier.contains(version) for version in versions), f"{requirement}: {versions}"


def test_tests_run_on_the_very_versions_that_users_run_on() -> None:
    tested = pinned("dev.txt")
    assert {name: tested.get(name) for name in pinned("run.txt")} == pinned("run.txt")


def test_each_tool_asked_for_is_pinned() -> None:
    lines = [line.split("#")[0].strip() for name in ("build.in", "dev.in") for line in pin_text(name).splitlines()]
    wanted = {canonicalize_name(Requirement(line).name) for line in lines if line}
    assert not wanted - pinned("dev.txt").keys()


def test_the_version_installed_is_the_version_of_the_project_file() -> None:
    assert version("pledger") == PROJECT["project"]["version"], "make test installs anew when pyproject.toml changes"


def test_the_command_line_reports_that_version() -> None:
    told = subprocess.run([sys.executable, "-m", "cli", "--version"], capture_output=True, text=True, check=True)
    assert PROJECT["project"]["version"] in told.stdout


@pytest.mark.parametrize("name", ["tree.py", "note.py"])
def test_proofs_and_notes_can_be_checked_with_nothing_of_ours(name: str) -> None:
    allowed = set(sys.stdlib_module_names) | {"cryptography"}
    assert not imported_packages(HOUSE / "src" / "ledger" / name) - allowed


def test_the_domain_reads_no_clock() -> None:
    assert not [reading for path in sources("src/domain") for reading in clock_readings(path)]


def test_every_exception_from_a_check_says_why() -> None:
    bare = {
        path.relative_to(HOUSE): unreasoned(path.read_text("utf-8")) for path in sources("src", "tests", "benchmarks")
    }
    assert not {path: lines for path, lines in bare.items() if lines}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("x = 1  # type: " + "ignore[misc]", False),
        ("x = 1  # type: " + "ignore[misc]  # the library declares it as object", True),
        ("x = 1  # no" + "qa: S603", False),
        ("x = 1  # no" + "qa: S603 - we name the program ourselves", True),
        ("x = 1  # pragma: " + "no cover", False),
        ("x = 1  # pragma: " + "no cover - only on Windows", True),
        ("x = 1  # one of many", True),
    ],
)
def test_a_reason_stands_behind_the_exception(line: str, said: bool) -> None:
    assert (not unreasoned(line)) is said
