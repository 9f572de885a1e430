"""The layout of a 車検証's two-dimensional codes, read from resources/shaken/shaken_qr_layout.json.

Nothing of it stands here. A code stands in one symbol or is cut into several. Which text is a whole code, and which may
be a piece of one, is told by the layout alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from onestop.model.shipped import document_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


@dataclass(frozen=True, slots=True, repr=False)
class Field:
    """One value of a code."""

    name: str
    whole: re.Pattern[str]
    sign: re.Pattern[str]
    """Any number of the signs that it may have."""
    longest: int

    def may_be(self, text: str) -> bool:
        """Tell whether this is such a value."""
        return len(text) <= self.longest and self.whole.fullmatch(text) is not None

    def may_hold(self, text: str) -> bool:
        """Tell whether this may be a part of such a value."""
        return len(text) <= self.longest and self.sign.fullmatch(text) is not None


@dataclass(frozen=True, slots=True, repr=False)
class Order:
    """The values of a code, one after the other."""

    fields: tuple[Field, ...]
    notice: str
    """What is said of a sheet that has them in this order."""


@dataclass(frozen=True, slots=True, repr=False)
class Place:
    """Where in a code a text may stand: from its beginning, up to its end, both or neither."""

    begins: bool
    ends: bool


@dataclass(frozen=True, slots=True, repr=False)
class Code:
    """One of a 車検証's codes."""

    name: str
    kind: str
    """registered or kei."""
    label: str
    symbols: int
    """Into how many symbols it is cut."""
    optional: bool
    """Not every sheet has it."""
    orders: tuple[Order, ...]

    def values(self, text: str) -> tuple[dict[str, str], str] | None:
        """Return the values of a whole code by name, with what is to be said of it; None when it is none."""
        pieces = text.split(layout().delimiter)
        for order in self.orders:
            if len(pieces) == len(order.fields) and all(map(Field.may_be, order.fields, pieces)):
                names = (field.name for field in order.fields)
                return dict(zip(names, pieces, strict=True)), order.notice
        return None

    def may_begin(self, text: str) -> bool:
        """Tell whether a whole code may begin so."""
        pieces = text.split(layout().delimiter)
        return any(_fits(order.fields, pieces, begins=True) for order in self.orders)

    def places(self, text: str) -> frozenset[Place]:
        """Return where in this code a text may stand; one that is not cut stands there whole, or not at all."""
        pieces = text.split(layout().delimiter)
        if self.symbols == 1:
            return frozenset() if self.values(text) is None else frozenset((Place(begins=True, ends=True),))
        if len(pieces) == 1:  # it says too little
            return frozenset()
        return frozenset(place for order in self.orders for place in _places(order.fields, pieces))


@dataclass(frozen=True, slots=True, repr=False)
class Kind:
    """登録車 or 軽自動車: its codes, and what is known of any such car."""

    name: str
    label: str
    mark: str
    values: Mapping[str, str]
    """What is true of every such car, by the app's keys."""
    no_class: str
    """What is said of a plate without 分類番号; empty where there is nothing to say."""
    codes: tuple[Code, ...]


@dataclass(frozen=True, slots=True, repr=False)
class QrLayout:
    """All of it."""

    encoding: str
    delimiter: str
    shortest: int
    """Signs of the shortest piece that is recognised by itself."""
    kinds: tuple[Kind, ...]
    keys: Mapping[str, str]
    """The key of the 車検証閲覧アプリ by the name of a value."""
    axles: tuple[str, ...]
    raw: Mapping[str, tuple[str, str]]
    """Japanese name and key of values that may come as numbers of a table nobody has."""
    needless: Mapping[str, str]
    """What is said of symbols that are not used, by their beginning."""
    ordinary_sheet: str

    @property
    def codes(self) -> Iterator[Code]:
        """Every code of every kind."""
        return (code for kind in self.kinds for code in kind.codes)


@cache
def layout() -> QrLayout:
    """Return the layout."""
    read = document_of("shaken/shaken_qr_layout.json")
    types = {
        name: (re.compile(each["whole"]), re.compile(f"(?:{each['sign']})*"), each["longest"])
        for name, each in read["types"].items()
    }
    codes = [_code(each, types) for each in read["codes"]]
    kinds = (
        Kind(
            name,
            each["label"],
            each["mark"],
            each["values"],
            each.get("no_class", ""),
            tuple(code for code in codes if code.kind == name),
        )
        for name, each in read["kinds"].items()
    )
    return QrLayout(
        encoding=read["encoding"],
        delimiter=read["delimiter"],
        shortest=read["shortest"],
        kinds=tuple(kinds),
        keys=read["keys"],
        axles=tuple(read["axles"]),
        raw={name: (each["label"], each["key"]) for name, each in read["raw"].items()},
        needless={each["head"]: each["notice"] for each in read["needless"]},
        ordinary_sheet=read["ordinary_sheet"],
    )


def _code(read: Mapping[str, Any], types: Mapping[str, tuple[re.Pattern[str], re.Pattern[str], int]]) -> Code:
    orders = (
        Order(tuple(Field(name, *types[kind]) for name, kind in each["fields"]), each.get("notice", ""))
        for each in read["layouts"]
    )
    optional = read.get("optional", False)
    return Code(read["name"], read["kind"], read["label"], read["symbols"], optional, tuple(orders))


def _fits(fields: Sequence[Field], pieces: Sequence[str], *, begins: bool) -> bool:
    """Tell whether pieces may stand in these fields, the last of them cut off; the first, too, unless it begins."""
    first, last = fields[0], fields[min(len(pieces), len(fields)) - 1]
    if len(pieces) > len(fields):
        return False
    head = first.may_be if begins else first.may_hold
    return head(pieces[0]) and last.may_hold(pieces[-1]) and all(map(Field.may_be, fields[1:], pieces[1:-1]))


def _places(fields: Sequence[Field], pieces: Sequence[str]) -> Iterator[Place]:
    for start in range(len(fields) - len(pieces) + 1):
        part = fields[start : start + len(pieces)]
        if _fits(part, pieces, begins=False):
            begins = start == 0 and part[0].may_be(pieces[0])
            ends = start + len(pieces) == len(fields) and part[-1].may_be(pieces[-1])
            yield Place(begins, ends)
