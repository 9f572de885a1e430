"""Tests of ヘルプ on the glass, by keys alone."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QObject, QSize, Qt, QUrl
from PySide6.QtGui import QImage, QPaintEvent, QRegion, QTextDocument
from PySide6.QtWidgets import QApplication

from onestop.paths import RESOURCES
from onestop.screens.help.screen import OUTSIDE, HelpScreen
from onestop.ui.windows.help import LINE_HEIGHT, HelpWindow
from support.qt import REAL, press, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from onestop.ui.theme import Theme
    from support.qt import Stand
    from support.screens import Stage

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
PICTURE = QTextDocument.ResourceType.ImageResource.value


@pytest.fixture
def book(on_glass: Callable[[QWidget], None], stage: Stage, theme: Theme) -> HelpWindow:
    made = HelpWindow(HelpScreen(stage.surroundings, "list"))
    made.furnish(theme, REAL)
    on_glass(made)
    return made


def heading(window: HelpWindow) -> str:
    return window.page.document().firstBlock().text()


def test_it_opens_at_the_page_of_the_window_with_its_keys(book: HelpWindow) -> None:
    assert book.windowTitle() == "ヘルプ"
    assert book.page.hasFocus()
    assert heading(book) == "申請書一覧"
    assert (book.rows.source.row(book.rows.current()) or ("",))[0] == "申請書一覧"
    text = book.page.document().toPlainText()
    for words in ("F9", "一括申請", "状態は、F7 検索 を押したときに更新されます。"):
        assert words in text


def test_the_whole_of_a_text_is_shown_as_it_is(on_glass: Callable[[QWidget], None], stage: Stage, theme: Theme) -> None:
    made = HelpWindow(HelpScreen(stage.surroundings, "issue", whole=("![](file:///x.png) **太い** " + "長" * 20_000,)))
    made.furnish(theme, REAL)
    on_glass(made)
    text = made.page.document().toPlainText()
    assert "![](file:///x.png) **太い** 長長" in text
    assert len(text) > 20_000


def test_typing_searches_and_enter_opens_the_page_at_the_word(book: HelpWindow) -> None:
    press(book.page, Key.Key_F7)
    assert book.search.input.hasFocus()
    write(book.search.input, "混み合って")
    assert book.rows.source.count >= 1
    press(book.search.input, Key.Key_Return)
    assert heading(book) == "困ったとき"
    assert book.page.textCursor().selectedText() == "混み合って"
    assert book.page.hasFocus()


def test_the_list_is_reached_by_down_and_alt_left_leads_back(book: HelpWindow) -> None:
    press(book.page, Key.Key_S, ALT)
    press(book.search.input, Key.Key_Down)
    assert book.rows.hasFocus()
    press(book.rows, Key.Key_Home)
    press(book.rows, Key.Key_Return)
    assert heading(book) == "ヘルプの目次"
    press(book.page, Key.Key_Left, ALT)
    assert heading(book) == "申請書一覧"
    press(book.page, Key.Key_Left, ALT)
    assert book.strip.text.text() == "[Alt+Left 戻る] は使えません: 前のページはありません。"


def test_links_are_followed_by_keys_and_nothing_outside_is_loaded(book: HelpWindow) -> None:
    press(book.page, Key.Key_Tab)
    press(book.page, Key.Key_Return)
    assert heading(book) == "一括申請"
    book.page.anchorClicked.emit(QUrl("https://www.aina.or.jp/"))
    assert book.strip.text.text() == OUTSIDE
    assert heading(book) == "一括申請"


def test_every_page_can_follow_every_other(stand: Stand, stage: Stage, tmp_path: Path) -> None:
    """With small pictures: what a large one needs to be fitted is looked at below."""
    shutil.copytree(RESOURCES / "help", tmp_path / "help", ignore=shutil.ignore_patterns("pictures"))
    (tmp_path / "help" / "pictures").mkdir()
    for picture in (RESOURCES / "help" / "pictures").iterdir():
        (tmp_path / "help" / "pictures" / picture.name).write_bytes(a_png(QSize(20, 10)))
    book = stand(HelpWindow(HelpScreen(stage.surroundings, "list", tmp_path / "help")))
    screen = book.screen_shown
    names = [page.name for page in screen.book.pages]
    for name in (*names, *reversed(names), *names[::2], *names[1::2]):
        screen.turn_to(name)
        page = screen.page
        assert page is not None
        assert heading(book) == page.title


def test_no_blank_stands_below_a_picture(book: HelpWindow) -> None:
    book.screen_shown.turn_to("qr")
    document = book.page.document()
    blocks = [document.findBlockByNumber(number) for number in range(document.blockCount())]
    heights = {"\ufffc" in each.text(): each.blockFormat().lineHeight() for each in blocks if each.text()}
    assert heights == {True: 0, False: LINE_HEIGHT}


def test_pictures_fit_the_page_and_follow_its_width(
    on_glass: Callable[[QWidget], None], stage: Stage, theme: Theme, tmp_path: Path
) -> None:
    shutil.copytree(RESOURCES / "help", tmp_path / "help", ignore=shutil.ignore_patterns("pictures"))
    (tmp_path / "help" / "pictures").mkdir()
    (tmp_path / "help" / "pictures" / "list.png").write_bytes(a_png(QSize(1280, 720)))
    (tmp_path / "help" / "pictures" / "issue.png").write_bytes(a_png(QSize(20, 10)))
    made = HelpWindow(HelpScreen(stage.surroundings, "list", tmp_path / "help"))
    made.furnish(theme, REAL)
    on_glass(made)
    widths = []
    for width in (1280, 1000):
        made.resize(width, 720)
        shown = made.page.loadResource(PICTURE, "pictures/list.png")
        assert isinstance(shown, QImage)
        assert 0 < shown.width() < made.page.viewport().width()
        assert made.page.horizontalScrollBar().maximum() == 0
        widths.append(shown.width())
    assert widths[1] < widths[0]
    small = made.page.loadResource(PICTURE, QUrl("pictures/issue.png"))
    assert isinstance(small, QImage)
    assert small.width() == 20
    assert made.page.loadResource(PICTURE, "pictures/none.png") == QImage()


def test_a_picture_is_decoded_once_however_often_its_page_is_resized(
    stand: Stand, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded: list[int] = []

    class Noted(QImage):
        @staticmethod
        def fromData(data: QByteArray) -> QImage:  # type: ignore[override]  # noqa: N802 - Qt's name
            decoded.append(data.size())
            return QImage.fromData(data)

    monkeypatch.setattr("onestop.ui.windows.help.QImage", Noted)
    made = stand(HelpWindow(HelpScreen(stage.surroundings, "list")))
    shown = set[int]()
    for width in (1280, 1100, 1000):
        made.resize(width, 720)
        QApplication.processEvents()
        picture = made.page.loadResource(PICTURE, "pictures/list.png")
        assert isinstance(picture, QImage)
        shown.add(picture.width())
    assert (len(shown), len(decoded)) == (3, 1)


def a_png(size: QSize) -> bytes:
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs say bytes, PySide takes str alone
    return bytes(held.data())


class Painted(QObject):
    """Keeps what of a widget was drawn anew."""

    def __init__(self) -> None:
        super().__init__()
        self.region = QRegion()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QPaintEvent):
            self.region += event.region()
        return False


def test_the_frame_of_the_page_stays_at_its_edge_while_the_page_is_scrolled(book: HelpWindow, qtbot: QtBot) -> None:
    viewport, painted = book.page.viewport(), Painted()
    qtbot.wait_until(lambda: book.page.verticalScrollBar().maximum() > 0)
    QApplication.processEvents()
    viewport.installEventFilter(painted)
    press(book.page, Key.Key_Down)
    assert book.page.verticalScrollBar().value() > 0
    qtbot.wait_until(lambda: not painted.region.isEmpty())
    assert painted.region == QRegion(viewport.rect())


def test_the_frame_of_the_page_comes_and_goes_whole_with_the_focus(book: HelpWindow, qtbot: QtBot) -> None:
    viewport = book.page.viewport()
    press(book.page, Key.Key_Tab)  # to a link, which is selected
    for reached in (book.search.input, book.page):
        painted = Painted()
        QApplication.processEvents()
        viewport.installEventFilter(painted)
        reached.setFocus()
        qtbot.wait_until(lambda painted=painted: painted.region == QRegion(viewport.rect()))  # type: ignore[misc]
        viewport.removeEventFilter(painted)
