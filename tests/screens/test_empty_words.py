"""A status that came empty is shown as that, and not as a sending of which nobody knows."""

from __future__ import annotations

import pytest

from onestop.model.sending_state import Sending
from onestop.model.words import NO_WORD, UNSETTLED
from onestop.screens.conformity.words import status_of
from onestop.screens.filing.words import filing_status
from onestop.screens.insurance.shown import ShownInsurance
from support.builders import a_conformity_certificate, a_filing, an_insurance_certificate


@pytest.mark.parametrize(("sending", "words"), [(Sending.FILED, NO_WORD), (Sending.UNKNOWN, UNSETTLED)])
def test_only_what_was_not_settled_is_shown_as_being_looked_after(sending: Sending, words: str) -> None:
    assert filing_status(a_filing(vehicle_id=1, sending=sending, status="")) == words
    certificate = a_conformity_certificate(vehicle_id=1, sending=sending, status="")
    assert status_of(certificate) == words
    policy = an_insurance_certificate(vehicle_id=1, sending=sending, status="")
    assert ShownInsurance(record=policy).status == words
