"""自賠責証明書発行 after F5: lost answers, the registry, taking back, and opening what was issued."""

from __future__ import annotations

from onestop.model.sending_state import Sending
from onestop.screens.insurance.screen import LOST
from onestop.screens.insurance.shown import NOT_FILED, STILL_UNSETTLED, UNSETTLED_HINT, WAITING
from onestop.screens.ports import Tone
from onestop.services.insurance.service import HAS_ONE
from onestop_sandbox import Kind, Trouble
from support.builders import an_insurance_certificate
from support.forms import OF_ELSEWHERE, InsuranceForms
from support.inspections import of_now
from support.insurance import times_issued
from support.screens import Change

# --- answers that are lost


def test_a_lost_answer_says_how_it_is_found_out(insurances: InsuranceForms) -> None:
    here = insurances.lost(acted=True)
    assert (here.said, here.screen.shown.status) == (LOST, "確認中")
    assert here.press("F2") == "[F2 取消] は使えません: 発行されたかどうかを確認中です。先に F7 確認 を行ってください。"
    assert here.press("F10") == f"[F10 保存] は使えません: {UNSETTLED_HINT}"
    assert here.again().said == UNSETTLED_HINT
    assert here.press("F7") is None
    assert here.said == f"確認: 発行済 / 登録機関 {WAITING}"
    assert times_issued(here.room, here.number) == 1


def test_one_that_never_arrived_is_not_known_at_once_and_sent_again_later(insurances: InsuranceForms) -> None:
    here = insurances.lost(acted=False)
    here.press("F7")
    assert here.said == STILL_UNSETTLED
    here.stage.clock.advance(minutes=5)
    here.press("F7")
    assert here.screen.shown.status == "発行済"


def test_one_that_is_refused_when_it_is_sent_again_is_a_draft(insurances: InsuranceForms) -> None:
    here = insurances.lost(acted=False)
    here.stage.clock.advance(minutes=5)
    here.room.sandbox.troubles.add(Trouble(Kind.REFUSE, "issuePolicy", status=422))
    here.press("F7")
    assert here.said.startswith(NOT_FILED)


def test_a_question_whose_answer_is_lost_does_not_doubt_what_was_issued(insurances: InsuranceForms) -> None:
    here = insurances.issued()
    here.room.sandbox.troubles.add(Trouble(Kind.CUT, "getPolicy"))
    here.press("F7")
    assert here.tone is Tone.ERROR
    assert here.said != LOST


# --- F7 and F2


def test_the_registry_is_seen_by_f7(insurances: InsuranceForms) -> None:
    here = insurances.issued()
    here.stage.clock.advance(hours=2)
    here.press("F7")
    assert here.screen.shown.registry.startswith("登録済 令和8年11月24日")


def test_nothing_is_asked_about_a_draft(insurances: InsuranceForms) -> None:
    here = insurances.ready()
    assert here.press("F7") == "[F7 確認] は使えません: まだ発行していません。"
    assert here.press("F2") == "[F2 削除] は使えません: まだ保存されていません。"


def test_f2_deletes_a_draft_after_a_question(insurances: InsuranceForms) -> None:
    here = insurances.ready()
    here.press("F10")
    here.press("F2")
    here.stage.view.answer("戻る")
    here.press("F2")
    here.stage.view.answer("削除する")
    assert here.stage.view.dismissed
    assert here.again().screen.shown.mode == "新規"


def test_f2_takes_back_what_was_issued_until_it_begins(insurances: InsuranceForms) -> None:
    here = insurances.issued()
    here.press("F2")
    here.stage.view.answer("取消する")
    assert here.screen.shown.status == "取消"
    assert here.press("F2") == "[F2 取消] は使えません: 取消済みです。"
    assert here.again().screen.shown.mode == "新規"
    assert here.again(here.number).screen.shown.status == "取消"


def test_what_has_begun_is_the_insurers(insurances: InsuranceForms) -> None:
    here = insurances.issued()
    here.stage.clock.advance(days=28)
    assert here.press("F2") == "[F2 取消] は使えません: 保険期間が始まっています。保険会社に連絡してください。"


def test_taking_back_whose_answer_was_lost_is_asked_about_at_once(insurances: InsuranceForms) -> None:
    here = insurances.issued()
    here.room.sandbox.troubles.add(Trouble(Kind.CUT, "cancelPolicy", after=True))
    here.press("F2")
    here.stage.view.answer("取消する")
    assert here.screen.shown.status == "取消"
    assert here.said.startswith("取り消しました")


# --- opening one that was issued, and F4


def test_opening_asks_e_jibai(insurances: InsuranceForms) -> None:
    here = insurances.issued()
    here.stage.clock.advance(hours=1)
    again = here.again()
    assert again.screen.shown.registry.startswith("登録済")
    assert again.stage.navigator.changes == [Change(vehicle_id=1)], "the other windows hear of it at once"
    here.room.sandbox.troubles.add(Trouble(Kind.REFUSE, "getPolicy", status=503))
    there = here.again()
    assert there.screen.shown.registry.startswith("登録済")
    assert there.said


def test_f4_begins_another_one_and_it_stays_through_news(insurances: InsuranceForms) -> None:
    here = insurances.ready()
    assert here.press("F4") == "[F4 新規] は使えません: 新規の入力中です。"
    here.press("F5")
    first = here.number
    assert here.press("F4") is None
    assert (here.screen.shown.mode, here.number) == ("新規", 0)
    here.screen.reload(vehicle_id=here.vehicle_id)
    assert here.screen.shown.mode == "新規"
    here.press("Alt+E")
    here.type(**{**OF_ELSEWHERE, "start_date": "R6.12.20", "end_date": "R8.12.20"})
    here.press("F10")
    assert here.said == f"登録しました。管理番号 {first + 1}"
    assert here.again().number == first  # the one before does not hide the one for the coming period
    here.type(premium="1")
    assert "先に F10" in (here.press("F4") or "")
    here.press("F10")
    assert here.press("F4") is None
    here.press("F10")
    assert here.press("F4") == "[F4 新規] は使えません: この証明書はまだ発行していません。"


def test_f4_waits_for_what_is_unknown_or_not_finished(insurances: InsuranceForms) -> None:
    here = insurances.issued()
    with here.room.database.write() as shelves:
        draft = an_insurance_certificate(vehicle_id=here.vehicle_id, certificate_number=None, sending=Sending.UNKNOWN)
        shelves.insurance.add(of_now(shelves, draft))
    here.press("F4")
    assert here.said == HAS_ONE
    there = here.again()
    assert "確認中" in (there.press("F4") or "")


def test_after_its_end_a_new_one_is_proposed(insurances: InsuranceForms) -> None:
    here = insurances.issued()
    here.stage.clock.advance(days=800)
    assert here.again().screen.shown.mode == "新規"
