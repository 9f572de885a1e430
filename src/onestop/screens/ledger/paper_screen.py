"""紙の適合証 追加/修正: a 保適証 on paper for 指定整備元帳; the rest of it is taken from the car."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from onestop.errors import Problem
from onestop.model.certificate_words import PaperKind, VehicleCategory
from onestop.model.wareki import format_short
from onestop.screens.editor import Editor
from onestop.screens.function_key import Can, no
from onestop.screens.ports import Choice, Tone
from onestop.screens.required_fields import required_of_paper
from onestop.screens.screen import Screen
from onestop.services.ledger.paper_form import PaperForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.screens.screen import Surroundings
    from onestop.services.ledger.paper_form import OpenedPaper

KINDS: Final = tuple((kind.value, kind.value) for kind in PaperKind)
CATEGORIES: Final = (("", "車両のとおり"), *((each.value, each.value) for each in VehicleCategory))
ADDED: Final = "元帳に追加しました(管理番号 {number})。続けて入力できます。"
CORRECTED: Final = "保存しました。"
VOIDED: Final = "書損にしました。番号は元帳に残り、交付実績報告書では削除した番号に数えます。"
RESTORED: Final = "書損を取り消しました。"
NOT_READ: Final = "適合証が読み込まれていません。"
TICK_INSTEAD: Final = "追加するときは「書損・削除」にチェックを付けて、理由を入力してください。"
SAVE_FIRST: Final = "保存していない変更があります。先に F10 保存 を行ってください。"
NO_REASON: Final = "書損の理由を入力してから、もう一度 F2 を押してください。"
ABOUT_ADDING: Final = (
    "登録番号・車名・型式・依頼者は、この車台番号の車両から写します。中古新規と予備検査では、登録番号は元帳に載せません。"
    "書き損じや取り消した用紙は「書損・削除」にチェックを付けて理由を入力すると、削除した番号として数えます。"
)
ABOUT_CORRECTING: Final = (
    "登録番号・車名・型式・依頼者は、元帳に入れたときのままです。車台番号を変えるか「車両から写し直す」にチェックを付けると、"
    "車両から写し直します。書損にするときは、理由を入力して F2 を押します。"
)
ABOUT_VOIDED: Final = (
    "この番号は書損です。元帳に残り、交付実績報告書では削除した番号に数えます。取り消すときは F2 を押します。"
)


class PaperScreen(Screen):
    """Nothing is stored before F10 保存, or a question at F2 書損."""

    help_page = "ledger"
    editor: Editor[PaperForm]

    def __init__(self, surroundings: Surroundings, control_number: int | None = None) -> None:
        """Add certificates (None), or correct the one with this 管理番号."""
        super().__init__(surroundings)
        self._control_number = control_number
        self.correcting = control_number is not None
        """Whether one that is stored is corrected, rather than new ones added."""
        self.opened: OpenedPaper | None = None
        """The one that is corrected, as it is stored; None while nothing is."""
        today = format_short(self.clock.today())
        self.editor = Editor(self, PaperForm(inspection_date=today, issue_date=today))

    # --- what stands on the glass

    @property
    def title(self) -> str:
        """The window's."""
        return "紙の適合証の修正" if self.correcting else "紙の適合証の追加"

    @property
    def about(self) -> str:
        """What happens to what is typed."""
        if not self.correcting:
            return ABOUT_ADDING
        return ABOUT_VOIDED if self.editor.form.voided else ABOUT_CORRECTING

    def read_day(self, typed: str) -> tuple[str, str | None]:
        """Return what a typed day means in both calendars, or what is wrong with it."""
        return self.editor.read_day(typed, past=True)

    # --- loading

    def is_required(self, field: str) -> bool:
        """Whether a field has to be filled in."""
        return field in required_of_paper(self.editor.form)

    def started(self) -> None:
        """Read the one that is corrected."""
        number = self._control_number
        if number is not None:
            self.work("読み込み中", lambda: self.desk().paper_book.open(number), self._take)

    def _take(self, opened: OpenedPaper) -> None:
        self.opened = opened
        self.editor.take(opened.form)

    # --- F10 保存

    def can_save(self) -> Can:
        """Whether there is something that could be saved, and nothing is under way."""
        if self.correcting and self.opened is None and not self.busy:
            return no(NOT_READ)
        return self.can_work()

    def save(self) -> None:
        """F10 保存: add it, and stay for the next one by the same 検査員 on the same days; or correct it."""
        form, opened = self.editor.form, self.opened
        if opened is not None:
            self._write("保存中", lambda: self.desk().paper_book.correct(opened, form), CORRECTED)
        else:
            self.work("保存中", lambda: self.desk().paper_book.add(form), self._added)

    def _added(self, number: int) -> None:
        self.editor.take(
            dataclasses.replace(
                self.editor.form, certificate_number="", chassis_number="", insurance_number="", voided=False, reason=""
            )
        )
        self.navigator.changed()
        self.say(ADDED.format(number=number), field="certificate_number")

    def _write(self, busy: str, job: Callable[[], OpenedPaper], told: str) -> None:
        def done(opened: OpenedPaper) -> None:
            self._take(opened)
            self.navigator.changed()
            self.say(told)

        self.work(busy, job, done)

    # --- F2 書損

    def can_void(self) -> Can:
        """Whether one that is stored stands here as it is stored."""
        if not self.correcting:
            return no(TICK_INSTEAD)
        verdict = self.can_save()
        if verdict and _without_reason(self.editor.form) != _without_reason(self.editor.base):
            return no(SAVE_FIRST)
        return verdict

    def void(self) -> None:
        """F2 書損, with the reason that stands in its field, or the end of 書損; always after a question."""
        opened = self.opened
        if opened is None:
            return
        number, reason = opened.form.certificate_number, self.editor.form.reason.strip()
        if opened.form.voided:
            text = f"交付番号 {number} の書損を取り消します。元帳では、また交付した番号に数えます。"
            self.ask("書損の取消", text, Choice("書損を取り消す", lambda: self._restore(opened)))
        elif not reason:
            self.editor.problems = (Problem("reason", NO_REASON),)
            self.say(NO_REASON, Tone.WARNING, "reason")
        else:
            text = f"交付番号 {number} を書損にします。番号は元帳に残り、削除した番号に数えます。\n理由: {reason}"
            self.ask("書損", text, Choice("書損にする", lambda: self._void(opened, reason)))

    def _void(self, opened: OpenedPaper, reason: str) -> None:
        self._write("書損を記録中", lambda: self.desk().paper_book.void(opened, reason), VOIDED)

    def _restore(self, opened: OpenedPaper) -> None:
        self._write("書損を取消中", lambda: self.desk().paper_book.restore(opened), RESTORED)

    # --- F12

    def close(self) -> None:
        """F12 閉じる: a changed form asks."""
        self.editor.leave_or_save("入力", self.save)


def _without_reason(form: PaperForm) -> PaperForm:
    return dataclasses.replace(form, reason="")
