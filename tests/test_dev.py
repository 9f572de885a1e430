"""dev.py: what it does before, around and after the program it starts. No network: installs are cut off on purpose."""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import dev
import pytest

import put_pictures

if TYPE_CHECKING:
    from collections.abc import Iterator

ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and shell scripts are POSIX")

PROGRAM = """
import sys
try:
    print("started with", sys.argv[1:])
    if "wait" in sys.argv:
        sys.stdin.read()
except KeyboardInterrupt:
    print("tidied up")
sys.exit(7)
"""


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder with a dev.py, a finished .venv without packages, and a program that tells how it was started."""

    root: Path

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, str(self.root / "dev.py"), *arguments]

    def dev(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "PYTHONIOENCODING")
        kept = {name: value for name, value in os.environ.items() if name not in hidden}
        return subprocess.run(  # noqa: S603 - our own dev.py
            self.command(*arguments),
            env={**kept, **environment},
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let dev.py believe that it lies in an empty folder."""
    root = tmp_path / "a desk"  # the blank is part of the test
    root.mkdir()
    monkeypatch.setattr(dev, "ROOT", root)
    monkeypatch.setattr(dev, "VENV", root / ".venv")
    monkeypatch.setattr(dev, "STAMP", root / ".venv" / "onestop-stamp")
    monkeypatch.setattr(dev, "LOCK", root / ".venv.lock")
    monkeypatch.setattr(dev, "REQUIREMENTS", root / "requirements.txt")
    (root / "requirements.txt").write_text("nothing==1 --hash=sha256:00\n", encoding="utf-8")
    return root


@pytest.fixture
def desk(place: Path) -> Desk:
    for name in ("dev.py", "supply/__init__.py", "supply/debian.py", "tests/put_pictures.py"):
        (place / name).parent.mkdir(exist_ok=True)
        shutil.copy(Path(dev.__file__).parent / name, place / name)
    (place / "tests" / "several_desks.py").write_text("", encoding="utf-8")
    (place / "windows").mkdir()
    asked = (Path(dev.__file__).parent / "windows" / "place.py").read_text(encoding="utf-8")
    anywhere = asked.replace("259 - 180", "259")  # a test's folder lies deeper than any clone
    (place / "windows" / "place.py").write_text(anywhere, encoding="utf-8")
    for package in dev.LAUNCHERS.values():
        (place / "src" / package).mkdir(parents=True)
        (place / "src" / package / "__main__.py").write_text(PROGRAM, encoding="utf-8")
    dev.must([sys.executable, "-m", "venv", "--without-pip", str(dev.VENV)])
    dev.install_project()
    dev.write_launchers()
    dev.STAMP.write_text(dev.wanted_stamp(), encoding="utf-8")
    return Desk(place)


# --- starting the program --------------------------------------------------------------------------


def test_run_passes_arguments_and_exit_code(desk: Desk) -> None:
    done = desk.dev("run", "--data-dir", "x y", QT_QPA_PLATFORM="offscreen")
    assert done.stdout == "started with ['--data-dir', 'x y']\n"
    assert done.returncode == 7


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
def test_run_without_a_display_takes_the_tour_and_says_where_its_pictures_are(desk: Desk) -> None:
    done = desk.dev("run")
    pictures = desk.root / "tour"
    assert f"started with ['tour', '--out', '{pictures}']" in done.stdout
    assert done.stdout.endswith(f"The pictures are in {pictures}\n")
    assert done.returncode == 7


@pytest.mark.parametrize("command", ["run", "tour"])
def test_desks_of_a_shop_are_opened_by_one_command(desk: Desk, command: str) -> None:
    shop = desk.root / "tests" / "several_desks.py"
    shop.write_text(PROGRAM, encoding="utf-8")
    done = desk.dev(command, "--desks", "2", QT_QPA_PLATFORM="offscreen")
    toured = ["--tour", str(desk.root / "tour")] if command == "tour" else []
    assert done.stdout == f"started with {['--desks', '2', *toured]}\n"
    assert done.returncode == 7


def test_pictures_of_a_shop_are_taken_by_the_tour_of_two_desks(desk: Desk) -> None:
    folder = with_pages(desk, "shop_begun.png")
    shop = desk.root / "tests" / "several_desks.py"
    shop.write_text(TAKES_PICTURES.replace("--out", "--tour").replace('"list"', '"shop_begun"'), encoding="utf-8")
    assert desk.dev("pictures", QT_QPA_PLATFORM="offscreen").returncode == 0
    assert {path.name for path in folder.iterdir()} == {"main.png", "shop_begun.png"}


