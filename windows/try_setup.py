r"""Installs two setups, one over the other, under Wine in a prefix of its own, and works with what they installed.

    python3 dev.py setup try OLD.exe NEW.exe     every step of a shop: install, work, upgrade, back, uninstall
    python3 dev.py setup measure SETUP.exe       size and start of the installed program beside the program from source

The one needs what `python3 dev.py setup` installed, the other `python3 dev.py windows setup` as well.
"""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from onestop.paths import DataFolder
from onestop.store.sqlite.engine import LibraryError, connect_raw, is_encrypted
from onestop.store.sqlite.key import read_key
from windows import trial
from windows.pieces import run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop.store.sqlite.key import Key

PREFIX: Final = trial.WORK / "setup-prefix"
DRIVE: Final = PREFIX / "drive_c"
VERSION: Final = re.compile(r"onestop-([\d.]+)-setup\.exe")
NOT_WRITTEN, OPEN_NOW, OLDER = 2, 5, 7
STARTS: Final = 3
TELLS_KEY: Final = """
import sys
from pathlib import Path
from onestop.paths import DataFolder
from onestop.store.key_check import read_key_check
from onestop.store.keychain import open_keychain
check = read_key_check(DataFolder(Path(sys.argv[1])))
Path(sys.argv[2]).write_text(open_keychain(check.folder_id).data_key().written, "ascii")
"""
"""Only the installed program's own Python gets the key of these invented data out of this Windows' keychain."""


