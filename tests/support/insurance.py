"""自賠責証明書 as a clerk makes them: proposed for a car, changed, and saved."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from support.sandbox import SandboxClient

if TYPE_CHECKING:
    from onestop.model.certificates import InsuranceCertificate
    from onestop.services.insurance.form import InsuranceForm
    from support.desks import DeskRoom

INSURER = "東京海上日動火災保険株式会社"
OF_CAR = ("plate", "chassis_number")


def a_form(room: DeskRoom, car: int, **changes: Any) -> InsuranceForm:  # noqa: ANN401 - any field of the form
    """Return what is proposed for a car, changed; a new one, whatever the car has."""
    proposed = dataclasses.replace(room.desk.insurance.open(car).form, by_hand=False)
    return dataclasses.replace(proposed, **changes)


def a_policy(room: DeskRoom, **changes: Any) -> int:  # noqa: ANN401 - any field of the form, and of its car
    """Save a draft that may be issued, on a car of its own; return its 管理番号."""
    car = room.a_car(**{name: changes.pop(name) for name in OF_CAR if name in changes})
    form = a_form(room, car, **{"insurer": INSURER, **changes})
    return room.desk.insurance.save(form, car, None, None).control_number


def an_issued_policy(room: DeskRoom, **changes: Any) -> int:  # noqa: ANN401 - any field of the form, and of its car
    """Issue one on a car of its own; return its 管理番号."""
    number = a_policy(room, **changes)
    room.desk.insurance.delivery.issue(number)
    return number


def elsewhere(room: DeskRoom, car: int, **changes: Any) -> InsuranceForm:  # noqa: ANN401 - any field of the form
    """Return a form as it is typed from a paper certificate."""
    typed = {
        "by_hand": True,
        "origin": "紙",
        "insurer": INSURER,
        "certificate_number": "X123-456",
        "start_date": "R8.12.21",
        "months": "",
        "end_date": "R10.12.21",
    }
    return a_form(room, car, **typed | changes)


def certificate(room: DeskRoom, control_number: int) -> InsuranceCertificate:
    """Return a certificate as it is stored."""
    with room.database.read() as shelves:
        return shelves.insurance.get(control_number)


def times_issued(room: DeskRoom, control_number: int) -> int:
    """Return how many policies e-JIBAI has under this 管理番号."""
    chassis_number = certificate(room, control_number).chassis_number
    asked: dict[str, str | int] = {"control_number": control_number, "chassis_number": chassis_number}
    answer = SandboxClient(room.sandbox).get("/ejibai/v1/policies", params=asked)
    return len(answer.raise_for_status().json()["policies"])
