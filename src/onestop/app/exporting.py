"""`onestop export`: takes all data out into a folder, and tells on the console what it wrote."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Final

from onestop.app.console import carry_out, say
from onestop.app.opening import open_desk
from onestop.clock import SystemClock

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.app.start import Start
    from onestop.clock import Clock

WRITTEN: Final = (
    "{} に、{}個の表、{:,}件を書き出しました。個人情報が入っています。取り扱いに注意してください。"
).format
PRACTISED: Final = (
    "これは練習のデータです。本番のデータを書き出すときは、設定の「接続先」を「本番」にして保存してから、"
    "もう一度行ってください。"
)


def export(start: Start, to: Path, clock: Clock | None = None) -> int:
    """Write everything; returns the exit code."""

    def write() -> None:
        start.at_start.plain = True  # nobody is asked on a console whether legible data are to be encrypted
        with closing(open_desk(start, clock or SystemClock())) as desk:
            practised, tables = desk.practice, desk.desk.data_export.write(to)
        for each in tables:
            say(f"  {each.name:<24}{each.rows:>10,} 件  {each.meaning}")
        say(WRITTEN(to, len(tables), sum(each.rows for each in tables)))
        if practised:
            say(PRACTISED)

    return carry_out(start.folder, write, "the data were not taken out")
