"""The system's windows for choosing a file; where it has none, Qt's own, in Japanese throughout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

LABELS: Final = (
    (QFileDialog.DialogLabel.LookIn, "場所:"),
    (QFileDialog.DialogLabel.FileType, "ファイルの種類:"),
)
"""What Qt's own translation leaves in English."""


def open_dialog(parent: QWidget, title: str, patterns: str, folder: str) -> QFileDialog:
    """Return a window for choosing one file, in the clerk's downloads unless a folder is named."""
    dialog = _dialog(parent, title, patterns)
    dialog.setObjectName("open_file")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    # Not given to the constructor: that takes a folder that is not there for a file's name.
    dialog.setDirectory(folder or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation))
    return dialog


def save_dialog(parent: QWidget, title: str, proposed: Path, patterns: str) -> QFileDialog:
    """Return a window for choosing where to save, in the clerk's documents unless a folder is proposed."""
    dialog = _dialog(parent, title, patterns)
    dialog.setObjectName("save_file")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog.setDirectory(str(proposed.parent) if proposed.is_absolute() else documents)
    dialog.selectFile(proposed.name)
    return dialog


def _dialog(parent: QWidget, title: str, patterns: str) -> QFileDialog:
    dialog = QFileDialog(parent, title, filter=patterns)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if QGuiApplication.platformName() == "offscreen":
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    for label, word in LABELS:
        dialog.setLabelText(label, word)
    return dialog
