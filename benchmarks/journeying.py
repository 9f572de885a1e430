"""A car that the program has never seen, from its QR symbols to F5: how many keys, and how long the program takes."""

from __future__ import annotations

import dataclasses
import time
from typing import TYPE_CHECKING, Final

from benchmarks.children import services
from benchmarks.glass import running
from benchmarks.report import Line, Part, Sizes, median_ms
from benchmarks.searching import a_desk

from onestop.clock import SystemClock
from onestop.services.vehicle.form import VehicleForm
from onestop.store.settings_file import InspectorEntry, Settings, save_settings
from onestop.tour.hands import Hands
from onestop.tour.scan_steps import fill_in, symbols

if TYPE_CHECKING:
    from benchmarks.world import Worlds

    from onestop.paths import DataFolder
    from onestop.services.desk import Desk

HOW: Final = (
    "The symbols of a 軽 come by a scanner that plays keyboard into 照会 of a shop that has worked before; then by keys"
    " 車両, ワンストップサービス, 確認票 and 連動発行, in which F5 sends all three. Every key counts that goes"
    " down, F5 with it, and none of the scanner's; the hands wait for each window, and for nothing else. The time for"
    " which a window that has just opened takes no F5 is in it. It ends when the first of the three is asked for."
)
MOST_KEYS: Final = 20
OPERATION: Final = "ejibai.issuePolicy"
INSURER: Final = "見本損害保険"


class CountingHands(Hands):
    """Hands that count what they press."""

    pressed = 0

    def press(self, *keys: str, to: str = "") -> None:
        """Press, and count."""
        self.pressed += len(keys)
        super().press(*keys, to=to)


def measure(sizes: Sizes, worlds: Worlds) -> Part:
    """Measure on an otherwise empty database."""
    keys = 0
    spans: list[float] = []
    for _ in range(min(3, sizes.rounds)):
        folder = worlds.copy(worlds.folder(0))
        _furnish(folder)
        with services(worlds.root, []) as served, running(folder, served.url) as program:
            hands = CountingHands(program.windows, worlds.root, lambda _text: None)
            hands.window("設定")  # without a keychain it opens by itself
            hands.press("F12")
            hands.window("照会")
            hands.pressed = 0
            began = time.perf_counter()
            _work(hands)
            hands.until("送信", lambda served=served: served.seen(OPERATION))  # type: ignore[misc]
            spans.append(time.perf_counter() - began)
            keys = hands.pressed
    return Part(
        "From QR to F5",
        HOW,
        (
            Line("keys from a car unknown to F5 by QR", keys, "", limit=MOST_KEYS),
            Line("the same in time, without a person's", median_ms(spans)),
        ),
    )


def _furnish(folder: DataFolder) -> None:
    """Let the shop have a 検査員, and an insurer and a person that were named before."""
    with a_desk(folder) as desk:
        _work_before(desk)
    inspectors = (InspectorEntry(code="00112345", name="検査一郎"),)
    sites = Settings(practice=False, requester_site_code="0812345", agent_site_id="D0000123")
    shop = {"workshop_code": "08-0123", "workshop_name": "見本整備", "inspectors": inspectors}
    save_settings(folder.settings, sites.model_copy(update=shop))


def _work_before(desk: Desk) -> None:
    car = VehicleForm(
        area="土浦",
        class_number="300",
        kana="さ",
        serial="9999",
        chassis_number="ZN6-999999",
        owner_name="見本太郎",
        user_is_owner=True,
    )
    vehicle = desk.vehicles.save(desk.vehicles.open(None), car)
    form = dataclasses.replace(desk.insurance.open(vehicle).form, insurer=INSURER)
    desk.insurance.save(form, vehicle, None, None)
    asked = desk.checklists.open(vehicle)
    desk.checklists.save(asked, dataclasses.replace(asked.form, tax="確認済", answered_by="見本花子"))


def _work(hands: Hands) -> None:
    texts = symbols("kei", SystemClock().today())
    for text in texts:
        hands.scan(text)
    hands.window("QR読取")
    hands.shows("そろいました", f"読み取ったシンボル {len(texts)}個")
    hands.press("Enter")
    hands.window("車両 新規")
    hands.shows("QRの内容を入れました")
    hands.press("F10")
    hands.window("照会")
    hands.shows("水戸583の890 を保存しました")
    hands.press("Enter")
    hands.window("ワンストップサービス")
    hands.press("Enter")
    hands.window("確認票")
    fill_in(hands)
    hands.press("Alt+h", "4")
    hands.window("連動発行")
    hands.shows("見込 ¥")
    hands.press("F5")
