"""引戻: how long it is awaited, and how long a certificate is not used because of it (contract airas.yaml)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from onestop.model.certificates import ConformityCertificate

PULLBACK_FROM: Final = dt.timedelta(minutes=20)
PULLBACK_TO: Final = dt.timedelta(minutes=30)
PULLBACK_AGAIN: Final = dt.timedelta(minutes=35)
"""引戻 takes 20 to 30 minutes; when it took longer, it may be asked for again."""
GIVEN_UP: Final = dt.timedelta(hours=2)
"""After it AIRAS did not carry it out, and the certificate may be used as it stands."""


def is_pulling_back(certificate: ConformityCertificate | None, now: dt.datetime) -> bool:
    """Tell whether a 引戻 is under way."""
    return _asked_within(PULLBACK_AGAIN, certificate, now)


def is_held_back(certificate: ConformityCertificate | None, now: dt.datetime) -> bool:
    """Tell whether a 引戻 may still come: neither filed nor printed meanwhile, for the words are about to change."""
    return _asked_within(GIVEN_UP, certificate, now)


def _asked_within(span: dt.timedelta, certificate: ConformityCertificate | None, now: dt.datetime) -> bool:
    asked = certificate.pullback_requested_at if certificate else None
    return asked is not None and now - asked < span
