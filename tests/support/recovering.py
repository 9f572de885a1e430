"""What is asked for where a desk cannot be opened, for tests: 復元キー and 接続先データベース, and their screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.screens.desk.recovery_screen import RecoveryScreen
from onestop.screens.desk.server_door_screen import ServerDoorScreen
from onestop.services.recovery import Recovery, check_same
from onestop.services.server_door import ServerDoor
from onestop.store.sqlite.key import Key

if TYPE_CHECKING:
    from onestop.screens.screen import Surroundings

KEY = Key(bytes(range(32)))


def a_recovery() -> Recovery:
    """Return one that is to be written down and typed in."""
    return Recovery(lambda typed: check_same(KEY, typed), KEY)


def a_recovery_screen(around: Surroundings) -> RecoveryScreen:
    """Return its screen, which tells nobody."""
    return RecoveryScreen(around, a_recovery(), nothing, nothing)


def a_server_door() -> ServerDoor:
    """Return one through which any password leads."""
    return ServerDoor("postgresql://desk@db.example/onestop", is_given=False, take=lambda _url, _password: None)


def a_server_door_screen(around: Surroundings) -> ServerDoorScreen:
    """Return its screen, which tells nobody."""
    return ServerDoorScreen(around, a_server_door(), nothing, nothing)


def nothing() -> None:
    """Do nothing about it."""
