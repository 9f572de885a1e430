"""Where the scanner at a serial port stands, as every window may show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

NO_PORT: Final = "スキャナのポート: なし(キーボードとして働くスキャナは、そのまま使えます)"
THERE: Final = "スキャナのポート {port}: 接続中"
AWAY: Final = "スキャナのポート {port}: 切断。接続とポート名を確かめてください。つながると、そのまま使えます。"


@dataclass(slots=True)
class ScannerStanding:
    """One for all windows; the program writes it, and shows them again."""

    port: str = ""
    """What 設定 names; empty for none."""
    is_there: bool = False

    @property
    def text(self) -> str:
        """Return it in words."""
        if not self.port:
            return NO_PORT
        return (THERE if self.is_there else AWAY).format(port=self.port)
