"""What the glass looks like: fonts, Qt's own words, text size, Fusion, and a palette that follows light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QObject, Qt, QTranslator, Signal
from PySide6.QtGui import QAction, QFont, QFontDatabase, QKeySequence, QPalette

from onestop.ui.colours import colours_for, colours_of, palette_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QWidget

FAMILIES = ["BIZ UDGothic", "Noto Sans JP"]
"""BIZ UDGothic is made for forms and has figures of one width; Noto Sans JP has what it lacks, such as 𠮷."""

FONT_FILES = ("BIZUDGothic-Regular.ttf", "BIZUDGothic-Bold.ttf", "NotoSansJP-Regular.ttf")
DATA_POINTS = 11.0
CAPTION_POINTS = 9.0
SIZES = (100, 110, 125, 150, 175, 200)
"""Text sizes in percent."""

CAPTIONS = ("Caption", "Note", "Pill")
"""Widget classes whose text is smaller than the data they stand beside."""


def load_fonts(folder: Path) -> int:
    """Give Qt our fonts, so that Japanese shows on a machine without any; returns how many were found."""
    found = [folder / name for name in FONT_FILES if (folder / name).is_file()]
    return sum(QFontDatabase.addApplicationFont(str(path)) >= 0 for path in found)


def load_words(app: QApplication) -> bool:
    """Let Qt's own windows and menus speak Japanese, whatever the system speaks; returns whether they do."""
    name = "qtbase_ja"
    if app.findChild(QTranslator, name) is not None:
        return True
    words = QTranslator(app)
    words.setObjectName(name)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return words.load(name, folder) and app.installTranslator(words)


def font(points: float, *, bold: bool = False) -> QFont:
    """Return our font at a size in points."""
    made = QFont(FAMILIES)
    made.setStyleHint(QFont.StyleHint.SansSerif)
    made.setPointSizeF(points)
    made.setBold(bold)
    return made


def _show_focus(_left: QWidget | None, reached: QWidget | None) -> None:
    """Let the focus be seen however it was reached: Qt shows it on buttons only after a Tab or an arrow."""
    if reached is not None:
        reached.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        reached.update()


class Theme(QObject):
    """Dresses the application, and again when the system's scheme or the text size changes."""

    sized = Signal(int)
    """The text size in percent, after it was changed."""

    def __init__(
        self, app: QApplication, *, percent: int = 100, remember: Callable[[int], None] = lambda _percent: None
    ) -> None:
        super().__init__(app)
        self._app = app
        self.percent = min(max(percent, SIZES[0]), SIZES[-1])
        """The text size, 100 to 200."""
        self._remember = remember
        self._is_chosen = False
        """Whether the clerk chose a size in this run, which the one remembered must not take back."""
        app.setStyle("Fusion")
        self._dress_fonts()
        self._hints = app.styleHints()  # both kept: PySide drops the second with the first
        self._wishes = self._hints.accessibility()
        self._follow_scheme(self._hints.colorScheme())
        self._hints.colorSchemeChanged.connect(self._follow_scheme)
        self._wishes.contrastPreferenceChanged.connect(self._follow_wish)
        app.focusChanged.connect(_show_focus)

    def larger(self) -> None:
        """Ctrl + plus."""
        self._resize(next((size for size in SIZES if size > self.percent), SIZES[-1]))

    def smaller(self) -> None:
        """Ctrl + minus."""
        self._resize(next((size for size in reversed(SIZES) if size < self.percent), SIZES[0]))

    def usual(self) -> None:
        """Ctrl + 0."""
        self._resize(100)

    def listen_in(self, window: QWidget) -> None:
        """Let the keys of the text sizes work in a window."""
        for keys, change in (
            (("Ctrl++", "Ctrl+="), self.larger),
            (("Ctrl+-",), self.smaller),
            (("Ctrl+0",), self.usual),
        ):
            action = QAction(window)
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.triggered.connect(change)
            window.addAction(action)

    def start_with(self, percent: int) -> None:
        """Take the size remembered from last time, unless another was chosen already."""
        if self._is_chosen:
            return
        self.percent = min(max(percent, SIZES[0]), SIZES[-1])
        self._dress_fonts()
        self.sized.emit(self.percent)

    def _resize(self, percent: int) -> None:
        if percent != self.percent:
            self.percent, self._is_chosen = percent, True
            self._dress_fonts()
            self._remember(percent)
            self.sized.emit(percent)

    def _dress_fonts(self) -> None:
        scale = self.percent / 100
        self._app.setFont(font(DATA_POINTS * scale))
        self._app.setFont(font(DATA_POINTS * scale, bold=True), "PanelTitle")  # type: ignore[arg-type] # see below
        for name in CAPTIONS:
            self._app.setFont(font(CAPTION_POINTS * scale), name)  # type: ignore[arg-type] # the stubs say bytes, PySide takes str alone

    def _follow_scheme(self, scheme: Qt.ColorScheme) -> None:
        self._dress_colours(scheme, self._wishes.contrastPreference())

    def _follow_wish(self, wish: Qt.ContrastPreference) -> None:
        self._dress_colours(self._hints.colorScheme(), wish)

    def _dress_colours(
        self, scheme: Qt.ColorScheme, wish: Qt.ContrastPreference = Qt.ContrastPreference.NoPreference
    ) -> None:
        strong = wish == Qt.ContrastPreference.HighContrast
        self._app.setPalette(palette_of(colours_for(dark=self._is_dark(scheme), strong=strong)))

    def _is_dark(self, scheme: Qt.ColorScheme) -> bool:
        """Tell whether the system is dark; one that names no scheme, as Windows in a contrast theme, by its colours."""
        if scheme == Qt.ColorScheme.Unknown:
            self._app.setPalette(QPalette())  # the system's own again
            return colours_of(self._app.palette()).is_dark
        return scheme == Qt.ColorScheme.Dark