def test_the_program_sees_the_folder_it_was_called_from(desk: Desk, tmp_path: Path) -> None:
    (desk.root / "src" / "onestop" / "__main__.py").write_text("import os; print(os.getcwd())", encoding="utf-8")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = subprocess.run(  # noqa: S603 - our own dev.py
        desk.command("run"),
        cwd=elsewhere,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(done.stdout.strip()).samefile(elsewhere)


TAKES_PICTURES = """
import pathlib, sys
out = pathlib.Path(sys.argv[sys.argv.index("--out") + 1])
out.mkdir(exist_ok=True)
for name in ("main", "list", "failed_once"):
    (out / f"{name}.png").write_bytes(name.encode())
"""


def with_pages(desk: Desk, *names: str) -> Path:
    """Let the README show main.png and a page of the help these; return the folder of the pictures."""
    (desk.root / "src" / "onestop" / "__main__.py").write_text(TAKES_PICTURES, encoding="utf-8")
    (desk.root / "README.md").write_text("![車両](resources/help/pictures/main.png)", encoding="utf-8")
    folder = desk.root / "resources" / "help" / "pictures"
    folder.mkdir(parents=True)
    page = " ".join(f"![画面](pictures/{name})" for name in names)
    (folder.parent / "list.md").write_text(page, encoding="utf-8")
    return folder


def test_the_pictures_that_are_shown_are_taken_from_the_tour_and_no_others(desk: Desk) -> None:
    folder = with_pages(desk, "list.png", "setup-welcome.png")
    done = desk.dev("pictures", QT_QPA_PLATFORM="offscreen")
    assert (done.returncode, done.stderr) == (0, "")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"main.png": b"main", "list.png": b"list"}