class Shop:
    """One machine with its user, and what is installed there."""

    def __init__(self, prefix: Path) -> None:
        self.prefix = prefix
        (of_user,) = (prefix / "drive_c" / "users").glob("*/AppData")
        self.home = of_user.parent
        self.local = self.home / "AppData" / "Local"
        self.installed = self.local / "Programs" / "onestop"
        self.data = self.local / "onestop"
        self.program = self.windows(self.installed / "onestop.exe")
        self._key: Key | None = None

    def windows(self, path: Path) -> str:
        """Return a path as Windows has it."""
        return "C:\\" + str(path.relative_to(self.prefix / "drive_c")).replace("/", "\\")

    def run(self, program: str, *arguments: str, **variables: str) -> int:
        """Run a program of Windows to its end."""
        there = trial.environment(self.prefix) | variables
        return trial.to_its_end(program, *arguments, folder=self.prefix / "drive_c", variables=there)

    def setup(self, file: Path, *arguments: str) -> int:
        """Install without a word."""
        copy = self.prefix / "drive_c" / file.name
        shutil.copy(file, copy)
        return self.run(f"C:\\{file.name}", "/S", *arguments)

    def tour(self, name: str) -> int:
        """Work the main job with the installed program, and keep its pictures."""
        return self.run(self.program, "tour", "--out", f"C:\\out\\{name}")

    def begin(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Open the program, and leave it open."""
        there, quiet = trial.environment(self.prefix), subprocess.DEVNULL
        place = self.prefix / "drive_c"
        command = [trial.WINE, self.program, *arguments]
        return subprocess.Popen(command, cwd=place, env=there, stdin=quiet, stdout=quiet, stderr=quiet)

    def end(self, opened: subprocess.Popen[bytes]) -> None:
        """Close it as a logoff does, without asking."""
        trial.wine("taskkill", "/F", "/IM", "onestop.exe", prefix=self.prefix)
        opened.wait(trial.PATIENCE)

    def key(self) -> Key | None:
        """Return what the real data are encrypted with; None while they are not."""
        if self._key is None and DataFolder(self.data).key_check.exists():
            (version,) = self.versions()
            shutil.copy(trial.WORK / "shims" / "python.exe", place := self.installed / "versions" / version)
            told = self.prefix / "drive_c" / "key.txt"
            self.run(self.windows(place / "python.exe"), "-c", TELLS_KEY, self.windows(self.data), self.windows(told))
            self._key = read_key(told.read_text("ascii"))
        return self._key

    def stands_at(self) -> str:
        """Return the version of the real data; empty while there are none."""
        return _asked(self.data / "onestop.db", "SELECT version_num FROM alembic_version", self.key())

    def versions(self) -> list[str]:
        """Return the versions whose folders stand there."""
        return sorted(each.name for each in (self.installed / "versions").iterdir())


def check(what: str, *, holds: bool) -> None:
    """Tell a step, and end at the first that is not as it should be."""
    print(f"{'ok    ' if holds else 'WRONG '} {what}", flush=True)
    if not holds:
        raise SystemExit(1)


def fresh() -> Shop:
    """Make a new Windows, with the two DLLs that Wine lacks."""
    shutil.rmtree(PREFIX, ignore_errors=True)
    trial.show_screen(PREFIX)
    trial.wine("wineboot", "-i", prefix=PREFIX)
    trial.wine("winecfg", "-v", "win10", prefix=PREFIX)
    for link in [each for each in (DRIVE / "users").glob("*/*") if each.is_symlink()]:
        link.unlink()  # Wine's desktop is this Linux's
        link.mkdir()
    for name in ("bcryptprimitives.dll", "icuuc.dll"):
        shutil.copy(trial.WORK / "shims" / name, DRIVE / "windows" / "system32")
    return Shop(PREFIX)


def try_both(old: Path, new: Path) -> int:
    """Walk through a program's life at a shop."""
    shop = fresh()
    before, after = (version_of(each) for each in (old, new))
    try:
        _install(shop, old, before)
        _work(shop, old)
        _held_up(shop, new, before, after)
        _upgrade(shop, old, new, before, after)
        _go_back(shop, old, before)
        _uninstall(shop)
    finally:
        subprocess.run(["wineserver", "-k"], env=trial.environment(PREFIX), check=False)
    print("All is as it should be.")
    return 0


def version_of(setup: Path) -> str:
    """Return which version a setup installs."""
    match = VERSION.fullmatch(setup.name)
    if match is None:
        raise SystemExit(f"That is no setup of ours: {setup.name}")
    return match[1]


def _install(shop: Shop, setup: Path, version: str) -> None:
    check("installs silently", holds=shop.setup(setup) == 0)
    check("in the version's own folder", holds=shop.versions() == [version])
    check("which the launcher knows", holds=(shop.installed / "current.txt").read_text() == version)
    check("stands in the start menu and on the desktop", holds=len(list(shop.home.rglob("継続検査OSS.lnk"))) > 1)
    check("no data were made", holds=not shop.data.exists())
    registry = _classes(shop)
    check("プログラムから開く offers it", holds="onestop.exe" in registry and "OpenWithProgids" in registry)


def _classes(shop: Shop) -> str:
    """Return which programs open which files, as the registry has it."""
    shop.run("reg.exe", "export", r"HKCU\Software\Classes", r"C:\classes.reg", "/y")
    return (shop.prefix / "drive_c" / "classes.reg").read_text("utf-16")


def _work(shop: Shop, setup: Path) -> None:
    check("the installed program tells its version", holds=shop.run(shop.program, "--version") == 0)
    check("and works the tour", holds=shop.tour("tour-before") == 0)
    opened = shop.begin("--services-url", "https://services.invalid")
    trial.until("the desk is open", lambda: shop.stands_at() != "")
    check("its data are encrypted", holds=shop.key() is not None and is_encrypted(shop.data / "onestop.db"))
    run("import", "-display", trial.SCREEN, "-window", "root", str(trial.WORK / "installed.png"))
    check("nothing is installed over an open program", holds=shop.setup(setup) == OPEN_NOW)
    shop.end(opened)
    opened = shop.begin("--practice")
    trial.until("practice has its world", lambda: _cars(shop.data / "practice" / "onestop.db") > 0)
    shop.end(opened)


def _asked(database: Path, question: str, key: Key | None = None) -> str:
    """Return what a database says; nothing while it is not there, or not made yet."""
    with suppress(*LibraryError, TypeError), closing(connect_raw(database, key, read_only=True)) as raw:
        return str(raw.execute(question).fetchone()[0])
    return ""


def _cars(database: Path) -> int:
    return int(_asked(database, "SELECT count(*) FROM vehicle") or 0)


def _held_up(shop: Shop, new: Path, before: str, after: str) -> None:
    """Upgrade where the new version's place cannot be had, as when a virus scanner has its hands on the files."""
    place = shop.installed / "versions" / after
    place.write_text("in the way", encoding="ascii")
    check("what cannot take its place changes nothing", holds=shop.setup(new) == NOT_WRITTEN)
    check("and the version before still starts", holds=shop.run(shop.program, "--version") == 0)
    check("being the one that is installed", holds=(shop.installed / "current.txt").read_text() == before)
    place.unlink()


def _upgrade(shop: Shop, old: Path, new: Path, before: str, after: str) -> None:
    cars, backups = _cars(shop.data / "practice" / "onestop.db"), len(_backups(shop))
    check("upgrades silently", holds=shop.setup(new) == 0)
    check("the older folder is gone", holds=shop.versions() == [after])
    check("the data were backed up first", holds=len(_backups(shop)) == backups + 1)
    check("and are all there", holds=_cars(shop.data / "practice" / "onestop.db") == cars > 0)
    setups = sorted(each.name for each in (shop.installed / "setups").iterdir())
    check("the setup before stays as the way back", holds=setups == sorted([old.name, new.name]))
    check("with an entry in the start menu", holds=bool(list(shop.home.rglob("*前の版に戻す.lnk"))))
    check("going back needs to be asked for", holds=shop.setup(old) == OLDER and shop.versions() == [after])
    check("the upgraded program starts", holds=shop.run(shop.program, "--version") == 0 and before != after)
    check("and works the tour", holds=shop.tour("tour") == 0)


def _backups(shop: Shop) -> list[Path]:
    return sorted((shop.data / "backups").glob("onestop-*.db"))


def _go_back(shop: Shop, old: Path, before: str) -> None:
    """Go back from a database that the version before does not know."""
    with closing(connect_raw(shop.data / "onestop.db", shop.key(), there=True)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    check("goes back when asked", holds=shop.setup(old, "/BACK") == 0)
    check("to the version before", holds=shop.versions() == [before])
    check("and the data of its time", holds=shop.stands_at() not in {"", "9999"})
    check("what was newer is kept aside", holds=len(list((shop.data / "quarantine").glob("*/onestop.db"))) == 1)


def _uninstall(shop: Shop) -> None:
    shop.run(shop.windows(shop.installed / "uninstall.exe"), "/S")
    trial.until("the program is uninstalled", lambda: not shop.installed.exists())
    check("uninstalls, and leaves the data", holds=(shop.data / "onestop.db").exists())
    check("no link stays", holds=not list(shop.home.rglob("継続検査OSS*.lnk")))
    check("nor an entry of ours in the registry", holds="onestop" not in _classes(shop).lower())


def measure(setup: Path) -> int:
    """Print a row for benchmarks/RESULTS.md: the installed program's start beside that of the same from source."""
    trial.show_screen()
    trial.copy_source()
    shop = Shop(trial.PREFIX)
    check("installed", holds=shop.setup(setup) == 0)
    source = [trial.WINE, trial.PYTHON, "-P", "-m", "onestop"]
    times: dict[str, list[float]] = {"ours": [], "peer": []}
    for _ in range(STARTS + 1):
        times["ours"].append(_start(shop, [trial.WINE, shop.program], "onestop.exe"))
        times["peer"].append(_start(shop, source, "python.exe"))
    ours, peer = (statistics.median(each[1:]) for each in times.values())
    size = setup.stat().st_size / 1e6
    print(
        f"| start of the installed program | {ours:.2f} s | {peer:.2f} s | from source | {ours / peer:.2f}× | ≤ 1.2× |"
    )
    print(f"| the setup's size | {size:.1f} MB |")
    return 0


def _start(shop: Shop, command: Sequence[str], image: str) -> float:
    """Return the seconds from the command to the practice desk that is open."""
    data = shop.prefix / "drive_c" / "measured"
    log = data / "log" / "onestop.log"
    log.unlink(missing_ok=True)
    quiet = subprocess.DEVNULL
    began = time.monotonic()
    opened = subprocess.Popen(
        [*command, "--practice", "--data-dir", "C:\\measured"],
        cwd=trial.SOURCE,
        env=trial.environment(),
        stdin=quiet,
        stdout=quiet,
        stderr=quiet,
    )
    trial.until("the desk is open", lambda: log.exists() and "getService" in log.read_text("utf-8", "replace"))
    took = time.monotonic() - began
    trial.wine("taskkill", "/F", "/IM", image)
    opened.wait(trial.PATIENCE)
    return took


def main(arguments: Sequence[str]) -> int:
    """Do what the first word says."""
    what, *files = arguments
    setups = [Path(each).resolve() for each in files]
    if what == "try" and len(setups) == 2:  # noqa: PLR2004 - the old one and the new one
        return try_both(*setups)
    if what == "measure" and len(setups) == 1:
        return measure(setups[0])
    print(__doc__)
    return 2
