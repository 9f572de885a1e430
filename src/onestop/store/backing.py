"""What stands behind a Database: a file of this machine, or a server that several desks share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlalchemy.engine import Engine
    from sqlalchemy.orm import Session

    from onestop.store.lists import Lists
    from onestop.store.sqlite.key import Key


class Backing(Protocol):
    """Opens transactions and keeps what they wrote."""

    @property
    def file(self) -> Path | None:
        """The file, for whoever backs it up; None where that is the server's administrator."""

    @property
    def key(self) -> Key | None:
        """What the file is encrypted with; None for one that is legible, and for a server's."""

    @property
    def reading(self) -> Engine:
        """For transactions that see one consistent state of the database, and write nothing."""

    @property
    def writing(self) -> Engine:
        """For transactions that hold the only write lock from their beginning."""

    def open_lists(self) -> Lists:
        """Open what the quick questions are asked of."""

    def saving(self, session: Session) -> AbstractContextManager[None]:
        """Take the only write lock, and keep at the end of the block what it wrote."""

    def told(self) -> AbstractContextManager[None]:
        """Tell what fails inside in the words of onestop.errors; bugs pass as they are."""

    def close(self) -> None:
        """Close all connections."""
