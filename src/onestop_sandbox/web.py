"""The WSGI application: Flask around a sandbox, and the admin paths that tests and tours use."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from onestop_sandbox.sandbox import Options, Sandbox
from onestop_sandbox.trouble import Trouble
from onestop_sandbox.wire import JSON, Inbound, Problem, Reply, encoded
from onestop_sandbox.world import DEFAULT_WORLD

if TYPE_CHECKING:
    from onestop_sandbox.world import World

LARGEST_BODY = 1_000_000
"""Bytes; 200 filing ids are 3,000."""
_NO_ID = "00000000"


def create_app(world: World = DEFAULT_WORLD, options: Options | None = None) -> Flask:
    """Return a WSGI application of its own sandbox."""
    return app_of(Sandbox(world, options))


def app_of(sandbox: Sandbox) -> Flask:
    """Return the WSGI application that lets this sandbox answer.

    A cut connection leaves it as `ConnectionCut`; a server closes the socket then.
    """
    app = Flask("onestop_sandbox", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.config["PROPAGATE_EXCEPTIONS"] = True

    @app.before_request
    def answer() -> Response:
        try:
            inbound = _inbound()
        except HTTPException as error:
            return _response(Problem(error.code or 400, "bad_request", "リクエストを読み取れません").reply(_NO_ID))
        if sandbox.options.allow_trouble and inbound.path in ("/_trouble", "/_seen"):
            return _response(_admin(sandbox, inbound))
        return _response(sandbox.answer(inbound))

    @app.after_request
    def dated(response: Response) -> Response:
        response.date = sandbox.options.clock.now()
        return response

    return app


def _inbound() -> Inbound:
    return Inbound(
        method=request.method,
        path=request.path,
        query=tuple(request.args.items(multi=True)),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=request.get_data(cache=False),
    )


def _response(reply: Reply) -> Response:
    response = Response(reply.body, reply.status, dict(reply.headers))
    del response.headers["Content-Type"]
    if reply.content_type is not None:
        response.headers["Content-Type"] = reply.content_type
    return response


def _admin(sandbox: Sandbox, inbound: Inbound) -> Reply:
    if inbound.path == "/_seen":
        return Reply(200, JSON, encoded(_seen(sandbox)))
    if inbound.method == "DELETE":
        sandbox.troubles.clear()
        return Reply(204, None, b"")
    try:
        sandbox.troubles.add(Trouble.of(json.loads(inbound.body)))
    except (ValueError, TypeError, AttributeError) as error:
        return Problem(422, "unknown_trouble", "この不具合は起こせません", str(error)).reply(_NO_ID)
    return Reply(204, None, b"")


def _seen(sandbox: Sandbox) -> dict[str, object]:
    filings = [{**key._asdict(), "times": times} for key, times in sorted(sandbox.filings.items())]
    return {"requests": dict(sandbox.requests), "filings": filings}
