"""記録等事務 of one car: what its filing is proposed to say, and why. What a clerk typed is never written over."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from onestop.model.recording import RecordingFacts, recording_advice, says_otherwise
from onestop.services.filing.facts import compared

if TYPE_CHECKING:
    from onestop.model.filing import Filing
    from onestop.model.recording import Recording
    from onestop.model.vehicle import Vehicle
    from onestop.services.filing.form import FilingForm
    from onestop.services.settings.form import RecordingDefaults


def advice_for(vehicle: Vehicle, filing: Filing | None, defaults: RecordingDefaults) -> Recording:
    """Return who may write the IC tag of a car, for its filing or (None) a new one."""
    number = defaults.contract_number or (filing.recording_contract_number if filing else "")
    facts = RecordingFacts(
        vehicle.vehicle_class,
        vehicle.certificate_issued_on,
        changes=says_otherwise(compared(vehicle, None, None, filing)),
        has_contract=bool(number),
    )
    return recording_advice(facts)


def with_recording(form: FilingForm, advice: Recording, defaults: RecordingDefaults) -> FilingForm:
    """Fill 電子車検証更新区分 and 委託番号 of a new filing."""
    return dataclasses.replace(
        form,
        certificate_update=advice.update_beside(defaults.certificate_update),
        recording_contract_number=defaults.contract_number if advice.with_number else "",
    )
