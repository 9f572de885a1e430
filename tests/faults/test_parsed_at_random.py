"""Spoilt and hostile 車検証 files: each is read or refused in words, and nothing of a refused one is stored.

The long run is faults/parse_many.py: 10,000 files of each format.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

import pytest

from faults.parsing import PARSERS, read_many
from faults.scanned import scan_many
from onestop.documents.shaken_file import read_shaken_bytes
from onestop.errors import InvalidInput
from onestop.model.provenance import MOST_BYTES
from support.desks import a_desk
from support.shaken import REGISTERED, as_csv, as_json, as_xml, values_of

if TYPE_CHECKING:
    from pathlib import Path


FILES: Final = 100
LAUGHS: Final = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10))
HOSTILE: Final = {
    "a billion laughs": f'<?xml version="1.0"?><!DOCTYPE z [<!ENTITY l0 "lol">{LAUGHS}]><z>&l9;</z>'.encode(),
    "a billion laughs in utf-16": f"<!DOCTYPE z [<!ENTITY l0 'lol'>{LAUGHS}]><z>&l9;</z>".encode("utf-16"),
    "an entity from a file": b'<!DOCTYPE z [<!ENTITY x SYSTEM "file:///etc/passwd">]><CarNo>&x;</CarNo>',
    "deep XML": b"<a>" * (MOST_BYTES // 3),
    "deep and closed XML": b"<a>" * (MOST_BYTES // 7) + b"</a>" * (MOST_BYTES // 7),
    "deep JSON": b'{"CertInfo":' * (MOST_BYTES // 12),
    "a list in lists": b"[" * (MOST_BYTES // 2) + b"]" * (MOST_BYTES // 2),
    "a number without end": b'{"CarNo":' + b"9" * 900_000 + b"}",
    "columns without end": b"," * (MOST_BYTES - 3) + b"\n1\n",
    "lines without end": b"a\n" * (MOST_BYTES // 2),
    "a zip": b"PK\x03\x04" + b"\0" * 1_000,
    "a gzip": b"\x1f\x8b\x08" + b"\0" * 1_000,
    "a picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 1_000,
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
}


@pytest.mark.parametrize("parser", PARSERS)
def test_whatever_is_spoilt_is_read_or_refused_in_words(parser: str) -> None:
    tally = read_many(parser, FILES, seed=1)
    assert tally.wrong == []
    assert tally.came["read"] > FILES // 10
    assert tally.came["refused"] > FILES // 10


def test_whatever_is_scanned_is_a_code_or_none() -> None:
    tally = scan_many(FILES, seed=1)
    assert tally.wrong == []
    assert {*tally.came} == {"a car", "pieces", "nothing"}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words(name: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_shaken_bytes(HOSTILE[name])
    assert refused.value.problems[0].message.endswith("。")


def test_nothing_of_a_refused_file_is_stored(tmp_path: Path) -> None:
    with a_desk(tmp_path) as room:
        for number, content in enumerate(HOSTILE.values()):
            file = tmp_path / f"{number}.xml"
            file.write_bytes(content)
            with pytest.raises(InvalidInput):
                room.desk.imports.read(file)
        assert room.desk.vehicles.search("") == ()


MARKUP: Final = "<img src=x onerror=alert(1)>"
FORMULA: Final = "=cmd|' /C calc'!A0"


def test_markup_and_formulas_in_names_are_texts_like_any_other(tmp_path: Path) -> None:
    values = values_of(REGISTERED) | {"OwnernameHighLevelChar": MARKUP, "UsernameHighLevelChar": FORMULA}
    contents = (as_json(values), as_csv(values, "cp932"), as_xml(values, "utf-8"))
    with a_desk(tmp_path) as room:
        for content in contents:
            file = tmp_path / "car.any"
            file.write_bytes(content)
            plan = room.desk.imports.read(file)
            car = room.desk.imports.accept(plan, frozenset(plan.differences))
            form = room.desk.vehicles.open(car).form
            assert (form.owner_name, form.user_name) == (MARKUP, FORMULA)


@pytest.mark.skipif(sys.platform == "win32", reason="such names cannot be there")
@pytest.mark.parametrize("name", [b"\xff\xfe.json", b"..\\..\\x.json", b"a\nb.json", "\u202enosj.json".encode()])
def test_a_file_is_known_by_a_name_that_can_be_stored_whatever_it_is(tmp_path: Path, name: bytes) -> None:
    path = tmp_path / os.fsdecode(name)
    path.write_bytes(REGISTERED.read_bytes())
    with a_desk(tmp_path) as room:
        plan = room.desk.imports.read(path)
        car = room.desk.imports.accept(plan, frozenset(plan.differences))
        (source, *_) = room.desk.sources.of_car(car).fields
    assert source.name.encode()
    assert source.name.isprintable()
