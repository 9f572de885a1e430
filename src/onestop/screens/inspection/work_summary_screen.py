"""点検・整備・検査の概要 of one 保適証, for 指定整備元帳; it is kept on this machine and never sent."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.screens.editor import Editor
from onestop.screens.function_key import Can, no
from onestop.screens.screen import Screen

if TYPE_CHECKING:
    from onestop.screens.screen import Surroundings
    from onestop.services.inspection.work_summary import WorkSummary

ABOUT: Final = (
    "指定整備記録簿に要る項目です。元帳の画面・印刷・ファイルに出ます。AIRASにも申請にも送られません。"
    "詳しい記録が別にあるときは、「点検整備記録簿のとおり」のように書きます。"
)
NOT_READ: Final = "適合証が読み込まれていません。"
SAVED: Final = "保存しました。"


@dataclass(frozen=True, slots=True)
class SummaryForm:
    """What is typed."""

    work_summary: str = dataclasses.field(default="", repr=False)


class WorkSummaryScreen(Screen):
    """Nothing is stored before F10 保存."""

    help_page = "ledger"
    editor: Editor[SummaryForm]

    def __init__(self, surroundings: Surroundings, control_number: int) -> None:
        super().__init__(surroundings)
        self._control_number = control_number
        self.stored: WorkSummary | None = None
        self.editor = Editor(self, SummaryForm())

    @property
    def car(self) -> str:
        """Whose 保適証 it is."""
        return self.stored.car if self.stored else ""

    def started(self) -> None:
        """Read what is stored."""
        number = self._control_number
        self.work("読み込み中", lambda: self.desk().work_summaries.open(number), self._take)

    def _take(self, stored: WorkSummary) -> None:
        self.stored = stored
        self.editor.take(SummaryForm(stored.text))

    def can_save(self) -> Can:
        """Whether there is something that could be saved, and nothing is under way."""
        return no(NOT_READ) if self.stored is None and not self.busy else self.can_work()

    def save(self) -> None:
        """F10 保存."""
        stored, text = self.stored, self.editor.form.work_summary
        if stored is not None:
            self.work("保存中", lambda: self.desk().work_summaries.save(stored, text), self._saved)

    def _saved(self, stored: WorkSummary) -> None:
        self._take(stored)
        self.navigator.changed()
        self.say(SAVED)

    def close(self) -> None:
        """F12 閉じる: a changed text asks."""
        self.editor.leave_or_save("入力", self.save)
