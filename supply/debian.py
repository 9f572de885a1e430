"""What Qt and the tests on a display need of the system: what of it is missing, by Debian's names, and its install.

`dev.py` asks before anything of .venv is there: with the standard library alone.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
ALL_LIBRARIES = {**QT_LIBRARIES, **WINDOW_LIBRARIES}

# What tests need that look at a real display, and at an input method there; and its Debian package.
DISPLAY_PROGRAMS = {"Xvfb": "xvfb", "openbox": "openbox", "xdotool": "xdotool", "xprop": "x11-utils"}
LISTENING = {"dbus-run-session": "dbus", "/usr/libexec/at-spi-bus-launcher": "at-spi2-core"}
LISTENING_MODULES = ("python3-gi", "gir1.2-atspi-2.0")  # for the system's own Python, which alone finds them
INPUT_METHOD = {"ibus-daemon": "ibus", "/usr/lib/ibus-mozc/ibus-engine-mozc": "ibus-mozc"}


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
        subprocess.run([*quiet, "apt-get", "update", "-qq"], check=True)
        subprocess.run([*quiet, *install, "-qq"], check=True)


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
