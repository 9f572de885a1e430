"""Finds in the source which public methods of a desk's services write: to the database, settings or keychain."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_WRITES: Final = re.compile(r"\.write\(|save_settings\(")
_CALLS: Final = re.compile(r"self((?:\.\w+)+)")


def writing_ways(part: object, way: str = "") -> Iterator[str]:
    """Yield the ways from the desk to methods that write, straight or by what they call of their own parts."""
    for name in _names(part):
        inner = getattr(part, name)
        if callable(inner) and not name.startswith("_") and _writes(part, name, set()):
            yield f"{way}{name}"
        elif not name.startswith("_") and _is_service(inner):
            yield from writing_ways(inner, f"{way}{name}.")


def _names(part: object) -> list[str]:
    kept = [*vars(part)] if hasattr(part, "__dict__") else [*getattr(part, "__slots__", ())]
    return sorted(
        {*kept, *(name for kind in type(part).__mro__[:-1] for name in vars(kind) if not name.startswith("__"))}
    )


def _is_service(part: object) -> bool:
    return type(part).__module__.startswith("onestop.services") and not inspect.isroutine(part)


def _writes(part: Any, name: str, seen: set[tuple[int, str]]) -> bool:  # noqa: ANN401 - any service
    method = inspect.getattr_static(type(part), name, None)
    method = getattr(method, "__func__", None) or getattr(method, "fget", None) or method
    if (id(part), name) in seen or not inspect.isfunction(method):
        return False
    seen.add((id(part), name))
    source = inspect.getsource(method)
    if _WRITES.search(source):
        return True
    for way in _CALLS.findall(source):
        whose: object = part
        for called in way.split(".")[1:]:
            if (whose is part or _is_service(whose)) and _writes(whose, called, seen):
                return True
            whose = getattr(whose, called, None)
    return False
