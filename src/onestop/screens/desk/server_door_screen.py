"""接続先データベース where the desk is not open: address and password are tried, kept, and the desk opens with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.errors import ServerNotOpened
from onestop.screens.desk import server_words as words
from onestop.screens.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.errors import OneStopError
    from onestop.screens.screen import Surroundings
    from onestop.services.server_door import ServerDoor


class ServerDoorScreen(Screen):
    """F7 tries what was typed; whoever closes without that is asked again. The password is never written down."""

    help_page = "settings"

    def __init__(
        self, surroundings: Surroundings, door: ServerDoor, done: Callable[[], None], left: Callable[[], None]
    ) -> None:
        """`done` runs once the server let this desk in, `left` when the window is closed without."""
        super().__init__(surroundings)
        self.url = door.url
        self.password = ""
        self.is_given = door.is_given
        self._door = door
        self._done = done
        self._left = left

    def started(self) -> None:
        """Begin at the password: it is what is missing most."""
        self.view.focus_field("database_password")

    @property
    def about(self) -> str:
        """What is to be done here."""
        return words.GIVEN if self.is_given else words.ABOUT

    def edit(self, name: str, value: object) -> None:
        """Take what was typed."""
        self.typed_in(name)
        if name == "database_url":
            self.url = str(value)
        else:
            self.password = str(value)
        self.view.refresh()

    # --- keys

    def check(self) -> None:
        """F7 確認: try the server, and open the desk there."""
        url, password, take = self.url, self.password, self._door.take
        self.work(words.TRYING, lambda: take(url, password), lambda _none: self._taken())

    def _taken(self) -> None:
        self.view.dismiss()
        self._done()

    def failed(self, error: OneStopError) -> None:
        """Say why it could not be opened, and let it be typed again."""
        super().failed(ServerNotOpened(error))

    def close(self) -> None:
        """F12 閉じる."""
        self.view.dismiss()
        self._left()
