"""F11 取込 of 納付消込: which file of the bank's is read, and what is wrong with its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.screens.file_trouble import FileTrouble
from onestop.screens.payment.book_words import IMPORT_TITLE, doubtful_text
from onestop.screens.ports import Choice, Question
from onestop.services.payment.importing import Doubtful

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from onestop.screens.screen import Screen
    from onestop.services.payment.importing import Imported


class BankReading:
    """What a screen with F11 取込 of a bank's file holds."""

    def __init__(self, screen: Screen, read: Callable[[Imported], None]) -> None:
        """`read` hears what came of a file."""
        self._screen = screen
        self._read = read
        self.trouble = FileTrouble()

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

        self.trouble.forget()
        self._screen.work("銀行の明細を取込中", job, arrived)

    def _ask_doubtful(self, path: Path, imported: Imported) -> None:
        """Let the clerk say whether lines are those that came in a file of another kind."""
        choices = (
            Choice("同じ出金(取り込まない)", lambda: self.read(path, Doubtful.SAME)),
            Choice("別の出金(取り込む)", lambda: self.read(path, Doubtful.OTHERS)),
            Choice("キャンセル", self._screen.view.refresh, safe=True),
        )
        self._screen.view.ask(Question(IMPORT_TITLE, doubtful_text(imported), choices))
