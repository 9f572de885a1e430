"""次にすること: a row for each state of a car."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from onestop.clock import JST
from onestop.model.certificate_words import Origin
from onestop.model.ending import Ending
from onestop.model.sending_state import Sending
from onestop.services.inspection.next_step import NextStep, Press, next_step
from support.builders import a_conformity_certificate, a_filing, a_vehicle, an_insurance_certificate
from support.inspections import a_current

if TYPE_CHECKING:
    from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
    from onestop.model.filing import Filing
    from onestop.model.vehicle import Vehicle

NOW = dt.datetime(2026, 11, 24, 9, 15, tzinfo=JST)
FILED: dict[str, Any] = {"sending": Sending.FILED}
ISSUED: dict[str, Any] = {**FILED, "request_key": "key"}
"""Of a 自賠責 that e-JIBAI issued from here."""


def insurance(**changes: Any) -> InsuranceCertificate:  # noqa: ANN401 - any field of it
    number = changes.pop("control_number", 1)
    usual = {**ISSUED, "registry_reported_at": NOW, "end_date": dt.date(2028, 12, 21)}
    certificate = an_insurance_certificate(**{**usual, **changes})
    certificate.control_number = number
    return certificate


def conformity(**changes: Any) -> ConformityCertificate:  # noqa: ANN401 - any field of it
    return a_conformity_certificate(**{**FILED, "status": "作成済", **changes})


def filing(**changes: Any) -> Filing:  # noqa: ANN401 - any field of it
    held = a_filing(**{**FILED, "filing_id": "1000000011", "status": "受付前", **changes})
    held.derive_keys()
    return held


def step_of(  # noqa: PLR0913 - what a car may have
    insurances: InsuranceCertificate | tuple[InsuranceCertificate, ...] | None = None,
    certificate: ConformityCertificate | None = None,
    held: Filing | None = None,
    car: Vehicle | None = None,
    *,
    before: tuple[InsuranceCertificate, ...] = (),
    ending: Ending | None = None,
    renews: dt.date | None = None,
) -> NextStep:
    several = insurances if isinstance(insurances, tuple) else (insurances,) if insurances else ()
    stands = a_current(
        car or a_vehicle(), NOW.date(), several, certificate, held, before=before, ending=ending, renews=renews
    )
    return next_step(stands, NOW)


INSURANCE_ROWS = [
    (None, "自賠責保険の証明書を発行します", Press.INSURANCE),
    (insurance(status="取消"), "自賠責保険の証明書を発行します", Press.INSURANCE),
    (insurance(sending=Sending.UNKNOWN), "自賠責が受け付けられたか", Press.INSURANCE),
    (insurance(sending=Sending.SENDING), "自賠責が受け付けられたか", Press.INSURANCE),
    (insurance(sending=Sending.DRAFT, certificate_number=None), "作りかけ", Press.INSURANCE),
    (insurance(end_date=dt.date(2028, 12, 20)), "新しい満了日の翌日に届きません", Press.INSURANCE),
    (insurance(end_date=dt.date(2026, 11, 24)), "期間が終わって", Press.INSURANCE),
    (insurance(origin=Origin.PAPER, registry_reported_at=None), "保適証を発行します", Press.CONFORMITY),
    (
        insurance(report_to_registry=False, registry_reported_at=None),
        "取り消して、発行し直します",
        Press.INSURANCE,
    ),
    (insurance(report_to_registry=False, start_date=dt.date(2026, 11, 23)), "窓口申請で", Press.CONFORMITY),
    (insurance(report_to_registry=False, request_key=None), "窓口申請で", Press.CONFORMITY),
    (
        insurance(registry_reported_at=None, first_sent_at=NOW - dt.timedelta(minutes=35)),
        "残り約25分",
        Press.CONFORMITY,
    ),
    (
        insurance(registry_reported_at=None, first_sent_at=NOW - dt.timedelta(hours=2)),
        "1時間以上",
        Press.INSURANCE,
    ),
    (insurance(request_key=None, registry_reported_at=None), "保適証を発行します", Press.CONFORMITY),
    (insurance(end_date=None), "保適証を発行します", Press.CONFORMITY),
    (insurance(), "保適証を発行します", Press.CONFORMITY),
]


@pytest.mark.parametrize(("held", "says", "press"), INSURANCE_ROWS)
def test_the_insurance_decides_while_there_is_no_certificate(
    held: InsuranceCertificate | None, says: str, press: Press
) -> None:
    step = step_of(held)
    assert says in step.sentence
    assert step.press is press
    assert step_of(held, conformity(status="削除")) == step


OLD = {"control_number": 2, "certificate_number": "OLD", "end_date": dt.date(2026, 12, 20)}


def test_an_old_one_that_was_written_down_later_does_not_hide_the_new_one() -> None:
    assert step_of((insurance(**OLD), insurance())).press is Press.CONFORMITY
    unfinished = insurance(control_number=3, certificate_number=None, sending=Sending.DRAFT)
    assert "作りかけ" in step_of((unfinished, insurance(**OLD), insurance())).sentence


def test_of_two_for_the_coming_period_the_one_that_covers_it_counts() -> None:
    short = {"control_number": 2, "certificate_number": "SHORT", "end_date": dt.date(2027, 12, 21)}
    draft = filing(sending=Sending.DRAFT)
    assert step_of((insurance(**short), insurance()), conformity(), draft).press is Press.FILING


BEGUN = conformity(sending=Sending.DRAFT, certificate_number=None, new_insurance_number="")


@pytest.mark.parametrize("end_date", [dt.date(2026, 11, 24), dt.date(2026, 12, 21), dt.date(2027, 1, 20)])
@pytest.mark.parametrize("certificate", [None, BEGUN])
def test_a_policy_of_before_is_not_the_one_to_come(
    end_date: dt.date, certificate: ConformityCertificate | None
) -> None:
    step = step_of(None, certificate, before=(insurance(end_date=end_date),))
    assert step == NextStep("自賠責保険の証明書を発行します", Press.INSURANCE)


EXPIRY, LATER = dt.date(2026, 12, 20), dt.date(2028, 12, 20)
CAR_ROWS = [
    (None, dt.date(2027, 2, 1), "2か月前(2026/12/01)から", Press.NOTHING),
    (None, dt.date(2027, 1, 24), "自賠責保険の証明書を発行します", Press.INSURANCE),
    (None, None, "自賠責保険の証明書を発行します", Press.INSURANCE),
    (insurance(), dt.date(2027, 2, 1), "保適証を発行します", Press.CONFORMITY),
]


@pytest.mark.parametrize(("policy", "expiry", "says", "press"), CAR_ROWS)
def test_the_cars_own_days_decide_while_nothing_is_begun(
    policy: InsuranceCertificate | None, expiry: dt.date | None, says: str, press: Press
) -> None:
    step = step_of(policy, car=a_vehicle(expiry_date=expiry))
    assert says in step.sentence
    assert step.press is press


ENDED_ROWS = [
    (Ending.COUNTER, EXPIRY, EXPIRY, "新しい車検証", Press.IMPORT),
    (Ending.FINISHED, EXPIRY, EXPIRY, "新しい車検証", Press.IMPORT),
    (Ending.FINISHED, None, None, "新しい車検証", Press.IMPORT),
    (Ending.FINISHED, EXPIRY, LATER, "2か月前(2028/10/20)から", Press.NOTHING),
    (Ending.RENEWED, EXPIRY, LATER, "2か月前(2028/10/20)から", Press.NOTHING),
    (Ending.FINISHED, dt.date(2024, 12, 20), EXPIRY, "自賠責保険の証明書を発行します", Press.INSURANCE),
    (Ending.STOPPED, EXPIRY, EXPIRY, "自賠責保険の証明書を発行します", Press.INSURANCE),
]


@pytest.mark.parametrize(("ending", "renews", "expiry", "says", "press"), ENDED_ROWS)
def test_the_records_of_an_inspection_that_ended_decide_nothing(
    ending: Ending, renews: dt.date | None, expiry: dt.date | None, says: str, press: Press
) -> None:
    car, last = a_vehicle(expiry_date=expiry), insurance(end_date=dt.date(2026, 12, 21))
    step = step_of(last, conformity(), filing(status="却下"), car, ending=ending, renews=renews)
    assert says in step.sentence
    assert step.press is press


OVER: dict[str, Any] = {"inspection_date": dt.date(2026, 11, 9), "valid_until": dt.date(2026, 11, 23)}
CONFORMITY_ROWS = [
    (conformity(sending=Sending.UNKNOWN), "保適証が受け付けられたか", Press.CONFORMITY),
    (conformity(sending=Sending.DRAFT, waiting_since=NOW), "自動送信は止まっています。もう一度", Press.CONFORMITY),
    (
        conformity(sending=Sending.DRAFT, waiting_since=NOW, next_try_at=NOW + dt.timedelta(minutes=10)),
        "09:25に自動で",
        Press.NOTHING,
    ),
    (conformity(pullback_requested_at=NOW), "引戻を待って", Press.CONFORMITY),
    (conformity(pullback_requested_at=NOW - dt.timedelta(minutes=35)), "もう一度 引戻", Press.CONFORMITY),
    (conformity(sending=Sending.DRAFT, certificate_number=None), "保適証が作りかけ", Press.CONFORMITY),
    (conformity(status="却下"), "却下されました", Press.CONFORMITY),
    (conformity(status="作成中"), "保適証を直し、訂正を送信", Press.CONFORMITY),
    (conformity(status="却下", message="走行距離が違います"), "エラー詳細を見て直し、訂正を送信", Press.CONFORMITY),
    (conformity(status="却下", message="車台番号が違います"), "削除して発行し直し", Press.CONFORMITY),
    (conformity(status="却下", refusal="住所が違います"), "受け付けられませんでした", Press.CONFORMITY),
    (conformity(sending=Sending.DRAFT, refusal="住所が違います"), "受け付けられませんでした", Press.CONFORMITY),
    (conformity(**OVER), "15日", Press.CONFORMITY),
    (conformity(application_kind="窓口申請"), "運輸支局の窓口で手続", Press.HISTORY),
    (conformity(application_kind="窓口申請", **OVER), "済んだ車検は終了", Press.HISTORY),
    (conformity(status="申請完"), "新しい車検証", Press.IMPORT),
    (conformity(new_insurance_number="OTHER"), "引戻をして直します", Press.CONFORMITY),
    (conformity(new_insurance_number="OTHER", status="報告済"), "代理人に差戻を頼み", Press.CONFORMITY),
    (conformity(), "突き合わせて", Press.LINK),
    (conformity(inspection_date=None), "突き合わせて", Press.LINK),
    (conformity(status="報告済"), "突き合わせて", Press.LINK),
    (conformity(status="他府県照会中"), "「他府県照会中」を確かめます", Press.CONFORMITY),
]


@pytest.mark.parametrize(("held", "says", "press"), CONFORMITY_ROWS)
def test_the_certificate_decides_while_nothing_is_filed(held: ConformityCertificate, says: str, press: Press) -> None:
    step = step_of(insurance(), held)
    assert says in step.sentence
    assert step.press is press


WITHOUT_POLICY_ROWS = [
    (None, BEGUN, "自賠責保険の証明書を発行します"),
    (insurance(certificate_number=None, sending=Sending.DRAFT), BEGUN, "自賠責が作りかけ"),
    (None, conformity(), "保適証の自賠責がここにありません"),
    (insurance(status="取消"), conformity(), "新しい自賠責保険の証明書を発行します"),
    (insurance(end_date=dt.date(2026, 11, 24)), conformity(), "期間が終わって"),
    (insurance(end_date=dt.date(2027, 11, 24)), conformity(), "届きません"),
    (insurance(certificate_number=None, sending=Sending.DRAFT, refusal="期間"), None, "受け付けられませんでした"),
    (insurance(report_to_registry=False, request_key=None), conformity(), "直した証明書を"),
    (insurance(certificate_number=None, sending=Sending.UNKNOWN), conformity(), "自賠責が受け付けられたか"),
]


@pytest.mark.parametrize(("held", "certificate", "says"), WITHOUT_POLICY_ROWS)
def test_a_certificate_without_its_insurance_lacks_the_step_before(
    held: InsuranceCertificate | None, certificate: ConformityCertificate | None, says: str
) -> None:
    step = step_of(held, certificate)
    assert says in step.sentence
    assert step.press is Press.INSURANCE


FILING_ROWS = [
    (filing(sending=Sending.UNKNOWN), "申請が受け付けられたか", Press.LIST),
    (filing(sending=Sending.DRAFT, refusal="車台番号が違います"), "受け付けられませんでした", Press.FILING),
    (filing(status="手続完了"), "新しい車検証を受け取り", Press.IMPORT),
    (filing(status="申請中", forgotten=True), "AINASにこの申請はもうありません", Press.HISTORY),
    (filing(status="申請中", oss_status="手続(交付)完了"), "状態を確かめます", Press.LIST),
    (filing(status="申請中", oss_status="検査登録手数料納付待ち"), "代理人の納付を待ちます", Press.LIST),
    (filing(status="申請中", oss_status="補正待ち"), "補正待ち", Press.FILING),
    (filing(), "受付を待ちます(受付前)", Press.LIST),
    (filing(status="申請中", oss_status="審査中"), "待ちます(申請中・審査中)", Press.LIST),
    (filing(status="保留中", oss_status="他府県照会中"), "保留中・他府県照会中", Press.LIST),
]


@pytest.mark.parametrize(("held", "says", "press"), FILING_ROWS)
def test_the_filing_decides_first(held: Filing, says: str, press: Press) -> None:
    step = step_of(None, None, held)
    assert says in step.sentence
    assert step.press is press


DRAFT_ROWS = [
    (insurance(), conformity(), "申請書を発行します", Press.FILING),
    (insurance(certificate_number="B1"), conformity(new_insurance_number="B1"), "もう一度 突き合わせます", Press.LINK),
    (insurance(), conformity(certificate_number="OTHER"), "もう一度 突き合わせます", Press.LINK),
    (insurance(), conformity(status="削除"), "保適証を発行します", Press.CONFORMITY),
    (insurance(), conformity(status="却下"), "却下されました", Press.CONFORMITY),
    (insurance(), conformity(**OVER), "15日", Press.CONFORMITY),
    (insurance(), conformity(pullback_requested_at=NOW), "引戻を待って", Press.CONFORMITY),
    (insurance(), conformity(pullback_requested_at=NOW - dt.timedelta(hours=2)), "申請書を発行します", Press.FILING),
    (insurance(), conformity(application_kind="窓口申請"), "窓口で手続", Press.HISTORY),
    (insurance(), conformity(sending=Sending.UNKNOWN), "保適証が受け付けられたか", Press.CONFORMITY),
    (insurance(status="取消"), conformity(), "自賠責保険の証明書を発行します", Press.INSURANCE),
]


@pytest.mark.parametrize(("held", "certificate", "says", "press"), DRAFT_ROWS)
def test_a_prepared_filing_goes_only_with_certificates_that_stand(
    held: InsuranceCertificate, certificate: ConformityCertificate, says: str, press: Press
) -> None:
    step = step_of(held, certificate, filing(sending=Sending.DRAFT))
    assert says in step.sentence
    assert step.press is press


ANEW_ROWS = [
    ({"status": "差戻", "message": "住所が違います"}, "差し戻されました「住所が違います」。直して、新しく申請します"),
    ({"status": "却下", "message": "長" * 19}, f"前の申請は却下です「{'長' * 18}…」。続けるには、新しく申請します"),
    ({"status": "取下"}, "前の申請は取下です。続けるには、新しく申請します"),
    ({"status": "無効"}, "前の申請は無効です。続けるには、新しく申請します"),
    ({"status": "申請中", "oss_status": "取り下げ"}, "前の申請は申請中・取り下げです。続けるには、新しく申請します"),
    ({"status": "差戻", "forgotten": True}, "差し戻されました。直して、新しく申請します"),
]


@pytest.mark.parametrize(("changes", "says"), ANEW_ROWS)
def test_what_was_sent_back_is_filed_anew_once_its_certificates_stand(changes: dict[str, Any], says: str) -> None:
    back = filing(**changes)
    step = step_of(insurance(), conformity(), back)
    assert (step.sentence, step.press) == (says, Press.FILING)
    mended = step_of(insurance(), conformity(status="却下"), back)
    assert mended.press is Press.CONFORMITY
    assert mended.sentence.startswith("前の申請は")
    assert step_of(None, None, back).sentence.endswith("自賠責保険の証明書を発行します")


def test_a_filing_without_its_numbers_waits_for_what_comes_before() -> None:
    held = filing(sending=Sending.DRAFT, insurance_certificate_number="")
    assert step_of(None, None, held).press is Press.INSURANCE
    assert step_of(insurance(), conformity(), held).press is Press.LINK


def test_numbers_that_nobody_here_knows_are_not_ready() -> None:
    step = step_of(None, None, filing(sending=Sending.DRAFT))
    assert "用意ができています" not in step.sentence
    assert step.press is Press.INSURANCE


def test_the_sentence_names_its_key_the_last_day_and_whom_to_call() -> None:
    assert str(step_of()) == "自賠責保険の証明書を発行します → e-JIBAI の 1"
    step = NextStep("差し戻されました", Press.FILING, until=dt.date(2026, 12, 8), call="代理人")
    assert str(step) == "差し戻されました(最終の検査申請日 2026/12/08、連絡先 代理人) → 申請[AINAS] の 1"
    assert str(NextStep("引戻を待っています")) == "引戻を待っています"


def test_the_last_day_is_that_of_the_inspection() -> None:
    stands = a_current(a_vehicle(), NOW.date(), (insurance(),), conformity(), filing(sending=Sending.DRAFT))
    assert stands.inspection is not None
    stands.inspection.last_application_date = dt.date(2026, 12, 8)
    assert next_step(stands, NOW).until == dt.date(2026, 12, 8)


def test_a_policy_with_which_airas_has_issued_is_there_whatever_is_noted_here() -> None:
    late = insurance(registry_reported_at=None, first_sent_at=NOW - dt.timedelta(hours=2))
    assert step_of(late, conformity()).press is Press.LINK
    assert step_of(late, conformity(new_insurance_number="OTHER")).press is Press.CONFORMITY


def test_a_policy_that_falls_short_is_never_complete() -> None:
    short = insurance(end_date=dt.date(2028, 12, 20))
    assert step_of(short, conformity()).press is Press.INSURANCE
    enough = insurance(end_date=dt.date(2028, 12, 21))
    assert step_of(enough, conformity()).press is Press.LINK
