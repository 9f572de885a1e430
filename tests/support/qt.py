"""Helps tests of windows: an input method that composes, and a sample window with one of everything."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QInputMethodQueryEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from onestop.screens.badge import ATTENTION, ISSUED
from onestop.screens.desk.standing import Standing
from onestop.screens.function_key import SECONDS_TO_READ, Can, FunctionKey, no
from onestop.screens.ports import Tone
from onestop.screens.rows import Align, Column, Keyed, PagedRows, RowLook
from onestop.screens.screen import Screen
from onestop.ui.desk_window import DeskWindow
from onestop.ui.fields.choice_field import ChoiceField
from onestop.ui.fields.date_field import DateField
from onestop.ui.fields.fields import CheckField, CodeField, ReadOnlyValue, TextField
from onestop.ui.fields.plate_field import PlateField
from onestop.ui.fields.secret_field import SecretField
from onestop.ui.labels import Note
from onestop.ui.panel import Panel, PanelGroup
from onestop.ui.question import QuestionDialog
from onestop.ui.rows.view import RowsView
from support.clock import FixedClock

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from onestop.screens.screen import Surroundings
    from onestop.ui.fields.fields import Field
    from onestop.ui.theme import Theme

PRACTICE = Standing(
    practice=True,
    connection="どこにも送信されません",
    hours="AIRAS 8:00–20:00  AINAS 8:00–22:00",
    terminal="DESK-01",
    warning="資格情報ストアが使えません",
)
REAL = Standing(practice=False, connection="本番", hours="AINAS 8:00–22:00", terminal="DESK-01")
WindowT = TypeVar("WindowT", bound=DeskWindow[Any])


def compose(widget: QWidget, text: str) -> None:
    """Let an input method show this text in the widget without confirming it."""
    QApplication.sendEvent(widget, QInputMethodEvent(text, []))


def confirm(widget: QWidget, text: str) -> None:
    """Let the input method confirm a text."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def lets_compose(widget: QWidget) -> bool:
    """Tell what a widget answers when the input method asks whether it may write there."""
    query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
    QApplication.sendEvent(widget, query)
    return bool(query.value(Qt.InputMethodQuery.ImEnabled))


