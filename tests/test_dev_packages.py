"""What dev.py installs: from the pins, and of the system's packages."""

from __future__ import annotations

import os
import re
import sys
import tomllib
from typing import TYPE_CHECKING

import dev
import pytest
from supply import debian

if TYPE_CHECKING:
    from pathlib import Path

ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="shell scripts are POSIX")

# --- system packages -------------------------------------------------------------------------------


def test_a_missing_library_is_named_by_its_package() -> None:
    libraries = {"libonestop-has-none.so.9": "libonestop9"}
    assert debian.missing_packages(libraries, "linux") == ["libonestop9"]


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_no_library_is_looked_for_elsewhere(platform: str) -> None:
    assert debian.missing_packages({"libonestop-has-none.so.9": "libonestop9"}, platform) == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux lacks libraries")
def test_what_the_tests_themselves_run_on_is_not_missing() -> None:
    assert debian.missing_packages(debian.QT_LIBRARIES) == []


def test_without_a_package_manager_of_debian_the_packages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SystemExit, match=r"install libgl1 libegl1 .*Debian's names"):
        debian.provide(["libgl1", "libegl1"])


def fake_apt(folder: Path, monkeypatch: pytest.MonkeyPatch, *, user: int) -> Path:
    """Put an apt-get on the path that writes down its calls and knows packages only after an update."""
    diary = folder / "diary"
    script = f"""#!/bin/sh
echo "$DEBIAN_FRONTEND" "$@" >> "{diary}"
case "$1" in update) touch "{folder}/lists";; install) test -e "{folder}/lists";; esac
"""
    (folder / "apt-get").write_text(script, encoding="utf-8")
    (folder / "apt-get").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder) if user else f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(os, "geteuid", lambda: user)
    return diary


@ON_POSIX
def test_root_gets_the_packages_after_an_update(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    diary = fake_apt(tmp_path, monkeypatch, user=0)
    debian.provide(["libgl1"])
    install = "noninteractive install -y --no-install-recommends libgl1 -qq"
    assert diary.read_text(encoding="utf-8").splitlines() == [install, "noninteractive update -qq", install]


@ON_POSIX
def test_who_may_not_install_gets_one_line_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    diary = fake_apt(tmp_path, monkeypatch, user=1000)
    with pytest.raises(SystemExit, match=r"\n  sudo apt-get install -y --no-install-recommends libgl1 libegl1$"):
        debian.provide(["libgl1", "libegl1"])
    assert not diary.exists()


@ON_POSIX
def test_nothing_missing_asks_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    diary = fake_apt(tmp_path, monkeypatch, user=0)
    debian.provide([])
    assert not diary.exists()


def test_a_missing_program_is_named_by_its_package() -> None:
    programs = {"sh": "dash", "/no/where/engine": "engine", "onestop-has-none": "onestop9"}
    assert debian.missing_programs(programs, "linux") == ["engine", "onestop9"]
    assert debian.missing_programs(programs, "win32") == []


@ON_POSIX
def test_who_listens_needs_two_modules_for_the_systems_own_python(tmp_path: Path) -> None:
    assert debian.missing_to_listen(platform="win32") == []
    for verdict, wanted in ((0, set()), (1, {*debian.LISTENING_MODULES})):
        python = tmp_path / f"python-{verdict}"
        python.write_text(f"#!/bin/sh\nexit {verdict}\n", encoding="utf-8")
        python.chmod(0o755)
        assert {*debian.missing_to_listen(str(python), "linux")} & {*debian.LISTENING_MODULES} == wanted
    assert {*debian.LISTENING_MODULES} <= {*debian.missing_to_listen(str(tmp_path / "none"), "linux")}


@ON_POSIX
def test_what_can_be_done_without_is_told_and_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fake_apt(tmp_path, monkeypatch, user=1000)
    debian.provide_if_allowed(["xvfb"])
    assert "\n  sudo apt-get install -y --no-install-recommends xvfb\n" in capsys.readouterr().out


# --- the pins --------------------------------------------------------------------------------------


def pins() -> dict[str, str]:
    """Return each pinned package with its lines."""
    text = dev.REQUIREMENTS.read_text(encoding="utf-8")
    blocks = re.findall(r"^(\S+)==(.*\n(?:[ #].*\n)*)", text, re.MULTILINE)
    return {name.lower(): lines for name, lines in blocks}


def test_every_pin_has_hashes() -> None:
    assert len(pins()) > 50
    assert [name for name, lines in pins().items() if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", lines)] == []


def test_the_pins_name_no_host() -> None:
    text = dev.REQUIREMENTS.read_text(encoding="utf-8")
    assert re.findall(r".*(?:://|--index|--extra-index|--find-links|--trusted| @ ).*", text) == []


def test_everything_that_pyproject_asks_for_is_pinned() -> None:
    project = tomllib.loads((dev.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[<>=!~;\[ ]", each, maxsplit=1)[0].lower() for each in asked}
    assert names - pins().keys() == set()


def test_one_pin_can_be_taken_out() -> None:
    lines = dev.pinned("uv")
    assert lines.startswith("uv==")
    assert lines.count("==") == 1
    assert lines.count("--hash=") == pins()["uv"].count("--hash=") > 0


def test_a_package_without_a_pin_says_what_to_do() -> None:
    with pytest.raises(SystemExit, match=r"does not pin onestop-has-none; run: python3 dev\.py requirements"):
        dev.pinned("onestop-has-none")
