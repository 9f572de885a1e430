"""検査員 are in the database; what an earlier program or 練習モード left in the settings file is taken over, once."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from onestop.app.opening import OpenDesk

pytestmark = pytest.mark.usefixtures("each_database")


def typed(desk: OpenDesk, inspectors: str) -> None:
    settings = desk.desk.settings
    settings.save(dataclasses.replace(settings.state().form, inspectors=inspectors))


def shown(desk: OpenDesk) -> str:
    return desk.desk.settings.state().form.inspectors
