"""次にすること: a row for each state of a car."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from onestop.clock import JST
from onestop.model.certificate_words import Origin
from onestop.model.sending_state import Sending
from onestop.services.next_step import Press, next_step
from support.builders import a_conformity_certificate, a_filing, an_insurance_certificate

if TYPE_CHECKING:
    from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
    from onestop.model.filing import Filing

NOW = dt.datetime(2026, 11, 24, 9, 15, tzinfo=JST)
FILED: dict[str, Any] = {"sending": Sending.FILED}


def insurance(**changes: Any) -> InsuranceCertificate:  # noqa: ANN401 - any field of it
    return an_insurance_certificate(**{**FILED, "registry_reported_at": NOW, **changes})


def conformity(**changes: Any) -> ConformityCertificate:  # noqa: ANN401 - any field of it
    return a_conformity_certificate(**{**FILED, "status": "作成済", **changes})


def filing(**changes: Any) -> Filing:  # noqa: ANN401 - any field of it
    return a_filing(**{**FILED, "filing_id": "1000000011", "status": "受付前", **changes})


INSURANCE_ROWS = [
    (None, "自賠責保険の証明書を発行します", Press.INSURANCE),
    (insurance(status="取消"), "自賠責保険の証明書を発行します", Press.INSURANCE),
    (insurance(sending=Sending.UNKNOWN), "自賠責が受け付けられたか", Press.INSURANCE),
    (insurance(sending=Sending.SENDING), "自賠責が受け付けられたか", Press.INSURANCE),
    (insurance(sending=Sending.DRAFT, certificate_number=None), "作りかけ", Press.INSURANCE),
    (insurance(end_date=dt.date(2026, 11, 24)), "期間が終わって", Press.INSURANCE),
    (insurance(origin=Origin.PAPER, registry_reported_at=None), "適合証を発行します", Press.CONFORMITY),
    (insurance(report_to_registry=False, registry_reported_at=None), "チェックのない", Press.INSURANCE),
    (
        insurance(registry_reported_at=None, first_sent_at=NOW - dt.timedelta(minutes=35)),
        "残り約25分",
        Press.CONFORMITY,
    ),
    (
        insurance(registry_reported_at=None, first_sent_at=NOW - dt.timedelta(hours=2)),
        "登録の確認が必要",
        Press.CONFORMITY,
    ),
    (insurance(), "適合証を発行します", Press.CONFORMITY),
]


@pytest.mark.parametrize(("held", "says", "press"), INSURANCE_ROWS)
def test_the_insurance_decides_while_there_is_no_certificate(
    held: InsuranceCertificate | None, says: str, press: Press
) -> None:
    step = next_step(held, None, None, NOW)
    assert says in step.sentence
    assert step.press is press
    assert next_step(held, conformity(status="削除"), None, NOW) == step


CONFORMITY_ROWS = [
    (conformity(sending=Sending.UNKNOWN), "保適証が受け付けられたか", Press.CONFORMITY),
    (conformity(sending=Sending.DRAFT, waiting_since=NOW), "自動で確かめます", Press.NOTHING),
    (
        conformity(sending=Sending.DRAFT, waiting_since=NOW, next_try_at=NOW + dt.timedelta(minutes=10)),
        "09:25に自動で",
        Press.NOTHING,
    ),
    (conformity(pullback_requested_at=NOW), "引戻を待って", Press.CONFORMITY),
    (conformity(sending=Sending.DRAFT, certificate_number=None), "保適証が作りかけ", Press.CONFORMITY),
    (conformity(status="却下"), "却下されました", Press.CONFORMITY),
    (conformity(status="作成中"), "訂正して", Press.CONFORMITY),
    (conformity(inspection_date=dt.date(2026, 11, 1)), "15日", Press.CONFORMITY),
    (conformity(application_kind="窓口申請"), "窓口で手続", Press.NOTHING),
    (conformity(), "突き合わせて", Press.LINK),
    (conformity(inspection_date=None), "突き合わせて", Press.LINK),
    (conformity(status="他府県照会中"), "突き合わせて", Press.LINK),
]


@pytest.mark.parametrize(("held", "says", "press"), CONFORMITY_ROWS)
def test_the_certificate_decides_while_nothing_is_filed(held: ConformityCertificate, says: str, press: Press) -> None:
    step = next_step(insurance(), held, None, NOW)
    assert says in step.sentence
    assert step.press is press


def test_a_certificate_of_last_time_decides_nothing() -> None:
    assert next_step(None, conformity(status="申請完"), None, NOW).press is Press.INSURANCE


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
    step = next_step(None, None, held, NOW)
    assert says in step.sentence
    assert step.press is press


def test_a_filing_of_last_time_decides_nothing() -> None:
    held = filing(status="手続完了", status_updated_at=NOW - dt.timedelta(days=41))
    held.derive_keys()
    assert next_step(None, None, held, NOW).press is Press.INSURANCE
    held.status_updated_at = NOW - dt.timedelta(days=40)
    assert next_step(None, None, held, NOW).press is Press.NOTHING


def test_a_filing_without_its_numbers_waits_for_what_comes_before() -> None:
    held = filing(sending=Sending.DRAFT, insurance_certificate_number="")
    assert next_step(None, None, held, NOW).press is Press.INSURANCE


def test_the_sentence_names_its_key() -> None:
    assert str(next_step(None, None, None, NOW)) == "自賠責保険の証明書を発行します → e-JIBAI の 1"
    assert str(next_step(None, None, filing(status="手続完了"), NOW)) == "手続完了です。車検証を受け取れます"
