"""連動発行 without Qt: what stands in the three panels, one F5, the wait for AIRAS, and everything it stops at."""

from __future__ import annotations

import dataclasses
import re
import threading
from typing import TYPE_CHECKING

import pytest

from onestop.model.findings import Finding, Severity
from onestop.screens.badge import ISSUED, NOT_ISSUED, WAITING
from onestop.screens.function_key import SECONDS_TO_READ
from onestop.screens.function_keys import CONFORMITY_PANEL, RELAY, RELAY_CONFORMITY, RELAY_FILING, RELAY_INSURANCE
from onestop.screens.inspection.main_screen import MainScreen
from onestop.screens.inspection.relay_facts import DONE, NO_DAY, NO_DISTANCE, NOTHING_TO_SAY
from onestop.screens.inspection.relay_screen import (
    ALL_DONE,
    BLOCKED_BADGE,
    LOADING,
    NOT_READ,
    ON_ITS_WAY,
    READY_BADGE,
    SENDING_BADGE,
    STOPPED,
    WAITS,
    WARNED_BADGE,
    RelayScreen,
)
from onestop.screens.live_task import JUST_ENDED
from onestop.screens.places import ComparePlace, ConformityPlace, InsurancePlace, IssuePlace, RelayPlace, SettingsPlace
from onestop.screens.ports import Tone
from onestop.services.inspection.relay import BLOCKED
from onestop.services.inspection.relay_plan import Step
from onestop.store.settings_file import Settings
from onestop_sandbox import REAL, Kind, Trouble
from support import insurance
from support.checklist import answer
from support.conformity import prepare_shop, put_shop
from support.desks import DeskRoom, a_desk, a_sandbox
from support.screens import InlineBackground, Stage, said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclasses.dataclass(slots=True)
class Counter:
    """A clerk before 連動発行 of one car."""

    room: DeskRoom
    stage: Stage
    car: int

    def open(self) -> RelayScreen:
        return self.stage.open(RelayScreen(self.stage.surroundings, self.car))

    def press(self, key: str, screen: RelayScreen) -> str | None:
        return self.stage.press(RELAY, key, screen)

    def reaches_airas(self) -> None:
        """Let the hour pass, and the running program send again."""
        self.stage.clock.advance(hours=1)
        self.room.desk.conformity.tend()


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    stage = Stage()
    put_shop(tmp_path)
    with a_sandbox(stage.clock, pace=REAL) as sandbox, a_desk(tmp_path, clock=stage.clock, sandbox=sandbox) as room:
        insurance.a_policy(room, plate="土浦300さ9999", chassis_number="ZN6-999999")
        stage.desk = lambda: room.desk
        car = room.a_car()
        answer(room, car)
        yield Counter(room, stage, car)


def texts(screen: RelayScreen, step: Step) -> dict[str, str]:
    return {fact.label: fact.text for fact in screen.facts(step)}


def badges(screen: RelayScreen) -> list[object]:
    return [screen.badge(step) for step in Step]


# --- the review


def test_before_anything_is_read_it_says_so_and_sends_nothing(counter: Counter) -> None:
    counter.stage.background.held = True
    screen = counter.open()
    assert screen.order_text == LOADING
    assert (screen.money_text, screen.target.text, screen.findings_text(Step.FILING)) == ("", "", "")
    assert badges(screen) == [NOT_ISSUED] * 3
    assert {text for step in Step for text in texts(screen, step).values()} == {""}
    assert "終わるまで" in (counter.press("F5", screen) or "")
    screen.send()
    counter.stage.background.work_all()
    assert counter.room.desk.inspections.current(counter.car).insurance is None


def test_what_will_be_sent_to_whom_stands_there_with_the_money(counter: Counter) -> None:
    screen = counter.open()
    assert texts(screen, Step.INSURANCE) | {"保険料": ""} == {
        "保険証番号": "",
        "車台番号": "ZN6-012345",
        "保険会社": insurance.INSURER,
        "保険開始日": "令和8年12月21日(月) 2026/12/21",
        "保険終了日": "令和10年12月21日(木) 2028/12/21",
        "保険期間": "24か月",
        "保険料": "",
    }
    assert texts(screen, Step.INSURANCE)["保険料"].startswith("見込 ¥")
    assert texts(screen, Step.CONFORMITY) == {
        "交付番号": "",
        "申請種別": "OSS申請",
        "検査年月日": "令和8年11月24日(火) 2026/11/24",
        "検査員": "00112345 検査一郎",
        "走行距離": NO_DISTANCE,
        "満了日": "令和8年12月20日(日) 2026/12/20",
    }
    filing = texts(screen, Step.FILING)
    assert (filing["登録番号"], filing["使用者"], filing["申請予定日"]) == ("土浦300さ1234", "見本太郎", NO_DAY)
    assert "からの表)" in filing["自動車重量税"]
    assert re.fullmatch(r"見込 ¥[0-9,]+", screen.money_text)
    assert screen.target.text == "代理人拠点 D0000123(http://127.0.0.1)"
    assert screen.order_text.startswith("F5 を押すと、e-JIBAI・保適[AIRAS]・申請[AINAS] の順に送信します。")
    assert badges(screen) == [READY_BADGE, WARNED_BADGE, READY_BADGE]
    assert screen.findings_text(Step.INSURANCE) == NOTHING_TO_SAY
    assert screen.findings_text(Step.CONFORMITY).startswith("! 注意: ")


