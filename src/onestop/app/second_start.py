"""A second start calls the first one of the same data folder, which comes forward instead of it.

The connection is the whole message, and one byte the whole answer: nothing of what anybody works on goes through it.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

if TYPE_CHECKING:
    from onestop.paths import DataFolder

log = logging.getLogger(__name__)

PATIENCE: Final = 3000
"""Milliseconds in which the first one answers, unless it stands still."""
HEARD: Final = b"!"


def name_of(folder: DataFolder) -> str:
    """Return where the first start of a data folder listens: the name of a socket, or of a pipe on Windows."""
    place = os.path.normcase(folder.root.resolve())
    return f"onestop-{hashlib.sha256(place.encode()).hexdigest()[:32]}"


class StartListener(QObject):
    """Listens in the process that has the data folder."""

    started_again = Signal()
    """The program was started again."""

    def __init__(self, folder: DataFolder) -> None:
        super().__init__()
        self._name = name_of(folder)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def listen(self) -> None:
        """Hear of further starts. Only for who has the folder: a socket still there was left by a killed process."""
        if self._server.isListening():
            return
        QLocalServer.removeServer(self._name)
        if not self._server.listen(self._name):
            log.warning("a second start will not find this one: %s", self._server.serverError().name)

    def stop_listening(self) -> None:
        """Hear of no more starts, and go."""
        self._server.close()
        self.deleteLater()

    def _answer(self) -> None:
        while self._server.hasPendingConnections():
            caller = self._server.nextPendingConnection()
            caller.disconnected.connect(caller.deleteLater)
            self.started_again.emit()
            caller.write(HEARD)
            caller.disconnectFromServer()


class SecondStart(QObject):
    """Calls the process that has a data folder once; waits for the answer without blocking the window."""

    answered = Signal(bool)
    """Whether anybody heard."""

    def __init__(self, folder: DataFolder) -> None:
        super().__init__()
        self._name = name_of(folder)
        self._socket = QLocalSocket(self)
        self._socket.readyRead.connect(self._heard)
        self._socket.errorOccurred.connect(self._not_heard)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._not_heard)

    def call(self) -> None:
        """Call; the answer comes by `answered`."""
        if sys.platform == "win32":
            import ctypes  # noqa: PLC0415 - Windows alone needs it

            ctypes.windll.user32.AllowSetForegroundWindow(-1)  # any process: else the other only blinks in its bar
        self._patience.start(PATIENCE)
        self._socket.connectToServer(self._name)

    @Slot()
    def _heard(self) -> None:
        self._end(heard=True)

    @Slot()
    def _not_heard(self) -> None:
        self._end(heard=False)

    def _end(self, *, heard: bool) -> None:
        self._patience.stop()
        self._socket.blockSignals(True)  # noqa: FBT003 - Qt's setters take no names
        self._socket.abort()
        self.answered.emit(heard)
        self.deleteLater()
