"""見積書 at a desk: what it costs by which table, what to bring, until when, and how it is printed."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

import pypdf
import pytest

from onestop.errors import NotAllowed
from onestop.model.words import VehicleClass
from onestop.services.inspection.estimate import NO_EXPIRY, NO_PERIOD, OF_POLICY, things_to_bring
from support.builders import an_insurance_certificate
from support.desks import a_desk
from support.inspections import of_now

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.services.inspection.estimate import CarEstimate, EstimateLine
    from support.desks import DeskRoom


def line_of(estimate: CarEstimate, label: str) -> EstimateLine:
    """Return the line whose label begins so."""
    return next(line for line in estimate.lines if line.label.startswith(label))


def charge(room: DeskRoom, typed: str) -> None:
    """Type OSS申請費用 into 設定."""
    settings = room.desk.settings
    settings.save(dataclasses.replace(settings.state().form, oss_charge=typed))


def insure(room: DeskRoom, car: int, **changes: object) -> None:
    """Store a policy for the coming period of a car."""
    told = {"vehicle_id": car, "chassis_number": "ZN6-012345", "certificate_number": "A123456789", **changes}
    with room.database.write() as shelves:
        shelves.insurance.add(of_now(shelves, an_insurance_certificate(**told)))


def text_of(room: DeskRoom, car: int, path: Path) -> str:
    """Return the words on the printed page."""
    assert room.desk.estimates.save_pdf(room.desk.estimates.of_car(car), path) == ()
    (page,) = pypdf.PdfReader(path).pages
    return page.extract_text()


def test_every_figure_names_the_day_of_its_table_and_the_total_is_their_sum(room: DeskRoom) -> None:
    charge(room, "3300")
    estimate = room.desk.estimates.of_car(room.a_car())
    tax, premium = line_of(estimate, "自動車重量税"), line_of(estimate, "自賠責保険料(24か月)")
    assert (tax.amount, tax.basis) == (24_600, "2016/04/01からの表 当分の間税率")
    assert premium.basis.endswith("からの表 本土")
    assert line_of(estimate, "検査登録手数料").basis == "2026/04/01からの表"
    assert line_of(estimate, "技術情報管理手数料").amount == 400
    shop = line_of(estimate, "OSS申請費用")
    assert (shop.amount, shop.is_estimated) == (3300, False)
    total = sum(line.amount or 0 for line in estimate.lines)
    assert estimate.total == f"見込 ¥{total:,}"


def test_a_shop_without_a_charge_has_no_line_of_it(room: DeskRoom) -> None:
    labels = [line.label for line in room.desk.estimates.of_car(room.a_car()).lines]
    assert not [label for label in labels if "OSS" in label]


def test_what_is_not_known_has_no_figure_and_is_counted(room: DeskRoom) -> None:
    estimate = room.desk.estimates.of_car(room.a_car(expiry_date=None, weight_kg=None, use="", private_or_business=""))
    assert line_of(estimate, "自賠責保険料") == dataclasses.replace(
        line_of(estimate, "自賠責保険料"), amount=None, basis=NO_PERIOD
    )
    assert estimate.total.endswith("(ほかに未定 2件)")


def test_a_policy_that_is_there_says_its_own_premium(room: DeskRoom) -> None:
    car = room.a_car()
    insure(room, car, premium=18_160, months=24, start_date=dt.date(2026, 12, 20), end_date=dt.date(2028, 12, 21))
    premium = line_of(room.desk.estimates.of_car(car), "自賠責保険料(24か月)")
    assert (premium.amount, premium.basis, premium.is_estimated) == (18_160, OF_POLICY, False)


def test_the_premium_of_a_policy_that_does_not_say_it_is_reckoned_by_its_own_period(room: DeskRoom) -> None:
    car = room.a_car()
    insure(room, car, premium=None, months=25, start_date=dt.date(2026, 12, 20), end_date=dt.date(2029, 1, 20))
    premium = line_of(room.desk.estimates.of_car(car), "自賠責保険料(25か月)")
    assert premium.amount
    assert premium.is_estimated


def test_an_island_without_a_table_says_so(room: DeskRoom) -> None:
    premium = line_of(room.desk.estimates.of_car(room.a_car(plate="沖縄300さ1")), "自賠責保険料")
    assert (premium.amount, premium.basis) == (None, "対象外(沖縄県の料率表がありません)")


@pytest.mark.parametrize(
    ("vehicle_class", "tax"),
    [
        (VehicleClass.REGISTERED, "自動車税(種別割)の納税証明書"),
        (VehicleClass.KEI, "軽自動車税(種別割)の納税証明書"),
        (VehicleClass.MOTORCYCLE, "軽自動車税(種別割)の納税証明書"),
    ],
)
def test_what_to_bring_follows_the_class_of_the_car(room: DeskRoom, vehicle_class: VehicleClass, tax: str) -> None:
    things = [each.thing for each in room.desk.estimates.of_car(room.a_car(vehicle_class=vehicle_class)).brings]
    assert [thing for thing in things if "納税" in thing] == [tax]
    assert {"OSS申請の承諾書", "自賠責保険証明書"} <= {*things}
    assert len(things) == len(things_to_bring()) - 1


def test_of_a_car_that_knows_nothing_no_total_is_told(room: DeskRoom) -> None:
    bare = {"vehicle_kind": "", "use": "", "private_or_business": "", "expiry_date": None}
    assert room.desk.estimates.of_car(room.a_car(**bare)).total == "未定"


@pytest.mark.parametrize(
    ("expiry", "day", "new_expiry"),
    [
        (dt.date(2027, 1, 24), dt.date(2026, 11, 24), dt.date(2029, 1, 24)),
        (dt.date(2027, 2, 20), dt.date(2026, 12, 20), dt.date(2029, 2, 20)),
        (dt.date(2028, 5, 20), dt.date(2028, 3, 20), dt.date(2030, 5, 20)),
        (dt.date(2026, 11, 1), dt.date(2026, 11, 24), dt.date(2028, 11, 23)),
    ],
)
def test_before_the_window_opens_its_first_day_counts(
    room: DeskRoom, expiry: dt.date, day: dt.date, new_expiry: dt.date
) -> None:
    estimate = room.desk.estimates.of_car(room.a_car(expiry_date=expiry))
    assert (estimate.days.day, estimate.days.new_expiry) == (day, new_expiry)
    assert line_of(estimate, "自賠責保険料").label == f"自賠責保険料({24 if expiry > day else 25}か月)"


def test_the_printed_page_says_all_of_it(room: DeskRoom, tmp_path: Path) -> None:
    charge(room, "3300")
    text = text_of(room, room.a_car(), tmp_path / "a.pdf")
    for words in (
        "見本太郎 様",
        "見込 ¥24,600",
        "¥3,300",
        "2026/10/20から受けられます",
        "2028/12/20",
        "OSS申請の承諾書",
    ):
        assert words in text
    assert "令和8年11月24日" in text


@pytest.mark.parametrize(
    ("expiry", "words"),
    [(dt.date(2026, 11, 1), "2026/11/01 に切れています"), (None, NO_EXPIRY)],
)
def test_a_car_whose_day_has_passed_or_is_not_known_says_so(
    room: DeskRoom, tmp_path: Path, expiry: dt.date | None, words: str
) -> None:
    assert words in text_of(room, room.a_car(expiry_date=expiry), tmp_path / "a.pdf")


def test_a_figure_that_is_missing_is_printed_as_open(room: DeskRoom, tmp_path: Path) -> None:
    assert "未定" in text_of(room, room.a_car(expiry_date=None, weight_kg=None), tmp_path / "a.pdf")


def test_a_car_that_is_gone_has_none(room: DeskRoom) -> None:
    with pytest.raises(NotAllowed):
        room.desk.estimates.of_car(99)


def test_in_practice_the_estimate_carries_the_stamp(tmp_path: Path) -> None:
    with a_desk(tmp_path, practice=True) as room:
        text = text_of(room, room.a_car(), tmp_path / "a.pdf")
    assert "見本" in text.replace("見本太郎", "")
