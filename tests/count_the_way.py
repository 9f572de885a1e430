"""python tests/count_the_way.py [--show F5]: how long a key's way through the program is, and how much there is of it.

Each way is taken on a real screen at a real desk against the sandbox, once before it is counted, so that nothing counts
which is done the first time only. Only src/onestop counts: its files, its functions, and how many of them stand on each
other at the deepest place. As in the program, work is done on a thread of its own and its answer comes from the event
loop: else whoever asked for the work would stand below both.
"""

from __future__ import annotations

import ast
import os
import sys
import tempfile
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

sys.path.insert(0, str(Path(__file__).resolve().parent))

from onestop import paths
from support.counters import BatchCounter, ListCounter
from support.desks import a_desk
from support.forms import ISSUE_FORM
from support.lookup import opened
from support.screens import InlineBackground, Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import CodeType, FrameType

    from onestop.screens.ports import Ticket
    from support.desks import DeskRoom

SOURCE: Final = Path(paths.__file__).parent
HEAD: Final = "{:<28}{:>8}{:>11}{:>8}\n"


@dataclass(slots=True)
class Way:
    """What ran of the program while it was followed."""

    functions: set[CodeType] = field(default_factory=set)
    deepest: tuple[str, ...] = ()

    @property
    def files(self) -> set[str]:
        """The files of those functions."""
        return {code.co_filename for code in self.functions}

    def shown(self) -> str:
        """Return the stack at the deepest place, and each file with its functions."""
        stack = [f"{'  ' * depth}{each}\n" for depth, each in enumerate(self.deepest, start=1)]
        names = {
            file: sorted(each.co_qualname for each in self.functions if each.co_filename == file) for file in self.files
        }
        files = [f"  {Path(file).relative_to(SOURCE)}: {' '.join(names[file])}\n" for file in sorted(names)]
        return "".join((*stack, *files))

    def saw(self, frame: FrameType, event: str, _argument: object) -> None:
        """Note a call: a hook for sys.setprofile."""
        if event != "call" or not _is_function(frame.f_code):
            return
        self.functions.add(frame.f_code)
        stack = [code for code in _codes(frame) if _is_function(code)]
        if len(stack) > len(self.deepest):
            self.deepest = tuple(f"{Path(code.co_filename).stem}.{code.co_qualname}" for code in reversed(stack))


def _is_function(code: CodeType) -> bool:
    """Tell whether it is a function of the program; comprehensions and lambdas belong to the one they stand in."""
    return code.co_filename.startswith(f"{SOURCE}{os.sep}") and not code.co_name.startswith("<")


def _codes(frame: FrameType | None) -> Iterator[CodeType]:
    while frame is not None:
        yield frame.f_code
        frame = frame.f_back


@contextmanager
def followed() -> Iterator[Way]:
    """Follow what runs here and in the threads that are started here."""
    way = Way()
    threading.setprofile(way.saw)
    sys.setprofile(way.saw)
    try:
        yield way
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def on_workers(run: Callable[..., Ticket]) -> Callable[..., Ticket]:
    """Make `InlineBackground.run` do each work on a thread that was started for it, and wait for its end."""

    def run_there(self: InlineBackground, work: Callable[[], object], *answers: object, **named: bool) -> Ticket:
        def elsewhere() -> object:
            with ThreadPoolExecutor(1) as worker:
                return worker.submit(work).result()

        return run(self, elsewhere, *answers, **named)

    return run_there


def press_and_wait(stage: Stage, press: Callable[[], object]) -> None:
    """Press a key, and only when that is over do what it asked for."""
    stage.background.held = True
    press()
    stage.background.work_all()


def issue(room: DeskRoom) -> Way:
    """F5 発行 of a filing that is saved."""
    (number,) = _drafts(room, 1)
    form = ISSUE_FORM.open(room, room.filing(number).vehicle_id, number)
    with followed() as way:
        press_and_wait(form.stage, lambda: form.press("F5"))
    assert form.screen.shown.filing_id
    return way


def send(room: DeskRoom) -> Way:
    """What F5 asks of the services, once everything was checked."""
    (number,) = _drafts(room, 1)
    with followed() as way:
        room.desk.filings.delivery.issue(number)
    return way


