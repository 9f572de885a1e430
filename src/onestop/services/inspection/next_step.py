"""次にすること: what a car needs next, in one sentence with the key that does it, read from one table.

The table is resources/rules/next_steps.csv, so that somebody who knows the trade can read and change it without knowing
this program. The first row that fits how 申請, OSS, 保適証, 自賠責 and 確認票 stand (inspection/states.py),
and the 車両種別, says who acts, what first, by which key here and then by which in the window that it opens, by when,
and whom to call.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from onestop.clock import JST
from onestop.model.comparison import Source
from onestop.model.shipped import rows_of
from onestop.model.wareki import format_western
from onestop.model.words import may_file_anew
from onestop.services.inspection.states import (
    checklist_state,
    conformity_state,
    filing_state,
    insurance_state,
    minutes_left,
    oss_state,
    window_of,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from onestop.model.findings import Finding
    from onestop.services.inspection.current import CurrentInspection

ANY: Final = "*"
LAST_APPLICATION: Final = "最終の検査申請日"
LONGEST_TOLD: Final = 18
"""Characters of what the agent wrote: more would not fit into one line. The filing shows all of it."""


class Press(StrEnum):
    """The key that does it, as it stands on the glass."""

    INSURANCE = "e-JIBAI の 1"
    CONFORMITY = "保適[AIRAS] の 1"
    LINK = "保適[AIRAS] の 4"
    FILING = "申請[AINAS] の 1"
    LIST = "F7"
    HISTORY = "Alt+R 車検の履歴"
    IMPORT = "Alt+S 照会 の F11"
    VEHICLE = "F5 車両修正"
    CHECKLIST = "Alt+Q 確認票"
    NOTHING = ""


MENDED_BY: Final = {
    Source.CAR: Press.VEHICLE,
    Source.INSURANCE: Press.INSURANCE,
    Source.CONFORMITY: Press.CONFORMITY,
    Source.FILING: Press.FILING,
}
"""The key on ワンストップサービス that opens the paper in which something is mended."""


class Who(StrEnum):
    """Who acts."""

    SHOP = "当店"
    AGENT = "代理人"
    OFFICE = "運輸支局"
    KEI_OFFICE = "軽自動車検査協会"
    ITSELF = "自動"


class Situation(NamedTuple):
    """How a car stands, in the words of the table; each is a column of it."""

    filing: str
    oss: str
    conformity: str
    insurance: str
    vehicle_class: str
    checklist: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """A row of the table."""

    fits: tuple[frozenset[str], ...]
    """Of each column of a Situation the words that it is for; * is all."""
    who: Who
    sentence: str
    press: Press
    then: str
    """What to press in the window that opens, such as F2 → F4."""
    until: str
    call: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """One sentence, the key that does it, by when, and whom to call."""

    sentence: str = field(repr=False)
    press: Press = Press.NOTHING
    who: Who = Who.SHOP
    until: dt.date | None = None
    call: str = ""
    then: str = ""

    def __str__(self) -> str:
        """Return 保適証を直し、訂正を送信します(最終の検査申請日 2026/12/08、連絡先 代理人) → 保適[AIRAS] の 1 → F5."""
        until = f"{LAST_APPLICATION} {format_western(self.until)}" if self.until else ""
        more = "、".join(each for each in (until, f"連絡先 {self.call}" if self.call else "") if each)
        said = f"{self.sentence}({more})" if more else self.sentence
        return " → ".join(each for each in (said, self.press.value, self.then) if each)


@cache
def next_step_rows() -> tuple[StepRow, ...]:
    """Return the table; the first row that fits counts."""
    return tuple(_row(row) for row in rows_of("rules/next_steps.csv"))


def _row(row: dict[str, str]) -> StepRow:
    fits = tuple(frozenset(row[column].split("|")) for column in Situation._fields)
    return StepRow(fits, Who(row["who"]), row["sentence"], Press(row["press"]), row["then"], row["until"], row["call"])


def next_step(car: CurrentInspection, now: dt.datetime) -> NextStep:
    """Say what a car needs next."""
    row = row_for(situation_of(car, now))
    until = car.inspection.last_application_date if row.until and car.inspection else None
    return NextStep(row.sentence.format_map(_told(car, now)), row.press, row.who, until, row.call, row.then)


def situation_of(car: CurrentInspection, now: dt.datetime) -> Situation:
    """Return how a car stands, in the words of the table."""
    return Situation(
        filing_state(car),
        oss_state(car.filing),
        conformity_state(car, now),
        insurance_state(car, now),
        car.vehicle.vehicle_class.value,
        checklist_state(car),
    )


def row_for(situation: Situation) -> StepRow:
    """Return the first row that fits."""
    return next(row for row in next_step_rows() if all(map(_fits, row.fits, situation)))


def _fits(wanted: frozenset[str], word: str) -> bool:
    return ANY in wanted or word in wanted


def _told(car: CurrentInspection, now: dt.datetime) -> dict[str, str]:
    """Return what the sentences of the table may name."""
    filing, conformity, window = car.filing, car.conformity, window_of(car, now)
    words = [each for each in (filing.status, filing.oss_status) if each] if filing is not None else []
    anew = filing is not None and may_file_anew(filing.status, filing.oss_status)
    message = " ".join(((filing.message if filing else None) or "").split())
    shortened = message if len(message) <= LONGEST_TOLD else f"{message[:LONGEST_TOLD]}…"
    due = conformity.next_try_at if conformity else None
    return {
        "申請": "・".join(words),
        "前の申請": f"前の申請は{'・'.join(words)}です。" if anew else "",
        "連絡": f"「{shortened}」" if message else "",
        "保適証": (conformity.status if conformity else None) or "",
        "次の送信": f"{due.astimezone(JST):%H:%M}" if due else "",
        "時期": format_western(window),
        "二重": "・".join(map(str, car.doubled)),
        "残り": str(minutes_left(car.policy, now)),
        "未確認": str(len(car.checklist.unasked)),
        "不可": "、".join(f"{each}: {car.checklist.answer(each)}" for each in car.checklist.refused),
    }


def with_keys(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings; one that is mended in another paper than the one checked names the key that opens it."""
    return tuple(
        replace(each, message=f"{each.message}({MENDED_BY[Source(each.paper)].value})") if each.paper else each
        for each in findings
    )
