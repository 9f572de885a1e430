"""Lets a library work without the counting of lines, which takes as long again as what is counted."""

from __future__ import annotations

import sys
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from coverage.tracer import CTracer

if TYPE_CHECKING:
    from collections.abc import Callable

Words = ParamSpec("Words")
Result = TypeVar("Result")


def untraced(function: Callable[Words, Result]) -> Callable[Words, Result]:
    """Return a library's function as one whose lines nobody looks at, nor those of ours that it calls back.

    The counter knows how deep the calls are. So it stops and starts where they are equally deep, and by its own
    means: `sys.settrace` would not bring it back to those who began before.
    """

    @wraps(function)
    def unseen(*values: Words.args, **named: Words.kwargs) -> Result:
        counter: object = sys.gettrace()
        if not isinstance(counter, CTracer):
            return function(*values, **named)
        counter.stop()
        sys.settrace(None)
        try:
            return function(*values, **named)
        finally:
            counter.start()

    return unseen
