"""ワンストップサービス: what the panels show of a car, and where the next work is."""

from __future__ import annotations

import dataclasses
import datetime as dt

from onestop.errors import NotReached
from onestop.model.ending import Ending
from onestop.model.sending_state import Sending
from onestop.screens.badge import ATTENTION, ISSUED, NOT_ISSUED, WAITING
from onestop.screens.function_keys import (
    INSURANCE_PANEL,
)
from onestop.screens.inspection.main_screen import PanelName
from onestop.screens.inspection.panel_badges import AWAITED
from onestop.screens.minutes import MINUTE
from onestop.screens.ports import Tone
from onestop.services.inspection.belonging import AWAITS_CERTIFICATE
from onestop.services.inspection.link import Linked
from onestop_sandbox import Kind, Trouble
from support.builders import a_conformity_certificate, an_insurance_certificate
from support.conformity import certificate
from support.desks import COVERS
from support.inspections import an_inspection, of_now
from support.main_screen import Here, texts
from support.outdated import an_outdated_one


def test_the_cars_particulars_stand_on_top_and_a_user_who_is_the_owner_as_stars(here: Here) -> None:
    screen = here.open(here.room.a_car(plate="土浦1あ1111", chassis_number="ABC123", vehicle_name="トヨタ 86"))
    assert screen.hint.startswith("次にすること: ")
    assert [(fact.label, fact.text) for fact in screen.vehicle_facts] == [
        ("所有者の氏名", "見本太郎"),
        ("所有者の住所", "茨城県古河市見本一丁目1番2号"),
        ("使用者の氏名", "***"),
        ("使用者の住所", "***"),
        ("満了日", "2026/12/20 あと26日"),
        ("車名", "トヨタ 86"),
        ("型式", "DBA-ZN6"),
        ("登録番号", "土浦1あ1111"),
        ("車台番号", "ABC123"),
        ("最終の検査申請日", ""),
    ]
    assert {fact.label: fact.tone for fact in screen.vehicle_facts if fact.tone} == {"満了日": Tone.WARNING}


def test_a_user_written_out_as_the_owner_is_stars_and_another_one_is_not(here: Here) -> None:
    alike = {"user_is_owner": False, "user_name": "見本太郎", "user_address1": "茨城県古河市見本一丁目1番2号"}
    same, other = here.room.a_car(**alike), here.room.a_car(**{**alike, "user_name": "見本花子"}, chassis_number="X-2")
    assert texts(here.open(same).vehicle_facts)[2:4] == ["***", "***"]
    assert texts(here.open(other).vehicle_facts)[2:4] == ["見本花子", "茨城県古河市見本一丁目1番2号"]


def test_a_car_without_any_party_shows_no_stars(here: Here) -> None:
    blank = {"owner_name": "", "owner_address1": "", "owner_address2": "", "user_is_owner": False}
    assert texts(here.open(here.room.a_car(**blank)).vehicle_facts)[:4] == ["", "", "", ""]


def test_opening_asks_airas_about_the_cars_certificate_and_says_nothing(here: Here) -> None:
    number = an_outdated_one(here.room)
    car = certificate(here.room, number).vehicle_id
    screen = here.open(car)
    assert "報告済" in texts(screen.conformity_facts)
    assert screen.message is None
    assert [change.vehicle_id for change in here.stage.navigator.changes] == [car]


def test_an_airas_that_cannot_be_asked_is_told(here: Here) -> None:
    number = an_outdated_one(here.room)
    here.room.sandbox.troubles.add(Trouble(Kind.REFUSE, "airas.getProgress", status=401))
    screen = here.open(certificate(here.room, number).vehicle_id)
    assert "作成済" in texts(screen.conformity_facts)
    assert screen.message is not None
    assert screen.message.text.startswith("1件の状態を確認できませんでした(保存済みの内容を表示しています)。")


def test_what_the_strip_said_goes_when_the_car_has_got_further(here: Here) -> None:
    car = here.room.a_car()
    screen = here.open(car)
    screen._linked(Linked(None, (), NotReached()))
    assert screen.message is not None
    screen.reload(vehicle_id=car)
    assert screen.message is not None
    here.room.a_draft(car)
    screen.reload(vehicle_id=car)
    assert screen.message is not None  # it answers a key, and none was pressed since
    here.stage.pressed.count += 1  # in another window
    here.room.desk.filings.delete(here.room.desk.inspections.current(car).filing.control_number)  # type: ignore[union-attr]
    screen.reload(vehicle_id=car)
    assert screen.message is None


