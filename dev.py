"""Start, test, measure and pin onestop: the one command a newcomer needs, with the standard library alone.

    python3 dev.py run [arguments of onestop]    練習モード in a window; without a display, the tour with its pictures
    python3 dev.py run --desks 2                 a practice shop: two desks on one PostgreSQL (tour --desks 2)
    python3 dev.py test [arguments of pytest]    lint, types, the stairs, then every test
    python3 dev.py tour [arguments of the tour]  work the main job by real keys and save a picture of each window
    python3 dev.py pictures                      the tour, then its pictures into the help and the README
    python3 dev.py glass [arguments of pytest]   work the program on a display of its own, with pictures of the screen
    python3 dev.py bench [arguments]             the benchmarks
    python3 dev.py requirements [arguments]      pin requirements.txt anew after pyproject.toml changed
    python3 dev.py sbom                          what the program is made of, and the licences, into resources/licences
    python3 dev.py advisories [-s osv]           ask which pinned packages have known holes
    python3 dev.py windows [setup|tour|test …]   try it all on Windows' own Python, under Wine
    python3 dev.py setup [arguments]             make the setup for Windows, on Debian
    python3 dev.py notice [arguments]            make the notice of a newer version

The first call makes .venv beside this file from the hashed requirements.txt and, on Debian and its kin, installs the
system libraries that Qt lacks; a second call meanwhile waits. Later calls find the stamp in .venv and start at once.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import importlib
import importlib.util
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING

from supply import debian

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "onestop-stamp"
LOCK = ROOT / ".venv.lock"
REQUIREMENTS = ROOT / "requirements.txt"
OLDEST_PYTHON = (3, 11)
INTERRUPTED = 130  # what a shell reports after Ctrl+C
NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)  # what file systems without locks answer
LOOK_AGAIN = 0.2  # seconds between two looks whether another process still has a lock

MODULE = ("-P", "-m")
"""How Python is asked to run a module: -P keeps it from taking modules out of whatever folder is the current one."""
LAUNCHERS = {"onestop": "onestop", "onestop-sandbox": "onestop_sandbox"}


# --- running other programs ------------------------------------------------------------------------


def run(
    command: Sequence[str], *, cwd: Path = ROOT, env: Mapping[str, str] | None = None, said: IO[bytes] | None = None
) -> int:
    """Run a command to its end and return its exit code; Ctrl+C reaches the command, and ends us after it.

    What it prints goes into the file `said`, if there is one. A command that a signal ended counts 128 + the signal, as
    in a shell.
    """
    interrupted = False
    told = None if said is None else subprocess.STDOUT
    with subprocess.Popen(command, cwd=cwd, env={**os.environ, **(env or {})}, stdout=said, stderr=told) as child:
        while True:
            try:
                code = child.wait()
                break
            except KeyboardInterrupt:  # the console sent it to the command as well: let it tidy up
                interrupted = True
    if interrupted:
        raise SystemExit(INTERRUPTED)
    return code if code >= 0 else 128 - code


def must(command: Sequence[str], *, env: Mapping[str, str] | None = None) -> None:
    """Run a command that everything after it needs; end with its exit code when it fails."""
    code = run(command, env=env)
    if code:
        print(f"dev.py: {' '.join(command)} ended with {code}", file=sys.stderr)
        raise SystemExit(code)


def in_venv(name: str) -> str:
    """Return the path of a program of the virtual environment."""
    return str(VENV / "Scripts" / f"{name}.exe" if os.name == "nt" else VENV / "bin" / name)


# --- the virtual environment -----------------------------------------------------------------------


def wanted_stamp() -> str:
    """Return what a finished .venv is stamped with: its requirements, its Python and its place."""
    digest = hashlib.sha256(REQUIREMENTS.read_bytes())
    digest.update(f"{sys.version_info[:3]} {sys.platform} {ROOT}".encode())
    return digest.hexdigest()


def is_ready() -> bool:
    """Tell whether .venv was finished from these requirements and its Python still exists."""
    try:
        return STAMP.read_text(encoding="utf-8") == wanted_stamp() and Path(in_venv("python")).exists()
    except OSError:
        return False


if sys.platform == "win32":
    import msvcrt

    def take(file: int) -> None:
        """Lock a file for this process, or fail at once; the system frees it when the process ends, however it ends."""
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def take(file: int) -> None:
        """Lock a file for this process, or fail at once; the system frees it when the process ends, however it ends."""
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def is_taken(file: int) -> bool:
    """Lock a file, and tell whether another process has it; a file system without locks lets everybody in."""
    try:
        take(file)
    except OSError as error:
        return error.errno not in NO_LOCKS  # Wine does not say why
    return False


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Let one dev.py at a time make .venv; the others wait, and find it made."""
    with LOCK.open("wb") as file:
        told = False
        while is_taken(file.fileno()):
            if not told:
                print("Another dev.py is making .venv here: waiting for it")
            told = True
            time.sleep(LOOK_AGAIN)
        yield


