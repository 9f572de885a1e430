"""The certificates that the panels show."""

from __future__ import annotations

from onestop.model.sending_state import Sending
from support.builders import a_conformity_certificate, an_insurance_certificate


def test_both_certificates_start_as_drafts() -> None:
    assert an_insurance_certificate().sending is Sending.DRAFT
    assert a_conformity_certificate().sending is Sending.DRAFT


def test_repr_shows_no_words_that_were_sent() -> None:
    insurance = an_insurance_certificate(payload="secret words", certificate_number="A123456789")

    assert "secret words" not in repr(insurance)
    assert "A123456789" not in repr(insurance)
