"""Tests of fonts, sizes and colours."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QFileDialog, QProxyStyle, QWidget

from onestop.paths import RESOURCES
from onestop.screens.badge import BadgeKind
from onestop.screens.function_key import FunctionKey
from onestop.screens.ports import Choice, Question, Tone
from onestop.ui.colours import DARK, DARK_STRONG, LIGHT, LIGHT_STRONG, SETS, Colours, Pair, colours_of, palette_of
from onestop.ui.fields.fields import CheckField, Field
from onestop.ui.fields.suggest_field import SuggestField
from onestop.ui.file_dialogs import open_dialog, save_dialog
from onestop.ui.keys.action_button import ActionButton
from onestop.ui.theme import FAMILIES, Theme, font, load_fonts, load_words
from support.qt import asked, wait_active

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from support.qt import SampleWindow

Contrast = Qt.ContrastPreference


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2."""
    values = (channel / 255 for channel in QColor(colour).getRgb()[:3])  # type: ignore[index] # a tuple, say the docs
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values]
    return float(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])


def contrast(pair: Pair) -> float:
    light, dark = sorted((luminance(pair.ink), luminance(pair.paper)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture
def back_to_light(theme: Theme) -> Iterator[None]:
    yield
    theme._dress_colours(Qt.ColorScheme.Light)


def test_the_windows_that_are_qts_own_speak_japanese(qapp: QApplication, qtbot: QtBot) -> None:
    assert load_words(qapp)
    assert load_words(qapp)  # once is enough
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    assert dialog.labelText(QFileDialog.DialogLabel.Reject) == "キャンセル"
    assert dialog.labelText(QFileDialog.DialogLabel.FileName) == "ファイル名(&N):"


def test_no_label_of_a_file_dialog_is_left_in_english(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    load_words(qapp)
    parent = QWidget()
    qtbot.addWidget(parent)
    for dialog in (
        open_dialog(parent, "取込", "車検証 (*.json)", ""),
        save_dialog(parent, "保存", tmp_path, "PDF (*.pdf)"),
    ):
        labels = [dialog.labelText(label) for label in QFileDialog.DialogLabel]
        assert [each for each in labels if each.isascii()] == []


def test_contrast_is_measured_as_the_rule_says() -> None:
    assert contrast(Pair("#000000", "#ffffff")) == pytest.approx(21)
    assert contrast(Pair("#777777", "#ffffff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", SETS)
def test_every_ink_can_be_read_on_its_paper(colours: Colours) -> None:
    weak = [(pair, contrast(pair)) for pair in colours.pairs() if contrast(pair) < 4.5]
    assert weak == []


@pytest.mark.parametrize("colours", [LIGHT_STRONG, DARK_STRONG], ids=["light", "dark"])
def test_the_strong_colours_are_strong(colours: Colours) -> None:
    assert [(pair, contrast(pair)) for pair in colours.pairs() if contrast(pair) < 7] == []
    assert all(contrast(Pair(colours.line, paper)) > 15 for paper in (colours.window, colours.base))


def test_each_set_is_known_by_its_palette_and_whether_it_is_dark() -> None:
    assert [colours_of(palette_of(each)) for each in SETS] == [*SETS]
    assert [each.is_dark for each in SETS] == [False, True, False, True]


@pytest.mark.usefixtures("back_to_light")
def test_with_strong_contrast_whatever_can_be_used_has_an_outline(
    window: SampleWindow, theme: Theme, qtbot: QtBot
) -> None:
    button = ActionButton("check", FunctionKey("Alt+K", "申請確認", lambda _screen: None))
    qtbot.addWidget(button)
    button.show()
    for strong, wish in ((False, Contrast.NoPreference), (True, Contrast.HighContrast)):
        theme._dress_colours(Qt.ColorScheme.Light, wish)
        qtbot.waitUntil(lambda strong=strong: colours_of(window.party_kind.palette()).is_strong is strong)  # type: ignore[misc]  # bound now
        for each in (window.party_kind, button):
            image = each.grab().toImage()
            middle = image.height() - 12
            black = [
                x for x in range(4) if image.pixelColor(x, middle).lightness() < 140
            ]  # half of it, where a line lies between two pixels
            assert bool(black) is strong, each.objectName()
    assert [each.is_strong for each in SETS] == [False, False, True, True]


@pytest.mark.usefixtures("back_to_light")
def test_a_wish_for_strong_contrast_is_followed_live(qapp: QApplication, theme: Theme) -> None:
    theme._wishes.contrastPreferenceChanged.emit(Contrast.HighContrast)
    assert colours_of(qapp.palette()).is_strong
    theme._hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert colours_of(qapp.palette()) is DARK  # the system wishes for no contrast here
    theme._wishes.contrastPreferenceChanged.emit(Contrast.NoPreference)
    assert not colours_of(qapp.palette()).is_strong


@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark], ids=["light", "dark"])
@pytest.mark.usefixtures("back_to_light")
def test_a_locked_choice_is_read_as_well_as_a_locked_text(
    window: SampleWindow, theme: Theme, scheme: Qt.ColorScheme
) -> None:
    theme._dress_colours(scheme)
    looks = []
    for field in (window.owner_name, window.party_kind):
        field.show_value("個人" if field is window.owner_name else "individual")
        looks.append(locked_look(field))
    assert looks[0] == looks[1]
    assert contrast(looks[1]) >= 4.5


@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark], ids=["light", "dark"])
@pytest.mark.usefixtures("back_to_light")
def test_a_locked_tick_and_a_locked_name_are_not_pale(qtbot: QtBot, theme: Theme, scheme: Qt.ColorScheme) -> None:
    theme._dress_colours(scheme)
    ink = (DARK if scheme == Qt.ColorScheme.Dark else LIGHT).text
    for field in (CheckField("officially_stamped", "職権打刻"), SuggestField("insurer", "保険会社")):
        qtbot.addWidget(field)
        field.show_value("見本損保" if isinstance(field, SuggestField) else True)
        field.show()
        assert locked_look(field).ink == ink


