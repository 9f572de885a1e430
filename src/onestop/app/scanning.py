"""Brings what a scanner writes in any window to QR読取."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from onestop.app.port_watch import PortWatch
from onestop.screens.places import ScanPlace
from onestop.ui.keys.composed_scans import ComposedScans
from onestop.ui.keys.scanner_keys import ScannerKeys

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QApplication

    from onestop.app.desk_access import DeskAccess
    from onestop.app.windows import Windows
    from onestop.clock import Clock
    from onestop.screens.ports import Background

SCREEN: Final = "ScanScreen"
SHORTEST: Final = 8
"""Signs in one go that are a scanner's, where there is nothing to write into; there are bar codes of eight figures."""


class Scanning:
    """Listens from the beginning of the program to its end."""

    def __init__(
        self, app: QApplication, windows: Windows, clock: Clock, background: Background, desk_access: DeskAccess
    ) -> None:
        self._windows = windows
        self._keys = ScannerKeys(app, self._is_scan)
        composed = ComposedScans(app, clock, self._lost)
        port = PortWatch(background, desk_access, self._sent, windows.scanner_stands)
        self._listeners: tuple[ScannerKeys | ComposedScans | PortWatch, ...] = (self._keys, composed, port)

    def end(self) -> None:
        """Hear no more."""
        listeners, self._listeners = self._listeners, ()
        for listener in listeners:
            listener.stop()

    def _is_scan(self, written: str, surely: bool) -> bool:  # noqa: FBT001 - as ScannerKeys calls it
        """Show a scan in QR読取; tell whether it was one. Where codes are read, whatever is written so fast is."""
        from onestop.services.vehicle.scanning import scanned  # noqa: PLC0415 - few cars come by a scanner's keys

        window = self._windows.last_if_any()
        if window is None:
            return False
        no_hand = surely and not _is_secret(QGuiApplication.focusObject())
        scan = scanned(written, surely=no_hand or (len(written) >= SHORTEST and _reads_codes(window)))
        if scan is not None:
            self._windows.show(ScanPlace((scan,)))
        return scan is not None

    def _sent(self, content: bytes) -> None:
        """Show what a scanner at a port sent."""
        from onestop.services.vehicle.scanning import scanned_bytes  # noqa: PLC0415 - as above

        if self._windows.last_if_any() is not None:
            self._windows.show(ScanPlace((scanned_bytes(content),)))

    def _lost(self) -> None:
        """Open QR読取, where no input method is, and let the rest of the scan go."""
        from onestop.services.vehicle.scanning import COMPOSED  # noqa: PLC0415 - the same

        self._keys.be_deaf()
        if self._windows.last_if_any() is not None:
            self._windows.show(ScanPlace((COMPOSED,)))


def _is_secret(focused: QObject | None) -> bool:
    """Whether passwords or keys are written here: long ones by a program that keeps them, as fast as a scanner.

    Qt itself gives this hint to what shows dots.
    """
    return isinstance(focused, QLineEdit) and bool(focused.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData)


def _reads_codes(window: Any) -> bool:  # noqa: ANN401 - any window of the program
    """Whether codes are read here, and no dialog stands before it in which a file's name may be written."""
    return type(window.screen_shown).__name__ == SCREEN and window.isActiveWindow()
