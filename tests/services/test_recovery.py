"""The 復元キー of an open desk: there while its data are encrypted, asked for until it was typed in once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop.errors import InvalidInput
from onestop.paths import DataFolder
from onestop.services.recovery import RecoveryService
from onestop.store.key_check import new_key_check, write_key_check
from onestop.store.sqlite.key import new_key

if TYPE_CHECKING:
    from pathlib import Path

KEY = new_key()


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


def test_legible_data_have_none(folder: DataFolder) -> None:
    service = RecoveryService(folder, None)
    assert service.shown() is None
    assert service.untried() is None


def test_it_is_asked_for_until_it_was_typed_in_from_the_paper(folder: DataFolder) -> None:
    write_key_check(folder, new_key_check(KEY))
    service = RecoveryService(folder, KEY)
    recovery = service.untried()
    assert recovery is not None
    with pytest.raises(InvalidInput):
        recovery.take(new_key().written)
    assert service.untried() is not None
    recovery.take(KEY.written)
    assert service.untried() is None
    shown = service.shown()
    assert shown is not None
    assert " ".join(shown.lines) == KEY.written.replace("-", " ")
    assert KEY.written[:5] not in repr(shown)
