"""A filing: its keys, what its status says, and what it keeps to itself."""

from __future__ import annotations

import pytest

from onestop.model.filing import FilingFee
from onestop.model.plate import RegistrationNumber
from onestop.model.sending_state import Sending
from support.builders import a_filing


def test_a_new_filing_is_a_draft_without_fees() -> None:
    filing = a_filing()

    assert filing.is_draft
    assert filing.fees == []
    assert not a_filing(sending=Sending.UNKNOWN).is_draft


@pytest.mark.parametrize(
    ("status", "finished", "closed", "is_open"),
    [
        ("受付前", False, False, True),
        ("差戻", False, False, False),
        ("取消", False, True, False),
        ("却下", False, True, False),
        ("手続完了", True, True, False),
        ("知らない言葉", False, False, True),
    ],
)
def test_the_status_says_what_is_still_to_come(
    status: str,
    finished: bool,  # noqa: FBT001 - a table of expected values
    closed: bool,  # noqa: FBT001 - the same
    is_open: bool,  # noqa: FBT001 - the same
) -> None:
    filing = a_filing(status=status, sending=Sending.FILED)

    filing.derive_keys()

    assert (filing.is_finished, filing.is_closed, filing.is_open) == (finished, closed, is_open)


def test_a_draft_holds_its_car() -> None:
    filing = a_filing()

    filing.derive_keys()

    assert (filing.is_finished, filing.is_closed, filing.is_open) == (False, False, True)


def test_keys_are_made_of_plate_and_chassis_number() -> None:
    filing = a_filing(registration_number=RegistrationNumber("土浦", "1", "あ", "1111"), chassis_number="ae－104")

    filing.derive_keys()

    assert filing.plate_key == "土浦1あ1111"
    assert filing.chassis_tail == "401EA"


def test_a_fee_of_any_kind_can_be_kept() -> None:
    fee = FilingFee(position=3, kind="まだ知らない手数料", amount=None)

    assert (fee.kind, fee.amount, fee.payment_status, fee.due_date) == ("まだ知らない手数料", None, None, None)
