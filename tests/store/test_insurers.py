"""The shop's own list of 保険会社 from an earlier release: read, put aside, and one that cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.store.insurers import own_insurers, put_aside

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Listener


def test_without_a_file_there_is_nothing_to_take_over(tmp_path: Path) -> None:
    assert own_insurers(tmp_path / "insurers.json") is None


def test_its_names_are_read_in_their_order_each_once(tmp_path: Path) -> None:
    own = tmp_path / "insurers.json"
    own.write_text('{"insurers": ["見本損害保険", "見本共済", "見本損害保険"]}', encoding="utf-8")
    assert own_insurers(own) == ("見本損害保険", "見本共済")


def test_one_that_cannot_be_read_is_told_to_the_log_and_stays(tmp_path: Path, loud_lines: Listener) -> None:
    loud_lines.expect("cannot be read")
    own = tmp_path / "insurers.json"
    own.write_text('{"insurers": "見本"}', encoding="utf-8")
    assert own_insurers(own) is None
    assert own.exists()


def test_afterwards_it_stands_beside_its_place(tmp_path: Path) -> None:
    own = tmp_path / "insurers.json"
    own.write_text("{}", encoding="utf-8")
    put_aside(own)
    assert [each.name for each in tmp_path.iterdir()] == ["insurers.taken.json"]


def test_one_that_cannot_be_moved_stays_and_stops_nothing(tmp_path: Path, loud_lines: Listener) -> None:
    loud_lines.expect("cannot be put aside")
    own = tmp_path / "insurers.json"
    own.write_text("{}", encoding="utf-8")
    (tmp_path / "insurers.taken.json").mkdir()
    put_aside(own)
    assert own.exists()
