"""Asks once what follows from the same records alone, in however many states they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, TypeVar

from onestop.model.base import Record

if TYPE_CHECKING:
    from collections.abc import Callable

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def once_for_each(ask: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Return what asks only for records, and other values, for which it was not asked yet; nobody may change them."""
    known: dict[tuple[object, ...], tuple[object, Answer]] = {}

    def asked(*given: Asked.args, **named: Asked.kwargs) -> Answer:
        parts = (*given, *named.items())
        key = tuple(id(each) if isinstance(each, Record) else each for each in parts)
        if key not in known:
            known[key] = parts, ask(*given, **named)  # they are kept, so that no other record gets their ids
        return known[key][1]

    return asked
