"""Tests of 自賠責証明書発行 on the glass, by keys alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt

from onestop.screens.insurance.screen import BY_HAND_HINT, InsuranceScreen
from onestop.screens.insurance.shown import WAITING
from onestop.ui.windows.insurance import InsuranceWindow
from support.insurance import INSURER, certificate, times_issued
from support.qt import PRACTICE, Stand, asked, focused, grow, page_of, press, said, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.ui.theme import Theme
    from support.desks import DeskRoom
    from support.screens import Stage

    Show = Callable[..., InsuranceWindow]

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
ENTER_ORDER = [
    "insurer",
    "contract_kind",
    "rate_class",
    "start_date",
    "months",
    "report_to_registry",
    "registration_number_area",
    "registration_number_class_number",
    "registration_number_kana",
    "registration_number_serial",
    "chassis_number",
    "policyholder_name",
    "policyholder_address",
    "key_hint",
]


@pytest.fixture
def show(stand: Stand, room: DeskRoom, at_desk: Stage) -> Show:
    return lambda **car: stand(InsuranceWindow(InsuranceScreen(at_desk.surroundings, room.a_car(**car))), PRACTICE)


def test_it_has_its_title_and_every_field_its_two_names(show: Show) -> None:
    window = show()
    assert window.windowTitle() == "自賠責証明書発行"
    assert {name: value.input.accessibleName() for name, value in window.told.items()} == {
        "mode": "モード",
        "control_number": "管理番号",
        "status": "状態",
        "registry": "登録機関への登録",
        "validity": "満了日",
        "old_end": "前契約の満期日",
        "last_application_date": "最終の検査申請日",
        "estimate": "保険料",
        "advice": "確認",
    }
    assert [field.label for field in window.fields] == [
        "保険会社",
        "契約区分",
        "車種",
        "保険開始日",
        "保険期間(月)",
        "登録機関",
        "登録番号",
        "車台番号",
        "契約者氏名・名称",
        "契約者住所",
        "証明書の種類",
        "保険証番号",
        "保険終了日",
        "保険料(円)",
    ]


def test_enter_goes_through_all_fields_to_f5_and_never_sends_on_its_way(show: Show, room: DeskRoom) -> None:
    window = show()
    way = [focused(window)]
    while way[-1] != "key_hint":
        press(window.focusWidget(), Key.Key_Return)
        way.append(focused(window))
    assert way == ENTER_ORDER
    assert room.sandbox.requests == {}


def test_a_policy_by_keys(show: Show, room: DeskRoom) -> None:
    window = show()
    write(window.focusWidget(), INSURER)
    press(window.focusWidget(), Key.Key_F5)
    assert said(window).startswith("発行しました。保険証番号 A")
    assert window.told["status"].value() == "発行済"
    assert window.told["registry"].value() == WAITING
    assert window.certificate_number.value() == certificate(room, 1).certificate_number
    assert window.end_date.echo.text() == "令和10年12月21日(木) 2028/12/21"
    assert all(field.locked for field in window.fields)
    press(window.focusWidget(), Key.Key_F5)
    press(window.focusWidget(), Key.Key_F7)
    assert times_issued(room, 1) == 1
    press(window.focusWidget(), Key.Key_F2)
    press(asked().focusWidget(), Key.Key_Right)
    press(asked().focusWidget(), Key.Key_Return)
    assert window.told["status"].value() == "取消"


def test_the_insurer_is_chosen_by_arrows_or_typed(show: Show, room: DeskRoom) -> None:
    window = show()
    press(window.focusWidget(), Key.Key_Down)
    assert window.insurer.value() == INSURER
    window.insurer.input.clearEditText()
    write(window.focusWidget(), "見本共済")
    press(window.focusWidget(), Key.Key_F4)
    press(window.focusWidget(), Key.Key_F10)
    assert certificate(room, 1).insurer == "見本共済"


def test_the_box_of_the_registry_is_loud_without_its_tick(show: Show) -> None:
    window = show()
    press(window, Key.Key_T, ALT)
    if window.report_to_registry.value():
        press(window.focusWidget(), Key.Key_Space)
    assert window.report_to_registry.problem == "このままではAIRASに届きません"
    assert "エラー127" in window.told["advice"].value()


def test_a_warning_is_asked_about_with_the_safe_button_focused(show: Show, room: DeskRoom) -> None:
    window = show()
    write(window.focusWidget(), INSURER)
    press(window, Key.Key_M, ALT)
    window.months.input.clear()
    write(window.focusWidget(), "12")
    press(window.focusWidget(), Key.Key_F5)
    assert asked().focusWidget() is asked().buttons[0]
    press(asked().focusWidget(), Key.Key_Return)
    assert focused(window) == "months"
    assert times_issued(room, 1) == 0


def test_a_paper_certificate_by_keys(show: Show, room: DeskRoom) -> None:
    window = show()
    write(window.focusWidget(), INSURER)
    press(window.focusWidget(), Key.Key_E, Qt.KeyboardModifier.AltModifier)
    assert (said(window), focused(window)) == (BY_HAND_HINT, "origin")
    press(window.focusWidget(), Key.Key_2)
    press(window.focusWidget(), Key.Key_Return)
    write(window.focusWidget(), "ｘ１２３-４５６")
    press(window.focusWidget(), Key.Key_Return)
    window.end_date.input.clear()
    write(window.focusWidget(), "R10.12.21")
    press(window.focusWidget(), Key.Key_Return)
    write(window.focusWidget(), "18,560")
    press(window.focusWidget(), Key.Key_F10)
    held = certificate(room, 1)
    assert (held.origin.value, held.certificate_number, held.premium) == ("紙", "X123456", 18560)
    assert window.told["status"].value() == "手入力(紙)"


@pytest.mark.parametrize("percent", [100, 150])
def test_everything_is_seen_without_scrolling(show: Show, theme: Theme, percent: int) -> None:
    window = show()
    window.screen_shown.edit("report_to_registry", False)  # noqa: FBT003 - a field's value
    window.screen_shown.edit("chassis_number", "ZN6012345")
    window.screen_shown.edit("months", "12")
    grow(theme, percent)
    assert window.size() == QSize(1280, 720)
    assert page_of(window).verticalScrollBar().maximum() == 0
    advice = window.told["advice"].input
    assert advice.height() >= advice.heightForWidth(advice.width())
