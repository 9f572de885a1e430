"""Alt+J 除外・解除 of 納付消込: lines that nothing is to be ticked for, and what was answered of them by mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.screens.payment import book_words as words
from onestop.screens.ports import Choice, Question

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onestop.model.bank import BankLine
    from onestop.screens.screen import Screen
    from onestop.services.payment.reconciling import BookMonth

    Change = Callable[[str, Callable[[], object], str], None]
    """What is said meanwhile, the job, and what is said after it."""


class LeavingOut:
    """What 納付消込 has to leave lines out, and to put them back by the same key."""

    def __init__(self, screen: Screen, change: Change) -> None:
        self._screen = screen
        self._change = change

    def ask(self, line: BankLine, book: BookMonth) -> None:
        """Ask what is meant: an answer given of it, all of its file and month that stand as it does, or this line.

        What the text asks stands last: Alt+Y presses that.
        """
        choices = [Choice("戻る", self._screen.view.refresh, safe=True)]
        matched = line.id in book.matched
        if line.id in book.said_same:
            choices.append(Choice(words.UNSAY, lambda: self._unsay(line)))
        if not matched:
            choices += self._ways_to_mark(line, book)
        text = words.leaving_out_text(line, matched=matched)
        self._screen.view.ask(Question(words.LEAVING_OUT_TITLE, text, tuple(choices)))

    def _ways_to_mark(self, line: BankLine, book: BookMonth) -> list[Choice]:
        verb = "を除外する" if line.left_out_at is None else "の除外を解除する"
        alike = [each.id for each in book.lines if _stand_alike(each, line) and each.id not in book.matched]
        of_file = Choice(f"この月の同じファイルの{len(alike):,}件{verb}", lambda: self._mark(line, alike))
        return [*([of_file] if len(alike) > 1 else ()), Choice(f"この1件{verb}", lambda: self._mark(line, [line.id]))]

    def _mark(self, line: BankLine, ids: Sequence[int]) -> None:
        desk, count = self._screen.desk, f"{len(ids):,}"
        if line.left_out_at is None:
            self._change("除外中", lambda: desk().reconciling.leave_out(ids), words.LEFT_OUT_NOW.format(count=count))
        else:
            self._change("解除中", lambda: desk().reconciling.put_back(ids), words.PUT_BACK_NOW.format(count=count))

    def _unsay(self, line: BankLine) -> None:
        desk, line_id = self._screen.desk, line.id
        told = words.UNSAID_NOW if line.left_out_at is None else words.UNSAID_OF_LEFT_OUT
        self._change("取消中", lambda: desk().reconciling.unsay_same(line_id), told)


def _stand_alike(one: BankLine, other: BankLine) -> bool:
    return one.statement_id == other.statement_id and (one.left_out_at is None) == (other.left_out_at is None)
