"""e-JIBAI, AIRAS and AINAS, written from resources/contract alone by someone who has not read the sandbox.

What one desk sends twice is taken twice where keys are not looked at: nothing here protects the desk from itself.
"""

from __future__ import annotations

import calendar
import datetime as dt
import threading
from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, Final

from onestop.clock import JST, SystemClock

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Content = dict[str, Any]

NOON: Final = dt.time(12, tzinfo=JST)
STEP: Final = 3
"""So many questions about a filing move it one state on."""
ANOTHERS_EVERY: Final = 3
"""Every so many numbers another desk of the shop, which counts its 管理番号 from 1 as well, has sent one of its own."""
ANOTHERS_CHASSIS: Final = "OTHER-000001"
STATES: Final = (
    ("受付前", None),
    ("受付済", "受付審査中"),
    ("申請中", "検査登録手数料納付待ち"),
    ("手続完了", "手続(交付)完了"),
)


class Character(Enum):
    """What a service makes of the Idempotency-Key."""

    HONOURS = "honours the key"
    IGNORES = "ignores the key"
    CANNOT_FIND = "honours the key and cannot find by it"


class Refusal(Exception):  # noqa: N818 - it is the service's no, not an error of ours
    """A no, with its status and code."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


@dataclass(slots=True)
class Entry:
    """What a service took."""

    number: str
    request: Content
    key: str | None
    taken_at: dt.datetime
    asked: int = 0
    state: str = ""
    """In place of the usual one."""

    @property
    def control_number(self) -> int:
        return int(self.request["control_number"])


class Service(ABC):
    """One of the three: takes, finds, shows. Threads may share it.

    Args:
        character: what it makes of keys.
        tells_chassis: whether answers carry the 車台番号, which no contract asks for.
    """

    name: ClassVar[str]
    number_field: ClassVar[str]
    list_field: ClassVar[str]

    def __init__(self, character: Character, *, tells_chassis: bool) -> None:
        self.character = character
        self.tells_chassis = tells_chassis
        self.entries: list[Entry] = []
        self._lock = threading.Lock()
        self._clock = SystemClock()

    # --- what each says for itself

    @abstractmethod
    def _number(self, place: int) -> str:
        """Return the number of the entry at this place."""

    @abstractmethod
    def _state_of(self, entry: Entry) -> Content:
        """Return what is told of an entry besides its numbers."""

    # --- what the contracts have in common

    def issue(self, request: Content, key: str) -> tuple[int, Content]:
        """Take a request; the same key with the same body answers again, where keys are looked at."""
        with self._lock:
            known = self._known(key) if self.character is not Character.IGNORES else None
            if known is not None:
                if known.request != request:
                    raise Refusal(409, "idempotency_key_reused")
                return 200, self.told(known)
            if request["control_number"] % ANOTHERS_EVERY == 0:
                self._take(request | {"chassis_number": ANOTHERS_CHASSIS}, None)
            return 201, self.told(self._take(request, key))

    def found(self, query: Mapping[str, str]) -> Content:
        """Find by what the contract lets one ask for; newest first."""
        key = query.get("idempotency_key")
        if key is not None and self.character is Character.CANNOT_FIND:
            raise Refusal(404, "not_found")
        with self._lock:
            found = [each for each in self.entries if self._fits(each, query)]
            return {self.list_field: [self.told(each) for each in reversed(found)]}

    def one(self, number: str) -> Content:
        """Show one."""
        with self._lock:
            return self._asked(self._get(number))

    def progress(self, numbers: Sequence[str]) -> Content:
        """Show many."""
        with self._lock:
            known = {each.number: each for each in self.entries}
            shown = [self._asked(known[number]) for number in numbers if number in known]
            return {self.list_field: shown, "unknown": [number for number in numbers if number not in known]}

    def delete(self, number: str, state: str) -> None:
        """Take one back."""
        with self._lock:
            self._get(number).state = state

    def told(self, entry: Entry) -> Content:
        """Return an entry as the contract words it."""
        content = {self.number_field: entry.number, "control_number": entry.control_number} | self._state_of(entry)
        if self.tells_chassis:
            content["chassis_number"] = entry.request["chassis_number"]
        return content

    def of(self, control_number: int, chassis_number: str) -> list[str]:
        """Return what it has of a record: what one hears who telephones. Newest last."""
        with self._lock:
            return [
                each.number
                for each in self.entries
                if (each.control_number, each.request["chassis_number"]) == (control_number, chassis_number)
            ]

    # --- inside

    def _take(self, request: Content, key: str | None) -> Entry:
        entry = Entry(self._number(len(self.entries) + 1), request, key, self._clock.now().astimezone(JST))
        self.entries.append(entry)
        return entry

    def _known(self, key: str) -> Entry | None:
        return next((each for each in self.entries if each.key == key), None)

    def _fits(self, entry: Entry, query: Mapping[str, str]) -> bool:
        key = query.get("idempotency_key")
        if key is not None and (self.character is Character.IGNORES or entry.key != key):
            return False
        return all(str(entry.request.get(name)) == value for name, value in query.items() if name != "idempotency_key")

    def _get(self, number: str) -> Entry:
        entry = next((each for each in self.entries if each.number == number), None)
        if entry is None:
            raise Refusal(404, "not_found")
        return entry

    def _asked(self, entry: Entry) -> Content:
        entry.asked += 1
        return self.told(entry)


class Ejibai(Service):
    """自賠責: the registry has it at once."""

    name = "ejibai"
    number_field = "certificate_number"
    list_field = "policies"

    def _number(self, place: int) -> str:
        return f"E{place:09}"

    def _state_of(self, entry: Entry) -> Content:
        request = entry.request
        start = dt.date.fromisoformat(request["start_date"])
        return {
            "insurer": request["insurer"],
            "contract_kind": request["contract_kind"],
            "start_at": dt.datetime.combine(start, NOON).isoformat(),
            "end_at": dt.datetime.combine(_months_later(start, request["months"]), NOON).isoformat(),
            "months": request["months"],
            "premium": 18_160,
            "status": entry.state or "発行済",
            "registry_reported_at": entry.taken_at.isoformat() if request["report_to_registry"] else None,
        }


class Airas(Service):
    """保適証."""

    name = "airas"
    number_field = "certificate_number"
    list_field = "certificates"

    def _number(self, place: int) -> str:
        return f"H{place:09}"

    def _state_of(self, entry: Entry) -> Content:
        request = entry.request
        inspected = dt.date.fromisoformat(request["inspection_date"])
        return {
            "application_kind": request["application_kind"],
            "status": entry.state or "作成済",
            "report_status": "未報告",
            "insurance_match": "電子",
            "issued_at": entry.taken_at.isoformat(),
            "valid_until": (inspected + dt.timedelta(days=14)).isoformat(),
            "status_updated_at": entry.taken_at.isoformat(),
            "message": None,
        }


class Ainas(Service):
    """申請: each question moves it on a little, until 手続完了."""

    name = "ainas"
    number_field = "filing_id"
    list_field = "filings"

    def _number(self, place: int) -> str:
        return f"{2_000_000_000 + place}"

    def _state_of(self, entry: Entry) -> Content:
        steps = min(entry.asked // STEP, len(STATES) - 1)
        status, office = STATES[steps]
        updated = entry.taken_at + dt.timedelta(seconds=steps)
        return {
            "requested_at": entry.taken_at.isoformat(),
            "status": entry.state or status,
            "oss_status": office,
            "status_updated_at": updated.isoformat(),
            "message": None,
            "fees": [
                {"kind": "検査登録手数料", "amount": 1_850, "payment_status": "納付待ち", "due_date": None},
                {"kind": "自動車重量税", "amount": None, "payment_status": None, "due_date": None},
            ],
        }


def _months_later(day: dt.date, months: int) -> dt.date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))
