"""What `repr()` of anything below the windows may show: logs, tracebacks and crash reports are full of it.

Every class is filled with its own fields' names. A text may be shown only if its field stands in
data/shown_in_reprs.toml, so that a new field is hidden until somebody has thought about it.
"""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel
from sqlalchemy.orm import configure_mappers
from sqlalchemy.orm.base import opt_manager_of_class

import onestop

if TYPE_CHECKING:
    from collections.abc import Iterator

UPSTAIRS = ("app", "tour", "ui", "__main__")

_LISTS = tomllib.loads((Path(__file__).parent / "data" / "shown_in_reprs.toml").read_text(encoding="utf-8"))
HARMLESS = frozenset(name for kind in _LISTS["everywhere"].values() for name in kind)
HARMLESS_THERE = frozenset(_LISTS["there"]["fields"])


def classes() -> Iterator[type[Any]]:
    """Yield every class of the program below its windows."""
    for module in pkgutil.walk_packages(onestop.__path__, "onestop."):
        if module.name.split(".")[1] not in UPSTAIRS:
            members = vars(importlib.import_module(module.name)).values()
            yield from (each for each in members if inspect.isclass(each) and each.__module__ == module.name)


def text_fields(kind: type[Any]) -> dict[str, str]:
    """Return the fields of a class that may hold text, each with its own name as a text."""
    if issubclass(kind, BaseModel):
        types = {name: str(field.annotation) for name, field in kind.model_fields.items()}
    elif dataclasses.is_dataclass(kind):
        types = {field.name: str(field.type) for field in dataclasses.fields(kind)}
    else:
        types = {name: str(annotation) for name, annotation in vars(kind).get("__annotations__", {}).items()}
    may_be = re.compile(r"^(?!.*Callable).*\b(str|object|Any|dict)\b")
    return {name: f"<{name}>" for name, annotation in types.items() if may_be.match(annotation)}


def filled(kind: type[Any]) -> object:
    """Return one of a class whose every text is the name of its field."""
    texts = text_fields(kind)
    if issubclass(kind, BaseModel):
        return kind.model_construct(None, **texts)
    if issubclass(kind, tuple):
        return kind(**dict.fromkeys(vars(kind)["__annotations__"], "") | texts)
    blank = {
        field.name: None if field.default is dataclasses.MISSING else field.default
        for field in dataclasses.fields(kind)
    }
    manager = opt_manager_of_class(kind)
    one: object = manager.new_instance() if manager else object.__new__(kind)
    for name, value in (blank | texts).items():
        if manager:
            vars(one)[name] = value  # past the mapper, which would take a plate apart
        else:
            object.__setattr__(one, name, value)
    return one


def is_record(kind: type[Any]) -> bool:
    """Tell whether a class is a bundle of fields, of which there can be one."""
    is_bundle = dataclasses.is_dataclass(kind) or issubclass(kind, (BaseModel, tuple))
    return is_bundle and bool(text_fields(kind)) and not inspect.isabstract(kind)


RECORDS = [kind for kind in classes() if is_record(kind)]


@pytest.fixture(autouse=True)
def _mapped() -> None:
    configure_mappers()


def shown(kind: type[Any]) -> set[str]:
    """Return the fields of a class that its repr shows."""
    return set(re.findall(r"<(\w+)>", repr(filled(kind)))) & text_fields(kind).keys()


@pytest.mark.parametrize("kind", [pytest.param(kind, id=f"{kind.__module__}.{kind.__name__}") for kind in RECORDS])
def test_repr_shows_nothing_that_is_not_known_to_be_harmless(kind: type[Any]) -> None:
    there = {name for name in shown(kind) if f"{kind.__name__}.{name}" in HARMLESS_THERE}
    assert shown(kind) - HARMLESS - there == set()


def test_the_walk_sees_every_kind_of_record_and_the_lists_hold_nothing_else() -> None:
    seen = {kind.__name__ for kind in RECORDS}
    assert seen >= {"Vehicle", "Filing", "RegistrationNumber", "VehicleRow", "FilingRequest", "VehicleForm"}
    fields = {(kind.__name__, name) for kind in RECORDS for name in shown(kind)}
    assert {f"{kind}.{name}" for kind, name in fields} >= HARMLESS_THERE
    assert {name for _, name in fields} >= HARMLESS
