"""Where Enter stops on its way through a window: the inputs the clerk can change, in tab order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QRadioButton, QWidget

from onestop.ui.fields.fields import Field

if TYPE_CHECKING:
    from collections.abc import Iterator


def stop_after(window: QWidget, start: QWidget | None, *, back: bool = False) -> QWidget | None:
    """Return the next input after `start`, or before it; None at the end."""
    chain = [*_chain(window)]
    place = chain.index(start) if start in chain else -1
    rest = reversed(chain[: max(place, 0)]) if back else iter(chain[place + 1 :])
    return next((widget for widget in rest if is_stop(widget) and not _is_passed_over(widget)), None)


def is_stop(widget: QWidget) -> bool:
    """Whether a clerk can change something here. Buttons, tables and values that are only read are passed over."""
    if not (widget.isEnabled() and widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus):
        return False
    if isinstance(widget.parent(), QAbstractSpinBox):
        return False  # its line, which leads back to it
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        return not widget.isReadOnly()
    return isinstance(widget, QCheckBox | QRadioButton | QComboBox | QAbstractSpinBox)


def _is_passed_over(widget: QWidget) -> bool:
    """Whether Enter goes on: hardly anybody types here. Tab, the arrows and the mouse stop all the same."""
    field = widget.parent()
    return isinstance(field, Field) and field.passed_over


def _chain(window: QWidget) -> Iterator[QWidget]:
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        yield widget
        widget = widget.nextInFocusChain()
