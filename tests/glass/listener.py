"""Listens as a screen reader does. Run by the system's Python, which alone has AT-SPI, in a D-Bus session of its own.

    listener.py FIRST STEPS PROGRAM…

starts the bus of AT-SPI, a window manager and the program, waits for a name that begins with FIRST, takes steps (JSON:
keys, and the title of the window that is active then), and prints as JSON what takes the focus in each window, and all
that was announced.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import gi  # type: ignore[import-not-found]  # the system's

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # type: ignore[import-not-found]  # noqa: E402 - as PyGObject wants it

LOOKS, GLANCE = 300, 200
"""So many looks, so many milliseconds apart."""
ALIKE = 3
"""So many looks at a window that found the same: it changes no more. Each asks the program for every node."""
MOST = 60
"""Children that are looked at: a table has a million."""
MANAGER = "openbox"
BUS = "/usr/libexec/at-spi-bus-launcher"


def until(condition: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever is waited for
    """Look again and again until there is an answer; meanwhile events are heard.

    What was there a moment ago and is not any more, as in a window that is just being filled, is no answer.
    """
    for _ in range(LOOKS):
        try:
            answer = condition()
        except GLib.GError:
            answer = None
        if answer:
            return answer
        loop = GLib.MainLoop()
        GLib.timeout_add(GLANCE, loop.quit)
        loop.run()
    sys.exit(f"it never came to be so: {condition.__name__} {steps[:1]}; active is {active()!r}, there are {titles()}")


def program() -> Any:  # noqa: ANN401 - AT-SPI's own
    """Return the program as AT-SPI knows it, once it has a window.

    Asked anew each time: what a program did not answer while it started is remembered as not there.
    """
    desktop = Atspi.get_desktop(0)
    desktop.clear_cache()
    found = [desktop.get_child_at_index(place) for place in range(desktop.get_child_count())]
    return next((each for each in found if each is not None and each.get_name() == "onestop"), None)


def titles() -> list[str]:
    """Return the titles of the program's windows."""
    app = program()
    return [] if app is None else [app.get_child_at_index(place).get_name() for place in range(app.get_child_count())]


def nodes(node: Any) -> Iterator[Any]:  # noqa: ANN401 - AT-SPI's own
    """Yield a node and all below it, as far as it is seen."""
    if not node.get_state_set().contains(Atspi.StateType.SHOWING):
        return
    yield node
    for place in range(min(node.get_child_count(), MOST)):
        child = node.get_child_at_index(place)
        if child is not None:
            yield from nodes(child)


def focusable(title: str) -> list[list[str]]:
    """Return role, name and description of all that takes the focus in a window."""
    app = program()
    windows = [app.get_child_at_index(place) for place in range(app.get_child_count())]
    return [
        [node.get_role_name(), node.get_name() or "", node.get_description() or ""]
        for window in windows
        if window is not None and (window.get_name() or "").startswith(title)
        for node in nodes(window)
        if node.get_state_set().contains(Atspi.StateType.FOCUSABLE)
    ]


def active() -> str:
    """Return the title of the active window."""
    told = subprocess.run(["xdotool", "getactivewindow", "getwindowname"], capture_output=True, text=True, check=False)  # noqa: S607
    return told.stdout.strip()


def is_managed() -> bool:
    """Tell whether the window manager is there."""
    return subprocess.run(["xdotool", "get_num_desktops"], capture_output=True, check=False).returncode == 0  # noqa: S607


def take(step: dict[str, Any]) -> list[list[str]]:
    """Press keys, wait for the window, and return what stands in it once that changes no more."""
    if step["keys"]:
        subprocess.run(["xdotool", "key", "--delay", "60", *step["keys"]], check=True)  # noqa: S603, S607
    until(lambda: active().startswith(step["title"]))
    seen: list[list[list[str]]] = []

    def settled() -> list[list[str]] | None:
        seen.append(focusable(step["title"]))
        return seen[-1] if seen[-ALIKE:] == [seen[-1]] * ALIKE else None

    settled_on: list[list[str]] = until(settled)
    return settled_on


first, steps = sys.argv[1], json.loads(sys.argv[2])
said: list[tuple[str, int]] = []
listener = Atspi.EventListener.new(lambda event: said.append((str(event.any_data), event.detail1)))
heard = []
with ExitStack() as stack:
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}

    def start(command: list[str]) -> subprocess.Popen[bytes]:
        started = stack.enter_context(subprocess.Popen(command, env=os.environ, **quiet))  # noqa: S603 - named in this file or by the test
        stack.callback(started.terminate)
        return started

    def is_managed_at_last() -> bool:
        """Tell whether the window manager is there, and start it anew where it fell over at its start."""
        if managers[-1].poll() is not None:
            managers.append(start([MANAGER, "--sm-disable"]))
        return is_managed()

    start([BUS, "--launch-immediately"])
    managers = [start([MANAGER, "--sm-disable"])]
    until(is_managed_at_last)  # a window that stood there before it comes would never be active
    start(sys.argv[3:])
    until(lambda: program() is not None and any(name.startswith(first) for _role, name, _description in focusable("")))
    listener.register("object:announcement")
    while steps:
        heard.append({"title": steps[0]["title"], "focusable": take(steps[0])})
        steps.pop(0)
sys.stdout.write(json.dumps({"windows": heard, "said": said}))
