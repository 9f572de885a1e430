"""Reading the file of the ministry's 車検証閲覧アプリ: JSON, CSV or XML, one certificate each.

Nothing is dropped silently: what could not be read, and what contradicts itself, stands in `notices` for the clerk.
Names and addresses are kept exactly as they stand in the file.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from onestop.documents.regular_file import read_regular, refused, regular_bytes
from onestop.documents.shaken_formats import read_cert_info
from onestop.documents.shaken_parties import read_parties
from onestop.errors import InvalidInput
from onestop.model.chassis import chassis_key, is_stamp_form, normalise_chassis
from onestop.model.plate import RegistrationNumber, parse_plate
from onestop.model.provenance import MOST_BYTES
from onestop.model.weights import axle_problems, gross_weight_problems
from onestop.model.words import PartyKind, VehicleClass, guess_party_kind

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from onestop.documents.shaken_values import CertInfo
    from onestop.model.wareki import YearMonth

TOO_LARGE: Final = "ファイルが大きすぎます(1MBまで)。車検証閲覧アプリのファイルではありません。"
NO_FILE: Final = "ふつうのファイルではありません(装置など)。車検証閲覧アプリのファイルを選んでください。"
MOST_NOTICES: Final = 30
"""More than a clerk reads; a hostile file could bring a hundred thousand."""

BRACKETED: Final = (
    "車検証の上の段に括弧書きがあります。この車両はAIRASでは扱えません(右側の括弧書きは扱えます)。"
    "紙の適合証を使い、窓口で申請してください。"
)
_BRACKET: Final = re.compile(r"[(\[（［〔【]")
_CODE: Final = "TwodimensionCodeInfo"
_REMARKS: Final = (
    ("NoteCap", "乗車定員"),
    ("NoteMaxloadage", "最大積載量"),
    ("NoteCarWgt", "車両重量"),
    ("NoteCarTotalWgt", "車両総重量"),
    ("NoteLength", "長さ"),
    ("NoteWidth", "幅"),
    ("NoteHeight", "高さ"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShakenRecord:
    """One 車検証, with the field names of `Vehicle`. "" or None: the certificate has no such value."""

    registration_number: RegistrationNumber | None = field(repr=False)
    chassis_number: str = field(repr=False)
    officially_stamped: bool
    vehicle_class: VehicleClass
    vehicle_kind: str
    use: str
    private_or_business: str
    body_shape: str
    vehicle_name: str
    model_code: str
    engine_model: str
    type_designation: str
    classification_number: str
    first_registration: YearMonth | None
    expiry_date: dt.date | None
    capacity: int | None
    max_load_kg: int | None
    weight_kg: int | None
    gross_weight_kg: int | None
    length_cm: int | None
    width_cm: int | None
    height_cm: int | None
    displacement: str
    """With its unit: 1.79 L."""
    fuel: str
    ff_axle_kg: int | None
    fr_axle_kg: int | None
    rf_axle_kg: int | None
    rr_axle_kg: int | None
    owner_name: str = field(repr=False)
    owner_address1: str = field(repr=False)
    owner_address2: str = field(repr=False)
    user_is_owner: bool
    user_name: str = field(repr=False)
    """Written out also when `user_is_owner`."""
    user_address1: str = field(repr=False)
    user_address2: str = field(repr=False)
    user_kind: PartyKind
    """Guessed from the name."""
    base_location: str = field(repr=False)
    """使用の本拠の位置, written out."""
    certificate_number: str = field(repr=False)
    car_id: str = field(repr=False)
    certificate_issued_on: dt.date | None
    recorded_on: dt.date | None
    """記録年月日."""
    registered_on: dt.date | None
    """登録年月日/交付年月日."""
    note_info: str = field(repr=False)
    notices: tuple[str, ...] = field(repr=False)
    """What was odd or could not be read, in Japanese."""
    partial: bool
    """It tells only some of a 車検証: a value that is empty here may well stand there."""


def content_of(path: Path) -> bytes:
    """Return what is in a file, as it stands.

    Raises:
        InvalidInput: It cannot be opened, is too large, or no file.
    """
    return _bounded(read_regular(path, MOST_BYTES, NO_FILE))


def bytes_of(path: Path) -> bytes:
    """Return what is in a file, as it stands.

    Raises:
        InvalidInput: It is too large, or no file.
        OSError: It cannot be opened: it is gone, or another program holds it.
    """
    return _bounded(regular_bytes(path, MOST_BYTES, NO_FILE))


def _bounded(content: bytes) -> bytes:
    if len(content) > MOST_BYTES:
        raise refused(TOO_LARGE)
    return content


def read_shaken_bytes(content: bytes) -> ShakenRecord:
    """Read the content of a file of the app; JSON, CSV or XML is seen from the content.

    Raises:
        InvalidInput: It is too large, empty, or not one of the app's.
    """
    return record_of(read_cert_info(_bounded(content)))


def record_of(info: CertInfo, *, partial: bool = False) -> ShakenRecord:
    """Return a certificate as its values by the app's keys tell it; `partial` where they are not all of them."""
    plate = _plate(info)
    vehicle_class = _vehicle_class(info, plate)
    kei = vehicle_class is VehicleClass.KEI
    parties = read_parties(info, kei=kei)
    chassis_number = _chassis(info)
    type_designation, classification_number = _type_numbers(info)
    certificate_number = info.digits("ElectCertMgNo", 13 if kei else 12, "電子車検証管理番号")
    record = ShakenRecord(
        registration_number=plate,
        chassis_number=chassis_number,
        officially_stamped=is_stamp_form(chassis_number),
        vehicle_class=vehicle_class,
        vehicle_kind=_vehicle_kind(info),
        use=info.text("Use"),
        private_or_business=info.text("PrivateBusiness"),
        body_shape=info.text("CarShape"),
        vehicle_name=info.text("CarName"),
        model_code=info.first_code(f"{_CODE}Model", "Model"),
        engine_model=info.first_code("EngineModel", f"{_CODE}EngineModel"),
        type_designation=type_designation,
        classification_number=classification_number,
        first_registration=_first_registration(info, kei=kei),
        expiry_date=_expiry(info),
        capacity=info.number("Cap", "乗車定員"),
        max_load_kg=info.number("Maxloadage", "最大積載量"),
        weight_kg=info.number("CarWgt", "車両重量"),
        gross_weight_kg=info.number("CarTotalWgt", "車両総重量"),
        length_cm=info.number("Length", "長さ"),
        width_cm=info.number("Width", "幅"),
        height_cm=info.number("Height", "高さ"),
        displacement=_displacement(info),
        fuel=info.text("FuelClass"),
        ff_axle_kg=info.axle("FAxWgt" if kei else "FfAxWgt", f"{_CODE}FfAxWgt", "前前軸重"),
        fr_axle_kg=info.axle("FrAxWgt", f"{_CODE}FrAxWgt", "前後軸重"),
        rf_axle_kg=info.axle("RfAxWgt", f"{_CODE}RfAxWgt", "後前軸重"),
        rr_axle_kg=info.axle("RAxWgt" if kei else "RrAxWgt", f"{_CODE}RrAxWgt", "後後軸重"),
        owner_name=parties.owner.name,
        owner_address1=parties.owner.address1,
        owner_address2=parties.owner.address2,
        user_is_owner=parties.user_is_owner,
        user_name=parties.user.name,
        user_address1=parties.user.address1,
        user_address2=parties.user.address2,
        user_kind=guess_party_kind(parties.user.name),
        base_location=parties.base_location,
        certificate_number=certificate_number,
        car_id=info.code("CarId"),
        certificate_issued_on=info.era_day("ElectCertPublishdate", "電子車検証発行年月日"),
        recorded_on=info.era_day("ApplicationDate" if kei else "Grantdate", "記録年月日"),
        registered_on=info.era_day("Grantdate" if kei else "Reggrantdate", "登録年月日/交付年月日"),
        note_info=info.raw("NoteInfo"),
        notices=(),
        partial=partial,
    )
    return _with_notices(record, info)


