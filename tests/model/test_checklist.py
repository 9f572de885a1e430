"""確認票: what is asked of which car, which answer counts, and what it stands in the way of."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from onestop.model.checklist import (
    ANSWERS,
    FOR_ALL,
    UNASKED,
    Checklist,
    FleetConsent,
    Item,
    StandsInTheWay,
    checklist_rules,
    needs_obd,
)
from onestop.model.findings import blocks
from onestop.model.words import VehicleClass
from support.builders import BUILT_AT, a_vehicle
from support.checklist import a_checklist, an_answer

TODAY = dt.date(2026, 11, 24)


def a_fleet(**changes: Any) -> FleetConsent:  # noqa: ANN401 - any field of it
    car = a_vehicle()
    fields: dict[str, Any] = {
        "user_name": car.effective_user_name,
        "user_address": car.effective_user_address,
        "given_on": dt.date(2026, 1, 5),
        "noted_by": "見本花子",
        "noted_at": BUILT_AT,
    }
    return FleetConsent(**fields | changes)


@pytest.mark.parametrize("note", ["OBD検査対象", "備考\nＯＢＤ検査対象車", "その他 OBD検査対象車 その他"])
def test_the_note_of_either_certificate_asks_for_obd(note: str) -> None:
    assert needs_obd(a_vehicle(note_info=note))


@pytest.mark.parametrize(
    ("note", "changes"),
    [
        ("", {}),
        ("OBD検査対象外", {}),
        ("OBD検査対象", {"vehicle_class": VehicleClass.MOTORCYCLE}),
        ("OBD検査対象", {"vehicle_kind": "小型二輪"}),
        ("OBD検査対象車", {"vehicle_kind": "大型特殊"}),
        ("OBD検査対象車", {"vehicle_kind": "大型特殊自動車"}),
    ],
)
def test_no_other_car_is_asked_for_obd(note: str, changes: dict[str, Any]) -> None:
    assert not needs_obd(a_vehicle(note_info=note, **changes))


def test_what_nobody_answered_is_unasked_and_never_none() -> None:
    nothing = Checklist(needs_obd=True)
    assert nothing.unasked == tuple(Item)
    assert {nothing.answer(item) for item in Item} == {UNASKED}
    assert Checklist().unasked == tuple(Item)[:-1]


def test_nothing_is_said_of_a_car_that_was_answered_well() -> None:
    done = a_checklist(needs_obd=True)
    assert (done.unasked, done.refused) == ((), ())
    assert [*map(done.findings, StandsInTheWay)] == [(), ()]


def test_a_missing_consent_blocks_the_filing_alone() -> None:
    for word in (UNASKED, "なし"):
        asked = a_checklist(consent=word)
        assert blocks(asked.findings(StandsInTheWay.FILING))
        assert asked.findings(StandsInTheWay.CONFORMITY) == ()


@pytest.mark.parametrize("field", ["tax", "parking", "recall"])
def test_what_is_not_asked_is_warned_of_before_the_filing(field: str) -> None:
    found = a_checklist({field: UNASKED}).findings(StandsInTheWay.FILING)
    assert [each.severity.value for each in found] == ["warn"]


@pytest.mark.parametrize(("field", "word"), [("tax", "未納"), ("parking", "滞納あり"), ("recall", "未改修")])
def test_a_bad_answer_blocks_the_filing(field: str, word: str) -> None:
    asked = a_checklist({field: word})
    assert blocks(asked.findings(StandsInTheWay.FILING))
    assert [asked.answer(item) for item in asked.refused] == [word]


@pytest.mark.parametrize("word", [UNASKED, "不適合"])
def test_without_a_good_obd_result_there_is_no_certificate(word: str) -> None:
    asked = a_checklist(needs_obd=True, obd=word)
    assert blocks(asked.findings(StandsInTheWay.CONFORMITY))
    assert asked.findings(StandsInTheWay.FILING) == ()
    assert a_checklist(obd=word).findings(StandsInTheWay.CONFORMITY) == ()


def test_the_table_speaks_of_answers_that_there_are() -> None:
    assert all(each.answer in ANSWERS[each.item] for each in checklist_rules())
    unasked = {each.item for each in checklist_rules() if each.answer == UNASKED}
    assert unasked == {*Item}


def test_a_consent_for_all_cars_answers_for_each_while_it_holds() -> None:
    answered = {Item.CONSENT: an_answer(Item.CONSENT, FOR_ALL)}
    assert Checklist(fleet=a_fleet()).answer(Item.CONSENT) == FOR_ALL
    assert Checklist(answers=answered, fleet=a_fleet()).answer(Item.CONSENT) == FOR_ALL
    assert Checklist(answers=answered).answer(Item.CONSENT) == UNASKED


def test_an_answer_about_the_car_itself_goes_before_that_for_all() -> None:
    for word in ("あり", "なし"):
        answered = {Item.CONSENT: an_answer(Item.CONSENT, word)}
        assert Checklist(answers=answered, fleet=a_fleet()).answer(Item.CONSENT) == word


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ({}, True),
        ({"last_day": TODAY}, True),
        ({"given_on": TODAY}, True),
        ({"last_day": dt.date(2026, 11, 23)}, False),
        ({"given_on": dt.date(2026, 11, 25)}, False),
        ({"revoked_at": BUILT_AT}, False),
        ({"user_name": "見本次郎"}, False),
        ({"user_address": "茨城県古河市"}, False),
    ],
)
def test_a_consent_for_all_holds_for_one_user_until_its_day_or_its_end(changes: dict[str, Any], *, holds: bool) -> None:
    assert a_fleet(**changes).holds_for(a_vehicle(), TODAY) is holds
