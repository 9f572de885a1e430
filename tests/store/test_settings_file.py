"""The settings file: defaults, round trips, and files that cannot be understood."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from onestop.errors import FileHeld, StoreError
from onestop.store.settings_file import LoadedSettings, Settings, load_settings, save_settings
from support.held import HeldFiles

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    loaded = load_settings(tmp_path / "settings.json")

    assert loaded == LoadedSettings(Settings(), found=False)
    assert loaded.settings.practice
    assert loaded.settings.services_url == ""
    assert loaded.settings.text_scale == 100


def test_the_hours_are_those_of_the_manual() -> None:
    hours = Settings().hours

    assert (hours.airas.opens, hours.airas.closes) == (dt.time(8), dt.time(20))
    assert (hours.ainas.opens, hours.ainas.closes) == (dt.time(8), dt.time(22))
    assert (hours.agent.opens, hours.agent.closes, hours.agent.weekdays_only) == (dt.time(9), dt.time(16, 45), True)
    assert (hours.closed_from, hours.closed_to) == ("12-29", "01-03")
    assert not hours.ainas.weekdays_only


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "settings.json"
    settings = Settings(practice=False, services_url="https://見本.example/", agent_site_id="A-1", text_scale=150)
    save_settings(path, settings)

    assert load_settings(path).settings == settings
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("changes", [{"settle_after_seconds": 1}, {"settle_after_seconds": 86_400}])
def test_the_least_and_the_most_that_may_be_set_come_back(tmp_path: Path, changes: dict[str, int]) -> None:
    path = tmp_path / "settings.json"
    save_settings(path, Settings(**changes))
    assert load_settings(path).settings == Settings(**changes)


def test_the_file_can_be_read_by_a_person(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    save_settings(path, Settings(last_import_folder="C:\\車検証"))

    assert '"last_import_folder": "C:\\\\車検証"' in path.read_text(encoding="utf-8")


def test_what_a_newer_program_wrote_survives(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    hours = {"ainas": {"opens": "07:00", "closes": "23:00", "lunch": True}, "ejibai": "always"}
    path.write_text(json.dumps({"agent_site_id": "A-1", "colour": ["red"], "hours": hours}), encoding="utf-8")
    settings = load_settings(path).settings.model_copy(update={"agent_site_id": "B-2"})
    save_settings(path, settings)

    written = json.loads(path.read_text(encoding="utf-8"))
    assert (written["agent_site_id"], written["colour"]) == ("B-2", ["red"])
    assert written["hours"]["ejibai"] == "always"
    assert written["hours"]["ainas"]["lunch"] is True
    assert settings.hours.ainas.opens == dt.time(7)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
    ],
)
def test_a_file_that_cannot_be_understood_is_kept_aside_and_nothing_is_sent(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    loaded = load_settings(path)

    assert loaded.settings == Settings(practice=False)
    assert loaded.settings.services_url == ""
    assert loaded.dropped == ()
    assert loaded.put_aside == tmp_path / "settings.broken.json"
    assert loaded.put_aside.read_bytes() == content
    assert load_settings(path) == LoadedSettings(Settings(practice=False))


@pytest.mark.parametrize(
    ("wrong", "names"),
    [
        ({"text_scale": 320}, ("text_scale",)),
        ({"hours": {"closed_from": "tomorrow"}}, ("hours",)),
        ({"practice": []}, ("practice",)),
        ({"inspectors": [{"code": "1"}], "text_scale": "large"}, ("inspectors", "text_scale")),
    ],
)
def test_one_bad_value_costs_that_setting_alone_and_makes_no_practice(
    tmp_path: Path, wrong: dict[str, object], names: tuple[str, ...]
) -> None:
    path = tmp_path / "settings.json"
    good = {"practice": False, "services_url": "https://oss.example", "agent_site_id": "A-1", "colour": ["red"]}
    path.write_text(json.dumps(good | wrong), encoding="utf-8")
    content = path.read_bytes()
    loaded = load_settings(path)

    kept = loaded.settings
    assert (kept.practice, kept.services_url, kept.agent_site_id) == (False, "https://oss.example", "A-1")
    assert [getattr(kept, name) for name in names if name != "practice"] == [
        getattr(Settings(), name) for name in names if name != "practice"
    ]
    assert loaded.dropped == names
    assert loaded.put_aside is not None
    assert loaded.put_aside.read_bytes() == content
    assert load_settings(path) == LoadedSettings(kept)
    assert json.loads(path.read_text(encoding="utf-8"))["colour"] == ["red"]


def test_a_practice_desk_stays_one(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"practice": true, "text_scale": 5}', encoding="utf-8")

    assert load_settings(path).settings.practice


def test_a_file_that_cannot_be_read_is_the_machines_trouble(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.mkdir()

    with pytest.raises(StoreError, match=r"IsADirectoryError|PermissionError"):
        load_settings(path)


def test_a_broken_file_that_cannot_be_moved_is_the_machines_trouble(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(b"{")
    (tmp_path / "settings.broken.json").mkdir()

    with pytest.raises(StoreError, match=r"IsADirectoryError|PermissionError"):
        load_settings(path)


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    save_settings(path, Settings(agent_site_id="old"))
    (tmp_path / "settings.json.part").mkdir()

    with pytest.raises(StoreError):
        save_settings(path, Settings(agent_site_id="new"))
    assert load_settings(path).settings.agent_site_id == "old"


def test_a_file_that_is_held_for_a_moment_is_read_and_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.json"
    save_settings(path, Settings(agent_site_id="A-1"))
    held = HeldFiles(monkeypatch)
    held.hold("settings.json", times=3)
    assert load_settings(path).settings.agent_site_id == "A-1"
    held.hold("settings.json", times=3)
    held.hold("settings.json.part", times=2)
    save_settings(path, Settings(agent_site_id="B-2"))

    assert held.refused == 8
    assert load_settings(path).settings.agent_site_id == "B-2"


def test_a_file_that_stays_held_is_the_machines_trouble_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "settings.json"
    save_settings(path, Settings(agent_site_id="A-1"))
    held = HeldFiles(monkeypatch)
    held.hold("settings.json")
    with pytest.raises(FileHeld):
        save_settings(path, Settings(agent_site_id="B-2"))
    with pytest.raises(FileHeld):
        load_settings(path)
    held.let_go()

    assert load_settings(path).settings.agent_site_id == "A-1"


def test_readers_and_a_writer_of_one_program_never_have_the_file_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "settings.json"
    save_settings(path, Settings())
    at_the_file = Meeting()
    monkeypatch.setattr(io, "open", at_the_file.alone(io.open))
    monkeypatch.setattr(os, "replace", at_the_file.alone(os.replace))
    with ThreadPoolExecutor(3) as pool:
        reading = [pool.submit(load_settings, path) for _ in range(40)]
        writing = [pool.submit(save_settings, path, Settings(text_scale=100 + each)) for each in range(20)]

    assert all(each.result().found for each in reading)
    assert [each.result() for each in writing] == [None] * 20
    assert at_the_file.most == 1


class Meeting:
    """Counts how many are at a file at once."""

    def __init__(self) -> None:
        self.most = 0
        self._now = 0

    def alone(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - handed on
            self._now += 1
            self.most = max(self.most, self._now)
            time.sleep(0)  # lets another thread in, if one may come
            try:
                return call(*arguments, **named)
            finally:
                self._now -= 1

        return counted
