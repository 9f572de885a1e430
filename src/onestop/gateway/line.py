"""The lines to a service: every wait on the wire ends at the deadline of its call, however little comes at a time."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

import httpcore
import httpx

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable, Iterator


class Deadline:
    """When the call that this thread makes must be over. httpx does all the work of a call on its caller's thread."""

    def __init__(self, now: Callable[[], float]) -> None:
        """`now` tells seconds that only go forward."""
        self._now = now
        self._here = threading.local()

    @contextmanager
    def at(self, moment: float) -> Iterator[None]:
        """Let every wait of this thread end then; afterwards the deadline of the call around it holds again, if any."""
        around: float | None = getattr(self._here, "moment", None)
        self._here.moment = moment
        try:
            yield
        finally:
            self._here.moment = around

    def shorten(self, timeout: float | None, over: type[Exception]) -> float | None:
        """Return how long may be waited, in seconds; raises `over` when the call's time is up."""
        moment: float | None = getattr(self._here, "moment", None)
        if moment is None:
            return timeout
        left = moment - self._now()
        if left <= 0:
            raise over
        return left if timeout is None else min(timeout, left)


class LineTransport(httpx.BaseTransport):
    """httpcore's pool of connections, as httpx asks for one; each connection knows the deadline of its call."""

    def __init__(
        self, deadline: Deadline, verify: ssl.SSLContext, proxy: httpx.Proxy | None, limits: httpx.Limits
    ) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=verify,
            proxy=_proxy(proxy) if proxy else None,
            max_connections=limits.max_connections,
            max_keepalive_connections=limits.max_keepalive_connections,
            keepalive_expiry=limits.keepalive_expiry,
            network_backend=_Lines(httpcore.SyncBackend(), deadline),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request over a connection of the pool, and return its answer with the body still on the wire."""
        asked = httpcore.Request(
            request.method,
            _url(request.url),
            headers=request.headers.raw,
            content=cast("httpx.SyncByteStream", request.stream),
            extensions=request.extensions,
        )
        with _errors_of_httpx():
            answer = self._pool.handle_request(asked)
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer.stream), extensions=answer.extensions
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    """The body of an answer, read piece by piece."""

    def __init__(self, stream: Any) -> None:  # noqa: ANN401 - httpcore tells it as one of two kinds; the pool's is this
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        with _errors_of_httpx():
            yield from self._stream

    def close(self) -> None:
        self._stream.close()


@contextmanager
def _errors_of_httpx() -> Iterator[None]:
    """Raise httpcore's errors as httpx's, which have the same names."""
    try:
        yield
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProxyError, httpcore.ProtocolError) as error:
        raise getattr(httpx, type(error).__name__)(str(error)) from error


def _proxy(proxy: httpx.Proxy) -> httpcore.Proxy:
    return httpcore.Proxy(_url(proxy.url), proxy.raw_auth, proxy.headers.raw, proxy.ssl_context)


def _url(url: httpx.URL) -> httpcore.URL:
    return httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)


class Nowhere(httpx.BaseTransport):
    """The transport of a desk for which no connection to the services can be set up."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Reach nobody."""
        raise httpx.ConnectError("nowhere", request=request)


class _Lines(httpcore.NetworkBackend):
    def __init__(self, network: httpcore.NetworkBackend, deadline: Deadline) -> None:
        self._network = network
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        wait = self._deadline.shorten(timeout, httpcore.ConnectTimeout)
        return _Line(self._network.connect_tcp(host, port, wait, local_address, socket_options), self._deadline)


class _Line(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.shorten(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.shorten(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        wait = self._deadline.shorten(timeout, httpcore.ConnectTimeout)
        return _Line(self._stream.start_tls(ssl_context, server_hostname, wait), self._deadline)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - httpcore's own type
        return self._stream.get_extra_info(info)
