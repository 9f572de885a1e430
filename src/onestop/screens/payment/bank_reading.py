"""F11 取込 of 納付消込: which file of the bank's is read, and what is wrong with its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.documents.regular_file import FIELD
from onestop.errors import InvalidInput
from onestop.screens.choosing import ask_for_file
from onestop.screens.payment.book_words import (
    IMPORT_PATTERNS,
    IMPORT_TITLE,
    MORE_LINES,
    NOTHING_TAKEN,
    doubtful_text,
)
from onestop.screens.ports import Choice, Message, Question, Tone
from onestop.services.payment.importing import Doubtful

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from onestop.errors import OneStopError
    from onestop.screens.screen import Screen
    from onestop.services.payment.importing import Imported

TOLD_LINES: Final = 3
"""Lines of a file that are told at once; F1 tells all."""


class BankReading:
    """What a screen with F11 取込 of a bank's file holds."""

    def __init__(self, screen: Screen, read: Callable[[Imported], None]) -> None:
        """`read` hears what came of a file."""
        self._screen = screen
        self._read = read
        self.trouble: tuple[str, ...] = ()
        """What is wrong with each line of the file that was read last."""

    def ask(self) -> None:
        """Let the clerk choose a file."""
        ask_for_file(self._screen, IMPORT_TITLE, IMPORT_PATTERNS, self.read)

    def read(self, path: Path, doubtful: Doubtful = Doubtful.ASK) -> None:
        """Take a file into the book; what may be there already is asked about first."""
        desk = self._screen.desk

        def job() -> Imported:
            imported = desk().bank_import.read(path, doubtful)
            desk().settings.remember_import_folder(path)
            return imported

        def arrived(imported: Imported) -> None:
            if imported.doubtful:
                self._ask_doubtful(path, imported)
            else:
                self._read(imported)

        self.forget()
        self._screen.work("銀行の明細を取込中", job, arrived)

    def _ask_doubtful(self, path: Path, imported: Imported) -> None:
        """Let the clerk say whether lines are those that came in a file of another kind."""
        choices = (
            Choice("同じ出金(取り込まない)", lambda: self.read(path, Doubtful.SAME)),
            Choice("別の出金(取り込む)", lambda: self.read(path, Doubtful.OTHERS)),
            Choice("キャンセル", self._screen.view.refresh, safe=True),
        )
        self._screen.view.ask(Question(IMPORT_TITLE, doubtful_text(imported), choices))

    def told_of(self, error: OneStopError) -> Message | None:
        """Keep what is wrong with each line, and return what to say; None: it is no trouble with a file."""
        if not isinstance(error, InvalidInput) or error.problems[0].field != FIELD:
            return None
        first, *others = (problem.message for problem in error.problems)
        self.trouble = (first, *others) if others else ()
        more = f"(ほかに{len(others)}行)" if others else ""
        return Message(NOTHING_TAKEN.format(why=first + more), Tone.ERROR)

    def forget(self) -> None:
        """Something else is looked at now."""
        self.trouble = ()

    @property
    def told(self) -> str:
        """What is wrong, as far as it has room."""
        more = len(self.trouble) - TOLD_LINES
        return "\n".join((*self.trouble[:TOLD_LINES], *([MORE_LINES.format(count=more)] if more > 0 else [])))

    @property
    def whole(self) -> tuple[str, ...]:
        """All of it, where there was no room."""
        return ("\n".join(self.trouble),) if len(self.trouble) > TOLD_LINES else ()
