"""The list of 保険会社: the one that ships, the desk's own, and one that cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.model.text import to_full_width
from onestop.store.insurers import load_insurers

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Listener


def test_without_a_file_the_shipped_list_holds(tmp_path: Path) -> None:
    names = load_insurers(tmp_path / "insurers.json")
    assert all(to_full_width(name) == name for name in names)
    assert "東京海上日動火災保険株式会社" in names
    assert len(set(names)) == len(names)


def test_the_desks_own_list_takes_its_place(tmp_path: Path) -> None:
    own = tmp_path / "insurers.json"
    own.write_text('{"insurers": ["見本損害保険"]}', encoding="utf-8")
    assert load_insurers(own) == ("見本損害保険",)


def test_one_that_cannot_be_read_is_told_to_the_log(tmp_path: Path, loud_lines: Listener) -> None:
    loud_lines.expect("cannot be read")
    own = tmp_path / "insurers.json"
    own.write_text('{"insurers": "見本"}', encoding="utf-8")
    assert load_insurers(own) == load_insurers(tmp_path / "none.json")
