"""Two saves of one form: what only one side changed goes together, what both changed is told."""

from __future__ import annotations

import dataclasses

from onestop.services.filing.form import FilingForm
from onestop.services.two_saves import TwoSaves
from onestop.services.vehicle.form import VehicleForm

BASE = VehicleForm(area="土浦", class_number="300", kana="さ", serial="1234", fuel="ガソリン", use="乗用")


def test_what_only_one_side_changed_is_brought_together() -> None:
    saves = TwoSaves(
        BASE, dataclasses.replace(BASE, fuel="軽油"), dataclasses.replace(BASE, use="貨物", vehicle_name="トヨタ")
    )

    assert [unit.names for unit in saves.only_theirs] == [("use",), ("vehicle_name",)]
    assert saves.both == ()
    assert saves.kept([]) == dataclasses.replace(BASE, fuel="軽油", use="貨物", vehicle_name="トヨタ")


def test_what_both_changed_is_mine_unless_theirs_is_chosen() -> None:
    mine, theirs = dataclasses.replace(BASE, fuel="軽油"), dataclasses.replace(BASE, fuel="電気")
    saves = TwoSaves(BASE, mine, theirs)

    (fuel,) = saves.both
    assert saves.kept([]) == mine
    assert saves.kept([fuel]) == theirs


def test_what_both_changed_to_the_same_is_nobody_s_question() -> None:
    same = dataclasses.replace(BASE, fuel="軽油")

    saves = TwoSaves(BASE, same, same)

    assert (saves.both, saves.only_theirs, saves.kept([])) == ((), (), same)


def test_half_of_one_plate_is_never_put_to_half_of_another() -> None:
    mine, theirs = dataclasses.replace(BASE, serial="9"), dataclasses.replace(BASE, area="水戸")

    saves = TwoSaves(BASE, mine, theirs)

    (plate,) = saves.both
    assert plate.names == ("area", "class_number", "kana", "serial")
    assert saves.kept([plate]) == theirs


def test_a_form_without_some_of_the_fields_has_the_rest_of_them_together() -> None:
    base = FilingForm(user_name="見本太郎")

    saves = TwoSaves(base, base, dataclasses.replace(base, user_address1="古河市"))

    assert [unit.names for unit in saves.only_theirs] == [("user_name", "user_address1", "user_address2")]
    assert "見本太郎" not in repr(saves)
