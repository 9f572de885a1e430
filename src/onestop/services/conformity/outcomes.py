"""What an answer or a refusal of AIRAS leaves in a certificate. Code 127 is no error but a wait."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from onestop import errors
from onestop.gateway.airas import NOT_YET
from onestop.model.certificate_words import DELETED, may_correct, may_pull_back
from onestop.model.sending_state import Sending
from onestop.services.conformity.payload import restore
from onestop.services.delivery.send import words_of_no

if TYPE_CHECKING:
    from onestop.gateway.airas import Certificate
    from onestop.model.certificates import ConformityCertificate

USUAL_WAIT: Final = dt.timedelta(minutes=10)
"""Until the next try, where AIRAS does not say."""
SHORTEST_WAIT: Final = dt.timedelta(seconds=5)
AFTER_TROUBLE: Final = dt.timedelta(minutes=5)
"""Until the next try after a trouble that says nothing of the certificate: no network, closed, wrong credentials."""


def is_wait(error: errors.OneStopError | None) -> bool:
    """Tell whether AIRAS only lacks the electronic 自賠責 (yet): code 127."""
    return isinstance(error, errors.Refused) and error.code == NOT_YET


def write_answer(certificate: ConformityCertificate, answer: Certificate, asked_at: dt.datetime) -> None:
    """Write what AIRAS said, whether better or worse."""
    was = certificate.status
    certificate.certificate_number = answer.certificate_number
    certificate.status = answer.status
    certificate.report_status = answer.report_status
    certificate.insurance_match = answer.insurance_match
    certificate.issued_at = answer.issued_at
    certificate.valid_until = answer.valid_until
    certificate.status_updated_at = answer.status_updated_at
    certificate.message = answer.message
    certificate.checked_at = asked_at
    if not may_correct(answer.status):
        stop_waiting(certificate)
        if may_correct(was):
            restore(certificate)
    if not may_pull_back(certificate.application_kind, answer.status):
        certificate.pullback_requested_at = None


def write_deleted(certificate: ConformityCertificate, now: dt.datetime) -> None:
    """Write down that AIRAS took it away (contract: 204)."""
    certificate.status, certificate.report_status, certificate.message = DELETED, None, None
    certificate.status_updated_at = certificate.checked_at = now
    certificate.pullback_requested_at = None
    stop_waiting(certificate)


def write_failure(
    certificate: ConformityCertificate,
    error: errors.OneStopError | None,
    now: dt.datetime,
    opens: dt.datetime | None = None,
) -> None:
    """Write why nothing was taken: a wait, a refusal, or a trouble after which a waiting one is tried again.

    Args:
        certificate: what was sent.
        error: what came back; None when a person said so.
        now: the present moment.
        opens: when AIRAS opens by its hours; None unless it said that it is closed.
    """
    if error is None:  # a person says so: she decides when it is sent again
        stop_waiting(certificate)
    elif is_wait(error):
        certificate.refusal = None
        certificate.waiting_since = certificate.waiting_since or now
        _try_again_after(certificate, _until_next_try(error, USUAL_WAIT), now)
    elif isinstance(error, errors.Refused):
        stop_waiting(certificate)
        certificate.refusal = words_of_no(error)
    elif isinstance(error, errors.InvalidInput):
        stop_waiting(certificate)
        certificate.refusal = "\n".join(problem.message for problem in error.problems)
    elif certificate.waiting_since is not None:
        usual = AFTER_TROUBLE if opens is None else opens - now
        _try_again_after(certificate, _until_next_try(error, usual), now)


def stop_waiting(certificate: ConformityCertificate) -> None:
    """End the wait for e-JIBAI's data."""
    certificate.waiting_since = certificate.tried_at = certificate.next_try_at = None


def follow_clock(certificate: ConformityCertificate, now: dt.datetime) -> None:
    """Take times that are still to come for now, so that no wait gets longer: the clock was ahead and was set right."""
    if certificate.tried_at and certificate.next_try_at and certificate.tried_at > now:
        _try_again_after(certificate, certificate.next_try_at - certificate.tried_at, now)
    for name in ("waiting_since", "pullback_requested_at", "checked_at"):
        moment = getattr(certificate, name)
        if moment is not None and moment > now:
            setattr(certificate, name, now)


def _try_again_after(certificate: ConformityCertificate, wait: dt.timedelta, now: dt.datetime) -> None:
    certificate.tried_at, certificate.next_try_at = now, now + wait


def is_waiting(certificate: ConformityCertificate | None) -> bool:
    """Tell whether e-JIBAI's data is awaited, and not an answer of AIRAS."""
    return (
        certificate is not None
        and certificate.waiting_since is not None
        and certificate.sending in (Sending.DRAFT, Sending.FILED)
    )


def _until_next_try(error: errors.OneStopError | None, usual: dt.timedelta) -> dt.timedelta:
    told = error.retry_after if isinstance(error, errors.Refused | errors.Overloaded) else None
    return usual if told is None else max(SHORTEST_WAIT, dt.timedelta(seconds=told))
