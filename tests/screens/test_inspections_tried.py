"""What a clerk tried, and what came of it before one inspection was a thing of its own: a test for each."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx
import pytest

from onestop import errors
from onestop.model.ending import Ending
from onestop.model.sending_state import Sending
from onestop.screens.badge import ISSUED, NOT_ISSUED
from onestop.screens.conformity.screen import ConformityScreen
from onestop.screens.filing.list_screen import FilingListScreen
from onestop.screens.function_keys import CONFORMITY, CONFORMITY_PANEL, FILING_PANEL, INSURANCE
from onestop.screens.inspection.main_screen import MainScreen, PanelName
from onestop.screens.insurance.screen import InsuranceScreen
from onestop.screens.places import ConformityPlace, IssuePlace
from onestop.screens.vehicle.lookup_rows import filing_text
from onestop.services.inspection.belonging import AWAITS_CERTIFICATE, ENDED
from onestop_sandbox import REAL, Kind, Trouble
from support import conformity, insurance
from support.builders import a_conformity_certificate, a_filing
from support.chain import a_chain, a_filed_chain
from support.checklist import answer
from support.clock import FixedClock
from support.desks import DeskRoom, Interposed, a_desk, a_sandbox
from support.inspections import an_inspection
from support.screens import Stage, said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OF_ELSEWHERE = {"insurance_certificate_number": "A1", "conformity_certificate_number": "1"}
TWO_YEARS = 731


@dataclass(frozen=True, slots=True)
class Tried:
    """A clerk's desk on a clock that the test moves."""

    room: DeskRoom
    clock: FixedClock

    def open(self, car: int) -> MainScreen:
        """Open ワンストップサービス of a car."""
        stage = self.stage()
        return stage.open(MainScreen(stage.surroundings, car))

    def stage(self) -> Stage:
        return Stage(desk=lambda: self.room.desk, clock=self.clock)

    def states(self, car: int) -> list[str]:
        screen = self.open(car)
        return [screen.badge(panel).word for panel in PanelName]

    def in_lookup(self, car: int) -> str:
        return next(filing_text(row) for row in self.room.desk.vehicles.search("") if row.vehicle_id == car)

    def finish(self, number: int) -> None:
        """Let the office finish a filing."""
        self.clock.advance(days=3)
        assert self.room.desk.filings.delivery.progress.refresh(number).status == "手続完了"

    def renew(self, car: int, expiry: str) -> None:
        """Type the new 満了日, of a 車検証 issued today."""
        opened = self.room.desk.vehicles.open(car)
        issued = f"{self.clock.today():%Y%m%d}"
        form = dataclasses.replace(opened.form, expiry_date=expiry, certificate_issued_on=issued)
        self.room.desk.vehicles.save(opened, form)


@pytest.fixture
def tried(tmp_path: Path) -> Iterator[Tried]:
    clock = FixedClock()
    with a_sandbox(clock, pace=REAL) as sandbox, a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        yield Tried(room, clock)


def test_a_car_comes_back_after_two_years(tried: Tried) -> None:
    car, number = a_filed_chain(tried.room, tried.clock)
    tried.finish(number)
    assert (tried.states(car), tried.in_lookup(car)) == ([NOT_ISSUED.word] * 3, "✓ 完了")
    assert "新しい車検証を受け取り、取り込みます" in tried.open(car).hint
    tried.renew(car, "20281220")
    assert (tried.states(car), tried.in_lookup(car)) == ([NOT_ISSUED.word] * 3, "–")
    tried.clock.advance(days=TWO_YEARS)
    assert "確認票の未確認4件に答えます" in tried.open(car).hint
    answer(tried.room, car)
    screen = tried.open(car)
    assert "自賠責保険の証明書を発行します" in screen.hint
    facts = (*screen.insurance_facts, *screen.conformity_facts, *screen.filing_facts)
    assert {fact.text for fact in facts if fact.label != "前回"} == {""}
    assert [fact.text for fact in facts if fact.label == "前回"] == [
        "2028/12/21まで (A900000001)",
        "2026/11/24 交付 (2000000001)",
        "2026/11/24 完了 (1000000011)",
    ]
    again = tried.room.desk.insurance.save(
        insurance.a_form(tried.room, car, insurer=insurance.INSURER), car, None, None
    )
    tried.room.desk.insurance.delivery.issue(again.control_number)
    tried.clock.advance(hours=1)
    form = conformity.a_form(tried.room, car)
    made = tried.room.desk.conformity_book.save(form, car, None, None)
    tried.room.desk.conformity.delivery.issue(made.control_number)
    linked = tried.room.desk.link.link(car)
    assert linked.control_number is not None
    assert tried.room.filing(linked.control_number).control_number != number
    now, last = tried.room.desk.inspections.history(car)
    assert (now.inspection.is_open, last.inspection.ending) == (True, Ending.FINISHED)
    assert (now.inspection.renews, last.inspection.renews) == (dt.date(2028, 12, 20), dt.date(2026, 12, 20))


