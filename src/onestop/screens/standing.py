"""What the status line of every window shows: where the desk stands with the world."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """Connection, hours, terminal and keychain, in words for the clerk."""

    practice: bool
    """練習モード: the whole window gets a coloured frame."""
    connection: str
    """Where requests go, such as 本番 接続中; in practice 練習中 stands before it."""
    hours: str
    """The service hours, such as AINAS 8:00–22:00 受付中."""
    terminal: str
    """The operator's terminal: the name of this machine."""
    warning: str | None = None
    """What the clerk must know all the time, such as a missing keychain."""