def _plate(info: CertInfo) -> RegistrationNumber | None:
    """Return the plate of the two-dimensional code, or else the printed one; a difference is said."""
    read = [_one_plate(info, key) for key in (f"{_CODE}EntryNoCarNo", "EntryNoCarNo")]
    plates = [plate for plate in read if plate]
    if not plates:
        info.note("登録番号がありません。")
        return None
    info.chosen("登録番号", plates[0].display(), plates[-1].display())
    return plates[0]


def _one_plate(info: CertInfo, key: str) -> RegistrationNumber | None:
    written = info.raw(key)
    if not written.strip(" 　-－"):
        return None
    try:
        return parse_plate(written)
    except InvalidInput:
        info.note(f"登録番号「{written.strip()}」は読めませんでした。")
        return None


def _chassis(info: CertInfo) -> str:
    """Return the half-width 車台番号 of the two-dimensional code; a 職権打刻 as printed, with its kanji."""
    coded, printed = (normalise_chassis(info.text(key)) for key in (f"{_CODE}CarNo", "CarNo"))
    if is_stamp_form(printed) and chassis_key(coded) in chassis_key(printed):
        return printed
    return info.chosen("車台番号", coded, printed) or ""


def _vehicle_class(info: CertInfo, plate: RegistrationNumber | None) -> VehicleClass:
    mark = info.digits("RegistCarLightCar", 2, "登録車/軽自動車の別")
    if mark not in ("01", "02"):
        info.note(f"登録車/軽自動車の別「{mark}」が分かりません。自動車の種別から決めました。")
    if mark == "02" or (mark != "01" and _vehicle_kind(info).startswith("軽")):
        return VehicleClass.KEI
    shape = info.text("CarShape") + _vehicle_kind(info)
    small_without_class = _vehicle_kind(info) == "小型" and plate is not None and not plate.class_number
    if small_without_class or "二輪" in shape or "オートバイ" in shape:
        return VehicleClass.MOTORCYCLE
    return VehicleClass.REGISTERED