def test_why_nothing_could_be_issued_goes_when_the_new_expiry_is_here(here: Here) -> None:
    car = here.room.a_car()
    with here.room.database.write() as shelves:
        shelves.inspections.add(an_inspection(car, dt.date(2026, 12, 20), Ending.FINISHED))
    screen = here.open(car)
    assert here.stage.press(INSURANCE_PANEL, "1", screen) == f"[1 証明書発行] は使えません: {AWAITS_CERTIFICATE}"
    screen.say(AWAITS_CERTIFICATE, Tone.WARNING)  # as the window does
    here.stage.pressed.count += 1  # in 車両
    opened = here.room.desk.vehicles.open(car)
    here.room.desk.vehicles.save(opened, dataclasses.replace(opened.form, expiry_date="20281220"))
    screen.reload(vehicle_id=car)
    assert screen.message is None


def test_another_user_is_named(here: Here) -> None:
    car = here.room.a_car(user_is_owner=False, user_name="見本花子", user_address1="栃木県", user_address2="小山市")
    assert texts(here.open(car).vehicle_facts)[2:4] == ["見本花子", "栃木県小山市"]


def test_the_panels_show_what_is_stored(here: Here) -> None:
    car = here.room.a_car()
    with here.room.database.write() as shelves:
        shelves.insurance.add(of_now(shelves, an_insurance_certificate(vehicle_id=car, end_date=COVERS)))
        made = a_conformity_certificate(vehicle_id=car, sending=Sending.FILED)
        shelves.conformity.add(of_now(shelves, made))
    number = here.room.a_draft(car)
    screen = here.open(car)
    assert texts(screen.insurance_facts) == [
        "見本損害保険",
        "A123456789",
        "令和8年12月20日(日) 2026/12/20",
        "令和10年12月21日(木) 2028/12/21",
        "24か月",
        "継続",
        "¥18,560",
        "",
    ]
    assert texts(screen.conformity_facts) == [
        *("1", "OSS申請", "1112345678", "報告済", "12/8まで(1日目)", "", ""),
    ]
    assert texts(screen.vehicle_facts)[-1] == "2026/12/08"
    assert texts(screen.filing_facts) == [str(number), "", "依頼前", ""]
    assert [screen.badge(panel) for panel in PanelName] == [ISSUED, ISSUED, NOT_ISSUED]


def test_certificates_without_numbers_leave_their_places_empty(here: Here) -> None:
    car = here.room.a_car()
    with here.room.database.write() as shelves:
        held = an_insurance_certificate(vehicle_id=car, certificate_number=None, start_date=None, months=None)
        shelves.insurance.add(of_now(shelves, held))
        shelves.conformity.add(
            of_now(shelves, a_conformity_certificate(vehicle_id=car, certificate_number=None, status=None))
        )
    screen = here.open(car)
    assert texts(screen.insurance_facts)[1:5] == ["", "", "令和10年12月20日(水) 2028/12/20", ""]
    assert texts(screen.conformity_facts)[2:] == ["", "未発行", "", "", ""]
    assert texts(screen.vehicle_facts)[-1] == "2026/12/08(自賠責が未確認)"


def test_an_issued_filing_shows_its_number_and_ainas_own_word(here: Here) -> None:
    number = here.room.a_draft()
    filing = here.room.desk.filings.delivery.issue(number)
    screen = here.open(filing.vehicle_id)
    assert texts(screen.filing_facts) == [str(number), filing.filing_id, "受付前", ""]
    assert screen.badge(PanelName.FILING) == ISSUED


def test_a_filing_whose_answer_was_lost_says_so(here: Here) -> None:
    number = here.room.a_draft(sending=Sending.UNKNOWN)
    assert texts(here.open(here.room.filing(number).vehicle_id).filing_facts) == [str(number), "", "確認中", ""]


def test_the_focus_starts_where_the_next_work_can_be_done(here: Here) -> None:
    screen = here.open(here.room.a_car())
    assert screen.next_panel is PanelName.INSURANCE
    assert here.stage.view.focused == ["insurance"]


