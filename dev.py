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
import ctypes
import errno
import hashlib
import importlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "onestop-stamp"
LOCK = ROOT / ".venv.lock"
REQUIREMENTS = ROOT / "requirements.txt"
OLDEST_PYTHON = (3, 11)
PICTURE = re.compile(r"!\[[^\]]*\]\((?:resources/help/)?pictures/([^)/]+)\)")
OF_THE_SETUP = "setup-"  # how pictures begin that the tour does not take: Windows' own windows
TYPED = ("src", "tests", "benchmarks", "supply", "windows", "dev.py")
COOLED_DOWN = "7 days"
OF_A_SHOP = "shop_"  # and those that the tour of two desks takes
INTERRUPTED = 130  # what a shell reports after Ctrl+C
NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)  # what file systems without locks answer
LOOK_AGAIN = 0.2  # seconds between two looks whether another process still has a lock

MODULE = ("-P", "-m")
"""How Python is asked to run a module: -P keeps it from taking modules out of whatever folder is the current one."""
LAUNCHERS = {"onestop": "onestop", "onestop-sandbox": "onestop_sandbox"}

# What Qt opens at run time, and the Debian package that holds it (`ldd` of its offscreen, xcb and wayland plugins).
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
}
WINDOW_LIBRARIES = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}

# What tests need that look at a real display, and at an input method there; and its Debian package.
DISPLAY_PROGRAMS = {"Xvfb": "xvfb", "openbox": "openbox", "xdotool": "xdotool", "xprop": "x11-utils"}
LISTENING = {"dbus-run-session": "dbus", "/usr/libexec/at-spi-bus-launcher": "at-spi2-core"}
LISTENING_MODULES = ("python3-gi", "gir1.2-atspi-2.0")  # for the system's own Python, which alone finds them
INPUT_METHOD = {"ibus-daemon": "ibus", "/usr/lib/ibus-mozc/ibus-engine-mozc": "ibus-mozc"}

MEASURED = ("--cov", "--cov-report=", "--durations=10")
WORKERS = str((os.cpu_count() or 1) + 1)  # one more than there are cores: slow tests mostly wait for programs
ROOM_FOR_TESTS = (
    2 * 2**30
)  # bytes: several times what a run has at any moment, for pytest keeps failed tests' files alone
ROOM_FOR_BOTH = 4 * 2**30  # bytes of memory that the tests take, with mypy or a program on a display beside them

# Each floor holds for its files together, lines and branches. The entry points run mostly as processes of their own.
COVERAGE_FLOORS = {
    "below ui": ("--omit=*/onestop/ui/*,*/onestop/app/*,*/onestop/tour/*,*/__main__.py", 100),
    "ui and app": ("--include=*/onestop/ui/*,*/onestop/app/*", 95),
}


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


# --- system packages -------------------------------------------------------------------------------


def is_missing(soname: str) -> bool:
    """Tell whether the system's loader finds no such library."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return True
    return False


def missing_packages(libraries: Mapping[str, str], platform: str = sys.platform) -> list[str]:
    """Return the Debian packages of the libraries that Qt would not find; none anywhere but on Linux."""
    if not platform.startswith("linux"):
        return []
    return [package for soname, package in libraries.items() if is_missing(soname)]


def missing_programs(programs: Mapping[str, str], platform: str = sys.platform) -> list[str]:
    """Return the Debian packages of the programs that are not there; none anywhere but on Linux."""
    if not platform.startswith("linux"):
        return []
    return [package for program, package in programs.items() if shutil.which(program) is None]


def missing_to_listen(python: str = "/usr/bin/python3", platform: str = sys.platform) -> list[str]:
    """Return the Debian packages that are missing to hear what a screen reader hears; none anywhere but on Linux."""
    if not platform.startswith("linux"):
        return []
    asked = [python, "-c", "import gi; gi.require_version('Atspi', '2.0')"]
    hears = shutil.which(python) and subprocess.run(asked, check=False, capture_output=True).returncode == 0
    return [*missing_programs(LISTENING, platform), *([] if hears else LISTENING_MODULES)]


def as_root() -> list[str] | None:
    """Return what to put before a command so that it runs as root without asking, or None when that can't be had."""
    effective_user = getattr(os, "geteuid", None)  # Windows has no such call
    if effective_user is not None and effective_user() == 0:
        return []
    sudo = shutil.which("sudo")
    allowed = sudo and subprocess.run([sudo, "-n", "true"], check=False, capture_output=True).returncode == 0
    return ["sudo", "-n"] if allowed else None


