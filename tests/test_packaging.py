"""The wheel: what a shop installs holds the program, its resources and its migrations."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - the project's own build
    (built,) = folder.glob("onestop-*.whl")
    return built


def test_the_wheel_holds_all_that_the_program_opens(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    opened = [*(ROOT / "resources").rglob("*.*"), *(ROOT / "alembic").rglob("*.py"), ROOT / "alembic" / "newest.sql"]
    assert len(opened) > 10
    assert {f"onestop/_shipped/{path.relative_to(ROOT).as_posix()}" for path in opened} - names == set()
    assert {"onestop/__init__.py", "onestop_sandbox/__init__.py"} <= names


def test_the_wheel_brings_both_commands(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (entry_points,) = (name for name in archive.namelist() if name.endswith("entry_points.txt"))
        text = archive.read(entry_points).decode("utf-8")
    _, _, windowed = text.partition("[gui_scripts]")
    assert "onestop = onestop.__main__:" in windowed.partition("[")[0], "closing a console would end it"
    assert "onestop-sandbox = onestop_sandbox.__main__:" in text


def test_the_wheel_says_that_it_carries_the_sandbox_and_why_that_is_safe(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        told = archive.read(name).decode("utf-8")
    _, _, carried = told.partition("## What the wheel carries")
    assert "onestop_sandbox" in carried
    assert "opens no port" in carried


def test_the_wheel_carries_the_bill_of_materials_and_the_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    shipped = [name for name in names if name.startswith("onestop/_shipped/resources/licences/")]
    assert {name.rpartition("/")[2] for name in shipped} >= {"sbom.cdx.json", "README.md", "fpdf2.txt", "shiboken6.txt"}
    assert not any(name.startswith("supply/") for name in names)


def test_what_a_packager_trims_is_missed_by_no_window() -> None:
    """The tour alone presses keys by Qt's own test library."""
    source = ROOT / "src" / "onestop"
    users = {path.relative_to(source).parts[0] for path in source.rglob("*.py") if "QtTest" in path.read_text("utf-8")}
    assert users == {"tour"}
