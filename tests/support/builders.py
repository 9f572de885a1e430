"""Valid, invented records: `a_vehicle(user_name="…")`, `a_filing(status="受付前")`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
from onestop.model.filing import Filing
from onestop.model.plate import RegistrationNumber, parse_plate
from onestop.model.vehicle import Vehicle
from onestop.model.words import Procedure, VehicleClass

BUILT_AT = dt.datetime(2026, 11, 24, 0, 0, tzinfo=dt.UTC)
A_PLATE = RegistrationNumber("土浦", "300", "さ", "1234")
_CERTIFIED = {
    "created_at": BUILT_AT,
    "updated_at": BUILT_AT,
    "vehicle_id": 1,
    "registration_number": parse_plate("土浦300す12"),
    "chassis_number": "ABC12-0123456",
}
"""What 自賠責 and 保適証 say of their car."""


def a_vehicle(*, plate: str | None = None, **changes: Any) -> Vehicle:  # noqa: ANN401 - any field of Vehicle
    """Return a private passenger car that lacks nothing; `plate` may be written 土浦300さ1234."""
    fields: dict[str, Any] = {
        "created_at": BUILT_AT,
        "updated_at": BUILT_AT,
        "registration_number": parse_plate(plate) if plate else A_PLATE,
        "chassis_number": "ZN6-012345",
        "vehicle_class": VehicleClass.REGISTERED,
        "vehicle_kind": "小型",
        "use": "乗用",
        "private_or_business": "自家用",
        "body_shape": "箱型",
        "vehicle_name": "トヨタ",
        "model_code": "DBA-ZN6",
        "engine_model": "FA20",
        "type_designation": "17024",
        "classification_number": "0003",
        "first_registration": "2019-12",
        "expiry_date": dt.date(2026, 12, 20),
        "capacity": 4,
        "weight_kg": 1240,
        "gross_weight_kg": 1460,
        "length_cm": 424,
        "width_cm": 177,
        "height_cm": 132,
        "displacement": "1.99",
        "fuel": "ガソリン",
        "ff_axle_kg": 690,
        "rr_axle_kg": 550,
        "owner_name": "見本太郎",
        "owner_address1": "茨城県古河市見本一丁目",
        "owner_address2": "1番2号",
        "user_is_owner": True,
        "name_reading": "みほんたろう",
        "base_location": "茨城県古河市見本一丁目1番2号",
        "certificate_number": "123456789012",
    }
    return Vehicle(**fields | changes)


def a_filing(*, plate: str | None = None, **changes: Any) -> Filing:  # noqa: ANN401 - any field of Filing
    """Return a filing 依頼前 that may be issued; it needs a `vehicle_id` that is stored (1 unless told otherwise)."""
    fields: dict[str, Any] = {
        "created_at": BUILT_AT,
        "updated_at": BUILT_AT,
        "vehicle_id": 1,
        "procedure": Procedure.RENEWAL,
        "vehicle_class": VehicleClass.REGISTERED,
        "registration_number": parse_plate(plate) if plate else A_PLATE,
        "chassis_number": "ZN6-012345",
        "user_name": "見本太郎",
        "user_address1": "茨城県古河市見本一丁目",
        "user_address2": "1番2号",
        "insurance_certificate_number": "A123456789",
        "conformity_certificate_number": "1112345678",
    }
    return Filing(**fields | changes)


def an_insurance_certificate(**changes: Any) -> InsuranceCertificate:  # noqa: ANN401 - any field of it
    """Return a 自賠責証明書 that e-JIBAI issued."""
    fields: dict[str, Any] = {
        **_CERTIFIED,
        "insurer": "見本損害保険",
        "certificate_number": "A123456789",
        "start_date": dt.date(2026, 12, 20),
        "end_date": dt.date(2028, 12, 20),
        "months": 24,
        "contract_kind": "継続",
        "rate_class": "自家用乗用",
        "policyholder_name": "見本太郎",
        "policyholder_address": "茨城県古河市見本1番2号",
        "premium": 18560,
        "status": "発行済",
    }
    return InsuranceCertificate(**fields | changes)


def a_conformity_certificate(**changes: Any) -> ConformityCertificate:  # noqa: ANN401 - any field of it
    """Return a 保適証 that AIRAS issued."""
    fields: dict[str, Any] = {
        **_CERTIFIED,
        "application_kind": "OSS申請",
        "workshop_code": "08-0123",
        "inspector_code": "00112345",
        "inspector_name": "検査一郎",
        "vehicle_category": "普通自動車",
        "vehicle_name": "トヨタ",
        "user_name": "見本太郎",
        "user_address": "茨城県古河市見本1番2号",
        "odometer_km": 45200,
        "certificate_number": "1112345678",
        "status": "報告済",
        "inspection_date": dt.date(2026, 11, 24),
        "issue_date": dt.date(2026, 11, 24),
        "valid_until": dt.date(2026, 12, 8),
        "new_insurance_number": "A123456789",
        "new_insurer": "見本損害保険",
    }
    return ConformityCertificate(**fields | changes)
