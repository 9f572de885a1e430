"""The tour of two desks: the same car moves on both, on one server's database and with one set of services."""

from __future__ import annotations

import dataclasses
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from onestop.paths import DataFolder
from onestop.tour.guide import tell, toured
from onestop.tour.main_steps import confirm, finish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from onestop.app.windows import Windows
    from onestop.tour.guide import Opened
    from onestop.tour.hands import Hands

TERMINALS: Final = ("端末1", "端末2")


def run_shop_tour(out: Path, database_url: str, services_url: str) -> int:
    """Work at two desks in turns and keep pictures of both; returns 0 when every step showed what it should."""
    return toured(out, lambda app, folder: _two_desks(app, folder, out, database_url, services_url))


@contextmanager
def _two_desks(app: QApplication, folder: Path, out: Path, database_url: str, services_url: str) -> Iterator[Opened]:
    from onestop.app.program import Program  # noqa: PLC0415 - the platform is chosen first
    from onestop.app.start import Start  # noqa: PLC0415 - the same
    from onestop.store.keychain import MemorySecrets  # noqa: PLC0415 - the same
    from onestop.tour.hands import Hands  # noqa: PLC0415 - the same

    shop = Start(DataFolder(folder), practice=True, services_url=services_url, database_url=database_url)
    starts = [
        dataclasses.replace(shop, folder=DataFolder(folder / str(number)), terminal=name, secrets=MemorySecrets())
        for number, name in enumerate(TERMINALS, 1)
    ]
    programs = [Program(app, start) for start in starts]
    first, second = (program.windows for program in programs)
    hands = Hands(first, out, tell)
    yield programs, hands, lambda: move_a_car(hands, first, second)


def move_a_car(hands: Hands, first: Windows, second: Windows) -> None:
    """File at one desk, see it at the other; ask there how far it is, and see it at the first one."""
    hands.step("1. 端末1・端末2: 同じデータベースの同じ車両を開きます")
    for desk in (first, second):
        hands.turn_to(desk)
        hands.window("照会")
        hands.shows("成田500さ2608")
        hands.fill("search_text", "2608")
        hands.shows("1件")
        hands.press("Enter", to="ワンストップサービス")
        hands.shows("成田500さ2608", "依頼前")
    hands.side_by_side("shop_begun", first, second)
    hands.step("2. 端末1: 申請書発行で F5 発行")
    hands.turn_to(first)
    _open_filing(hands)
    hands.press("F5")
    confirm(hands, "このまま発行", "受付前")
    hands.press("F12", to="ワンストップサービス")
    hands.shows("受付前")
    hands.step("3. 端末2: 端末1 で発行した申請が、だれも触らなくても見えます")
    hands.told_at(second, "受付前")
    hands.side_by_side("shop_issued", first, second)
    hands.step("4. 端末2: 申請確認 (Alt+K) を手続完了まで")
    hands.turn_to(second)
    hands.window("ワンストップサービス")
    _open_filing(hands)
    finish(hands, "Alt+k", "手続完了")
    hands.press("F12", to="ワンストップサービス")
    hands.step("5. 端末1: 端末2 で確認した手続完了が、だれも触らなくても見えます")
    hands.told_at(first, "完了 (1000000011)")
    hands.side_by_side("shop_finished", first, second)
    _see_changes(hands)
    hands.step("終わり: 同じ車両が2つの端末で同じように進みました")


def _open_filing(hands: Hands) -> None:
    hands.press("Alt+a", "1", to="AINAS申請")


def _see_changes(hands: Hands) -> None:
    hands.step("6. 端末2: 車両の変更の履歴 (Alt+H) に、どの端末で変わったかが残っています")
    hands.press("F5", to="車両")
    hands.press("Alt+h", to="変更の履歴")
    hands.shows(*TERMINALS)
    hands.press("End")
    hands.picture("shop_changes")
    hands.press("F12", to="車両")
    hands.press("F12", to="ワンストップサービス")
