"""データの書き出し from 設定: a folder is named, and everything stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.screens.function_keys import SETTINGS_BUTTONS
from onestop.screens.settings.screen import SettingsScreen
from support.desks import a_desk
from support.screens import Stage

if TYPE_CHECKING:
    from pathlib import Path


def test_everything_is_written_into_the_folder_that_was_named(tmp_path: Path) -> None:
    with a_desk(tmp_path / "data") as room:
        room.a_car()
        stage = Stage(desk=lambda: room.desk)
        screen = stage.open(SettingsScreen(stage.surroundings))
        stage.press(SETTINGS_BUTTONS, "Alt+E", screen)
        proposed, _patterns, chosen = stage.view.save_requests[-1]
        assert proposed.name.startswith("onestop-")

        chosen(tmp_path / "out")

        assert (tmp_path / "out" / "vehicle.jsonl").read_text(encoding="utf-8").count("\n") == 1
        assert screen.message is not None
        assert "「out」に" in screen.message.text
        assert stage.view.folders == [tmp_path / "out"]


def test_into_a_folder_that_holds_something_nothing_is_written(tmp_path: Path) -> None:
    with a_desk(tmp_path / "data") as room:
        stage = Stage(desk=lambda: room.desk)
        screen = stage.open(SettingsScreen(stage.surroundings))
        stage.press(SETTINGS_BUTTONS, "Alt+E", screen)
        _proposed, _patterns, chosen = stage.view.save_requests[-1]

        chosen(tmp_path)

        assert screen.message is not None
        assert "空のフォルダー" in screen.message.text
