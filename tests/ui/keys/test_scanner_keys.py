"""A scanner that plays keyboard is told from hands by its speed, and nothing that it writes lands in a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication

from onestop.services.vehicle.scanning import scanned
from onestop.tour.scanner import Scanner
from onestop.ui.keys.scanner_keys import SURELY, ScannerKeys
from support.codes import CODE_2, CODE_3, KEI_2, KEI_3, SYMBOLS
from support.program import until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QWindow

    from support.qt import SampleWindow

Key = Qt.Key


class Listener:
    """Hears what is taken for a scan."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def takes(self, written: str, surely: bool) -> bool:  # noqa: FBT001 - as ScannerKeys calls it
        is_scan = surely or scanned(written) is not None
        if is_scan:
            self.heard.append(written)
        return is_scan


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def keys(window: SampleWindow, listener: Listener) -> Iterator[ScannerKeys]:
    app = QGuiApplication.instance()
    assert isinstance(app, QApplication)
    made = ScannerKeys(app, listener.takes)
    app.focusWindowChanged.emit(window.windowHandle())
    window.owner_name.setFocus()
    yield made
    made.stop()


def handle(window: SampleWindow) -> QWindow:
    found = window.windowHandle()
    assert found is not None
    return found


@pytest.mark.parametrize("end", ["\r", "\t", ""])
@pytest.mark.usefixtures("keys")
def test_a_scan_is_heard_whole_and_lands_nowhere(window: SampleWindow, listener: Listener, end: str) -> None:
    scanner = Scanner()
    for text in (*SYMBOLS, CODE_2, CODE_3, KEI_2, KEI_3):
        scanner.write(handle(window), text, end)
        until(lambda: listener.heard)
        assert listener.heard == [text]
        assert window.owner_name.value() == ""
        assert window.owner_name.input.hasFocus(), "neither Enter nor Tab went on"
        listener.heard.clear()


@pytest.mark.parametrize("gap", [5, 12, 25, 39])
@pytest.mark.usefixtures("keys")
def test_a_slow_scanner_is_one_too(window: SampleWindow, listener: Listener, gap: int) -> None:
    Scanner(gap).write(handle(window), SYMBOLS[1])
    assert listener.heard == [SYMBOLS[1]]


@pytest.mark.usefixtures("keys")
def test_a_scanner_that_halts_once_is_heard_on(window: SampleWindow, listener: Listener) -> None:
    scanner = Scanner()
    scanner.write(handle(window), KEI_3[:12], "")
    scanner.at -= 1000 - 60  # what begins anew comes a second later
    scanner.write(handle(window), KEI_3[12:])
    assert listener.heard == [KEI_3]


@pytest.mark.usefixtures("keys")
def test_five_scans_in_a_row_are_five(window: SampleWindow, listener: Listener) -> None:
    scanner = Scanner()
    for text in SYMBOLS:
        scanner.write(handle(window), text)
    assert listener.heard == [*SYMBOLS]


@pytest.mark.usefixtures("keys")
def test_without_an_end_the_next_scan_is_another(window: SampleWindow, listener: Listener) -> None:
    scanner = Scanner()
    for text in SYMBOLS[:2]:
        scanner.write(handle(window), text, "")
    until(lambda: len(listener.heard) > 1)
    assert listener.heard == [*SYMBOLS[:2]]


@pytest.mark.parametrize("gap", [60, 120])
@pytest.mark.usefixtures("keys")
def test_what_a_hand_types_is_written_even_if_it_is_a_code(window: SampleWindow, listener: Listener, gap: int) -> None:
    Scanner(gap).write(handle(window), SYMBOLS[1], "")
    until(lambda: window.owner_name.value() == SYMBOLS[1])
    assert listener.heard == []


@pytest.mark.usefixtures("keys")
def test_a_fast_pair_of_keys_keeps_its_order_and_goes_on_by_enter(window: SampleWindow, listener: Listener) -> None:
    Scanner(20).write(handle(window), "1234")
    assert window.owner_name.value() == "1234"
    assert window.chassis_number.input.hasFocus()
    assert listener.heard == []


