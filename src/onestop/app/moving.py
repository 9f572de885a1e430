"""`onestop move`: takes all data to a server's database, and back, and tells on the console how far it is."""

from __future__ import annotations

import platform
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from onestop.app.console import DATABASE_PASSWORD, ask_on_console, carry_out, say
from onestop.app.data_key import data_key
from onestop.app.opening import keychain_of_desk
from onestop.clock import SystemClock
from onestop.errors import KeyUnkept
from onestop.store.instance import claim
from onestop.store.moving import move_from_server, move_to_server
from onestop.store.postgres.connecting import Door
from onestop.store.postgres.place import parse_place
from onestop.store.postgres.server_clock import ServerClock
from onestop.store.settings_file import Settings, load_settings, save_settings
from onestop.store.sqlite.folder import check_place

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.app.start import Start
    from onestop.clock import Clock
    from onestop.paths import DataFolder
    from onestop.store.sqlite.key import Key

GONE: Final = "{} へ移しました。表ごとの件数とハッシュが一致しました。元のファイルは、そのまま残してあります。".format
BACK: Final = (
    "{} から戻しました。表ごとの件数とハッシュが一致しました。サーバーのデータは、そのまま残してあります。".format
)
LEGIBLE: Final = "資格情報ストアがないため、暗号化していません。次に開くときに、暗号化するかどうかをうかがいます。"
USED: Final = "接続先データベースの設定を変えました。次に開くと、移した先で仕事を続けます。"
TO_USE: Final = (
    "続けるには、設定の接続先データベースを変えるか、同じ onestop move に --use を付けて、もう一度実行してください。"
)
STEP: Final = 10_000
"""Rows after which a table tells again how far it is; so many lots."""


@dataclass(frozen=True, slots=True)
class Move:
    """What the command line says."""

    url: str
    back: bool = False
    """From the server to this machine."""
    use: bool = False
    """Open what was moved from now on."""


def move(start: Start, wanted: Move, clock: Clock | None = None, ask: Callable[[str], str] | None = None) -> int:
    """Move everything; returns the exit code."""
    clock = clock or SystemClock()
    return carry_out(
        start.folder, lambda: _move(start, wanted, clock, ask or ask_on_console), "the data were not moved"
    )


def _move(start: Start, wanted: Move, clock: Clock, ask: Callable[[str], str]) -> None:
    place = parse_place(wanted.url)
    check_place(start.folder)
    with claim(start.folder):
        keychain = start.secrets or keychain_of_desk(start, _settings(start.folder))
        known = keychain.read()
        password = known.database_password or ask(DATABASE_PASSWORD)
        door = Door(place, password, platform.node())
        act = move_from_server if wanted.back else move_to_server
        for each in act(start.folder, door, ServerClock(clock), _progress, _key(start, wanted)):
            say(f"  {each.name:<24}{each.rows:>10,} 件  {each.digest[:16]}")
        say((BACK if wanted.back else GONE)(place.shown))
        if wanted.use and password != known.database_password:
            keychain.write(replace(known, database_password=password))
        if wanted.use:
            url = "" if wanted.back else wanted.url
            save_settings(start.folder.settings, _settings(start.folder).model_copy(update={"database_url": url}))
        say(USED if wanted.use else TO_USE)


def _key(start: Start, wanted: Move) -> Key | None:
    """Return what the file is encrypted with; one that comes back is encrypted as a new one would be, where it can."""
    if not wanted.back:
        start.at_start.plain = True  # no key is made for what is only read
    try:
        return data_key(start)
    except KeyUnkept:
        start.at_start.plain = True
        say(LEGIBLE)
        return data_key(start)


def _settings(folder: DataFolder) -> Settings:
    loaded = load_settings(folder.settings)
    return loaded.settings if loaded.found else Settings(practice=False)


def _progress(table: str, rows: int) -> None:
    if rows and rows % STEP == 0:
        say(f"  {table} {rows:,} 件…")