def provide(packages: Sequence[str]) -> None:
    """Install Debian packages when we may; otherwise end with the one line for whoever may."""
    if not packages:
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    prefix = as_root() if shutil.which("apt-get") else None
    if prefix is None:
        raise SystemExit(f"dev.py: this system lacks packages. Run this once, then try again:\n  {please(install)}")
    print(f"Installing system packages: {' '.join(packages)}")
    quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive"]
    first = subprocess.run([*quiet, *install, "-qq"], check=False, capture_output=True)
    if first.returncode:  # a fresh system has no package list yet, an old one a stale list: no reason to alarm anyone
        must([*quiet, "apt-get", "update", "-qq"])
        must([*quiet, *install, "-qq"])


def provide_if_allowed(packages: Sequence[str]) -> None:
    """Install Debian packages that something can do without; where that fails, say how, and go on."""
    try:
        provide(packages)
    except SystemExit as reason:
        print(reason)


def please(install: Sequence[str]) -> str:
    """Return the line a person should run, with the package names of Debian where the system is another one."""
    if shutil.which("apt-get"):
        return f"sudo {' '.join(install)}"
    return f"(your package manager) install {' '.join(install[4:])}   # these are Debian's names"


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
    provide([*missing_packages(libraries), *(["python3-venv"] if lacks_venv else [])])
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


def command_run(arguments: Sequence[str]) -> int:
    """Start the program; it practises unless its settings say otherwise. With --desks N, so many of a practice shop."""
    if "--desks" in arguments:
        return several_desks(arguments)
    if not has_display(sys.platform, os.environ):
        print("There is no display here: the tour works the program unseen and takes pictures.")
        return command_tour([])
    shows_windows = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    prepare({**QT_LIBRARIES, **WINDOW_LIBRARIES} if shows_windows else QT_LIBRARIES)
    return run([in_venv("python"), *MODULE, "onestop", *arguments], cwd=Path.cwd())


def command_tour(arguments: Sequence[str]) -> int:
    """Work the main job by real keys; without a display in Qt's memory alone. The pictures lie in tour/."""
    if "--desks" in arguments:
        return several_desks([*arguments, "--tour", str(ROOT / "tour")])
    prepare(QT_LIBRARIES)
    unseen = {} if has_display(sys.platform, os.environ) else {"QT_QPA_PLATFORM": "offscreen"}
    code = run([in_venv("python"), *MODULE, "onestop", "tour", "--out", str(ROOT / "tour"), *arguments], env=unseen)
    if "--out" not in arguments:
        print(f"The pictures are in {ROOT / 'tour'}")
    return code


def several_desks(arguments: Sequence[str]) -> int:
    """Open a practice shop on a server of its own; without a display the tour works at two of its desks."""
    displayed = has_display(sys.platform, os.environ)
    prepare({**QT_LIBRARIES, **WINDOW_LIBRARIES} if displayed else QT_LIBRARIES)
    tour = [] if displayed or "--tour" in arguments else ["--tour", str(ROOT / "tour")]
    return run([in_venv("python"), "-P", str(ROOT / "tests" / "several_desks.py"), *arguments, *tour])


def command_pictures(_arguments: Sequence[str]) -> int:
    """Work the tour, and put those of its pictures that the help and the README show into their folder."""
    code = command_tour([])
    if code:
        return code
    shown = sorted(name for name in pictures_shown() if not name.startswith(OF_THE_SETUP))
    if any(name.startswith(OF_A_SHOP) for name in shown):
        command_tour(["--desks", "2"])
    missing = [name for name in shown if not (ROOT / "tour" / name).is_file()]
    if missing:
        print(f"The tour took no picture for: {', '.join(missing)}")
        return 1
    for name in shown:
        shutil.copyfile(ROOT / "tour" / name, ROOT / "resources" / "help" / "pictures" / name)
    print(f"{len(shown)} pictures were put into resources/help/pictures")
    return 0


