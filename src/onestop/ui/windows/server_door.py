"""接続先データベース on the glass where the desk is not open: the address, and the password."""

from __future__ import annotations

from onestop.screens.desk.server_door_screen import ServerDoorScreen
from onestop.screens.desk.server_words import TITLE
from onestop.screens.filing.issue_input import code
from onestop.screens.function_keys import SERVER_DOOR
from onestop.ui.desk_window import DeskWindow
from onestop.ui.fields.fields import CodeField
from onestop.ui.fields.secret_field import SecretField
from onestop.ui.labels import wrapping
from onestop.ui.layout import ScrolledPage, column


class ServerDoorWindow(DeskWindow[ServerDoorScreen]):
    """F7 tries what was typed."""

    def __init__(self, screen: ServerDoorScreen) -> None:
        super().__init__()
        self.database_url = CodeField("database_url", TITLE, fold=code, hint="postgresql://", mnemonic="D")
        self.database_password = SecretField("database_password", "データベースのパスワード", mnemonic="P")
        self.about = wrapping()
        self.body.hold(ScrolledPage(column(self.about, self.database_url, self.database_password, None, spacing=16)))
        self.bind(screen, SERVER_DOOR, TITLE, main_key="F7", edit=screen.edit)

    def fill(self, screen: ServerDoorScreen) -> None:
        """Show the address, and as many dots as were typed."""
        self.about.setText(screen.about)
        self.database_url.show_value(screen.url)
        self.database_url.set_locked(screen.is_given)
        self.database_password.show_value(screen.password)