def search(room: DeskRoom) -> Way:
    """F7 検索 in 申請書一覧 with a filing that AINAS is asked about."""
    (number,) = _drafts(room, 1)
    room.desk.filings.delivery.issue(number)
    counter = ListCounter(room)
    counter.opened()
    with followed() as way:
        press_and_wait(counter.stage, lambda: counter.press("F7"))
    assert "状態を確認しました" in counter.said
    return way


def batch(room: DeskRoom) -> Way:
    """F9 一括申請 of three, and F5 in it."""
    numbers = _drafts(room, 3)
    with followed() as way:
        counter = BatchCounter(room, numbers)
        press_and_wait(counter.stage, lambda: counter.press("F5"))
    assert all(room.filing(number).filing_id for number in numbers)
    return way


def lookup(room: DeskRoom) -> Way:
    """A letter typed in 照会."""
    _drafts(room, 1)
    stage = Stage(desk=lambda: room.desk)
    screen = opened(stage)
    with followed() as way:
        press_and_wait(stage, lambda: screen.type("見本"))
    assert screen.found.count
    return way


WAYS: Final[dict[str, Callable[[DeskRoom], Way]]] = {
    "F5 発行": issue,
    "(sending alone)": send,
    "F7 検索": search,
    "F9 一括申請, F5": batch,
    "照会": lookup,
}


def _drafts(room: DeskRoom, count: int) -> list[int]:
    with room.database.read() as shelves:
        begin = 1001 + len(shelves.filings.drafts()) + len(room.sandbox.filings)
    each = range(begin, begin + count)
    return [room.a_draft(plate=f"土浦300さ{number}", chassis_number=f"ZN6-10{number}") for number in each]


@dataclass(frozen=True, slots=True)
class Sources:
    """The program as it is written."""

    lines: int
    private: int
    used_once: int
    """Private functions that are named at one place only."""
    deepest: tuple[str, ...]
    """The class that inherits most of ours, from the oldest on."""


def read_sources(folder: Path = SOURCE) -> Sources:
    """Read every file of the program."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.py"))]
    trees = [ast.parse(text) for text in texts]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    functions = [node.name for node in nodes if isinstance(node, ast.FunctionDef)]
    private = [name for name in functions if name.startswith("_") and not name.startswith("__")]
    used = Counter(_names(nodes))
    bases = {node.name: [_name_of(base) for base in node.bases] for node in nodes if isinstance(node, ast.ClassDef)}
    lines = [_line_of(name, bases) for name in bases]
    return Sources(
        lines=sum(text.count("\n") for text in texts),
        private=len(private),
        used_once=sum(used[name] == 1 for name in private),
        deepest=max(lines, key=len, default=()),
    )


def _names(nodes: list[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr


def _name_of(base: ast.expr) -> str:
    base = base.value if isinstance(base, ast.Subscript) else base
    return base.id if isinstance(base, ast.Name) else ""


def _line_of(name: str, bases: dict[str, list[str]]) -> tuple[str, ...]:
    above = (_line_of(base, bases) for base in bases[name] if base in bases and base != name)
    return (*max(above, key=len, default=()), name)


def main() -> int:
    """Print both; returns the exit code."""
    told = sys.stdout.write
    told(HEAD.format("way", "files", "functions", "depth"))
    InlineBackground.run = on_workers(InlineBackground.run)  # type: ignore[method-assign] # for this process
    for name, take in WAYS.items():
        with tempfile.TemporaryDirectory() as folder, a_desk(Path(folder)) as room:
            take(room)
            way = take(room)
        told(HEAD.format(name, len(way.files), len(way.functions), len(way.deepest)))
        if sys.argv[1:2] == ["--show"] and name.startswith(tuple(sys.argv[2:])):
            told(way.shown())
    sources = read_sources()
    told(f"lines of src/onestop {sources.lines}\n")
    told(f"private functions used once {sources.used_once} of {sources.private}\n")
    told(f"deepest class {len(sources.deepest)}: {' → '.join(sources.deepest)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
