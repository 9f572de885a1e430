"""4. ワンストップサービス連動: the chain of three, and everything that can stand in its way."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from onestop import errors
from onestop.model.sending_state import Sending
from onestop.services.inspection.next_step import Press, next_step
from onestop_sandbox import Kind, Trouble
from support.builders import BUILT_AT, a_conformity_certificate, an_insurance_certificate
from support.chain import a_chain
from support.checklist import answer
from support.comparison import put_papers
from support.inspections import of_now

if TYPE_CHECKING:
    from support.clock import FixedClock
    from support.desks import DeskRoom


def test_from_nothing_to_a_finished_procedure_through_all_three_systems(room: DeskRoom, clock: FixedClock) -> None:
    car = a_chain(room, clock)
    current = room.desk.inspections.current(car)
    assert next_step(current, clock.now()).press is Press.LINK
    linked = room.desk.link.link(car)
    assert (linked.obstacles, linked.stale) == ((), None)
    assert linked.control_number is not None
    filing = room.filing(linked.control_number)
    assert current.insurance is not None
    assert current.conformity is not None
    assert filing.insurance_certificate_number == current.insurance.certificate_number
    assert filing.conformity_certificate_number == current.conformity.certificate_number
    assert next_step(room.desk.inspections.current(car), clock.now()).press is Press.FILING
    room.desk.filings.delivery.issue(linked.control_number)
    clock.advance(days=3)
    assert room.desk.filings.delivery.progress.refresh(linked.control_number).status == "手続完了"


def test_it_prepares_the_filing_that_is_there_already(room: DeskRoom, clock: FixedClock) -> None:
    car = a_chain(room, clock)
    number = room.a_draft(car, insurance_certificate_number="", conformity_certificate_number="")
    assert room.desk.link.link(car).control_number == number
    assert room.desk.link.link(car).control_number == number
    assert room.filing(number).insurance_certificate_number


def test_an_issued_filing_is_not_prepared_again(room: DeskRoom, clock: FixedClock) -> None:
    car = a_chain(room, clock)
    number = room.desk.link.link(car).control_number
    assert number is not None
    room.desk.filings.delivery.issue(number)
    with pytest.raises(errors.NotAllowed, match="すでに発行"):
        room.desk.link.link(car)


@pytest.mark.parametrize("operation", ["ejibai.getPolicy", "airas.getCertificate"])
def test_states_that_cannot_be_refreshed_prepare_nothing(room: DeskRoom, clock: FixedClock, operation: str) -> None:
    car = a_chain(room, clock)
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, operation=operation, status=500))
    linked = room.desk.link.link(car)
    assert linked.control_number is None
    assert isinstance(linked.stale, errors.NoAnswer)


DAY = dt.date(2026, 11, 24)
FILED: dict[str, Any] = {"sending": Sending.FILED}
OF_BEFORE = {"start_date": dt.date(2024, 12, 21)}
OBSTACLES: list[tuple[dict[str, Any] | None, dict[str, Any] | None, str, Press]] = [
    (None, {}, "自賠責の証明書がありません", Press.INSURANCE),
    ({"status": "取消"}, {}, "自賠責の証明書がありません", Press.INSURANCE),
    ({"certificate_number": None}, {}, "自賠責の証明書がありません", Press.INSURANCE),
    ({**OF_BEFORE, "end_date": dt.date(2026, 12, 21)}, {}, "自賠責の証明書がありません", Press.INSURANCE),
    ({"sending": Sending.UNKNOWN, "certificate_number": None}, {}, "自賠責が受け付けられたか", Press.INSURANCE),
    ({"sending": Sending.UNKNOWN}, {}, "自賠責が受け付けられたか", Press.INSURANCE),
    ({"chassis_number": "ZN6012345"}, {}, "自賠責の車台番号", Press.INSURANCE),
    ({"report_to_registry": False, "request_key": "key"}, {}, "取消して発行し直して", Press.INSURANCE),
    ({"report_to_registry": False}, {}, "F4 新規・Alt+E 手入力", Press.INSURANCE),
    (
        {"report_to_registry": False, "request_key": "key", "start_date": dt.date(2026, 11, 23)},
        {},
        "F4 新規・Alt+E 手入力",
        Press.INSURANCE,
    ),
    ({"end_date": dt.date(2028, 12, 20)}, {}, "自賠責の終期", Press.INSURANCE),
    ({}, None, "保適証が発行されていません", Press.CONFORMITY),
    ({}, {"status": "削除"}, "保適証が発行されていません", Press.CONFORMITY),
    ({}, {"certificate_number": None}, "保適証が発行されていません", Press.CONFORMITY),
    ({}, {"sending": Sending.UNKNOWN}, "保適証が受け付けられたか", Press.CONFORMITY),
    ({}, {"status": "作成中"}, "作成中", Press.CONFORMITY),
    ({}, {"status": "却下"}, "「却下」", Press.CONFORMITY),
    ({}, {"pullback_requested_at": BUILT_AT}, "引戻を待っています", Press.CONFORMITY),
    ({}, {"application_kind": "窓口申請"}, "窓口申請", Press.CONFORMITY),
    ({}, {"chassis_number": "ZN6012345"}, "保適証の車台番号", Press.CONFORMITY),
    ({}, {"inspection_date": DAY - dt.timedelta(days=15)}, "15日", Press.CONFORMITY),
    ({}, {"new_insurance_number": "B1"}, "証明書番号「B1」が", Press.CONFORMITY),
]


@pytest.mark.parametrize("row", OBSTACLES)
def test_what_is_missing_is_named_with_the_key_that_mends_it(
    room: DeskRoom,
    row: tuple[dict[str, Any] | None, dict[str, Any] | None, str, Press],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    policy, certificate, says, press = row
    car = room.a_car()
    vehicle = room.desk.inspections.current(car).vehicle
    same: dict[str, Any] = {"vehicle_id": car, "chassis_number": vehicle.chassis_number}
    with room.database.write() as shelves:
        if policy is not None:
            fields = {**same, **FILED, "end_date": dt.date(2029, 1, 20), **policy}
            shelves.insurance.add(of_now(shelves, an_insurance_certificate(**fields)))
        if certificate is not None:
            fields = {**same, **FILED, "status": "作成済", "inspection_date": DAY, **certificate}
            shelves.conformity.add(of_now(shelves, a_conformity_certificate(**fields)))
    monkeypatch.setattr(room.desk.link, "_refresh", lambda _car: None)
    linked = room.desk.link.link(car)
    found = [one for one in linked.obstacles if says in one.sentence]
    assert linked.control_number is None
    assert [one.press for one in found] == [press], linked.obstacles


def test_a_typed_certificate_without_its_days_is_no_obstacle(room: DeskRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    car = room.a_car()
    vehicle = room.desk.inspections.current(car).vehicle
    same: dict[str, Any] = {"vehicle_id": car, "chassis_number": vehicle.chassis_number, **FILED}
    with room.database.write() as shelves:
        shelves.insurance.add(of_now(shelves, an_insurance_certificate(**same, end_date=None)))
        shelves.conformity.add(of_now(shelves, a_conformity_certificate(**same, status="報告済", inspection_date=None)))
    monkeypatch.setattr(room.desk.link, "_refresh", lambda _car: None)
    assert room.desk.link.link(car).control_number == 1


def obstacles_of(
    room: DeskRoom, monkeypatch: pytest.MonkeyPatch, car: int, *policies: dict[str, Any]
) -> list[tuple[str, Press]]:
    """Return what stands in the way of a car with these 自賠責, the last of them in its 保適証."""
    *before, last = policies
    for policy in before:
        put_papers(room, car, policy)
    put_papers(room, car, last, {"status": "報告済"})
    monkeypatch.setattr(room.desk.link, "_refresh", lambda _car: None)
    return [(one.sentence, one.press) for one in room.desk.link.link(car).obstacles]


def test_years_that_no_table_knows_are_asked_with_the_key_to_the_car(
    room: DeskRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    car = room.a_car(use="特種", body_shape="")
    ((sentence, press),) = obstacles_of(room, monkeypatch, car, {"end_date": dt.date(2028, 12, 21)})
    assert "車両の「有効期間」で1年か2年を選んでください" in sentence
    assert press is Press.VEHICLE


def test_a_gap_between_the_old_policy_and_the_new_one_stands_in_the_way(
    room: DeskRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = {**OF_BEFORE, "end_date": dt.date(2026, 12, 20), "certificate_number": "OLD"}
    new = {"start_date": dt.date(2026, 12, 21), "end_date": dt.date(2028, 12, 21)}
    ((sentence, press),) = obstacles_of(room, monkeypatch, room.a_car(), old, new)
    assert "前の自賠責の終わり(2026/12/20)から新しい自賠責の始まり(2026/12/21)まで" in sentence
    assert press is Press.INSURANCE


def test_a_filing_planned_after_the_end_of_the_period_makes_the_policy_short(
    room: DeskRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    car = room.a_car()
    room.a_draft(car, planned_date=dt.date(2026, 12, 25), insurance_certificate_number="")
    obstacles = obstacles_of(room, monkeypatch, car, {"end_date": dt.date(2028, 12, 21)})
    assert any("新しい満了日(2028/12/24)の翌日に届きません" in sentence for sentence, _ in obstacles)


def test_nothing_is_asked_about_what_is_not_at_a_service(room: DeskRoom) -> None:
    car = room.a_car()
    answer(room, car)
    assert [one.press for one in room.desk.link.link(car).obstacles] == [Press.INSURANCE, Press.CONFORMITY]
    assert not room.sandbox.requests


def test_a_filing_that_was_begun_with_other_words_is_named(room: DeskRoom, clock: FixedClock) -> None:
    car = a_chain(room, clock)
    number = room.a_draft(car, chassis_number="ZN6-5", plate="土浦300さ5", user_name="見本花子")
    obstacles = room.desk.link.link(car).obstacles
    assert {one.press for one in obstacles} == {Press.FILING}
    assert [one.sentence[3:5] for one in obstacles] == ["登録", "車台", "使用"]
    opened = room.desk.filings.open(None, number)
    assert opened.filing is not None
    form = opened.beside_car.taken_over(opened.form)
    room.desk.filings.save(form, car, number, opened.filing.version)
    assert room.desk.link.link(car).control_number == number
