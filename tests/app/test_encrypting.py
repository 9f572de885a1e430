"""照会 says that the data of an earlier version are being encrypted, how far that is, and takes keys meanwhile."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from onestop.app.encrypting import Encrypting
from onestop.app.start import Start
from onestop.screens.desk.opening_words import encrypting
from onestop.store.keychain import ApiSecrets
from onestop.store.settings_file import Settings, save_settings
from onestop.store.sqlite import sealing
from onestop.store.sqlite.engine import is_encrypted
from onestop.store.sqlite.health import is_sound
from support.builders import a_vehicle
from support.clock import FixedClock
from support.databases import a_database
from support.keychains import a_keychain
from support.program import a_program, strip, until
from support.qt import write
from support.screens import InlineBackground

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from PySide6.QtWidgets import QApplication

    from onestop.paths import DataFolder
    from onestop.screens.ports import Message
    from onestop.store.sqlite.key import Key
    from onestop.store.sqlite.row_sums import Summing


def test_it_is_said_while_it_goes_on_and_what_is_typed_is_searched_afterwards(
    qapp: QApplication, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_settings(folder.settings, Settings(practice=False))
    with a_database(folder.root) as database, database.write() as shelves:
        for number in range(300):
            shelves.vehicles.add(a_vehicle(chassis_number=f"ZN6-{100000 + number}"))
    gate = threading.Event()

    def late(path: Path, key: Key, summing: Summing) -> bool:
        assert gate.wait(30)
        return is_sound(path, key, summing)

    monkeypatch.setattr(sealing, "is_sound", late)
    monkeypatch.setattr(sealing, "EVERY", 10)
    keychain, _ = a_keychain(ApiSecrets("k", "p"))
    with a_program(qapp, Start(folder, secrets=keychain)) as program:
        until(lambda: strip(program) == encrypting(3, 0))
        write(program.windows.first().focusWidget(), "100007")
        assert not is_encrypted(folder.database)
        gate.set()
        until(lambda: program.windows.first().screen_shown.count_text == "1件")
        until(lambda: program.desk_access.open_now() is not None and "暗号化" not in strip(program))
        assert is_encrypted(folder.database)


def test_each_step_is_named_and_a_report_that_comes_after_the_end_says_nothing() -> None:
    said: list[Message | None] = []
    telling = Encrypting(InlineBackground(), FixedClock(), said.append)
    hear = telling.begin()
    hear(1, 43)
    assert [each.text for each in said if each] == [encrypting(1, 43)]
    assert "手順1/5: コピー 43%。" in encrypting(sealing.COPY, 43)
    assert "手順2/5: 元のデータとの比較 7%。" in encrypting(sealing.COMPARISON, 7)
    assert "手順3/5: ファイルの検査。" in encrypting(sealing.CHECK, 0)
    assert "手順5/5: 暗号化前のデータの消去 99%。" in encrypting(sealing.WIPING, 99)
    telling.end()
    assert said[1:] == [None]
    telling.end()
    telling.begin()(2, 0)
    telling.end()
    said.clear()
    hear(3, 0)
    assert said == []
