r"""Works the program on Windows' own Python under Wine, from this clone; `python3 dev.py windows` calls it.

    setup              Debian packages, wheels, shims, a prefix that is Windows 10 with code page 932 (six minutes)
    check              Python, code page, SQLite and Qt as they are there
    tour               the guided tour, once in Qt's memory and once in windows; its pictures are build/windows/tour-…
    clone              dev.py, which makes .venv in a clone in C:\Users\山田 太郎 and works the tour with it
    window [%] [dark]  the program in a window, scaled so, with its data in C:\Users\山田 太郎, and a picture of it
    logoff             the same, and a session that ends: what the program wrote down of it, and once more in the middle
                       of 一括申請: what is lost or double after it
    test [FOLDERS]     the tests, folder by folder; those that are expected to fail stand in windows/README.md
    stop               ends Wine's services and the screen

The source is copied anew each time, so what is being changed counts at once.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from windows.lent import lending
from windows.pieces import PACKAGES, ROOT, build, check_python, download, lay_out, run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WORK: Final = ROOT / "build" / "windows"
PREFIX: Final = WORK / "prefix"
DRIVE: Final = PREFIX / "drive_c"
SOURCE: Final = DRIVE / "src" / "onestop"
WINE: Final = "/usr/lib/wine/wine64"
PYTHON: Final = r"C:\Python311\python.exe"
SCREEN: Final = os.environ.get("WINDOWS_SCREEN", ":78")
NOT_THERE: Final = ("PIP_", "UV_", "SSL", "CURL", "REQUESTS", "PYTHON", "VIRTUAL_ENV", "LC_")
"""How names of variables begin whose values are paths or habits of this Linux."""
DATA: Final = r"C:\Users\山田 太郎\onestop data"
LOG: Final = DRIVE / "users" / "山田 太郎" / "onestop data" / "log" / "onestop.log"
THEME: Final = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"
PATIENCE: Final = 240
"""Seconds that anything may take on a busy machine."""
SETS: Final = """
import os, runpy, sys
name, _, value = sys.argv.pop(1).partition("=")
os.environ[name] = value
runpy.run_module(sys.argv.pop(1), run_name="__main__", alter_sys=True)
"""
"""Sets one of Qt's variables for a module: Wine keeps those of this Linux to itself."""
LOOKS: Final = """
import locale, sys, PySide6, sqlcipher3.dbapi2 as sqlite
import PySide6.QtPrintSupport, PySide6.QtWidgets, alembic, fpdf, httpx, keyring.backends.Windows, truststore, xlsxwriter
import onestop
print(sys.version)
print(sys.getwindowsversion()[:3], locale.getpreferredencoding(), "SQLite", sqlite.sqlite_version)
print("PySide6", PySide6.__version__, "onestop", onestop.VERSION)
"""


