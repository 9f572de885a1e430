"""A password as a field: typed, and never shown again."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from onestop.ui.fields.fields import Field
from onestop.ui.fields.line_edit import LineEdit


class SecretField(Field):
    """A password: masked, never shown again once stored, and nothing of it to be undone or copied back."""

    def __init__(self, name: str, label: str, *, width: int | None = None, mnemonic: str | None = None) -> None:
        super().__init__(name, label, mnemonic=mnemonic)
        self._more = ""
        self.input = LineEdit(width)
        self.input.setEchoMode(QLineEdit.EchoMode.Password)
        self.input.let_compose(ime=False)
        self.input.refused.connect(lambda _composed: self._complain("半角で入力してください。"))
        self._hold(self.input)
        if width is not None:
            self._inputs.addStretch(1)
        self.input.textEdited.connect(self._typed)

    def show_stored(self, *, stored: bool, more: str = "") -> None:
        """Say whether one is stored, and beside the caption `more` of one that is; what it is never comes here."""
        self._more = more if stored else ""
        self._show_note()
        self.input.setPlaceholderText("設定済み(変えるときだけ入力)" if stored else "未設定")
        self.input.updateGeometry()

    def show_value(self, value: object) -> None:
        """Show as many dots as the clerk has typed so far; the empty text clears the field."""
        self.input.show_text(str(value))

    def value(self) -> str:
        """Return what was typed, and only that."""
        return self.input.text()

    def _echo(self) -> str:
        return self._more

    def _typed(self, text: str) -> None:
        self._complain(None)
        self.edited.emit(self.name, text)
