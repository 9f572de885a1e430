"""The three formats of a 車検証閲覧アプリ file (JSON, CSV, XML), each brought to the app's keys and their strings."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from onestop.documents.regular_file import refused, text_of
from onestop.documents.shaken_values import CertInfo
from onestop.files import SURROGATES
from onestop.model.provenance import SourceKind
from onestop.model.shipped import rows_of
from onestop.model.text import to_half_width, unseen_notice, unseen_signs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LONGEST_VALUE: Final = 4_000
"""Characters; 備考, the longest on a 車検証, has some hundreds."""
LONGEST_KEY: Final = 40
MOST_KEYS: Final = 10
"""Unknown ones that are named."""
NO_TEXT: Final = "文字として読めません。車検証閲覧アプリのファイルではありません。"
_VERSION_KEY: Final = "CertInfoImportFileVersion"
_KNOWN_VERSION: Final = "1.0"
_IDENTIFYING: Final = ("CarNo", "EntryNoCarNo", "TwodimensionCodeInfoCarNo", "TwodimensionCodeInfoEntryNoCarNo")
_XML_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_ROUNDED: Final = re.compile(r"[0-9](?:\.[0-9]+)?E[+-][0-9]{1,3}")
_EXPONENT: Final = re.compile("[EeＥｅ][+＋－-]")


def read_cert_info(content: bytes) -> CertInfo:
    """Return the values of a file's certificate; the format is seen from the content.

    Raises:
        InvalidInput: Empty, not text, or not a file of the app.
    """
    text = text_of(content, NO_TEXT)
    if not text.strip():
        raise refused("ファイルが空です。")
    notices: list[str] = []
    values = _without_endless(_READERS[_kind(text)](text, notices), notices)
    values = _without_figures_of_spreadsheets(values, notices)
    if not any(values.get(key, "").strip() for key in _IDENTIFYING):
        raise refused("車検証閲覧アプリのファイルではありません(登録番号も車台番号もありません)。")
    return CertInfo(values, (*_version_notice(values), *notices, *_unseen_signs(values), *_unknown_keys(values)))


def kind_of(content: bytes) -> SourceKind:
    """Return in which of the three formats a file is that could be read."""
    return _kind(text_of(content, NO_TEXT))


@cache
def known_keys() -> dict[str, str]:
    """Return what each of the app's keys means in Japanese, of resources/shaken/shaken_json_fields.csv."""
    return {row["key"]: row["meaning_ja"] for row in rows_of("shaken/shaken_json_fields.csv")}


def _kind(text: str) -> SourceKind:
    start = text.lstrip()[:1]
    return SourceKind.XML if start == "<" else SourceKind.JSON if start in ("{", "[") else SourceKind.CSV


def _read_json(text: str, notices: list[str]) -> dict[str, str]:
    try:
        root = json.loads(text)
    except (ValueError, RecursionError):
        raise refused("JSONとして読めません。ファイルが途中で切れていないか確かめてください。") from None
    if not isinstance(root, dict):
        raise refused("車検証閲覧アプリのJSONではありません。")
    inner = root.pop("CertInfo", {})
    if not isinstance(inner, dict):
        raise refused("車検証閲覧アプリのJSONではありません(CertInfoがありません)。")
    pairs = root | inner
    if {*map(type, pairs.values())} <= {str} and not SURROGATES.search("".join(pairs.values())):
        return pairs  # as the app writes it
    return {key: _as_text(key, value, notices) for key, value in pairs.items()}


def _read_csv(text: str, notices: list[str]) -> dict[str, str]:
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline="")) if any(cell.strip() for cell in row)]
    except csv.Error:
        raise refused("CSVとして読めません。") from None
    if len(rows) < 2:  # noqa: PLR2004 - a header row and one row of values
        raise refused("車検証閲覧アプリのCSVではありません(見出しの行と値の行が要ります)。")
    header, values, *others = rows
    if others:
        notices.append(f"2台目からの{len(others)}行は読みませんでした。1台ずつのファイルを使ってください。")
    if len(header) != len(values):
        notices.append(f"CSVの見出しは{len(header)}列、値は{len(values)}列です。内容を確かめてください。")
    return {key.strip(): value for key, value in zip(header, values, strict=False)}


