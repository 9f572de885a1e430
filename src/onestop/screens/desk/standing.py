"""What the status line of every window shows: where the desk stands with the world."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.clock import JST
from onestop.model.wareki import format_western
from onestop.screens.wording import SPANS

if TYPE_CHECKING:
    from onestop.services.backups import BackupStanding
    from onestop.services.hours import PlannedHours
    from onestop.services.standing import DeskStanding


@dataclass(frozen=True, slots=True)
class Standing:
    """Connection, hours, terminal and keychain, in words for the clerk."""

    connection: str
    """Where requests go, such as 本番 接続中; in practice 練習中 stands before it."""
    practice: bool = False
    """練習モード: the whole window gets a coloured frame."""
    hours: str = ""
    """The service hours, such as AINAS 08:00–22:00 受付中  AIRAS 8:00–20:00(2017年の表) 時間外(1/4 8:00から)."""
    terminal: str = ""
    """The operator's terminal: the name of this machine."""
    operator: str = dataclasses.field(default="", repr=False)
    """Who sits at the desk, where the shop has operators."""
    newer_version: str = ""
    """That there is a newer version, said beside the terminal: it hurries nobody."""
    warning: str | None = None
    """What the clerk must know all the time, such as a missing keychain."""
    server: str = dataclasses.field(default="", repr=False)
    """What is wrong with the server of a shared database."""


OPENING: Final = Standing("準備中…")
"""What is shown until the desk is open."""
NOT_OPEN: Final = Standing("開いていません")
"""What is shown when it could not be opened."""
NO_KEYCHAIN = "資格情報ストアなし: APIキーは終了まで保持"
CLOSED = "closed"
STATES = {"open": "受付中", CLOSED: "時間外", "maintenance": "メンテナンス中"}


def in_words(facts: DeskStanding) -> Standing:
    """Put the facts into words; a state that we don't know is shown as it came."""
    no_keychain = "" if facts.in_keychain else NO_KEYCHAIN
    warnings = (facts.trouble, no_keychain, _backup(facts.backup), _clock(facts.clock_ahead))
    return Standing(
        practice=facts.practice,
        connection=_connection(facts),
        hours=_hours(facts),
        terminal=facts.terminal,
        newer_version=f"新しい版 {facts.newer_version} があります" if facts.newer_version else "",
        warning=" ".join(filter(None, warnings)) or None,
    )


def _backup(backup: BackupStanding) -> str:
    """Say the worse of both troubles: the line is short."""
    if not backup.late:
        return "バックアップの2つ目の保存先に書けません" if backup.second_fails else ""
    if backup.last is None:
        return "バックアップなし: ディスクの空きを確認"
    last = backup.last.astimezone(JST)
    day = f"{last.month}/{last.day}"
    if backup.on_server:
        return f"サーバーのバックアップは{day}が最後: サーバーの管理者に確認"
    return f"バックアップは{day}が最後: ディスクの空きを確認"


def _clock(ahead: dt.timedelta) -> str:
    """Say by how much this machine's clock is wrong, and what to do about it."""
    if not ahead:
        return ""
    seconds, way = abs(ahead).total_seconds(), "進んで" if ahead > dt.timedelta() else "遅れて"
    size, unit = next((each for each in SPANS if seconds >= each[0]), SPANS[-1])
    return f"時計が約{round(seconds / size)}{unit}{way}います: 日付と時刻を確認"


def _connection(facts: DeskStanding) -> str:
    if facts.practice and not facts.shared:
        return "内蔵の練習サービス"
    if not facts.address:
        return "接続先が未設定です"
    host = facts.address.partition("://")[2].partition("/")[0]
    word = {None: "確認中", True: "接続済", False: "接続できません"}[facts.reachable]
    if facts.practice:
        return f"共用の練習サービス {word}"
    return f"本番 {host} {word}"


def _hours(facts: DeskStanding) -> str:
    """Name both services' hours; those of a table with the table's date."""
    told = f"{facts.opens_at}–{facts.closes_at}" if facts.opens_at and facts.closes_at else ""
    ainas = ("AINAS", told or _planned(facts.ainas_hours), _ainas_state(facts))
    airas = ("AIRAS", _planned(facts.airas_hours), _closed(facts.airas_hours))
    return "  ".join(" ".join(filter(None, service)) for service in (ainas, airas) if any(service[1:]))


def _planned(hours: PlannedHours) -> str:
    """Name the hours of the table, and of when it is."""
    if not hours.span:
        return ""
    if hours.since is not None:
        return f"{hours.span}({format_western(hours.since)}からの表)"
    return f"{hours.span}({'設定の表' if hours.own else '2017年の表'})"


def _ainas_state(facts: DeskStanding) -> str:
    """Say what AINAS says of itself; what the table says only while it has not been heard."""
    if not facts.state:
        return _closed(facts.ainas_hours)
    by_table = _closed(facts.ainas_hours, facts.opens_at) if facts.state == CLOSED else ""
    return by_table or STATES.get(facts.state, facts.state)


def _closed(hours: PlannedHours, opens_at: str | None = None) -> str:
    """Say by the table that a service is closed, and until when; its own time of opening goes before the table's."""
    opening = hours.opens_next
    if opening is None:
        return ""
    time = opens_at or f"{opening.hour}:{opening.minute:02}"
    return f"{STATES[CLOSED]}({opening.month}/{opening.day} {time}から)"
