"""確認票 on the glass: the questions with their answers, who answered, and what was answered before."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from onestop.model.checklist import Item
from onestop.screens.filing.issue_input import code
from onestop.screens.function_keys import CHECKLIST, CHECKLIST_BUTTONS
from onestop.screens.inspection.checklist_screen import OPTIONS, QUESTIONS, ChecklistScreen
from onestop.services.inspection.checklist_form import FIELDS, LONGEST_NAME, LONGEST_NUMBER
from onestop.ui.desk_window import DeskWindow
from onestop.ui.fields.choice_field import AnswerField
from onestop.ui.fields.date_field import DateField
from onestop.ui.fields.fields import CodeField, ReadOnlyValue, TextField, typed_in
from onestop.ui.labels import Data, wrapping
from onestop.ui.layout import ScrolledPage, column, said

LETTERS = {Item.CONSENT: "S", Item.TAX: "N", Item.PARKING: "H", Item.RECALL: "R", Item.OBD: "B"}


class ChecklistWindow(DeskWindow[ChecklistScreen]):
    """Space turns an answer, Enter goes to the next; what most cars don't need is passed over, and reached by Alt."""

    def __init__(self, screen: ChecklistScreen) -> None:
        super().__init__()
        self.car, self.fleet = Data(), wrapping()
        self.verdict = ReadOnlyValue("verdict", "まとめ")
        self.answers = {
            item: AnswerField(field, QUESTIONS[item], OPTIONS[field], mnemonic=LETTERS[item])
            for item, field in FIELDS.items()
        }
        self.consent_day = DateField("consent_day", "承諾書の日付", screen.read_consent_day, mnemonic="D")
        until = "まとめての有効期限(空欄なら取り消すまで)"
        self.consent_until = DateField("consent_until", until, screen.editor.read_day, mnemonic="U")
        self.obd_number = CodeField("obd_number", "特例番号・結果の番号", fold=code, limit=LONGEST_NUMBER, mnemonic="G")
        self.answered_by = TextField("answered_by", "確認した人", limit=LONGEST_NAME, width=24, mnemonic="K")
        self.history = ReadOnlyValue("history", "これまでの答え")
        self.ways = [*map(self.action_button, ("folder", "print_consent"), CHECKLIST_BUTTONS)]
        self._lay_out()
        self.fields = typed_in(self.body)
        self.bind(screen, CHECKLIST, "確認票", main_key="F10", edit=screen.edit)

    def fill(self, screen: ChecklistScreen) -> None:
        """Show the answers with what is wrong with them."""
        self.car.setText(screen.car)
        self.verdict.show_value(screen.verdict)
        self.verdict.show_tone(screen.tone)
        self.fleet.setText(screen.fleet_text)
        self.history.show_value(screen.history_text)
        for field in self.fields:
            field.show_value(getattr(screen.editor.form, field.name))
            field.blame(screen.editor.problem)
        for day in (self.consent_day, self.consent_until):
            day.set_locked(screen.rests_on_fleet)
        for field in (self.answers[Item.OBD], self.obd_number):
            field.setVisible(screen.asks_obd)
        self._pass_over(screen)

    def _pass_over(self, screen: ChecklistScreen) -> None:
        """Let Enter go past what is filled already, or not needed for the answers that stand there."""
        form = screen.editor.form
        self.consent_day.passed_over = bool(form.consent_day) or not screen.has_consent
        self.consent_until.passed_over = not screen.gives_fleet_consent
        self.obd_number.passed_over = not screen.needs_obd_number
        self.answered_by.passed_over = bool(form.answered_by)

    def _lay_out(self) -> None:
        questions = QGridLayout()
        questions.setSpacing(10)
        places: tuple[tuple[QWidget, int, int], ...] = (
            (self.answers[Item.CONSENT], 0, 0),
            (self.consent_day, 0, 1),
            (self.consent_until, 1, 1),
            (self.answers[Item.TAX], 1, 0),
            (self.answers[Item.PARKING], 2, 0),
            (self.answers[Item.RECALL], 3, 0),
            (self.answers[Item.OBD], 4, 0),
            (self.obd_number, 4, 1),
            (self.answered_by, 5, 0),
        )
        for widget, line, place in places:
            questions.addWidget(widget, line, place)
        questions.setColumnStretch(0, 1)
        questions.setColumnStretch(1, 1)
        heading = said(self.car, *self.ways)
        page = column(heading, self.verdict, questions, self.fleet, self.history, None, spacing=10)
        self.body.hold(ScrolledPage(page))
