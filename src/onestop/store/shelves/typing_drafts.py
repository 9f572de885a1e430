"""The shelf of what clerks were typing when the lights went out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, exists, or_, select

from onestop.model.typing_draft import TypingDraft
from onestop.store.shelves.shelf import Shelf
from onestop.store.words import insert

if TYPE_CHECKING:
    import datetime as dt


OF_DESK: Final = "@"
"""Stands between a place and the desk of a shared database at which something is typed there."""


class TypingShelf(Shelf):
    """One draft for each place, such as vehicle/12."""

    def put(self, place: str, form: str, at: dt.datetime) -> None:
        """Keep what stands in a form (JSON), instead of what was kept for the place before."""
        row = insert(TypingDraft).values(place=place, form=form, saved_at=at)
        again = {"form": row.excluded.form, "saved_at": row.excluded.saved_at}
        self._session.execute(row.on_conflict_do_update(index_elements=["place"], set_=again))

    def get(self, place: str) -> TypingDraft | None:
        """Return what was being typed there."""
        return self._session.get(TypingDraft, place)

    def is_typed(self, place: str) -> bool:
        """Tell whether something was being typed there at any desk."""
        at_a_desk = TypingDraft.place.startswith(place + OF_DESK, autoescape=True)
        return self._session.scalar(select(exists().where(or_(TypingDraft.place == place, at_a_desk)))) is True

    def drop(self, place: str) -> None:
        """Forget it: it was saved, or left on purpose."""
        self._session.execute(delete(TypingDraft).where(TypingDraft.place == place))

    def all(self) -> tuple[TypingDraft, ...]:
        """Return every draft, the newest first."""
        return tuple(self._session.scalars(select(TypingDraft).order_by(TypingDraft.saved_at.desc())))
