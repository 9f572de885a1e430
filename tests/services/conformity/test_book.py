"""適合証・証明証発行 before anything is sent: what is opened, proposed and kept."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from onestop import errors
from onestop.model.certificate_words import Origin, VehicleCategory
from onestop.model.sending_state import Sending
from onestop.model.words import VehicleClass
from onestop.model.written import category_of
from onestop.services.conformity.book import CHANGED_ELSEWHERE, HAS_ONE, NOT_EDITABLE
from onestop.services.conformity.form import ConformityForm, fill_certificate, form_of_certificate
from onestop.services.conformity.payload import restore
from support.builders import BUILT_AT, a_conformity_certificate, a_vehicle, an_insurance_certificate
from support.conformity import a_draft, a_form, certificate, prepare_shop
from support.inspections import of_now

if TYPE_CHECKING:
    from onestop.services.conformity.book import OpenedConformity
    from support.desks import DeskRoom


@pytest.mark.parametrize(
    ("vehicle_class", "kind", "category"),
    [
        (VehicleClass.KEI, "軽自動車", VehicleCategory.KEI),
        (VehicleClass.MOTORCYCLE, "", VehicleCategory.MOTORCYCLE),
        (VehicleClass.REGISTERED, "小型", VehicleCategory.SMALL),
        (VehicleClass.REGISTERED, "普通", VehicleCategory.ORDINARY),
        (VehicleClass.REGISTERED, "大型特殊", VehicleCategory.SPECIAL),
        (VehicleClass.REGISTERED, "", VehicleCategory.ORDINARY),
    ],
)
def test_the_category_comes_from_the_car(vehicle_class: VehicleClass, kind: str, category: VehicleCategory) -> None:
    assert category_of(a_vehicle(vehicle_class=vehicle_class, vehicle_kind=kind)) is category


def test_the_insurance_that_ends_last_is_the_new_one(room: DeskRoom) -> None:
    car = room.a_car(expiry_date=None)
    with room.database.write() as shelves:
        for number, end, status in (
            ("NEW", dt.date(2028, 12, 20), "発行済"),
            ("OLD", dt.date(2026, 12, 20), "発行済"),
            ("GONE", dt.date(2029, 12, 20), "取消"),
            (None, None, None),
        ):
            shelves.insurance.add(
                of_now(
                    shelves,
                    an_insurance_certificate(
                        vehicle_id=car, certificate_number=number, end_date=end, status=status, insurer=f"{number}保険"
                    ),
                )
            )
    form = room.desk.conformity_book.open(car).form
    assert (form.new_insurance_number, form.new_insurer) == ("NEW", "NEW保険")
    assert (form.old_insurance_number, form.old_insurer) == ("OLD", "OLD保険")
    assert (form.workshop_code, form.inspector_code, form.expiry_date) == ("", "", "")


def test_the_insurance_that_ends_with_the_present_period_is_the_old_one(room: DeskRoom) -> None:
    car = room.a_car()
    with room.database.write() as shelves:
        ends = {"end_date": dt.date(2026, 12, 21), "certificate_number": "OLD", "insurer": "旧保険"}
        policy = an_insurance_certificate(vehicle_id=car, start_date=dt.date(2024, 12, 21), **ends)
        shelves.insurance.add(of_now(shelves, policy))
    opened = room.desk.conformity_book.open(car)
    assert (opened.form.new_insurance_number, opened.form.old_insurance_number) == ("", "")
    assert (opened.form.application_kind, opened.proposal.kind) == ("窓口申請", "窓口申請")
    with room.database.write() as shelves:
        begins = {"start_date": dt.date(2026, 12, 21), "end_date": dt.date(2028, 12, 21)}
        shelves.insurance.add(of_now(shelves, an_insurance_certificate(vehicle_id=car, **begins)))
    opened = room.desk.conformity_book.open(car)
    assert (opened.form.new_insurance_number, opened.form.old_insurance_number) == ("A123456789", "OLD")
    assert (opened.form.application_kind, opened.days.needs_old_insurance) == ("OSS申請", True)


def two_policies(room: DeskRoom, car: int, *, begins: dt.date, old: dict[str, Any]) -> OpenedConformity:
    with room.database.write() as shelves:
        ends = {"start_date": dt.date(2024, 12, 21), "end_date": dt.date(2026, 12, 21)}
        names = {"certificate_number": "OLD", "insurer": "旧保険"}
        shelves.insurance.add(of_now(shelves, an_insurance_certificate(vehicle_id=car, **ends | names | old)))
        lasts = {"start_date": begins, "end_date": dt.date(2028, 12, 21)}
        shelves.insurance.add(of_now(shelves, an_insurance_certificate(vehicle_id=car, **lasts)))
    return room.desk.conformity_book.open(car)


def test_an_old_insurance_that_is_not_needed_is_left_empty(room: DeskRoom) -> None:
    opened = two_policies(room, room.a_car(), begins=room.clock.today(), old={"origin": Origin.PAPER})
    assert (opened.form.old_insurance_number, opened.form.old_insurer) == ("", "")
    assert (opened.days.needs_old_insurance, opened.proposal.kind) == (False, "OSS申請")


@pytest.mark.parametrize(
    ("old", "kind", "reason"),
    [
        ({}, "OSS申請", "自賠責が電子のため、OSS申請にできます"),
        ({"origin": Origin.PAPER}, "窓口申請", "旧自賠責が「紙」"),
        ({"origin": Origin.UNCONFIRMED}, "窓口申請", "旧自賠責が「未確認」"),
        ({"report_to_registry": False}, "窓口申請", "旧自賠責が登録機関へ報告されていない"),
        ({"status": "取消"}, "OSS申請", "旧自賠責も電子なら"),
    ],
)
def test_the_kind_looks_at_both_policies(room: DeskRoom, old: dict[str, Any], kind: str, reason: str) -> None:
    opened = two_policies(room, room.a_car(), begins=dt.date(2026, 12, 21), old=old)
    assert (opened.form.application_kind, opened.proposal.kind) == (kind, kind)
    assert reason in opened.proposal.reason


@pytest.mark.parametrize(
    ("new", "found"),
    [
        ({}, False),
        ({"report_to_registry": False}, True),
        ({"origin": Origin.PAPER}, True),
    ],
)
def test_what_airas_will_never_see_is_told_before_it_is_sent(
    room: DeskRoom,
    new: dict[str, Any],
    found: bool,  # noqa: FBT001 - a row
) -> None:
    car = room.a_car()
    with room.database.write() as shelves:
        lasts = {"start_date": room.clock.today(), "end_date": dt.date(2028, 12, 21)}
        shelves.insurance.add(of_now(shelves, an_insurance_certificate(vehicle_id=car, **lasts, **new)))
    form = dataclasses.replace(room.desk.conformity_book.open(car).form, application_kind="OSS申請")
    assert ("A10" in {each.rule_id for each in room.desk.conformity_book.findings(form, car)}) is found


def test_a_filing_planned_for_when_the_new_policy_has_begun_needs_no_old_one(room: DeskRoom) -> None:
    car = room.a_car()
    room.a_draft(car, planned_date=dt.date(2026, 12, 21))
    opened = two_policies(room, car, begins=dt.date(2026, 12, 21), old={})
    assert opened.form.old_insurance_number == ""


def test_what_was_typed_is_kept_as_typed(room: DeskRoom) -> None:
    prepare_shop(room)
    number = a_draft(room, odometer_km="４５，２００", new_insurance_number="a-12 3", remarks="a\nb")
    stored = certificate(room, number)
    assert (stored.odometer_km, stored.new_insurance_number, stored.remarks) == (45200, "A123", "a\nb")
    shown = form_of_certificate(stored)
    again = a_conformity_certificate()
    fill_certificate(again, shown, room.clock.today())
    assert form_of_certificate(again) == shown


def test_every_field_that_cannot_be_kept_is_named_at_once(room: DeskRoom) -> None:
    car = room.a_car()
    form = ConformityForm(area="土浦", serial="x", odometer_km="遠い", inspection_date="きのう")
    with pytest.raises(errors.InvalidInput) as caught:
        room.desk.conformity_book.save(form, car, None, None)
    fields = {each.field for each in caught.value.problems}
    assert fields >= {"chassis_number", "odometer_km", "inspection_date"}
    assert any(each.startswith("registration_number") for each in fields)


def test_a_car_has_one_draft(room: DeskRoom) -> None:
    number = a_draft(room)
    car = certificate(room, number).vehicle_id
    with pytest.raises(errors.NotAllowed) as caught:
        room.desk.conformity_book.save(a_form(room, car), car, None, None)
    assert str(caught.value) == HAS_ONE


def test_another_windows_change_is_not_overwritten(room: DeskRoom) -> None:
    number = a_draft(room)
    stored = certificate(room, number)
    form = form_of_certificate(stored)
    room.desk.conformity_book.save(form, stored.vehicle_id, number, stored.version)
    with room.database.write() as shelves:
        shelves.conformity.get(number).remarks = "外"
    with pytest.raises(errors.NotAllowed) as caught:
        room.desk.conformity_book.save(form, stored.vehicle_id, number, stored.version)
    assert str(caught.value) == CHANGED_ELSEWHERE


def test_what_airas_has_is_not_changed_here(room: DeskRoom) -> None:
    number = a_draft(room)
    with room.database.write() as shelves:
        stored = shelves.conformity.get(number)
        stored.sending, stored.status = Sending.FILED, "作成済"
    with pytest.raises(errors.NotAllowed) as caught:
        room.desk.conformity_book.save(form_of_certificate(stored), stored.vehicle_id, number, stored.version)
    assert str(caught.value) == NOT_EDITABLE


def test_the_cars_open_one_is_opened_and_a_finished_one_is_not(room: DeskRoom) -> None:
    number = a_draft(room)
    car = certificate(room, number).vehicle_id
    opened = room.desk.conformity_book.open(car).certificate
    assert opened is not None
    assert opened.control_number == number
    with room.database.write() as shelves:
        stored = shelves.conformity.get(number)
        stored.sending, stored.status = Sending.FILED, "申請完"
    assert room.desk.conformity_book.open(car).certificate is None


def test_a_car_that_is_gone_says_so(room: DeskRoom) -> None:
    with pytest.raises(errors.NotAllowed):
        room.desk.conformity_book.open(99)


def test_nothing_is_written_back_where_nothing_was_sent() -> None:
    certificate_ = a_conformity_certificate(payload=None, remarks="残る")
    restore(certificate_)
    assert certificate_.remarks == "残る"


def begun_before_its_insurance(room: DeskRoom, **changes: str) -> int:
    """Save a draft while there is no 自賠責; returns its car, which has one now."""
    car = room.a_car()
    room.desk.conformity_book.save(a_form(room, car, **changes), car, None, None)
    with room.database.write() as shelves:
        days = {
            "NEW": (dt.date(2026, 12, 21), dt.date(2028, 12, 21)),
            "OLD": (dt.date(2024, 12, 21), dt.date(2026, 12, 21)),
        }
        for number, (start, end) in days.items():
            policy = an_insurance_certificate(
                vehicle_id=car, certificate_number=number, start_date=start, end_date=end, sending=Sending.FILED
            )
            shelves.insurance.add(of_now(shelves, policy))
    return car


def test_a_draft_that_is_older_than_its_insurance_is_filled_from_it(room: DeskRoom) -> None:
    opened = room.desk.conformity_book.open(begun_before_its_insurance(room))
    assert opened.filled
    assert (opened.form.application_kind, opened.form.new_insurance_number) == ("OSS申請", "NEW")
    assert (opened.form.new_insurer, opened.form.old_insurance_number) == ("見本損害保険", "OLD")
    assert opened.certificate is not None
    assert opened.certificate.new_insurance_number == ""
    number = opened.certificate.control_number
    room.desk.conformity_book.save(opened.form, opened.vehicle_id, number, opened.certificate.version)
    assert not room.desk.conformity_book.open(opened.vehicle_id).filled


def test_an_old_insurance_that_was_typed_stays(room: DeskRoom) -> None:
    car = begun_before_its_insurance(room, old_insurance_number="TYPED", old_insurer="前の会社")
    form = room.desk.conformity_book.open(car).form
    assert (form.new_insurance_number, form.old_insurance_number, form.old_insurer) == ("NEW", "TYPED", "前の会社")


@pytest.mark.parametrize(
    "changes",
    [{"new_insurance_number": "X1"}, {"new_insurer": "ほかの会社"}, {"first_sent_at": BUILT_AT}],
)
def test_a_draft_with_words_of_its_own_is_left_as_it_is(room: DeskRoom, changes: dict[str, Any]) -> None:
    car = begun_before_its_insurance(room)
    with room.database.write() as shelves:
        (draft,) = shelves.conformity.all_for_vehicle(car)
        for name, value in changes.items():
            setattr(draft, name, value)
    assert not room.desk.conformity_book.open(car).filled
