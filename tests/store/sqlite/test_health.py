"""Whether a damaged file is known as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop.errors import StoreError
from onestop.store.sqlite import health
from onestop.store.sqlite.engine import MODULE
from onestop.store.sqlite.health import is_sound, is_whole
from support.damage import WAYS, a_filled_file, broken_middle

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize("thoroughly", [True, False])
def test_a_whole_file_is_sound_and_stays_as_it_is(tmp_path: Path, thoroughly: bool) -> None:  # noqa: FBT001 - both
    path = a_filled_file(tmp_path)
    before = path.read_bytes()

    assert is_sound(path, thoroughly=thoroughly)
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", WAYS, ids=lambda damage: damage.__name__)
def test_every_damage_is_found(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    path = a_filled_file(tmp_path)
    damage(path)

    assert not is_sound(path)


@pytest.mark.parametrize("damage", [way for way in WAYS if way is not broken_middle], ids=lambda way: way.__name__)
def test_most_damage_is_found_at_a_glance(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    path = a_filled_file(tmp_path)
    damage(path)

    assert not is_sound(path, thoroughly=False)


def test_a_file_that_cannot_be_read_is_not_called_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = a_filled_file(tmp_path)

    def fails(*_: object, **_named: object) -> bool:
        error = MODULE.Error("a failing disk")
        error.sqlite_errorcode, error.sqlite_errorname = 10, "SQLITE_IOERR"  # as SQLite does
        raise error

    monkeypatch.setattr(health, "connect_raw", fails)
    with pytest.raises(StoreError, match="SQLITE_IOERR"):
        is_sound(path)


def test_what_cannot_be_read_is_not_whole(tmp_path: Path) -> None:
    assert is_whole(a_filled_file(tmp_path))
    assert not is_whole(tmp_path / "absent.db")


@pytest.mark.parametrize("ways", [b"\2\1", b"\3\2", b"\0\0"])
def test_a_header_that_says_how_to_read_it_otherwise_is_damaged(tmp_path: Path, ways: bytes) -> None:
    path = a_filled_file(tmp_path)
    with path.open("rb+") as file:
        file.seek(18)
        file.write(ways)

    assert not is_sound(path, thoroughly=False)
