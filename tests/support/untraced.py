"""Lets a library work without the counting of lines, which takes nearly as long as what is counted."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Words = ParamSpec("Words")
Result = TypeVar("Result")


def untraced(function: Callable[Words, Result]) -> Callable[Words, Result]:
    """Return a library's function that calls nothing of ours back, as one whose lines nobody looks at.

    It runs on a thread of its own, for counting cannot pause on this one: who began before a pause goes uncounted
    after it.
    """

    @wraps(function)
    def handed_over(*values: Words.args, **named: Words.kwargs) -> Result:
        def unseen() -> Result:
            sys.settrace(None)
            return function(*values, **named)

        with ThreadPoolExecutor(1) as pool:
            return pool.submit(unseen).result()

    return handed_over
