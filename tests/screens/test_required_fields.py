"""A field is marked as required exactly where an empty one is refused: every field of every form is emptied once."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest

from onestop.errors import InvalidInput
from onestop.model.findings import Severity
from onestop.model.plate import PLATE_PARTS
from onestop.model.words import PartyKind
from onestop.screens.conformity.screen import ConformityScreen
from onestop.screens.filing.issue_screen import IssueScreen
from onestop.screens.form_problems import problem_of, problems_in, problems_of
from onestop.screens.inspection.history_screen import HistoryScreen
from onestop.screens.insurance.screen import InsuranceScreen
from onestop.screens.ledger.paper_screen import PaperScreen
from onestop.screens.plate_input import FIELD as PLATE
from onestop.screens.record_kinds import CONFORMITY_KIND, FILING_KIND, INSURANCE_KIND
from onestop.screens.required_fields import required_of_car, required_of_paper
from onestop.screens.settings.screen import SettingsScreen
from onestop.screens.vehicle.screen import VehicleScreen
from onestop.services.ledger.paper_form import PaperForm, read_paper
from onestop.services.vehicle.form import fill_vehicle, form_of_vehicle_record
from support.builders import a_vehicle
from support.clock import FixedClock
from support.conformity import insure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onestop.errors import Problem
    from support.desks import DeskRoom
    from support.screens import Stage

CHOSEN = {"contract_kind", "application_kind", "vehicle_category", "vehicle_class", "user_kind", "origin"}
"""Always one of a list: nobody can empty it."""


def emptied(form: Any) -> dict[str, Any]:  # noqa: ANN401 - the form of any window
    """Return the form with each of its fields empty, by the name of the field on the glass."""
    texts = [each.name for each in dataclasses.fields(form) if isinstance(getattr(form, each.name), str)]
    names = [name for name in texts if name not in CHOSEN | {*PLATE_PARTS}]
    alone = {name: dataclasses.replace(form, **{name: ""}) for name in names}
    if PLATE_PARTS[0] in texts:
        alone[PLATE] = dataclasses.replace(form, **dict.fromkeys(PLATE_PARTS, ""))
    return alone


def refused(form: Any, problems: Callable[[Any], Sequence[Problem]]) -> set[str]:  # noqa: ANN401 - as above
    """Return the fields that are refused when they are empty."""
    assert problems(form) == (), "the whole form must pass"
    return {name for name, each in emptied(form).items() if problem_of(name, problems(each))}


def errors_of(kind: Any, room: DeskRoom, car: int) -> Callable[[Any], Sequence[Problem]]:  # noqa: ANN401 - of three kinds
    """Return what F5 says is wrong with a form."""

    def problems(form: Any) -> Sequence[Problem]:  # noqa: ANN401 - as above
        try:
            return problems_of(Severity.ERROR, kind.findings(room.desk, form, car, None))
        except InvalidInput as error:
            return problems_in(error)

    return problems


def marked(screen: Any, form: Any) -> set[str]:  # noqa: ANN401 - any of the screens
    """Return the fields that are marked while a form stands in them."""
    screen.editor.form = form
    return {name for name in emptied(form) if screen.is_required(name)}


@pytest.mark.parametrize("company", [False, True])
def test_a_filing(room: DeskRoom, stage: Stage, *, company: bool) -> None:
    car = room.a_car()
    number = room.a_draft(car)
    form = room.desk.filings.open(None, number).form
    if company:
        form = dataclasses.replace(form, user_kind=PartyKind.COMPANY.value, user_representative="見本一郎")
    assert marked(IssueScreen(stage.surroundings), form) == refused(form, errors_of(FILING_KIND, room, car))


def test_a_policy(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car()
    form = dataclasses.replace(room.desk.insurance.propose(car).form, insurer="東京海上日動火災保険株式会社")
    screen = InsuranceScreen(stage.surroundings, car)
    assert marked(screen, form) == refused(form, errors_of(INSURANCE_KIND, room, car))


@pytest.mark.parametrize("months", ["", "24"])
def test_a_policy_that_is_typed_by_hand(room: DeskRoom, stage: Stage, months: str) -> None:
    car = room.a_car()
    proposed = room.desk.insurance.propose(car).form
    typed: dict[str, Any] = {
        "insurer": "見本損害保険",
        "certificate_number": "A1",
        "end_date": "R10.12.21",
        "months": months,
    }
    form = dataclasses.replace(proposed, by_hand=True, **typed)
    screen = InsuranceScreen(stage.surroundings, car)
    # who types a month too few may leave 保険終了日 out, and the other way round
    assert marked(screen, form) == refused(form, errors_of(INSURANCE_KIND, room, car))


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("old", [{}, {"old_insurance_number": "B1", "old_insurer": "見本損害保険"}])
def test_a_conformity_certificate(room: DeskRoom, stage: Stage, old: dict[str, Any]) -> None:
    car = room.a_car()
    insure(room, car)
    form = dataclasses.replace(room.desk.conformity_book.propose(car).form, **old)
    screen = ConformityScreen(stage.surroundings, car)
    assert marked(screen, form) == refused(form, errors_of(CONFORMITY_KIND, room, car))


@pytest.mark.parametrize("same", [False, True])
def test_a_car(stage: Stage, *, same: bool) -> None:
    form = dataclasses.replace(form_of_vehicle_record(a_vehicle()), user_is_owner=same, user_name="見本一郎")

    def problems(typed: Any) -> Sequence[Problem]:  # noqa: ANN401 - as above
        try:
            fill_vehicle(a_vehicle(), typed, FixedClock().today())
        except InvalidInput as error:
            return problems_in(error)
        return ()

    assert marked(VehicleScreen(stage.surroundings, None), form) == refused(form, problems)
    assert ("user_name" in required_of_car(form)) is not same


@pytest.mark.parametrize("voided", [False, True])
def test_a_certificate_on_paper(room: DeskRoom, stage: Stage, *, voided: bool) -> None:
    form = PaperForm(
        certificate_number="1-1",
        chassis_number="ABC123",
        inspection_date="R8.11.20",
        issue_date="R8.11.20",
        inspector="00112345",
        voided=voided,
        reason="印字のずれ" if voided else "",
    )
    workshop = room.desk.settings.workshop()

    def problems(typed: Any) -> Sequence[Problem]:  # noqa: ANN401 - as above
        try:
            read_paper(typed, workshop, FixedClock().today())
        except InvalidInput as error:
            return problems_in(error)
        return ()

    assert marked(PaperScreen(stage.surroundings), form) == refused(form, problems)
    assert ("reason" in required_of_paper(form)) is voided


def test_the_end_of_an_inspection_needs_its_reason_and_first_use_the_four_of_the_manual(stage: Stage) -> None:
    history, settings = HistoryScreen(stage.surroundings, 1), SettingsScreen(stage.surroundings)
    assert (history.is_required("reason"), history.is_required("ending")) == (True, False)
    needed = [name for name in ("api_key", "api_password", "workshop_code") if settings.is_required(name)]
    assert needed == ["api_key", "api_password"]
