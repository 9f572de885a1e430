"""The shelf of what was being typed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from support.builders import BUILT_AT
from support.databases import a_database

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("each_database")


def test_the_last_typing_of_each_place_is_kept(tmp_path: Path) -> None:
    later = BUILT_AT + dt.timedelta(seconds=2)
    with a_database(tmp_path) as database:
        with database.write() as shelves:
            shelves.typing.put("vehicle/new", '{"owner_name": "見"}', BUILT_AT)
            shelves.typing.put("filing/3", "{}", BUILT_AT)
            shelves.typing.put("vehicle/new", '{"owner_name": "見本"}', later)
        with database.read() as shelves:
            kept = shelves.typing.get("vehicle/new")
            places = [draft.place for draft in shelves.typing.all()]

    assert kept is not None
    assert (kept.form, kept.saved_at) == ('{"owner_name": "見本"}', later)
    assert "見本" not in repr(kept)
    assert places == ["vehicle/new", "filing/3"]


def test_what_was_saved_is_dropped(tmp_path: Path) -> None:
    with a_database(tmp_path) as database:
        with database.write() as shelves:
            shelves.typing.put("filing/3", "{}", BUILT_AT)
        with database.write() as shelves:
            shelves.typing.drop("filing/3")
            shelves.typing.drop("filing/4")
        with database.read() as shelves:
            assert shelves.typing.get("filing/3") is None
            assert shelves.typing.all() == ()
