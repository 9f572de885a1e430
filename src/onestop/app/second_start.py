"""A second start calls the first one of the same data folder, which comes forward instead of it.

One line is the whole message, the path of a file to open or nothing, and one byte the whole answer: nothing of what
anybody works on goes through it.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sys
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.paths import DataFolder

log = logging.getLogger(__name__)

PATIENCE: Final = 3000
"""Milliseconds in which the first one answers, unless it stands still."""
AGAIN: Final = 100
"""Milliseconds between two calls while nobody listens: who clicks twice calls one that is only being opened."""
HEARD: Final = b"!"
LONGEST: Final = 100_000
"""Bytes of a message: Windows' longest path in UTF-8. Who says more says nothing of ours."""


def name_of(folder: DataFolder) -> str:
    """Return where the first start of a data folder listens: the name of a socket, or of a pipe on Windows.

    Windows' pipes are one machine's, and its windows are one session's: what comes forward in another is not seen.
    """
    place = f"{_session()}{os.path.normcase(folder.root.resolve())}"
    return f"onestop-{hashlib.sha256(place.encode()).hexdigest()[:32]}"


def _session() -> str:
    """Return which of Windows' sessions this is (a second user's, a remote desktop's); empty on other systems."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - Windows alone needs it

        number = ctypes.c_ulong()
        ctypes.windll.kernel32.ProcessIdToSessionId(os.getpid(), ctypes.byref(number))
        return f"{number.value} "
    return ""


class StartListener(QObject):
    """Listens in the process that has the data folder."""

    started_again = Signal(str)
    """The program was started again; with the path of a file, or with an empty one."""

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
            caller.readyRead.connect(partial(self._hear, caller))
            self._hear(caller)

    def _hear(self, caller: QLocalSocket) -> None:
        """Answer before anything is shown: on a slow machine that may take longer than the other waits."""
        if caller.canReadLine():
            line = bytes(caller.readLine(LONGEST).data())
            caller.write(HEARD)
            caller.flush()
            caller.disconnectFromServer()
            self.started_again.emit(line.decode("utf-8", "replace").removesuffix("\n"))
        elif caller.bytesAvailable() >= LONGEST:
            caller.abort()


class SecondStart(QObject):
    """Calls the process that has a data folder until it listens; waits for the answer without blocking the window."""

    answered = Signal(bool)
    """Whether anybody heard."""

    def __init__(self, folder: DataFolder, file: Path | None = None) -> None:
        super().__init__()
        self._name = name_of(folder)
        self._message = f"{file or ''}\n".encode("utf-8", "replace")
        self._socket = QLocalSocket(self)
        self._socket.connected.connect(self._say)
        self._socket.readyRead.connect(self._heard)
        self._socket.errorOccurred.connect(self._not_reached)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._connect)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._not_heard)

    def call(self) -> None:
        """Call; the answer comes by `answered`, after PATIENCE at the latest."""
        if sys.platform == "win32":
            import ctypes  # noqa: PLC0415 - Windows alone needs it

            ctypes.windll.user32.AllowSetForegroundWindow(-1)  # any process: else the other only blinks in its bar
        self._patience.start(PATIENCE)
        self._connect()

    @Slot()
    def _connect(self) -> None:
        self._socket.connectToServer(self._name)

    @Slot()
    def _say(self) -> None:
        self._socket.write(self._message)

    @Slot()
    def _not_reached(self) -> None:
        self._pause.start(AGAIN)

    @Slot()
    def _heard(self) -> None:
        self._end(heard=True)

    @Slot()
    def _not_heard(self) -> None:
        self._end(heard=False)

    def give_up(self) -> None:
        """Call no more, and answer nobody."""
        self._patience.stop()
        self._pause.stop()
        self._socket.blockSignals(True)  # noqa: FBT003 - Qt's setters take no names
        self._socket.abort()
        self.deleteLater()

    def _end(self, *, heard: bool) -> None:
        self.give_up()
        self.answered.emit(heard)
