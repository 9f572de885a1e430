"""What 申請書一覧 and 指定整備元帳 share: a list with conditions, which F7 searches and クリア takes back."""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from onestop.model.typed_days import parse_date
from onestop.screens.display import read_day
from onestop.screens.screen import Screen

if TYPE_CHECKING:
    import datetime as dt

    from _typeshed import DataclassInstance

    from onestop.screens.screen import Surroundings

CLEARED: Final = "検索条件を最初の状態に戻しました。F7 で検索します。"

FIRST_DAYS: Final = ("requested_from", "issued_from")
"""Days that have been, for nothing after today is found; the last day may be the end of this month."""

ConditionsT = TypeVar("ConditionsT", bound="DataclassInstance")


def searched_day(field: str, typed: str, today: dt.date) -> dt.date | None:
    """Return the day of a condition; an empty field is None and does not restrict anything.

    Raises:
        InvalidInput: it is no day.
    """
    return parse_date(typed, today, field, past=field in FIRST_DAYS) if typed.strip() else None


class SearchScreen(Screen, ABC, Generic[ConditionsT]):
    """A list on this machine, and the conditions above it as they stand in their fields."""

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__(surroundings)
        self.conditions = self._first_conditions()

    @abstractmethod
    def _first_conditions(self) -> ConditionsT:
        """Return what クリア goes back to."""

    @abstractmethod
    def search(self) -> None:
        """F7 検索."""

    @abstractmethod
    def choose(self, position: int) -> None:
        """Another row is current."""

    @property
    @abstractmethod
    def empty_text(self) -> str:
        """What the list says while it has no rows."""

    def edit(self, name: str, value: object) -> None:
        """Take what was typed or chosen in one field."""
        self.conditions = dataclasses.replace(self.conditions, **{name: str(value)})
        self.view.refresh()

    def read_date(self, field: str, typed: str) -> tuple[str, str | None]:
        """Return what a typed day means in both calendars, or what is wrong with it."""
        return read_day(typed, self.clock.today(), past=field in FIRST_DAYS)

    def clear(self) -> None:
        """クリア: the conditions as they were at first; the list stands."""
        self.conditions = self._first_conditions()
        self.say(CLEARED, field=dataclasses.fields(self.conditions)[0].name)
