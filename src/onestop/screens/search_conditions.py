"""What 申請書一覧 and 指定整備元帳 have above their list: conditions, which F7 searches and クリア takes back."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from onestop.model.typed_days import parse_date
from onestop.screens.display import read_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from _typeshed import DataclassInstance

    from onestop.screens.screen import Screen

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


class SearchConditions(Generic[ConditionsT]):
    """The conditions as they stand in their fields."""

    def __init__(self, screen: Screen, at_first: Callable[[], ConditionsT]) -> None:
        """`at_first` returns what クリア goes back to."""
        self.typed = at_first()
        self._screen = screen
        self._at_first = at_first

    def edit(self, name: str, value: object) -> None:
        """Take what was typed or chosen in one field."""
        self.typed = dataclasses.replace(self.typed, **{name: str(value)})
        self._screen.view.refresh()

    def read_date(self, field: str, typed: str) -> tuple[str, str | None]:
        """Return what a typed day means in both calendars, or what is wrong with it."""
        return read_day(typed, self._screen.clock.today(), past=field in FIRST_DAYS)

    def clear(self) -> None:
        """クリア: the conditions as they were at first; the list stands."""
        self.typed = self._at_first()
        self._screen.say(CLEARED, field=dataclasses.fields(self.typed)[0].name)
