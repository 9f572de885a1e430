"""申請書発行: one filing, from 新規 to what AINAS says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.screens.filing.fee_lines import fee_table
from onestop.screens.filing.shown import ShownFiling
from onestop.screens.function_key import YES
from onestop.screens.places import ComparePlace
from onestop.screens.ports import Choice, Question, Tone
from onestop.screens.sending_screen import SendingScreen
from onestop.screens.wording import Errand
from onestop.services.filing.car import BesideCar
from onestop.services.filing.form import FilingForm

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onestop.errors import Problem
    from onestop.model.filing import Filing
    from onestop.model.findings import Finding
    from onestop.model.inspection_days import InspectionDays
    from onestop.screens.form_screen import Read
    from onestop.screens.function_key import Can
    from onestop.screens.open_question import Decides
    from onestop.screens.screen import Surroundings
    from onestop.services.desk import Desk
    from onestop.services.filing.review import EstimatedFee

FIRST_FIELD: Final = "planned_date"
CAR_CHANGED: Final = "車両の内容が変わりました。F5 を押すと、この申請を車両の内容に合わせるか確かめます。"


@dataclass(frozen=True, slots=True)
class EstimatedFiling:
    """A filing as the desk opens it, with what its fees are estimated at."""

    form: FilingForm
    filing: Filing | None
    vehicle_id: int
    estimates: tuple[EstimatedFee, ...]
    beside_car: BesideCar
    days: InspectionDays


class IssueScreen(SendingScreen[FilingForm, EstimatedFiling, ShownFiling]):
    """One filing. Nothing typed is lost, nothing is sent twice, nothing issued can be changed."""

    help_page = "issue"
    look = "申請確認(Alt+K)"
    kept_as = "filing"
    noun = "申請"
    sending_word = "発行"
    sent_to = "AINAS"
    number_word = "申請ID"
    checking = "申請状況を確認中"
    first_field = FIRST_FIELD

    def __init__(
        self, surroundings: Surroundings, vehicle_id: int | None = None, control_number: int | None = None
    ) -> None:
        super().__init__(surroundings, vehicle_id, control_number)
        self.fee_rows = fee_table()
        self._beside = BesideCar()

    # --- opening and saving

    def _blank(self) -> tuple[FilingForm, ShownFiling]:
        return FilingForm(), ShownFiling()

    def _concerns(self, vehicle_id: int | None, control_number: int | None) -> bool:
        mine = control_number is not None and control_number == self._control_number
        return mine or super()._concerns(vehicle_id, control_number)

    def _open(self, desk: Desk, control_number: int | None) -> EstimatedFiling:
        opened = desk.filings.open(self._vehicle_id, control_number)
        planned = opened.filing.planned_date if opened.filing else None
        estimates = desk.review.estimates(opened.vehicle_id, planned)
        days = desk.review.days(opened.form, opened.vehicle_id)
        return EstimatedFiling(opened.form, opened.filing, opened.vehicle_id, estimates, opened.beside_car, days)

    def _showing(self, opened: EstimatedFiling) -> ShownFiling:
        return ShownFiling(opened.filing, opened.estimates, opened.days)

    def _opened(self, read: Read[FilingForm, EstimatedFiling]) -> None:
        super()._opened(read)
        if read.draft is None and self._beside.differences:
            self._offer_the_cars_words()

    def _reopened(self, opened: EstimatedFiling) -> None:
        self._show(ShownFiling(self.shown.record, opened.estimates, opened.days))
        known = self._beside.differences
        super()._reopened(opened)
        if self._beside.differences and not known:
            self.say(CAR_CHANGED, Tone.WARNING)

    def _take(self, opened: EstimatedFiling) -> None:
        super()._take(opened)
        self._beside = opened.beside_car
        self._show(self.shown)

    def _show(self, shown: ShownFiling) -> None:
        self.shown = shown
        if shown.fees != self.fee_rows.records:
            self.fee_rows.show(shown.fees)

    def _saver(self, desk: Desk, _form: FilingForm) -> Callable[[FilingForm, int, int | None, int | None], Filing]:
        return desk.filings.save

    # --- 車両の内容に合わせる

    def _offer_the_cars_words(self) -> None:
        lines = "\n".join(f"・{each.message}" for each in self._beside.differences)
        leave = Choice("そのままにする", self.view.refresh, safe=True)
        text = f"車両の内容と違うところがあります。\n\n{lines}"
        self.view.ask(Question("車両との違い", text, (leave, self._as_the_car())))

    def _as_the_car(self) -> Choice:
        return Choice("車両の内容に合わせる", self._take_the_cars_words)

    def _take_the_cars_words(self) -> None:
        self.sending = False
        self.editor.type(self._beside.taken_over(self.editor.form))
        self.editor.problems = ()
        self.say("車両の内容に合わせました。確かめて、F5 発行 か F10 保存 を押してください。")

    def _other_ways(self) -> tuple[Choice, ...]:
        return (self._as_the_car(),) if self._beside.differences else ()

    def _show_errors(self, errors: Sequence[Problem]) -> None:
        super()._show_errors(errors)
        if self._beside.differences:
            self._offer_the_cars_words()

    # --- F5 発行, 申請確認

    def _findings(self, desk: Desk, form: FilingForm) -> Sequence[Finding]:
        return desk.review.findings(form, self._vehicle_id or 0)

    def _send_once(self, desk: Desk, control_number: int) -> object:
        return desk.filings.delivery.issue(control_number)

    def _sent_text(self, _before: ShownFiling) -> str:
        return f"発行しました。申請ID {self.shown.filing_id}({self.shown.status})"

    def _ask_service(self, desk: Desk, control_number: int) -> object:
        delivery = desk.filings.delivery
        return (delivery.settle_one if self.shown.is_unsettled else delivery.progress.refresh)(control_number)

    def _decides(self, desk: Desk) -> Decides:
        return desk.filings.delivery.resolution

    # --- F6 照合

    def can_compare(self) -> Can:
        """Whether the car is known."""
        return self.can_work() if self._vehicle_id is None else YES

    def compare(self) -> None:
        """F6 照合: as the filing is saved."""
        if self._vehicle_id is not None:
            self.navigator.show(ComparePlace(self._vehicle_id))

    # --- F2 削除, or 取消 at AINAS

    def can_delete(self) -> Can:
        """Whether it may be deleted here, or taken back at AINAS."""
        return self.can_work() and self.shown.can_delete()

    def delete_word(self) -> str:
        """What F2 does now."""
        return "削除" if self.shown.is_draft else "取消"

    def delete(self) -> None:
        """F2: 削除 while 依頼前, 取消 while 受付前; always after a question."""
        if self.shown.is_draft:
            self._ask_to_delete(f"管理番号 {self.shown.control_number} の申請を削除します。元に戻せません。")
        else:
            text = f"申請ID {self.shown.filing_id} の依頼をAINASで取り消します。元に戻せません。"
            self.ask("取消", text, Choice("取消する", self._withdraw_now))

    def _delete(self, desk: Desk, control_number: int) -> None:
        desk.filings.delete(control_number)

    def _withdraw_now(self) -> None:
        job = self._doing(lambda desk, number: desk.filings.withdraw(number))
        self.work("AINASで取消中", job, self._withdrawn, Errand.WITHDRAWING)

    def _withdrawn(self, opened: EstimatedFiling) -> None:
        self._take_news(opened)
        self.say(f"取消しました。申請ステータス {self.shown.status}")

    # --- news for the other windows

    def _tell_others(self) -> None:
        self.navigator.changed(vehicle_id=self._vehicle_id, control_number=self._control_number)
