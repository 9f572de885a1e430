"""A screen of its own: an X server that draws in memory, a window manager that leaves room for a taskbar, and keys."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from glass.processes import a_process, until

if TYPE_CHECKING:
    from collections.abc import Iterator


NEEDED: Final = ("Xvfb", "openbox", "xdotool", "xprop", "xwininfo", "setpriv")
TASKBAR: Final = 40
"""Pixels at the foot of the screen that are no window's, as on Windows."""
MANNERS: Final = f"""<openbox_config xmlns="http://openbox.org/3.4/rc">
<focus><focusNew>yes</focusNew></focus><margins><bottom>{TASKBAR}</bottom></margins>
</openbox_config>"""
X_NAMES: Final = {"Enter": "Return", "Esc": "Escape", "Space": "space", "Ctrl": "ctrl", "Alt": "alt", "Shift": "shift"}
"""Of the keys that X calls otherwise than this house."""


class Box(NamedTuple):
    """A rectangle on the screen, in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    def holds(self, other: Box) -> bool:
        """Tell whether another one lies wholly in this one."""
        begins = self.left <= other.left and self.top <= other.top
        return begins and self.right >= other.right and self.bottom >= other.bottom


def missing() -> list[str]:
    """Name the programs that a screen of its own needs and that this machine has not."""
    return [name for name in NEEDED if shutil.which(name) is None]


@dataclass(frozen=True, slots=True)
class Display:
    """One screen, with someone at its keyboard."""

    env: dict[str, str] = field(repr=False)
    """For the programs that are to be seen there."""
    log: Path
    """What they said."""
    pictures: Path
    """Where pictures of the screen are kept."""
    user: tuple[str, ...] = ()
    """The command that makes a program another user's."""

    # --- keys, sent by the X server to whichever window has the focus

    def press(self, *keys: str) -> None:
        """Press and release keys such as F5, Enter, Alt+j, or 1."""
        self.ask("xdotool", "key", *map(x_name, keys))

    def type_text(self, text: str) -> None:
        """Type a text that stands on the keys."""
        self.ask("xdotool", "type", "--delay", "5", text)

    def hold(self, key: str, seconds: float = 1.5) -> None:
        """Hold a key down for so long; the X server repeats it meanwhile, some 25 times a second after 0.6 s."""
        name = x_name(key)
        self.ask("xdotool", "keydown", name, "sleep", str(seconds), "keyup", name)

    # --- what the X server knows

    def title(self) -> str:
        """Return the title of the active window, empty where there is none."""
        return self.ask("xdotool", "getactivewindow", "getwindowname").strip()

    def wait_for(self, title: str) -> None:
        """Wait until the window with a title that begins so is the active one."""
        until(f"the window {title!r}, but {self.title()!r}", lambda: self.title().startswith(title))

    def frame(self) -> Box:
        """Return where the active window stands, title bar and borders included."""
        number = self.ask("xdotool", "getactivewindow").strip()
        told = self.ask("xwininfo", "-id", number)
        left, top, width, height = (int(_after(told, word)) for word in ("left X:", "left Y:", "Width:", "Height:"))
        before, behind, above, below = self._numbers("-id", number, "_NET_FRAME_EXTENTS")
        return Box(left - before, top - above, left + width + behind, top + height + below)

    def work_area(self) -> Box:
        """Return what windows may use of the screen."""
        left, top, width, height = self._numbers("-root", "_NET_WORKAREA")[:4]
        return Box(left, top, left + width, top + height)

    # --- what only a program on that screen can see

    def picture(self, name: str) -> Path:
        """Keep a picture of the whole screen, frames and all."""
        path = self.pictures / f"{name}.png"
        self._look("picture", str(path))
        return path

    def copied(self) -> str:
        """Return the text in the clipboard."""
        return self._look("clipboard")

    def ask(self, *command: str) -> str:
        """Run a program on this screen to its end, and return what it prints."""
        with self.log.open("ab") as log:
            done = subprocess.run(command, env=self.env, stdout=subprocess.PIPE, stderr=log, check=False, timeout=30)  # noqa: S603 - named in this file
        return done.stdout.decode("utf-8")

    # --- inside

    def _numbers(self, *of: str) -> list[int]:
        return [int(each) for each in re.findall(r"\d+", self.ask("xprop", *of).partition("=")[2])]

    def _look(self, *what: str) -> str:
        eye = Path(__file__).with_name("eye.py")
        return self.ask(sys.executable, "-P", str(eye), *what)


@contextmanager
def a_display(size: str, folder: Path, pictures: Path) -> Iterator[Display]:
    """Put up a screen of a size such as 1024x768; all that is written on the way lies in `folder`."""
    pictures.mkdir(parents=True, exist_ok=True)
    manners, log = folder / "openbox.xml", folder / "said.log"
    manners.write_text(MANNERS, encoding="utf-8")
    env = {**os.environ, "HOME": str(folder), "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "xcb"}
    env |= {f"XDG_{each}_HOME": str(folder) for each in ("CONFIG", "CACHE", "DATA")}
    with ExitStack() as stack:
        reading, writing = os.pipe()
        stack.callback(os.close, reading)
        server = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset"]
        stack.enter_context(a_process(server, env, log, keep=[writing]))
        os.close(writing)
        number = os.read(reading, 20).decode().strip()
        assert number, f"no X server: {log.read_text(encoding='utf-8')}"
        display = Display({**env, "DISPLAY": f":{number}"}, log, pictures)
        command = ["openbox", "--sm-disable", "--config-file", str(manners)]
        stack.enter_context(a_process(command, display.env, log))
        until("a window manager", lambda: display._numbers("-root", "_NET_WORKAREA"))
        yield display


def x_name(key: str) -> str:
    """Return what X calls a key such as F5, Enter, Alt+j, or 1."""
    parts = [X_NAMES.get(part, part) for part in key.split("+")]
    return "+".join(part.lower() if len(part) == 1 else part for part in parts)  # a capital would press Shift, too


def _after(told: str, word: str) -> str:
    return told.partition(word)[2].split()[0]
