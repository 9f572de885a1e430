"""操作者 on the glass: who there is, and below it the one that is being made or changed."""

from __future__ import annotations

from onestop.screens.function_keys import OPERATORS, OPERATORS_BUTTONS
from onestop.screens.operators.screen import ABOUT, MINUTES, RIGHTS, OperatorsScreen
from onestop.ui.desk_window import DeskWindow
from onestop.ui.fields.choice_field import ChoiceField
from onestop.ui.fields.fields import CheckField, TextField, typed_in
from onestop.ui.fields.secret_field import SecretField
from onestop.ui.labels import Caption, wrapping
from onestop.ui.layout import ScrolledPage, column, group, line, row
from onestop.ui.rows.fitted_view import FittedRowsView


class OperatorsWindow(DeskWindow[OperatorsScreen]):
    """F4 begins one, Enter on a row opens it, F10 keeps it."""

    def __init__(self, screen: OperatorsScreen) -> None:
        super().__init__()
        self.rows = FittedRowsView("operators", "操作者の一覧", screen.rows)
        self.lock = ChoiceField("lock_minutes", "無操作で施錠するまで", MINUTES, mnemonic="L")
        self.name = TextField("name", "名前", limit=40, mnemonic="N")
        self.reading = TextField("reading", "読み(かな)", limit=40)
        self.right = ChoiceField("right", "権限", RIGHTS, mnemonic="K")
        self.pin, self.pin_again = SecretField("pin", "暗証番号"), SecretField("pin_again", "暗証番号(もう一度)")
        self.is_active = CheckField("is_active", "使用中", mnemonic="S")
        self.typing, about = wrapping(), Caption(ABOUT)
        about.setWordWrap(True)
        (self.changes,) = (self.action_button("changes", key) for key in OPERATORS_BUTTONS)
        self._lay_out(about)
        self.rows.moved.connect(screen.choose)
        self.rows.opened.connect(lambda _position: self.press("F5"))
        self.bind(screen, OPERATORS, "操作者", main_key="F10", edit=screen.edit)
        self.rows.setFocus()

    def fill(self, screen: OperatorsScreen) -> None:
        """Show the minutes, and what is typed of one."""
        self.lock.show_value(screen.lock_minutes)
        self.typing.setText(screen.typing_text)
        for field in self.typed:
            field.show_value(getattr(screen.editor.form, field.name))
            field.set_locked(not screen.typing)
            field.blame(screen.editor.problem)
        self.rows.show_empty(screen.empty_text)

    def _lay_out(self, about: Caption) -> None:
        self.rows.keep_high()
        first = row((self.name, 3), (self.reading, 3), (self.right, 2))
        second = row((self.pin, 3), (self.pin_again, 3), (self.is_active, 2))
        typed = group("登録・修正", column(self.typing, first, second))
        self.typed = typed_in(typed)
        page = column((self.rows, 1), about, line(self.lock, None, self.changes), typed, spacing=8)
        self.body.hold(ScrolledPage(page))  # for the largest text