def _read_xml(text: str, notices: list[str]) -> dict[str, str]:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise refused("車検証閲覧アプリのXMLではありません(文書型宣言があります)。")
    try:
        root = ET.fromstring(_XML_DECLARATION.sub("", text))  # noqa: S314 - no declarations, so no entities to expand
    except (ET.ParseError, ValueError):
        raise refused("XMLとして読めません。ファイルが途中で切れていないか確かめてください。") from None
    values: dict[str, str] = {}
    for element in root.iter():
        if len(element) == 0:
            key, value = element.tag.rpartition("}")[2], element.text or ""
            if values.setdefault(key, value) != value:
                notices.append(f"XMLに{_cut(key)}が2つあります。初めの値を取り込みました。")
    return values


_READERS: Final[Mapping[SourceKind, Callable[[str, list[str]], dict[str, str]]]] = {
    SourceKind.JSON: _read_json,
    SourceKind.CSV: _read_csv,
    SourceKind.XML: _read_xml,
}


def _as_text(key: str, value: object, notices: list[str]) -> str:
    if value is None:
        return ""
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        text = str(value)
        if text.isascii() or not SURROGATES.search(text):
            return text
        notices.append(f"{_cut(key)}に壊れた文字があります。「?」に置き換えました。")
        return SURROGATES.sub("?", text)
    notices.append(f"{_cut(key)}は文字ではないため読みませんでした。")
    return ""


def _without_endless(values: dict[str, str], notices: list[str]) -> dict[str, str]:
    """Leave out what is longer than anything on a 車検証: nobody could look at it, and the window would stand still."""
    endless = {key: value for key, value in values.items() if len(value) > LONGEST_VALUE}
    notices.extend(
        f"{known_keys().get(key, _cut(key))}は長すぎるため({len(value):,}文字)、取り込みませんでした。"
        for key, value in endless.items()
    )
    return values | dict.fromkeys(endless, "")


def _cut(key: str) -> str:
    return key if len(key) <= LONGEST_KEY else f"{key[:LONGEST_KEY]}…"


def _without_figures_of_spreadsheets(values: dict[str, str], notices: list[str]) -> dict[str, str]:
    """Leave out what a spreadsheet rounded (9.9926E+11): which digits it had, nobody knows any more."""
    if not _EXPONENT.search("".join(values.values())):
        return values
    rounded = {key: text for key, text in values.items() if _ROUNDED.fullmatch(to_half_width(text).strip().upper())}
    notices.extend(
        f"{known_keys().get(key, key)}「{text.strip()}」は、表計算ソフトの保存で桁が失われた値です。"
        "取り込まないので、車検証を見て入力してください。"
        for key, text in rounded.items()
    )
    return values | dict.fromkeys(rounded, "")


def _version_notice(values: dict[str, str]) -> tuple[str, ...]:
    version = values.get(_VERSION_KEY, _KNOWN_VERSION)
    if version == _KNOWN_VERSION:
        return ()
    return (f"取込ファイルのバージョン「{version}」は確かめられていません。内容をよく見てください。",)


def _unseen_signs(values: dict[str, str]) -> tuple[str, ...]:
    """Name the signs that nobody sees: a name that looks like another is another name."""
    if not unseen_signs("".join(values.values())):
        return ()
    found = {key: unseen_signs(value) for key, value in values.items() if key in known_keys()}
    return tuple(f"{known_keys()[key]}: {unseen_notice(signs)}" for key, signs in found.items() if signs)


def _unknown_keys(values: dict[str, str]) -> tuple[str, ...]:
    known = known_keys()
    unknown = [_cut(key) for key, value in values.items() if key not in known and value.strip()]
    if not unknown:
        return ()
    more = len(unknown) - MOST_KEYS
    names = "、".join(unknown[:MOST_KEYS]) + (f"、ほか{more:,}項目" if more > 0 else "")
    return (f"知らない項目は取り込みませんでした: {names}",)