def prepare(libraries: Mapping[str, str]) -> None:
    """Provide system libraries and make .venv, unless all stands ready."""
    with alone():
        make_ready(libraries)


def make_ready(libraries: Mapping[str, str]) -> None:
    """Do what `prepare` says. The stamp comes last, so that an interrupted start begins again."""
    ready = is_ready()
    lacks_venv = not ready and importlib.util.find_spec("ensurepip") is None  # Debian's bare python3
    debian.provide([*debian.missing_packages(libraries), *(["python3-venv"] if lacks_venv else [])])
    if ready:
        write_launchers()
        return
    if sys.platform == "win32":
        importlib.import_module("windows.place").look(ROOT)
    began = time.perf_counter()
    print("Making .venv (once; about half a minute)")
    make_venv()
    install_requirements()
    install_project()
    write_launchers()
    STAMP.write_text(wanted_stamp(), encoding="utf-8")
    print(f".venv is ready after {time.perf_counter() - began:.0f} s")


def make_venv() -> None:
    """Make an empty .venv with pip in it, whatever was there before."""
    if os.name == "nt" and Path(sys.prefix) == VENV:
        raise SystemExit("dev.py: .venv has to be made anew, but is in use: say `deactivate` first.")
    STAMP.unlink(missing_ok=True)
    base: str = getattr(sys, "_base_executable", sys.executable)  # not the Python of the .venv that is cleared here
    must([base, *MODULE, "venv", "--clear", str(VENV)])


def install_requirements() -> None:
    """Install everything that requirements.txt pins, by uv, or by pip where uv does not work."""
    trust = {"UV_SYSTEM_CERTS": "1", "UV_HTTP_TIMEOUT": os.environ.get("UV_HTTP_TIMEOUT", "180")}
    by_pip = [in_venv("python"), *MODULE, "pip", "install", "--quiet", "--require-hashes", "--no-deps", "-r"]
    by_uv = [in_venv("python"), *MODULE, "uv", "pip", "install", "--quiet", "--require-hashes", "--no-deps"]
    only_uv = VENV / "uv.txt"
    only_uv.write_text(pinned("uv"), encoding="utf-8")
    if run([*by_pip, str(only_uv)]) or run(
        [*by_uv, "--compile-bytecode", "--python", in_venv("python"), "-r", str(REQUIREMENTS)], env=trust
    ):
        print("uv does not work here; pip takes over (slower)")
        must([*by_pip, str(REQUIREMENTS)])


def pinned(name: str) -> str:
    """Return the lines of requirements.txt that pin one package, hashes included."""
    match = re.search(rf"^{re.escape(name)}==(?:.*\\\n)*.*\n", REQUIREMENTS.read_text(encoding="utf-8"), re.MULTILINE)
    if match is None:
        raise SystemExit(f"dev.py: requirements.txt does not pin {name}; run: python3 dev.py requirements")
    return match.group()


def install_project() -> None:
    """Put src on the path: no build, no network, and edits count at once."""
    site = VENV / "Lib" / "site-packages" if os.name == "nt" else next(VENV.glob("lib/python3*/site-packages"))
    (site / "onestop-src.pth").write_text(f"{os.path.relpath(ROOT / 'src', site)}\n", encoding="utf-8")
    must([in_venv("python"), *MODULE, "compileall", "-q", str(ROOT / "src")])


def write_launchers() -> None:
    """Put the project's commands into .venv, every time: one that an older dev.py wrote may lack what keeps it safe."""
    for name, package in LAUNCHERS.items():
        write_launcher(name, package)


def write_launcher(name: str, package: str) -> None:
    """Write the command that starts a package, as a script of this system's shell."""
    module = " ".join((*MODULE, package))
    if os.name == "nt":
        script, text = VENV / "Scripts" / f"{name}.cmd", f'@"%~dp0python.exe" {module} %*\n'
    else:
        script, text = VENV / "bin" / name, f'#!/bin/sh\nexec "$(dirname "$0")/python" {module} "$@"\n'
    script.write_text(text, encoding="utf-8")
    script.chmod(0o755)


# --- the commands ----------------------------------------------------------------------------------


