"""Whether work is real, told before the settings are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop.store.settings_file import Settings, load_settings, save_settings
from onestop.store.settings_mode import says_real

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("practice", [True, False])
def test_what_was_saved_is_told(tmp_path: Path, *, practice: bool) -> None:
    file = tmp_path / "settings.json"
    save_settings(file, Settings(practice=practice))
    assert says_real(file) is not practice


@pytest.mark.parametrize("text", ["", "{", "[]", '{"practice": 0}', '{"practice": "false"}', '{"practice": null}'])
def test_what_only_a_whole_reading_can_tell_is_not_taken_for_real(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.json"
    assert not says_real(file)
    file.write_text(text, encoding="utf-8")
    assert not says_real(file)


@pytest.mark.parametrize(
    "text",
    [
        '{"practice": false, "text_scale": 7}',
        '{"practice": false, "text_scale": NaN}',
        '{"practice": true, "practice": false}',
        '{"practice": false, "workshop_name": "\\ud800"}',
    ],
)
def test_what_is_taken_for_real_a_whole_reading_takes_for_real_too(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.json"
    file.write_text(text, encoding="utf-8")
    assert says_real(file)
    assert not load_settings(file).settings.practice
