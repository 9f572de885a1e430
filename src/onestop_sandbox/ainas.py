"""AINAS, OSS申請共同利用システム: filings, their progress, and the account's password."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onestop_sandbox.agency import DONE, ENDED, Stage, Step, stage_of
from onestop_sandbox.clock import moment_of, text_of
from onestop_sandbox.memory import Criteria, Entry
from onestop_sandbox.office import told, unknown
from onestop_sandbox.passwords import sealed
from onestop_sandbox.wire import Answer, Call, FieldError, Handler, Problem, Wire

if TYPE_CHECKING:
    from onestop_sandbox.office import Office
    from onestop_sandbox.world import Account, OldFiling

SERVICE = "ainas"
LAST_KNOWN_ID = 1000000010
"""The manual's youngest filing; ours rise from the next."""

_REMEMBERED = dt.timedelta(days=40)
_WITHDRAWN = Step(0.0, "取消", None)


@dataclass(frozen=True, slots=True)
class FilingState:
    """A filing as it stands at one moment."""

    entry: Entry
    document: Wire
    completed_at: dt.datetime | None
    """When it was finished; None before, and for old filings that say nothing about it."""

    @property
    def status(self) -> str:
        """Return the 申請ステータス."""
        return str(self.document["status"])

    def is_forgotten(self, now: dt.datetime) -> bool:
        """Tell whether its detail is deleted: 40 days after completion."""
        return self.completed_at is not None and now >= self.completed_at + _REMEMBERED


