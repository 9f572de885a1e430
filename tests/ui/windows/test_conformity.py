"""適合証・証明証発行 on the glass, by keys alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt

from onestop.model.rate_checks import TypedRate
from onestop.model.rate_tables import RateTable
from onestop.screens.conformity.screen import ConformityScreen
from onestop.screens.inspection.main_screen import MainScreen
from onestop.screens.places import ConformityPlace
from onestop.ui.colours import colours_of
from onestop.ui.windows.conformity import ConformityWindow
from onestop.ui.windows.main import MainWindow
from onestop_sandbox import REAL
from support.clock import FixedClock
from support.conformity import insure, prepare_shop
from support.desks import DeskRoom, a_desk, a_sandbox
from support.qt import PRACTICE, Stand, answer, focused, page_of, press, said, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from onestop.ui.theme import Theme
    from support.screens import Stage

    Show = Callable[[], ConformityWindow]

Key = Qt.Key
ENTER_ORDER = [
    "inspector_code",
    "inspection_date",
    "issue_date",
    "vehicle_category",
    "registration_number_area",
    "registration_number_class_number",
    "registration_number_kana",
    "registration_number_serial",
    "chassis_number",
    "officially_stamped",
    "vehicle_name",
    "model_code",
    "engine_model",
    "odometer_km",
    "expiry_date",
    "user_name",
    "user_address",
    "new_insurance_number",
    "new_insurer",
    "old_insurance_number",
    "old_insurer",
    "remarks",
    "key_hint",
]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeskRoom]:
    clock = FixedClock()
    with a_sandbox(clock, pace=REAL) as sandbox, a_desk(tmp_path, clock=clock, sandbox=sandbox) as made:
        prepare_shop(made)
        insure(made, made.a_car())
        yield made


@pytest.fixture
def show(stand: Stand, at_desk: Stage) -> Show:
    return lambda: stand(ConformityWindow(ConformityScreen(at_desk.surroundings, 1)), PRACTICE)


def test_it_has_the_manuals_title_and_every_item(show: Show) -> None:
    window = show()
    assert window.windowTitle() == "適合証・証明証発行"
    assert {field.name: field.label for field in window.fields} == {
        "application_kind": "申請種別",
        "workshop_code": "整備工場コード",
        "inspector_code": "検査員",
        "inspection_date": "検査年月日",
        "issue_date": "交付年月日",
        "vehicle_category": "自動車区分",
        "registration_number": "登録番号",
        "chassis_number": "車台番号",
        "officially_stamped": "職権打刻",
        "vehicle_name": "車名",
        "model_code": "型式",
        "engine_model": "原動機の型式",
        "odometer_km": "走行距離(km)",
        "expiry_date": "有効期間の満了日",
        "user_name": "使用者の氏名・名称",
        "user_address": "使用者の住所",
        "new_insurance_number": "新自賠責 証明書番号",
        "new_insurer": "新自賠責 保険会社",
        "old_insurance_number": "旧自賠責 証明書番号",
        "old_insurer": "旧自賠責 保険会社",
        "remarks": "備考",
        "pullback_reason": "引戻の理由",
    }
    assert window.kind_reason.text() == "自賠責が電子のため、OSS申請にできます。"
    assert not window.wait_box.isVisible()
    assert not window.fixed_hint.isVisible()


def test_enter_leads_through_the_items_to_f5(show: Show) -> None:
    window = show()
    way = [focused(window)]
    while way[-1] != "key_hint" and len(way) < 40:
        press(window.focusWidget(), Key.Key_Return)
        way.append(focused(window))
    assert way == ENTER_ORDER


def test_the_insurers_of_the_table_are_offered_for_both_policies(show: Show, room: DeskRoom) -> None:
    typed = TypedRate("見本損害保険", "2026/11/24", ("見本損害保険", "", "使う"), "告知")
    room.desk.rates.add(RateTable.INSURERS, [typed])
    window = show()
    for field in (window.new_insurer, window.old_insurer):
        assert field.input.itemText(0) == "見本損害保険"
        assert field.input.count() > 2


def test_from_the_wait_to_the_correction_by_keys(show: Show, room: DeskRoom, at_desk: Stage) -> None:
    window = show()
    press(window, Key.Key_M, Qt.KeyboardModifier.AltModifier)
    write(window.focusWidget(), "45200")
    press(window, Key.Key_F5)
    assert window.wait_box.isVisible()
    assert "次の自動送信 11/24 10:05(あと約50分)" in window.wait.text()
    assert "① まだ早い" in window.wait.text()
    at_desk.clock.advance(hours=1)
    (tended,) = room.desk.conformity.tend()
    window.screen_shown.reload(vehicle_id=tended.vehicle_id)
    assert not window.wait_box.isVisible()
    assert window.told["certificate_number"].value() == "2000000001"
    assert window.odometer_km.input.isReadOnly()
    press(window, Key.Key_R, Qt.KeyboardModifier.AltModifier)
    write(window.focusWidget(), "km")
    press(window, Key.Key_P, Qt.KeyboardModifier.AltModifier)
    answer("引き戻す")
    assert "引戻を受け付けました" in window.wait.text()
    at_desk.clock.advance(minutes=30)
    press(window, Key.Key_F7)
    assert not window.odometer_km.input.isReadOnly()
    assert window.chassis_number.input.isReadOnly()
    assert not window.vehicle_category.input.isEnabled()
    assert window.fixed_hint.isVisible()
    press(window, Key.Key_M, Qt.KeyboardModifier.AltModifier)
    write(window.focusWidget(), "1")
    press(window, Key.Key_F5)
    assert said(window) == "訂正しました。交付番号 2000000001(作成済)"


def test_the_days_turn_colour_in_the_window_and_in_the_panel(show: Show, stand: Stand, at_desk: Stage) -> None:
    at_desk.clock.advance(hours=1)
    window = show()
    window.screen_shown.edit("odometer_km", "45200")
    press(window, Key.Key_F5)
    at_desk.clock.advance(days=10)
    press(window, Key.Key_F7)
    assert window.told["days"].value().endswith("まで(11日目)")
    main = stand(MainWindow(MainScreen(at_desk.surroundings, 1)), PRACTICE)
    value = main.conformity.values["conformity_days"]
    assert value.value().endswith("まで(11日目)")
    assert colours_of(value.palette()).warning.paper in colours_in(value)


def colours_in(widget: QWidget) -> set[str]:
    image = widget.grab().toImage()
    return {image.pixelColor(image.width() - 8, y).name() for y in range(image.height())}


def test_the_panels_1_opens_it(stand: Stand, at_desk: Stage) -> None:
    main = stand(MainWindow(MainScreen(at_desk.surroundings, 1)), PRACTICE)
    main.conformity.setFocus()
    press(main.focusWidget(), Key.Key_1)
    assert at_desk.navigator.went == [ConformityPlace(1, None)]


@pytest.mark.parametrize("scale", [100, 150])
def test_nothing_scrolls_sideways(show: Show, theme: Theme, scale: int) -> None:
    theme.start_with(scale)
    window = show()
    window.resize(QSize(1280, 720))
    page = page_of(window)
    inner = page.widget()
    assert inner is not None
    assert inner.minimumSizeHint().width() <= page.viewport().width()
