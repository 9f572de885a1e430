"""A desk at which 保適証 can be issued: 設定 filled, a car, and its 自賠責 at e-JIBAI and here."""

from __future__ import annotations

import atexit
import dataclasses
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from support.builders import an_insurance_certificate
from support.desks import a_desk, put_draft
from support.inspections import of_now
from support.sandbox import SandboxClient

if TYPE_CHECKING:
    from onestop.model.certificates import ConformityCertificate
    from onestop.services.conformity.form import ConformityForm
    from support.clock import FixedClock
    from support.desks import DeskRoom

CHASSIS = "ZN6-012345"
INSPECTORS = "112345 検査一郎"


def prepare_shop(room: DeskRoom, inspectors: str = INSPECTORS) -> None:
    """Fill in what 設定 needs for 保適証."""
    settings = room.desk.settings
    settings.save(dataclasses.replace(settings.state().form, workshop_code="08-0123", inspectors=inspectors))


def put_shop(folder: Path, *, with_draft: bool = False) -> None:
    """Put the files of a desk there whose 設定 has what 保適証 need, made once per test process; with a draft, too."""
    made = _a_shop(with_draft=with_draft)
    for name in ("onestop.db", "settings.json"):
        shutil.copyfile(made / name, folder / name)


@cache
def _a_shop(*, with_draft: bool) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="onestop-shop-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if with_draft:
        put_draft(folder)
    with a_desk(folder) as room:
        prepare_shop(room)
    return folder


def insure(room: DeskRoom, car: int, *, reported: bool = True, chassis_number: str = CHASSIS, **changes: Any) -> str:  # noqa: ANN401 - any field of the certificate kept here
    """Issue a policy at e-JIBAI and keep it here without its period; returns its number.

    AIRAS sees it after the registry's time.
    """
    answer = SandboxClient(room.sandbox).insure(
        chassis_number=chassis_number, start_date="2026-12-20", months=25, report_to_registry=reported
    )
    number = str(answer.raise_for_status().json()["certificate_number"])
    fields = {"report_to_registry": reported, "start_date": None, "end_date": None, **changes}
    same = {"vehicle_id": car, "certificate_number": number, "chassis_number": chassis_number}
    with room.database.write() as shelves:
        plate = shelves.vehicles.get(car).registration_number
        certificate = an_insurance_certificate(**{"registration_number": plate, **same, **fields})
        shelves.insurance.add(of_now(shelves, certificate))
    return number


def a_form(room: DeskRoom, car: int, **changes: Any) -> ConformityForm:  # noqa: ANN401 - any field of the form
    """Return what 適合証・証明証発行 proposes for a car, changed."""
    return dataclasses.replace(room.desk.conformity_book.propose(car).form, **{"odometer_km": "45200", **changes})


def a_draft(room: DeskRoom, **changes: Any) -> int:  # noqa: ANN401 - any field of the form
    """Save a certificate of an insured car of its own; returns its 管理番号."""
    car = room.a_car()
    insure(room, car)
    return room.desk.conformity_book.save(a_form(room, car, **changes), car, None, None).control_number


def an_issued_one(room: DeskRoom, clock: FixedClock, **changes: object) -> int:
    """Issue a certificate after the registry has the 自賠責."""
    number = a_draft(room, **changes)
    clock.advance(hours=1)
    room.desk.conformity.delivery.issue(number)
    return number


def a_correctable_one(room: DeskRoom, clock: FixedClock, **changes: object) -> int:
    """Issue a certificate and pull it back until it is 作成中."""
    number = an_issued_one(room, clock, **changes)
    room.desk.conformity.pull_back(number, "走行距離の誤り")
    clock.advance(minutes=30)
    assert room.desk.conformity.refresh(number).status == "作成中"
    return number


def certificate(room: DeskRoom, control_number: int) -> ConformityCertificate:
    """Return a certificate as it is stored."""
    with room.database.read() as shelves:
        return shelves.conformity.get(control_number)


def change(room: DeskRoom, control_number: int, **changes: Any) -> None:  # noqa: ANN401 - any field of the form
    """Save other words into a certificate that may be changed."""
    opened = room.desk.conformity_book.open(None, control_number)
    assert opened.certificate is not None
    form = dataclasses.replace(opened.form, **changes)
    room.desk.conformity_book.save(form, opened.vehicle_id, control_number, opened.certificate.version)


def times_issued(room: DeskRoom, control_number: int) -> int:
    """Return how many certificates AIRAS has under this 管理番号."""
    found = SandboxClient(room.sandbox).get("/airas/v1/certificates", params={"control_number": control_number})
    return len(found.raise_for_status().json()["certificates"])
