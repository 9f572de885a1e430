"""What a scanner writes goes to QR読取 from every window of the running program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication

from onestop.app.start import Start
from onestop.screens.places import RecoveryPlace, ScanPlace, VehiclePlace
from onestop.services.vehicle.scanning import COMPOSED, NOT_OURS
from onestop.tour.scanner import Scanner
from onestop.ui.fields.fields import TextField
from onestop.ui.fields.secret_field import SecretField
from onestop.ui.keys.composed_scans import CHANGES
from onestop.ui.question import QuestionDialog
from onestop.ui.windows.lookup import LookupWindow
from onestop.ui.windows.recovery import RecoveryWindow
from onestop.ui.windows.scan import ScanWindow
from onestop.ui.windows.vehicle import VehicleWindow
from support.codes import CODE_2, CODE_3, SYMBOLS
from support.program import a_program, until
from support.qt import compose
from support.recovering import a_recovery

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

    from onestop.app.program import Program
    from onestop.paths import DataFolder


@pytest.fixture
def program(qapp: QApplication, folder: DataFolder) -> Iterator[Program]:
    with a_program(qapp, Start(folder, practice=True)) as running:
        until(lambda: running.desk_access.open_now() is not None and not running.background.busy)
        yield running


def write(program: Program, scanner: Scanner, text: str) -> None:
    handle = program.windows.last().windowHandle()
    assert handle is not None
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    app.focusWindowChanged.emit(handle)
    scanner.write(handle, text)


def scan_window(program: Program) -> ScanWindow:
    window = program.windows.last()
    assert isinstance(window, ScanWindow)
    until(lambda: not program.background.busy and window.screen_shown.busy is None)
    return window


def test_the_first_code_opens_the_window_and_the_rest_come_into_it(program: Program) -> None:
    scanner, first = Scanner(), program.windows.first()
    assert isinstance(first, LookupWindow)
    for text in SYMBOLS:
        write(program, scanner, text)
        window = scan_window(program)
    assert (first.search.value(), window.screen_shown.cars.count) == ("", 1)
    window.press("F5")
    until(lambda: isinstance(program.windows.last(), VehicleWindow))
    until(lambda: program.windows.last().screen_shown.value("chassis_number") == "ABC12-0123456")


def test_a_new_car_that_is_open_already_is_asked_first(program: Program) -> None:
    program.windows.show(VehiclePlace(None))
    form = program.windows.last()
    until(lambda: form.screen_shown.busy is None)
    form.screen_shown.edit("owner_name", "見本花子")
    scanner = Scanner()
    write(program, scanner, CODE_2)
    assert form.screen_shown.value("owner_name") == "見本花子"
    write(program, scanner, CODE_3)
    scan_window(program).press("F5")
    until(lambda: program.windows.last() is form and form.findChildren(QuestionDialog))
    assert form.screen_shown.value("owner_name") == "見本花子"


def test_a_stored_car_goes_to_what_differs(program: Program) -> None:
    other = CODE_2.replace("ABC12-0123456", "ABC123")
    write(program, Scanner(), other)
    scanner = Scanner()
    write(program, scanner, CODE_3)
    scan_window(program).press("F5")
    until(lambda: program.windows.last().windowTitle().startswith("車検証の取込"))
    until(lambda: program.windows.last().screen_shown.plan is not None)
    assert "QR読取" in program.windows.last().screen_shown.heading


def test_what_is_no_code_is_told_where_codes_are_read_alone(program: Program) -> None:
    scanner = Scanner()
    write(program, scanner, "4901234567894")
    assert isinstance(program.windows.last(), LookupWindow)
    program.windows.show(ScanPlace())
    scan_window(program)
    write(program, scanner, "4901234567894")
    window = scan_window(program)
    assert window.screen_shown.message is not None
    assert window.screen_shown.message.text == NOT_OURS


@pytest.mark.parametrize(("field", "is_scan"), [(SecretField, False), (TextField, True)])
def test_a_long_password_that_a_program_writes_is_no_scan(
    program: Program, field: type[SecretField | TextField], *, is_scan: bool
) -> None:
    shown = field("field", "欄")
    shown.show()
    shown.activateWindow()
    shown.input.setFocus()
    until(lambda: QGuiApplication.focusObject() is shown.input)
    assert program._scanning._is_scan("k" * 64, surely=True) is is_scan
    shown.close()
    shown.deleteLater()


def test_nor_is_a_recovery_key(program: Program) -> None:
    program.windows.show(RecoveryPlace(a_recovery(), lambda: None, lambda: None))
    window = program.windows.last()
    assert isinstance(window, RecoveryWindow)
    window.activateWindow()
    until(lambda: QGuiApplication.focusObject() is window.recovery_key.input)
    assert not program._scanning._is_scan("K" * 77, surely=True)


def test_a_scan_that_an_input_method_took_is_asked_for_again(program: Program) -> None:
    program.windows.show(VehiclePlace(None))
    form = program.windows.last()
    assert isinstance(form, VehicleWindow)
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    line = form.fields["owner_name"].input  # type: ignore[attr-defined] # a line of text has one
    app.focusObjectChanged.emit(line)
    for count in range(CHANGES + 1):
        compose(line, "あ" * (count + 1))
    window = scan_window(program)
    assert window.screen_shown.message is not None
    assert window.screen_shown.message.text == COMPOSED.notice


def test_after_the_end_nothing_is_heard(program: Program) -> None:
    program.windows.dismiss_all()
    assert not program._scanning._is_scan(CODE_2, surely=True)
    program._scanning._lost()
