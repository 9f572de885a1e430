"""料金表, open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop.screens.rates.screen import RatesScreen

if TYPE_CHECKING:
    from support.screens import Stage


@pytest.fixture
def rates(stage: Stage) -> RatesScreen:
    return stage.open(RatesScreen(stage.surroundings))
