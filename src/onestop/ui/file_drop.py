"""Files that are dropped onto a window, wherever in it: they go to the window and into no field."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_FILES: Final = 1000
"""At once; who drops a whole disk wants something else."""
_DRAGS: Final = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class FileDrop(QObject):
    """Hears of files for a window and for the fields in it that would write their names."""

    def __init__(self, window: QWidget, dropped: Callable[[tuple[Path, ...]], None]) -> None:
        """`dropped` is told the files' paths; nothing of the disk is touched here."""
        super().__init__(window)
        self._dropped = dropped
        window.setAcceptDrops(True)
        for widget in (window, *window.findChildren(QWidget)):
            if widget.acceptDrops():
                widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files; what else is dragged is the field's own."""
        if not (event.type() in _DRAGS and isinstance(event, QDropEvent)):
            return super().eventFilter(watched, event)
        paths = _paths(event)
        if not paths:
            return super().eventFilter(watched, event)
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self._dropped(paths)
        return True


def _paths(event: QDropEvent) -> tuple[Path, ...]:
    files = (url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile())
    return tuple(Path(file) for file in files if file)[:MOST_FILES]