def test_a_picture_that_the_tour_does_not_take_is_named_and_nothing_is_put_anywhere(desk: Desk) -> None:
    folder = with_pages(desk, "list.png", "other.png")
    done = desk.dev("pictures", QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 1
    assert "no picture for: other.png" in done.stdout
    assert list(folder.iterdir()) == []


def test_a_tour_that_failed_leaves_the_pictures_alone(desk: Desk) -> None:
    done = desk.dev("pictures", QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 7


def test_every_picture_that_is_shipped_is_shown_somewhere() -> None:
    shipped = Path(dev.__file__).parent / "resources" / "help" / "pictures"
    assert {path.name for path in shipped.iterdir()} == put_pictures.shown()


@pytest.fixture
def _ctrl_c_works() -> Iterator[None]:
    """Let Ctrl+C reach children, also where the tests themselves were started in the background, which ignores it."""
    was = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, was)


@ON_POSIX
@pytest.mark.usefixtures("_ctrl_c_works")
def test_ctrl_c_lets_the_program_tidy_up_first(desk: Desk) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(  # noqa: S603 - our own dev.py
        desk.command("run", "wait"),
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "started with ['wait']\n"
        os.killpg(child.pid, signal.SIGINT)  # a console sends Ctrl+C to everyone in front of it
        assert child.stdout.read() == "tidied up\n"
        assert child.wait() == dev.INTERRUPTED


@ON_POSIX
@pytest.mark.parametrize("name", sorted(dev.LAUNCHERS))
def test_the_console_scripts_start_the_packages(desk: Desk, name: str) -> None:
    command = [str(desk.root / ".venv" / "bin" / name), "a b", "c"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - just written
    assert (done.stdout, done.returncode) == ("started with ['a b', 'c']\n", 7)


def plant(folder: Path) -> Path:
    """Put an argparse.py and a whole onestop there, which say so when they run."""
    for module in ("argparse.py", "zipfile.py", "onestop/__init__.py", "onestop_sandbox/__init__.py"):
        (folder / module).parent.mkdir(parents=True, exist_ok=True)
        (folder / module).write_text("print('PLANTED')", encoding="utf-8")
    return folder


ASKS = "import argparse, zipfile; argparse.ArgumentParser(); print(zipfile.ZIP_STORED)"


@pytest.mark.parametrize("command", ["run", "tour"])
def test_dev_runs_nothing_that_lies_in_the_current_folder(desk: Desk, tmp_path: Path, command: str) -> None:
    (desk.root / "src" / "onestop" / "__main__.py").write_text(ASKS, encoding="utf-8")
    done = subprocess.run(  # noqa: S603 - our own dev.py
        desk.command(command),
        cwd=plant(tmp_path / "downloads"),
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[0] == "0"
    assert "PLANTED" not in done.stdout


@ON_POSIX
@pytest.mark.parametrize("name", sorted(dev.LAUNCHERS))
def test_the_console_scripts_run_nothing_that_lies_in_the_current_folder(desk: Desk, tmp_path: Path, name: str) -> None:
    (desk.root / "src" / dev.LAUNCHERS[name] / "__main__.py").write_text(ASKS, encoding="utf-8")
    script = desk.root / ".venv" / "bin" / name
    script.write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")  # of an older dev.py
    desk.dev("tour", QT_QPA_PLATFORM="offscreen")
    done = subprocess.run([str(script)], cwd=plant(tmp_path / "d"), capture_output=True, text=True, check=True)  # noqa: S603 - just written
    assert done.stdout == "0\n"


@pytest.mark.parametrize("package", sorted(dev.LAUNCHERS.values()))
def test_the_packages_themselves_run_no_module_of_the_current_folder(tmp_path: Path, package: str) -> None:
    """Whoever forgets -P still gets no planted argparse; a planted onestop only -P can keep away."""
    (plant(tmp_path) / package / "__init__.py").unlink()
    (tmp_path / package).rmdir()
    command = [sys.executable, "-m", package, "--help"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, errors="replace", check=True)  # noqa: S603 - our own
    assert "PLANTED" not in done.stdout
    assert "usage" in done.stdout


def test_every_module_is_started_with_the_current_folder_left_out() -> None:
    """In dev.py, in the launchers that it writes, and wherever a person is told how to."""
    told = [dev.ROOT / "README.md", *(dev.ROOT / "docs").rglob("*.md"), *(dev.ROOT / "resources").rglob("*.md")]
    starting = (Path(dev.__file__), *(dev.ROOT / "supply").glob("*.py"), *(dev.ROOT / "tests").glob("*.py"))
    texts = {path.name: path.read_text(encoding="utf-8") for path in (*starting, *told)}
    careless = re.compile(r"python(?:3|\.exe)?[\")]*,? (?:\"-m\"|-m )\S*")
    assert {name: found for name, text in texts.items() if (found := careless.findall(text))} == {}


@ON_POSIX
def test_an_end_by_signal_counts_as_in_a_shell() -> None:
    assert dev.run([sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"]) == 128 + 9


@pytest.mark.parametrize("encoding", ["cp932", "cp1252", "ascii"])
def test_a_poor_console_is_no_reason_to_crash(desk: Desk, encoding: str) -> None:
    done = desk.dev("--help", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, "")
    assert "dev.py run" in done.stdout


@pytest.mark.parametrize("arguments", [(), ("runn",), ("-x",)])
def test_an_unknown_command_shows_the_commands_and_fails(desk: Desk, arguments: tuple[str, ...]) -> None:
    done = desk.dev(*arguments)
    assert done.returncode == 2
    assert all(f"dev.py {name}" in done.stdout for name in (*dev.COMMANDS, *dev.MODULES))


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "vnc"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_where_a_window_can_be_shown(platform: str, environment: dict[str, str], *, expected: bool) -> None:
    assert dev.has_display(platform, environment) is expected


# --- the stamp -------------------------------------------------------------------------------------


def test_a_finished_venv_is_ready_at_once(desk: Desk) -> None:
    assert dev.is_ready()
    assert "Making" not in desk.dev("tour").stdout


@pytest.mark.usefixtures("desk")
def test_other_requirements_make_it_anew() -> None:
    dev.REQUIREMENTS.write_text("nothing==2 --hash=sha256:00\n", encoding="utf-8")
    assert not dev.is_ready()


@pytest.mark.usefixtures("desk")
def test_another_python_makes_it_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 99, 0))
    assert not dev.is_ready()


@pytest.mark.usefixtures("desk")
def test_a_moved_folder_makes_it_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(dev, "ROOT", tmp_path / "moved")
    assert not dev.is_ready()


@pytest.mark.usefixtures("desk")
def test_a_python_that_went_away_makes_it_anew() -> None:
    Path(dev.in_venv("python")).unlink()
    assert not dev.is_ready()


def test_nothing_is_ready_in_a_fresh_clone(place: Path) -> None:
    assert not dev.is_ready()
    assert not (place / ".venv").exists()


def test_a_cut_off_install_leaves_no_stamp_and_fails(desk: Desk) -> None:
    shutil.copy(Path(dev.__file__).with_name("requirements.txt"), desk.root / "requirements.txt")
    left_over = desk.root / ".venv" / "left-over"
    left_over.touch()
    done = desk.dev("requirements", PIP_NO_INDEX="1", PIP_FIND_LINKS="", PIP_CONFIG_FILE=os.devnull, UV_OFFLINE="1")
    assert done.returncode != 0
    assert "Making .venv" in done.stdout
    assert "pip takes over" in done.stdout
    assert not (desk.root / ".venv" / "onestop-stamp").exists()
    assert not left_over.exists()


# --- two at once -----------------------------------------------------------------------------------

WAITS = "Another dev.py is making .venv here: waiting for it\n"
HOLDS = "import dev, time\nwith dev.alone():\n    print('held', flush=True)\n    time.sleep(600)"


def started(desk: Desk, *command: str) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - our own dev.py
        command,
        cwd=desk.root,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_second_start_waits_for_the_first_and_uses_the_venv_that_it_made(desk: Desk) -> None:
    stamp = desk.root / ".venv" / "onestop-stamp"
    stamp.unlink()
    with dev.alone():
        second = started(desk, *desk.command("tour"))
        assert second.stdout is not None
        assert second.stdout.readline() == WAITS
        stamp.write_text(dev.wanted_stamp(), encoding="utf-8")
    said, _ = second.communicate()
    assert said.startswith("started with")
    assert second.returncode == 7


def test_a_start_that_was_killed_keeps_nobody_waiting(desk: Desk) -> None:
    with started(desk, sys.executable, "-c", HOLDS) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        first.kill()
    assert desk.dev("tour").stdout.startswith("started with")


def test_a_file_system_without_locks_keeps_nobody_waiting(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_file: int) -> None:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(dev, "take", refuse)
    with dev.alone():
        assert (place / ".venv.lock").exists()
