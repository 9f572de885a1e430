"""自賠責証明書発行 from 新規 to F5 and 手入力: nothing typed is lost, and nothing is issued with errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.model.certificate_words import Origin
from onestop.model.insurance_checks import REGISTRY_OFF
from onestop.model.sending_state import Sending
from onestop.screens.function_keys import INSURANCE
from onestop.screens.insurance.screen import BY_HAND, BY_HAND_HINT, REGISTRY_NOTE, InsuranceScreen
from onestop.screens.insurance.shown import ISSUED_ALREADY, NOT_SHOWN, PAPER, WAITING
from onestop.screens.ports import Tone
from support.forms import OF_ELSEWHERE, InsuranceForms, OpenForm
from support.insurance import INSURER, certificate, times_issued
from support.screens import Change

if TYPE_CHECKING:
    from onestop.model.certificates import InsuranceCertificate


def stored(here: OpenForm[InsuranceScreen]) -> InsuranceCertificate:
    return certificate(here.room, here.number)


# --- 新規 and 保存


def test_a_new_one_is_prefilled_with_period_and_premium(insurances: InsuranceForms) -> None:
    here = insurances()
    form, shown = here.screen.editor.form, here.screen.shown
    assert (form.start_date, form.months, form.contract_kind, form.rate_class) == (
        "R8.12.21",
        "24",
        "継続",
        "自家用乗用",
    )
    assert form.report_to_registry
    assert (shown.mode, shown.control_number, shown.status, shown.registry) == ("新規", 0, "未発行", "")
    assert shown.validity == "2026/12/20 → 新しい満了日 2028/12/20"
    assert shown.old_end == "記録なし(前の証明書で確認)"
    assert shown.last_application_date == "2026/12/21(検査日が未定)"
    assert shown.estimate == "見込 ¥18,560 (2026/11/01からの表) 本土の料率"
    assert shown.advice == "保険会社を選んでください。"
    here.type(insurer=INSURER)
    assert here.screen.shown.advice == "確認事項はありません。"
    here.type(insurer="")
    assert here.screen.value("end_date") == "R10.12.21"
    assert here.screen.value("registration_number") == ("土浦", "300", "さ", "1234")
    assert INSURER in here.screen.insurers
    assert here.stage.view.focused == ["insurer"]
    assert not here.screen.changed


def test_what_is_typed_is_looked_at_at_once(insurances: InsuranceForms) -> None:
    here = insurances.ready()
    here.type(months="12")
    assert here.screen.shown.advice == ("保険期間が新しい満了日(2028/12/20)の翌日に届きません。24か月なら届きます。")
    assert here.screen.shown.estimate == "見込 ¥12,250 (2026/11/01からの表) 本土の料率"
    here.type(report_to_registry=False)
    assert here.screen.shown.advice.endswith("(ほかに1件)")
    assert here.screen.problem("report_to_registry") == REGISTRY_NOTE
    here.type(start_date="いつか")
    assert (here.screen.shown.advice, here.screen.shown.estimate, here.screen.value("end_date")) == ("", "", "")


def test_a_later_look_overtakes_an_earlier_one(insurances: InsuranceForms) -> None:
    here = insurances.ready()
    here.stage.background.held = True
    here.type(months="12")
    here.type(months="36")
    here.stage.background.work_last()
    here.stage.background.work_all()
    assert here.screen.shown.counted_end == "R11.12.21"


def test_saving_keeps_it_as_a_draft(insurances: InsuranceForms) -> None:
    here = insurances.ready()
    assert here.press("F10") is None
    assert here.said == "保存しました。管理番号 1"
    assert (stored(here).sending, here.screen.shown.mode, here.screen.changed) == (Sending.DRAFT, "修正", False)
    assert here.stage.navigator.changes == [Change(vehicle_id=1)]
    assert here.again().screen.editor.form.insurer == INSURER


def test_what_cannot_be_stored_is_marked(insurances: InsuranceForms) -> None:
    here = insurances.ready()
    here.type(months="二年")
    here.press("F10")
    assert here.screen.problem("months") == here.said
    assert here.stage.view.focused[-1] == "months"
    here.type(months="24")
    assert here.screen.problem("months") is None


# --- F5


def test_f5_saves_and_issues(insurances: InsuranceForms) -> None:
    here = insurances.issued()
    assert here.said == f"発行しました。保険証番号 {stored(here).certificate_number} 保険料 ¥18,560"
    assert (here.screen.shown.status, here.screen.shown.registry) == ("発行済", WAITING)
    assert here.screen.shown.advice == ""
    assert here.press("F5") == f"[F5 発行] は使えません: {ISSUED_ALREADY}"
    assert here.press("Alt+E") == f"[Alt+E 手入力] は使えません: {ISSUED_ALREADY}"
    here.type(months="25")
    assert here.screen.editor.form.months == "24"
    assert times_issued(here.room, here.number) == 1


def test_errors_stop_it_with_the_focus_on_the_first(insurances: InsuranceForms) -> None:
    here = insurances()
    here.type(policyholder_name="")
    here.press("F5")
    assert here.said == "保険会社を選んでください。(ほかに1件)"
    assert here.tone is Tone.ERROR
    assert here.screen.problem("policyholder_name") == "契約者氏名・名称を入力してください。"
    assert here.stage.view.focused[-1] == "insurer"
    assert not here.screen.is_locked("insurer")
    here.type(insurer=INSURER)
    here.press("F5")
    assert here.said == "契約者氏名・名称を入力してください。"


def test_warnings_are_asked_about(insurances: InsuranceForms) -> None:
    here = insurances.ready()
    here.type(report_to_registry=False)
    here.press("F5")
    assert "エラー127" in here.stage.view.asked.text
    assert here.screen.is_locked("months")
    here.press("F12")
    assert here.said == "発行が終わるまでお待ちください。"
    here.stage.view.answer("戻って直す")
    assert here.stage.view.focused[-1] == "report_to_registry"
    here.press("F5")
    here.stage.view.answer("このまま発行する")
    assert here.screen.shown.registry == "なし(登録機関のチェックなし)"


def test_what_was_confirmed_for_the_car_is_shown_and_asked_about_no_more(insurances: InsuranceForms) -> None:
    here = insurances.ready(chassis_number="ABC124")
    assert here.screen.shown.advice.startswith("車台番号にハイフンがありません。")
    found = here.room.desk.insurance.assess(here.screen.editor.form, here.vehicle_id or 0).findings
    here.room.desk.confirming.confirm([(here.vehicle_id or 0, found)])
    here.type(insurer=INSURER)
    assert here.screen.shown.advice.startswith("確認済 2026/11/24: 車台番号にハイフンがありません。")
    here.press("F5")
    assert here.stage.view.questions == []
    assert "確認済 2026/11/24: 車台番号に" in here.said
    assert times_issued(here.room, here.number) == 1


def test_what_was_said_of_a_field_goes_when_it_is_changed(insurances: InsuranceForms) -> None:
    here = insurances.ready()
    here.type(insurer="", policyholder_name="")
    here.press("F5")
    assert here.said.startswith("保険会社を選んでください。")
    here.type(policyholder_name="見本太郎")
    assert here.said.startswith("保険会社を選んでください。")
    here.type(insurer="見本損保")
    assert here.said == ""


def test_a_missing_tick_for_the_registry_is_said_at_once(insurances: InsuranceForms) -> None:
    here = insurances.ready()
    here.type(report_to_registry=False)
    assert here.said == REGISTRY_OFF
    here.type(report_to_registry=True)
    assert here.said == ""


def test_a_refusal_marks_its_field_and_is_shown_again_when_it_is_opened(insurances: InsuranceForms) -> None:
    here = insurances.ready()
    here.type(months="26")
    here.press("F5")
    here.stage.view.answer("このまま発行する")
    assert here.screen.problem("months") == "この車種と保険期間の保険料がありません。"
    assert here.stage.view.alarms == 1
    assert stored(here).sending is Sending.DRAFT
    there = here.again()
    assert there.said.startswith("前回の発行は受け付けられませんでした: ")
    there.type(months="25")
    there.press("F5")
    assert times_issued(here.room, here.number) == 1


# --- 手入力


def test_a_paper_certificate_is_typed_and_registered(insurances: InsuranceForms) -> None:
    here = insurances()
    assert here.screen.is_locked("certificate_number")
    assert here.press("Alt+E") is None
    assert (here.said, here.stage.view.focused[-1]) == (BY_HAND_HINT, "origin")
    assert not here.screen.is_locked("certificate_number")
    assert here.screen.editor.form.origin == "未確認"
    assert here.press("F5") == f"[F5 発行] は使えません: {BY_HAND}"
    here.type(**OF_ELSEWHERE)
    here.press("F10")
    assert here.said == "登録しました。管理番号 1"
    assert (stored(here).origin, stored(here).months, stored(here).premium) == (Origin.PAPER, 24, 18560)
    assert (here.screen.shown.status, here.screen.shown.registry) == ("手入力(紙)", "紙のため、なし")
    assert here.press("F7") == f"[F7 確認] は使えません: {PAPER}"
    assert here.press("Alt+E") == "[Alt+E 手入力] は使えません: 手入力で登録済みです。直したら F10 で保存してください。"
    here.type(premium="18,000")
    here.press("F10")
    assert stored(here).premium == 18000
    here.press("F2")
    here.stage.view.answer("削除する")
    assert here.stage.view.dismissed


def test_f6_again_goes_back_to_issuing(insurances: InsuranceForms) -> None:
    here = insurances()
    here.press("Alt+E")
    here.press("Alt+E")
    assert (here.said, here.stage.view.focused[-1], here.screen.editor.form.by_hand) == ("", "insurer", False)
    assert here.screen.editor.form.origin == "電子"


def test_one_that_is_not_confirmed_can_be_asked_about(insurances: InsuranceForms) -> None:
    here = insurances.by_hand(origin="未確認")
    assert here.screen.shown.registry == "未確認"
    here.press("F7")
    assert here.said == NOT_SHOWN


def test_what_is_typed_on_it_stays_while_it_is_asked_about(insurances: InsuranceForms) -> None:
    here = insurances.by_hand(origin="未確認")
    here.type(premium="18,000")
    here.press("F7")
    assert here.said == NOT_SHOWN
    assert (here.screen.editor.form.premium, here.screen.changed) == ("18,000", True)


def test_what_is_missing_on_it_is_marked(insurances: InsuranceForms) -> None:
    here = insurances()
    here.press("Alt+E")
    here.press("F10")
    assert here.screen.problem("certificate_number")
    assert here.screen.problem("report_to_registry") is None


# --- the rest


def test_a_car_that_is_gone_can_neither_be_saved_nor_issued(insurances: InsuranceForms) -> None:
    here = insurances()
    stage = here.stage
    screen = stage.open(InsuranceScreen(stage.surroundings, 99))
    assert screen.shown.validity == screen.shown.old_end == screen.shown.last_application_date == ""
    assert stage.press(INSURANCE, "F10", screen) == "[F10 保存] は使えません: 証明書が読み込まれていません。"
    assert screen.editor.read_day("R8.12.1") == ("令和8年12月1日(火) 2026/12/01", None)


def test_the_years_that_no_table_knows_are_asked_and_nothing_is_guessed(insurances: InsuranceForms) -> None:
    screen = insurances(use="特種", body_shape="").screen
    assert screen.editor.form.months == ""
    assert screen.shown.validity == "2026/12/20 → 新しい満了日 不明(車両の「有効期間」で年数を選びます)"
    assert "車両の「有効期間」で1年か2年を選んでください" in screen.shown.advice


def test_a_known_old_policy_is_gone_on_from(insurances: InsuranceForms) -> None:
    here = insurances.by_hand(start_date="R6.12.20", end_date="R8.12.22")
    there = here.again()
    assert (there.screen.editor.form.start_date, there.screen.shown.old_end) == ("R8.12.22", "2026/12/22")
