"""指定整備元帳 while it asks AIRAS for the 交付ステータス: at opening, by F7, stopped, closed, and in trouble."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import pytest

from onestop.errors import StoreError
from onestop.screens.conformity.airas_asking import ASKING
from onestop.screens.function_keys import LEDGER
from onestop.screens.ledger.ledger_screen import LedgerScreen
from onestop.screens.work_progress import WorkProgress
from onestop.services.delivery.refresh_many import Refreshed
from onestop_sandbox import Kind, Trouble
from support.ledger import a_certificate
from support.outdated import an_outdated_one
from support.screens import InlineBackground, Stage, said

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.desks import DeskRoom


@pytest.fixture
def issued(room: DeskRoom) -> int:
    """Return the 管理番号 of a certificate that AIRAS has got further with than this machine knows."""
    return an_outdated_one(room)


def column(ledger: LedgerScreen, key: str) -> list[str]:
    place = [each.key for each in ledger.rows.columns].index(key)
    return [ledger.rows.row(row)[place] for row in range(ledger.rows.count)]


@pytest.mark.usefixtures("issued")
def test_opening_asks_airas_and_says_nothing_when_it_went_well(stage: Stage, ledger: LedgerScreen) -> None:
    stage.open(ledger)
    assert column(ledger, "status") == ["報告済"]
    assert (said(ledger), ledger.busy, ledger.asking.live.progress) == ("", None, None)
    assert len(stage.navigator.changes) == 1


@pytest.mark.usefixtures("issued")
def test_what_it_tells_the_others_does_not_make_it_read_again(stage: Stage, ledger: LedgerScreen) -> None:
    stage.open(ledger)
    assert len(stage.navigator.changes) == 1
    assert stage.navigator.not_told is ledger
    assert ledger.busy is None


@pytest.mark.usefixtures("issued")
def test_counts_of_an_overtaken_asking_are_not_shown(
    room: DeskRoom, stage: Stage, ledger: LedgerScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(_numbers: object, tell: Callable[[Refreshed], None], _stop: object) -> Refreshed:
        ledger.asking.live.give_up()
        tell(Refreshed(asked=1, wanted=2))
        return Refreshed()

    stage.open(ledger)
    monkeypatch.setattr(room.desk.conformity.many, "refresh", overtaken)
    ledger.asking.ask([1], announce_success=True)
    assert ledger.asking.live.progress is None


@pytest.mark.usefixtures("issued")
def test_f7_asks_airas_about_the_rows_shown_and_says_how_many(stage: Stage, ledger: LedgerScreen) -> None:
    stage.open(ledger)
    stage.press(LEDGER, "F7", ledger)
    assert said(ledger) == "1件の状態を確認しました。"


@pytest.mark.usefixtures("issued")
def test_an_airas_that_cannot_be_asked_leaves_the_ledger_standing(
    room: DeskRoom, stage: Stage, ledger: LedgerScreen
) -> None:
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, "airas.getProgress", status=401))
    stage.open(ledger)
    assert column(ledger, "status") == ["作成済"]
    assert said(ledger).startswith("1件の状態を確認できませんでした(保存済みの内容を表示しています)。")
    assert ledger.can_export()


@pytest.mark.usefixtures("issued")
def test_counts_stand_there_and_stopping_keeps_what_came(room: DeskRoom) -> None:
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    ledger = stage.open(LedgerScreen(stage.surroundings))
    stage.background.work_next()
    assert ledger.busy == ASKING
    assert stage.press(LEDGER, "F11", ledger) == f"[F11 Excel] は使えません: {ASKING}。終わるまでお待ちください。"
    seen: list[object] = []
    stage.view.refreshed = lambda: seen.append(ledger.asking.live.progress)
    ledger.asking.live.stop()
    stage.background.work_all()
    assert said(ledger) == "状態の確認を中止しました。"
    assert column(ledger, "status") == ["作成済"]
    stage.press(LEDGER, "F7", ledger)
    stage.background.work_all()
    assert (1, 1) in [each[:2] for each in seen if isinstance(each, WorkProgress)]


@pytest.mark.usefixtures("issued")
def test_a_window_that_was_closed_asks_nothing_and_hears_nothing(room: DeskRoom) -> None:
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    ledger = stage.open(LedgerScreen(stage.surroundings))
    stage.background.work_next()
    stage.press(LEDGER, "F12", ledger)
    stage.background.work_all()
    assert (said(ledger), stage.navigator.changes) == ("", [])


def test_a_desk_that_broke_while_airas_was_asked_says_so(room: DeskRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    a_certificate(room)
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    ledger = stage.open(LedgerScreen(stage.surroundings))
    stage.background.work_next()

    def broken() -> NoReturn:
        raise StoreError("disk")

    monkeypatch.setattr(room.database, "read", broken)
    ledger.asking.ask([1], announce_success=True)
    stage.background.work_next()
    assert said(ledger) == ""
    stage.background.work_all()
    assert "ファイルの読み書きに失敗" in said(ledger)
    assert ledger.busy is None
