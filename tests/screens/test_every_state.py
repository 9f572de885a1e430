"""Every state that a car can be in: 次にすること names a key that works, and no two sentences contradict each other.

The words of the services come from model/words.py, so that a word that is added there is tried here.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pytest

from onestop.clock import JST
from onestop.model.certificate_words import Origin
from onestop.model.ending import Ending
from onestop.model.sending_state import Sending
from onestop.model.words import CONFORMITY_STATUSES, FILING_STATUSES, NOT_REQUESTED, OSS_STATUSES, VehicleClass
from onestop.screens.badge import BadgeKind
from onestop.screens.conformity.shown import ShownConformity
from onestop.screens.filing.shown import ShownFiling
from onestop.screens.function_keys import CONFORMITY_PANEL, FILING_PANEL, INSURANCE_PANEL, MAIN, MAIN_BUTTONS
from onestop.screens.inspection.main_screen import MainScreen, PanelName
from onestop.screens.inspection.panel_badges import UNCONFIRMED
from onestop.screens.insurance.shown import ShownInsurance
from onestop.services.inspection.current import days_of_car
from onestop.services.inspection.next_step import ANY, Press, Who, next_step, next_step_rows, row_for, situation_of
from onestop.services.inspection.states import ChecklistState, ConformityState, FilingState, InsuranceState
from support.builders import a_conformity_certificate, a_filing, a_vehicle, an_insurance_certificate
from support.checklist import a_checklist
from support.inspections import a_current
from support.once import once_for_each
from support.screens import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from enum import StrEnum

    from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
    from onestop.model.filing import Filing
    from onestop.screens.function_key import Can
    from onestop.services.inspection.current import CurrentInspection
    from onestop.services.inspection.next_step import NextStep, Situation, StepRow

States: TypeAlias = "tuple[tuple[CurrentInspection, NextStep], ...]"

NOW: Final = dt.datetime(2026, 11, 24, 9, 15, tzinfo=JST)
STRANGE: Final = "特別調整中"
PLUS: Final = dt.timedelta(hours=2)
OVER: Final[dict[str, Any]] = {"inspection_date": dt.date(2026, 11, 9), "valid_until": dt.date(2026, 11, 23)}
FILED: Final[dict[str, Any]] = {"sending": Sending.FILED}
DRAFT: Final[dict[str, Any]] = {"sending": Sending.DRAFT, "certificate_number": None, "status": None}

INSURANCES: Final[tuple[dict[str, Any] | None, ...]] = (
    None,
    {},
    {"status": STRANGE},
    {"status": "取消"},
    {"sending": Sending.SENDING, "certificate_number": None},
    {"sending": Sending.UNKNOWN, "certificate_number": None},
    {**DRAFT},
    {**DRAFT, "refusal": "期間が重なっています"},
    {"end_date": NOW.date()},
    {"end_date": dt.date(2027, 12, 21)},
    {"report_to_registry": False, "registry_reported_at": None},
    {"report_to_registry": False, "start_date": dt.date(2026, 11, 23)},
    {"report_to_registry": False, "request_key": None},
    {"registry_reported_at": None, "first_sent_at": NOW},
    {"registry_reported_at": None, "first_sent_at": NOW - PLUS},
    {"origin": Origin.PAPER, "request_key": None, "status": None},
    {"origin": Origin.UNCONFIRMED, "request_key": None, "status": None},
    {"request_key": None, "status": None},
)
CONFORMITIES: Final[tuple[dict[str, Any] | None, ...]] = (
    None,
    {"sending": Sending.SENDING, "certificate_number": None, "status": None},
    {"sending": Sending.UNKNOWN, "certificate_number": None, "status": None},
    {**DRAFT},
    {**DRAFT, "new_insurance_number": ""},
    {**DRAFT, "refusal": "住所が違います"},
    {**DRAFT, "waiting_since": NOW, "next_try_at": NOW + PLUS},
    {**DRAFT, "waiting_since": NOW},
    *(
        {"status": word, "application_kind": kind, **more}
        for word in (*(each.word for each in CONFORMITY_STATUSES), STRANGE)
        for kind in ("OSS申請", "窓口申請")
        for more in ({}, OVER, {"new_insurance_number": "OTHER"})
    ),
    {"status": "作成済", "pullback_requested_at": NOW},
    {"status": "作成済", "pullback_requested_at": NOW - dt.timedelta(minutes=40)},
    {"status": "作成済", "pullback_requested_at": NOW - PLUS},
    {"status": "却下", "message": "車台番号が違います"},
    {"status": "却下", "message": "走行距離が違います", "refusal": "検査員が違います"},
    {"status": "作成中", "refusal": "検査員が違います"},
    {"status": "作成中", "waiting_since": NOW},
)
OURS: Final[tuple[dict[str, Any] | None, ...]] = (
    None,
    {"sending": Sending.DRAFT},
    {"sending": Sending.DRAFT, "refusal": "住所が違います"},
    {"sending": Sending.DRAFT, "insurance_certificate_number": ""},
    {"sending": Sending.DRAFT, "conformity_certificate_number": "OTHER"},
    {"sending": Sending.SENDING},
    {"sending": Sending.UNKNOWN},
    {"status": "申請中", "forgotten": True},
    {"status": "差戻", "forgotten": True},
)
CHECKLISTS: Final = (
    a_checklist(tax="未確認"),
    a_checklist(needs_obd=True, obd="不適合"),
    a_checklist(parking="滞納あり"),
)
FILING_WORDS: Final = tuple(each.word for each in FILING_STATUSES if each.word != NOT_REQUESTED)
TOLD: Final = tuple(
    {"status": status, "oss_status": oss, "message": "ご確認ください"}
    for status, oss in product((*FILING_WORDS, STRANGE), (None, *(each.word for each in OSS_STATUSES), STRANGE))
)


def insurance(changes: dict[str, Any] | None) -> tuple[InsuranceCertificate, ...]:
    usual: dict[str, Any] = {**FILED, "request_key": "key", "registry_reported_at": NOW}
    if changes is None:
        return ()
    return (an_insurance_certificate(**{**usual, "end_date": dt.date(2028, 12, 21), **changes}),)


def conformity(changes: dict[str, Any] | None) -> ConformityCertificate | None:
    if changes is None:
        return None
    made = a_conformity_certificate(**{**FILED, "status": "作成済", **changes})
    made.derive_keys()
    return made


def filing(changes: dict[str, Any] | None) -> Filing | None:
    if changes is None:
        return None
    made = a_filing(**{**FILED, "filing_id": "1000000011", **changes})
    made.derive_keys()
    return made


def states() -> Iterator[CurrentInspection]:
    """Yield cars in every state: all of ours with one another, and all words of AINAS with what matters to them.

    Each record is made once, and stands beside many others: nobody changes one here.
    """
    cars = {kind: a_vehicle(vehicle_class=kind) for kind in VehicleClass}
    ours, told = [[filing(each) for each in those] for those in (OURS, TOLD)]
    policies, made = [insurance(each) for each in INSURANCES], [conformity(each) for each in CONFORMITIES]
    good, rejected = conformity({}), conformity({"status": "却下"})
    some = ((insurance({}), good), (insurance({}), rejected), (insurance(None), None))
    sorts = [
        *product(ours, policies, made, (VehicleClass.REGISTERED,)),
        *product(ours, policies[:2], made, (VehicleClass.KEI, VehicleClass.MOTORCYCLE)),
        *((mine, *each, kind) for mine, each, kind in product(told, some, VehicleClass)),
    ]
    answered = a_checklist()
    for mine, policy, certificate, kind in sorts:
        yield a_current(cars[kind], NOW.date(), policy, certificate, mine, checklist=answered)
    for mine, policy, kind in product(told, policies[:2], VehicleClass):
        current = a_current(cars[kind], NOW.date(), policy, good, mine, checklist=answered)
        if current.filing is not None and current.filing.goes_on:
            yield dataclasses.replace(current, doubled=(1, 2))
    few = [conformity(each) for each in (None, {}, {**DRAFT})]
    for asked, mine, policy, certificate in product(CHECKLISTS, ours, policies, few):
        yield a_current(cars[VehicleClass.REGISTERED], NOW.date(), policy, certificate, mine, checklist=asked)
    for ending, kind, expiry in product(Ending, VehicleClass, (dt.date(2026, 12, 20), dt.date(2028, 12, 20), None)):
        car = a_vehicle(vehicle_class=kind, expiry_date=expiry)
        yield a_current(car, NOW.date(), ending=ending, renews=dt.date(2026, 12, 20))


@pytest.fixture(scope="module")
def used_rows() -> set[int]:
    """Return the ids of the rows of the table that every state together comes to."""
    return set()


@pytest.fixture(scope="module")
def every_state(used_rows: set[int]) -> tuple[tuple[CurrentInspection, NextStep], ...]:
    """Return them with their steps. Days that follow from the same records, rows from the same words are found once."""

    @cache
    def noted(situation: Situation) -> StepRow:
        row = row_for(situation)
        used_rows.add(id(row))
        return row

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("onestop.services.inspection.next_step.row_for", noted)
        patch.setattr("onestop.services.inspection.current.days_of_car", once_for_each(days_of_car))
        return tuple((car, next_step(car, NOW)) for car in states())


@cache
def _the_screen() -> MainScreen:
    return MainScreen(Stage().surroundings, 1)


def main_screen(car: CurrentInspection) -> MainScreen:
    """Return the main window of a car as it is when everything was read; the same one for every car.

    All that it shows and allows follows from the car: a screen that has read another is as good as a new one.
    """
    screen = _the_screen()
    screen.current = car
    return screen


def told(car: CurrentInspection, step: NextStep) -> str:
    """Return what a failing assertion shows."""
    return f"{situation_of(car, NOW)}: {step}"


# --- the key that is named works


@once_for_each
def _of_conformity(held: ConformityCertificate | None) -> dict[str, Can]:
    shown = ShownConformity(held if held is not None and not held.is_closed else None)
    return {
        "F2": shown.can_delete(),
        "F4": shown.can_begin(NOW.date()),
        "F5": shown.can_change(NOW),
        "Alt+P": shown.can_pull_back(NOW),
        "F7": shown.can_check(),
    }


@once_for_each
def _of_insurance(held: InsuranceCertificate | None) -> dict[str, Can]:
    shown = ShownInsurance(held if held is not None and not held.is_cancelled else None)
    return {
        "F2": shown.can_delete(NOW),
        "F4": shown.can_begin(),
        "F5": shown.can_change(NOW),
        "Alt+E": shown.can_change(NOW),
        "F7": shown.can_check(),
    }


@once_for_each
def _of_filing(held: Filing | None) -> dict[str, Can]:
    shown = ShownFiling(held if held is not None and held.is_open else None)
    return {"F5": shown.can_change(NOW)}


WINDOWS: Final[dict[Press, Callable[[CurrentInspection], dict[str, Can]]]] = {
    Press.CONFORMITY: lambda car: _of_conformity(car.conformity),
    Press.INSURANCE: lambda car: _of_insurance(car.insurance),
    Press.FILING: lambda car: _of_filing(car.filing),
}
"""What the keys of the windows do that the first keys of the panels open."""
KEYS: Final = {
    Press.INSURANCE: (INSURANCE_PANEL, "1"),
    Press.CONFORMITY: (CONFORMITY_PANEL, "1"),
    Press.LINK: (CONFORMITY_PANEL, "4"),
    Press.FILING: (FILING_PANEL, "1"),
    Press.LIST: (MAIN, "F7"),
    Press.HISTORY: (MAIN_BUTTONS, "Alt+R"),
    Press.IMPORT: (MAIN_BUTTONS, "Alt+S"),
    Press.CHECKLIST: (MAIN_BUTTONS, "Alt+Q"),
}


@cache
def named(sentence: str) -> frozenset[str]:
    """Return the keys that a sentence names to be pressed now; what follows のあと or → is pressed later."""
    return frozenset(re.findall(r"F\d+|Alt\+\w", re.sub("(のあと|→).*", "", sentence))) - {"Alt+R"}


def test_the_key_that_next_step_names_works(every_state: States) -> None:
    rows = {press: next(each for each in table if each.key == key) for press, (table, key) in KEYS.items()}
    for car, step in every_state:
        if step.press is Press.NOTHING:
            continue
        assert rows[step.press].can(main_screen(car)), told(car, step)
        window = WINDOWS.get(step.press)
        inside = window(car) if window else {}
        for key in named(step.then):
            assert inside[key], told(car, step)


def test_next_step_names_keys_in_the_order_of_pressing(every_state: States) -> None:
    for car, step in every_state:
        assert not named(step.sentence), told(car, step)  # before the arrow it would be taken for a key of this window
        assert step.press in WINDOWS or not step.then, told(car, step)


def test_no_state_is_without_a_way_out(every_state: States) -> None:
    for car, step in every_state:
        if step.press is Press.NOTHING and step.who is not Who.ITSELF:
            assert situation_of(car, NOW).insurance == InsuranceState.TOO_EARLY, told(car, step)


def test_a_new_filing_is_proposed_only_where_none_stands_in_the_way(every_state: States) -> None:
    for car, step in every_state:
        if "新しく申請します" in step.sentence:
            assert car.filing is not None, told(car, step)
            assert not car.filing.is_open, told(car, step)
        if step.press is Press.LINK:
            assert car.filing is None or car.filing.is_draft or not car.filing.is_open, told(car, step)


# --- no two sentences contradict each other


def test_no_badge_contradicts_the_sentence(every_state: States) -> None:
    good = (BadgeKind.DONE, BadgeKind.WAITING)
    for car, step in every_state:
        screen = main_screen(car)
        if "用意ができています" in step.sentence or "そろいました。突き" in step.sentence:
            policy = screen.badge(PanelName.INSURANCE)
            assert policy.kind in good or policy == UNCONFIRMED, told(car, step)
            assert screen.badge(PanelName.CONFORMITY).kind is BadgeKind.DONE, told(car, step)
        if step.press is Press.INSURANCE and "発行します" in step.sentence:
            assert screen.badge(PanelName.INSURANCE).kind is not BadgeKind.DONE, told(car, step)
        if step.press is Press.CONFORMITY and "適合証を発行します" in step.sentence:
            assert screen.badge(PanelName.CONFORMITY).kind is BadgeKind.NONE, told(car, step)
        mine = screen.badge(PanelName.FILING)
        if mine.kind is BadgeKind.REJECTED or (mine.kind is BadgeKind.NONE and mine.word != "未発行"):
            assert "待ちます" not in step.sentence, told(car, step)
        if mine.kind is BadgeKind.DONE:
            assert "新しく申請" not in step.sentence, told(car, step)


def test_who_waits_looks_and_who_acts_has_a_key(every_state: States) -> None:
    for car, step in every_state:
        if "待ちます" in step.sentence:
            assert step.press is Press.LIST, told(car, step)
            assert step.who is not Who.SHOP, told(car, step)
        if step.who is Who.SHOP:
            assert "待ちます" not in step.sentence, told(car, step)


def test_a_key_that_a_refusal_names_works_itself(every_state: States) -> None:
    for car, _step in every_state:
        for window in (WINDOWS[Press.CONFORMITY], WINDOWS[Press.INSURANCE]):
            verdicts = window(car)
            for key, verdict in verdicts.items():
                for other in named(verdict.why_not):
                    assert verdicts[other], f"{situation_of(car, NOW)}: {key} says {verdict.why_not}"


def test_only_the_office_of_the_class_is_named(every_state: States) -> None:
    refusals = set[tuple[str, str]]()
    for car, step in every_state:
        is_kei = car.vehicle.vehicle_class is VehicleClass.KEI
        foreign = "運輸支局" if is_kei else "軽自動車"
        assert foreign not in str(step), situation_of(car, NOW)
        refusals.update((foreign, verdict.why_not) for window in WINDOWS.values() for verdict in window(car).values())
    assert not [refusal for foreign, refusal in refusals if foreign in refusal]


# --- the table itself


@pytest.mark.usefixtures("every_state")
def test_every_row_of_the_table_says_something_that_can_happen(used_rows: set[int]) -> None:
    early = a_current(a_vehicle(expiry_date=dt.date(2027, 6, 1)), NOW.date(), ending=Ending.STOPPED)
    used = {*used_rows, id(row_for(situation_of(early, NOW)))}
    assert [row.sentence for row in next_step_rows() if id(row) not in used] == []


def test_every_combination_of_words_has_a_row() -> None:
    of_ainas = product(FILING_WORDS, ("–", *(each.word for each in OSS_STATUSES)))
    filings = [*((state.value, "–") for state in FilingState), *of_ainas, ("知らない語", "知らない語")]
    rows = next_step_rows()
    assert all(row.sentence for row in rows)
    for mine, oss in filings:
        fits = [row for row in rows if row.fits[0] & {ANY, mine} and row.fits[1] & {ANY, oss}]
        assert without_row(fits, (ConformityState, InsuranceState, VehicleClass, ChecklistState)) is None, (mine, oss)


def without_row(rows: Sequence[StepRow], axes: Sequence[type[StrEnum]]) -> tuple[str, ...] | None:
    """Return words of these last axes of the table, one of each, that none of the rows fits; None where there are none.

    A row for whatever stands on them spares the walk through them.
    """
    if not rows or any(all(ANY in each for each in row.fits[len(row.fits) - len(axes) :]) for row in rows):
        return None if rows else ()
    axis, *rest = axes
    for word in axis:
        missing = without_row([row for row in rows if row.fits[-len(axes)] & {ANY, word}], rest)
        if missing is not None:
            return (word, *missing)
    return None


def test_a_combination_without_a_row_is_found() -> None:
    whole, some = frozenset((ANY,)), frozenset((InsuranceState.SHORT,))
    row = dataclasses.replace(next_step_rows()[0], fits=(whole,) * 3 + (some,) + (whole,) * 2)
    assert without_row([row], (InsuranceState, VehicleClass, ChecklistState)) == (next(iter(InsuranceState)),)
