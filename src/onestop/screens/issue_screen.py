"""申請書発行: one filing, from 新規 to what AINAS says of it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.errors import OneStopError, Problem
from onestop.model.findings import Severity
from onestop.screens.display import read_day
from onestop.screens.draft_keeper import DraftKeeper
from onestop.screens.fee_lines import fee_rows
from onestop.screens.function_key import Can, no
from onestop.screens.issue_problems import problem_of, problems_in, problems_of, without
from onestop.screens.plate_input import FIELD as PLATE
from onestop.screens.ports import Choice, Question, Tone
from onestop.screens.screen import Screen
from onestop.screens.shown_filing import ShownFiling
from onestop.services.filing_form import PLATE_PARTS, FilingForm, form_of_filing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onestop.model.filing import Filing
    from onestop.model.findings import Finding
    from onestop.screens.screen import Surroundings
    from onestop.services.desk import Desk
    from onestop.services.filings import OpenedFiling
    from onestop.services.review import EstimatedFee

FIRST_FIELD: Final = "planned_date"
ISSUED_ALREADY: Final = "発行済みです。直すときは代理人に連絡してください。"


@dataclass(frozen=True, slots=True)
class _Read:
    """What opening brings from the desk."""

    opened: OpenedFiling
    estimates: tuple[EstimatedFee, ...]
    draft: FilingForm | None = dataclasses.field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class _Sent:
    """What came of F5: the filing as it is written down now, and what went wrong."""

    opened: OpenedFiling
    error: OneStopError | None = None


class IssueScreen(Screen):
    """One filing. Nothing typed is lost, nothing is sent twice, nothing issued can be changed."""

    help_page = "issue"

    def __init__(
        self, surroundings: Surroundings, vehicle_id: int | None = None, control_number: int | None = None
    ) -> None:
        """Open the filing with this 管理番号, or the open filing of a car, or a new one prefilled from the car."""
        super().__init__(surroundings)
        self.form = FilingForm()
        self.shown = ShownFiling()
        self.fee_rows = fee_rows()
        self.problems: tuple[Problem, ...] = ()
        """What is wrong with fields, shown at each until it is changed."""
        self._vehicle_id = vehicle_id
        self._control_number = control_number
        self._stored = self.form
        self._loaded = False
        self._issuing = False
        self._keeper = DraftKeeper(self.background, self.desk, self.failed)

    # --- loading

    def started(self) -> None:
        """Load the filing, and what was being typed when the program last stopped."""
        self.work("読み込み中", self._read, self._opened)

    def reload(self, *, vehicle_id: int | None = None, control_number: int | None = None) -> None:
        """Read the filing again when it or its car was changed elsewhere; what is being typed here stays."""
        everything = vehicle_id is None and control_number is None
        mine = control_number is not None and control_number == self._control_number
        my_car = vehicle_id is not None and vehicle_id == self._vehicle_id
        if self._loaded and not self.busy and not self._issuing and (everything or mine or my_car):
            self.background.run(self._read, self._read_again, self.failed)

    def _read(self) -> _Read:
        desk = self.desk()
        opened = desk.filings.open(self._vehicle_id, self._control_number)
        filing = opened.filing
        draft = desk.typing.found(_place(opened.vehicle_id, filing.control_number if filing else None), opened.form)
        planned = filing.planned_date if filing else None
        return _Read(opened, desk.review.estimates(opened.vehicle_id, planned), draft)

    def _opened(self, read: _Read) -> None:
        self._loaded = True
        self._vehicle_id = read.opened.vehicle_id
        self.shown = ShownFiling(estimates=read.estimates)
        self._take(read.opened.filing, read.opened.form)
        self.message = self.shown.standing_message()
        self.view.refresh()
        self.view.focus_field(FIRST_FIELD)
        if read.draft is None:
            return
        if read.draft == self.form or not self.editable:
            self._keeper.forget(self.place)
        else:
            self._offer(read.draft)

    def _read_again(self, read: _Read) -> None:
        filing = read.opened.filing
        self._show(dataclasses.replace(self.shown, estimates=read.estimates))
        if not self.changed or (filing is not None and not ShownFiling(filing).is_draft):
            self._take(filing, read.opened.form)
        self.view.refresh()

    def _take(self, filing: Filing | None, form: FilingForm) -> None:
        self._show(dataclasses.replace(self.shown, filing=filing))
        self._control_number = filing.control_number if filing else None
        self.form = self._stored = form
        self.problems = ()

    def _show(self, shown: ShownFiling) -> None:
        self.shown = shown
        if shown.fees != self.fee_rows.records:
            self.fee_rows.show(shown.fees)

    def _offer(self, draft: FilingForm) -> None:
        restore = Choice("復元する", lambda: self._restore(draft), safe=True)
        drop = Choice("破棄する", lambda: self._keeper.forget(self.place))
        text = "保存されていない入力が残っています。復元しますか。"
        self.view.ask(Question("入力途中の内容", text, (restore, drop)))

    def _restore(self, draft: FilingForm) -> None:
        self.form = draft
        self.say("保存されていない入力を復元しました。")

    # --- what stands on the glass

    @property
    def editable(self) -> bool:
        """Whether the filing is still ours alone."""
        return self._loaded and self.shown.is_draft

    @property
    def locked(self) -> bool:
        """Whether the fields can only be read now."""
        return not self.editable or self._issuing

    @property
    def changed(self) -> bool:
        """Whether something stands in the fields that is not saved."""
        return self.editable and self.form != self._stored

    @property
    def place(self) -> str:
        """Where unsaved typing is kept."""
        return _place(self._vehicle_id, self._control_number)

    def problem(self, field: str) -> str | None:
        """Return what is wrong with a field."""
        return problem_of(field, self.problems)

    def read_day(self, typed: str) -> tuple[str, str | None]:
        """Return what a typed day means in both calendars, or what is wrong with it."""
        return read_day(typed, self.clock.today())

    # --- typing

    def edit(self, name: str, value: object) -> None:
        """Take what the clerk typed into one field; the four parts of the plate come together."""
        if self.locked:
            return
        changes = {name: value}
        if name == PLATE and isinstance(value, tuple):
            changes = dict(zip(PLATE_PARTS, value, strict=True))
        self.form = dataclasses.replace(self.form, **changes)  # type: ignore[arg-type]  # each field hands its own type
        self.problems = without(name, self.problems)
        self._keeper.changed(self.place, self.form)
        self.view.refresh()

    # --- F10 保存

    def can_change(self) -> Can:
        """Whether it can be saved or sent: 依頼前, and nothing under way."""
        if not self._loaded and not self.busy:
            return no("申請が読み込まれていません。")
        working = self.can_work()
        return working if not working or self.editable else no(ISSUED_ALREADY)

    def save(self) -> None:
        """F10 保存: it stays 依頼前."""
        form = self.form
        saving = self._saving(form)
        self.work("保存中", lambda: saving(self.desk()), lambda filing: self._saved(filing, form))

    def _saving(self, form: FilingForm) -> Callable[[Desk], Filing]:
        """Return the job that saves a form."""
        vehicle_id, filing = self._vehicle_id or 0, self.shown.filing
        number, version = (filing.control_number, filing.version) if filing else (None, None)
        return lambda desk: desk.filings.save(form, vehicle_id, number, version)

    def _saved(self, filing: Filing, form: FilingForm) -> None:
        self._take_saved(filing, form)
        self.say(f"保存しました。管理番号 {filing.control_number}")

    def _take_saved(self, filing: Filing, form: FilingForm) -> None:
        now_typed = self.form
        self._keeper.forget(self.place)
        self._take(filing, form_of_filing(filing))
        if now_typed != form:  # the clerk went on typing while it was saved
            self.form = now_typed
            self._keeper.changed(self.place, now_typed)
        self._tell_others()

    # --- F5 発行

    def issue(self) -> None:
        """F5 発行: save, check, ask about warnings if there are any, send once."""
        form, saving = self.form, self._saving(self.form)
        self._issuing = True
        if self.changed or self.shown.filing is None:
            self.work("保存中", lambda: saving(self.desk()), lambda filing: self._saved_to_issue(filing, form))
        else:
            self._check_form()

    def _saved_to_issue(self, filing: Filing, form: FilingForm) -> None:
        self._take_saved(filing, form)
        self._check_form()

    def _check_form(self) -> None:
        form, vehicle_id = self.form, self._vehicle_id or 0
        self.work("内容を確認中", lambda: self.desk().review.findings(form, vehicle_id), self._reviewed)

    def _reviewed(self, findings: tuple[Finding, ...]) -> None:
        errors = problems_of(Severity.ERROR, findings)
        warnings = problems_of(Severity.WARNING, findings)
        if errors:
            self._show_errors(errors)
        elif warnings:
            self._ask_about(warnings)
        else:
            self._send()

    def _show_errors(self, errors: Sequence[Problem]) -> None:
        self._issuing = False
        self.problems = tuple(each for each in errors if each.field)
        more = f"(ほかに{len(errors) - 1}件)" if len(errors) > 1 else ""
        self.say(errors[0].message + more, Tone.ERROR, errors[0].field or None)

    def _ask_about(self, warnings: Sequence[Problem]) -> None:
        lines = "\n".join(f"・{warning.message}" for warning in warnings)
        back = Choice("戻って直す", lambda: self._go_back(warnings[0].field), safe=True)
        on = Choice("このまま発行する", self._send)
        self.view.ask(Question("発行前の確認", f"次の点を確かめてください。\n\n{lines}", (back, on)))

    def _go_back(self, field: str) -> None:
        self._issuing = False
        self.view.refresh()
        self.view.focus_field(field or FIRST_FIELD)

    def _send(self) -> None:
        number = self.shown.control_number

        def job() -> _Sent:
            desk, trouble = self.desk(), None
            try:
                desk.issuing.issue(number)
            except OneStopError as error:
                trouble = error
            return _Sent(desk.filings.open(None, number), trouble)

        self.work("AINASへ送信中", job, self._sent)

    def _sent(self, sent: _Sent) -> None:
        self._issuing = False
        self._take(sent.opened.filing, sent.opened.form)
        self._tell_others()
        if sent.error is None:
            self.say(f"発行しました。申請ID {self.shown.filing_id}({self.shown.status})")
        else:
            self.failed(sent.error)
            self.view.alarm()

    # --- 申請確認

    def can_check(self) -> Can:
        """Whether there is something to ask AINAS about."""
        return self.can_work() and self.shown.can_check()

    def check(self) -> None:
        """申請確認: ask AINAS about this filing; one whose answer was lost is settled."""
        number, unsettled = self.shown.control_number, self.shown.is_unsettled

        def job() -> Filing:
            desk = self.desk()
            return desk.issuing.settle_one(number) if unsettled else desk.progress.refresh(number)

        self.work("申請状況を確認中", job, self._checked)

    def _checked(self, filing: Filing) -> None:
        self._take(filing, form_of_filing(filing))
        self._tell_others()
        self.message = self.shown.check_message()

    # --- F2 削除, or 取消 at AINAS

    def can_delete(self) -> Can:
        """Whether it may be deleted here, or taken back at AINAS."""
        return self.can_work() and self.shown.can_delete()

    def delete(self) -> None:
        """F2: 削除 while 依頼前, 取消 while 受付前; always after a question."""
        if self.shown.is_draft:
            text = f"管理番号 {self.shown.control_number} の申請を削除します。元に戻せません。"
            self._ask_to("削除", text, "削除する", self._delete_now)
        else:
            text = f"申請ID {self.shown.filing_id} の依頼をAINASで取り消します。元に戻せません。"
            self._ask_to("取消", text, "取消する", self._withdraw_now)

    def _ask_to(self, title: str, text: str, verb: str, action: Callable[[], None]) -> None:
        back = Choice("戻る", self.view.refresh, safe=True)
        self.view.ask(Question(title, text, (back, Choice(verb, action))))

    def _delete_now(self) -> None:
        number = self.shown.control_number
        self.work("削除中", lambda: self.desk().filings.delete(number), self._deleted)

    def _deleted(self, _nothing: None) -> None:
        self._keeper.forget(self.place)
        self._tell_others()
        self.view.dismiss()

    def _withdraw_now(self) -> None:
        number = self.shown.control_number
        self.work("AINASで取消中", lambda: self.desk().filings.withdraw(number), self._withdrawn)

    def _withdrawn(self, filing: Filing) -> None:
        self._take(filing, form_of_filing(filing))
        self._tell_others()
        self.say(f"取消しました。申請ステータス {self.shown.status}")

    # --- F3, F12

    def settings(self) -> None:
        """F3 設定."""
        self.navigator.show_settings()

    def close(self) -> None:
        """F12 閉じる; asks only when something is not saved."""
        if self._issuing:
            self.say("発行が終わるまでお待ちください。", Tone.WARNING)
        elif self.changed:
            back = Choice("戻る", self.view.refresh, safe=True)
            leave = Choice("破棄して閉じる", self._leave)
            self.view.ask(Question("保存していない変更", "変更が保存されていません。", (back, leave)))
        else:
            self.view.dismiss()

    def _leave(self) -> None:
        self._keeper.forget(self.place)
        self.view.dismiss()

    # --- troubles, and news for the other windows

    def failed(self, error: OneStopError) -> None:
        """Tell a trouble, and mark the fields it speaks of."""
        self._issuing = False
        self.problems = problems_in(error)
        super().failed(error)
        if self.problems:
            self.view.focus_field(self.problems[0].field)

    def _tell_others(self) -> None:
        self.navigator.changed(vehicle_id=self._vehicle_id, control_number=self._control_number)


def _place(vehicle_id: int | None, control_number: int | None) -> str:
    """Name where unsaved typing is kept."""
    return f"filing/vehicle/{vehicle_id}" if control_number is None else f"filing/{control_number}"