def test_a_typed_distance_and_a_day_that_cannot_be_read_stand_as_typed(counter: Counter) -> None:
    screen = counter.open()
    plan = screen.plan
    assert plan is not None
    made = dataclasses.replace(plan.conformity.form, odometer_km="45000", inspection_date="いつか")
    screen.plan = dataclasses.replace(plan, conformity=dataclasses.replace(plan.conformity, form=made))
    shown = texts(screen, Step.CONFORMITY)
    assert (shown["走行距離"], shown["検査年月日"]) == ("45000 km", "いつか")


def test_an_error_blocks_f5_and_its_panel_opens_the_window_that_mends_it(counter: Counter) -> None:
    counter.car = counter.room.a_car(
        plate="土浦300さ77", chassis_number="ZN6-000077", user_is_owner=False, user_name=""
    )
    screen = counter.open()
    assert badges(screen)[2] == BLOCKED_BADGE
    assert screen.order_text == BLOCKED
    assert screen.findings_text(Step.FILING).startswith("× ")
    assert counter.press("F5", screen) == f"[F5 発行] は使えません: {BLOCKED}"
    for table in (RELAY_INSURANCE, RELAY_CONFORMITY, RELAY_FILING):
        counter.stage.press(table, "1", screen)
    counter.press("F6", screen)
    assert counter.stage.navigator.went == [
        InsurancePlace(counter.car, None),
        ConformityPlace(counter.car, None),
        IssuePlace(counter.car, None),
        ComparePlace(counter.car),
    ]


def test_money_without_a_figure_is_said(counter: Counter) -> None:
    counter.car = counter.room.a_car(
        plate="土浦300さ78", chassis_number="ZN6-000078", weight_kg=None, gross_weight_kg=None
    )
    assert counter.open().money_text == "計算できないものがあります"


def test_without_the_settings_nothing_is_sent(tmp_path: Path) -> None:
    with a_desk(tmp_path, settings=Settings(practice=False, services_url="https://services.example")) as room:
        prepare_shop(room)
        insurance.a_policy(room, plate="土浦300さ9999", chassis_number="ZN6-999999")
        stage = Stage(desk=lambda: room.desk)
        screen = stage.open(RelayScreen(stage.surroundings, room.a_car()))
        assert "設定が足りません" in (stage.press(RELAY, "F5", screen) or "")
        assert screen.target.text == ""
        stage.press(RELAY, "F3", screen)
        assert stage.navigator.went == [SettingsPlace()]


def test_a_car_of_which_nothing_can_be_made_says_why(counter: Counter) -> None:
    counter.car = 999
    screen = counter.open()
    assert screen.plan is None
    assert said(screen)
    assert counter.press("F5", screen) == f"[F5 発行] は使えません: {NOT_READ}"
    screen.open_conformity()
    screen.open_filing()
    assert counter.stage.navigator.went == [ConformityPlace(999, None), IssuePlace(999, None)]


# --- F5


def test_one_f5_issues_all_three_and_waits_for_airas_between(counter: Counter) -> None:
    screen = counter.open()
    assert counter.press("F5", screen) is None
    assert said(screen) == WAITS
    assert badges(screen) == [ISSUED, WAITING, READY_BADGE]
    assert screen.money_text.endswith("(発行済みの自賠責を除く)")
    assert screen.findings_text(Step.INSURANCE) == DONE
    assert screen.order_text == ON_ITS_WAY
    assert counter.press("F5", screen) == f"[F5 発行] は使えません: {ON_ITS_WAY}"
    screen.reload(vehicle_id=counter.car)
    assert badges(screen)[1] == WAITING
    counter.reaches_airas()
    screen.reload(vehicle_id=counter.car)
    assert said(screen).startswith("3つとも発行しました(申請ID 1")
    assert badges(screen) == [ISSUED] * 3
    assert counter.press("F5", screen) == f"[F5 発行] は使えません: {ALL_DONE}"
    assert sum(counter.room.sandbox.filings.values()) == 1
    assert {each.vehicle_id for each in counter.stage.navigator.changes} == {counter.car}


def test_while_a_step_is_under_way_its_panel_says_so(counter: Counter) -> None:
    screen = counter.open()
    counter.stage.background.held = True
    counter.press("F5", screen)
    assert badges(screen)[0] == SENDING_BADGE
    assert badges(screen)[2] == READY_BADGE
    assert screen.order_text == "送信しています。F12 で中止できます。"
    assert counter.press("F5", screen) == "[F5 発行] は使えません: 送信中。終わるまでお待ちください。"
    counter.stage.background.work_all()
    assert said(screen) == WAITS


