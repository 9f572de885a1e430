"""What is being typed, written down every two seconds, so that a crash loses no more."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any, TypeVar

from onestop.errors import StoreError
from onestop.store.shelves.typing_drafts import OF_DESK

if TYPE_CHECKING:
    from onestop.clock import Clock
    from onestop.services.kept_here import KeptHere
    from onestop.store.database import Database

FormT = TypeVar("FormT")


class TypingService:
    """Keeps unsaved forms. A form is a frozen dataclass of texts and ticks."""

    def __init__(self, database: Database, clock: Clock, kept: KeptHere | None = None, terminal: str = "") -> None:
        """`kept` is where it is written down while the server of a shared database does not answer.

        There each desk has its own: what is typed at `terminal` is neither offered nor dropped elsewhere.
        """
        self._of_desk = f"{OF_DESK}{terminal}" if database.is_shared else ""
        self._database = database
        self._clock = clock
        self._kept = kept

    def keep(self, place: str, form: Any) -> None:  # noqa: ANN401 - any form dataclass
        """Write the form down under its place, such as vehicle/new or filing/3."""
        text = json.dumps(dataclasses.asdict(form), ensure_ascii=False)
        try:
            with self._database.write() as shelves:
                shelves.typing.put(place + self._of_desk, text, self._clock.now())
        except StoreError:
            if self._kept is None:
                raise
            self._kept.put(place, text, self._clock.now())
        else:
            self._drop_kept(place)

    def found(self, place: str, blank: FormT) -> FormT | None:
        """Return what was being typed there, read onto a form of the same kind; None when nothing was.

        Fields that the form no longer has are passed over, those that it has newly keep the value of `blank`.
        """
        draft = None if self._kept is None else self._kept.get(place)
        if draft is None:
            with self._database.read() as shelves:
                draft = shelves.typing.get(place + self._of_desk) or shelves.typing.get(place)
        if draft is None:
            return None
        values = json.loads(draft.form)
        names = {field.name for field in dataclasses.fields(blank)}  # type: ignore[arg-type]  # a form is a dataclass
        return dataclasses.replace(blank, **{name: value for name, value in values.items() if name in names})  # type: ignore[type-var]  # the same

    def forget(self, place: str) -> None:
        """Drop it: saved, or left on purpose."""
        self._drop_kept(place)
        with self._database.write() as shelves:
            for each in {place + self._of_desk, place}:  # the second was moved here from a desk by itself
                shelves.typing.drop(each)

    def _drop_kept(self, place: str) -> None:
        if self._kept is not None:
            self._kept.drop(place)
