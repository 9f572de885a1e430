"""How many keys a new car takes that is typed from its 車検証, from F4 新規 in 照会 to 保存, in the real windows.

What is counted: every key that a hand presses: F4, each letter and digit, Enter, Alt with its letter as one, 保存. Text
of the input method counts as its romaji, Space to convert it and Enter to confirm it; kana and digits that are not
converted, without Space. The input method itself cannot run here: its text comes confirmed, its keys are reckoned.
A switch of the input method is a step from a field that keeps it out into one that lets it in, or back, where something
is typed in both; the program makes it, no key does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from onestop.app.start import Start
from onestop.clock import SystemClock
from onestop.paths import DataFolder
from onestop.screens.function_keys import VEHICLE
from onestop.services.vehicle.form import differing_fields
from onestop.store.keychain import MemorySecrets
from onestop.store.settings_file import save_settings
from onestop.tour.hands import Hands
from onestop_sandbox import SandboxServer
from support.desks import READY_SECRETS, READY_SETTINGS, a_desk, a_sandbox
from support.program import a_program
from support.qt import confirm, lets_compose

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

BEFORE = 263
"""The same with every field typed out, as issue 11 counted it."""
MOST = 140
SAVE = next(row.key for row in VEHICLE if row.label == "保存")


class Typist:
    """Types into the real windows and counts, part by part."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        self.parts: list[tuple[str, int]] = []
        self.switches = 0
        self._composed: bool | None = None

    @property
    def total(self) -> int:
        return sum(keys for _, keys in self.parts)

    def table(self, title: str) -> str:
        rows = "\n".join(f"{keys:4}  {what}" for what, keys in self.parts)
        return f"\n{title}\n{rows}\n{self.total:4}  キー、日本語入力の切り替え {self.switches} 回"

    def press(self, what: str, *keys: str) -> None:
        """Press single keys."""
        self.hands.press(*keys)
        self._count(what, len(keys))

    def type(self, field: str, text: str, *, enter: bool = True) -> None:
        """Type a code into the field where the focus is, and go on with Enter."""
        self._stands_in(field)
        QTest.keyClicks(self._focused(), text)
        self._count(field, len(text) + enter)
        if enter:
            self.hands.press("Enter")

    def compose(self, field: str, romaji: str, text: str, *, converted: bool = True) -> None:
        """Write by the input method, and go on with Enter."""
        self._stands_in(field)
        confirm(self._focused(), text)
        self._count(field, len(romaji) + (3 if converted else 2))
        self.hands.press("Enter")

    def choose(self, field: str, digit: str, word: str) -> None:
        """Choose by digit, look, and go on with Enter."""
        self._stands_in(field)
        self.hands.press(digit)
        box = QApplication.focusWidget()
        assert isinstance(box, QComboBox)
        assert box.currentText().endswith(word)
        self._count(field, 2)
        self.hands.press("Enter")

    def leave(self, field: str) -> None:
        """Look at a value that is right already, and go on with Enter."""
        self._stands_in(field, typed=False)
        self._count(field, 1)
        self.hands.press("Enter")

    def _count(self, what: str, keys: int) -> None:
        self.parts.append((what, keys))

    def _focused(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def _stands_in(self, field: str, *, typed: bool = True) -> None:
        self.hands.until(f"欄 {field}", lambda: self._focused().objectName() == field)
        composes = lets_compose(self._focused())
        if typed and not isinstance(self._focused(), QComboBox):
            self.switches += self._composed is not None and composes != self._composed
            self._composed = composes


def type_head(typist: Typist, serial: str, chassis: str) -> None:
    """The plate, the 車台番号, the 満了日, the owner: what is of this car alone."""
    typist.press("F4 新規", "F4")
    typist.hands.window("車両 新規")
    typist.compose("registration_number_area", "tutiura", "土浦")
    typist.type("registration_number_class_number", "300")
    typist.compose("registration_number_kana", "sa", "さ", converted=False)
    typist.type("registration_number_serial", serial)
    typist.type("chassis_number", chassis)
    typist.type("expiry_date", "090314")
    typist.compose("owner_name", "mihontarou", "見本太郎")
    typist.type("owner_postcode", "3060011", enter=False)  # the seventh digit leads on
    typist.compose("owner_address1", "1-2-3", "1-2-3", converted=False)
    typist.leave("user_is_owner")
    typist.leave("user_kind")


def type_pair(typist: Typist) -> None:
    typist.type("type_designation", "17128")
    typist.type("classification_number", "0021")


def type_rest(typist: Typist) -> None:
    """All that cars of a type have in common."""
    typist.type("first_registration", "0312")
    typist.choose("body_shape", "1", "箱型")
    typist.choose("vehicle_name", "1", "トヨタ")
    typist.type("model_code", "DBA-ZN6")
    typist.type("engine_model", "FA20")
    typist.type("displacement", "1.99")
    typist.choose("fuel", "1", "ガソリン")
    typist.type("capacity", "4")
    typist.type("weight_kg", "1240")
    typist.type("length_cm", "424")
    typist.type("width_cm", "177")
    typist.type("height_cm", "130")
    typist.type("ff_axle_kg", "700")


@pytest.fixture
def hands(qapp: QApplication, tmp_path: Path) -> Iterator[Hands]:
    clock, folder = SystemClock(), DataFolder(tmp_path / "data")
    with a_desk(folder.root, clock=clock):
        pass
    save_settings(folder.settings, READY_SETTINGS)
    with a_sandbox(clock) as sandbox, SandboxServer(sandbox) as server:
        start = Start(folder, services_url=server.url, secrets=MemorySecrets(READY_SECRETS))
        with a_program(qapp, start, clock) as program:
            (tmp_path / "pictures").mkdir()
            hands = Hands(program.windows, tmp_path / "pictures", lambda _text: None)
            hands.window("設定")  # without a keychain it opens by itself
            hands.press("F12")
            hands.window("照会")
            yield hands


@pytest.mark.slow
def test_a_new_car_takes_fewer_than_140_keys(hands: Hands, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = Typist(hands), Typist(hands)
    type_head(first, "1234", "ZN6-012345")
    type_pair(first)
    type_rest(first)
    first.press("保存", SAVE)
    hands.window("照会")
    hands.shows("土浦300さ1234")

    type_head(second, "5678", "ZN6-067890")
    type_pair(second)
    hands.shows("Alt+D で同じ型の値")
    second.press("同じ型の値", "Alt+d")
    hands.shows("同じ型の車両の値を")
    second.type("first_registration", "0312")
    second.press("保存", SAVE)
    hands.window("照会")
    hands.shows("土浦300さ5678")

    with a_desk(tmp_path / "data") as room:
        newer, older = (room.desk.vehicles.open(each.vehicle_id).form for each in room.desk.vehicles.search(""))
    assert [*differing_fields(older, newer)] == ["serial", "chassis_number"]
    assert newer.owner_address1 == "茨城県古河市東1-2-3"
    assert (newer.use, newer.gross_weight_kg, newer.rr_axle_kg) == ("乗用", "1460", "540")
    with capsys.disabled():
        print(first.table("新しい型の車両"), second.table("同じ型の車両が登録されている車両"), sep="\n")  # noqa: T201 - what it is for
    assert second.total < first.total < MOST < BEFORE
