"""Tests of printing certificates by keys: from the window to the preview, and to a PDF that is read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from onestop.model.plate import parse_plate
from onestop.model.sending_state import Sending
from onestop.screens.conformity.screen import ConformityScreen
from onestop.screens.insurance.screen import InsuranceScreen
from onestop.ui.windows.conformity import ConformityWindow
from onestop.ui.windows.insurance import InsuranceWindow
from onestop.ui.windows.preview import PreviewWindow
from support.builders import a_conformity_certificate, an_insurance_certificate
from support.desks import DeskRoom, a_desk
from support.inspections import of_now
from support.qt import Stand, asked, press, press_key, save_to

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from support.screens import Stage


Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
PLATE = parse_plate("土浦300す1234")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeskRoom]:
    with a_desk(tmp_path) as made:
        made.a_car()
        insured = an_insurance_certificate(registration_number=PLATE, policyholder_name="見本\U0001f600")
        insured.sending, insured.request_key = Sending.FILED, "00000000-0000-4000-8000-000000000001"
        conforming = a_conformity_certificate(registration_number=PLATE)
        conforming.sending = Sending.FILED
        with made.database.write() as shelves:
            shelves.insurance.add(of_now(shelves, insured))
            shelves.conformity.add(of_now(shelves, conforming))
        yield made


@pytest.fixture
def insurance(stand: Stand, at_desk: Stage) -> InsuranceWindow:
    return stand(InsuranceWindow(InsuranceScreen(at_desk.surroundings, 1, 1)))


@pytest.fixture
def conformity(stand: Stand, at_desk: Stage) -> ConformityWindow:
    return stand(ConformityWindow(ConformityScreen(at_desk.surroundings, 1, 1)))


def previewed(qtbot: QtBot) -> PreviewWindow:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), PreviewWindow))
    shown = QApplication.activeWindow()
    assert isinstance(shown, PreviewWindow)
    return shown


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(str(path)) as pdf:
        return str(pdf[0].get_textpage().get_text_range())


def test_f9_previews_the_insurance_and_names_what_has_no_glyph(insurance: InsuranceWindow, qtbot: QtBot) -> None:
    press(insurance.focusWidget(), Key.Key_F9)
    shown = previewed(qtbot)
    assert shown.windowTitle() == "印刷プレビュー 自賠責保険証明書（控）"
    assert shown.told.text().endswith("変換できない文字は〓にしました: \U0001f600")
    press(shown, Key.Key_F12)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is insurance)


def test_f8_saves_the_insurance_and_alt_o_opens_its_folder(
    insurance: InsuranceWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    press(insurance.focusWidget(), Key.Key_F8)
    assert save_to(qtbot, tmp_path / "a.pdf") == "自賠責証明書控_1.pdf"
    qtbot.waitUntil(lambda: "保存しました: a.pdf" in insurance.strip.text.text())
    text = text_of(tmp_path / "a.pdf")
    assert "A123456789" in text
    assert "土浦 300 す 12-34" in text
    qtbot.waitUntil(lambda: QApplication.activeWindow() is insurance)
    press(insurance.focusWidget(), Key.Key_O, ALT)
    assert opened == [QUrl.fromLocalFile(str(tmp_path))]


@pytest.mark.parametrize(("key", "title"), [("F9", "保安基準適合証"), ("Alt+Y", "保安基準適合標章")])
def test_keys_preview_the_certificate_and_the_mark(
    conformity: ConformityWindow, qtbot: QtBot, key: str, title: str
) -> None:
    press_key(conformity, key)
    shown = previewed(qtbot)
    assert shown.windowTitle() == f"印刷プレビュー {title}（控）"
    assert "〓" not in shown.told.text()
    press(shown, Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is conformity)


@pytest.mark.parametrize(("steps", "name"), [(0, "保安基準適合証_1.pdf"), (1, "保安基準適合標章_1.pdf")])
def test_f8_asks_which_and_saves_it(
    conformity: ConformityWindow, qtbot: QtBot, tmp_path: Path, steps: int, name: str
) -> None:
    press(conformity.focusWidget(), Key.Key_F8)
    dialog = asked()
    for _ in range(steps):
        press(dialog.focusWidget(), Key.Key_Tab)
    press(dialog.focusWidget(), Key.Key_Return)
    assert save_to(qtbot, tmp_path / "a.pdf") == name
    qtbot.waitUntil(lambda: "保存しました: a.pdf" in conformity.strip.text.text())
    text = text_of(tmp_path / "a.pdf")
    assert "1112345678" in text
    assert "土浦 300 す 12-34" in text
