"""登録番号 (車両番号): reading every way in which it is written, writing it, and judging it.

Only what cannot exist is refused; the rest is a warning, because the ministry's own samples carry kana that are never
issued. The names and tables are in resources/plates/.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from onestop.errors import InvalidInput, Problem
from onestop.model.plate_tables import class_meaning, kana_of, never_issued_kana, old_areas, plate_areas, uses_of_kana
from onestop.model.text import fold_hyphens, to_full_width_kana, to_half_width, to_hiragana, without_unseen
from onestop.model.words import PrivateOrBusiness, VehicleClass

if TYPE_CHECKING:
    from collections.abc import Iterator

FIELD: Final = "registration_number"
PLATE_PARTS: Final = ("area", "class_number", "kana", "serial")
"""The names of the four parts of a `RegistrationNumber`, in its order."""
EXAMPLE: Final = "例: 土浦300あ12-34"

_LARGEST_SERIAL: Final = 9999
_LONGEST_AREA: Final = 4
_KEI_CLASSES: Final = "45678"
_USES: Final = ("乗用", "貨物", "乗合", "特種")
FILLERS: Final = "・･·•∙.‥…"
"""What is written where a short 一連指定番号 has no digit."""
_FILLER_SIGNS: Final = frozenset(FILLERS) | {"\uff0e"}  # the full-width full stop, too
_FILLERS: Final = str.maketrans(dict.fromkeys(FILLERS, "・"))
_CLASS: Final = r"(?P<class>[0-9](?:[0-9]|[0-9A-Z]{2})?)"
_KANA: Final = r"(?P<kana>[ぁ-んA-Z])"
_TWO_MARKS: Final = r"(?P<kana>[CLV][ -]*[ぁ-ん])"
"""On a 小型二輪, which has no class, of an office that ran out of kana (別表第三)."""
_SERIAL: Final = r"・*(?P<serial>[0-9]{1,2}-[0-9]{2}|[0-9]{1,9})"
_GAP: Final = r"[ -]*"
_REST_WITH_KANA: Final = re.compile(f"{_GAP}{_CLASS}?{_GAP}{_KANA}{_GAP}{_SERIAL}")
_REST_WITH_TWO_MARKS: Final = re.compile(f"{_GAP}(?P<class>){_TWO_MARKS}{_GAP}{_SERIAL}")
_REST_WITHOUT_KANA: Final = re.compile(f"{_GAP}(?:{_CLASS} +)?(?P<kana>){_SERIAL}")
_REST_IN_ONE_RUN: Final = re.compile(f"{_GAP}{_CLASS}(?P<kana>)(?P<serial>[0-9]{{2}}-?[0-9]{{2}})")
_RESTS: Final = (_REST_WITH_KANA, _REST_WITH_TWO_MARKS, _REST_IN_ONE_RUN, _REST_WITHOUT_KANA)
"""The likeliest first."""
_FILLED: Final = re.compile(
    rf"(?P<part>|.*(?:[^A-Z ・]|[0-9 ][A-Z])){_GAP}・{{1,3}}{_GAP}(?P<serial>[1-9][0-9]{{0,2}})"
)
"""Letters before the filler are no kana, unless they stand alone: No.12 is a name."""
_CLASS_ALONE: Final = re.compile(f"(?:{_CLASS})?")
_KANA_ALONE: Final = re.compile("[ぁ-んA-Z]?|[CLV][ぁ-ん]")
_SERIAL_ALONE: Final = re.compile("[1-9][0-9]{0,3}")
_USUAL_CLASS: Final = re.compile("(?:[0-9](?:[0-9]|[0-9ACFHKLMPXY]{2})?)?")
"""Contract ainas.yaml; other letters are lawful, too (別表第二)."""
_LETTERS: Final = re.compile(r"[^\W\d_A-Z]{0,4}")
_TWO: Final = 2
_REMEMBERED: Final = 256
"""Plates typed last: one is judged, looked for and stored, and read anew each time."""


@dataclass(frozen=True, slots=True, repr=False)
class RegistrationNumber:
    """The four parts of a plate as they are stored and sent; a part that the plate does not have is empty.

    Attributes:
        area: 地名, 1 to 4 characters.
        class_number: 分類番号, 0 to 3 characters in half width.
        kana: 0 or 1 hiragana (駐留軍: a capital); of some 小型二輪 C, L or V before it.
        serial: 一連指定番号, "1" to "9999", without leading zeros.
    """

    area: str
    class_number: str
    kana: str
    serial: str

    def display(self) -> str:
        """Return 土浦1あ1111, as the lists show it."""
        return f"{self.area}{self.class_number}{self.kana}{self.serial}"

    def formal(self) -> str:
        """Return 土浦 1 あ 11-11, or with fillers 土浦 1 あ ・・・1, as the plate itself shows it."""
        four_digits = len(self.serial) == len(str(_LARGEST_SERIAL))
        serial = f"{self.serial[:2]}-{self.serial[2:]}" if four_digits else self.serial.rjust(4, "・")
        return " ".join(part for part in (self.area, self.class_number, self.kana, serial) if part)


BLANK_PLATE: Final = RegistrationNumber("", "", "", "")
"""Of a record that nothing was typed into yet."""


def parse_plate(text: str) -> RegistrationNumber:
    """Read a plate in any of its written forms.

    Width, hyphens, blanks and fillers (・) make no difference; the fixed-width form of the QR code and the form of the
    車検証閲覧アプリ are read as well. The longest 地名 of the table wins (なにわ, いわき, つくば and とちぎ are kana
    themselves); an unknown 地名 of 1 to 4 characters is read too.

    Raises:
        InvalidInput: It is no plate; the problem's field is `registration_number`.
    """
    typed = _fold(text)
    if not typed:
        raise InvalidInput(Problem(FIELD, f"登録番号を入力してください。{EXAMPLE}"))
    for length, pattern in _ways_to_read(typed):
        match = pattern.fullmatch(_fold_letters(typed[length:]))
        if match:
            area = _known(typed[:length]) or typed[:length]
            return _checked(area, match)
    raise InvalidInput(Problem(FIELD, f"登録番号として読めません。{EXAMPLE}"))


def filled_serial(text: str) -> tuple[str, str] | None:
    """Return what stands before a 一連指定番号 that is filled up with ・, and the number: ("さ", "12") of さ・・12.

    So written it is the whole number, and none that ends like it. None without a filler.
    """
    if _FILLER_SIGNS.isdisjoint(text):  # nearly every text that is typed; folding it would take longer
        return None
    match = _FILLED.fullmatch(_fold(text))
    return None if match is None else (match["part"], match["serial"])


@lru_cache(maxsize=_REMEMBERED)
def plate_from_parts(area: str, class_number: str, kana: str, serial: str) -> RegistrationNumber:
    """Return the plate typed into four fields, widths folded.

    Raises:
        InvalidInput: One problem for each part that cannot be; fields `registration_number.serial` and so on.
    """
    place = to_full_width_kana(without_unseen(area)).strip()
    parts = RegistrationNumber(
        _known(place) or place, _part(class_number), _mark(_part(kana)), _part(serial).replace("-", "").lstrip("・0")
    )
    problems = plate_problems(parts)
    if problems:
        raise InvalidInput(*problems)
    return parts


def plate_problems(plate: RegistrationNumber) -> tuple[Problem, ...]:
    """Return what cannot be in a plate (rules V01 and V04; the shapes of ainas.yaml)."""
    found = []
    if not 1 <= len(plate.area) <= _LONGEST_AREA:
        found.append(Problem(f"{FIELD}.area", "地名は1～4文字で入力してください。"))
    if not _CLASS_ALONE.fullmatch(plate.class_number):
        found.append(Problem(f"{FIELD}.class_number", "分類番号は数字で始まる1～3文字です。例: 300、3AA"))
    if not _KANA_ALONE.fullmatch(plate.kana) or (len(plate.kana) == _TWO and plate.class_number):
        found.append(Problem(f"{FIELD}.kana", "かなは、ひらがな1文字(駐留軍は英字、小型二輪はCあ等も)です。"))
    if not _SERIAL_ALONE.fullmatch(plate.serial):
        found.append(Problem(f"{FIELD}.serial", f"一連指定番号は1～{_LARGEST_SERIAL}です。"))
    return tuple(found)


def sending_problems(plate: RegistrationNumber) -> tuple[Problem, ...]:
    """Return what keeps a plate from being sent: what cannot be, and the letters that ainas.yaml does not take."""
    problems = plate_problems(plate)
    if not problems and not _USUAL_CLASS.fullmatch(plate.class_number):
        message = f"分類番号「{plate.class_number}」の英字は、ワンストップサービスでは送れません。"
        return (Problem(f"{FIELD}.class_number", message),)
    return problems


def plate_warnings(
    plate: RegistrationNumber,
    vehicle_class: VehicleClass | None,
    private_or_business: PrivateOrBusiness | None,
    use: str | None = None,
) -> tuple[Problem, ...]:
    """Return everything odd about a plate: its 地名, 分類番号 (rule V02) and かな (rule V03). None means not known."""
    return (
        *area_warnings(plate),
        *class_warnings(plate, vehicle_class, use),
        *kana_warnings(plate, vehicle_class, private_or_business),
    )


def area_warnings(plate: RegistrationNumber) -> tuple[Problem, ...]:
    """Return what is odd about the 地名: not in the table, or no longer issued."""
    if plate.area in plate_areas():
        return ()
    present = old_areas().get(plate.area)
    message = f"「{plate.area}」は地名の一覧にありません。"
    if present:
        message = f"「{plate.area}」は古い地名です(今は{present})。車検証のとおりか確かめてください。"
    return (Problem(f"{FIELD}.area", message),)


def class_warnings(
    plate: RegistrationNumber, vehicle_class: VehicleClass | None, use: str | None = None
) -> tuple[Problem, ...]:
    """Return where the 分類番号 disagrees with 車両種別 and 用途 (rule V02)."""
    if not _USUAL_CLASS.fullmatch(plate.class_number):
        message = f"分類番号「{plate.class_number}」の英字は珍しいものです。車検証のとおりか確かめてください。"
        return (Problem(f"{FIELD}.class_number", message),)
    meaning = class_meaning(plate.class_number) or ""
    if vehicle_class is VehicleClass.MOTORCYCLE or not meaning:
        return ()
    if vehicle_class is VehicleClass.KEI and plate.class_number[0] not in _KEI_CLASSES:
        return (Problem(f"{FIELD}.class_number", f"分類番号{plate.class_number}は軽自動車のものではありません。"),)
    if use in _USES and use not in meaning and "大型特殊" not in meaning:
        message = f"分類番号{plate.class_number}は{meaning}のもので、用途の{use}と合いません。"
        return (Problem(f"{FIELD}.class_number", message),)
    return ()


def kana_warnings(
    plate: RegistrationNumber, vehicle_class: VehicleClass | None, private_or_business: PrivateOrBusiness | None
) -> tuple[Problem, ...]:
    """Return where the かな is missing, never issued, or of another use (rule V03)."""
    field = f"{FIELD}.kana"
    if not plate.kana:
        return (Problem(field, "登録番号にかながありません。車検証のとおりか確かめてください。"),)
    if len(plate.kana) == _TWO and vehicle_class not in (VehicleClass.MOTORCYCLE, None):
        return (Problem(field, f"「{plate.kana}」のような2文字は、小型二輪のものです。"),)
    mark = plate.kana[-1]
    if mark in never_issued_kana():
        return (Problem(field, f"かな「{plate.kana}」は交付されていません。車検証のとおりか確かめてください。"),)
    if vehicle_class is None or private_or_business is None:
        return ()
    others = "・".join(uses_of_kana(mark, vehicle_class))
    if not others or mark in _expected_kana(private_or_business, vehicle_class):
        return ()
    return (Problem(field, f"かな「{plate.kana}」は{others}のもので、{private_or_business}と合いません。"),)


def _expected_kana(private_or_business: PrivateOrBusiness, vehicle_class: VehicleClass) -> str:
    """Return the kana of a use; cars for rent and of the forces (駐留軍) are 自家用 on their 車検証."""
    private = private_or_business is PrivateOrBusiness.PRIVATE
    uses = ("自家用", "貸渡", "駐留軍") if private else (private_or_business,)
    return "".join(kana_of(use, vehicle_class) for use in uses)


def _fold(text: str) -> str:
    typed = fold_hyphens(to_half_width(to_full_width_kana(without_unseen(text)))).translate(_FILLERS)
    return " ".join(typed.split()).upper()


def _fold_letters(text: str) -> str:
    return to_hiragana(text.replace("ー", "-"))


def _part(text: str) -> str:
    return _fold_letters(_fold(text))


def _mark(kana: str) -> str:
    return kana.replace(" ", "").replace("-", "")


def _known(typed: str) -> str | None:
    """Return the 地名 as the table writes it (ナニワ is なにわ), if it is one that is or was issued."""
    return _areas().get(to_hiragana(typed))


@cache
def _areas() -> dict[str, str]:
    return {to_hiragana(area): area for area in (*plate_areas(), *old_areas())}


def _ways_to_read(typed: str) -> Iterator[tuple[int, re.Pattern[str]]]:
    """Yield (length of the 地名, pattern of the rest), the likeliest first."""
    spoken, areas = to_hiragana(typed), _areas()
    known = [length for length in range(_LONGEST_AREA, 0, -1) if spoken[:length] in areas]
    letters = _LETTERS.match(spoken)
    for lengths in (known, range(len(letters[0]) if letters else 0, 0, -1)):
        for pattern in _RESTS:
            yield from ((length, pattern) for length in lengths)


def _checked(area: str, match: re.Match[str]) -> RegistrationNumber:
    number = int(match["serial"].replace("-", ""))
    if not 1 <= number <= _LARGEST_SERIAL:
        raise InvalidInput(Problem(FIELD, f"一連指定番号は1～{_LARGEST_SERIAL}です。"))
    return RegistrationNumber(area, match["class"] or "", _mark(match["kana"]), str(number))
