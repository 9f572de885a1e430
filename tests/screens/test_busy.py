"""What another desk is sending is named with that desk, in 申請書一覧 and on the three panels."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from faults.kinds import KINDS
from onestop import errors
from onestop.model.sending_state import Sending
from onestop.screens.badge import BadgeKind
from onestop.screens.busy import busy_word
from onestop.screens.inspection.main_screen import MainScreen, PanelName
from onestop_sandbox import REAL
from support.builders import a_filing
from support.counters import ListCounter
from support.desks import a_sandbox
from support.screens import Stage
from support.shop import LAPSED, a_shop

if TYPE_CHECKING:
    from pathlib import Path

    from faults.kinds import Sent
    from support.clock import FixedClock

PANELS = dict(zip(KINDS, (PanelName.FILING, PanelName.INSURANCE, PanelName.CONFORMITY), strict=True))


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_panel_names_the_desk_that_is_sending(tmp_path: Path, clock: FixedClock, kind: Sent) -> None:
    name = next(each for each in KINDS if KINDS[each] is kind)
    with a_sandbox(clock, pace=REAL) as sandbox, a_shop(tmp_path, clock, sandbox) as shop:
        kind.save(shop.one.room)
        shop.one.die_with(lambda: kind.service(shop.one.room).issue(1), acted=True)
        stage = Stage(desk=lambda: shop.two.room.desk, clock=clock)
        screen = stage.open(MainScreen(stage.surroundings, kind.stored(shop.two.room).vehicle_id))
        badge = screen.badge(PANELS[name])
        assert (badge.kind, badge.word) == (BadgeKind.WAITING, "端末1 で送信中")
        clock.advance(**LAPSED)
        assert screen.badge(PANELS[name]).word == "確認中"


def test_the_list_names_the_desk_and_asking_waits_for_it(tmp_path: Path, clock: FixedClock) -> None:
    with a_sandbox(clock, pace=REAL) as sandbox, a_shop(tmp_path, clock, sandbox) as shop:
        number = shop.one.room.a_draft()
        shop.one.die_with(lambda: shop.one.room.desk.filings.delivery.issue(number), acted=True)
        counter = ListCounter(shop.two.room)
        counter.stage.clock.moment = clock.moment
        counter.opened()
        assert counter.column("status") == ["端末1 で送信中"]
        with pytest.raises(errors.NotAllowed, match="端末1 が作業中です"):
            shop.two.room.desk.filings.delivery.settle_one(number)
        counter.stage.clock.advance(**LAPSED)
        counter.screen.rows.reread()
        assert counter.column("status") == ["確認中"]


@pytest.mark.parametrize(
    ("state", "terminal", "seconds", "word"),
    [
        (Sending.SENDING, "端末2", 60, "端末2 で送信中"),
        (Sending.UNKNOWN, "端末2", 60, "端末2 で確認中"),
        (Sending.UNKNOWN, "端末2", -1, None),
        (Sending.UNKNOWN, "端末2", None, None),
        (Sending.UNKNOWN, "", 60, None),
        (Sending.UNKNOWN, None, 60, None),
        (Sending.FILED, "端末2", 60, None),
    ],
)
def test_only_a_living_desk_that_others_can_see_is_named(
    clock: FixedClock, state: Sending, terminal: str | None, seconds: int | None, word: str | None
) -> None:
    filing = a_filing(vehicle_id=1, sending=state)
    filing.lease_terminal = terminal
    filing.lease_until = None if seconds is None else clock.now() + dt.timedelta(seconds=seconds)
    assert busy_word(filing, clock.now()) == word
