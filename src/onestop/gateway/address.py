"""Where the services are, and the way there: the address that was typed, and the machine's proxy."""

from __future__ import annotations

import ipaddress
import re
import urllib.request
from typing import TYPE_CHECKING

import httpx

from onestop.errors import InvalidInput, Problem

if TYPE_CHECKING:
    import ssl


def services_url(text: str) -> httpx.URL:
    """Return the address under which the services' paths begin, without a slash at its end.

    https only; plain http goes to this machine alone (127.0.0.0/8, ::1, localhost), because Basic credentials
    and personal data travel in it.

    Raises:
        InvalidInput: `services_url` is no such address.
    """
    url = _read(text.strip())
    if url is None:
        raise _wrong("接続先URLの形が正しくありません。")
    if url.userinfo or url.query or url.fragment:
        raise _wrong("接続先URLに、利用者名・「?」・「#」は書けません。")
    if not url.host or url.scheme not in {"https", "http"}:
        raise _wrong("接続先URLは https:// で始めてください。")
    if url.scheme == "http" and not is_loopback(url):
        raise _wrong("接続先URLは https:// で始めてください(http:// はこのパソコンの中だけで使えます)。")
    return url.copy_with(path=url.path.rstrip("/") or "/")


def is_loopback(url: httpx.URL) -> bool:
    """Tell whether the address is this machine itself."""
    if url.host == "localhost":
        return True
    try:
        return ipaddress.ip_address(url.host).is_loopback
    except ValueError:
        return False


def stays_here(text: str) -> bool:
    """Tell whether what was typed is the address of this machine itself."""
    try:
        return is_loopback(services_url(text))
    except InvalidInput:
        return False


def system_proxy(url: httpx.URL, tls: ssl.SSLContext) -> httpx.Proxy | None:
    """Return the proxy that this machine is set to use for an https address, or None for the straight way.

    A dealer's network often lets nothing out but by its proxy, so the machine's setting is followed: the variables
    HTTPS_PROXY, ALL_PROXY and NO_PROXY, else the registry on Windows and the network settings on macOS (no PAC
    scripts). The tunnel is opened by CONNECT and TLS runs inside, so the proxy sees the host's name alone.
    This machine itself is never asked for by a proxy.

    Raises:
        InvalidInput: the machine's proxy is of a kind that cannot be used (SOCKS).
    """
    if is_loopback(url) or urllib.request.proxy_bypass(url.host):
        return None
    found = urllib.request.getproxies()
    address = found.get("https") or found.get("all")
    if not address:
        return None
    proxy = _read(address if "://" in address else f"http://{address}")
    if proxy is None:
        raise _wrong("このパソコンのプロキシ設定の形が正しくありません。")
    if not proxy.host or proxy.scheme not in {"http", "https"}:
        raise _wrong("このパソコンのプロキシ設定は使えません(HTTPプロキシだけが使えます)。")
    return httpx.Proxy(proxy, ssl_context=tls if proxy.scheme == "https" else None)


def _read(text: str) -> httpx.URL | None:
    """Return the address, or None where httpx or the resolver would stumble over it only when sending."""
    try:
        url = httpx.URL(text)
        host = url.raw_host.decode("ascii")
        host.encode("idna")  # no label is empty or too long
    except (httpx.InvalidURL, UnicodeError):
        return None
    is_fit = re.fullmatch(r"[A-Za-z0-9._:-]*", host) is not None
    return url if is_fit and (url.port is None or url.port in range(1, 2**16)) else None


def _wrong(message: str) -> InvalidInput:
    return InvalidInput(Problem("services_url", message))
