"""How many keys the journeys of the tour take in the real windows; each bound is what a clerk was promised.

Counted is every key that goes down after the car is found: the one that opens it, then all to its 申請ID. Alt with a
letter is one key. What is typed to find the car is counted by itself. `pytest -s` prints the table.
"""

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
from onestop.tour.main_steps import confirm
from onestop.tour.scan_steps import fill_in, symbols
from onestop_sandbox import SandboxServer
from support import insurance
from support.checklist import answer
from support.desks import READY_SECRETS, READY_SETTINGS, a_desk, a_sandbox
from support.program import a_program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

SEARCHED = "1234"
OF_THE_OTHER = "9999"
MOST_KEYS = 7
"""From 照会, with the car found, to the 申請ID."""
MOST_ONE_BY_ONE = 12
MOST_FOR_THE_PAGE = 11
"""確認票 of a car, from ワンストップサービス and back to it: Space and Enter for each of the four, and the way."""
MOST_SCANNED = 20
"""From the symbols of a car that the program has never seen to the 申請ID; a scanner's keys are not a hand's."""


class MovedClock(SystemClock):
    """The machine's clock, moved on by a test: it begins at 9:15 on a weekday, when every service is open."""

    def __init__(self) -> None:
        super().__init__()
        self._moved = dt.datetime(2026, 11, 24, 9, 15, tzinfo=JST) - super().now()

    def now(self) -> dt.datetime:
        return super().now() + self._moved

    def advance(self, **span: float) -> None:
        """Move by datetime.timedelta(**span)."""
        self._moved += dt.timedelta(**span)


class CountingHands(Hands):
    """Hands that count what they press, and what they type."""

    pressed = 0
    typed = 0

    def press(self, *keys: str, to: str = "") -> None:
        self.pressed += len(keys)
        super().press(*keys, to=to)

    def write(self, text: str) -> None:
        self.typed += len(text)
        super().write(text)


def furnish(folder: DataFolder, clock: MovedClock) -> None:
    """A shop with one 検査員, a car whose 確認票 is done, one whose is not, and an insurer that was chosen before."""
    with a_desk(folder.root, clock=clock) as room:
        insurance.a_policy(room, plate="土浦300さ9999", chassis_number="ZN6-999999")
        answer(room, room.a_car())
    inspectors = (InspectorEntry(code="00112345", name="検査一郎"),)
    shop = {"workshop_code": "08-0123", "workshop_name": "見本整備", "inspectors": inspectors}
    save_settings(folder.settings, READY_SETTINGS.model_copy(update=shop))


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def hands(qapp: QApplication, tmp_path: Path, clock: MovedClock) -> Iterator[CountingHands]:
    folder, pictures = DataFolder(tmp_path / "data"), tmp_path / "pictures"
    pictures.mkdir()
    furnish(folder, clock)
    with a_sandbox(clock) as sandbox, SandboxServer(sandbox) as server:
        start = Start(folder, services_url=server.url, secrets=MemorySecrets(READY_SECRETS))
        with a_program(qapp, start, clock) as program:
            made = CountingHands(program.windows, pictures, lambda _text: None)
            made.window("設定")  # without a keychain it opens by itself
            made.press("F12")
            made.window("照会")
            yield made
        assert sum(sandbox.filings.values()) == 1


def find(hands: CountingHands, serial: str = SEARCHED) -> None:
    """Type into 照会, whose field has the focus; count anew from here."""
    hands.typed = 0
    hands.write(serial)
    hands.shows(f"土浦300さ{serial}")
    hands.pressed = 0


def told(journey: str, hands: CountingHands) -> None:
    """Print a line of the table."""
    print(f"{journey}: {hands.pressed} keys, and {hands.typed} to find the car")  # noqa: T201 - what the test is for


@pytest.mark.slow
def test_a_known_car_is_filed_in_seven_keys_once_it_is_found(hands: CountingHands, clock: MovedClock) -> None:
    find(hands)
    hands.press("Enter")
    hands.window("ワンストップサービス")
    file_all(hands, clock)
    told("known car, 連動発行", hands)
    assert hands.pressed <= MOST_KEYS
    assert hands.typed == len(SEARCHED)


@pytest.mark.slow
def test_a_car_whose_page_is_not_done_takes_eleven_keys_more(hands: CountingHands, clock: MovedClock) -> None:
    find(hands, OF_THE_OTHER)
    hands.press("Enter")
    hands.window("ワンストップサービス")
    hands.shows("確認票の未確認4件に答えます")
    before = hands.pressed
    hands.press("Enter")
    hands.window("確認票")
    fill_in(hands)
    told("確認票", hands)
    assert hands.pressed - before <= MOST_FOR_THE_PAGE
    file_all(hands, clock)
    assert hands.pressed <= MOST_KEYS + MOST_FOR_THE_PAGE


@pytest.mark.slow
def test_an_unknown_car_is_filed_in_twenty_keys_from_its_symbols(hands: CountingHands, clock: MovedClock) -> None:
    hands.pressed = hands.typed = 0
    for text in symbols("kei", clock.today()):
        hands.scan(text)
    hands.window("QR読取")
    hands.shows("そろいました")
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
    file_all(hands, clock)
    told("unknown car by its symbols", hands)
    assert hands.pressed <= MOST_SCANNED
    assert hands.typed == 0


def file_all(hands: CountingHands, clock: MovedClock) -> None:
    """連動発行 from ワンストップサービス, with the hour of the registry between."""
    hands.press("Alt+h", "4")
    hands.window("連動発行")
    hands.shows("見込 ¥")
    hands.press("F5")
    hands.shows("届くと、保適証と申請を自動で送信します")
    clock.advance(hours=1)
    hands.shows("3つとも発行しました(申請ID 1")


@pytest.mark.slow
def test_enter_leads_through_the_three_windows_one_by_one(hands: CountingHands, clock: MovedClock) -> None:
    find(hands)
    hands.press("Enter")
    hands.window("ワンストップサービス")
    hands.press("Enter")
    issue_in(hands, "自賠責証明書発行", "このまま発行", "発行しました")
    hands.press("Enter")
    hands.window("適合証・証明証発行")
    clock.advance(hours=1)
    issue_in(hands, "適合証・証明証発行", "このまま送信", "作成済")
    hands.press("Enter")
    hands.window("AINAS申請")
    hands.press("F5")
    confirm(hands, "このまま発行", "受付前")
    told("known car, one by one with Enter", hands)
    assert hands.pressed <= MOST_ONE_BY_ONE


def issue_in(hands: CountingHands, title: str, verb: str, done: str) -> None:
    """F5 in one of the windows, and back to ワンストップサービス."""
    hands.window(title)
    hands.press("F5")
    confirm(hands, verb, done)
    hands.press("F12")
    hands.window("ワンストップサービス")
