"""点検・整備・検査の概要 of one 保適証, for 指定整備元帳; it is kept on this machine and never sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.screens.function_key import Can, no
from onestop.screens.ports import Choice, Question
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


class WorkSummaryScreen(Screen):
    """Nothing is stored before F9 or F10 保存."""

    help_page = "ledger"

    def __init__(self, surroundings: Surroundings, control_number: int) -> None:
        super().__init__(surroundings)
        self._control_number = control_number
        self.stored: WorkSummary | None = None
        self.text = ""

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
        self.text = stored.text

    def edit(self, _name: str, value: object) -> None:
        """Take what stands in the field now."""
        self.text = str(value)
        self.view.refresh()

    def can_save(self) -> Can:
        """Whether there is something that could be saved, and nothing is under way."""
        return no(NOT_READ) if self.stored is None and not self.busy else self.can_work()

    def save(self) -> None:
        """F9 or F10 保存."""
        stored, text = self.stored, self.text
        if stored is not None:
            self.work("保存しています", lambda: self.desk().work_summaries.save(stored, text), self._saved)

    def _saved(self, stored: WorkSummary) -> None:
        self._take(stored)
        self.navigator.changed()
        self.say(SAVED)

    def close(self) -> None:
        """F12 閉じる: a changed text asks."""
        if self.stored is None or self.text == self.stored.text:
            self.view.dismiss()
            return
        choices = (
            Choice("保存", self.save),
            Choice("破棄", self.view.dismiss),
            Choice("戻る", lambda: None, safe=True),
        )
        self.view.ask(Question("保存されていない入力", "入力が保存されていません。どうしますか。", choices))
