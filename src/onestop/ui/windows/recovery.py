"""復元キー on the glass: what is to be done, the key, and the field into which it is typed."""

from __future__ import annotations

from PySide6.QtCore import Qt

from onestop.screens.desk.recovery_screen import RecoveryScreen
from onestop.screens.desk.recovery_words import TITLE
from onestop.screens.filing.issue_input import code
from onestop.screens.function_keys import RECOVERY
from onestop.ui.desk_window import DeskWindow
from onestop.ui.fields.fields import CodeField
from onestop.ui.labels import wrapping

LONGEST = 200
"""Letters: more than a key has with all its blanks and hyphens."""


class RecoveryWindow(DeskWindow[RecoveryScreen]):
    """F7 tries what was typed."""

    def __init__(self, screen: RecoveryScreen) -> None:
        super().__init__()
        self.about, self.key = wrapping(), wrapping("shown_key")
        self.key.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.recovery_key = CodeField("recovery_key", TITLE, fold=code, limit=LONGEST, mnemonic="K")
        secret = self.recovery_key.input.inputMethodHints() | Qt.InputMethodHint.ImhSensitiveData
        self.recovery_key.input.setInputMethodHints(secret)
        self.body.hold(self.about, self.key, self.recovery_key, None, spacing=24)
        self.bind(screen, RECOVERY, TITLE, main_key="F7", edit=screen.edit)

    def fill(self, screen: RecoveryScreen) -> None:
        """Show the key, or that it is hidden, and what was typed."""
        self.about.setText(screen.about)
        self.key.show_if_any(screen.shown_key)
        self.recovery_key.show_value(screen.typed)
