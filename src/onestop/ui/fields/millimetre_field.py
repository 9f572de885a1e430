"""A length in millimetres, such as how far a form is moved on the paper: typed, or changed by the arrows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QDoubleSpinBox

from onestop.ui.fields.fields import Field

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent


class MillimetreBox(QDoubleSpinBox):
    """Half a millimetre for an arrow; no input method, and the wheel does nothing."""

    def __init__(self, farthest: float) -> None:
        super().__init__()
        self.setRange(-farthest, farthest)
        self.setDecimals(1)
        self.setSingleStep(0.5)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """Answer that there is nothing to compose in."""
        return False if query == Qt.InputMethodQuery.ImEnabled else super().inputMethodQuery(query)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to whatever scrolls."""
        event.ignore()


class MillimetreField(Field):
    """A labelled length; its value is a number."""

    def __init__(self, name: str, label: str, *, farthest: float, mnemonic: str | None = None) -> None:
        """`farthest` is in mm, in either direction."""
        super().__init__(name, label, mnemonic=mnemonic)
        self.input = MillimetreBox(farthest)
        self._hold(self.input, stretch=0)
        self.input.valueChanged.connect(lambda millimetres: self.edited.emit(self.name, millimetres))

    def show_value(self, value: object) -> None:
        """Show a length, if it differs."""
        millimetres = float(str(value))
        if millimetres != self.value():
            with QSignalBlocker(self.input):
                self.input.setValue(millimetres)

    def value(self) -> float:
        """Return the length."""
        return self.input.value()
