"""e-JIBAI, the insurers' 自賠責: policies from noon to noon, and when the 登録機関 gets them."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from onestop_sandbox.clock import JST, moment_of, text_of
from onestop_sandbox.memory import Criteria, Entry
from onestop_sandbox.wire import Answer, Call, FieldError, Handler, Problem, Wire

if TYPE_CHECKING:
    from onestop_sandbox.office import Office
    from onestop_sandbox.world import OldPolicy

SERVICE = "ejibai"
_NOON = dt.time(12)
_YEAR = 12


class Ejibai:
    """The service behind /ejibai/v1."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._memory = office.memory

    @property
    def handlers(self) -> dict[str, Handler]:
        """Return what answers each operationId of the contract."""
        return {
            "issuePolicy": self.issue,
            "findPolicies": self.find,
            "getPolicy": self.get,
            "cancelPolicy": self.cancel,
        }

    def issue(self, call: Call) -> Answer:
        """証明書発行."""
        before = self._office.replayed(SERVICE, call)
        if before is not None:
            return Answer(200, _document(before, call.now))
        start, premium = self._rated(call.body)
        start_at, end_at = _noon(start), _noon(_months_later(start, call.body["months"]))
        self._refuse_overlap(call.body["chassis_number"], start_at, end_at)
        life = {"start_at": text_of(start_at), "end_at": text_of(end_at), "premium": premium}
        if call.body["report_to_registry"]:
            life["reported_at"] = text_of(call.now + dt.timedelta(seconds=self._office.pace.registry))
        number = f"A{self._memory.next_number(SERVICE)}"
        entry = Entry(SERVICE, number, call.api_key, call.now, call.body, life, call.idempotency_key)
        return Answer(201, _document(self._memory.add(entry), call.now))

    def find(self, call: Call) -> Answer:
        """Find policies by key, 管理番号 or 車台番号, newest first."""
        found = self._office.sought(SERVICE, call)
        return Answer(200, {"policies": [_document(entry, call.now) for entry in found]})

    def get(self, call: Call) -> Answer:
        """Return one policy as it stands."""
        return Answer(200, _document(self._own(call), call.now))

    def cancel(self, call: Call) -> Answer:
        """取消, before the period starts."""
        entry = self._own(call)
        if "cancelled_at" in entry.life:
            raise Problem(409, "already_cancelled", "すでに取り消されています")
        if call.now >= moment_of(entry.life["start_at"]):
            raise Problem(409, "already_started", "保険期間が始まっているため取り消せません")
        self._memory.change(replace(entry, life={**entry.life, "cancelled_at": text_of(call.now)}))
        return Answer(204)

    def seen_at(self, certificate_number: str, chassis_number: str, now: dt.datetime) -> dt.datetime | None:
        """Return when AIRAS sees the policy of this car with this number; None if never.

        A moment later than now means that the 登録機関 will have it then.
        """
        entry = self._memory.entry(SERVICE, certificate_number)
        if entry is None or entry.body["chassis_number"] != chassis_number or "cancelled_at" in entry.life:
            return None
        reported = entry.life.get("reported_at")
        return None if reported is None else max(moment_of(reported), now)

    def remember(self, old: OldPolicy) -> None:
        """Write down a policy of the world."""
        start = dt.date.fromisoformat(old.start_date)
        body = {
            "control_number": old.control_number,
            "insurer": old.insurer,
            "contract_kind": old.contract_kind,
            "chassis_number": old.chassis_number,
            "months": old.months,
        }
        life = {
            "start_at": text_of(_noon(start)),
            "end_at": text_of(_noon(_months_later(start, old.months))),
            "premium": old.premium,
        }
        if old.registry_reported_at is not None:
            life["reported_at"] = old.registry_reported_at
        self._memory.add(Entry(SERVICE, old.certificate_number, old.api_key, _noon(start), body, life))

    def _own(self, call: Call) -> Entry:
        return self._office.own(SERVICE, call.path["certificate_number"], call)

    def _rated(self, body: Wire) -> tuple[dt.date, int]:
        """Return the first day and the premium.

        Raises:
            Problem: 409 no_rate. The request is well formed by the contract, which bounds neither the class nor the
                months by a table; so the refusal is about what is on sale, not about the form.
        """
        try:
            start = dt.date.fromisoformat(body["start_date"])
            _months_later(start, body["months"])
        except ValueError:
            raise _no_rate(FieldError("start_date", "この保険開始日は取り扱っていません。")) from None
        premium = self._office.tariff.premium(body["rate_class"], start, body["months"])
        if premium is None:
            raise _no_rate(
                FieldError("rate_class", "この車種と保険期間の保険料がありません。"),
                FieldError("months", "この車種と保険期間の保険料がありません。"),
            )
        return start, premium

    def _refuse_overlap(self, chassis_number: str, start_at: dt.datetime, end_at: dt.datetime) -> None:
        for entry in self._memory.find(SERVICE, Criteria(chassis_number=chassis_number)):
            if "cancelled_at" in entry.life:
                continue
            if start_at < moment_of(entry.life["end_at"]) and moment_of(entry.life["start_at"]) < end_at:
                raise Problem(409, "period_overlaps", "保険期間が重なっています").about(
                    FieldError("start_date", f"保険証番号 {entry.number} の期間と重なっています。")
                )


def _no_rate(*errors: FieldError) -> Problem:
    return Problem(409, "no_rate", "保険料を計算できません", errors[0].message).about(*errors)


def _document(entry: Entry, now: dt.datetime) -> Wire:
    reported = entry.life.get("reported_at")
    visible = reported is not None and moment_of(reported) <= now
    return {
        "certificate_number": entry.number,
        **{name: entry.body[name] for name in ("control_number", "insurer", "contract_kind", "months")},
        **{name: entry.life[name] for name in ("start_at", "end_at", "premium")},
        "status": "取消" if "cancelled_at" in entry.life else "発行済",
        "registry_reported_at": reported if visible else None,
    }


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, _NOON, JST)


def _months_later(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later, or that month's last; 29 February becomes 1 March (DOMAIN: 自賠責).

    Raises:
        ValueError: That is beyond the year 9999.
    """
    year, month = divmod(day.year * _YEAR + day.month - 1 + months, _YEAR)
    if year > dt.MAXYEAR:
        raise ValueError(year)
    last = calendar.monthrange(year, month + 1)[1]
    if (day.month, day.day) == (2, 29) and last < day.day:
        return dt.date(year, month + 2, 1)
    return dt.date(year, month + 1, min(day.day, last))
