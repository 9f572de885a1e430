"""操作者の切替 on the glass: a name, a 暗証番号, and no way past it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from onestop.screens.function_keys import SIGN_IN
from onestop.screens.operators.sign_in_screen import ABOUT, SignInScreen
from onestop.ui.desk_window import DeskWindow
from onestop.ui.enters import is_enter
from onestop.ui.fields.choice_field import ChoiceField
from onestop.ui.fields.secret_field import SecretField
from onestop.ui.labels import wrapping
from onestop.ui.layout import ScrolledPage, column

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class SignInWindow(DeskWindow[SignInScreen]):
    """It stands before all other windows, which take no keys meanwhile."""

    def __init__(self, screen: SignInScreen) -> None:
        super().__init__()
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.operator = ChoiceField("operator", "名前", screen.names, mnemonic="N")
        self.pin = SecretField("pin", "暗証番号", width=16, mnemonic="P")
        self.body.hold(ScrolledPage(column(self.operator, self.pin, wrapping(text=ABOUT), None, spacing=16)))
        self.bind(screen, SIGN_IN, "操作者の切替", main_key="F5", edit=screen.edit)

    def fill(self, screen: SignInScreen) -> None:
        """Show the names, and as many dots as were typed."""
        self.operator.set_options(screen.names)
        self.operator.show_value(screen.operator)
        self.pin.show_value(screen.pin)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter behind the PIN begin at once."""
        if is_enter(event) and self.pin.input.hasFocus() and self.screen_shown.pin:
            self.press("F5")
            event.accept()
        else:
            super().keyPressEvent(event)
