"""What each stored field and each record is called on the glass: for 変更の履歴, and where two saves meet."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from onestop.model.change import AGAIN, GONE, MADE
from onestop.model.sending_state import Sending
from onestop.model.wareki import YearMonth, format_western
from onestop.screens.display import NOTHING, short_moment
from onestop.screens.vehicle.labels import CHOICES, LABELS

RECORDS: Final = {
    "vehicle": "車両",
    "inspection": "車検",
    "filing": "申請",
    "filing_fee": "手数料・税",
    "insurance_certificate": "自賠責証明書",
    "conformity_certificate": "保適証",
    "checklist_answer": "確認票",
    "fleet_consent": "まとめての承諾書",
    "added_rate": "料金表",
    "confirmation": "確認済",
    "payment_match": "納付消込",
    "closed_month": "月の締め",
    "operator": "操作者",
    "settings": "設定",
}

_OTHERS: Final = {
    # 登録番号, in its parts
    "area": "登録番号",
    "class_number": "登録番号(分類番号)",
    "kana": "登録番号(かな)",
    "serial": "登録番号(一連)",
    # 車検
    "renews": "更新する満了日",
    "opened_at": "車検の開始",
    "inspection_date": "検査年月日",
    "ended_at": "車検の終了",
    "ending": "終わり方",
    "ended_by_hand": "手で終了",
    "reason": "終了の理由",
    "inspection_id": "車検",
    # 申請
    "procedure": "手続種別",
    "planned_date": "申請予定日",
    "filing_id": "申請ID",
    "requested_at": "依頼日時",
    "status": "ステータス",
    "oss_status": "OSSステータス",
    "status_updated_at": "状況更新日",
    "message": "連絡・エラー詳細",
    "forgotten": "AINASに記録なし",
    "insurance_certificate_number": "自賠責証明書番号",
    "conformity_certificate_number": "保適証の交付番号",
    "certificate_update": "電子車検証更新区分",
    "recording_contract_number": "委託番号",
    "vehicle_id": "車両",
    "control_number": "管理番号",
    "sending": "送信の状態",
    "first_sent_at": "最初の送信",
    "sent_to": "送信先",
    "refusal": "却下の理由",
    "auto_resend_blocked_at": "自動の再送を停止",
    # 自賠責
    "by_hand": "手入力",
    "origin": "電子・紙",
    "insurer": "保険会社",
    "start_date": "保険開始日",
    "end_date": "保険終了日",
    "months": "保険期間",
    "contract_kind": "契約区分",
    "rate_class": "車種",
    "report_to_registry": "登録機関",
    "registry_reported_at": "登録機関への報告",
    "policyholder_name": "契約者の氏名",
    "policyholder_address": "契約者の住所",
    "premium": "保険料",
    # 保適証
    "application_kind": "申請種別",
    "workshop_code": "整備工場コード",
    "inspector_code": "検査員コード",
    "inspector_name": "検査員",
    "vehicle_category": "自動車区分",
    "user_address": "使用者の住所",
    "odometer_km": "走行距離",
    "issue_date": "交付年月日",
    "new_insurance_number": "新自賠責の番号",
    "new_insurer": "新自賠責の保険会社",
    "old_insurance_number": "旧自賠責の番号",
    "old_insurer": "旧自賠責の保険会社",
    "remarks": "備考",
    "work_summary": "点検・整備・検査の概要",
    "report_status": "報告状況",
    "insurance_match": "自賠責の照合",
    "issued_at": "交付日時",
    "valid_until": "有効期限",
    "waiting_since": "自賠責データ待ち",
    "pullback_requested_at": "引戻の依頼",
    # 承諾書, 操作者
    "revoked_by": "取消した人",
    "revoked_at": "取消の日時",
    "name": "名前",
    "reading": "読み",
    "right": "権限",
    "is_active": "使用中",
    "pin": "暗証番号",
    "amount": "金額",
    "payment_status": "納付状況",
    "due_date": "納付期限日",
    # 設定
    "practice": "接続先(練習)",
    "services_url": "接続先URL(本番)",
    "api_key": "APIキー",
    "api_password": "APIパスワード",
    "requester_site_code": "依頼人拠点コード",
    "agent_site_id": "代理人拠点ID",
    "workshop_name": "事業場の名称",
    "oss_charge": "OSS申請費用",
    "inspectors": "検査員の一覧",
    "second_backup_folder": "バックアップの2つ目の保存先",
    "watched_folder": "取込の監視フォルダー",
    "scanner_port": "スキャナのポート",
    "scanner_speed": "スキャナの速度",
    "update_address": "新しい版のお知らせのURL",
    "database_url": "データベースの場所",
    "database_password": "データベースのパスワード",
    # the whole record
    MADE: "新規",
    GONE: "削除",
    AGAIN: "変更",
}
_NAMES: Final = _OTHERS | LABELS
_OF_RECORD: Final = {
    ("insurance_certificate", "certificate_number"): "保険証番号",
    ("conformity_certificate", "certificate_number"): "交付番号",
}
"""Fields that a car has as well, where they are called otherwise."""
TICKS: Final = frozenset(
    {"officially_stamped", "user_is_owner", "forgotten", "ended_by_hand", "report_to_registry", "is_active", "practice"}
)
_TICKED: Final = {"1": "はい", "0": "いいえ"}
MONTHS: Final = frozenset({"first_registration", "month"})
"""Fields that are a month, or a year alone."""
_WORDS: Final = {
    **{name: dict(pairs) for name, pairs in CHOICES.items()},
    "sending": {
        Sending.DRAFT.value: "依頼前",
        Sending.SENDING.value: "送信中",
        Sending.UNKNOWN.value: "確認中",
        Sending.FILED.value: "発行済",
    },
}
"""By fields: what a stored value is called, where it is no word itself."""
DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00")


def label_of_field(name: str, record: str = "") -> str:
    """Return what a field is called, of a record where that matters; one that has no word keeps its own."""
    return _OF_RECORD.get((record, name)) or _NAMES.get(name, name)


def value_in_words(field: str, kept: str | None) -> str:
    """Return a value of the history as a table shows it: ticks, choices, days and moments in words of the glass."""
    if kept is None:
        return NOTHING
    if field in TICKS and kept in _TICKED:  # else a sentence about all of them, as of 操作者
        return _TICKED[kept]
    if kept in (words := _WORDS.get(field, {})):
        return words[kept]
    month = YearMonth.parse(kept) if field in MONTHS else None
    if month is not None:
        return month.western()
    if DAY.fullmatch(kept):
        return format_western(dt.date.fromisoformat(kept))
    return MOMENT.sub(lambda found: short_moment(dt.datetime.fromisoformat(found[0])), kept)


def label_of_record(table: str) -> str:
    """Return what a record is called."""
    return RECORDS.get(table, table)
