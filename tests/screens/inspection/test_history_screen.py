"""車検の履歴: what a car's inspections show, ending one by hand, and taking that back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from onestop.errors import NoRoom
from onestop.model.ending import Ending
from onestop.model.sending_state import Sending
from onestop.screens.display import car_words
from onestop.screens.function_keys import HISTORY, HISTORY_BUTTONS
from onestop.screens.inspection.history_screen import NO_RECORD, NO_ROWS, NOT_CHOSEN, HistoryScreen
from onestop.screens.inspection.last_inspection import last_conformity, last_filing, last_insurance
from onestop.screens.places import ConformityPlace, InsurancePlace, IssuePlace
from onestop.screens.ports import Tone
from onestop.services.inspection.current import InspectionRecords
from onestop.services.inspection.service import FOLLOWED, NO_REASON, NONE_OPEN, NOT_BY_HAND, TOO_LATE, InspectionService
from support.builders import BUILT_AT, a_conformity_certificate, a_filing, an_insurance_certificate
from support.clock import FixedClock
from support.desks import DeskRoom, a_desk
from support.inspections import an_inspection
from support.screens import Change, Stage, said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onestop.screens.places import Place


@dataclass(frozen=True, slots=True)
class Here:
    """A stage, the desk behind it, and its car."""

    room: DeskRoom
    stage: Stage
    car: int

    def open(self) -> HistoryScreen:
        return self.stage.open(HistoryScreen(self.stage.surroundings, self.car))

    def inspect(self, **changes: object) -> int:
        """Store an inspection of the car with a 自賠責, a 保適証 and a 申請 of its own; return its id."""
        with self.room.database.write() as shelves:
            begun = an_inspection(self.car)
            for name, value in changes.items():
                setattr(begun, name, value)
            mine = shelves.inspections.add(begun).id
            same: dict[str, Any] = {"vehicle_id": self.car, "inspection_id": mine}
            shelves.insurance.add(an_insurance_certificate(**same))
            shelves.conformity.add(a_conformity_certificate(**same, certificate_number=f"111234567{mine}"))
            number = f"200000000{mine}"
            shelves.filings.add(a_filing(**same, sending=Sending.FILED, filing_id=number, status="受付前"))
        return mine


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Here]:
    clock = FixedClock()
    with a_desk(tmp_path, clock=clock) as room:
        yield Here(room, Stage(desk=lambda: room.desk, clock=clock), room.a_car())


ENDED = {"ended_at": BUILT_AT, "ending": Ending.RENEWED, "renews": dt.date(2024, 12, 20)}


def test_a_car_without_inspections_says_how_the_first_one_begins(here: Here) -> None:
    screen = here.open()
    assert screen.empty_text == NO_ROWS
    assert screen.car == car_words(here.room.desk.vehicles.car(here.car))
    assert here.stage.press(HISTORY, "F2", screen) == f"[F2 車検の終了] は使えません: {NONE_OPEN}"
    assert here.stage.press(HISTORY_BUTTONS, "Alt+T", screen) == f"[Alt+T 終了の取消] は使えません: {NONE_OPEN}"
    assert here.stage.press(HISTORY, "F5", screen) == f"[F5 申請書] は使えません: {NOT_CHOSEN}"
    screen.end()
    screen.open_filing()
    screen.open_conformity()
    screen.open_insurance()
    assert here.stage.navigator.went == []


def test_the_newest_stands_first_with_what_was_made_for_it(here: Here) -> None:
    here.inspect(**ENDED)
    here.inspect(renews=dt.date(2026, 12, 20), inspection_date=dt.date(2026, 11, 24))
    screen = here.open()
    assert screen.rows.row(0) == (
        *("2026/12/20", "2026/11/24", "2026/11/24", "–", "今回の車検"),
        *("A123456789", "1112345672", "2000000002", "受付前", "–"),
    )
    assert screen.rows.row(1)[:5] == ("2024/12/20", "2026/11/24", "–", "2026/11/24", "新しい車検証")


@pytest.mark.parametrize(
    ("key", "way"),
    [("F5", IssuePlace(None, 1)), ("Alt+H", ConformityPlace(1, 1)), ("Alt+J", InsurancePlace(1, 1))],
)
def test_a_key_opens_what_was_made_for_the_chosen_one(here: Here, key: str, way: Place) -> None:
    here.inspect(**ENDED)
    here.inspect()
    screen = here.open()
    screen.choose(1)
    screen.choose(7)
    assert here.stage.press((*HISTORY, *HISTORY_BUTTONS), key, screen) is None
    assert here.stage.navigator.went == [way]


def test_what_an_inspection_lacks_cannot_be_opened(here: Here) -> None:
    with here.room.database.write() as shelves:
        shelves.inspections.add(an_inspection(here.car))
    screen = here.open()
    for key, label, noun in (
        ("F5", "申請書", "申請"),
        ("Alt+H", "保適証", "保適証"),
        ("Alt+J", "自賠責", "自賠責"),
    ):
        assert (
            here.stage.press((*HISTORY, *HISTORY_BUTTONS), key, screen)
            == f"[{key} {label}] は使えません: {NO_RECORD.format(noun=noun)}"
        )
    assert screen.rows.row(0)[5:] == ("–",) * 5


def test_an_ending_that_the_disk_refuses_blames_no_field(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    here.inspect()
    screen = here.open()
    screen.editor.edit("reason", "窓口へ持ち込んだ")

    def full(*_given: object) -> None:
        raise NoRoom

    monkeypatch.setattr(InspectionService, "end", full)
    here.stage.press(HISTORY, "F2", screen)
    here.stage.view.answer("終了する")
    assert screen.editor.problems == ()
    assert screen.editor.form.reason == "窓口へ持ち込んだ"
    assert screen.message is not None
    assert screen.message.text.startswith("ディスクがいっぱい")


def test_ending_wants_a_reason_and_names_what_is_still_at_ainas(here: Here) -> None:
    here.inspect()
    screen = here.open()
    assert here.stage.press(HISTORY, "F2", screen) is None
    assert screen.editor.problem("reason") == NO_REASON
    screen.editor.edit("reason", "窓口へ持ち込んだ")
    assert screen.editor.problem("reason") is None
    assert said(screen) == ""
    screen.editor.edit("ending", Ending.COUNTER.value)
    here.stage.press(HISTORY, "F2", screen)
    assert "2000000001" in here.stage.view.asked.text
    assert "二重" in here.stage.view.asked.text
    here.stage.view.answer("戻る")
    assert screen.can_end()
    here.stage.press(HISTORY, "F2", screen)
    here.stage.view.answer("終了する")
    assert screen.message is not None
    assert "窓口で終了" in screen.message.text
    assert screen.rows.row(0)[4] == "窓口で終了"
    assert screen.rows.row(0)[9] == "窓口へ持ち込んだ"
    assert here.stage.navigator.changes == [Change(here.car)]
    assert screen.editor.form.reason == ""


def test_a_reason_that_is_too_long_is_blamed_at_its_field(here: Here) -> None:
    here.inspect()
    screen = here.open()
    screen.editor.edit("reason", "長" * 201)
    here.stage.press(HISTORY, "F2", screen)
    here.stage.view.answer("終了する")
    assert screen.editor.problem("reason") == "理由は200字までです。"
    assert screen.can_end()


def test_a_filing_that_is_over_or_forgotten_is_not_warned_of(here: Here) -> None:
    here.inspect()
    with here.room.database.write() as shelves:
        shelves.filings.get(1).forgotten = True
    screen = here.open()
    screen.editor.edit("reason", "AINASにない")
    here.stage.press(HISTORY, "F2", screen)
    assert "二重" not in here.stage.view.asked.text


def test_the_end_can_be_taken_back_the_same_day_alone(here: Here) -> None:
    here.inspect()
    screen = here.open()
    screen.editor.edit("reason", "取りやめ")
    here.stage.press(HISTORY, "F2", screen)
    here.stage.view.answer("終了する")
    assert here.stage.press(HISTORY_BUTTONS, "Alt+T", screen) is None
    assert screen.rows.row(0)[4] == "今回の車検"
    assert here.stage.press(HISTORY_BUTTONS, "Alt+T", screen) == f"[Alt+T 終了の取消] は使えません: {FOLLOWED}"
    screen.editor.edit("reason", "取りやめ")
    here.stage.press(HISTORY, "F2", screen)
    here.stage.view.answer("終了する")
    assert isinstance(here.stage.clock, FixedClock)
    here.stage.clock.advance(days=1)
    assert here.stage.press(HISTORY_BUTTONS, "Alt+T", screen) == f"[Alt+T 終了の取消] は使えません: {TOO_LATE}"


def test_what_ended_by_itself_cannot_be_taken_back(here: Here) -> None:
    here.inspect(**ENDED)
    assert here.stage.press(HISTORY_BUTTONS, "Alt+T", here.open()) == f"[Alt+T 終了の取消] は使えません: {NOT_BY_HAND}"


def test_it_is_read_again_when_its_car_or_a_filing_was_changed(here: Here) -> None:
    screen = here.open()
    here.inspect()
    screen.reload(vehicle_id=here.car + 1)
    assert screen.rows.count == 0
    screen.reload(vehicle_id=here.car)
    assert screen.rows.count == 1
    screen.reload(control_number=1)
    screen.reload()
    assert screen.position == 0


def test_a_filing_that_was_sent_back_is_loud(here: Here) -> None:
    here.inspect()
    with here.room.database.write() as shelves:
        shelves.filings.get(1).status = "差戻"
    screen = here.open()
    assert screen.rows.tone(0) is Tone.WARNING


def test_the_panels_say_of_the_last_one_no_more_than_is_known() -> None:
    ended = an_inspection(ending=Ending.FINISHED)
    assert (last_insurance(None), last_conformity(None), last_filing(None)) == ("", "", "")
    bare = InspectionRecords(ended)
    assert (last_insurance(bare), last_conformity(bare), last_filing(bare)) == ("", "", "2026/11/24 完了")
    undated = InspectionRecords(
        ended, (an_insurance_certificate(end_date=None),), (a_conformity_certificate(issue_date=None),)
    )
    assert (last_insurance(undated), last_conformity(undated)) == ("", "")
    whole = InspectionRecords(
        ended, (an_insurance_certificate(),), (a_conformity_certificate(),), (a_filing(filing_id="2000000001"),)
    )
    assert last_insurance(whole) == "2028/12/20まで (A123456789)"
    assert last_conformity(whole) == "2026/11/24 交付 (1112345678)"
    assert last_filing(whole) == "2026/11/24 完了 (2000000001)"
