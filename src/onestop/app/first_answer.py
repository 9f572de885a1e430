"""What 照会 needs for its first answer, and nothing else: the folder held, its database checked, its lists open.

No SQLAlchemy, httpx, pydantic or Alembic is imported here: that takes a second, in which a clerk can find her car.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onestop.app.data_key import data_key
from onestop.store.failures import translate_file_errors
from onestop.store.instance import claim
from onestop.store.lists import Lists
from onestop.store.moved import check_here
from onestop.store.opening import make_ready
from onestop.store.settings_mode import says_real
from onestop.store.sqlite.asked import AskedFile
from onestop.store.sqlite.folder import check_place

if TYPE_CHECKING:
    from onestop.app.start import Start
    from onestop.clock import Clock
    from onestop.store.sqlite.key import Key


@dataclass(frozen=True, slots=True)
class HeldFolder:
    """A data folder that nobody else can open now."""

    lists: Lists | None
    """Of its real database, which was checked; None where the settings have to be read before, as in practice."""
    key: Key | None
    """What they are encrypted with."""
    closing: ExitStack
    """Closes the lists and lets go of the folder."""


def hold(start: Start, clock: Clock) -> HeldFolder:
    """Hold the data folder, and open the lists of its database if it plainly is a real desk's.

    Raises:
        WrongFolder: see store/sqlite/folder.py.
        DataFolderInUse: another instance works there.
        KeyWanted, KeyUnkept: see data_key.py.
        DatabaseNewer, DatabaseDamaged, DatabaseHurt, EngineUnsafe, StoreError: see store/opening.py.
    """
    with ExitStack() as stack, translate_file_errors():
        check_place(start.folder)
        stack.callback(claim(start.folder).release)
        lists = key = None
        if not (start.practice or start.database_url) and says_real(start.folder.settings):
            check_here(start.folder)
            key = data_key(start)
            make_ready(start.folder, clock, key, start.at_start.tell_encrypting)
            lists = Lists(AskedFile(start.folder.database, key))
            stack.callback(lists.close)
        return HeldFolder(lists, key, stack.pop_all())
