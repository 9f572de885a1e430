r"""Makes the setup that a shop runs: one .exe, per user, with Python and everything inside; on Debian.

    python3 dev.py setup [--python ZIP] [--certificate PFX --password-file FILE [--timestamp URL]] [--out FOLDER]

    --python       python-3.11.9-embed-amd64.zip of python.org; without it the same DLLs come out of a pinned wheel, and
                   Python's own library is that of the Python 3.11 that runs this
    --certificate  what programs, uninstaller and setup are signed with; without it Windows warns of them
    --version      another version's number than the program's own, to try an upgrade with
    --quick        packs loosely: twice as large, made in a fraction of the time, to try it with

    python3 dev.py setup try OLD.exe NEW.exe     installs both, one over the other, under Wine (windows/try_setup.py)
    python3 dev.py setup measure SETUP.exe       the size, and the time of a start beside that from source

Two builds of one commit on one system are the same file, but for signatures (docs/decisions/windows-setup.md).
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from onestop import VERSION
from windows import payload, signing, try_setup
from windows.icon import write_icon
from windows.pieces import PACKAGES, ROOT, TIMELESS, TOOL, build, check_python, download_python, pip_download, run

if TYPE_CHECKING:
    from collections.abc import Sequence

WORK: Final = ROOT / "build" / "windows"
SOURCES: Final = Path(__file__).with_name("setup")
OUT: Final = ROOT / "build" / "setup"
NUMBER: Final = re.compile(r"\d+\.\d+\.\d+")
APP_ID: Final = "Onestop.Desk"
"""As app/taskbar.py has it; a test keeps the two together."""
PROGRAMS: Final = {"onestop.exe": ("-mwindows",), "onestop.com": ("-mconsole", "-DCONSOLE")}
"""With windows, and with a console: of these two cmd.exe starts the second, shows what it says and waits for it."""
UNSIGNED: Final = """
********************************************************************************
* NOT SIGNED. Windows will call its publisher unknown, and SmartScreen will    *
* stop it on most machines. Give it to nobody but those who try it:            *
* --certificate PFX --password-file FILE signs it.                             *
********************************************************************************"""


@dataclass(frozen=True, slots=True)
class Order:
    """What to make."""

    version: str
    out: Path
    official: Path | None
    certificate: signing.Certificate | None
    quick: bool

    @property
    def setup(self) -> Path:
        """The file that is made."""
        return self.out / f"onestop-{self.version}-setup.exe"


def order(arguments: Sequence[str]) -> Order:
    """Read the command line.

    Raises:
        SystemExit: It makes no sense.
    """
    parser = argparse.ArgumentParser("dev.py setup", description="Makes the setup for Windows.")
    parser.add_argument("--python", type=Path, metavar="ZIP")
    parser.add_argument("--out", type=Path, default=OUT, metavar="FOLDER")
    parser.add_argument("--version", default=VERSION)
    parser.add_argument("--quick", action="store_true")
    signing.add_options(parser)
    options = parser.parse_args(arguments)
    if not NUMBER.fullmatch(options.version):
        raise SystemExit(f"A version is three numbers with dots: {options.version}")
    return Order(options.version, options.out.resolve(), options.python, signing.chosen(options), options.quick)


def provide() -> None:
    """Have the compiler and the packer, and everything that is pinned."""
    tools = {f"{TOOL}-gcc": PACKAGES, "makensis": ("nsis", "nsis-common"), "osslsigncode": ("osslsigncode",)}
    missing = [package for tool, packages in tools.items() if shutil.which(tool) is None for package in packages]
    if missing:
        root = [] if os.geteuid() == 0 else ["sudo"]
        run(*root, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing)
    for folder in ("python", "wheels"):
        (WORK / folder).mkdir(parents=True, exist_ok=True)
    pinned = WORK / "needed.txt"
    pinned.write_text(payload.requirements(), encoding="utf-8")
    pip_download(WORK / "wheels", pinned)
    download_python(WORK)
    build(WORK)


def make_launchers(version: str, folder: Path) -> list[Path]:
    """Compile the programs with their icon, their manifest and their version."""
    shutil.copytree(SOURCES, folder, dirs_exist_ok=True)
    write_icon(ROOT / "resources" / "icons" / "onestop.svg", folder / "onestop.ico")
    numbers = f"{version},0".replace(".", ",")
    defined = (f"-DVERSION_NUMBERS={numbers}", f'-DVERSION_TEXT=\\"{version}\\"')
    run(f"{TOOL}-windres", *defined, "launcher.rc", "launcher.res.o", cwd=folder)
    for name, kind in PROGRAMS.items():
        flags = ("-municode", *kind, "-Os", "-s", "-Wall", "-static", TIMELESS)
        run(f"{TOOL}-gcc", *flags, "-o", name, "launcher.c", "launcher.res.o", cwd=folder)
    return [folder / name for name in PROGRAMS]


def list_files(tree: Path, listed: Path) -> None:
    """Write, for makensis, every file of a version's folder in one order: a folder's own order is the disk's."""
    lines: list[str] = []
    place = None
    for file in sorted(path for path in tree.rglob("*") if path.is_file()):
        if file.parent != place:
            place = file.parent
            below = "".join(f"\\{part}" for part in place.relative_to(tree).parts)
            lines.append(f'SetOutPath "$INSTDIR\\versions\\new{below}"')
        lines.append(f'File "{file}"'.replace("$", "$$"))
    listed.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")


