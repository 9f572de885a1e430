"""What is wrong with a file that was not taken in: said above, told with its lines, and all of it by F1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.errors import IN_FILE, InvalidInput
from onestop.screens.ports import Message, Tone

if TYPE_CHECKING:
    from onestop.errors import OneStopError

TOLD_LINES: Final = 3
"""Lines of a file that are told at once; F1 tells all."""
MORE_LINES: Final = "ほか{count:,}行(F1 ですべて読めます)"
NOTHING_TAKEN: Final = "何も取り込んでいません。{why}"


class FileTrouble:
    """What a screen has that takes in files whole or not at all."""

    def __init__(self) -> None:
        self.lines: tuple[str, ...] = ()
        """What is wrong with each line of the file that was read last."""

    def told_of(self, error: OneStopError) -> Message | None:
        """Keep what is wrong with each line, and return what to say; None: it is no trouble with a file."""
        if not isinstance(error, InvalidInput) or error.problems[0].field != IN_FILE:
            return None
        first, *others = (problem.message for problem in error.problems)
        self.lines = (first, *others) if others else ()
        more = f"(ほかに{len(others)}行)" if others else ""
        return Message(NOTHING_TAKEN.format(why=first + more), Tone.ERROR)

    def forget(self) -> None:
        """Something else is looked at now."""
        self.lines = ()

    @property
    def told(self) -> str:
        """What is wrong, as far as it has room."""
        more = len(self.lines) - TOLD_LINES
        return "\n".join((*self.lines[:TOLD_LINES], *([MORE_LINES.format(count=more)] if more > 0 else [])))

    @property
    def whole(self) -> tuple[str, ...]:
        """All of it, where there was no room."""
        return ("\n".join(self.lines),) if len(self.lines) > TOLD_LINES else ()
