"""Spares the real program, where it begins with no database, the migration from nothing."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from onestop.store import migrations
from onestop.store.sqlite.sealing import seal
from support.databases import a_database_file, template

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onestop.store.sqlite.key import Key


@contextmanager
def migrated_once() -> Iterator[None]:
    """Make each new database a copy of one that was migrated from nothing, which takes most of a second."""
    template()
    upgrade = migrations._upgrade

    def upgraded(path: Path, key: Key | None) -> None:
        if migrations.version_of(path, key) is None:
            a_database_file(path)
            if key is not None:
                seal(path, key)
        else:
            upgrade(path, key)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "_upgrade", upgraded)
        yield