class Ainas:
    """The service behind /ainas/v1."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._memory = office.memory

    @property
    def handlers(self) -> dict[str, Handler]:
        """Return what answers each operationId of the contract."""
        return {
            "getAccount": self.account,
            "resetPassword": self.reset_password,
            "submitFiling": self.submit,
            "findFilings": self.find,
            "getFiling": self.get,
            "withdrawFiling": self.withdraw,
            "getProgress": self.progress,
        }

    def account(self, call: Call) -> Answer:
        """接続確認."""
        account = self._account(call)
        return Answer(200, {"organization": account.organization, "password_is_initial": account.initial})

    def reset_password(self, call: Call) -> Answer:
        """再設定: from the answer on only the new password is right."""
        self._memory.put_account(
            replace(self._account(call), password=sealed(call.body["new_password"]), initial=False)
        )
        return Answer(204)

    def submit(self, call: Call) -> Answer:
        """申請書発行: once per Idempotency-Key, and one open filing per car."""
        self._admit(call)
        before = self._office.replayed(SERVICE, call)
        if before is not None:
            return Answer(200, self.state(before, call.now).document)
        self._refuse_second(call)
        number = str(self._memory.next_number(SERVICE))
        life = {"script": self._script(call.body), "started_at": text_of(call.now)}
        entry = Entry(SERVICE, number, call.api_key, call.now, call.body, life, call.idempotency_key)
        return Answer(201, self.state(self._memory.add(entry), call.now).document)

    def find(self, call: Call) -> Answer:
        """Find filings by key, 管理番号 or 依頼人拠点コード, newest first.

        Raises:
            Problem: 422, nothing was asked for.
        """
        if not call.query:
            raise Problem(
                422, "criterion_missing", "検索条件がありません", "検索条件を一つ以上指定してください。"
            ).about(FieldError("control_number", "検索条件を一つ以上指定してください。"))
        states = (self.state(entry, call.now) for entry in self._office.sought(SERVICE, call))
        return Answer(200, {"filings": [each.document for each in states if not each.is_forgotten(call.now)]})

    def get(self, call: Call) -> Answer:
        """申請確認."""
        return Answer(200, self._state_of(call).document)

    def withdraw(self, call: Call) -> Answer:
        """取消, while 受付前."""
        state = self._state_of(call)
        if state.status != "受付前":
            raise Problem(409, "not_withdrawable", "この申請は取り消せません", "代理人に連絡してください。")
        life = {**state.entry.life, "withdrawn_at": text_of(call.now)}
        self._memory.change(replace(state.entry, life=life))
        return Answer(204)

    def progress(self, call: Call) -> Answer:
        """検索: the state of up to 200 filings, in the order asked."""
        ids: list[str] = call.body["filing_ids"]
        known = {}
        for number, entry in self._memory.entries(SERVICE, ids).items():
            state = self.state(entry, call.now)
            if entry.api_key == call.api_key and not state.is_forgotten(call.now):
                known[number] = state.document
        return told("filings", ids, known)

    def state(self, entry: Entry, now: dt.datetime) -> FilingState:
        """Return a filing as it stands now."""
        life = entry.life
        if "withdrawn_at" in life:
            stage = Stage(_WITHDRAWN, moment_of(life["withdrawn_at"]), None)
        elif "fixed" in life:
            return _fixed(entry)
        else:
            stage = stage_of(life["script"], moment_of(life["started_at"]), now, self._office.pace)
        document = _document(entry, stage)
        return FilingState(entry, document, stage.since if stage.step.status == DONE else None)

    def for_certificate(
        self, api_key: str, certificate_number: str, chassis: str, now: dt.datetime
    ) -> FilingState | None:
        """Return the newest filing of this car that names this 保適証."""
        for entry in self._memory.find(SERVICE, Criteria(api_key=api_key, chassis_number=chassis)):
            if entry.body.get("conformity_certificate_number") == certificate_number:
                return self.state(entry, now)
        return None

    def remember(self, old: OldFiling, now: dt.datetime) -> None:
        """Write down a filing of the world."""
        body = {
            "control_number": old.control_number,
            "chassis_number": old.chassis_number,
            "requester_site_code": old.requester_site_code,
            "vehicle_class": old.vehicle_class,
        }
        fixed = {
            "status": old.status,
            "oss_status": old.oss_status,
            "status_updated_at": old.status_updated_at or old.requested_at,
            "message": old.message,
            "fees": list(old.fees),
            "completed_at": old.completed_at,
        }
        life = {"fixed": fixed} if old.script is None else {"script": old.script, "started_at": text_of(now)}
        self._memory.add(Entry(SERVICE, old.filing_id, old.api_key, moment_of(old.requested_at), body, life))

    def _account(self, call: Call) -> Account:
        account = self._memory.account(call.api_key)
        if account is None:  # Sandbox.answer has looked it up in the same transaction
            raise LookupError(call.api_key)
        return account

    def _admit(self, call: Call) -> None:
        account = self._account(call)
        if account.initial:
            raise Problem(403, "password_is_initial", "初期パスワードのままです", "APIパスワードを再設定してください。")
        if call.body["requester_site_code"] not in account.site_codes:
            raise Problem(403, "site_not_yours", "この依頼人拠点コードは使えません").about(
                FieldError("requester_site_code", "登録された依頼人拠点コードではありません。")
            )
        if call.body["agent_site_id"] not in self._office.world.agents:
            raise Problem(403, "agent_unknown", "代理人拠点IDが登録されていません").about(
                FieldError("agent_site_id", "登録された代理人拠点IDではありません。")
            )

    def _refuse_second(self, call: Call) -> None:
        if self._office.troubles.keys_ignored:
            return
        for entry in self._memory.find(SERVICE, Criteria(chassis_number=call.body["chassis_number"])):
            if self.state(entry, call.now).status not in ENDED:
                raise Problem(409, "vehicle_has_open_filing", "この車両には手続中の申請があります").about(
                    FieldError("chassis_number", "この車両には手続中の申請があります。")
                )

    def _script(self, body: Wire) -> str:
        if body["user"]["kind"] == "法人" and not body["user"]["representative"]:
            return "incomplete"
        return self._office.world.scripts.get(body["chassis_number"], "finished")

    def _state_of(self, call: Call) -> FilingState:
        state = self.state(self._office.own(SERVICE, call.path["filing_id"], call), call.now)
        if state.is_forgotten(call.now):
            raise unknown()
        return state


def _document(entry: Entry, stage: Stage) -> Wire:
    return {
        "filing_id": entry.number,
        "control_number": entry.body["control_number"],
        "requested_at": text_of(entry.created_at),
        "status": stage.step.status,
        "oss_status": stage.step.oss_status,
        "status_updated_at": text_of(stage.since),
        "message": stage.step.message,
        "fees": stage.fees(entry.body["vehicle_class"]),
    }


def _fixed(entry: Entry) -> FilingState:
    fixed = dict(entry.life["fixed"])
    completed_at = fixed.pop("completed_at")
    document = {
        "filing_id": entry.number,
        "control_number": entry.body["control_number"],
        "requested_at": text_of(entry.created_at),
        **fixed,
    }
    return FilingState(entry, document, None if completed_at is None else moment_of(completed_at))
