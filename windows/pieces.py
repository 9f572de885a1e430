"""What the trial is put together from: Windows' Python, the wheels that requirements.txt pins, and four small shims.

A wheel of panda3d carries the python311.dll, the modules and the OpenSSL of python.org as they are; the library in pure
Python is that of the Python which runs this.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT: Final = Path(__file__).parents[1]
SHIMS: Final = Path(__file__).with_name("shims")
PYTHON_OF: Final = "panda3d==1.10.16 --hash=sha256:37acfb92655c4226879f95c988e2ef1449a53c54486d6c1ebc00e2772429af82\n"
PACKAGES: Final = (
    *("wine64", "wine", "xvfb", "gcc-mingw-w64-x86-64", "binutils-mingw-w64-x86-64"),
    *("locales", "x11-utils", "x11-apps", "imagemagick"),
)
MODULES: Final = (
    *(
        "_asyncio",
        "_bz2",
        "_ctypes",
        "_decimal",
        "_elementtree",
        "_hashlib",
        "_lzma",
        "_multiprocessing",
        "_overlapped",
    ),
    *("_queue", "_socket", "_sqlite3", "_ssl", "_uuid", "_zoneinfo", "pyexpat", "select", "unicodedata", "winsound"),
)
LIBRARIES: Final = ("libcrypto-3.dll", "libssl-3.dll", "libffi-8.dll", "sqlite3.dll")
NOT_OF_WINDOWS: Final = (
    "site-packages",
    "dist-packages",
    "lib-dynload",
    "test",
    "__pycache__",
    "config-3*",
    "_sysconfigdata*",
)
TOOL: Final = "x86_64-w64-mingw32"
TIMELESS: Final = "-Wl,--no-insert-timestamp"
"""Else a library bears the time at which it was linked, and no two builds are the same."""
HASH: Final = re.compile(r"--hash=\S+")
NAMES: Final = re.compile(r"^\s*\[ *\d+\].*\s(\w+)$", re.MULTILINE)


def run(*command: str, cwd: Path | None = None) -> str:
    """Run a program to its end and return what it printed; fail as it does."""
    done = subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.PIPE, env=os.environ | {"LC_ALL": "C.UTF-8"})
    return done.stdout.decode("utf-8", "replace")


def check_python() -> None:
    """Make sure that this Python's library fits python311.dll."""
    if sys.version_info[:2] != (3, 11):
        raise SystemExit("The trial needs Python 3.11: its library stands beside Windows' python311.dll.")


def pinned_for_windows(requirements: Path) -> str:
    """Return what is pinned but for what Linux alone has, each with its hashes, for pip of any system."""
    blocks = re.split(r"\n(?=\S)", requirements.read_text(encoding="utf-8"))
    wanted = (block for block in blocks if "sys_platform == 'linux'" not in block)
    pins = ((re.match(r"[^\s;\\#]+==[^\s;\\]+", block), block) for block in wanted)
    return "".join(f"{pin[0]} {' '.join(HASH.findall(block))}\n" for pin, block in pins if pin)


def download(work: Path) -> None:
    """Fetch wheels for Windows by pip, as this machine's pip finds them."""
    requirements = work / "windows.txt"
    requirements.write_text(pinned_for_windows(ROOT / "requirements.txt"), encoding="utf-8")
    pip_download(work / "wheels", requirements)
    download_python(work)