def test_while_the_registry_is_awaited_the_next_work_is_further_on(here: Here) -> None:
    car = here.room.a_car()
    with here.room.database.write() as shelves:
        held = an_insurance_certificate(vehicle_id=car, request_key="key", end_date=COVERS)
        shelves.insurance.add(of_now(shelves, held))
    screen = here.open(car)
    assert screen.badge(PanelName.INSURANCE) == AWAITED
    assert screen.next_panel is not PanelName.INSURANCE


def test_while_something_is_awaited_the_minutes_are_counted_down(here: Here) -> None:
    car = here.room.a_car()
    with here.room.database.write() as shelves:
        sent = {"request_key": "key", "first_sent_at": here.stage.clock.now()}
        held = an_insurance_certificate(vehicle_id=car, **sent, end_date=dt.date(2028, 12, 21))
        number = shelves.insurance.add(of_now(shelves, held)).control_number
    screen = here.open(car)
    assert "残り約60分" in screen.hint
    refreshed = here.stage.view.refreshes
    here.stage.clock.advance(minutes=1)
    here.stage.background.pass_time(MINUTE)
    assert "残り約59分" in screen.hint
    assert here.stage.view.refreshes == refreshed + 1
    screen.reload(vehicle_id=car)
    assert len(here.stage.background.timers) == 1
    with here.room.database.write() as shelves:
        shelves.insurance.get(number).registry_reported_at = here.stage.clock.now()
    screen.reload(vehicle_id=car)
    here.stage.background.pass_time(MINUTE)
    assert not here.stage.background.timers


def test_the_days_and_the_wait_of_a_certificate_stand_in_its_panel(here: Here) -> None:
    car, now = here.room.a_car(), here.stage.clock.now()
    with here.room.database.write() as shelves:
        held = a_conformity_certificate(vehicle_id=car, status=None, waiting_since=now, next_try_at=now)
        number = shelves.conformity.add(of_now(shelves, held)).control_number
    screen = here.open(car)
    assert texts(screen.conformity_facts)[4:] == ["", "自賠責 次11/24 9:15", ""]
    assert screen.badge(PanelName.CONFORMITY) == WAITING
    with here.room.database.write() as shelves:
        stored = shelves.conformity.get(number)
        stored.sending, stored.status, stored.waiting_since = Sending.FILED, "作成済", None
        stored.inspection_date = dt.date(2026, 11, 14)
    fact = here.open(car).conformity_facts[4]
    assert (fact.text, fact.tone) == ("! 期限間近 12/8まで(11日目)", Tone.WARNING)


def test_a_refused_draft_needs_the_clerk(here: Here) -> None:
    car = here.room.a_car()
    with here.room.database.write() as shelves:
        shelves.conformity.add(
            of_now(shelves, a_conformity_certificate(vehicle_id=car, certificate_number=None, refusal="だめ"))
        )
    assert here.open(car).badge(PanelName.CONFORMITY) == ATTENTION


def test_it_reads_again_what_concerns_it_and_keeps_its_message(here: Here) -> None:
    car, other = here.room.a_car(), here.room.a_car(plate="水戸500か1", chassis_number="RF1-1")
    number = here.room.a_draft(car)
    screen = here.open(car)
    jobs = here.stage.background.jobs
    screen.reload(vehicle_id=other)
    screen.reload(control_number=number + 1)
    assert here.stage.background.jobs == jobs
    here.room.desk.filings.delivery.issue(number)
    screen.reload(control_number=number)
    assert texts(screen.filing_facts)[2] == "受付前"
    screen.say("お知らせ")
    screen.reload(vehicle_id=car)
    screen.reload()
    assert here.stage.background.jobs == jobs + 3
    assert screen.message is not None
    assert screen.message.text == "お知らせ"


def test_without_a_filing_a_change_elsewhere_is_nothing(here: Here) -> None:
    screen = here.open(here.room.a_car())
    jobs = here.stage.background.jobs
    screen.reload(control_number=1)
    assert here.stage.background.jobs == jobs


def test_a_car_that_is_gone_is_told(here: Here) -> None:
    screen = here.open(99)
    assert screen.message is not None
    assert screen.hint == ""
    assert set(texts(screen.vehicle_facts)) == set(texts(screen.filing_facts)) == {""}


def test_days_are_judged_by_the_clock(here: Here) -> None:
    car = here.room.a_car()
    with here.room.database.write() as shelves:
        shelves.insurance.add(of_now(shelves, an_insurance_certificate(vehicle_id=car, end_date=dt.date(2026, 11, 23))))
    assert here.open(car).badge(PanelName.INSURANCE).word == "期限切れ"
