"""Addresses that may be used, and the way by the machine's proxy."""

from __future__ import annotations

import ssl

import httpx
import pytest

from onestop.errors import InvalidInput
from onestop.gateway.address import services_url, stays_here, system_proxy

SERVICE = httpx.URL("https://ainas.example")
TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("https://oss.example", "https://oss.example/"),
        ("  https://oss.example:8443/gate/  ", "https://oss.example:8443/gate"),
        ("https://oss.example:1", "https://oss.example:1/"),
        ("https://oss.example:65535", "https://oss.example:65535/"),
        ("HTTPS://OSS.Example.", "https://oss.example./"),
        ("https://例え.jp", "https://例え.jp/"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/"),
        ("http://127.255.0.9/", "http://127.255.0.9/"),
        ("http://[::1]:8000", "http://[::1]:8000/"),
        ("http://localhost:8000/", "http://localhost:8000/"),
    ],
)
def test_an_address_that_may_be_used(typed: str, meant: str) -> None:
    assert services_url(typed) == httpx.URL(meant)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "oss.example",
        "https://",
        "ftp://oss.example",
        "http://oss.example",
        "http://10.0.0.1",
        "http://128.0.0.1",
        "http://127.0.0.1.example",
        "http://localhost.example",
        "http://localhost@oss.example",
        "https://key:secret@oss.example",
        "https://oss.example/?a=b",
        "https://oss.example/#a",
        "https://oss.example:port",
        "https://oss.example:99999",
        "https://oss.example:0",
        "https://a..example",
        f"https://{'a' * 64}.example",
        "https://oss example",
        "https://oss\x00.example",
    ],
)
def test_an_address_that_may_not(typed: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        services_url(typed)
    (problem,) = caught.value.problems
    assert problem.field == "services_url"
    assert problem.message.endswith("。")
    assert "secret" not in problem.message


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Start without variables; one that is set wins over the registry of Windows as well."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return monkeypatch


def test_without_a_setting_the_way_is_straight(settings: pytest.MonkeyPatch) -> None:
    settings.setenv("HTTP_PROXY", "http://proxy.example:8080")  # not for https
    assert system_proxy(SERVICE, TLS) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HTTPS_PROXY", "http://proxy.example:8080"),
        ("HTTPS_PROXY", "proxy.example:8080"),
        ("ALL_PROXY", "http://proxy.example:8080/"),
    ],
)
def test_the_setting_is_followed(settings: pytest.MonkeyPatch, name: str, value: str) -> None:
    settings.setenv(name, value)
    proxy = system_proxy(SERVICE, TLS)
    assert proxy is not None
    assert (proxy.url.scheme, proxy.url.host, proxy.url.port) == ("http", "proxy.example", 8080)
    assert proxy.ssl_context is None


def test_a_proxy_behind_tls_is_trusted_as_the_service_is(settings: pytest.MonkeyPatch) -> None:
    settings.setenv("HTTPS_PROXY", "https://name:secret@proxy.example")
    proxy = system_proxy(SERVICE, TLS)
    assert proxy is not None
    assert proxy.ssl_context is TLS
    assert proxy.auth == ("name", "secret")


def test_exceptions_and_this_machine_go_straight(settings: pytest.MonkeyPatch) -> None:
    settings.setenv("HTTPS_PROXY", "http://proxy.example:8080")
    settings.setenv("NO_PROXY", "ainas.example")
    assert system_proxy(SERVICE, TLS) is None
    assert system_proxy(httpx.URL("https://other.example"), TLS) is not None
    assert system_proxy(httpx.URL("http://127.0.0.1:8000"), TLS) is None


@pytest.mark.parametrize(
    "value", ["socks5://proxy.example", "http://", "http://a..b", "http://proxy.example:port", "http://pro xy"]
)
def test_a_setting_that_cannot_be_used_is_said(settings: pytest.MonkeyPatch, value: str) -> None:
    settings.setenv("HTTPS_PROXY", value)
    with pytest.raises(InvalidInput) as caught:
        system_proxy(SERVICE, TLS)
    assert "プロキシ" in caught.value.problems[0].message


@pytest.mark.parametrize(
    ("typed", "stays"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://localhost", True),
        ("https://[::1]", True),
        ("https://ainas.example", False),
        ("http://ainas.example", False),
        ("", False),
    ],
)
def test_what_stays_on_this_machine(typed: str, stays: bool) -> None:  # noqa: FBT001 - a row
    assert stays_here(typed) is stays
