"""紙の適合証の追加: a 保適証 on paper for 指定整備元帳; the rest of it is taken from the car."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from onestop.errors import InvalidInput
from onestop.model.certificate_words import ApplicationKind, VehicleCategory
from onestop.model.ledger import LIMITED
from onestop.model.wareki import format_short
from onestop.screens.display import read_day
from onestop.screens.ports import Choice, Question
from onestop.screens.screen import Screen
from onestop.services.paper_form import PaperForm

if TYPE_CHECKING:
    from onestop.errors import OneStopError, Problem
    from onestop.screens.screen import Surroundings

KINDS: Final = ((LIMITED, LIMITED), (ApplicationKind.COUNTER.value, ApplicationKind.COUNTER.value))
CATEGORIES: Final = (("", "車両のとおり"), *((each.value, each.value) for each in VehicleCategory))
ADDED: Final = "元帳に追加しました(管理番号 {number})。続けて入力できます。"


class PaperScreen(Screen):
    """Nothing is stored before F9 or F10 保存."""

    help_page = "ledger"

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__(surroundings)
        self.blank = self._blank()
        self.form = self.blank
        self.problems: tuple[Problem, ...] = ()

    def _blank(self) -> PaperForm:
        today = format_short(self.clock.today())
        return PaperForm(inspection_date=today, issue_date=today)

    def edit(self, name: str, value: object) -> None:
        """Take what stands in a field of the window now."""
        self.form = dataclasses.replace(self.form, **{name: value})  # type: ignore[arg-type]  # the field's own kind
        self.problems = tuple(each for each in self.problems if each.field != name)
        self.view.refresh()

    def problem(self, name: str) -> str | None:
        """Return what is wrong with a field."""
        return next((each.message for each in self.problems if each.field == name), None)

    def read_day(self, typed: str) -> tuple[str, str | None]:
        """Return what a typed day means in both calendars, or what is wrong with it."""
        return read_day(typed, self.clock.today())

    def save(self) -> None:
        """F9 or F10 保存: add it, and stay for the next one by the same 検査員 on the same days."""
        form = self.form
        self.work("保存しています", lambda: self.desk().ledger.add_paper(form), self._saved)

    def _saved(self, number: int) -> None:
        self.problems = ()
        self.blank = dataclasses.replace(
            self.form, certificate_number="", chassis_number="", insurance_number="", voided=False
        )
        self.form = self.blank
        self.navigator.changed()
        self.say(ADDED.format(number=number), field="certificate_number")

    def failed(self, error: OneStopError) -> None:
        """Blame every field that cannot be stored."""
        if isinstance(error, InvalidInput):
            self.problems = error.problems
        super().failed(error)

    def close(self) -> None:
        """F12 閉じる: a changed form asks."""
        if self.form == self.blank:
            self.view.dismiss()
            return
        choices = (
            Choice("保存", self.save),
            Choice("破棄", self.view.dismiss),
            Choice("戻る", lambda: None, safe=True),
        )
        self.view.ask(Question("保存されていない入力", "入力が保存されていません。どうしますか。", choices))
