"""What lies in the folder of one version: Python, the packages that run with the program, and the program itself.

All of it is pinned by hash or known to git, laid out and compiled in one order, so that one commit gives one folder.
"""

from __future__ import annotations

import hashlib
import json
import py_compile
import re
import shutil
import sysconfig
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from packaging.markers import Marker
from supply import pins

from windows.pieces import LIBRARIES, MODULES, ROOT, run

if TYPE_CHECKING:
    from collections.abc import Container

WINDOWS: Final = {
    "sys_platform": "win32",
    "os_name": "nt",
    "platform_system": "Windows",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "implementation_name": "cpython",
    "python_version": "3.11",
    "python_full_version": "3.11.9",
}
OFFICIAL: Final = "009d6bf7e3b2ddca3d784fa09f90fe54336d5b60f0e0f305c37f400bf83cfd3b"
"""SHA-256 of python-3.11.9-embed-amd64.zip of python.org."""
PATHS: Final = "python311.zip\n.\napp\n"
"""python311._pth: where Python looks for modules, and nowhere else, whatever the machine's variables say."""
NEVER_RUN: Final = frozenset(
    {"site-packages", "dist-packages", "lib-dynload", "test", "tests", "idlelib", "tkinter", "turtledemo", "ensurepip"}
    | {"lib2to3", "distutils", "pydoc_data", "__pycache__"}
)
"""Folders of Python's library that a program without a developer does not miss."""
STAMP: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every file in an archive of ours."""

_QT_LIBRARIES: Final = "Core|Gui|Widgets|PrintSupport|Svg|Network|Test"
_QT_MODULES: Final = "Core|Gui|Widgets|PrintSupport|Network|Test"
_OF_PYSIDE: Final = re.compile(
    rf"PySide6/(Qt6({_QT_LIBRARIES})\.dll|Qt({_QT_MODULES})\.pyd|pyside6\.abi3\.dll|(msvcp|vcruntime|concrt)140\w*\.dll"
    r"|(__init__|_config|_git_pyside_version)\.py|support/\w+\.py|licenses/.*|translations/qtbase_ja\.qm"
    r"|plugins/(platforms/q(windows|offscreen)|styles/\w+|iconengines/\w+|imageformats/q(svg|jpeg|ico))\.dll)"
)
"""What the program uses of PySide6; the tour, with which a shop's machine is tried, presses its keys by QtTest."""
_NOT_WANTED: Final = re.compile(r".*\.(pyi|lib|h|pyc)|[^/]+\.data/.*|.*/tests/.*")


