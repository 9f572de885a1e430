"""Filings with their fees, and files as banks write them; all invented."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from onestop.clock import JST
from onestop.model.filing import FilingFee
from onestop.model.payment import Payment
from onestop.model.sending_state import Sending
from onestop.model.words import VehicleClass
from support.builders import a_filing
from support.inspections import of_now

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from support.desks import DeskRoom

REQUESTED: Final = dt.datetime(2026, 11, 20, 10, tzinfo=JST)
FEES: Final = (("検査登録手数料", 1450), ("技術情報管理手数料", 400), ("自動車重量税", 24600))
TOGETHER: Final = 26_450


def a_paid_filing(
    room: DeskRoom,
    fees: Sequence[tuple[str, int | None]] = FEES,
    *,
    payment: str = "納付済",
    **changes: Any,  # noqa: ANN401 - any field of Filing
) -> int:
    """Store a finished filing with what AINAS returned of its fees; return its 管理番号."""
    car = room.a_car()
    with room.database.write() as shelves:
        rows = [
            FilingFee(position=place, kind=kind, amount=amount, payment_status=payment, due_date=dt.date(2026, 11, 27))
            for place, (kind, amount) in enumerate(fees)
        ]
        told: dict[str, Any] = {
            "sending": Sending.FILED,
            "requested_at": REQUESTED,
            "status": "手続完了",
            "oss_status": "手続(交付)完了",
            "status_updated_at": REQUESTED + dt.timedelta(days=1),
            "payload": '{"agent_site_id": "D0000123"}',
        }
        filing = of_now(shelves, a_filing(vehicle_id=car, fees=rows, **told | changes))
        return shelves.filings.add(filing).control_number


def a_payment(amount: int = 1450, **changes: Any) -> Payment:  # noqa: ANN401 - any field of Payment
    """Return one amount that AINAS returned."""
    fields: dict[str, Any] = {
        "control_number": 1,
        "kind": "検査登録手数料",
        "part": 1,
        "amount": amount,
        "payment_status": "納付待ち",
        "due_date": dt.date(2026, 11, 27),
        "filing_id": "1000000011",
        "vehicle_class": VehicleClass.REGISTERED,
        "plate": "土浦300さ1234",
        "agent_site_id": "D0000123",
        "requested_at": REQUESTED,
        "status": "申請中",
        "oss_status": "審査中",
        "status_updated_at": REQUESTED,
    }
    return Payment(**fields | changes)


def csv_of(*rows: str, heading: str = "日付,摘要,お支払金額,お預り金額,残高", encoding: str = "cp932") -> bytes:
    """Return a bank's CSV file."""
    return "\r\n".join((heading, *rows, "")).encode(encoding)


def a_bank_file(folder: Path, *rows: str, name: str = "bank.csv") -> Path:
    """Write a bank's CSV file."""
    path = folder / name
    path.write_bytes(csv_of(*rows))
    return path


def header(kind: str = "03", account: str = "0001234567", before: int | None = None) -> str:
    """Return the first record of an account; `before` is its 取引前残高."""
    head = f"1{kind}0081124081101081130" + "9999" + "ﾐﾎﾝｷﾞﾝｺｳ".ljust(15) + "123" + "ｺｶﾞｼﾃﾝ".ljust(15) + "000"
    whose = (head + "1" + account).ljust(113)
    return (whose + _balance(before, between="1")).ljust(200)


def line(day: str, amount: int | str, text: str = "ｺｸﾄﾞｺｳﾂｳｼﾖｳ", *, sent: bool = True) -> str:
    """Return a data record."""
    money = amount if isinstance(amount, str) else f"{amount:012}"
    front = f"2{1:08}{day}{day}{'2' if sent else '1'}10{money}{0:012}{0:06}{0:06}0{0:07}000{' ' * 10}"
    return (front + "".ljust(48) + "".ljust(30) + text.ljust(20)).ljust(200)


def trailer(sent: Sequence[int] = (), received: Sequence[int] = (), after: int | None = None) -> str:
    """Return the record with the sums; `after` is 取引後残高."""
    sums = f"8{len(received):06}{sum(received):013}{len(sent):06}{sum(sent):013}"
    return (sums + _balance(after)).ljust(200)


def _balance(yen: int | None, between: str = "") -> str:
    return "" if yen is None else f"{'2' if yen < 0 else '1'}{between}{abs(yen):014}"


END: Final = f"9{5:010}{1:05}".ljust(200)


def zengin_of(*records: str, between: bytes = b"\r\n") -> bytes:
    """Return a file of 全銀's."""
    return between.join(record.encode("cp932") for record in records)
