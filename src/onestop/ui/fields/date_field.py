"""A date as the clerk types it, with an echo beside it that shows it in both calendars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy

from onestop.ui.fields.fields import Field
from onestop.ui.fields.line_edit import LineEdit
from onestop.ui.labels import Data

if TYPE_CHECKING:
    from collections.abc import Callable


class DateField(Field):
    """A date in any way of writing that `parse` understands. What cannot be read stays as it was typed."""

    def __init__(
        self,
        name: str,
        label: str,
        parse: Callable[[str], tuple[str, str | None]],
        *,
        mnemonic: str | None = None,
    ) -> None:
        """`parse` takes the text and returns the echo and the error, one of them empty."""
        super().__init__(name, label, mnemonic=mnemonic)
        self._parse = parse
        self.input = LineEdit(12, 40, accepts=bool)  # 12月5日 can be read
        self.input.use_input_method(ime=False)
        self.echo = Data()
        self._hold(self.input)
        self.echo.setWordWrap(True)  # where there is little room, one calendar stands above the other
        self._inputs.addWidget(self.echo, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.input.textEdited.connect(self._typed)

    def show_value(self, value: object) -> None:
        """Show the date as it was typed, with its echo."""
        if str(value) != self.value():
            self.input.show_text(str(value))
            self._read(complain=not self.input.hasFocus())

    def value(self) -> str:
        """Return what was typed."""
        return self.input.text()

    def settle(self) -> None:
        """Read what was typed, and say what is wrong with it."""
        self._read(complain=True)

    def _typed(self, text: str) -> None:
        self._read(complain=False)
        self.edited.emit(self.name, text)

    def _read(self, *, complain: bool) -> None:
        echo, error = self._parse(self.value())
        self.echo.setText(echo)
        self._complain(error if complain else None)
        self.input.setAccessibleDescription(self.problem or echo)
