"""記録等事務: each row of the table, and that the table has an answer for every car."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest

from onestop.model.recording import (
    AT_OFFICE,
    OWN_REWRITE,
    InHouse,
    RecordingFacts,
    recording_advice,
    recording_rows,
)
from onestop.model.words import VehicleClass

NEW, OLD = dt.date(2025, 1, 6), dt.date(2022, 12, 28)
KEI_BETWEEN = dt.date(2023, 6, 1)
"""登録車 had an IC tag then, 軽 had none."""


def facts(
    vehicle_class: VehicleClass = VehicleClass.REGISTERED,
    issued_on: dt.date | None = NEW,
    *,
    changes: bool = False,
    has_contract: bool = True,
) -> RecordingFacts:
    return RecordingFacts(vehicle_class, issued_on, changes=changes, has_contract=has_contract)


@pytest.mark.parametrize(
    ("of", "in_house", "update", "number", "says"),
    [
        (facts(), InHouse.YES, OWN_REWRITE, True, "ICタグに記録できます"),
        (facts(VehicleClass.KEI), InHouse.YES, OWN_REWRITE, True, "ICタグに記録できます"),
        (facts(has_contract=False), InHouse.NO, "", False, "委託番号がない"),
        (facts(issued_on=OLD), InHouse.NO, AT_OFFICE, False, "運輸支局で受け取ります"),
        (facts(VehicleClass.MOTORCYCLE, OLD), InHouse.NO, AT_OFFICE, False, "紙"),
        (facts(VehicleClass.KEI, KEI_BETWEEN), InHouse.NO, "", False, "軽自動車検査協会"),
        (facts(issued_on=KEI_BETWEEN), InHouse.YES, OWN_REWRITE, True, "記録できます"),
        (facts(changes=True), InHouse.NO, AT_OFFICE, False, "券面の記載が変わる"),
        (facts(VehicleClass.KEI, changes=True), InHouse.NO, "", False, "軽自動車検査協会"),
        (facts(issued_on=None), InHouse.ASK, "", True, "発行日が未入力"),
    ],
)
def test_each_kind_of_car_has_its_row(
    of: RecordingFacts, in_house: InHouse, update: str, number: object, says: str
) -> None:
    row = recording_advice(of)
    assert (row.in_house, row.certificate_update, row.with_number) == (in_house, update, number)
    assert says in row.sentence


def test_every_car_has_one_sentence_and_a_kei_is_never_sent_to_the_transport_office() -> None:
    days = (None, OLD, KEI_BETWEEN, NEW)
    for vehicle_class, day, changes, contract in product(VehicleClass, days, (True, False), (True, False)):
        row = recording_advice(facts(vehicle_class, day, changes=changes, has_contract=contract))
        assert row.sentence.endswith("。")
        assert vehicle_class is not VehicleClass.KEI or "運輸支局" not in row.sentence + row.certificate_update
    assert {row.in_house for row in recording_rows()} == {*InHouse}


def test_the_shops_own_default_goes_first_only_where_the_car_allows_it() -> None:
    assert recording_advice(facts()).update_beside("その他の区分") == "その他の区分"
    assert recording_advice(facts()).update_beside("") == OWN_REWRITE
    assert recording_advice(facts(issued_on=OLD)).update_beside(OWN_REWRITE) == AT_OFFICE
