"""Refusals as RFC 9457 writes them."""

from __future__ import annotations

import pytest

from onestop_sandbox.wire import FieldError, Problem


def test_a_problem_has_the_contracts_names() -> None:
    problem = Problem(422, "invalid_filing", "誤りがあります").about(FieldError("a.b", "入力してください。"))
    assert problem.body("3f6c2a9e") == {
        "type": "about:blank",
        "status": 422,
        "code": "invalid_filing",
        "title": "誤りがあります",
        "detail": "誤りがあります",
        "request_id": "3f6c2a9e",
        "errors": [{"field": "a.b", "message": "入力してください。"}],
    }
    assert problem.headers() == ()
    assert "errors" not in Problem(404, "not_found", "見つかりません").body("1")


@pytest.mark.parametrize(("seconds", "header"), [(0.0, "1"), (0.2, "1"), (1.0, "1"), (7.1, "8")])
def test_retry_after_is_whole_seconds_and_never_too_early(seconds: float, header: str) -> None:
    assert Problem(503, "closed", "時間外").retry(seconds).headers() == (("Retry-After", header),)


def test_allow_and_challenge() -> None:
    assert Problem(405, "x", "x").allowing("GET", "POST").headers() == (("Allow", "GET, POST"),)
    assert Problem(401, "x", "x").headers()[0][0] == "WWW-Authenticate"