def download_python(work: Path) -> None:
    """Fetch the wheel that carries python.org's DLLs, and take them out of it."""
    requirements = work / "python.txt"
    requirements.write_text(PYTHON_OF, encoding="utf-8")
    pip_download(work / "python", requirements)
    (wheel,) = (work / "python").glob("panda3d-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(work / "python", [name for name in archive.namelist() if name.startswith("deploy_libs/")])


def pip_download(folder: Path, requirements: Path) -> None:
    """Fetch the wheels for Windows that a file names, each with its hashes."""
    fits = ("--platform", "win_amd64", "--python-version", "3.11", "--implementation", "cp")
    abis = ("--abi", "cp311", "--abi", "abi3", "--abi", "none")
    quiet = ("-q", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:", "--require-hashes")
    run(sys.executable, "-m", "pip", "download", *quiet, *fits, *abis, "-d", str(folder), "-r", str(requirements))


def build(work: Path) -> Path:
    """Build the shims; returns where they lie."""
    place, library = work / "shims", work / "python" / "deploy_libs" / "python311.dll"
    shutil.copytree(SHIMS, place, dirs_exist_ok=True)
    names = NAMES.findall(run(f"{TOOL}-objdump", "-p", str(library)).partition("[Ordinal/Name Pointer] Table")[2])
    _define(place / "python311", "python311", names)
    _define(place / "python3", "python3", [f"{name} = python311.{name}" for name in names])
    run(f"{TOOL}-dlltool", "-d", "python311.def", "-l", "libpython311.a", cwd=place)
    run(f"{TOOL}-windres", "python.rc", "python.res.o", cwd=place)
    for name, flag in (("python", "-mconsole"), ("pythonw", "-mwindows")):
        parts = ("python.c", "python.res.o", "-L.", "-lpython311")
        run(f"{TOOL}-gcc", "-municode", flag, "-O2", "-o", f"{name}.exe", *parts, cwd=place)
    run(f"{TOOL}-gcc", "-municode", "-O2", "-o", "venvlauncher.exe", "venvlauncher.c", cwd=place)
    stable = ("-w", "-shared", "-nostdlib", "-e", "DllMain", TIMELESS, "-o", "python3.dll")
    run(f"{TOOL}-gcc", *stable, "python3.c", "python3.def", cwd=place)
    run(f"{TOOL}-gcc", "-shared", "-O2", "-o", "bcryptprimitives.dll", "bcryptprimitives.c", "-ladvapi32", cwd=place)
    run(f"{TOOL}-gcc", "-shared", "-O2", "-w", "-o", "icuuc.dll", "icuuc.c", cwd=place)
    return place


def _define(place: Path, library: str, exports: Iterable[str]) -> None:
    lines = [f"LIBRARY {library}.dll", "EXPORTS", *exports]
    place.with_suffix(".def").write_text("\n".join(lines) + "\n", encoding="ascii")


def lay_out(work: Path, drive: Path) -> None:
    r"""Put Windows' Python into C:\Python311 of a drive, and what Wine lacks into its system folder."""
    home, given, shims = drive / "Python311", work / "python" / "deploy_libs", work / "shims"
    (home / "DLLs").mkdir(parents=True, exist_ok=True)
    for name in ("python.exe", "pythonw.exe", "venvlauncher.exe", "python3.dll"):
        shutil.copy(shims / name, home)
    shutil.copy(shims / "venvlauncher.exe", home / "venvwlauncher.exe")
    shutil.copy(given / "python311.dll", home)
    shutil.copy(given / "VCRUNTIME140.dll", home / "vcruntime140.dll")
    for name in (*(f"{module}.pyd" for module in MODULES), *LIBRARIES):
        shutil.copy(given / name, home / "DLLs")
    for name in ("bcryptprimitives.dll", "icuuc.dll"):
        shutil.copy(shims / name, drive / "windows" / "system32")
    shutil.copytree(
        sysconfig.get_path("stdlib"), home / "Lib", dirs_exist_ok=True, ignore=shutil.ignore_patterns(*NOT_OF_WINDOWS)
    )
    (home / "Lib" / "site-packages").mkdir(exist_ok=True)
    _second_runtime(work, home)


def _second_runtime(work: Path, home: Path) -> None:
    """Take vcruntime140_1.dll, which python.org's installer brings, from the wheel of shiboken6."""
    (wheel,) = (work / "wheels").glob("shiboken6-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        (home / "vcruntime140_1.dll").write_bytes(archive.read("shiboken6/vcruntime140_1.dll"))