@pytest.mark.parametrize("ticked", [True, False])
def test_a_locked_tick_has_no_box_any_more(qtbot: QtBot, ticked: bool) -> None:  # noqa: FBT001 - a case
    field = CheckField("is_active", "使用中")
    qtbot.addWidget(field)
    field.show_value(ticked)
    field.show()
    line = QColor(colours_of(field.palette()).dim)

    def has_box() -> bool:
        image = field.input.grab().toImage()
        return any(image.pixelColor(x, image.height() // 2) == line for x in range(16))

    assert has_box()
    field.set_locked(True)
    assert not has_box()


def locked_look(field: Field) -> Pair:
    """Lock a field and return its ink and its paper."""
    field.set_locked(True)
    box = field.focusProxy()
    assert box is not None
    image = box.grab().toImage()
    seen = Counter(
        image.pixelColor(x, y).name() for x in range(3, image.width() - 3) for y in range(3, image.height() - 3)
    )
    paper = seen.most_common(1)[0][0]
    return max((Pair(ink, paper) for ink in seen), key=contrast)


@pytest.mark.parametrize("colours", SETS)
def test_frames_and_lines_can_be_seen(colours: Colours) -> None:
    for paper in (colours.window, colours.base):
        assert contrast(Pair(colours.accent.paper, paper)) > 3
        assert contrast(Pair(colours.problem, paper)) > 3
        assert contrast(Pair(colours.practice.paper, paper)) > 3


@pytest.mark.parametrize("colours", SETS)
def test_every_role_of_the_palette_can_be_read(colours: Colours) -> None:
    palette = palette_of(colours)
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    for ink, paper in (
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.Text, role.AlternateBase),
        (role.ButtonText, role.Button),
        (role.HighlightedText, role.Highlight),
        (role.ToolTipText, role.ToolTipBase),
        (role.PlaceholderText, role.Base),
    ):
        for each in (group.Active, group.Inactive, group.Disabled):
            pair = Pair(palette.color(each, ink).name(), palette.color(each, paper).name())
            assert contrast(pair) >= 4.5, (ink, each)


def test_each_tone_and_badge_has_its_colours() -> None:
    for colours in (LIGHT, DARK):
        assert len({colours.tone(tone) for tone in Tone}) == 3
        assert len({colours.badge(kind) for kind in BadgeKind}) == 5
        assert colours_of(palette_of(colours)) is colours


def test_the_scheme_of_the_system_is_followed_live(qtbot: QtBot, window: SampleWindow, back_to_light: None) -> None:  # noqa: ARG001 - it cleans up
    window.screen_shown.say("気をつけてください。", Tone.WARNING)
    light = window.grab().toImage()
    hints = QApplication.styleHints()
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    qtbot.waitUntil(lambda: colours_of(window.palette()) is DARK)
    dark = window.grab().toImage()
    assert dark.pixelColor(300, 300).lightness() < 80 < light.pixelColor(300, 300).lightness()
    ink = window.strip.text.palette().color(window.strip.foregroundRole()).name()
    assert ink == DARK.warning.ink
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    qtbot.waitUntil(lambda: colours_of(window.palette()) is LIGHT)


class ContrastStyle(QProxyStyle):
    """The colours of a contrast theme: the system says neither light nor dark."""

    def polish(self, dressed: object) -> None:
        if isinstance(dressed, QPalette):
            dressed.setColor(QPalette.ColorRole.Window, QColor("#000000"))


def test_a_contrast_theme_that_names_no_scheme_is_followed_by_its_colours(theme: Theme, back_to_light: None) -> None:  # noqa: ARG001 - it cleans up
    theme._dress_colours(Qt.ColorScheme.Unknown)
    assert colours_of(QApplication.palette()) is LIGHT
    QApplication.setStyle(ContrastStyle("Fusion"))
    theme._dress_colours(Qt.ColorScheme.Unknown)
    assert colours_of(QApplication.palette()) is DARK
    QApplication.setStyle("Fusion")


def test_japanese_shows_without_any_font_of_the_system() -> None:
    assert load_fonts(RESOURCES / "fonts") == 3
    assert QFontInfo(font(11)).family() == FAMILIES[0]


def test_missing_fonts_stop_nothing(tmp_path: Path) -> None:
    assert load_fonts(tmp_path) == 0


def test_sizes_go_up_and_down_within_bounds_and_are_remembered(qapp: QApplication) -> None:
    remembered: list[int] = []
    theme = Theme(qapp, percent=130, remember=remembered.append)
    for _ in range(4):
        theme.larger()
    for _ in range(8):
        theme.smaller()
    theme.usual()
    assert remembered == [150, 175, 200, 175, 150, 125, 110, 100]
    theme.deleteLater()


@pytest.mark.parametrize(("asked", "given"), [(20, 100), (900, 200), (150, 150)])
def test_a_remembered_size_is_kept_in_bounds(qapp: QApplication, asked: int, given: int) -> None:
    theme = Theme(qapp, percent=asked)
    assert theme.percent == given
    theme.usual()
    theme.deleteLater()


def test_a_size_that_was_chosen_is_not_taken_back_by_the_one_remembered(theme: Theme) -> None:
    theme.start_with(125)
    assert theme.percent == 125
    theme.larger()
    theme.start_with(110)
    assert theme.percent == 150


@pytest.mark.usefixtures("theme")
def test_the_button_that_enter_would_press_is_seen_at_once(window: SampleWindow, qtbot: QtBot) -> None:
    """Without a Tab or an arrow before it: Fusion alone draws it like the others."""
    safe = Choice("戻る", lambda: None, safe=True)
    window.ask(Question("確認", "消しますか。", (safe, Choice("戻る", lambda: None))))
    dialog = asked()
    wait_active(qtbot, dialog)
    focused, other = dialog.buttons
    qtbot.waitUntil(focused.hasFocus)
    assert focused.size() == other.size()
    assert focused.grab().toImage() != other.grab().toImage()
    dialog.reject()
