"""Tests of 申請書発行 on the glass, by keys alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt

from onestop import VERSION
from onestop.screens.filing.issue_screen import IssueScreen
from onestop.ui.windows.issue import IssueWindow
from onestop_sandbox.trouble import Kind, Trouble
from support.qt import PRACTICE, Stand, asked, focused, grow, lets_compose, page_of, press, said, titles_of, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from onestop.ui.theme import Theme
    from support.desks import DeskRoom
    from support.screens import Stage

    Show = Callable[..., IssueWindow]

Key = Qt.Key
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
ENTER_ORDER = [
    "planned_date",
    "registration_number_area",
    "registration_number_class_number",
    "registration_number_kana",
    "registration_number_serial",
    "chassis_number",
    "officially_stamped",
    "user_name",
    "user_kind",
    "user_representative",
    "user_address1",
    "user_address2",
    "certificate_update",
    "recording_contract_number",
    "insurance_certificate_number",
    "conformity_certificate_number",
    "key_hint",
]


@pytest.fixture
def show(stand: Stand, room: DeskRoom, at_desk: Stage) -> Show:
    """Return what opens the window of a car that has its 自賠責 and 保適証."""

    def shown(**car: object) -> IssueWindow:
        number = room.a_car(**car)
        room.certify(number)
        return stand(IssueWindow(IssueScreen(at_desk.surroundings, number)), PRACTICE)

    return shown


def test_it_has_the_manuals_title_with_our_version(show: Show) -> None:
    assert show().windowTitle() == f"AINAS申請 Ver3 Rev{VERSION.rpartition('.')[0]}"


def test_f2_is_called_what_it_does(show: Show) -> None:
    window = show()
    bar = window.bar.buttons["F2"]
    assert (bar.text(), bar.accessibleName()) == ("削除", "F2 削除")
    press(window.focusWidget(), Key.Key_F5)
    assert (bar.text(), bar.accessibleName()) == ("取消", "F2 取消")


def test_every_field_has_its_english_and_its_japanese_name(show: Show) -> None:
    window = show()
    names = {field.input.objectName(): field.input.accessibleName() for field in window.told.values()}
    assert names == {
        "mode": "モード",
        "control_number": "管理番号",
        "procedure": "手続種別",
        "filing_id": "申請ID",
        "status": "申請ステータス",
        "oss_status": "OSSステータス",
        "last_application_date": "最終の検査申請日",
        "status_updated_at": "状況更新日",
        "agent_message": "代理人から",
        "recording": "記録等事務",
    }
    assert [field.name for field in window.fields] == [
        "planned_date",
        "registration_number",
        "chassis_number",
        "officially_stamped",
        "user_name",
        "user_kind",
        "user_representative",
        "user_address1",
        "user_address2",
        "certificate_update",
        "recording_contract_number",
        "insurance_certificate_number",
        "conformity_certificate_number",
    ]
    assert titles_of(window.fees) == ["手数料・税種別", "税手数料", "納付状況", "納付期限日"]


def test_the_input_method_may_write_a_stamp(show: Show) -> None:
    window = show()
    assert not lets_compose(window.chassis_number.input)
    window.officially_stamped.setFocus()
    press(window.focusWidget(), Key.Key_Space)
    assert lets_compose(window.chassis_number.input)


def test_enter_goes_from_field_to_field_to_f5_and_never_sends_on_its_way(show: Show, room: DeskRoom) -> None:
    window = show()
    way = [focused(window)]
    while way[-1] != "key_hint":
        press(window.focusWidget(), Key.Key_Return)
        way.append(focused(window))
    assert way == ENTER_ORDER
    assert room.times_filed(1) == 0
    press(window.focusWidget(), Key.Key_Return, SHIFT)
    assert focused(window) == "conformity_certificate_number"
    press(window.focusWidget(), Key.Key_Enter)
    press(window.focusWidget(), Key.Key_Enter)
    assert room.times_filed(1) == 0
    press(window.focusWidget(), Key.Key_F5)
    assert room.times_filed(1) == 1
    assert said(window).startswith("発行しました。申請ID ")


def test_a_filing_from_the_first_field_to_the_agent_by_keys(show: Show, room: DeskRoom) -> None:
    window = show(plate="土浦1あ1111", chassis_number="ABC123")
    write(window.focusWidget(), "12/1")
    assert window.planned_date.echo.text() == "令和8年12月1日(火) 2026/12/01"
    press(window.focusWidget(), Key.Key_F10)
    assert window.told["control_number"].value() == "1"
    assert window.told["mode"].value() == "修正"
    press(window.focusWidget(), Key.Key_F5)
    assert asked().focusWidget() is asked().buttons[0]
    press(asked().focusWidget(), Key.Key_Right)
    press(asked().focusWidget(), Key.Key_Return)
    assert window.told["filing_id"].value() == room.filing(1).filing_id
    assert window.told["status"].value() == "受付前"
    assert all(field.locked for field in window.fields)
    assert not window.bar.buttons["F5"].allowed
    press(window, Key.Key_K, ALT)
    assert said(window) == "申請確認: 受付前"


def test_widths_are_folded_when_a_field_is_left(show: Show, room: DeskRoom) -> None:
    window = show()
    window.focus_field("insurance_certificate_number")
    window.focusWidget().setProperty("text", "")
    write(window.focusWidget(), "ａ１２３－４５６")
    press(window.focusWidget(), Key.Key_Return)
    assert window.insurance_certificate_number.value() == "A123456"
    window.focus_field("chassis_number")
    window.focusWidget().setProperty("text", "")
    write(window.focusWidget(), "ｚｎ６‐７")
    press(window.focusWidget(), Key.Key_F10)
    assert room.filing(1).chassis_number == "ZN6-7"


def test_a_whole_plate_is_spread_over_its_parts(show: Show, room: DeskRoom) -> None:
    window = show()
    press(window, Key.Key_N, ALT)
    for part in window.registration_number.parts:
        part.clear()
    write(window.focusWidget(), "水戸500か")
    press(window.focusWidget(), Key.Key_F10)
    assert focused(window).startswith("registration_number")
    assert window.registration_number.problem
    window.registration_number.parts[0].setFocus()
    for part in window.registration_number.parts:
        part.clear()
    write(window.focusWidget(), "水戸500か12-34")
    press(window.focusWidget(), Key.Key_F10)
    assert room.filing(1).registration_number.display() == "水戸500か1234"


def test_a_field_that_is_wrong_is_framed_and_has_the_focus(show: Show) -> None:
    window = show(owner_address1="")
    press(window.focusWidget(), Key.Key_F5)
    assert focused(window) == "user_address1"
    assert window.user_address1.problem == said(window) == "使用者住所1を入力してください。"
    write(window.focusWidget(), "古河")
    assert window.user_address1.problem is None


def test_the_check_says_why_it_does_not_work_yet(show: Show) -> None:
    window = show()
    press(window, Key.Key_K, ALT)
    assert said(window) == "[Alt+K 申請確認] は使えません: まだ発行していません。"


def test_the_request_stands_in_the_manuals_order(show: Show) -> None:
    window = show()
    fields = (
        window.told["filing_id"],
        window.told["status"],
        window.planned_date,
        window.told["status_updated_at"],
        window.told["oss_status"],
    )
    tops = [field.mapTo(window, field.rect().topLeft()).y() for field in fields]
    assert tops == sorted(set(tops))
    check, status = (each.mapTo(window, each.rect().center()).y() for each in (window.check, fields[1]))
    assert abs(check - status) < window.check.height()


def test_fees_come_as_ainas_tells_them(show: Show, room: DeskRoom) -> None:
    window = show()
    assert str(window.fees.model().index(0, 1).data()).startswith("見込 ¥")
    press(window.focusWidget(), Key.Key_F5)
    room.sandbox.troubles.add(Trouble(Kind.UNKNOWN_WORDS, "getFiling"))
    press(window, Key.Key_K, ALT)
    model = window.fees.model()
    kinds = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert "特別調整金" in kinds
    assert kinds[-1] == "合計"
    assert window.told["oss_status"].value() == "特別調整中"


def test_an_unknown_choice_is_shown_as_it_came(show: Show, room: DeskRoom) -> None:
    window = show()
    window.screen_shown.edit("certificate_update", "新しい区分")
    assert window.certificate_update.value() == "新しい区分"
    window.focus_field("certificate_update")
    press(window.focusWidget(), Key.Key_Up)
    press(window.focusWidget(), Key.Key_F10)
    assert room.filing(1).certificate_update == "運輸支局における記録"


def test_f12_asks_when_something_was_typed(show: Show) -> None:
    window = show()
    write(window.focusWidget(), "12/1")
    press(window.focusWidget(), Key.Key_F12)
    press(asked().focusWidget(), Key.Key_Return)
    stayed = window.isVisible()
    press(window.focusWidget(), Key.Key_Escape)
    press(asked().focusWidget(), Key.Key_Right)
    press(asked().focusWidget(), Key.Key_Return)
    assert (stayed, window.isVisible()) == (True, False)


def test_no_amount_is_cut_in_the_largest_text(show: Show, theme: Theme, qtbot: QtBot) -> None:
    window = show()
    fees = window.fees
    grow(theme, 200)

    def spare() -> list[int]:
        texts = [fees.model().index(1, each).data() for each in range(fees.model().columnCount())]
        return [fees.columnWidth(each) - fees.fontMetrics().horizontalAdvance(text) for each, text in enumerate(texts)]

    qtbot.waitUntil(lambda: min(spare()) > 0)


@pytest.mark.parametrize("percent", [100, 150])
def test_everything_is_seen_without_scrolling(show: Show, theme: Theme, percent: int) -> None:
    window = show()
    grow(theme, percent)
    assert window.size() == QSize(1280, 720)
    assert page_of(window).verticalScrollBar().maximum() == 0
    widths = [window.fees.columnWidth(each) for each in range(4)]
    texts = [window.fees.model().index(0, each).data() for each in range(4)]
    needed = [window.fees.fontMetrics().horizontalAdvance(text) for text in texts]
    assert all(width > need for width, need in zip(widths, needed, strict=True))


@pytest.mark.parametrize("percent", [100, 200])
def test_the_table_of_fees_ends_with_its_last_row(show: Show, theme: Theme, qtbot: QtBot, percent: int) -> None:
    window = show()
    grow(theme, percent)
    fees = window.fees
    last = fees.model().rowCount() - 1
    qtbot.waitUntil(lambda: fees.rowViewportPosition(last) + fees.rowHeight(last) == fees.viewport().height())
    assert fees.model().index(last, 0).data() == "合計"
