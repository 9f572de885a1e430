"""A disk that is full from a moment on that a test chooses."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from onestop.errors import StoreError
from onestop.store.database import Database
from support.desks import Interposed

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from onestop.store.database import Shelves
    from onestop_sandbox import Sandbox


class FillingDatabase(Database):
    """Fails as SQLite does when nothing more can be written, or not even read."""

    is_full = False
    is_gone = False

    @contextmanager
    def write(self) -> Iterator[Shelves]:
        if self.is_full:
            raise StoreError("SQLITE_FULL")
        with super().write() as shelves:
            yield shelves

    @contextmanager
    def read(self) -> Iterator[Shelves]:
        if self.is_gone:
            raise StoreError("SQLITE_IOERR")
        with super().read() as shelves:
            yield shelves


class FillingWay(Interposed):
    """Fills the disk while a service answers."""

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__(sandbox)
        self.database: FillingDatabase
        self.takes_all = False
        """Whether nothing can be read then, either."""

    def fill(self) -> None:
        """Fill it with the next answer."""
        self.after = self._fill

    def free(self) -> None:
        """Make room again."""
        self.after = lambda _request, response: response
        self.database.is_full = self.database.is_gone = False

    def _fill(self, _request: httpx.Request, response: httpx.Response) -> httpx.Response:
        self.database.is_full, self.database.is_gone = True, self.takes_all
        return response
