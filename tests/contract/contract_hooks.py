"""Tells schemathesis the one rule that the contract states in words: findFilings needs a criterion, else 422."""

from __future__ import annotations

import schemathesis


@schemathesis.hook.apply_to(name="GET /filings")  # type: ignore[attr-defined, untyped-decorator] # set at run time
def filter_query(context: schemathesis.HookContext, query: dict[str, object] | None) -> bool:  # noqa: ARG001 - their hook
    return bool(query)
