"""Reads the migrations once for all tests here: they are many, and each command of Alembic reads all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from alembic.script import ScriptDirectory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alembic.config import Config

READ: Final = ScriptDirectory.from_config


@pytest.fixture(scope="session", autouse=True)
def _migrations_read_once() -> Iterator[None]:
    read: dict[str | None, ScriptDirectory] = {}

    def from_config(config: Config) -> ScriptDirectory:
        place = config.get_main_option("script_location")
        if place not in read:
            read[place] = READ(config)
        return read[place]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ScriptDirectory, "from_config", from_config)
        yield