@pytest.mark.parametrize("status", ["作成済", "報告済"])
def test_last_time_went_to_the_counter(tried: Tried, status: str) -> None:
    """Its 保適証 was left as it was: it is of last time, and nobody is told to delete the record of the past."""
    car = tried.room.a_car()
    with tried.room.database.write() as shelves:
        last = shelves.inspections.add(an_inspection(car, dt.date(2024, 12, 20), Ending.RENEWED)).id
        then = dt.date(2024, 12, 3)
        shelves.conformity.add(
            a_conformity_certificate(
                vehicle_id=car,
                inspection_id=last,
                sending=Sending.FILED,
                status=status,
                inspection_date=then,
                valid_until=then + dt.timedelta(days=14),
            )
        )
    answer(tried.room, car)
    screen = tried.open(car)
    assert "削除" not in screen.hint
    assert "自賠責保険の証明書を発行します" in screen.hint
    assert screen.badge(PanelName.CONFORMITY) == NOT_ISSUED
    stage = tried.stage()
    stage.press(CONFORMITY_PANEL, "1", stage.open(MainScreen(stage.surroundings, car)))
    assert stage.navigator.went == [ConformityPlace(car, None)]


def test_f7_is_pressed_45_days_after_a_filing_that_ainas_has_forgotten(tried: Tried) -> None:
    """A person ends the inspection, and the car is filed again."""
    number = tried.room.desk.filings.delivery.issue(tried.room.a_draft()).control_number
    car = tried.room.filing(number).vehicle_id
    tried.clock.advance(days=45)
    tried.room.sandbox.troubles.add(Trouble(Kind.REFUSE, "getFiling", status=404))
    assert tried.room.desk.filings.delivery.progress.refresh(number).forgotten
    with pytest.raises(errors.NotAllowed):
        tried.room.a_draft(car)
    tried.room.desk.inspections.end(car, Ending.STOPPED, "AINASに記録がない")
    again = tried.room.desk.filings.delivery.issue(tried.room.a_draft(car, **OF_ELSEWHERE))
    assert (again.status, again.control_number) == ("受付前", number + 1)


def test_a_final_word_that_we_do_not_know(tried: Tried) -> None:
    number = tried.room.desk.filings.delivery.issue(tried.room.a_draft()).control_number
    car = tried.room.filing(number).vehicle_id
    tried.room.sandbox.troubles.add(Trouble(Kind.UNKNOWN_WORDS, "getFiling"))
    assert tried.room.desk.filings.delivery.progress.refresh(number).status == "特別調整中"
    tried.room.desk.inspections.end(car, Ending.COUNTER, "代理人に電話で確かめた")
    tried.renew(car, "20281220")
    tried.clock.advance(days=TWO_YEARS)
    assert tried.room.desk.filings.delivery.issue(tried.room.a_draft(car, **OF_ELSEWHERE)).status == "受付前"


def test_after_the_procedure_is_finished_nothing_is_issued_again(tried: Tried) -> None:
    car, number = a_filed_chain(tried.room, tried.clock)
    tried.finish(number)
    desk = tried.room.desk
    attempts = (
        lambda: desk.conformity_book.save(conformity.a_form(tried.room, car), car, None, None),
        lambda: desk.insurance.save(insurance.a_form(tried.room, car, insurer=insurance.INSURER), car, None, None),
        lambda: desk.filings.save(desk.filings.open(car, None).form, car, None, None),
    )
    for attempt in attempts:
        with pytest.raises(errors.NotAllowed) as caught:
            attempt()
        assert caught.value.args == (AWAITS_CERTIFICATE,)
    assert ("F11 取込" in AWAITS_CERTIFICATE, "車両修正" in AWAITS_CERTIFICATE) == (True, True)
    (only,) = desk.inspections.history(car)
    assert [len(each) for each in (only.insurances, only.conformities, only.filings)] == [1, 1, 1]
    with pytest.raises(errors.NotAllowed):
        desk.link.link(car)
    tried.renew(car, "20281220")
    assert desk.filings.save(desk.filings.open(car, None).form, car, None, None).sending is Sending.DRAFT


