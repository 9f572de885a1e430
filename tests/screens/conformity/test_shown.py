"""What 適合証・証明証発行 allows of a certificate that nothing can be changed of any more."""

from __future__ import annotations

import datetime as dt

from onestop.model.sending_state import Sending
from onestop.screens.conformity.shown import OF_BEFORE, ShownConformity
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