def press(widget: QWidget | None, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press and release a key, shortcuts included."""
    assert widget is not None, "nothing has the focus"
    QTest.keyClick(widget, key, modifier)


def press_at_system(window: QWidget, key: Qt.Key) -> None:
    """Let a key go down as the system tells it to the window, before anything that stands in it."""
    QTest.keyPress(window.windowHandle(), key)


def press_key(window: QWidget, key: str) -> None:
    """Press a key by its name, such as Alt+Y, where the focus of a window is."""
    combined = QKeySequence(key)[0]  # type: ignore[index]  # the stubs do not know that it is a list of keys
    press(window.focusWidget(), combined.key(), combined.keyboardModifiers())


def hold(
    widget: QWidget | None,
    key: Qt.Key,
    text: str = "",
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    times: int = 5,
) -> None:
    """Let the system repeat a key that went down elsewhere and is held, shortcuts included."""
    assert widget is not None, "nothing has the focus"
    handle = widget.window().windowHandle()
    for _ in range(times):
        QTest.simulateEvent(handle, True, key, modifier, text, True)  # noqa: FBT003 - the stubs name nothing


def write(widget: QWidget, text: str) -> None:
    """Type a text as a clerk does: keys for ASCII, the input method for the rest."""
    for character in text:
        if character.isascii():
            QTest.keyClicks(widget, character)
        else:
            confirm(widget, character)


def wait_active(qtbot: QtBot, window: QWidget) -> None:
    """Wait until a window has the focus; qtbot.waitActive ends too early for a window with a parent."""
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)


def read(qtbot: QtBot, window: DeskWindow[Any]) -> None:
    """Read a window that has just opened: keys that send work from then on."""
    qtbot.waitUntil(lambda: window.guard.is_painted)
    clock = window.screen_shown.clock
    assert isinstance(clock, FixedClock)
    clock.wait(SECONDS_TO_READ)


def focused(window: QWidget) -> str:
    """Name what has the focus in a window."""
    widget = window.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget.objectName()


def said(window: DeskWindow[Any]) -> str:
    """Return what stands in the strip of a window."""
    return "" if window.strip.message is None else window.strip.message.text


def asked() -> QuestionDialog:
    """Return the question that stands open now."""
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QuestionDialog), "nothing was asked"
    return dialog


def answer(label: str) -> None:
    """Press the button with this verb on the open question, by keys."""
    button = next(each for each in asked().buttons if each.accessibleName() == label)
    button.setFocus()
    press(button, Qt.Key.Key_Return)


class Stand(Protocol):
    """Furnishes a window, puts it on the glass, and returns it."""

    def __call__(self, window: WindowT, standing: Standing = REAL) -> WindowT: ...


SMALLEST = (1008, 688)
"""Of a window on 1024 × 768, beside its frame and above the taskbar."""


def grow(theme: Theme, percent: int) -> None:
    """Make the text as large as this."""
    while theme.percent < percent:
        theme.larger()
    QApplication.processEvents()


def cut(window: QWidget) -> list[str]:
    """Name everything visible that has less room than it needs; notes give way on purpose."""
    found = [f"{each.size()}: {_words(each)}" for each in window.findChildren(QWidget) if _is_cut(each)]
    for page in window.findChildren(QScrollArea):
        inner, room = page.widget(), page.viewport().width()
        if inner is not None and inner.minimumSizeHint().width() > room:
            found.append(f"{room} of {inner.minimumSizeHint().width()}: the page")
    return found


def _is_cut(widget: QWidget) -> bool:
    if not widget.isVisible() or isinstance(widget, Note):
        return False
    size, hint, least = widget.size(), widget.sizeHint(), widget.minimumSizeHint()
    if isinstance(widget, QLabel) and widget.wordWrap():
        return size.height() < widget.heightForWidth(size.width())
    if isinstance(widget, QLabel | QAbstractButton):
        return bool(widget.text()) and (size.width() < hint.width() or size.height() < hint.height())
    if isinstance(widget.parent(), SecretField) and size.width() < widget.fontMetrics().horizontalAdvance(
        _words(widget)
    ):
        return True
    is_part = isinstance(widget.parent(), QComboBox | QAbstractSpinBox)
    is_input = isinstance(widget, QLineEdit | QComboBox | QPlainTextEdit | QAbstractSpinBox) and not is_part
    return is_input and (size.width() < least.width() or size.height() < least.height())


def _words(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text()
    return widget.placeholderText() if isinstance(widget, QLineEdit) else widget.objectName()


def page_of(window: DeskWindow[Any]) -> QScrollArea:
    """Return the page that a window scrolls."""
    (page,) = window.findChildren(QScrollArea)
    return page


def titles_of(rows: RowsView) -> list[str]:
    """Return the titles of a list's columns."""
    model = rows.model()
    return [str(model.headerData(place, Qt.Orientation.Horizontal)) for place in range(model.columnCount())]


def save_to(qtbot: QtBot, path: Path) -> str:
    """Choose a place in the dialog that stands open, and return the name that it proposed."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), QFileDialog))
    dialog = QApplication.activeWindow()
    assert isinstance(dialog, QFileDialog)
    name = dialog.findChild(QLineEdit, "fileNameEdit")
    assert isinstance(name, QLineEdit)
    proposed = name.text()
    name.setText(str(path))
    press(name, Qt.Key.Key_Return)
    return proposed


class Numbers:
    """A query over the rows 0 … count - 1 whose ids are the numbers plus 1,000."""

    def __init__(self, count: int) -> None:
        self.numbers = range(count)
        self.asked = 0

    def first(self, limit: int) -> Sequence[Keyed[int]]:
        return [Keyed(number + 1000, number) for number in self.numbers[:limit]]

    def ids(self) -> array[int]:
        return array("q", (number + 1000 for number in self.numbers))

    def rows(self, ids: Sequence[int]) -> Sequence[Keyed[int]]:
        self.asked += 1
        return [Keyed(row_id, row_id - 1000) for row_id in ids]


COLUMNS = (
    Column("control_number", "管理番号", 10, Align.RIGHT),
    Column("state", "状態", 8, Align.CENTRE),
    Column("chassis_number", "車台番号", 20),
    Column("user_name", "使用者", 20),
)
LOOK: RowLook[int] = RowLook(
    texts=lambda number: (f"{number:,}", "完了", f"ABC-{number}", "カーネット太郎"),
    tone=lambda number: Tone.ERROR if number == 3 else None,
    can_tick=lambda number: number % 2 == 0,
)


class SampleScreen(Screen):
    """Remembers what reached it."""

    help_page = "sample"

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__(surroundings)
        self.done: list[str] = []
        self.edits: list[tuple[str, object]] = []
        self.starts = 0
        self.deletable = False
        self.rows = PagedRows(self.background, COLUMNS, LOOK, self.failed)

    def started(self) -> None:
        self.starts += 1

    def edit(self, name: str, value: object) -> None:
        self.edits.append((name, value))

    def can_delete(self) -> Can:
        return Can(allowed=True) if self.deletable else no("申請済みのデータです。")

    def delete(self) -> None:
        self.done.append("delete")

    def issue(self) -> None:
        self.done.append("issue")

    def start(self) -> None:
        self.done.append("start")

    def lookup(self) -> None:
        self.done.append("lookup")


KEYS: tuple[FunctionKey[SampleScreen], ...] = (
    FunctionKey("F1", "ヘルプ", SampleScreen.help),
    FunctionKey("F2", "削除", SampleScreen.delete, SampleScreen.can_delete),
    FunctionKey("F4", "新規", SampleScreen.start),
    FunctionKey("F5", "発行", SampleScreen.issue, sends=True),
    FunctionKey("F7", "検索", SampleScreen.lookup),
    FunctionKey("F8", "ワンストップサービス", SampleScreen.start),
    FunctionKey("F12", "閉じる", SampleScreen.close),
)
PANEL_KEYS: tuple[FunctionKey[SampleScreen], ...] = (
    FunctionKey("1", "適合証・証明証発行", SampleScreen.issue),
    FunctionKey("2", "指定整備元帳", SampleScreen.delete, SampleScreen.can_delete),
)


def read_date(text: str) -> tuple[str, str | None]:
    """Understand one date, and nothing else."""
    if text == "R8.11.24":
        return "令和8年11月24日(火) 2026/11/24", None
    return "", "日付として読めません。" if text else None


def read_plate(text: str) -> tuple[str, ...] | None:
    """Understand one plate, and nothing else."""
    return ("土浦", "1", "あ", "1111") if text == "土浦1あ1111" else None


class SampleWindow(DeskWindow[SampleScreen]):
    """One of everything."""

    def __init__(self, screen: SampleScreen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.owner_name = TextField("owner_name", "所有者の氏名", fold=str.strip, mnemonic="N")
        self.chassis_number = CodeField("chassis_number", "車台番号", width=24, fold=str.upper)
        self.planned_date = DateField("planned_date", "申請予定日", read_date)
        self.party_kind = ChoiceField("party_kind", "使用者名義種別", [("individual", "個人"), ("company", "法人")])
        self.officially_stamped = CheckField("officially_stamped", "職権打刻", mnemonic="K")
        self.registration_number = PlateField("registration_number", "登録番号", read_plate)
        self.api_password = SecretField("api_password", "APIパスワード", width=20)
        self.filing_id = ReadOnlyValue("filing_id", "申請ID")
        self.fields: tuple[Field, ...] = (
            self.owner_name,
            self.chassis_number,
            self.planned_date,
            self.party_kind,
            self.officially_stamped,
            self.registration_number,
            self.api_password,
            self.filing_id,
        )
        self.rows = RowsView("filings", "申請の一覧", screen.rows)
        values = [("certificate_number", "保険証番号"), ("period", "保険期間")]
        self.ejibai = Panel("ejibai", "e-JIBAI", values=values, keys=PANEL_KEYS[:1], mnemonic="J")
        self.airas = Panel("airas", "保適[AIRAS]", values=[("issue_number", "交付番号")], keys=PANEL_KEYS, mnemonic="H")
        self.panels = PanelGroup(self, (self.ejibai, self.airas))
        self._lay_out()
        for field in self.fields:
            field.edited.connect(screen.edit)
        self.bind(screen, KEYS, "見本", main_key="F5")

    def fill(self, screen: SampleScreen) -> None:
        self.ejibai.show_badge(ISSUED)
        self.airas.show_badge(ATTENTION)
        self.ejibai.show_values([("certificate_number", "A12345678"), ("period", "24か月")])
        self.airas.show_values([("issue_number", "")])
        self.airas.show_verdicts(PANEL_KEYS, screen)
        self.filing_id.show_value("1000000008")

    def _lay_out(self) -> None:
        grid = QGridLayout(self.body)
        for number, field in enumerate(self.fields):
            grid.addWidget(field, number // 4, number % 4)
        grid.addWidget(self.rows, 2, 0, 2, 2)
        grid.addWidget(self.ejibai, 2, 2, 2, 1)
        grid.addWidget(self.airas, 2, 3, 2, 1)


def done(window: SampleWindow) -> list[str]:
    """Return what the keys of a sample window did."""
    return window.screen_shown.done


def edits(window: SampleWindow) -> list[tuple[str, object]]:
    """Return what the fields of a sample window told its screen."""
    return window.screen_shown.edits
