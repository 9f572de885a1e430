"""What the checks of a filing look at: a car about which there is nothing to say, changed by a test."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from onestop.model.checks import FilingFacts
from onestop.model.plate import parse_plate
from onestop.model.wareki import YearMonth
from support.checklist import a_checklist


def facts(**changes: Any) -> FilingFacts:  # noqa: ANN401 - any field of the facts
    """Return a private car about which there is nothing to say."""
    usual = FilingFacts(
        registration_number=parse_plate("土浦300す12"),
        chassis_number="ABC12-0123456",
        user_name="見本太郎",
        user_address1="茨城県古河市",
        vehicle_kind="普通",
        use="乗用",
        private_or_business="自家用",
        model_code="XAA-ABC12",
        type_designation="99999",
        classification_number="0001",
        first_registration=YearMonth(2021, 12),
        certificate_issued_on=dt.date(2024, 12, 5),
        expiry_date=dt.date(2026, 12, 5),
        capacity=5,
        weight_kg=1380,
        gross_weight_kg=1655,
        axles_kg=(840, None, None, 540),
        insurance_certificate_number="A123456789",
        conformity_certificate_number="1112345678",
        checklist=a_checklist(),
    )
    return dataclasses.replace(usual, **changes)
