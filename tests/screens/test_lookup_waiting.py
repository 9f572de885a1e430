"""照会 while it waits: answers that come late, a desk that is not open yet, and a desk that does not open."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from onestop.errors import DataFolderInUse, StoreError
from onestop.screens.function_keys import LOOKUP, LOOKUP_BUTTONS
from onestop.screens.places import MainPlace
from onestop.screens.ports import Begin, Tone
from onestop.screens.vehicle.lookup_screen import LookupScreen
from onestop.screens.vehicle.lookup_words import NOT_OPEN, OPENING
from support.lookup import opened, plates
from support.screens import InlineBackground, Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.errors import OneStopError
    from onestop.screens.ports import Ticket
    from onestop.services.desk import Desk
    from support.desks import DeskRoom

Result = TypeVar("Result")


class LateAnswers(InlineBackground):
    """Does work at once and holds back its answers."""

    def run(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[OneStopError], None],
        *,
        begin: Begin = Begin.AT_ONCE,
    ) -> Ticket:
        result = work()
        return super().run(lambda: result, done, failed, begin=begin)


def test_a_later_answer_overtakes_an_earlier_one(room: DeskRoom) -> None:
    room.a_car(plate="土浦300さ1")
    room.a_car(plate="土浦300さ22", chassis_number="ZN6-000002")
    background = LateAnswers(held=True)
    screen = opened(Stage(desk=lambda: room.desk, background=background))
    background.work_all()
    screen.type("1")
    screen.type("22")
    before = screen.searching
    background.work_last()
    assert plates(screen) == ["土浦300さ22"]
    assert (before, screen.searching) == (True, False)
    background.work_all()
    assert plates(screen) == ["土浦300さ22"]


def test_one_worker_waits_for_the_desk_however_much_is_typed(room: DeskRoom) -> None:
    room.a_car(plate="土浦300さ22")
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    screen = opened(stage)
    jobs = stage.background.jobs
    for text in ("土", "土浦", "土浦3"):
        screen.type(text)
    assert stage.background.jobs == jobs
    stage.background.work_all()
    assert plates(screen) == ["土浦300さ22"]


def test_what_is_typed_while_the_first_answer_comes_is_searched_too(room: DeskRoom) -> None:
    room.a_car(plate="土浦300さ1")
    room.a_car(plate="土浦300さ22", chassis_number="ZN6-000002")
    background = LateAnswers(held=True)
    screen = opened(Stage(desk=lambda: room.desk, background=background))
    screen.type("22")
    background.work_next()
    before = screen.searching
    assert screen.empty_text == OPENING
    background.work_all()
    assert plates(screen) == ["土浦300さ22"]
    assert (before, screen.searching) == (True, False)


def test_before_the_desk_is_open_typing_and_keys_wait(room: DeskRoom) -> None:
    car = room.a_car(plate="土浦300さ22")
    room.a_car(plate="土浦300さ1", chassis_number="ZN6-000002")
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    screen = opened(stage)
    assert screen.empty_text == OPENING
    assert screen.count_text == ""
    screen.type("22")
    assert stage.press(LOOKUP_BUTTONS, "Alt+W", screen) is None
    assert stage.press(LOOKUP_BUTTONS, "Alt+W", screen) is None
    assert stage.navigator.went == []
    stage.background.work_all()
    assert stage.navigator.went == [MainPlace(car)]


def test_a_key_that_waited_for_nothing_says_so(room: DeskRoom) -> None:
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    screen = opened(stage)
    stage.press(LOOKUP, "F5", screen)
    stage.background.work_all()
    assert stage.navigator.went == []
    assert screen.message is not None
    assert "F4 新規" in screen.message.text


def test_enter_right_after_typing_opens_what_was_typed_and_not_what_stood_there(room: DeskRoom) -> None:
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    wanted = room.a_car(plate="土浦300さ22")
    room.a_car(plate="土浦300さ1", chassis_number="ZN6-000002")
    screen = opened(stage)
    stage.background.work_all()
    screen.type("22")
    stage.press(LOOKUP_BUTTONS, "Alt+W", screen)
    stage.background.work_all()
    assert stage.navigator.went == [MainPlace(wanted)]


def test_trouble_at_opening_is_told_and_drops_what_waited() -> None:
    def broken() -> Desk:
        raise StoreError

    stage = Stage(desk=broken, background=InlineBackground(held=True))
    assert LookupScreen(stage.surroundings).empty_text == OPENING
    screen = opened(stage)
    stage.press(LOOKUP_BUTTONS, "Alt+W", screen)
    stage.background.work_all()
    assert screen.message is not None
    assert screen.message.tone is Tone.ERROR
    assert not screen.searching
    assert screen.empty_text == NOT_OPEN
    screen.reload()
    assert screen.empty_text == OPENING
    stage.background.work_all()
    assert screen.empty_text == NOT_OPEN
    assert stage.navigator.went == []


def test_after_trouble_the_next_key_searches_again(room: DeskRoom) -> None:
    room.a_car()
    answers: list[Desk | None] = [None, None]

    def desk() -> Desk:
        answer = answers.pop() if answers else room.desk
        if answer is None:
            raise StoreError
        return answer

    screen = opened(Stage(desk=desk))
    tones = [screen.message and screen.message.tone]
    screen.type("1234")
    tones.append(screen.message and screen.message.tone)
    assert tones == [Tone.ERROR, None]
    assert screen.found.count == 1


def test_what_was_asked_while_the_opening_failed_is_asked_again(room: DeskRoom) -> None:
    room.a_car(plate="土浦300さ22")
    failures = [DataFolderInUse()]

    def desk() -> Desk:
        if failures:
            raise failures.pop()
        return room.desk

    stage = Stage(desk=desk, background=InlineBackground(held=True))
    screen = opened(stage)
    screen.reload()
    stage.background.work_all()
    assert plates(screen) == ["土浦300さ22"]


def test_f9_waits_for_its_car_too_and_shows_one_estimate(room: DeskRoom) -> None:
    room.a_car(plate="土浦300さ22")
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    screen = opened(stage)
    assert stage.press(LOOKUP, "F9", screen) is None
    assert stage.press(LOOKUP, "F9", screen) is None
    stage.background.work_all()
    ((sheets, _kept),) = stage.view.previews
    assert [sheet.document.title for sheet in sheets] == ["見積書"]


def test_f9_and_f8_open_one_window_however_fast_they_are_pressed(room: DeskRoom) -> None:
    room.a_car(plate="土浦300さ22")
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    screen = opened(stage)
    stage.background.work_all()
    assert stage.press(LOOKUP, "F9", screen) is None
    for key in ("F9", "F8"):
        assert "印刷を準備中" in str(stage.press(LOOKUP, key, screen))
    stage.background.work_all()
    assert (len(stage.view.previews), stage.view.save_requests) == (1, [])