def command_glass(arguments: Sequence[str]) -> int:
    """Work the program on a display of its own, by keys that the X server sends; pictures of the screen are kept."""
    prepare({**QT_LIBRARIES, **WINDOW_LIBRARIES})
    provide(missing_programs(DISPLAY_PROGRAMS))
    provide_if_allowed([*missing_programs(INPUT_METHOD), *missing_to_listen()])
    pictures = ROOT / "tour" / "glass"
    look = [in_venv("python"), *MODULE, "pytest", str(ROOT / "tests" / "glass"), *arguments]
    code = run(look, env={"ONESTOP_GLASS": str(pictures), **in_memory()})
    print(f"The pictures are in {pictures}")
    return code


def pictures_shown() -> set[str]:
    """Return the file names of the pictures that the help's pages and the README show."""
    pages = [ROOT / "README.md", *(ROOT / "resources" / "help").glob("*.md")]
    return {name for page in pages for name in PICTURE.findall(page.read_text(encoding="utf-8"))}


def command_test(arguments: Sequence[str]) -> int:
    """Run every check, each to its end, and tell how each went; non-zero when one failed.

    Without arguments pytest runs everything on all cores and the coverage floors hold, and a display of its own is
    glanced at where there can be one; with arguments it runs just what they say. Types and the glance, which mostly
    waits, go on meanwhile where memory allows.
    """
    prepare(QT_LIBRARIES)
    if not arguments:
        displayed = [*missing_packages(WINDOW_LIBRARIES), *missing_programs(DISPLAY_PROGRAMS)]
        provide_if_allowed([*displayed, *missing_to_listen()])
    python = in_venv("python")
    everything = [] if arguments else ["--ignore=tests/glass", "-n", WORKERS, "--dist", "worksteal", *MEASURED]
    tests: dict[str, list[str]] = {
        "ruff check": [python, *MODULE, "ruff", "check", "--quiet", "."],
        "ruff format": [python, *MODULE, "ruff", "format", "--quiet", "--check", "."],
        "lint-imports": [in_venv("lint-imports"), "--no-logo"],
        "pytest": [python, *MODULE, "pytest", *everything, *arguments],
    }
    beside = {"mypy": [python, *MODULE, "mypy", "--no-error-summary", *TYPED]}
    env = {"QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "", **in_memory()}
    if arguments:
        return run_steps({**beside, **tests}, env=env)
    beside["glass"] = [python, *MODULE, "pytest", "tests/glass", "-m", "glance"]
    for name, (files, floor) in COVERAGE_FLOORS.items():
        tests[f"coverage {name}"] = [python, *MODULE, "coverage", "report", files, f"--fail-under={floor}"]
    if memory() < ROOM_FOR_BOTH:
        return run_steps({**beside, **tests}, env=env)
    return run_steps(tests, env=env, meanwhile=beside)


def in_memory(place: Path = Path("/dev/shm")) -> dict[str, str]:  # noqa: S108 - tempfile makes a folder of our own there
    """Return where tests keep their files: in memory where there is room, for they wait for the disk half of the time.

    What SQLite asks of the disk it asks all the same.
    """
    if not (place.is_dir() and os.access(place, os.W_OK)) or os.statvfs(place).f_flag & os.ST_NOEXEC:
        return {}  # tests write small programs, and run them
    return {"TMPDIR": str(place)} if shutil.disk_usage(place).free >= ROOM_FOR_TESTS else {}


def memory() -> int:
    """Return how many bytes of memory this machine has; 0 where the system does not say."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError):  # Windows has no such call
        return 0


def run_steps(
    steps: Mapping[str, Sequence[str]], *, env: Mapping[str, str], meanwhile: Mapping[str, Sequence[str]] | None = None
) -> int:
    """Run all steps, then print a closing line for each; return the first exit code that wasn't 0.

    The steps of `meanwhile` go on beside the others, one after the other as well; what they print comes after it all.
    """
    stopped = threading.Event()
    with tempfile.TemporaryFile() as said, ThreadPoolExecutor(1) as pool:
        beside = pool.submit(outcomes, meanwhile or {}, env, stopped, said)
        try:
            found = outcomes(steps, env, stopped)
            found = [*beside.result(), *found]
        finally:
            stopped.set()
        said.seek(0)
        print(said.read().decode(errors="replace"), end="")
    closing = [f"{name:<18} {f'failed with {code}' if code else 'ok':<14} {took:6.1f} s" for name, code, took in found]
    print("---", *closing, sep="\n")
    return next((code for _, code, _ in found if code), 0)


def outcomes(
    steps: Mapping[str, Sequence[str]],
    env: Mapping[str, str],
    stopped: threading.Event,
    said: IO[bytes] | None = None,
) -> list[tuple[str, int, float]]:
    """Run steps one after the other until stopped; return the name, the exit code and the seconds of each."""
    found: list[tuple[str, int, float]] = []
    for name, command in steps.items():
        if stopped.is_set():
            break
        title = f"--- {name}\n"
        if said is None:
            print(title, end="")
        else:
            said.write(title.encode())
            said.flush()
        began = time.perf_counter()
        found.append((name, run(command, env=env, said=said), time.perf_counter() - began))
    return found


def command_bench(arguments: Sequence[str]) -> int:
    """Measure; without a display in Qt's memory alone."""
    prepare(QT_LIBRARIES)
    unseen = {} if has_display(sys.platform, os.environ) else {"QT_QPA_PLATFORM": "offscreen"}
    return run([in_venv("python"), str(ROOT / "benchmarks" / "run.py"), *arguments], env=unseen)


def command_requirements(arguments: Sequence[str]) -> int:
    """Pin all packages of pyproject.toml, with hashes, for every system and Python from 3.11 on, naming no host.

    Kept pins stay unless they no longer fit; `--upgrade` takes the newest that is a week old: what was slipped into a
    release is mostly found within days. `--exclude-newer-package NAME=…` lets a mended hole in sooner.
    """
    prepare({})
    compile_all = "uv pip compile --quiet pyproject.toml --extra dev --universal --python-version 3.11"
    quotable = "--generate-hashes --no-emit-index-url --output-file requirements.txt --custom-compile-command"
    cooled = ["--exclude-newer", COOLED_DOWN]
    command = [*MODULE, *compile_all.split(), *cooled, *quotable.split(), "python3 dev.py requirements"]
    return run([in_venv("python"), *command, *arguments], env={"UV_SYSTEM_CERTS": "1"})


def command_sbom(arguments: Sequence[str]) -> int:
    """Write the bill of materials and the licences anew, as requirements.txt and .venv have them."""
    return in_this_folder("supply.bill", arguments)


def command_advisories(arguments: Sequence[str]) -> int:
    """Ask for known holes; what could not be asked about is red as well."""
    return in_this_folder("supply.advisories", arguments)


def command_windows(arguments: Sequence[str]) -> int:
    """Try the program on Windows' own Python, under Wine on Debian; nothing else needs this."""
    return in_this_folder("windows.trial", arguments)


def command_setup(arguments: Sequence[str]) -> int:
    """Make the setup for Windows."""
    return in_this_folder("windows.build_setup", arguments)


def command_notice(arguments: Sequence[str]) -> int:
    """Make what tells programs in shops of a newer version."""
    return in_this_folder("windows.notice", arguments)


def in_this_folder(module: str, arguments: Sequence[str]) -> int:
    """Run a module of the project's own that is installed nowhere."""
    prepare({})
    return run([in_venv("python"), *MODULE, module, *arguments], env={"PYTHONPATH": str(ROOT)})


COMMANDS = {
    "run": command_run,
    "test": command_test,
    "tour": command_tour,
    "pictures": command_pictures,
    "glass": command_glass,
    "bench": command_bench,
    "requirements": command_requirements,
    "sbom": command_sbom,
    "advisories": command_advisories,
    "windows": command_windows,
    "setup": command_setup,
    "notice": command_notice,
}


def speak_plainly(streams: Iterable[object]) -> None:
    """Keep print from failing on a console that lacks a character, and in step with what our commands print."""
    for stream in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace", line_buffering=True)


def main(arguments: Sequence[str]) -> int:
    """Carry out one command and return its exit code."""
    speak_plainly((sys.stdout, sys.stderr))
    if sys.version_info < OLDEST_PYTHON:
        raise SystemExit("dev.py: onestop needs Python 3.11 or newer.")
    command = COMMANDS.get(arguments[0]) if arguments else None
    if command is None:
        print(__doc__)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    try:
        return command(arguments[1:])
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
