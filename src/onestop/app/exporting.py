"""`onestop export`: takes all data out into a folder, and tells on the console what it wrote."""

from __future__ import annotations

import logging
from contextlib import closing
from typing import TYPE_CHECKING, Final

from onestop.app.logs import Log
from onestop.app.moving import DONE, IN_USE, IN_USE_TEXT, NOT_DONE, say, tell
from onestop.app.opening import open_desk
from onestop.clock import SystemClock
from onestop.errors import DataFolderInUse, OneStopError
from onestop.screens.wording import explain

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.app.start import Start
    from onestop.clock import Clock

log = logging.getLogger(__name__)

WRITTEN: Final = (
    "{} に、{}個の表、{:,}件を書き出しました。個人情報が入っています。取り扱いに注意してください。"
).format


def export(start: Start, to: Path, clock: Clock | None = None) -> int:
    """Write everything; returns the exit code."""
    written = Log(start.folder.log)
    written.begin()
    written.write()
    try:
        return _export(start, to, clock or SystemClock())
    except DataFolderInUse:
        return tell(IN_USE_TEXT, IN_USE)
    except OneStopError as error:
        log.exception("the data were not taken out")
        return tell(explain(error).text, NOT_DONE)
    finally:
        written.end()


def _export(start: Start, to: Path, clock: Clock) -> int:
    start.at_start.plain = True  # nobody is asked on a console whether legible data are to be encrypted
    with closing(open_desk(start, clock)) as desk:
        tables = desk.desk.data_export.write(to)
    for each in tables:
        say(f"  {each.name:<24}{each.rows:>10,} 件  {each.meaning}")
    say(WRITTEN(to, len(tables), sum(each.rows for each in tables)))
    return DONE
