"""期日の図: which days of an inspection it shows, where they stand, and the same in words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from onestop.model.ending import Ending
from onestop.model.sending_state import Sending
from onestop.screens.function_keys import MAIN_DAYS
from onestop.screens.inspection.main_screen import NO_DAYS, MainScreen
from onestop.screens.inspection.timeline import DayKind, timeline_of
from support.builders import a_conformity_certificate, a_vehicle, an_insurance_certificate
from support.inspections import a_current
from support.screens import Stage, said

if TYPE_CHECKING:
    from onestop.screens.inspection.timeline import Timeline
    from support.desks import DeskRoom

TODAY = dt.date(2026, 11, 24)
EXPIRY = dt.date(2026, 12, 20)
FILED: dict[str, Any] = {"sending": Sending.FILED}


def whole(today: dt.date = TODAY, expiry: dt.date | None = EXPIRY) -> Timeline | None:
    """Return the days of a car with a 保適証, and the 自賠責 before and for the coming 有効期間."""
    policy = an_insurance_certificate(**FILED, start_date=dt.date(2026, 12, 21), end_date=dt.date(2028, 12, 21))
    old = an_insurance_certificate(**FILED, start_date=dt.date(2024, 12, 1), end_date=dt.date(2026, 12, 21))
    made = a_conformity_certificate(**FILED, inspection_date=dt.date(2026, 11, 20))
    car = a_vehicle(expiry_date=expiry)
    return timeline_of(a_current(car, today, (policy,), made, before=(old,)), today)


def test_each_day_stands_in_its_order_with_its_sign_and_its_name() -> None:
    shown = whole()
    assert shown is not None
    assert [(mark.label, mark.kinds) for mark in shown.marks] == [
        ("満了日の2か月前 2026/10/20", (DayKind.WINDOW,)),
        ("今日 2026/11/24", (DayKind.TODAY,)),
        ("保適証の最終日・最終の検査申請日 2026/12/04", (DayKind.CONFORMITY, DayKind.LAST_APPLICATION)),
        ("満了日 2026/12/20", (DayKind.EXPIRY,)),
        ("前契約の満期日 2026/12/21", (DayKind.POLICY,)),
        ("保険終了日 2028/12/21", (DayKind.POLICY,)),
    ]
    assert shown.window == (dt.date(2026, 10, 20), EXPIRY)


def test_the_sentence_says_how_far_each_day_is() -> None:
    shown = whole()
    assert shown is not None
    assert shown.sentence == (
        "満了日の2か月前 2026/10/20(35日前)、今日 2026/11/24、保適証の最終日・最終の検査申請日 2026/12/04(あと10日)、"
        "満了日 2026/12/20(あと26日)、前契約の満期日 2026/12/21(あと27日)、保険終了日 2028/12/21(あと758日)。"
    )


def test_a_day_far_away_stands_at_the_end_of_the_line_and_stretches_it_not() -> None:
    shown = whole()
    assert shown is not None
    assert (shown.first, shown.last) == (dt.date(2026, 10, 20), dt.date(2026, 12, 21))
    assert [shown.place(mark.day) for mark in shown.marks][-2:] == [1.0, 1.0]
    assert [shown.beyond(mark.day) for mark in shown.marks] == [0, 0, 0, 0, 0, 1]
    early = whole(today=dt.date(2026, 3, 1))
    assert early is not None
    assert (early.beyond(early.today), early.place(early.today)) == (-1, 0.0)


def test_nothing_is_drawn_without_a_car_or_its_expiry_date() -> None:
    assert timeline_of(None, TODAY) is None
    assert whole(expiry=None) is None


def test_nothing_is_drawn_while_the_new_certificate_is_waited_for() -> None:
    current = a_current(a_vehicle(expiry_date=EXPIRY), TODAY, ending=Ending.FINISHED)
    assert current.awaits_certificate
    assert timeline_of(current, TODAY) is None


def test_a_car_without_anything_else_has_its_window_today_and_its_expiry_date(room: DeskRoom, stage: Stage) -> None:
    screen = stage.open(MainScreen(stage.surroundings, room.a_car(expiry_date=EXPIRY)))
    assert screen.timeline is not None
    assert [mark.kinds for mark in screen.timeline.marks] == [(DayKind.WINDOW,), (DayKind.TODAY,), (DayKind.EXPIRY,)]


def test_alt_t_says_the_days_in_the_strip(room: DeskRoom, stage: Stage) -> None:
    screen = stage.open(MainScreen(stage.surroundings, room.a_car(expiry_date=EXPIRY)))
    assert stage.press(MAIN_DAYS, "Alt+T", screen) is None
    assert said(screen) == "満了日の2か月前 2026/10/20(35日前)、今日 2026/11/24、満了日 2026/12/20(あと26日)。"


def test_alt_t_says_why_there_are_no_days(room: DeskRoom, stage: Stage) -> None:
    screen = stage.open(MainScreen(stage.surroundings, room.a_car(expiry_date=None)))
    assert stage.press(MAIN_DAYS, "Alt+T", screen) == f"[Alt+T 期日] は使えません: {NO_DAYS}"
    screen.tell_days()
    assert said(screen) == ""
