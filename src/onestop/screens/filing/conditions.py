"""検索条件 of 申請書一覧: as typed, and what it means."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.errors import InvalidInput, Problem
from onestop.model.lists import LARGEST_CONTROL_NUMBER, FilingCondition, FilingQuery
from onestop.model.text import to_half_width, whole_number
from onestop.screens.search_conditions import searched_day

if TYPE_CHECKING:
    import datetime as dt

CONDITIONS: Final = tuple((condition.value, condition.value) for condition in FilingCondition)
"""すべて, 申請前, 申請後: the value and its word are the same."""
NUMBER_WRONG: Final = f"管理番号は 1 から {LARGEST_CONTROL_NUMBER} までの数字で入力してください。"
NUMBERS_TURNED: Final = "管理番号の終わりが始まりより小さくなっています。"
DAYS_TURNED: Final = "依頼日時の終わりの日が、始まりの日より前になっています。"


@dataclass(frozen=True, slots=True)
class FilingConditions:
    """The conditions as they stand in the fields; what クリア goes back to is the defaults."""

    condition: str = FilingCondition.ALL.value
    number_from: str = "1"
    number_to: str = str(LARGEST_CONTROL_NUMBER)
    chassis_tail: str = dataclasses.field(default="", repr=False)
    requested_from: str = ""
    requested_to: str = ""

    def query(self, today: dt.date) -> FilingQuery:
        """Return what is searched for; an empty field does not restrict anything.

        Raises:
            InvalidInput: a field cannot be understood; the first one that is wrong is named.
        """
        query = FilingQuery(
            condition=FilingCondition(self.condition),
            number_from=_number("number_from", self.number_from, 1),
            number_to=_number("number_to", self.number_to, LARGEST_CONTROL_NUMBER),
            chassis_tail=self.chassis_tail.strip(),
            requested_from=searched_day("requested_from", self.requested_from, today),
            requested_to=searched_day("requested_to", self.requested_to, today),
        )
        if query.number_to < query.number_from:
            raise InvalidInput(Problem("number_to", NUMBERS_TURNED))
        if query.requested_from and query.requested_to and query.requested_to < query.requested_from:
            raise InvalidInput(Problem("requested_to", DAYS_TURNED))
        return query


def _number(field: str, typed: str, otherwise: int) -> int:
    text = to_half_width(typed).strip().replace(",", "")
    if not text:
        return otherwise
    number = whole_number(text, LARGEST_CONTROL_NUMBER)
    if not number:
        raise InvalidInput(Problem(field, NUMBER_WRONG))
    return number
