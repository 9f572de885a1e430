"""A 復元キー for tests, and its screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.screens.desk.recovery_screen import RecoveryScreen
from onestop.services.recovery import Recovery, check_same
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


def nothing() -> None:
    """Do nothing about it."""
