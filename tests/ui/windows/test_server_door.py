"""接続先データベース on the glass where the desk is not open: by keys alone, the password as dots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from onestop.ui.windows.server_door import ServerDoorWindow
from support.qt import Stand, press, write
from support.recovering import a_server_door_screen

if TYPE_CHECKING:
    from support.screens import Stage

Key = Qt.Key


def test_the_password_is_typed_at_once_and_f7_opens_the_desk(stand: Stand, at_desk: Stage) -> None:
    window = stand(ServerDoorWindow(a_server_door_screen(at_desk.surroundings)))
    assert window.database_url.value() == "postgresql://desk@db.example/onestop"
    assert window.database_password.input.hasFocus()
    assert window.database_password.input.echoMode() is QLineEdit.EchoMode.Password
    write(window.focusWidget(), "secret")
    assert window.screen_shown.password == "secret"
    press(window.focusWidget(), Key.Key_F7)
    assert not window.isVisible()
