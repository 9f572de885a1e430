"""Tests of what 照会 knows: which cars it finds, where its keys lead, and what is missing before the first use."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from onestop.screens.function_keys import LOOKUP, LOOKUP_BUTTONS
from onestop.screens.places import FilingListPlace, HelpPlace, ImportPlace, MainPlace, SettingsPlace, VehiclePlace
from onestop.screens.ports import Others, Tone
from onestop.screens.vehicle.lookup_words import CLEARED, MOST, NO_CARS, PUT_IN
from onestop.store.keychain import ApiSecrets
from support.builders import a_vehicle
from support.desks import DeskRoom, a_desk
from support.lookup import opened, plates
from support.screens import InlineBackground, Stage, said


def test_the_cars_used_last_stand_there_at_the_start(room: DeskRoom, stage: Stage) -> None:
    first = room.a_car(plate="土浦300さ1")
    second = room.a_car(plate="土浦300さ2", chassis_number="ZN6-000002")
    screen = opened(stage)
    assert plates(screen) == ["土浦300さ2", "土浦300さ1"]
    assert (screen.chosen, screen.position) == (second, 0)
    assert screen.count_text == "2件(最近使った順)"
    assert screen.found.position(first) == 1


@pytest.mark.parametrize("typed", ["1111", "カーネット", "C123", "土浦1あ11-11", "１１１１"])
def test_whatever_is_typed_finds_the_car(room: DeskRoom, stage: Stage, typed: str) -> None:
    room.a_car(plate="土浦1あ1111", chassis_number="ABC123", owner_name="カーネット太郎", name_reading="")
    room.a_car(plate="岩手500と1499", chassis_number="AE104", owner_name="別人")
    screen = opened(stage)
    screen.type(typed)
    assert plates(screen) == ["土浦1あ1111"]
    assert screen.count_text == "1件"
    assert screen.search_text == typed


def test_a_row_shows_what_a_clerk_looks_for(room: DeskRoom, stage: Stage) -> None:
    room.a_car(plate="土浦1あ1111", chassis_number="ABC123", expiry_date=dt.date(2026, 12, 20))
    screen = opened(stage)
    assert screen.found.row(0) == (
        "土浦1あ1111",
        "トヨタ",
        "DBA-ZN6",
        "見本太郎",
        "ABC123",
        "2026/12/20 あと26日",
        "",
        "–",
    )
    assert screen.found.tone(0) is Tone.WARNING
    assert len(screen.found.columns) == len(screen.found.row(0))


def test_new_words_choose_the_best_match_again(room: DeskRoom, stage: Stage) -> None:
    for serial in (11, 12, 13):
        room.a_car(plate=f"土浦300さ{serial}", chassis_number=f"ZN6-0000{serial}")
    screen = opened(stage)
    screen.choose(2)
    assert screen.position == 2
    screen.type("見本")
    assert screen.position == 0


def test_a_position_that_is_no_row_changes_nothing(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car()
    screen = opened(stage)
    screen.choose(-1)
    screen.choose(7)
    assert screen.chosen == car


def test_the_same_text_is_not_searched_twice(stage: Stage) -> None:
    screen = opened(stage)
    jobs = stage.background.jobs
    screen.type("")
    assert stage.background.jobs == jobs


def test_each_key_leads_to_its_window(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car()
    screen = opened(stage)
    for key in ("F1", "F3", "F4", "F5", "F7", "F11"):
        assert stage.press(LOOKUP, key, screen) is None
    assert stage.press(LOOKUP_BUTTONS, "Alt+W", screen) is None
    assert stage.navigator.went == [
        HelpPlace("lookup"),
        SettingsPlace(),
        VehiclePlace(None),
        VehiclePlace(car),
        FilingListPlace(),
        MainPlace(car),
    ]
    stage.view.choose_file(Path("car.json"))
    assert stage.navigator.went[-1] == ImportPlace((Path("car.json"),))
    stage.press(LOOKUP, "F12", screen)
    stage.view.answer("終了する")
    assert stage.navigator.went[-1:] == ["end"]


@pytest.mark.parametrize(
    ("others", "words"),
    [
        (Others(unsaved=("車両", "申請書発行")), ["車両・申請書発行", "下書き"]),
        (Others(sending=("一括申請",)), ["送信中です: 一括申請", "送られません"]),
        (Others(unsaved=("設定",), sending=("一括申請",)), ["一括申請", "設定"]),
    ],
)
def test_the_end_asks_when_something_would_be_lost(stage: Stage, others: Others, words: list[str]) -> None:
    screen = opened(stage)
    stage.navigator.standing_open = others
    stage.press(LOOKUP, "F12", screen)
    assert [word for word in words if word not in stage.view.asked.text] == []
    stage.view.answer("戻る")
    assert "end" not in stage.navigator.went
    screen.leave()
    stage.view.answer("終了する")
    assert stage.navigator.went == ["end"]


def test_the_system_may_close_it_unasked_while_nothing_is_lost(room: DeskRoom, stage: Stage) -> None:
    room.a_car()
    screen = opened(stage)
    screen.leave()
    assert (stage.navigator.went, stage.view.questions) == (["end"], [])


def test_clear_begins_another_search_and_nothing_ends_unasked(room: DeskRoom, stage: Stage) -> None:
    room.a_car()
    screen = opened(stage)
    screen.type("9999")
    assert stage.press(LOOKUP_BUTTONS, "Alt+C", screen) is None
    assert (screen.search_text, len(plates(screen))) == ("", 1)
    assert stage.view.focused == ["search_text"]
    assert stage.view.questions == []
    screen.close()
    assert stage.navigator.went == []
    stage.view.answer("終了する")
    assert stage.navigator.went == ["end"]


def test_without_any_car_the_list_says_which_keys_help(stage: Stage) -> None:
    screen = opened(stage)
    assert screen.empty_text == NO_CARS
    assert screen.count_text == "0件"
    assert screen.position is None
    why_not = stage.press(LOOKUP_BUTTONS, "Alt+W", screen)
    assert why_not is not None
    assert "車両がありません" in why_not


def test_nothing_found_says_what_can_be_typed(room: DeskRoom, stage: Stage) -> None:
    room.a_car()
    screen = opened(stage)
    screen.type("ほげ")
    assert screen.empty_text.startswith("「ほげ」に合う車両はありません。")
    assert "F4 新規" in screen.empty_text
    why_not = stage.press(LOOKUP, "F5", screen)
    assert why_not is not None
    assert "検索に合う車両がありません" in why_not


def test_what_is_missing_before_the_first_use_is_listed(tmp_path: Path) -> None:
    with a_desk(tmp_path, settings=None) as room:
        stage = Stage(desk=lambda: room.desk)
        screen = opened(stage)
        assert screen.message is not None
        assert screen.message.text.endswith("依頼人拠点コード・代理人拠点ID")
        assert "F3 設定" in screen.message.text
        assert "□ 代理人拠点コード [発行: 代理人]" in screen.empty_text
        screen.say("別の話")
        screen.type("1")
        assert screen.message is not None
        assert screen.message.tone is Tone.WARNING


def test_the_warning_goes_when_nothing_is_missing_any_more(tmp_path: Path) -> None:
    with a_desk(tmp_path, settings=None) as room:
        stage = Stage(desk=lambda: room.desk)
        screen = opened(stage)
        form = room.desk.settings.state().form
        room.desk.settings.save(
            type(form)(requester_site_code="0812345", agent_site_id="D0000123", services_url=form.services_url)
        )
        screen.reload()
        assert screen.missing == ()
        assert screen.message is None
        assert screen.empty_text == NO_CARS


def test_another_message_is_not_covered_by_what_is_missing(tmp_path: Path) -> None:
    with a_desk(tmp_path, settings=None) as room:
        stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
        screen = opened(stage)
        screen.say("別の話")
        stage.background.work_all()
        assert screen.missing
        assert screen.message is not None
        assert screen.message.text == "別の話"


def test_after_the_connection_was_changed_it_is_asked_again(room: DeskRoom, stage: Stage) -> None:
    screen = opened(stage)
    room.secrets.write(ApiSecrets("", ""))
    screen.reload(control_number=1)
    before = screen.missing
    screen.reload()
    assert (before, screen.missing) == ((), ("api_key", "api_password"))


def test_practice_needs_no_settings(tmp_path: Path) -> None:
    with a_desk(tmp_path, settings=None, practice=True) as room:
        screen = opened(Stage(desk=lambda: room.desk))
        assert screen.message is None


def test_a_car_that_was_put_in_is_chosen_and_told_whatever_was_searched_for(room: DeskRoom, stage: Stage) -> None:
    old = room.a_car(plate="土浦300さ1")
    screen = opened(stage)
    screen.type("土浦300さ1")
    new = room.a_car(plate="土浦300さ2", chassis_number="ZN6-000002")
    screen.turn_to_car(new)
    assert screen.search_text == ""
    assert said(screen) == PUT_IN.format(car="土浦300さ2") + CLEARED
    screen.reload()
    assert (screen.chosen, said(screen)) == (new, PUT_IN.format(car="土浦300さ2") + CLEARED)
    assert old in [row.vehicle_id for row in screen.found.records]
    assert stage.press(LOOKUP_BUTTONS, "Alt+W", screen) is None
    assert stage.navigator.went == [MainPlace(new)]
    assert said(screen) == ""


def test_what_is_said_of_a_new_car_goes_once_another_is_chosen(room: DeskRoom, stage: Stage) -> None:
    old = room.a_car(plate="土浦300さ1")
    screen = opened(stage)
    new = room.a_car(plate="土浦300さ2", chassis_number="ZN6-000002")
    screen.turn_to_car(new)
    screen.choose(screen.found.position(new) or 0)
    assert said(screen) == PUT_IN.format(car="土浦300さ2")
    screen.choose(screen.found.position(old) or 0)
    assert said(screen) == ""


def test_a_key_leaves_what_is_not_about_a_new_car_to_the_next_answer(stage: Stage) -> None:
    screen = opened(stage)
    screen.say("ほかの文")
    stage.press(LOOKUP, "F7", screen)
    assert said(screen) == "ほかの文"


def test_what_a_new_car_lacks_is_said(room: DeskRoom, stage: Stage) -> None:
    screen = opened(stage)
    screen.turn_to_car(room.a_car(plate="土浦300さ2"), "用途 が未入力です。")
    assert said(screen) == PUT_IN.format(car="土浦300さ2") + "用途 が未入力です。"
    assert screen.message is not None
    assert screen.message.tone is Tone.WARNING


def test_only_what_was_searched_for_is_said_to_be_cleared(room: DeskRoom, stage: Stage) -> None:
    screen = opened(stage)
    screen.turn_to_car(room.a_car(plate="土浦300さ2"))
    assert said(screen) == PUT_IN.format(car="土浦300さ2")


def test_a_key_pressed_before_the_list_shows_the_new_car_waits_for_it(room: DeskRoom) -> None:
    room.a_car(plate="土浦300さ1")
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    screen = opened(stage)
    stage.background.work_all()
    new = room.a_car(plate="土浦300さ2", chassis_number="ZN6-000002")
    screen.turn_to_car(new)
    screen.reload(vehicle_id=1)
    stage.press(LOOKUP_BUTTONS, "Alt+W", screen)
    stage.background.work_all()
    assert stage.navigator.went == [MainPlace(new)]


def test_who_types_on_is_not_told_of_the_new_car(room: DeskRoom) -> None:
    old = room.a_car(plate="土浦300さ1")
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    screen = opened(stage)
    stage.background.work_all()
    screen.turn_to_car(room.a_car(plate="土浦300さ2", chassis_number="ZN6-000002"))
    screen.type("土浦300さ1")
    stage.background.work_all()
    assert (screen.chosen, said(screen)) == (old, "")


def test_news_of_another_car_moves_nothing(room: DeskRoom, stage: Stage) -> None:
    first = room.a_car(plate="土浦300さ1")
    other = room.a_car(plate="土浦300さ2", chassis_number="ZN6-000002")
    screen = opened(stage)
    screen.choose(screen.found.position(first) or 0)
    screen.reload(vehicle_id=other)
    assert screen.chosen == first


def test_many_cars_are_counted_as_many(room: DeskRoom, stage: Stage) -> None:
    with room.database.write() as shelves:
        for number in range(MOST + 5):
            shelves.vehicles.add(a_vehicle(chassis_number=f"ZN6-{number:06}"))
    assert opened(stage).count_text == "200件以上(最近使った順)"


def test_f8_writes_the_estimate_of_the_chosen_car_as_a_pdf(room: DeskRoom, stage: Stage, tmp_path: Path) -> None:
    room.a_car()
    screen = opened(stage)
    assert "まだファイルを保存していません" in (stage.press(LOOKUP_BUTTONS, "Alt+O", screen) or "")
    stage.press(LOOKUP, "F8", screen)
    _proposed, _pattern, chosen = stage.view.save_requests.pop()
    chosen(tmp_path / "a.pdf")
    assert said(screen).startswith("保存しました: a.pdf")
    stage.press(LOOKUP_BUTTONS, "Alt+O", screen)
    assert stage.view.folders == [tmp_path]
