"""The 復元キー: the key of encrypted data, for somebody to write down and to type in where no keychain has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.clock import JST
from onestop.documents.forms import fill_form
from onestop.documents.papers import RecoveryPaper
from onestop.errors import InvalidInput, Problem
from onestop.services.printing import Sheet, printed_moment
from onestop.services.settings.form import PrintOffset
from onestop.store.key_check import note_tried, read_key_check
from onestop.store.sqlite.key import FIELD, GROUPS, read_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.clock import Clock
    from onestop.paths import DataFolder
    from onestop.store.sqlite.key import Key

ANOTHER: Final = "いま表示した復元キーと違います。書き写した紙の文字を確かめてください。"
IN_LINE: Final = 5
"""Groups in a line of the paper and of the glass."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """What is to be done with a 復元キー now."""

    take: Callable[[str], None]
    """Takes what was typed; on a worker. Raises InvalidInput where it is not the right one."""
    key: Key | None = None
    """The one that is to be written down; None where it is only asked for."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The key as it is written down, line by line; none where it is only asked for."""
        groups = self.key.written.split("-") if self.key else []
        return tuple(" ".join(groups[start : start + IN_LINE]) for start in range(0, len(groups), IN_LINE))

    def sheets(self, clock: Clock) -> tuple[Sheet, ...]:
        """Return the paper on which it stands."""
        moment = clock.now()
        paper = RecoveryPaper(
            recovery_key="\n".join(self.lines),
            groups=str(GROUPS),
            made_on=f"{moment.astimezone(JST):%Y/%m/%d}",
            printed_at=printed_moment(moment),
        )
        return (Sheet(fill_form(paper, practice=False), PrintOffset()),)


class RecoveryService:
    """The 復元キー of the data folder that is open."""

    def __init__(self, folder: DataFolder, key: Key | None) -> None:
        self._folder = folder
        self._key = key

    def untried(self) -> Recovery | None:
        """Return the 復元キー if nobody has shown yet that it was written down.

        Raises:
            StoreError: What stands beside the data cannot be read.
        """
        check = read_key_check(self._folder)
        return self.shown() if check is not None and not check.tried else None

    def shown(self) -> Recovery | None:
        """Return the 復元キー, to be written down and typed in from the paper; None where nothing is encrypted."""
        key = self._key
        return None if key is None else Recovery(lambda typed: self._confirm(key, typed), key)

    def _confirm(self, key: Key, typed: str) -> None:
        check_same(key, typed)
        note_tried(self._folder)


def check_same(key: Key, typed: str) -> None:
    """Make sure that what was typed is this key.

    Raises:
        InvalidInput: It is not.
    """
    if read_key(typed) != key:
        raise InvalidInput(Problem(FIELD, ANOTHER))