def test_the_records_of_a_finished_inspection_propose_nothing_for_the_next_one(tried: Tried) -> None:
    car, number = a_filed_chain(tried.room, tried.clock)
    stage = tried.stage()
    record = stage.open(ConformityScreen(stage.surroundings, car, 1))
    assert record.fixed_hint
    tried.finish(number)
    policy = stage.open(InsuranceScreen(stage.surroundings, car, 1))
    record = stage.open(ConformityScreen(stage.surroundings, car, 1))
    assert (record.kind_reason, record.old_insurance_words, record.fixed_hint) == ("", "", "")
    stage.press(CONFORMITY, "F4", record)
    stage.press(INSURANCE, "F4", policy)
    for screen in (record, policy):
        assert AWAITS_CERTIFICATE in said(screen)
        assert screen.shown.control_number == 1


def test_an_old_draft_of_last_time_is_never_ticked_nor_issued(tried: Tried) -> None:
    car = tried.room.a_car()
    with tried.room.database.write() as shelves:
        last = shelves.inspections.add(an_inspection(car, dt.date(2024, 12, 20), Ending.RENEWED)).id
        old = shelves.filings.add(a_filing(vehicle_id=car, inspection_id=last)).control_number
    other = tried.room.a_draft(chassis_number="OTHER-1", plate="水戸500か1")
    stage = tried.stage()
    listed = stage.open(FilingListScreen(stage.surroundings))
    rows = {row[0]: row for row in (listed.rows.row(place) for place in range(listed.rows.count)) if row}
    assert "依頼前(前回)" in rows[str(old)]
    assert "依頼前" in rows[str(other)]
    assert listed.rows.ticked == {other}
    assert tried.room.desk.filings.drafts_among([old, other]) == (other,)
    with pytest.raises(errors.NotAllowed) as caught:
        tried.room.desk.filings.delivery.issue(old)
    assert caught.value.args == (ENDED,)
    assert tried.room.times_filed(old) == 0
    stage = tried.stage()
    stage.press(FILING_PANEL, "1", stage.open(MainScreen(stage.surroundings, car)))
    assert stage.navigator.went == [IssuePlace(car, None)]
    tried.room.desk.filings.delete(old)


def test_a_second_certificate_of_one_inspection_is_refused_while_the_first_one_stands(tried: Tried) -> None:
    car = a_chain(tried.room, tried.clock)
    assert tried.states(car)[1] == ISSUED.word
    with pytest.raises(errors.NotAllowed, match="今回の車検の保適証がすでにあります"):
        tried.room.desk.conformity_book.save(conformity.a_form(tried.room, car), car, None, None)


@pytest.mark.parametrize("many", [False, True])
def test_the_counter_ends_it_by_airas_own_word(tmp_path: Path, many: bool) -> None:  # noqa: FBT001 - both ways of F7
    clock = FixedClock()
    with a_sandbox(clock, pace=REAL) as sandbox:
        way = Interposed(sandbox)
        with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
            tried = Tried(room, clock)
            conformity.prepare_shop(room)
            car = room.a_car()
            number = room.desk.conformity_book.save(
                conformity.a_form(
                    room,
                    car,
                    application_kind="窓口申請",
                    new_insurance_number=conformity.insure(room, car),
                    new_insurer="見本損害保険",
                ),
                car,
                None,
                None,
            ).control_number
            clock.advance(hours=1)
            room.desk.conformity.delivery.issue(number)
            assert tried.states(car)[1] == ISSUED.word
            way.after = done_at_the_counter
            if many:
                assert room.desk.conformity.many.refresh([number]).updated == 1
            else:
                room.desk.conformity.refresh(number)
            assert (tried.states(car)[1], tried.in_lookup(car)) == (NOT_ISSUED.word, "✓ 完了")
            assert room.desk.inspections.history(car)[0].inspection.ending is Ending.COUNTER
            with pytest.raises(errors.NotAllowed, match=AWAITS_CERTIFICATE[:20]):
                room.a_draft(car)


def done_at_the_counter(_request: httpx.Request, response: httpx.Response) -> httpx.Response:
    """Let AIRAS say 申請完 of whatever certificate it tells about."""
    response.read()
    told = response.json()
    changed = {**told, "status": "申請完"} if "status" in told else told
    if "certificates" in told:
        changed = {**told, "certificates": [{**each, "status": "申請完"} for each in told["certificates"]]}
    return httpx.Response(response.status_code, json=changed, headers={"X-Request-Id": "1"})