def pack(wanted: Order, launchers: Path, tree: Path) -> None:
    """Let makensis make the setup of what was laid out."""
    listed = launchers / "files.nsh"
    list_files(tree, listed)
    wanted.out.mkdir(parents=True, exist_ok=True)
    told = {
        "VERSION": wanted.version,
        "NUMBERS": f"{wanted.version}.0",
        "APP_ID": APP_ID,
        "LAUNCHERS": launchers,
        "ICON": launchers / "onestop.ico",
        "FILES": listed,
        "OUT": wanted.setup,
    }
    if wanted.quick:
        told["QUICK"] = ""
    if wanted.certificate:
        told["SIGN"] = wanted.certificate.command()
    defined = [f"-D{name}={value}" for name, value in told.items()]
    script = launchers / "onestop.nsi"
    run("makensis", "-V2", "-INPUTCHARSET", "UTF8", "-XTarget amd64-unicode", *defined, str(script))


def make(wanted: Order) -> None:
    """Make the setup from what `provide` has provided; in a process of its own, for its hashes are without chance."""
    tree = WORK / "tree"
    payload.assemble(WORK, tree, wanted.official)
    for launcher in make_launchers(wanted.version, WORK / "setup"):
        if wanted.certificate:
            wanted.certificate.sign(launcher)
        shutil.copy(launcher, tree)
    if wanted.certificate and not wanted.official:
        wanted.certificate.sign(tree / "python3.dll")
    pack(wanted, WORK / "setup", tree)
    if wanted.certificate:
        wanted.certificate.sign(wanted.setup)


def main(arguments: Sequence[str]) -> int:
    """Make the setup, and tell its size and hash."""
    if arguments[:1] in (["try"], ["measure"]):
        return try_setup.main(arguments)
    wanted = order(arguments)
    if os.environ.get("PYTHONHASHSEED") != "0":  # compiled sets would lie in another order each time
        check_python()
        provide()
        again = [sys.executable, "-P", "-m", "windows.build_setup", *arguments]
        return subprocess.run(
            again, check=False, env=os.environ | {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0"}
        ).returncode
    make(wanted)
    size = wanted.setup.stat().st_size / 1e6
    print(f"{wanted.setup}\n{size:.1f} MB, SHA-256 {payload.sha256(wanted.setup)}")
    if wanted.certificate is None:
        print(UNSIGNED)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