def needed() -> tuple[pins.Pin, ...]:
    """Return what runs with the program on Windows."""
    there = {name: pin for name, pin in pins.pinned().items() if _holds(pin.marker)}
    asked = pins.wanted((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return pins.runtime(there, asked & there.keys())


def _holds(marker: str) -> bool:
    return not marker or Marker(marker).evaluate({**WINDOWS, "extra": ""})


def requirements() -> str:
    """Return the pins of what is needed, with their hashes, for pip."""
    return "".join(
        f"{pin.name}=={pin.version} {' '.join(f'--hash=sha256:{each}' for each in pin.hashes)}\n" for pin in needed()
    )


def wheels(folder: Path) -> list[Path]:
    """Return the wheel of each needed package.

    Raises:
        SystemExit: One is missing, or is not what was pinned.
    """
    found = {sha256(wheel): wheel for wheel in sorted(folder.glob("*.whl"))}
    pinned = [(pin.name, [found[each] for each in pin.hashes if each in found]) for pin in needed()]
    if missing := [name for name, there in pinned if not there]:
        raise SystemExit(f"No wheel with a pinned hash: {', '.join(missing)}")
    return [there[0] for _, there in pinned]


def sha256(file: Path) -> str:
    """Return a file's SHA-256."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def lay_out_official(archive: Path, tree: Path) -> None:
    """Lay out python.org's embeddable Python.

    Raises:
        SystemExit: The file is another one.
    """
    if sha256(archive) != OFFICIAL:
        raise SystemExit(f"{archive.name} is not python-3.11.9-embed-amd64.zip of python.org (SHA-256 {OFFICIAL}).")
    with zipfile.ZipFile(archive) as opened:
        kept = [name for name in opened.namelist() if not name.endswith((".exe", ".cat", "._pth"))]
        opened.extractall(tree, kept)
    _write_paths(tree)


def lay_out_borrowed(work: Path, tree: Path) -> None:
    """Lay out the same from the DLLs that a wheel carries, and the library of the Python that runs this."""
    given = work / "python" / "deploy_libs"
    for name in ("python311.dll", *(f"{module}.pyd" for module in MODULES), *LIBRARIES):
        shutil.copy(given / name, tree)
    shutil.copy(given / "VCRUNTIME140.dll", tree / "vcruntime140.dll")
    shutil.copy(work / "shims" / "python3.dll", tree)
    (wheel,) = (work / "wheels").glob("shiboken6-*.whl")
    with zipfile.ZipFile(wheel) as opened:
        (tree / "vcruntime140_1.dll").write_bytes(opened.read("shiboken6/vcruntime140_1.dll"))
    library = Path(sysconfig.get_path("stdlib"))
    _zip_library(library, work / "library", tree / "python311.zip")
    shutil.copyfile(library / "LICENSE.txt", tree / "LICENSE.txt")
    _write_paths(tree)


def _write_paths(tree: Path) -> None:
    (tree / "python311._pth").write_text(PATHS, encoding="ascii")


def _zip_library(library: Path, compiled: Path, archive: Path) -> None:
    """Compile Python's own library into an archive, which starts faster than a thousand files."""
    shutil.rmtree(compiled, ignore_errors=True)
    sources = [file.relative_to(library) for file in sorted(library.rglob("*.py"))]
    run_there = [source for source in sources if not NEVER_RUN & set(source.parts[:-1])]
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
        for source in run_there:
            if not source.name.startswith("_sysconfigdata"):  # what this Linux was compiled with
                target = compiled / source.with_suffix(".pyc")
                compile_one(library / source, target, source.as_posix())
                opened.writestr(zipfile.ZipInfo(source.with_suffix(".pyc").as_posix(), STAMP), target.read_bytes())


def compile_one(source: Path, target: Path, name: str) -> None:
    """Compile one file, to be taken without a look at its source's time, and under a name that tells no machine's."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unlooked = py_compile.PycInvalidationMode.UNCHECKED_HASH
    py_compile.compile(str(source), str(target), dfile=name, doraise=True, invalidation_mode=unlooked)


def unpack(wheel: Path, app: Path) -> None:
    """Unpack a wheel as an installer does, but for what no running program wants."""
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(app, sorted(name for name in opened.namelist() if is_wanted(name)))


def is_wanted(name: str) -> bool:
    """Tell whether the program uses a file of a wheel."""
    if name.startswith("PySide6/"):
        return _OF_PYSIDE.fullmatch(name) is not None
    return _NOT_WANTED.fullmatch(name) is None


def copy_program(app: Path) -> None:
    """Copy the program and all that it opens, as git knows them, to where a wheel would have them."""
    places = {"src/": "", "resources/": "onestop/_shipped/resources/", "alembic/": "onestop/_shipped/alembic/"}
    for prefix, place in places.items():
        for name in filter(None, run("git", "ls-files", "-z", prefix, cwd=ROOT).split("\0")):
            target = app / place / name.removeprefix(prefix)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target)


def compile_all(app: Path) -> None:
    """Compile every module beside its source: nobody who runs the program may write there."""
    for source in sorted(app.rglob("*.py")):
        target = source.parent / "__pycache__" / f"{source.stem}.cpython-311.pyc"
        name = source.relative_to(app).as_posix()
        try:
            compile_one(source, target, name)
        except (py_compile.PyCompileError, SyntaxError):  # a template, or for another Python
            print(f"not compiled: {name}")


def bill(tree: Path) -> dict[str, Any]:
    """Return the bill of materials of this folder: the program's, for Windows alone, and Python."""
    told: dict[str, Any] = json.loads((ROOT / "resources" / "licences" / "sbom.cdx.json").read_text("utf-8"))
    names = {pin.name for pin in needed()}
    told["components"] = [each for each in told["components"] if pins.normal(each["name"]) in names]
    here = {each["bom-ref"] for each in (*told["components"], told["metadata"]["component"])}
    told["dependencies"] = [_narrowed(each, here) for each in told["dependencies"] if each["ref"] in here]
    told["components"].append(_python(tree))
    return told


def _narrowed(dependency: dict[str, Any], here: Container[str]) -> dict[str, Any]:
    return {**dependency, "dependsOn": [each for each in dependency.get("dependsOn", ()) if each in here]}


def _python(tree: Path) -> dict[str, Any]:
    return {
        "bom-ref": "python@3.11.9",
        "hashes": [{"alg": "SHA-256", "content": sha256(tree / "python311.dll")}],
        "licenses": [{"license": {"id": "PSF-2.0"}}],
        "name": "python",
        "type": "platform",
        "version": "3.11.9",
    }


def assemble(work: Path, tree: Path, official: Path | None) -> None:
    """Lay out the whole folder anew."""
    shutil.rmtree(tree, ignore_errors=True)
    app = tree / "app"
    app.mkdir(parents=True)
    lay_out_official(official, tree) if official else lay_out_borrowed(work, tree)
    for wheel in wheels(work / "wheels"):
        unpack(wheel, app)
    copy_program(app)
    compile_all(app)
    shutil.copyfile(ROOT / "LICENSE", tree / "onestop-LICENSE.txt")
    (tree / "sbom.cdx.json").write_text(json.dumps(bill(tree), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
