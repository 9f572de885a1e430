"""車台番号: how it is typed, searched and judged. It is the key that ties 自賠責, 保適証 and 申請 together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from onestop.errors import Problem
from onestop.model.text import UNSEEN, fold_hyphens, to_code
from onestop.model.words import VehicleClass

FIELD: Final = "chassis_number"
MAX_LENGTH: Final = 42
"""Contract ainas.yaml."""
NO_STAMP_FORM: Final = "職権打刻にチェックがありますが、打刻の形(例: 国[01]00001国、[41]12345)ではありません。"

_QR_LENGTH: Final = {VehicleClass.KEI: 20, VehicleClass.REGISTERED: 23, VehicleClass.MOTORCYCLE: 23}
_VIN_LENGTH: Final = 17
_ORDINARY = re.compile(r"[A-Z0-9-]+")
_STAMPED = re.compile(
    r"漢?\[[0-9]{2}\][A-Z0-9-]*[0-9][A-Z0-9-]*漢?"  # 国[01]00001国, [41]12345
    r"|漢[0-9]{7}"  # 東1234567
)
"""For a text in which 漢 stands for every kanji: a class of all kanji takes 15 ms to compile, at every start."""

_FOREIGN: Final = re.compile(r"[^A-Z0-9-]")
_UNSEEN: Final = dict.fromkeys(UNSEEN)
_STAMP_SIGNS = re.compile(r"[\[\]漢]")


@dataclass(frozen=True, slots=True)
class ChassisVerdict:
    """What is wrong with a 車台番号 (V05) and what looks odd (V05, V08)."""

    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    stamp_warnings: tuple[Problem, ...] = ()


def normalise_chassis(text: str) -> str:
    """Return a typed 車台番号 in half-width capitals with '-' for every hyphen; kanji of a 職権打刻 stay.

    ー and ｰ are taken for hyphens here, unlike in names: a 車台番号 has no kana. A line of a table (─) is not: it is
    said, because nobody knows what it stood for.
    """
    if text.isascii():  # none of the rest changes it
        return text.strip().upper()
    return to_code(text).strip().upper()


def chassis_key(text: str) -> str:
    """Return the search key of a 車台番号, whole or its end.

    Width, case, hyphens with whatever looks like one, blanks and signs that nobody sees make no difference.
    """
    if text.isascii():  # most of what is typed, and nothing else is to be folded
        return "".join(text.upper().replace("-", "").split())
    folded = fold_hyphens(normalise_chassis(text)).translate(_UNSEEN)
    return "".join(folded.replace("-", "").split())


def may_be_written(text: str) -> bool:
    """Tell whether nothing stands in a text that no 車台番号 has: kanji may be of a 職権打刻, but kana never."""
    return _with_one_kanji(text).replace("漢", "").isascii()


def is_stamp_form(text: str) -> bool:
    """Tell whether it is written as a 職権打刻: 国[01]00001国, [41]12345, or one kanji and seven digits."""
    return _STAMPED.fullmatch(_with_one_kanji(text)) is not None


def judge_chassis(text: str, *, officially_stamped: bool, vehicle_class: VehicleClass | None = None) -> ChassisVerdict:
    """Judge a normalised 車台番号 (rules V05 and V08).

    Only what cannot be is an error. No hyphen (ABC123) is a warning: leaving it out is the commonest mistake, but
    VINs and some models have none.
    """
    if error := _shape_error(text, officially_stamped=officially_stamped):
        return ChassisVerdict(errors=(Problem(FIELD, error),))
    if officially_stamped:
        return ChassisVerdict(stamp_warnings=() if is_stamp_form(text) else (Problem(FIELD, NO_STAMP_FORM),))
    return ChassisVerdict(warnings=_oddities(text, vehicle_class))


def _with_one_kanji(text: str) -> str:
    return "".join("漢" if "\u3400" <= sign <= "\u9fff" or "\uf900" <= sign <= "\ufaff" else sign for sign in text)


def _shape_error(text: str, *, officially_stamped: bool) -> str:
    if not text.strip():
        return "車台番号を入力してください。"
    if len(text) > MAX_LENGTH:
        return f"車台番号は{MAX_LENGTH}文字までです。"
    if officially_stamped or _ORDINARY.fullmatch(text):
        return ""
    meant = _meant(text)
    if meant is None and _STAMP_SIGNS.search(_with_one_kanji(text)):
        return "漢字や［ ］のある車台番号は、職権打刻にチェックを付けてください。"
    way = f"「{meant}」ではありませんか。" if meant else "使えるのは半角の英大文字・数字・ハイフンだけです。"
    return f"{_named(text)}は車台番号に使えません。{way}"


def _named(text: str) -> str:
    """Return the signs that cannot be, each once: 「─」, 空白, 見えない文字."""
    return "と".join(dict.fromkeys(map(_name, _FOREIGN.findall(text))))


def _name(sign: str) -> str:
    if sign.isspace():
        return "空白"
    return "見えない文字" if ord(sign) in _UNSEEN or not sign.isprintable() else f"「{sign}」"


def _meant(text: str) -> str | None:
    """Return how it may have been meant, where only a hyphen is written otherwise (also as 一), or there are blanks."""
    parts = fold_hyphens(text).replace("一", "-").translate(_UNSEEN).split()
    meant = ("" if any("-" in part for part in parts) else "-").join(parts)
    return meant if _ORDINARY.fullmatch(meant) else None


def model_warnings(chassis_number: str, model_code: str) -> tuple[Problem, ...]:
    """Say where the part before the hyphen is not what most cars have from their 型式, LA100S of DBA-LA100S (V38)."""
    prefix, hyphen, _rest = chassis_number.partition("-")
    model = model_code.rpartition("-")[2]
    if not (hyphen and model) or chassis_key(prefix) == chassis_key(model):
        return ()
    return (Problem("model_code", f"車台番号の「{prefix}」と型式の「{model}」が違います。"),)


def _oddities(text: str, vehicle_class: VehicleClass | None) -> tuple[Problem, ...]:
    found = []
    if text.startswith("-") or text.endswith("-"):
        found.append("車台番号の初めか終わりにハイフンがあります。")
    elif text.count("-") > 1:
        found.append("車台番号にハイフンが2つ以上あります。")
    if "-" not in text and len(text) != _VIN_LENGTH:
        found.append("車台番号にハイフンがありません。車検証のとおりか確かめてください。")
    if len(text) == _VIN_LENGTH and "-" not in text and re.search("[IOQ]", text):
        found.append("17桁の車台番号(VIN)に I・O・Q は使われません。1・0 ではありませんか。")
    if vehicle_class and len(text) > _QR_LENGTH[vehicle_class]:
        found.append(f"車台番号が{_QR_LENGTH[vehicle_class]}文字より長くなっています。")
    return tuple(Problem(FIELD, message) for message in found)
