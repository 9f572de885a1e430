"""Reading single values of a 車検証閲覧アプリ file, where everything is a padded string."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final, TypeVar

from onestop.errors import InvalidInput, UnreadableDay
from onestop.model.text import to_half_width
from onestop.model.wareki import LAST_YEAR_WITHOUT_MONTH, YearMonth, format_western, from_era, unreadable_day

if TYPE_CHECKING:
    from collections.abc import Mapping

Shown = TypeVar("Shown", str, dt.date, YearMonth)

_DASHES: Final = ("-", "－")
_NO_VALUE: Final = ("", *_DASHES, "***", "＊＊＊")
_HIDDEN_DAY: Final = "999999"
_UNKNOWN_MONTH: Final = "9999"
_ZERO_DROPPED: Final = 3
"""Digits of a YYMM month after a spreadsheet had it."""
_NUMBER: Final = re.compile(r"([0-9][0-9,]{0,8})(\.0+)?(?![0-9])")
_ERA_NUMBER: Final = re.compile("[0-9]{1,2}|元")
_CODED_MONTH: Final = re.compile("[0-9]{2}(?:0[0-9]|1[0-2])?")
_CENTURY_PIVOT: Final = 70
"""Two-digit years from 70 on are 19xx; no 車検証 in use is older."""


class CertInfo:
    """The values of one certificate by the app's key, and what is said about them to the clerk."""

    def __init__(self, values: Mapping[str, str], notices: tuple[str, ...] = ()) -> None:
        self._values = values
        self.notices = list(notices)

    def raw(self, key: str) -> str:
        """Return a value as it stands, "" when the file does not have it."""
        return self._values.get(key, "")

    def text(self, key: str) -> str:
        """Return a value without blanks at its ends; "-" is no value."""
        value = self._values.get(key, "").strip()
        return "" if value in _DASHES else value

    def code(self, key: str) -> str:
        """Return a value in half width."""
        return to_half_width(self.text(key))

    def digits(self, key: str, length: int, label: str) -> str:
        """Return a number of so many digits; leading zeros that a spreadsheet dropped are put back, with a notice."""
        return self.padded(self.code(key), length, label)

    def padded(self, value: str, length: int, label: str) -> str:
        """Return a value of figures alone with so many digits, with a notice where it had fewer."""
        if not (value.isascii() and value.isdigit()) or len(value) >= length:
            return value
        whole = value.zfill(length)
        self.note(f"{label}「{value}」の先頭の0が落ちていたため、「{whole}」として取り込みました。")
        return whole

    def first_code(self, *keys: str) -> str:
        """Return the first of several keys that has a value, in half width."""
        return next((value for key in keys if (value := self.code(key))), "")

    def note(self, sentence: str) -> None:
        """Tell the clerk something."""
        self.notices.append(sentence)

    def chosen(self, label: str, first: Shown | None, second: Shown | None) -> Shown | None:
        """Return the first of two that say the same thing, or else the second; that they differ is said."""
        if first and second and first != second:
            one, other = map(_told, (first, second))
            self.note(f"{label}が2通りあります: {one} と {other}。初めの方を取り込みました。")
        return first or second

    def number(self, key: str, label: str) -> int | None:
        """Return a whole number; of 20000(18000) the first one, with a notice."""
        value = self.code(key)
        if value in _NO_VALUE:
            return None
        match = _NUMBER.match(value)
        if match is None:
            self.note(f"{label}「{value}」は数として読めませんでした。")
            return None
        if match.end() != len(value):
            self.note(f"{label}は「{value}」です。初めの数だけを取り込みました。")
        return int(match[1].replace(",", ""))

    def axle(self, key: str, code_key: str, label: str) -> int | None:
        """Return a 軸重 in kg; the two-dimensional code has it in units of 10 kg."""
        if self.code(key) not in _NO_VALUE:
            return self.number(key, label)
        tens = self.number(code_key, label)
        return None if tens is None else tens * 10

    def era_day(self, prefix: str, label: str) -> dt.date | None:
        """Return the day in the four keys prefix + E, Y, M, D."""
        parts = self._era_parts(prefix, "EYMD")
        try:
            return _era_day(parts)
        except UnreadableDay:
            if any(parts):
                self.note(f"{label}「{''.join(parts)}」は日付として読めませんでした。")
        except InvalidInput as refused:
            self.note(f"{label}: {refused.problems[0].message}")
        return None

    def era_month(self, prefix: str, label: str) -> YearMonth | None:
        """Return the month in the three keys prefix + E, Y, M."""
        parts = self._era_parts(prefix, "EYM")
        era, year, month = parts
        alone = bool(year) and month.strip("0") in _NO_VALUE
        # The era may begin within the month or year: its last possible day always lies in it.
        lasts = [[era, year, "12", "31"]] if alone else [[*parts, day] for day in ("28", "31", "30")]
        found = next((day for day in map(_era_day_if_any, lasts) if day), None)
        if found is None:
            self._say_unread("".join(parts), label)
            return None
        return self._without_month(found.year, label) if alone else YearMonth(found.year, found.month)

    def code_day(self, key: str, label: str) -> dt.date | None:
        """Return a YYMMDD day of this century; 999999 means that the day is not shown."""
        value = self.code(key)
        if value in (*_NO_VALUE, _HIDDEN_DAY):
            return None
        try:
            return dt.date.fromisoformat(f"20{value[:2]}-{value[2:4]}-{value[4:]}")
        except ValueError:
            self.note(f"{label}「{value}」は日付として読めませんでした。")
            return None

    def code_month(self, key: str, label: str) -> YearMonth | None:
        """Return a YYMM month; 9999 means that it is not known, and a 軽 of old has YY00, or YY alone."""
        value = self.code(key)
        if value in (*_NO_VALUE, _UNKNOWN_MONTH):
            return None
        if value == "0" or len(value) == _ZERO_DROPPED:
            value = self.padded(value, len(_UNKNOWN_MONTH), label)
        if not _CODED_MONTH.fullmatch(value):
            self._say_unread(value, label)
            return None
        year = int(value[:2]) + (1900 if int(value[:2]) >= _CENTURY_PIVOT else 2000)
        month = int(value[2:] or 0)
        return YearMonth(year, month) if month else self._without_month(year, label)

    def _without_month(self, year: int, label: str) -> YearMonth:
        found = YearMonth(year, 0)
        if year > LAST_YEAR_WITHOUT_MONTH:
            self.note(f"{label}は「{found}」だけで、月がありません。車検証を見て入力してください。")
        return found

    def _say_unread(self, written: str, label: str) -> None:
        if written:
            self.note(f"{label}「{written}」は年月として読めませんでした。")

    def _era_parts(self, prefix: str, signs: str) -> list[str]:
        return ["".join(self.code(prefix + sign).split()) for sign in signs]


def _told(value: str | dt.date | YearMonth) -> str:
    """Return a value as the glass writes it."""
    return format_western(value) if isinstance(value, dt.date) else str(value)


def _era_day(parts: list[str]) -> dt.date:
    era, *numbers = parts
    if not all(map(_ERA_NUMBER.fullmatch, numbers)):
        raise unreadable_day("date")
    year, month, day = [1 if number == "元" else int(number) for number in numbers]
    return from_era(era, year, month, day)


def _era_day_if_any(parts: list[str]) -> dt.date | None:
    try:
        return _era_day(parts)
    except InvalidInput:
        return None
