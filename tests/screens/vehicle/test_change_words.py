"""A change in words: no key of a record and no bare number stands in 変更の履歴."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop.model.added_rate import AddedRate
from onestop.model.bank import ClosedMonth, PaymentMatch
from onestop.model.change import MADE, Author, Change
from onestop.model.checklist import ChecklistAnswer, FleetConsent, Item
from onestop.model.filing import FilingFee
from onestop.model.operator import Operator
from onestop.model.rate_tables import RateTable
from onestop.model.right import Right
from onestop.screens.display import NOTHING
from onestop.screens.vehicle.change_words import row_of
from onestop.screens.vehicle.changes_screen import ChangesScreen
from onestop.services.changes import Meant
from onestop.store.history import LINES, _summed
from support.builders import BUILT_AT
from support.inspections import an_inspection

if TYPE_CHECKING:
    from onestop.model.base import Record
    from support.desks import DeskRoom
    from support.screens import Stage

NOBODY_MEANT = Meant({}, {}, {}, {})
DAY = dt.date(2027, 4, 1)
AT = "2026/11/24 9:00"


def a_rate(table: RateTable, key: str, amounts: str, source: str = "省令") -> AddedRate:
    return AddedRate(rate_table=table, key=key, first_day=DAY, amounts=amounts, source=source, added_at=BUILT_AT)


def a_match(part: int, amount: int) -> PaymentMatch:
    return PaymentMatch(
        line_id=1,
        control_number=2,
        kind="自動車重量税",
        part=part,
        amount=amount,
        matched_at=BUILT_AT,
        matched_by="1番窓口",
    )


A_MONTH = ClosedMonth(
    month="2026-11", closed_at=BUILT_AT, closed_by="1番窓口", lines=5, paid=123456, matched_lines=0, matched=0
)
TOLD: list[tuple[Record, str]] = [
    (
        a_rate(RateTable.FEES, "kei/oss", "1800,,1800"),
        "検査手数料 / 軽自動車 指定整備 OSS / 2027/04/01から / 国・協会 1,800、技術情報管理 –、計 1,800 / 省令",
    ),
    (
        a_rate(RateTable.WEIGHT_TAX, "kei_private", "2500,3300,4100,4400"),
        (
            "自動車重量税 / 検査対象軽 自家用 (乗用・貨物) / 2027/04/01から / "
            "本則 2,500、当分の間 3,300、13年経過 4,100、18年経過 4,400 / 省令"
        ),
    ),
    (
        a_rate(RateTable.INSURERS, "東京 / 海上", "東京海上\t\t使う", source=""),
        "保険会社 / 東京 / 海上 / 2027/04/01から / 名称 東京海上、扱い 使う",
    ),
    (
        a_rate(RateTable.HOURS, "ainas", "8:00\t22:00\t毎日"),
        "受付時間 / AINAS / 2027/04/01から / 開始 8:00、終了 22:00、日 毎日 / 省令",
    ),
    (
        a_rate(RateTable.HOLIDAYS, "2027-04-01", "創業記念日\t休み"),
        "祝日と休み / 令和9年4月1日(木) 2027/04/01 / 名称 創業記念日、扱い 休み / 省令",
    ),
    (
        a_rate(RateTable.VALIDITY, "どこにもない", "1,2"),
        "車検の有効期間 / どこにもない / 2027/04/01から / 1,2 / 省令",
    ),
    (
        Operator(created_at=BUILT_AT, updated_at=BUILT_AT, name="田中", reading="タナカ", right=Right.SEND),
        "田中 / タナカ / 発行 / 使用中",
    ),
    (
        Operator(created_at=BUILT_AT, updated_at=BUILT_AT, name="田中", right=Right.SEND, is_active=False),
        "田中 / 発行 / 停止",
    ),
    (
        FilingFee(position=1, kind="検査登録手数料", amount=1850, payment_status="納付済", due_date=DAY),
        "検査登録手数料 / ¥1,850 / 納付済 / 2027/04/01",
    ),
    (FilingFee(position=1, kind="検査登録手数料"), "検査登録手数料"),
    (a_match(1, 24600), f"自動車重量税 / ¥24,600 / {AT} / 1番窓口"),
    (a_match(2, 600), f"自動車重量税(2件目) / ¥600 / {AT} / 1番窓口"),
    (
        A_MONTH,
        f"2026/11 / {AT} / 1番窓口 / 出金 5件 ¥123,456 / 消込済 0件 ¥0",
    ),
    (
        ChecklistAnswer(
            inspection_id=1, item=Item.CONSENT, answer="あり", day=DAY, answered_by="田中", answered_at=BUILT_AT
        ),
        f"承諾書 / あり / 2027/04/01 / 田中 / {AT}",
    ),
    (
        FleetConsent(
            user_name="カーネット太郎", user_address="古河市", given_on=DAY, noted_by="田中", noted_at=BUILT_AT
        ),
        f"カーネット太郎 / 古河市 / 2027/04/01 / 田中 / {AT}",
    ),
]


def a_change(record: str, field: str = MADE, new: str | None = None, key: str = "") -> Change:
    return Change(at=BUILT_AT, operator="", terminal="", record=record, key=key, field=field, new=new)


@pytest.mark.parametrize(("record", "shown"), TOLD)
def test_a_short_record_is_told_in_words(record: Record, shown: str) -> None:
    words = row_of(a_change(record.__tablename__, new=_summed(record)), NOBODY_MEANT)
    assert (words.new, words.old) == (shown, NOTHING)


def test_every_short_record_is_tried() -> None:
    assert {type(record) for record, _ in TOLD} == {*LINES}


@pytest.mark.parametrize(
    ("record", "kept", "shown"),
    [
        ("confirmation", "V15 / 満了日が過ぎています。 / 2026-11-20", "満了日が過ぎています。"),
        ("confirmation", "満了日が過ぎて…", "満了日が過ぎて…"),
        ("added_rate", "fees / kei/oss / 18…", "検査手数料 / kei/oss / 18…"),
        ("added_rate", "another", "another"),
        ("operator", "田中 / 発…", "田中 / 発…"),
        ("payment_match", "自動車重量税 / 1…", "自動車重量税 / 1…"),
        ("closed_month", "2026-11 / 1…", "2026-11 / 1…"),
        ("vehicle", "田中 / 2026-11-20", "田中 / 2026/11/20"),
    ],
)
def test_what_is_no_whole_record_keeps_its_words(record: str, kept: str, shown: str) -> None:
    assert row_of(a_change(record, new=kept), NOBODY_MEANT).new == shown


def test_a_change_of_an_operator_says_of_whom(room: DeskRoom, stage: Stage) -> None:
    with room.database.write() as shelves:
        shelves.operators.add(Operator(created_at=BUILT_AT, updated_at=BUILT_AT, name="田中", right=Right.SEND))
    with room.database.write() as shelves:
        shelves.operators.all()[0].is_active = False
        shelves.changes.note(Author("", "1番窓口"), BUILT_AT, "operator", [("is_active", None, "(すべて停止)")])
    screen = stage.open(ChangesScreen(stage.surroundings, None))

    assert sorted(tuple(screen.rows.row(place))[3:] for place in range(screen.rows.count)) == [
        ("操作者", "使用中", "–", "(すべて停止)"),
        ("操作者", "新規", "–", "田中 / 発行 / 使用中"),
        ("操作者 田中", "使用中", "はい", "いいえ"),
    ]


def test_a_consent_says_of_whom(room: DeskRoom) -> None:
    with room.database.write() as shelves:
        shelves.checklists.add(
            FleetConsent(user_name="カーネット太郎", user_address="", given_on=DAY, noted_by="田中", noted_at=BUILT_AT)
        )
    change = a_change("fleet_consent", "revoked_by", "田中", key="1")
    assert row_of(change, room.desk.changes.meant_by([change])).record == "まとめての承諾書 カーネット太郎"
    assert row_of(change, NOBODY_MEANT).record == "まとめての承諾書"


@pytest.mark.parametrize(("renews", "shown"), [(dt.date(2026, 12, 20), "満了日 2026/12/20"), (None, "満了日不明")])
def test_the_inspection_and_the_car_of_a_record_are_named(room: DeskRoom, renews: dt.date | None, shown: str) -> None:
    car = room.a_car(plate="土浦300さ1234", chassis_number="ZN6-1")
    with room.database.write() as shelves:
        mine = shelves.inspections.add(an_inspection(vehicle_id=car, renews=renews))
    changes = [
        a_change("conformity_certificate", name, str(key), key="7")
        for name, key in (("inspection_id", mine.id), ("vehicle_id", car), ("inspection_id", 99))
    ]
    meant = room.desk.changes.meant_by(changes)
    assert [row_of(each, meant).new for each in changes] == [shown, "土浦300さ1234  ZN6-1", "(削除済)"]
    assert {row_of(each, meant).record for each in changes} == {"保適証 7"}
