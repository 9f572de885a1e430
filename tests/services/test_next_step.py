"""次にすること: a row for each state of a car."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from onestop.clock import JST
from onestop.model.certificate_words import Origin
from onestop.model.inspection import Ending
from onestop.model.sending_state import Sending
from onestop.services.next_step import NextStep, Press, next_step
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
    (insurance(origin=Origin.PAPER, registry_reported_at=None), "適合証を発行します", Press.CONFORMITY),
    (insurance(report_to_registry=False, registry_reported_at=None), "取消して発行し直します", Press.INSURANCE),
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
    (insurance(request_key=None, registry_reported_at=None), "適合証を発行します", Press.CONFORMITY),
    (insurance(end_date=None), "適合証を発行します", Press.CONFORMITY),
    (insurance(), "適合証を発行します", Press.CONFORMITY),
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
    (insurance(), dt.date(2027, 2, 1), "適合証を発行します", Press.CONFORMITY),
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


CONFORMITY_ROWS = [
    (conformity(sending=Sending.UNKNOWN), "保適証が受け付けられたか", Press.CONFORMITY),
    (conformity(sending=Sending.DRAFT, waiting_since=NOW), "自動送信は止まっています。F5", Press.CONFORMITY),
    (
        conformity(sending=Sending.DRAFT, waiting_since=NOW, next_try_at=NOW + dt.timedelta(minutes=10)),
        "09:25に自動で",
        Press.NOTHING,
    ),
    (conformity(pullback_requested_at=NOW), "引戻を待って", Press.CONFORMITY),
    (conformity(pullback_requested_at=NOW - dt.timedelta(minutes=35)), "もう一度 F6", Press.CONFORMITY),
    (conformity(sending=Sending.DRAFT, certificate_number=None), "保適証が作りかけ", Press.CONFORMITY),
    (conformity(status="却下"), "却下されました", Press.CONFORMITY),
    (conformity(status="作成中"), "訂正して", Press.CONFORMITY),
    (conformity(inspection_date=dt.date(2026, 11, 1)), "15日", Press.CONFORMITY),
    (conformity(application_kind="窓口申請"), "窓口で手続", Press.NOTHING),
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
    (insurance(status="取消"), conformity(), "自賠責保険の証明書を発行します"),
    (insurance(end_date=dt.date(2026, 11, 24)), conformity(), "期間が終わって"),
    (insurance(certificate_number=None, sending=Sending.UNKNOWN), conformity(), "自賠責が受け付けられたか"),
]


@pytest.mark.parametrize(("held", "certificate", "says"), WITHOUT_POLICY_ROWS)
def test_a_certificate_without_its_insurance_lacks_the_step_before(
    held: InsuranceCertificate | None, certificate: ConformityCertificate, says: str
) -> None:
    step = step_of(held, certificate)
    assert says in step.sentence
    assert step.press is Press.INSURANCE


FILING_ROWS = [
    (filing(sending=Sending.UNKNOWN), "申請が受け付けられたか", Press.LIST),
    (filing(sending=Sending.DRAFT, refusal="車台番号が違います"), "受け付けられませんでした", Press.FILING),
    (filing(sending=Sending.DRAFT), "F5 発行", Press.FILING),
    (filing(status="手続完了"), "車検証を受け取れます", Press.NOTHING),
    (filing(status="差戻"), "差し戻されました", Press.FILING),
    (filing(status="取下"), "前の申請は取下", Press.FILING),
    (filing(status="申請中", oss_status="補正待ち"), "補正待ち", Press.FILING),
    (filing(), "待ちます(受付前)", Press.LIST),
    (filing(status="申請中", oss_status="審査中"), "待ちます(申請中・審査中)", Press.LIST),
    (filing(status="保留中", oss_status="他府県照会中"), "保留中・他府県照会中", Press.LIST),
]


@pytest.mark.parametrize(("held", "says", "press"), FILING_ROWS)
def test_the_filing_decides_first(held: Filing, says: str, press: Press) -> None:
    step = step_of(None, None, held)
    assert says in step.sentence
    assert step.press is press


DRAFT_ROWS = [
    (insurance(), conformity(), "F5 発行", Press.FILING),
    (insurance(), conformity(status="申請完", certificate_number="LAST"), "F5 発行", Press.FILING),
    (insurance(certificate_number="OTHER"), conformity(), "もう一度 突き合わせます", Press.LINK),
    (insurance(), conformity(certificate_number="OTHER"), "もう一度 突き合わせます", Press.LINK),
    (insurance(), conformity(status="削除"), "適合証を発行します", Press.CONFORMITY),
    (insurance(), conformity(status="却下"), "却下されました", Press.CONFORMITY),
    (insurance(), conformity(inspection_date=dt.date(2026, 11, 9)), "15日", Press.CONFORMITY),
    (insurance(), conformity(pullback_requested_at=NOW), "引戻を待って", Press.CONFORMITY),
    (insurance(), conformity(pullback_requested_at=NOW - dt.timedelta(hours=2)), "F5 発行", Press.FILING),
    (insurance(), conformity(application_kind="窓口申請"), "窓口で手続", Press.NOTHING),
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


def test_a_filing_without_its_numbers_waits_for_what_comes_before() -> None:
    held = filing(sending=Sending.DRAFT, insurance_certificate_number="")
    assert step_of(None, None, held).press is Press.INSURANCE


def test_the_sentence_names_its_key() -> None:
    assert str(step_of()) == "自賠責保険の証明書を発行します → e-JIBAI の 1"
    assert str(step_of(None, None, filing(status="手続完了"))) == "手続完了です。車検証を受け取れます"


def test_a_policy_that_falls_short_is_never_complete() -> None:
    short = insurance(end_date=dt.date(2028, 12, 20))
    assert step_of(short, conformity()).press is Press.INSURANCE
    enough = insurance(end_date=dt.date(2028, 12, 21))
    assert step_of(enough, conformity()).press is Press.LINK
