"""Why no safe connection was made: what OpenSSL, Windows and macOS say, in the words of the error tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.errors import NotTrusted, TlsTrouble

if TYPE_CHECKING:
    import datetime as dt
    import ssl
    from collections.abc import Mapping

VERDICTS: Final[Mapping[int, TlsTrouble]] = {
    # OpenSSL, X509_V_ERR_… (x509_vfy.h)
    9: TlsTrouble.NOT_YET_VALID,
    10: TlsTrouble.EXPIRED,
    18: TlsTrouble.SELF_SIGNED,
    19: TlsTrouble.UNKNOWN_AUTHORITY,  # the root came along, and nobody here knows it
    20: TlsTrouble.UNKNOWN_AUTHORITY,
    21: TlsTrouble.UNKNOWN_AUTHORITY,
    62: TlsTrouble.OTHER_NAME,
    64: TlsTrouble.OTHER_NAME,  # an address instead of a name
    # Windows, CERT_E_… (winerror.h)
    0x800B0101: TlsTrouble.OUT_OF_DATE,
    0x800B0109: TlsTrouble.UNKNOWN_AUTHORITY,
    0x800B010A: TlsTrouble.UNKNOWN_AUTHORITY,
    0x800B010F: TlsTrouble.OTHER_NAME,
    # macOS, errSec… (SecBase.h)
    -67602: TlsTrouble.OTHER_NAME,
    -67818: TlsTrouble.OUT_OF_DATE,
    -67843: TlsTrouble.UNKNOWN_AUTHORITY,
}
"""By the code with which the machine's own verification ended."""
OLD: Final = frozenset({"UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION", "NO_PROTOCOLS_AVAILABLE"})
"""Reasons of OpenSSL: both sides share no version."""


def not_trusted(error: ssl.SSLError, today: dt.date) -> NotTrusted:
    """Return what a failure of TLS means. Nothing of the certificate's own text goes into it."""
    code: int | None = getattr(error, "verify_code", None)  # both are only there where the library set them
    reason: str | None = getattr(error, "reason", None)
    if code is not None:
        return NotTrusted(VERDICTS.get(code, TlsTrouble.OTHER), today, code)
    return NotTrusted(TlsTrouble.OLD_TLS if reason in OLD else TlsTrouble.OTHER, today)