def _vehicle_kind(info: CertInfo) -> str:
    return "".join(info.text("CarKind").split())


def _type_numbers(info: CertInfo) -> tuple[str, str]:
    """Return 型式指定番号 and 類別区分番号; both or neither (rule V29)."""
    joined = info.code(f"{_CODE}ModelSpecifyNoClassifyAroundNo").removeprefix("*")
    type_designation = info.digits("ModelSpecifyNo", 5, "型式指定番号") or joined[:5]
    classification_number = info.digits("ClassifyAroundNo", 4, "類別区分番号") or joined[5:]
    if bool(type_designation) != bool(classification_number):
        info.note("型式指定番号と類別区分番号の一方だけがあります。")
    return type_designation, classification_number


def _first_registration(info: CertInfo, *, kei: bool) -> YearMonth | None:
    key, label = ("Firstexamdate", "初度検査年月") if kei else ("Firstregistdate", "初度登録年月")
    printed, coded = info.era_month(key, label), info.code_month(_CODE + key, label)
    if printed and coded and printed.year == coded.year and not (printed.month and coded.month):
        return max(printed, coded)
    return info.chosen(label, printed, coded)


def _expiry(info: CertInfo) -> dt.date | None:
    """Return the 満了日 of the two-dimensional code; 999999 hides it, then the printed one is right."""
    label = "有効期間の満了する日"
    coded = info.code_day(f"{_CODE}ValidPeriodExpirdate", label)
    printed = info.era_day("ValidPeriodExpirdate", label)
    if not coded and not printed:
        info.note(f"{label}がありません。車検証を見て入力してください。")
    return info.chosen(label, coded, printed)


def _displacement(info: CertInfo) -> str:
    """Return 総排気量 with its unit; registered cars carry none, and it is L unless the car is electric."""
    value = info.code("Displacement")
    unit = info.text("DisplacementUnit") or ("" if info.text("FuelClass") == "電気" else "L")
    return f"{value} {unit}".strip() if value else ""


def _with_notices(record: ShakenRecord, info: CertInfo) -> ShakenRecord:
    axles = (record.ff_axle_kg, record.fr_axle_kg, record.rf_axle_kg, record.rr_axle_kg)
    problems = axle_problems(record.weight_kg, axles)
    if not any("(" in info.code(key) for key in ("Cap", "Maxloadage", "CarWgt", "CarTotalWgt")):
        # figures in brackets belong to another body or load
        problems += gross_weight_problems(record.gross_weight_kg, record.weight_kg, record.capacity, record.max_load_kg)
    for problem in problems:
        info.note(problem.message)
    _note_remarks(record, info)
    more = len(info.notices) - MOST_NOTICES
    rest = (f"ほかに{more:,}件あります。",) if more > 0 else ()
    return dataclasses.replace(record, notices=(*info.notices[:MOST_NOTICES], *rest))


def _note_remarks(record: ShakenRecord, info: CertInfo) -> None:
    """Tell what stands above a figure; in brackets, AIRAS does not take the car unless it is a 軽 (rule V23)."""
    remarks = [(label, info.text(key)) for key, label in _REMARKS if info.text(key)]
    for label, remark in remarks:
        info.note(f"{label}に注記「{remark}」があります。")
    bracketed = any(_BRACKET.search(remark) for _, remark in remarks)
    if bracketed and record.vehicle_class is not VehicleClass.KEI:
        info.note(BRACKETED)