def environment(prefix: Path = PREFIX) -> dict[str, str]:
    """Return this machine's variables without what Windows has not, and with what Wine wants."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(NOT_THERE)}
    return kept | {
        "WINEPREFIX": str(prefix),
        "WINEARCH": "win64",
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscoree,mshtml,winemenubuilder.exe=",
        "DISPLAY": SCREEN,
        "LANG": "ja_JP.UTF-8",
        "LC_ALL": "ja_JP.UTF-8",
    }


def python(*arguments: str, folder: Path = SOURCE) -> int:
    """Run Windows' Python to its end and show what it prints, which comes in code page 932.

    It takes a pipe for its output and no file; Wine's services keep the pipe open, so its end is not waited for.
    """
    return to_its_end(PYTHON, *arguments, folder=folder, variables=environment())


def to_its_end(program: str, *arguments: str, folder: Path, variables: dict[str, str]) -> int:
    """Run a program of Windows to its end, show what it prints, and return its exit code."""
    child = subprocess.Popen(
        [WINE, program, *arguments],
        cwd=folder,
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )

    def hear() -> None:
        for line in child.stdout or ():
            print(line.decode("cp932", "replace").rstrip(), flush=True)

    ear = threading.Thread(target=hear, daemon=True)
    ear.start()
    code = child.wait()
    ear.join(3)
    return code


def setup() -> int:
    """Provide everything; what is there already is made anew, which harms nothing."""
    check_python()
    root = [] if os.geteuid() == 0 else ["sudo"]
    run(*root, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES)
    if "ja_JP.utf8" not in run("locale", "-a"):
        run(*root, "localedef", "-i", "ja_JP", "-f", "UTF-8", "ja_JP.UTF-8")
    for folder in ("python", "wheels"):
        (WORK / folder).mkdir(parents=True, exist_ok=True)
    download(WORK)
    build(WORK)
    show_screen()
    wine("wineboot", "-i")
    wine("winecfg", "-v", "win10")
    lay_out(WORK, DRIVE)
    (DRIVE / "Python311" / "Lib" / "site-packages" / "onestop-src.pth").write_text("C:\\src\\onestop\\src\n", "ascii")
    return install() or check()


def install() -> int:
    """Install the wheels, by Windows' own pip and without any network."""
    pins = [line.partition(" ")[0] for line in (WORK / "windows.txt").read_text(encoding="utf-8").splitlines()]
    given = ("--no-index", "--no-deps", "--find-links", in_windows(WORK / "wheels"))
    code = python("-m", "ensurepip", folder=DRIVE)
    return code or python("-m", "pip", "install", "-q", "--no-warn-script-location", *given, *pins, folder=DRIVE)


def in_windows(path: Path) -> str:
    """Return the name that Windows has for a path of this machine."""
    told = subprocess.run(["winepath", "-w", str(path)], env=environment(), check=True, capture_output=True)
    return told.stdout.decode().strip()


def wine(*command: str, prefix: Path = PREFIX) -> None:
    """Run one of Wine's own programs."""
    quiet = subprocess.DEVNULL
    subprocess.run([WINE, *command], cwd=WORK, env=environment(prefix), check=False, stdout=quiet, stderr=quiet)


