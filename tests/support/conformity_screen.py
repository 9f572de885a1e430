"""適合証・証明証発行 without Qt: its keys, and how far a certificate has come there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.screens.function_keys import CONFORMITY, CONFORMITY_BUTTONS
from support.screens import Stage, said

if TYPE_CHECKING:
    from onestop.screens.conformity.screen import ConformityScreen
    from support.clock import FixedClock


def press(key: str, screen: ConformityScreen) -> str | None:
    """Press one of its keys; returns why not."""
    return Stage.press((*CONFORMITY, *CONFORMITY_BUTTONS), key, screen)


def issued(screen: ConformityScreen, clock: FixedClock) -> ConformityScreen:
    """Issue what stands there, after the registry has the 自賠責."""
    clock.advance(hours=1)
    if not screen.editor.form.odometer_km:
        screen.edit("odometer_km", "45200")
    assert press("F5", screen) is None
    assert screen.shown.status == "作成済", said(screen)
    return screen


def being_made(screen: ConformityScreen, stage: Stage) -> ConformityScreen:
    """Issue it and pull it back until it is 作成中."""
    issued(screen, stage.clock)
    screen.edit("pullback_reason", "走行距離の誤り")
    press("Alt+P", screen)
    stage.view.answer("引き戻す")
    stage.clock.advance(minutes=30)
    press("F7", screen)
    assert screen.record.editable
    return screen
