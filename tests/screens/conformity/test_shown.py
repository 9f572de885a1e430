"""What 適合証・証明証発行 allows of a certificate that nothing can be changed of any more."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from onestop.model.sending_state import Sending
from onestop.screens.conformity.shown import BEGIN_ANEW, OF_BEFORE, PULLED_BACK, ShownConformity
from support.builders import BUILT_AT, a_conformity_certificate

JUST_AFTER = BUILT_AT + dt.timedelta(hours=1)


def test_one_that_is_deleted_says_so_and_that_nothing_can_be_changed() -> None:
    certificate = a_conformity_certificate(sending=Sending.FILED, status="削除")
    certificate.derive_keys()
    deleted = ShownConformity(certificate)
    assert deleted.can_change(JUST_AFTER).why_not == "削除です。ここでは何も変更できません。"
    assert deleted.can_delete().why_not == "削除済みです。"


def test_one_of_an_inspection_that_has_ended_is_kept_as_a_record() -> None:
    kept = ShownConformity(a_conformity_certificate(sending=Sending.FILED, status="作成済"), of_before=True)
    assert kept.can_delete().why_not == OF_BEFORE


@pytest.mark.parametrize(
    ("changes", "way_out"),
    [({"pullback_requested_at": BUILT_AT}, PULLED_BACK), ({"valid_until": dt.date(2026, 11, 23)}, BEGIN_ANEW)],
)
def test_one_that_airas_has_made_names_the_key_that_leads_on(changes: dict[str, Any], way_out: str) -> None:
    made = ShownConformity(a_conformity_certificate(sending=Sending.FILED, status="作成済", **changes))
    assert made.can_change(BUILT_AT).why_not == way_out