def show_screen(prefix: Path = PREFIX) -> None:
    """Have a screen and Wine's services, which stay until `stop`."""
    prefix.mkdir(parents=True, exist_ok=True)
    if subprocess.run(["xdpyinfo", "-display", SCREEN], check=False, capture_output=True).returncode:
        screen = subprocess.Popen(
            ["Xvfb", SCREEN, "-screen", "0", "2560x1600x24", "-dpi", "96"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        (WORK / "screen.pid").write_text(str(screen.pid), encoding="ascii")
        time.sleep(2)
    subprocess.run(["wineserver", "-p"], env=environment(prefix), check=False)


def copy_source() -> None:
    """Copy what git knows or would take, as it is now, and nothing that is there already: it may be at work."""
    listed = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=ROOT).split("\0")
    known = {Path(name) for name in listed if name and (ROOT / name).is_file()}
    there = {file.relative_to(SOURCE) for file in SOURCE.rglob("*") if file.is_file()}
    for name in there - known:
        (SOURCE / name).unlink()
    for name in known:
        if name not in there or (SOURCE / name).stat().st_mtime != (ROOT / name).stat().st_mtime:
            (SOURCE / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, SOURCE / name)


def check() -> int:
    """Show what the program finds there."""
    copy_source()
    return python("-c", LOOKS)


def tour() -> int:
    """Work the main job, unseen and seen."""
    copy_source()
    codes = [
        python("-c", SETS, "QT_QPA_PLATFORM=offscreen", "onestop", "tour", "--out", "C:\\out\\tour-offscreen"),
        python("-m", "onestop", "tour", "--out", "C:\\out\\tour-windows"),
    ]
    shutil.copytree(DRIVE / "out", WORK, dirs_exist_ok=True)
    return max(codes)


def clone() -> int:
    """Let dev.py make .venv from the wheels that are here, and work the tour, where a user has a clone."""
    copy_source()
    place = DRIVE / "users" / "山田 太郎" / "onestop"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(SOURCE, place)
    there = environment()
    for tool in ("PIP", "UV"):
        there |= {f"{tool}_NO_INDEX": "1", f"{tool}_FIND_LINKS": in_windows(WORK / "wheels")}
    return to_its_end(PYTHON, "dev.py", "tour", folder=place, variables=there)


def window(looks: Sequence[str]) -> int:
    """Show the program as a clerk has it, take a picture, and leave it open."""
    open_program(looks)
    picture = WORK / f"window-{'-'.join(looks) or '100'}.png"
    run("import", "-display", SCREEN, "-window", "root", str(picture))
    print(f"The picture: {picture}")
    return 0


def open_program(looks: Sequence[str] = ()) -> None:
    """Open the program anew and wait until its desk is open."""
    copy_source()
    wine("taskkill", "/F", "/IM", "python.exe")
    light = "0" if "dark" in looks else "1"
    wine("reg", "add", THEME, "/v", "AppsUseLightTheme", "/t", "REG_DWORD", "/d", light, "/f")
    log = LOG.stat().st_size if LOG.exists() else 0
    percent = next((int(look) for look in looks if look.isdecimal()), 100)
    command = ("-c", SETS, f"QT_SCALE_FACTOR={percent / 100}", "onestop", "--practice", "--data-dir", DATA)
    threading.Thread(target=python, args=command, daemon=True).start()
    until("the desk is open", lambda: "getService" in _written_since(log))
    time.sleep(5)  # until it is painted, on a busy machine


def logoff() -> int:
    """End the session under the open program, as Windows does, and tell what its log says of that."""
    open_program()
    log = LOG.stat().st_size
    wine("wineboot", "--end-session")
    until("the program is told", lambda: "the session ends" in _written_since(log))
    print(_written_since(log))
    wine("taskkill", "/F", "/IM", "python.exe")
    return subprocess.run([sys.executable, str(ROOT / "tests" / "faults" / "logged_off.py")], check=False).returncode


def _written_since(place: int) -> str:
    return LOG.read_bytes()[place:].decode("utf-8", "replace") if LOG.exists() else ""


def until(what: str, holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise SystemExit(f"It never came to this: {what}")
        time.sleep(0.05)


def test(folders: Sequence[str]) -> int:
    """Run tests, a process for each folder; returns 1 when one failed that is not expected to."""
    copy_source()
    codes = []
    quiet = ("-q", "-p", "no:cacheprovider", "-o", "faulthandler_timeout=180", "--tb=short")
    with lending(DRIVE) as lent:
        for named in [[folder] for folder in folders] or everything():
            print(f"--- {named[0]}", flush=True)
            tests = ("-m", "pytest", *named, *quiet)
            codes.append(to_its_end(PYTHON, *tests, folder=SOURCE, variables=environment() | lent))
    return int(any(codes))


def everything() -> list[list[str]]:
    """Return what each process tests: a folder, and at last the files beside the folders."""
    tests = ROOT / "tests"
    folders = sorted(folder for folder in tests.iterdir() if any(folder.rglob("test_*.py")))
    files = sorted(tests.glob("test_*.py"))
    return [*([f"tests/{folder.name}"] for folder in folders), [f"tests/{file.name}" for file in files]]


def stop() -> int:
    """End what stays open between two commands."""
    subprocess.run(["wineserver", "-k"], env=environment(), check=False)
    pid = WORK / "screen.pid"
    if pid.exists():
        subprocess.run(["kill", pid.read_text(encoding="ascii")], check=False)
        pid.unlink()
    return 0


def main(arguments: Sequence[str]) -> int:
    """Do what the first word says."""
    what, *rest = arguments or ["help"]
    if what == "setup":
        return setup()
    if what == "stop":
        return stop()
    commands: dict[str, Callable[[], int]] = {
        "check": check,
        "tour": tour,
        "clone": clone,
        "window": lambda: window(rest),
        "logoff": logoff,
        "test": lambda: test(rest),
    }
    if what not in commands:
        print(__doc__)
        return 2
    if not (DRIVE / "Python311").is_dir():
        raise SystemExit("There is no Windows here yet: say `python3 dev.py windows setup`.")
    show_screen()
    return commands[what]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