@pytest.mark.usefixtures("keys")
def test_a_single_key_waits_only_for_a_moment(window: SampleWindow) -> None:
    Scanner().write(handle(window), "a", "")
    assert window.owner_name.value() == ""
    until(lambda: window.owner_name.value() == "a")


@pytest.mark.usefixtures("keys")
def test_a_code_of_something_else_is_written(window: SampleWindow, listener: Listener) -> None:
    Scanner().write(handle(window), "4901234567894", "")
    until(lambda: window.owner_name.value() == "4901234567894")
    assert listener.heard == []


@pytest.mark.usefixtures("keys")
def test_what_no_hand_can_have_written_is_never_written(window: SampleWindow, listener: Listener) -> None:
    text = "x" * (SURELY + 4000)
    Scanner().write(handle(window), text)
    assert [len(each) > SURELY for each in listener.heard] == [True]
    assert window.owner_name.value() == ""


@pytest.mark.usefixtures("keys")
def test_a_held_key_is_no_scanner(window: SampleWindow, listener: Listener) -> None:
    scanner = Scanner(60)
    scanner.press(handle(window), "1")
    for at in range(300, 400, 30):
        event = QKeyEvent(QEvent.Type.KeyPress, Key.Key_1, Qt.KeyboardModifier.NoModifier, "1", autorep=True)
        event.setTimestamp(at)
        QApplication.sendEvent(handle(window), event)
    assert window.owner_name.value() == "1" * 5
    assert listener.heard == []


@pytest.mark.usefixtures("keys")
def test_a_held_key_as_x11_repeats_it_is_no_scanner_either(window: SampleWindow) -> None:
    at = 1000
    for _ in range(5):
        for kind, when in ((QEvent.Type.KeyPress, at), (QEvent.Type.KeyRelease, at + 30)):
            event = QKeyEvent(kind, Key.Key_1, Qt.KeyboardModifier.NoModifier, "1")
            event.setTimestamp(when)
            QApplication.sendEvent(handle(window), event)
        at += 30
    assert window.owner_name.value() == "1" * 5


@pytest.mark.usefixtures("keys")
def test_keys_with_control_and_those_without_a_time_are_left_alone(window: SampleWindow, listener: Listener) -> None:
    window.owner_name.show_value("abc")
    Scanner().press(handle(window), "a", Qt.KeyboardModifier.ControlModifier)
    assert window.owner_name.input.selectedText() == "abc"
    event = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Z, Qt.KeyboardModifier.NoModifier, "z")
    QApplication.sendEvent(handle(window), event)
    assert window.owner_name.value() == "z"
    shift = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Shift, Qt.KeyboardModifier.ShiftModifier, "")
    shift.setTimestamp(9000)
    QApplication.sendEvent(handle(window), shift)
    assert listener.heard == []


def test_the_rest_of_a_scan_whose_beginning_was_lost_is_let_go(
    window: SampleWindow, listener: Listener, keys: ScannerKeys
) -> None:
    scanner = Scanner()
    keys.be_deaf()
    scanner.write(handle(window), SYMBOLS[1])
    assert (listener.heard, window.owner_name.value()) == ([], "")
    assert window.owner_name.input.hasFocus()
    keys.be_deaf()
    until(lambda: not keys._deaf)
    scanner.write(handle(window), SYMBOLS[1])
    assert listener.heard == [SYMBOLS[1]]


def test_keys_for_a_window_that_is_gone_are_gone_too(
    window: SampleWindow, keys: ScannerKeys, listener: Listener
) -> None:
    scanner = Scanner()
    scanner.write(handle(window), "ab", "")
    keys._window = None
    until(lambda: not keys._held)
    assert (window.owner_name.value(), listener.heard) == ("", [])
    QGuiApplication.instance().focusWindowChanged.emit(None)  # type: ignore[union-attr] # a running one
