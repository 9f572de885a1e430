"""満了日の予定 in 照会: how many cars have their 満了日 on each of the next days, and the list of one day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from onestop.screens.function_keys import LOOKUP_DAYS
from onestop.screens.vehicle.expiring import DAYS, ExpiringDays
from onestop.screens.vehicle.lookup_words import NO_CAR_THEN
from support.clock import FixedClock
from support.lookup import opened, plates
from support.screens import said

if TYPE_CHECKING:
    from support.desks import DeskRoom
    from support.screens import Stage

TODAY = dt.date(2026, 11, 24)


def counted(counts: dict[dt.date, int]) -> ExpiringDays:
    days = ExpiringDays(FixedClock())
    days.counted(counts)
    return days


def three_cars(room: DeskRoom) -> None:
    """Store one car of the 5th, two of the 8th of December, and others that are too early or too late."""
    days = ((12, 5), (12, 8), (12, 8), (11, 23), (11, 24), (12, 31))
    for number, day in enumerate(days, 1):
        year = 2027 if day == (12, 31) else 2026
        room.a_car(plate=f"土浦300さ{number}", chassis_number=f"ZN6-{number}", expiry_date=dt.date(year, *day))
    room.a_car(plate="土浦300さ7", chassis_number="ZN6-7", expiry_date=None)


def test_there_is_a_bar_for_each_of_sixty_days_with_its_weekday(room: DeskRoom, stage: Stage) -> None:
    three_cars(room)
    bars = opened(stage).expiring.bars
    assert bars is not None
    assert (len(bars.bars), bars.bars[0].key, bars.bars[-1].key) == (DAYS, "2026-11-24", "2027-01-22")
    assert {bar.key: bar.parts for bar in bars.bars if bar.parts != (0,)} == {
        "2026-11-24": (1,),
        "2026-12-05": (1,),
        "2026-12-08": (2,),
    }
    assert bars.bars[11].words == "令和8年12月5日(土) 2026/12/05 1台"
    assert bars.bars[12].words == "令和8年12月6日(日) 2026/12/06 なし"
    assert [bar.pale for bar in bars.bars[10:14]] == [False, True, True, False]


def test_the_ticks_are_mondays_and_the_firsts_and_none_touches_another() -> None:
    bars = counted({TODAY: 1}).bars
    assert bars is not None
    ticks = {bar.key: bar.tick for bar in bars.bars if bar.tick}
    assert ticks == {
        "2026-11-24": "今日",
        "2026-12-01": "12/1",
        "2026-12-07": "7",
        "2026-12-14": "14",
        "2026-12-21": "21",
        "2026-12-28": "28",
        "2027-01-01": "1/1",
        "2027-01-04": "4",
        "2027-01-11": "11",
        "2027-01-18": "18",
    }


def test_the_first_day_with_a_car_is_chosen_until_the_clerk_goes_to_another() -> None:
    days = counted({dt.date(2026, 12, 8): 2})
    assert days.bars is not None
    assert days.bars.chosen == "2026-12-08"
    days.choose("2026-12-09")
    assert days.bars.chosen == "2026-12-09"
    days.choose("2026-11-01")
    assert days.bars.chosen == "2026-12-08"


def test_no_bars_are_drawn_before_they_are_counted_or_without_any_car() -> None:
    assert ExpiringDays(FixedClock()).bars is None
    assert ExpiringDays(FixedClock()).sentence.startswith("満了日を数えています。")
    assert counted({}).bars is None


def test_enter_lists_the_cars_of_the_day(room: DeskRoom, stage: Stage) -> None:
    three_cars(room)
    screen = opened(stage)
    screen.list_day("2026-12-08")
    assert screen.search_text == "満了日 2026/12/08"
    assert sorted(plates(screen)) == ["土浦300さ2", "土浦300さ3"]
    assert stage.view.focused[-1] == "vehicles"


def test_enter_on_a_day_without_a_car_says_so_and_keeps_the_list(room: DeskRoom, stage: Stage) -> None:
    three_cars(room)
    screen = opened(stage)
    screen.list_day("2026-12-09")
    assert (screen.search_text, said(screen)) == ("", NO_CAR_THEN)


def test_a_changed_car_is_counted_anew_and_a_changed_filing_is_not(room: DeskRoom, stage: Stage) -> None:
    screen = opened(stage)
    car = room.a_car(expiry_date=dt.date(2026, 12, 8))
    screen.reload(control_number=1)
    assert not screen.expiring.search_for("2026-12-08")
    screen.reload(vehicle_id=car)
    assert screen.expiring.search_for("2026-12-08")
    screen.choose_day("2026-12-10")
    assert screen.expiring.bars is not None
    assert screen.expiring.bars.words == "令和8年12月10日(木) 2026/12/10 なし"


def test_alt_d_says_how_many_there_are(room: DeskRoom, stage: Stage) -> None:
    three_cars(room)
    screen = opened(stage)
    assert stage.press(LOOKUP_DAYS, "Alt+D", screen) is None
    assert said(screen) == (
        "今日から60日のあいだに満了日が来る車両は4台です。"
        "最初は 令和8年11月24日(火) 2026/11/24 1台、最も多いのは 令和8年12月8日(火) 2026/12/08 2台です。"
    )


def test_where_the_first_day_is_the_busiest_it_is_named_once() -> None:
    assert counted({TODAY: 3}).sentence.endswith("最初は 令和8年11月24日(火) 2026/11/24 3台です。")
    assert counted({}).sentence == "今日から60日のあいだに満了日が来る車両はありません。"
