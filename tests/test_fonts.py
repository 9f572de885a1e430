"""The fonts we ship: every character that AIRAS accepts can be drawn on a machine without any Japanese font."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QFontDatabase, QRawFont

from onestop.paths import RESOURCES

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

FONTS = RESOURCES / "fonts"
UD_GOTHIC = ("BIZUDGothic-Regular", "BIZUDGothic-Bold")
BEHIND_IT = "NotoSansJP-Regular"
KANJI_AND_SIGNS_OF_JIS_X_0208 = 6879


def jis_x_0208() -> list[str]:
    """Return every character of JIS X 0208, in the order of its 94 rows of 94 cells."""
    cells = (bytes((row, cell)) for row in range(0xA1, 0xFF) for cell in range(0xA1, 0xFF))
    decoded = (cell.decode("euc_jp", errors="ignore") for cell in cells)
    return [character for character in decoded if character]


def jis_x_0201() -> list[str]:
    """Return the printable characters of one byte: ASCII and half-width katakana."""
    codes = (*range(0x20, 0x7F), *range(0xA1, 0xE0))
    return [bytes((code,)).decode("cp932") for code in codes]


def undrawn(name: str, characters: list[str]) -> list[str]:
    font = QRawFont(str(FONTS / f"{name}.ttf"), 11.0)
    assert font.isValid()
    return [character for character in characters if not font.supportsCharacter(ord(character))]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", UD_GOTHIC)
def test_all_of_jis_x_0208_and_0201_can_be_drawn(name: str) -> None:
    assert len(jis_x_0208()) == KANJI_AND_SIGNS_OF_JIS_X_0208
    assert undrawn(name, [*jis_x_0208(), *jis_x_0201()]) == []


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", UD_GOTHIC)
def test_what_we_put_on_the_glass_can_be_drawn(name: str) -> None:
    assert undrawn(name, list("¥￥–✓!×…「」・～〜‐−ー①㈱髙﨑")) == []


@pytest.mark.usefixtures("qapp")
def test_the_font_behind_it_has_the_name_kanji_that_it_lacks() -> None:
    assert undrawn("BIZUDGothic-Regular", ["𠮷"]) == ["𠮷"]
    assert undrawn(BEHIND_IT, ["𠮷"]) == []


@pytest.mark.parametrize(
    ("name", "family"), [*((name, "BIZ UDGothic") for name in UD_GOTHIC), (BEHIND_IT, "Noto Sans JP")]
)
def test_qt_knows_the_families_by_these_names(qtbot: QtBot, name: str, family: str) -> None:
    assert qtbot is not None
    font = QFontDatabase.addApplicationFont(str(FONTS / f"{name}.ttf"))
    assert QFontDatabase.applicationFontFamilies(font) == [family]
    assert QFontDatabase.removeApplicationFont(font)


@pytest.mark.parametrize("font", sorted(path.stem for path in FONTS.glob("*.ttf")))
def test_every_font_ships_with_its_licence(font: str) -> None:
    licence = FONTS / f"{font.partition('-')[0]}-OFL.txt"
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence.read_text(encoding="utf-8")