def has_display(platform: str, env: Mapping[str, str]) -> bool:
    """Tell whether a window can be shown, or Qt was told where to draw it."""
    wanted = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not platform.startswith("linux") or any(env.get(name) for name in wanted)


def unseen() -> dict[str, str]:
    """Return what lets Qt draw in its memory alone, where there is no display."""
    return {} if has_display(sys.platform, os.environ) else {"QT_QPA_PLATFORM": "offscreen"}


def run_file(name: str, arguments: Sequence[str], *, env: Mapping[str, str] | None = None) -> int:
    """Run a script of the project's own, which finds what lies beside this file."""
    return run([in_venv("python"), str(ROOT / name), *arguments], env={"PYTHONPATH": str(ROOT), **(env or {})})


def command_run(arguments: Sequence[str]) -> int:
    """Start the program; it practises unless its settings say otherwise. With --desks N, so many of a practice shop."""
    if "--desks" in arguments:
        return several_desks(arguments)
    if not has_display(sys.platform, os.environ):
        print("There is no display here: the tour works the program unseen and takes pictures.")
        return command_tour([])
    shows_windows = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    prepare(debian.ALL_LIBRARIES if shows_windows else debian.QT_LIBRARIES)
    return run([in_venv("python"), *MODULE, "onestop", *arguments], cwd=Path.cwd())


def command_test(arguments: Sequence[str]) -> int:
    """Run every check."""
    prepare(debian.QT_LIBRARIES)
    return run_file("tests/checks.py", arguments)


def command_tour(arguments: Sequence[str]) -> int:
    """Work the main job by real keys; the pictures lie in tour/."""
    if "--desks" in arguments:
        return several_desks([*arguments, "--tour", str(ROOT / "tour")])
    prepare(debian.QT_LIBRARIES)
    code = run([in_venv("python"), *MODULE, "onestop", "tour", "--out", str(ROOT / "tour"), *arguments], env=unseen())
    if "--out" not in arguments:
        print(f"The pictures are in {ROOT / 'tour'}")
    return code


def several_desks(arguments: Sequence[str]) -> int:
    """Open a practice shop on a server of its own; without a display the tour works at two of its desks."""
    displayed = has_display(sys.platform, os.environ)
    prepare(debian.ALL_LIBRARIES if displayed else debian.QT_LIBRARIES)
    tour = [] if displayed or "--tour" in arguments else ["--tour", str(ROOT / "tour")]
    return run([in_venv("python"), "-P", str(ROOT / "tests" / "several_desks.py"), *arguments, *tour])


def command_pictures(_arguments: Sequence[str]) -> int:
    """Work the tour, and put those of its pictures that the help and the README show into their folder."""
    return command_tour([]) or command_tour(["--desks", "2"]) or run_file("tests/put_pictures.py", [])


def command_glass(arguments: Sequence[str]) -> int:
    """Work the program on a display of its own, by keys that the X server sends."""
    prepare(debian.ALL_LIBRARIES)
    return run_file("tests/work_glass.py", arguments)


def command_bench(arguments: Sequence[str]) -> int:
    """Measure."""
    prepare(debian.QT_LIBRARIES)
    return run_file("benchmarks/run.py", arguments, env=unseen())


COMMANDS = {
    "run": command_run,
    "test": command_test,
    "tour": command_tour,
    "pictures": command_pictures,
    "glass": command_glass,
    "bench": command_bench,
}
MODULES = {
    "requirements": "supply.pinning",
    "sbom": "supply.bill",
    "advisories": "supply.advisories",
    "windows": "windows.trial",
    "setup": "windows.build_setup",
    "notice": "windows.notice",
}
"""Commands that a module of the project's own carries out, which is installed nowhere."""


def carry_out(command: str, arguments: Sequence[str]) -> int:
    """Carry out one command and return its exit code."""
    if command in COMMANDS:
        return COMMANDS[command](arguments)
    prepare({})
    return run([in_venv("python"), *MODULE, MODULES[command], *arguments], env={"PYTHONPATH": str(ROOT)})


def speak_plainly(streams: Iterable[object]) -> None:
    """Keep print from failing on a console that lacks a character, and in step with what our commands print."""
    for stream in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace", line_buffering=True)


def main(arguments: Sequence[str]) -> int:
    """Carry out the command that is named first, or show them all; returns the exit code."""
    speak_plainly((sys.stdout, sys.stderr))
    if sys.version_info < OLDEST_PYTHON:
        raise SystemExit("dev.py: onestop needs Python 3.11 or newer.")
    if not arguments or arguments[0] not in {**COMMANDS, **MODULES}:
        print(__doc__)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    try:
        return carry_out(arguments[0], arguments[1:])
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
