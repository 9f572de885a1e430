"""接続先データベース where the desk is not open: tried by F7, and asked for again where it is closed."""

from __future__ import annotations

from onestop.errors import DataFolderInUse, InvalidInput, OneStopError, Problem, ServerRefused
from onestop.screens.desk import server_words as words
from onestop.screens.desk.server_door_screen import ServerDoorScreen
from onestop.screens.function_keys import SERVER_DOOR
from onestop.screens.ports import Tone
from onestop.screens.wording import OWN
from onestop.services.server_door import ServerDoor
from support.screens import Stage

URL = "postgresql://desk@db.example/onestop"


class Desk:
    """Notes what became of the window, and what was tried."""

    def __init__(self, *, is_given: bool = False) -> None:
        self.stage = Stage()
        self.told: list[str] = []
        self.tried: list[tuple[str, str]] = []
        self.trouble: OneStopError | None = None
        door = ServerDoor(URL, is_given, self._take)
        screen = ServerDoorScreen(
            self.stage.surroundings, door, lambda: self.told.append("done"), lambda: self.told.append("left")
        )
        self.screen = self.stage.open(screen)

    def _take(self, url: str, password: str) -> None:
        self.tried.append((url, password))
        if self.trouble is not None:
            raise self.trouble

    def press(self, key: str) -> str | None:
        return self.stage.press(SERVER_DOOR, key, self.screen)


def test_it_begins_at_the_password_and_says_what_an_empty_address_means() -> None:
    desk = Desk()
    assert desk.stage.view.focused == ["database_password"]
    assert desk.screen.about == words.ABOUT
    assert Desk(is_given=True).screen.about == words.GIVEN


def test_what_was_typed_is_tried_and_then_the_desk_opens() -> None:
    desk = Desk()
    desk.screen.edit("database_url", "postgresql://desk@other.example/onestop")
    desk.screen.edit("database_password", "secret")
    desk.press("F7")
    assert desk.tried == [("postgresql://desk@other.example/onestop", "secret")]
    assert desk.told == ["done"]
    assert desk.stage.view.dismissed


def test_what_is_refused_speaks_of_opening_and_is_typed_again() -> None:
    desk = Desk()
    for desk.trouble, told in (
        (ServerRefused(), words.AT_START[ServerRefused]),
        (DataFolderInUse(), OWN[DataFolderInUse]),
        (InvalidInput(Problem("database_url", "この形では使えません。")), "この形では使えません。"),
    ):
        desk.press("F7")
        assert desk.screen.message is not None
        assert (desk.screen.message.text, desk.screen.message.tone) == (told, Tone.ERROR)
    assert desk.stage.view.focused[-1] == "database_url"
    assert not desk.stage.view.dismissed
    desk.screen.edit("database_url", URL)
    assert desk.screen.message is None


def test_who_closes_it_is_asked_again_and_nothing_was_tried() -> None:
    desk = Desk()
    desk.press("F12")
    assert desk.told == ["left"]
    assert desk.tried == []
