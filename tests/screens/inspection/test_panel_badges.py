"""The state badges of the three panels: a row for each state."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from onestop.clock import JST
from onestop.model.certificate_words import Origin
from onestop.model.ending import Ending
from onestop.model.sending_state import Sending
from onestop.screens.badge import ATTENTION, ISSUED, NOT_ISSUED, WAITING, Badge, BadgeKind
from onestop.screens.inspection.panel_badges import (
    AWAITED,
    EXPIRED,
    LATE,
    ON_PAPER,
    UNCONFIRMED,
    UNREPORTED,
    UNSETTLED,
    conformity_badge,
    filing_badge,
    insurance_badge,
)
from support.builders import BUILT_AT, a_conformity_certificate, a_filing, a_vehicle, an_insurance_certificate
from support.inspections import a_current

NOW = dt.datetime(2026, 11, 24, 9, 15, tzinfo=JST)
TODAY = NOW.date()
COVERS = dt.date(2028, 12, 21)
YESTERDAY = dt.date(2026, 11, 23)
FILED = {"sending": Sending.FILED, "filing_id": "1000000008"}


def test_nothing_is_not_issued() -> None:
    assert insurance_badge(None, NOW) == conformity_badge(None, NOW) == filing_badge(None, NOW) == NOT_ISSUED


@pytest.mark.parametrize(
    ("changes", "badge"),
    [
        ({}, ISSUED),
        ({"status": None}, UNCONFIRMED),
        ({"status": None, "origin": Origin.PAPER}, ON_PAPER),
        ({"status": "特別調整中"}, ISSUED),
        ({"status": "取消"}, Badge(BadgeKind.NONE, "取消")),
        ({"certificate_number": None, "status": None}, NOT_ISSUED),
        ({"certificate_number": None, "sending": Sending.SENDING}, UNSETTLED),
        ({"certificate_number": None, "sending": Sending.UNKNOWN}, UNSETTLED),
        ({"end_date": YESTERDAY}, EXPIRED),
        ({"end_date": TODAY}, EXPIRED),
        ({"end_date": dt.date(2027, 1, 20)}, Badge(BadgeKind.ATTENTION, "期間不足")),
        ({"end_date": None}, ISSUED),
        ({"origin": Origin.PAPER}, ON_PAPER),
        ({"origin": Origin.UNCONFIRMED}, UNCONFIRMED),
        ({"origin": Origin.PAPER, "end_date": YESTERDAY}, EXPIRED),
        ({"request_key": "key", "first_sent_at": NOW}, AWAITED),
        ({"request_key": "key", "first_sent_at": NOW - dt.timedelta(hours=2)}, LATE),
        ({"request_key": "key", "registry_reported_at": BUILT_AT}, ISSUED),
        ({"request_key": "key", "report_to_registry": False}, UNREPORTED),
        ({"certificate_number": None, "refusal": "期間が重なっています"}, ATTENTION),
    ],
)
def test_insurance(changes: dict[str, Any], badge: Badge) -> None:
    held = an_insurance_certificate(**{"end_date": COVERS, **changes})
    assert insurance_badge(a_current(a_vehicle(), TODAY, (held,)), NOW) == badge


def test_what_was_made_before_is_not_issued_for_this_inspection() -> None:
    car, old = a_vehicle(), an_insurance_certificate(end_date=dt.date(2026, 12, 21))
    assert insurance_badge(a_current(car, TODAY, before=(old,)), NOW) == NOT_ISSUED
    last = a_current(car, TODAY, (old,), ending=Ending.RENEWED)
    assert insurance_badge(last, NOW) == NOT_ISSUED
    assert (last.conformity, last.filing) == (None, None)


@pytest.mark.parametrize(
    ("changes", "badge"),
    [
        ({}, ISSUED),
        ({"status": "作成済"}, ISSUED),
        ({"status": "特別調整中"}, Badge(BadgeKind.WAITING, "特別調整中")),
        ({"status": ""}, Badge(BadgeKind.WAITING, "(空欄)")),
        ({"status": "作成中"}, Badge(BadgeKind.ATTENTION, "作成中")),
        ({"status": "却下"}, Badge(BadgeKind.REJECTED, "却下")),
        ({"status": "削除"}, Badge(BadgeKind.NONE, "削除")),
        ({"sending": Sending.DRAFT, "certificate_number": None, "status": None}, NOT_ISSUED),
        ({"sending": Sending.UNKNOWN, "certificate_number": None}, UNSETTLED),
        ({"waiting_since": NOW, "next_try_at": NOW}, WAITING),
        ({"waiting_since": NOW}, ATTENTION),
        ({"status": "作成済", "pullback_requested_at": NOW}, Badge(BadgeKind.WAITING, "引戻中")),
        ({"new_insurance_number": "OTHER"}, ATTENTION),
        ({"valid_until": YESTERDAY}, EXPIRED),
        ({"valid_until": YESTERDAY, "status": "申請完"}, ISSUED),
        ({"valid_until": TODAY}, ISSUED),
        ({"valid_until": None}, ISSUED),
        ({"valid_until": None, "inspection_date": dt.date(2026, 11, 9)}, EXPIRED),
        ({"valid_until": None, "inspection_date": None}, ISSUED),
    ],
)
def test_conformity(changes: dict[str, Any], badge: Badge) -> None:
    held = a_conformity_certificate(**{"sending": Sending.FILED, **changes})
    policy = an_insurance_certificate(end_date=COVERS)
    assert conformity_badge(a_current(a_vehicle(), TODAY, (policy,), held), NOW) == badge


@pytest.mark.parametrize(
    ("changes", "badge"),
    [
        ({}, NOT_ISSUED),
        ({"refusal": "住所が正しくありません"}, ATTENTION),
        ({"sending": Sending.SENDING}, UNSETTLED),
        ({"sending": Sending.UNKNOWN}, UNSETTLED),
        ({**FILED, "status": "受付前"}, ISSUED),
        ({**FILED, "status": "手続完了", "oss_status": "手続(交付)完了"}, ISSUED),
        ({**FILED, "status": "特別調整中", "oss_status": "特別調整中"}, ISSUED),
        ({**FILED, "status": "差戻"}, ATTENTION),
        ({**FILED, "status": "申請中", "oss_status": "補正待ち"}, ATTENTION),
        ({**FILED, "status": "却下"}, Badge(BadgeKind.REJECTED, "却下")),
        ({**FILED, "status": "取消"}, Badge(BadgeKind.NONE, "取消")),
        ({**FILED, "status": "申請中", "oss_status": "取り下げ"}, Badge(BadgeKind.NONE, "取り下げ")),
        ({**FILED, "status": "申請中", "oss_status": "無効"}, Badge(BadgeKind.REJECTED, "無効")),
        ({**FILED, "status": "申請中", "forgotten": True}, ATTENTION),
    ],
)
def test_filing(changes: dict[str, Any], badge: Badge) -> None:
    assert filing_badge(a_current(a_vehicle(), TODAY, filing=a_filing(**changes)), NOW) == badge