def test_a_go_whose_window_looked_again_is_over_and_f5_takes_it_up(counter: Counter) -> None:
    screen = counter.open()
    counter.press("F5", screen)
    counter.press("F7", screen)
    counter.reaches_airas()
    screen.reload(vehicle_id=counter.car)
    assert counter.room.desk.inspections.current(counter.car).filing is None
    assert badges(screen) == [ISSUED, ISSUED, READY_BADGE]
    counter.press("F5", screen)
    assert said(screen).startswith("3つとも発行しました")


def test_after_the_window_was_closed_the_next_step_is_offered(counter: Counter) -> None:
    screen = counter.open()
    counter.press("F5", screen)
    counter.press("F12", screen)  # meant for 中止, perhaps
    assert (screen.busy, counter.stage.view.dismissed) == (None, False)
    assert said(screen).startswith(JUST_ENDED)
    counter.stage.clock.wait(SECONDS_TO_READ)
    counter.press("F12", screen)
    assert counter.stage.view.dismissed
    counter.reaches_airas()
    main = counter.stage.open(MainScreen(counter.stage.surroundings, counter.car))
    assert main.hint.endswith("→ 保適[AIRAS] の 4")
    main.do_next()
    assert isinstance(counter.stage.navigator.went[-1], IssuePlace)


def test_a_lost_answer_stops_it_says_where_and_looks_again(counter: Counter) -> None:
    screen = counter.open()
    counter.room.sandbox.troubles.add(Trouble(Kind.REFUSE, "ejibai.issuePolicy", status=500))
    counter.press("F5", screen)
    assert said(screen).startswith("e-JIBAIで止まりました。")
    assert screen.message is not None
    assert screen.message.tone is Tone.ERROR
    assert counter.stage.view.alarms == 1
    assert badges(screen)[0] == BLOCKED_BADGE
    assert "確認中" in screen.findings_text(Step.INSURANCE)


def test_a_go_of_the_same_car_in_another_window_is_told(counter: Counter) -> None:
    screen = counter.open()
    relay = counter.room.desk.relay
    with relay._claimed(counter.car, threading.Event()):
        counter.press("F5", screen)
    assert "すでに行っています" in said(screen)


def test_f12_begins_no_further_step_and_waits_for_the_one_under_way(counter: Counter) -> None:
    screen = counter.open()
    counter.stage.background.held = True
    counter.press("F5", screen)
    counter.press("F12", screen)
    assert not counter.stage.view.dismissed
    counter.stage.background.work_all()
    assert said(screen) == STOPPED
    assert counter.room.desk.inspections.current(counter.car).insurance is None


# --- what happens elsewhere


def test_what_changed_elsewhere_is_read_again_once_nothing_is_under_way(counter: Counter) -> None:
    screen = counter.open()
    counter.stage.background.held = True
    screen.look_again()
    screen.reload(vehicle_id=counter.car)
    assert len(counter.stage.background.waiting) == 1
    counter.stage.background.work_all()
    counter.stage.background.held = False
    jobs = counter.stage.background.jobs
    screen.reload(vehicle_id=counter.car + 1)
    assert counter.stage.background.jobs == jobs
    screen.reload()
    assert counter.stage.background.jobs == jobs + 1


def test_what_was_read_before_f5_waits_until_its_sending_is_over(counter: Counter) -> None:
    screen = counter.open()
    background = InlineBackground(held=True)
    screen.background = background
    screen.reload()
    plan = screen.plan
    counter.press("F5", screen)
    background.work_next()
    assert screen.sending
    assert screen.plan is plan
    background.work_all()
    assert screen.plan is not plan


def test_what_was_confirmed_before_is_said_quietly(counter: Counter) -> None:
    screen = counter.open()
    plan = screen.plan
    assert plan is not None
    day = counter.stage.clock.today()
    quiet = Finding("D03", Severity.CONFIRMED, "old_insurance_number", "旧自賠責。", confirmed_on=day)
    screen.plan = dataclasses.replace(plan, conformity=dataclasses.replace(plan.conformity, findings=(quiet,)))
    assert screen.findings_text(Step.CONFORMITY) == "確認済 2026/11/24: 旧自賠責。"
    assert badges(screen)[1] == READY_BADGE


def test_panel_key_4_opens_it_while_something_is_missing(counter: Counter) -> None:
    main = counter.stage.open(MainScreen(counter.stage.surroundings, counter.car))
    counter.stage.press(CONFORMITY_PANEL, "4", main)
    assert counter.stage.navigator.went == [RelayPlace(counter.car)]


def test_a_held_background_keeps_the_told_sentence_until_it_has_looked_again(counter: Counter) -> None:
    screen = counter.open()
    counter.room.sandbox.troubles.add(Trouble(Kind.REFUSE, "ejibai.issuePolicy", status=500))
    background = InlineBackground(held=True)
    screen.background = background
    counter.press("F5", screen)
    background.work_next()
    assert said(screen).startswith("e-JIBAIで止まりました。")
    background.work_all()
    assert said(screen).startswith("e-JIBAIで止まりました。")
