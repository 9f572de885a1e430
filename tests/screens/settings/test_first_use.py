"""Tests of the list of what is needed before the first filing."""

from __future__ import annotations

from onestop.screens.settings.first_use import NEEDED, first_use_lines
from onestop.screens.wording import SETTING_NAMES


def test_what_is_missing_set_or_unknown_has_its_sign() -> None:
    lines = first_use_lines(("api_password", "agent_site_id"))
    assert [line[0] for line in lines] == ["□", "✓", "□", "・"]
    assert all(f" {thing.text} [発行: {thing.issuer}]" in line for line, thing in zip(lines, NEEDED, strict=True))


def test_the_sites_are_registered_with_the_web_login_and_not_with_the_api_key() -> None:
    (line,) = (line for line in first_use_lines(()) if "拠点登録" in line)
    assert "こちらはログインID、初期パスワードを使う" in line
    assert any("利用者登録情報" in each for each in first_use_lines(()))


def test_every_needed_setting_has_a_name_on_the_glass() -> None:
    assert {name for thing in NEEDED for name in thing.settings} <= set(SETTING_NAMES)
