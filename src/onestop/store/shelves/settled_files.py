"""The shelf of files that clerks have dealt with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from onestop.model.settled_file import SettledFile
from onestop.store.shelves.shelf import Shelf
from onestop.store.words import insert

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable


_ONCE: Final = insert(SettledFile).on_conflict_do_nothing()


class SettledFileShelf(Shelf):
    """By the SHA-256 of what was in them."""

    def put(self, digests: Iterable[str], at: dt.datetime) -> None:
        """Keep that files are dealt with; the first time counts."""
        if rows := [{"digest": digest, "settled_at": at} for digest in digests]:
            self._session.execute(_ONCE, rows)

    def among(self, digests: Iterable[str]) -> frozenset[str]:
        """Return those that are dealt with."""
        return frozenset(self._session.scalars(select(SettledFile.digest).where(SettledFile.digest.in_([*digests]))))
