"""AIRAS, 保適証サービス: certificates, their 突合 with e-JIBAI, 訂正, 引戻 and 削除."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from onestop_sandbox.agency import DONE, ENDED
from onestop_sandbox.clock import JST, moment_of, text_of
from onestop_sandbox.memory import Criteria, Entry
from onestop_sandbox.office import ASKED, told
from onestop_sandbox.wire import Answer, Call, FieldError, Handler, Problem, Wire

if TYPE_CHECKING:
    from onestop_sandbox.ainas import Ainas
    from onestop_sandbox.ejibai import Ejibai
    from onestop_sandbox.office import Office
    from onestop_sandbox.world import OldCertificate

SERVICE = "airas"
OSS = "OSS申請"
FIXED_FIELDS = ("vehicle_category", "chassis_number", "issue_date")
"""自動車区分, 車台番号 and 交付年月日 can never be changed."""

_VALID_DAYS = 14
_CLOSED = frozenset({"削除", "却下", "申請完"})
_CORRECTABLE = frozenset({"作成中", "却下"})


class Airas:
    """The service behind /airas/v1."""

    def __init__(self, office: Office, ejibai: Ejibai, ainas: Ainas) -> None:
        """The electronic 自賠責 data come from `ejibai`; the filings of `ainas` take the certificates up."""
        self._office = office
        self._memory = office.memory
        self._ejibai = ejibai
        self._ainas = ainas

    @property
    def handlers(self) -> dict[str, Handler]:
        """Return what answers each operationId of the contract."""
        return {
            "issueCertificate": self.issue,
            "findCertificates": self.find,
            "getProgress": self.progress,
            "getCertificate": self.get,
            "correctCertificate": self.correct,
            "deleteCertificate": self.delete,
            "pullBackCertificate": self.pull_back,
        }

    def issue(self, call: Call) -> Answer:
        """適合証・証明証発行."""
        before = self._office.replayed(SERVICE, call)
        if before is not None:
            return Answer(200, self._document(before, call.now))
        match = self._matched(call)
        self._refuse_second(call)
        number = str(self._memory.next_number(SERVICE))
        life = {"made_at": text_of(call.now), "match": match}
        entry = Entry(SERVICE, number, call.api_key, call.now, call.body, life, call.idempotency_key)
        return Answer(201, self._document(self._memory.add(entry), call.now))

    def find(self, call: Call) -> Answer:
        """Find certificates by key or 管理番号, newest first."""
        found = self._office.sought(SERVICE, call)
        return Answer(200, {"certificates": [self._document(entry, call.now) for entry in found]})

    def progress(self, call: Call) -> Answer:
        """Return the state of up to 200 certificates, in the order asked."""
        numbers: list[str] = call.body["certificate_numbers"]
        entries = self._memory.entries(SERVICE, numbers)
        known = {key: self._document(each, call.now) for key, each in entries.items() if each.api_key == call.api_key}
        return told("certificates", numbers, known)

    def get(self, call: Call) -> Answer:
        """Return one certificate as it stands."""
        return Answer(200, self._document(self._own(call), call.now))

    def correct(self, call: Call) -> Answer:
        """訂正 while 作成中 or 却下."""
        entry = self._own(call)
        if self._document(entry, call.now)["status"] not in _CORRECTABLE:
            raise Problem(409, "not_editable", "作成中か却下ではないため訂正できません", "先に引戻をしてください。")
        changed = [name for name in FIXED_FIELDS if entry.body.get(name, call.body[name]) != call.body[name]]
        if changed:
            raise Problem(409, "fixed_field", "訂正できない項目です", "削除して新しく発行してください。").about(
                *(FieldError(name, "この項目は訂正できません。") for name in changed)
            )
        life = {ASKED: entry.body, **entry.life, "made_at": text_of(call.now), "match": self._matched(call)}
        for past in ("pulled", "fixed"):
            life.pop(past, None)
        return Answer(200, self._document(self._memory.change(replace(entry, body=call.body, life=life)), call.now))

    def delete(self, call: Call) -> Answer:
        """削除 from 作成中, 作成済 or 却下."""
        entry = self._own(call)
        if self._document(entry, call.now)["status"] not in {"作成中", "作成済", "却下"}:
            raise Problem(409, "not_deletable", "この保適証は削除できません")
        self._memory.change(replace(entry, life={**entry.life, "deleted_at": text_of(call.now)}))
        return Answer(204)

    def pull_back(self, call: Call) -> Answer:
        """引戻: OSS申請 from 作成済, 窓口申請 also from 報告済; it takes a while."""
        entry = self._own(call)
        allowed = {"作成済"} if entry.body["application_kind"] == OSS else {"作成済", "報告済"}
        document = self._document(entry, call.now)
        if document["status"] not in allowed or "pulled" in entry.life:
            raise Problem(409, "not_pullable", "この保適証は引戻できません")
        pulled = {"at": text_of(call.now), "status": document["status"], "report_status": document["report_status"]}
        life = {**entry.life, "pulled": pulled}
        return Answer(202, self._document(self._memory.change(replace(entry, life=life)), call.now))

    def remember(self, old: OldCertificate) -> None:
        """Write down a certificate of the world."""
        body = {
            "control_number": old.control_number,
            "chassis_number": old.chassis_number,
            "application_kind": old.application_kind,
            "inspection_date": old.inspection_date,
        }
        fixed = {"status": old.status, "report_status": old.report_status, "message": old.message}
        life = {"made_at": old.issued_at, "match": old.insurance_match, "fixed": fixed}
        self._memory.add(Entry(SERVICE, old.certificate_number, old.api_key, moment_of(old.issued_at), body, life))

    def _own(self, call: Call) -> Entry:
        return self._office.own(SERVICE, call.path["certificate_number"], call)

    def _matched(self, call: Call) -> str:
        """Return 自賠責の照合.

        Raises:
            Problem: 409 with code 127 and Retry-After: an OSS申請 whose electronic 自賠責 is not there (yet).
        """
        number, chassis = call.body["new_insurance"]["certificate_number"], call.body["chassis_number"]
        seen_at = self._ejibai.seen_at(number, chassis, call.now)
        if call.body["application_kind"] != OSS:
            return "手入力" if seen_at is None or seen_at > call.now else "手入力(電子情報あり)"
        if seen_at == call.now:
            return "電子"
        wait = self._office.pace.registry if seen_at is None else (seen_at - call.now).total_seconds()
        raise (
            Problem(
                409, "127", "自賠責保険証明書情報該当なし", "車台番号と保険証番号、登録機関への報告を確かめてください。"
            )
            .about(FieldError("new_insurance.certificate_number", "自賠責保険証明書情報該当なし"))
            .retry(wait)
        )

    def _refuse_second(self, call: Call) -> None:
        if self._office.troubles.keys_ignored:
            return
        criteria = Criteria(api_key=call.api_key, chassis_number=call.body["chassis_number"])
        today = call.now.astimezone(JST).date().isoformat()
        for entry in self._memory.find(SERVICE, criteria):
            document = self._document(entry, call.now)
            if document["status"] not in _CLOSED and document["valid_until"] >= today:
                raise Problem(409, "vehicle_has_open_certificate", "この車両には有効な保適証があります").about(
                    FieldError("chassis_number", f"交付番号 {entry.number} があります。")
                )

    def _document(self, entry: Entry, now: dt.datetime) -> Wire:
        return {
            "certificate_number": entry.number,
            "control_number": entry.body["control_number"],
            "application_kind": entry.body["application_kind"],
            "insurance_match": entry.life["match"],
            "issued_at": text_of(entry.created_at),
            "valid_until": _valid_until(entry.body["inspection_date"]),
            **self._standing(entry, now),
        }

    def _standing(self, entry: Entry, now: dt.datetime) -> Wire:
        """Return 交付ステータス, 報告状況 and since when: the last thing that happened wins."""
        life = entry.life
        if "deleted_at" in life:
            return _standing("削除", None, moment_of(life["deleted_at"]))
        if "pulled" in life:
            return self._pulled(life["pulled"], now)
        made_at = moment_of(life["made_at"])
        if "fixed" in life:
            return {**life["fixed"], "status_updated_at": text_of(made_at)}
        if entry.body["application_kind"] == OSS:
            return self._taken_up(entry, made_at, now)
        reported_at = made_at + dt.timedelta(seconds=self._office.pace.report)
        return (
            _standing("作成済", "未報告", made_at) if now < reported_at else _standing("報告済", "報告済", reported_at)
        )

    def _pulled(self, pulled: Wire, now: dt.datetime) -> Wire:
        pulled_at = moment_of(pulled["at"])
        done_at = pulled_at + dt.timedelta(seconds=self._office.pace.pullback)
        if now < done_at:
            message = "引戻を受け付けました。しばらくお待ちください。"
            return _standing(pulled["status"], pulled["report_status"], pulled_at, message)
        return _standing("作成中", "未報告", done_at)

    def _taken_up(self, entry: Entry, made_at: dt.datetime, now: dt.datetime) -> Wire:
        """An OSS certificate is reported when the agent takes its filing, and free again when that is refused."""
        chassis = entry.body["chassis_number"]
        filing = self._ainas.for_certificate(entry.api_key, entry.number, chassis, now)
        if filing is None or filing.status == "受付前" or filing.status in ENDED - {DONE}:
            return _standing("作成済", "未報告", made_at)
        since = moment_of(filing.document["status_updated_at"])
        return _standing("申請完" if filing.status == DONE else "報告済", "報告済", since)


def _standing(status: str, report_status: str | None, since: dt.datetime, message: str | None = None) -> Wire:
    return {
        "status": status,
        "report_status": report_status,
        "status_updated_at": text_of(since),
        "message": message,
    }


def _valid_until(inspection_date: str) -> str:
    """Return 検査日 + 14 days; days that no calendar here reaches are left as they came."""
    try:
        return (dt.date.fromisoformat(inspection_date) + dt.timedelta(days=_VALID_DAYS)).isoformat()
    except (ValueError, OverflowError):
        return inspection_date
