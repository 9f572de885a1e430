"""申請書発行: one filing, from 新規 to what AINAS says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.screens.editor import Editor
from onestop.screens.filing.fee_lines import fee_table
from onestop.screens.filing.shown import ShownFiling
from onestop.screens.function_key import YES
from onestop.screens.open_record import OpenRecord, Read
from onestop.screens.places import ChecklistPlace, ComparePlace, IssuePlace
from onestop.screens.ports import Choice, Question, Tone
from onestop.screens.record_kinds import FILING_KIND
from onestop.screens.record_sending import RecordSending
from onestop.screens.required_fields import required_of_filing
from onestop.screens.screen import Screen
from onestop.services.filing.form import BesideCar, FilingForm

if TYPE_CHECKING:
    from onestop.screens.function_key import Can
    from onestop.screens.screen import Surroundings
    from onestop.services.filing.service import OpenedFiling

CAR_CHANGED: Final = "車両の内容が変わりました。F5 を押すと、この申請を車両の内容に合わせるか確かめます。"


class IssueScreen(Screen):
    """One filing. Nothing typed is lost, nothing is sent twice, nothing issued can be changed."""

    help_page = "issue"
    look = "申請確認(Alt+K)"
    editor: Editor[FilingForm]

    def __init__(
        self, surroundings: Surroundings, vehicle_id: int | None = None, control_number: int | None = None
    ) -> None:
        """Open the filing with this 管理番号, or the open one of a car, or a new one prefilled from the car."""
        super().__init__(surroundings)
        self.editor = Editor(self, FilingForm())
        self.record = OpenRecord(self, self.editor, FILING_KIND, IssuePlace(vehicle_id, control_number), self._taken)
        self._beside_car = BesideCar()
        """Where it says otherwise than its car."""
        self.told, self.value, self.problem = self.record.told, self.editor.value, self.editor.problem
        self.to_service = RecordSending(self, self.editor, self.record, self._ways_to_car, self._offer_car)
        self.fee_rows = fee_table()

    @property
    def shown(self) -> ShownFiling:
        """What stands beside the fields."""
        return self.record.shown

    # --- opening

    def started(self) -> None:
        """Open the filing, and what was being typed when the program last stopped."""
        self.work("読み込み中", self.record.read, self._opened)

    def _opened(self, read: Read[FilingForm, OpenedFiling]) -> None:
        self.record.opened(read)
        if read.draft is None:
            self._offer_car()

    def _taken(self, opened: OpenedFiling) -> None:
        self._beside_car = opened.beside_car
        self._show_fees()

    def _show_fees(self) -> None:
        if self.shown.fees != self.fee_rows.records:
            self.fee_rows.show(self.shown.fees)

    def reload(self, *, vehicle_id: int | None = None, control_number: int | None = None) -> None:
        """It or its car was changed elsewhere; what is being typed here stays."""
        self.record.heard_of(vehicle_id, control_number)

    def idle(self) -> None:
        """Read it again, if that was put off."""
        self.record.catch_up(self._reopened)

    def _reopened(self, opened: OpenedFiling) -> None:
        self.record.shown = ShownFiling(self.shown.record, opened.estimates, opened.days, recording=opened.recording)
        self._show_fees()
        known = self._beside_car.differences
        self.record.reopened(opened)
        if self._beside_car.differences and not known:
            self.say(CAR_CHANGED, Tone.WARNING)

    # --- what its car says otherwise

    def _offer_car(self) -> None:
        """Ask whether to take over what the car says, if it says anything else."""
        if self._beside_car.differences:
            lines = "\n".join(f"・{each.message}" for each in self._beside_car.differences)
            leave = Choice("そのままにする", self.view.refresh, safe=True)
            text = f"車両の内容と違うところがあります。\n\n{lines}"
            self.view.ask(Question("車両との違い", text, (leave, *self._ways_to_car())))

    def _ways_to_car(self) -> tuple[Choice, ...]:
        """Return the button that takes it over, if there is anything to take."""
        return (Choice("車両の内容に合わせる", self._take_from_car),) if self._beside_car.differences else ()

    def _take_from_car(self) -> None:
        self.sending = False
        self.editor.type(self._beside_car.taken_over(self.editor.form))
        self.editor.problems = ()
        self.say("車両の内容に合わせました。確かめて、F5 発行 か F10 保存 を押してください。")

    # --- the fields

    def is_required(self, field: str) -> bool:
        """Whether a field has to be filled in."""
        return field in required_of_filing(self.editor.form)

    def is_locked(self, _field: str) -> bool:
        """Whether a field can only be read now: all or none."""
        return self.record.locked

    def edit(self, name: str, value: object) -> None:
        """Take what the clerk typed into one field."""
        if not self.record.locked:
            self.editor.edit(name, value)

    # --- F10 保存, F5 発行, 申請確認

    def can_change(self) -> Can:
        """Whether it can be saved or issued."""
        return self.record.can_change()

    def save(self) -> None:
        """F10 保存: nothing is sent."""
        self.record.save(self.record.tell_saved)

    def issue(self) -> None:
        """F5 発行."""
        self.to_service.issue()

    def can_check(self) -> Can:
        """Whether there is something to ask AINAS about."""
        return self.to_service.can_check()

    def check(self) -> None:
        """申請確認."""
        self.to_service.check()

    # --- F6 照合, 確認票

    def can_compare(self) -> Can:
        """Whether the car is known."""
        return self.can_work() if self.record.vehicle_id is None else YES

    def compare(self) -> None:
        """F6 照合: as the filing is saved."""
        if self.record.vehicle_id is not None:
            self.navigator.show(ComparePlace(self.record.vehicle_id))

    def open_checklist(self) -> None:
        """Alt+Q 確認票."""
        if self.record.vehicle_id is not None:
            self.navigator.show(ChecklistPlace(self.record.vehicle_id))

    # --- F2 削除, or 取消 at AINAS; F12

    def can_delete(self) -> Can:
        """Whether it may be deleted here, or taken back at AINAS."""
        return self.can_work() and self.shown.can_delete()

    def delete_word(self) -> str:
        """What F2 does now."""
        return "削除" if self.shown.is_draft else "取消"

    def delete(self) -> None:
        """F2: 削除 while 依頼前, 取消 while 受付前; always after a question."""
        if self.shown.is_draft:
            number = self.shown.control_number
            self.record.ask_to_delete(f"管理番号 {number} の申請を削除します。元に戻せません。")
        else:
            text = f"申請ID {self.shown.filing_id} の依頼をAINASで取り消します。元に戻せません。"
            self.ask("取消", text, Choice("取消する", self._withdraw))

    def _withdraw(self) -> None:
        self.record.withdraw(
            "AINASで取消中",
            lambda desk, number: desk.filings.withdraw(number),
            lambda: f"取り消しました。申請ステータス {self.shown.status}",
        )

    def close(self) -> None:
        """F12 閉じる; asks only when something is not saved."""
        self.record.leave(self.view.dismiss)
