"""A vehicle: *** resolved, keys for searching, and what it keeps to itself."""

from __future__ import annotations

from onestop.model.plate import RegistrationNumber
from support.builders import a_vehicle


def test_a_user_who_is_the_owner_is_shown_as_the_owner() -> None:
    vehicle = a_vehicle(owner_name="見本太郎", owner_address1="古河市", owner_address2="1番", user_is_owner=True)

    assert vehicle.effective_user_name == "見本太郎"
    assert vehicle.effective_user_address1 == "古河市"
    assert vehicle.effective_user_address2 == "1番"


def test_another_user_is_shown_as_such() -> None:
    vehicle = a_vehicle(user_is_owner=False, user_name="見本花子", user_address1="土浦市", user_address2="2番")

    assert vehicle.effective_user_name == "見本花子"
    assert vehicle.effective_user_address1 == "土浦市"
    assert vehicle.effective_user_address2 == "2番"


def test_keys_fold_what_is_shown_and_names_stay_as_they_came() -> None:
    vehicle = a_vehicle(
        registration_number=RegistrationNumber("ナニワ", "3AA", "あ", "12"),
        chassis_number="ZN6-012345",
        owner_name="髙橋　一",
        name_reading="タカハシ",
        user_is_owner=True,
    )

    vehicle.derive_keys()

    assert vehicle.plate_key == "なにわ3AAあ12"
    assert vehicle.chassis_tail == "5432106NZ"
    assert vehicle.owner_key == vehicle.user_key == "高橋一"
    assert vehicle.reading_key == "たかはし"
    assert vehicle.owner_name == "髙橋　一"
    assert vehicle.used_at == vehicle.updated_at


def test_a_number_is_stamped_officially_only_where_that_is_said() -> None:
    assert not a_vehicle().officially_stamped
