"""One car through two inspections two years apart, by keys alone in the real windows; the clock is moved between."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop.app.start import Start
from onestop.clock import JST, SystemClock
from onestop.paths import DataFolder
from onestop.store.keychain import MemorySecrets
from onestop.store.settings_file import InspectorEntry, save_settings
from onestop.tour.hands import Hands
from onestop.tour.main_steps import confirm, finish
from onestop_sandbox import SandboxServer
from support.desks import READY_SECRETS, READY_SETTINGS, a_desk, a_sandbox
from support.program import a_program

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

INSURER = "東京海上日動火災保険株式会社"


class MovedClock(SystemClock):
    """The machine's clock, moved on by a test: it begins at 9:15 on a weekday, when every service is open."""

    def __init__(self) -> None:
        super().__init__()
        began = dt.datetime(2026, 11, 24, 9, 15, tzinfo=JST)
        self._moved = began - super().now()

    def now(self) -> dt.datetime:
        return super().now() + self._moved

    def advance(self, **span: float) -> None:
        """Move by datetime.timedelta(**span)."""
        self._moved += dt.timedelta(**span)


def open_car(hands: Hands) -> None:
    """照会 → ワンストップサービス."""
    hands.window("照会")
    hands.fill("search_text", "1234")
    hands.shows("土浦300さ1234")
    hands.press("Enter")
    hands.window("ワンストップサービス")


def answer(hands: Hands) -> None:
    """確認票: each inspection is asked anew."""
    hands.shows("確認票の未確認4件に答えます")
    hands.press("Alt+q")
    hands.window("確認票")
    hands.shows("未確認: 承諾書・納税・放置違反金・リコール")
    for _ in range(4):
        hands.press("Space", "Enter")
    hands.fill("answered_by", "見本花子")
    hands.press("F10")
    hands.shows("保存しました。", "すべて確認済です。")
    hands.press("F12")
    hands.window("ワンストップサービス")


def insure(hands: Hands) -> None:
    """自賠責 by e-JIBAI."""
    hands.shows("未発行")
    hands.press("Alt+j", "1")
    hands.window("自賠責証明書発行")
    hands.fill("insurer", INSURER)
    hands.rest(800)
    hands.press("F5")
    confirm(hands, "このまま発行", "発行しました")
    hands.press("F12")


def certify(hands: Hands) -> None:
    """保適証 by AIRAS."""
    hands.window("ワンストップサービス")
    hands.press("Alt+h", "1")
    hands.window("適合証・証明証発行")
    hands.rest(800)
    hands.press("F5")
    confirm(hands, "このまま送信", "作成済")
    hands.press("F12")


def file(hands: Hands, clock: MovedClock) -> None:
    """連動, F5, and the procedure to its end."""
    hands.window("ワンストップサービス")
    hands.press("Alt+h", "4")
    hands.window("AINAS申請")
    hands.rest(800)
    hands.press("F5")
    confirm(hands, "このまま発行", "受付前")
    clock.advance(days=3)
    finish(hands, "Alt+k", "手続完了")
    hands.press("F12")
    hands.window("ワンストップサービス")


def take_new_certificate(hands: Hands, expiry: str) -> None:
    """車両修正: the 満了日 of the new 車検証."""
    hands.press("F5")
    hands.window("車両")
    hands.fill("expiry_date", expiry)
    hands.press("F10")
    hands.window("ワンストップサービス")


def furnish(folder: DataFolder, clock: MovedClock) -> None:
    """Put the shop's settings and one car into the folder."""
    with a_desk(folder.root, clock=clock) as room:
        room.a_car()
    inspectors = (InspectorEntry(code="00112345", name="検査一郎"),)
    shop = {"workshop_code": "08-0123", "workshop_name": "見本整備", "inspectors": inspectors}
    save_settings(folder.settings, READY_SETTINGS.model_copy(update=shop))


@pytest.mark.slow
def test_one_car_through_two_inspections_two_years_apart(qapp: QApplication, tmp_path: Path) -> None:
    clock, folder = MovedClock(), DataFolder(tmp_path / "data")
    furnish(folder, clock)
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    with a_sandbox(clock) as sandbox, SandboxServer(sandbox) as server:
        start = Start(folder, services_url=server.url, secrets=MemorySecrets(READY_SECRETS))
        with a_program(qapp, start, clock) as program:
            hands = Hands(program.windows, pictures, lambda _text: None)
            hands.window("設定")  # without a keychain it opens by itself
            hands.press("F12")
            open_car(hands)
            answer(hands)
            insure(hands)
            clock.advance(hours=1)
            certify(hands)
            file(hands, clock)
            hands.shows("車検は終わっています", "完了 (1")
            hands.press("Alt+h", "1")
            hands.shows("[1 適合証・証明証発行] は使えません")
            take_new_certificate(hands, "R10.12.20")
            hands.shows("前回", "完了 (1", "未発行")

            clock.advance(days=725)
            hands.press("F12")
            open_car(hands)
            hands.shows("完了 (1", "未発行")
            answer(hands)
            hands.shows("自賠責保険")
            insure(hands)
            clock.advance(hours=1)
            certify(hands)
            file(hands, clock)
            hands.shows("車検は終わっています", "完了 (1")
            hands.press("Alt+r")
            hands.window("車検の履歴")
            hands.shows("2026/12/20", "2028/12/20")
            assert hands.glass().count("手続完了\n") == 2
            hands.press("F12")
        assert sum(sandbox.filings.values()) == 2
