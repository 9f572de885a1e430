"""Servers that are not trusted, on a real loopback connection with TLS: each reason is told apart, and logged."""

from __future__ import annotations

import datetime as dt
import logging
import ssl
import sys
from typing import TYPE_CHECKING

import pytest
import trustme

from onestop.clock import JST, SystemClock
from onestop.errors import NotTrusted, TlsTrouble
from onestop.gateway.tls import not_trusted
from onestop.gateway.transport import Call, Timeouts, Transport
from support.ainas import CREDENTIALS
from support.clock import FixedClock
from support.torn_server import TornServer, answer, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HERE = "127.0.0.1"
NOW = SystemClock().now()  # OpenSSL judges by the machine's own clock
DAY = dt.timedelta(days=1)


def issued(
    authority: trustme.CA, name: str = HERE, since: dt.datetime | None = None, until: dt.datetime | None = None
) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name, not_before=since, not_after=until).configure_cert(context)
    return context


def self_signed(_authority: trustme.CA, folder: Path) -> ssl.SSLContext:
    alone = trustme.CA()
    pem = folder / "alone.pem"
    pem.write_bytes(alone.private_key_pem.bytes() + alone.cert_pem.bytes())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


def with_its_root(_authority: trustme.CA, folder: Path) -> ssl.SSLContext:
    inspecting = trustme.CA()
    leaf = inspecting.issue_cert(HERE)
    pem = folder / "chain.pem"
    pem.write_bytes(leaf.private_key_and_cert_chain_pem.bytes() + inspecting.cert_pem.bytes())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


def of_old_tls(authority: trustme.CA, _folder: Path) -> ssl.SSLContext:
    context = issued(authority)
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


SERVERS: tuple[tuple[str, Callable[[trustme.CA, Path], ssl.SSLContext], TlsTrouble], ...] = (
    ("self-signed", self_signed, TlsTrouble.SELF_SIGNED),
    ("unknown authority", lambda _ours, _folder: issued(trustme.CA()), TlsTrouble.UNKNOWN_AUTHORITY),
    ("unknown authority with its root", with_its_root, TlsTrouble.UNKNOWN_AUTHORITY),
    ("another name", lambda ours, _folder: issued(ours, "other.example"), TlsTrouble.OTHER_NAME),
    (
        "expired",
        lambda ours, _folder: issued(ours, since=NOW - 9 * DAY, until=NOW - DAY),
        TlsTrouble.EXPIRED,
    ),
    (
        "not yet valid",
        lambda ours, _folder: issued(ours, since=NOW + DAY, until=NOW + 9 * DAY),
        TlsTrouble.NOT_YET_VALID,
    ),
    ("old TLS", of_old_tls, TlsTrouble.OLD_TLS),
)


@pytest.mark.skipif(sys.platform != "linux", reason="SSL_CERT_FILE adds no authority to this system's store")
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
@pytest.mark.parametrize(("make", "trouble"), [row[1:] for row in SERVERS], ids=[row[0] for row in SERVERS])
def test_each_reason_is_told_apart_and_nothing_is_sent(
    make: Callable[[trustme.CA, Path], ssl.SSLContext],
    trouble: TlsTrouble,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    authority, clock = trustme.CA(), FixedClock()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    with (
        TornServer(read, answer(200, {}), tls=make(authority, tmp_path)) as server,
        Transport(server.url, lambda: CREDENTIALS, clock=clock, timeouts=Timeouts(read=10)) as way,
        pytest.raises(NotTrusted) as caught,
    ):
        way.tell(Call("postWord", "POST", "/word", body=b"{}"))
    assert caught.value.trouble is trouble
    assert caught.value.today == clock.moment.astimezone(JST).date()
    assert server.requests == []
    assert f"NotTrusted (tls: {trouble.value}" in caplog.text


@pytest.mark.parametrize(
    ("code", "trouble"),
    [
        (0x800B0101, TlsTrouble.OUT_OF_DATE),
        (0x800B0109, TlsTrouble.UNKNOWN_AUTHORITY),
        (0x800B010A, TlsTrouble.UNKNOWN_AUTHORITY),
        (0x800B010F, TlsTrouble.OTHER_NAME),
        (-67602, TlsTrouble.OTHER_NAME),
        (-67818, TlsTrouble.OUT_OF_DATE),
        (-67843, TlsTrouble.UNKNOWN_AUTHORITY),
        (12345, TlsTrouble.OTHER),
    ],
)
def test_what_windows_and_macos_say(code: int, trouble: TlsTrouble) -> None:
    error = ssl.SSLCertVerificationError("名古屋")
    error.verify_code = code
    told = not_trusted(error, dt.date(2026, 11, 24))
    assert (told.trouble, told.detail) == (trouble, f"tls: {trouble.value}, {code}")


def test_a_failure_that_is_nobodys_certificate() -> None:
    assert not_trusted(ssl.SSLError("名古屋"), dt.date(2026, 11, 24)).trouble is TlsTrouble.OTHER
