"""What 照会 says once the desk is open: which connection holds now, and what could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.screens.ports import Message, Tone
from onestop.screens.wording import explain
from onestop.screens.work_progress import time_left

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onestop.errors import OneStopError
    from onestop.screens.work_progress import WorkProgress
    from onestop.services.delivery.settle import Settled
    from onestop.services.standing import DeskStanding

NAMES: Final = {
    "practice": "接続先(練習・本番)",
    "services_url": "接続先URL",
    "database_url": "接続先データベース",
    "requester_site_code": "依頼人拠点コード",
    "agent_site_id": "代理人拠点ID",
    "certificate_update": "電子車検証更新区分",
    "recording_contract_number": "委託番号",
    "workshop_code": "整備工場コード",
    "workshop_name": "事業場の名称",
    "inspectors": "検査員",
    "oss_charge": "OSS申請費用",
    "text_scale": "文字の大きさ",
    "lock_minutes": "操作がないときにロックするまでの分",
    "hours": "受付時間",
    "print_offsets": "印刷位置",
    "windows": "画面の位置と大きさ",
    "last_import_folder": "取込のフォルダー",
    "scanner_port": "スキャナのポート",
    "scanner_speed": "スキャナの速度",
    "watched_folder": "車検証ファイルの監視フォルダー",
    "last_export_folder": "保存のフォルダー",
    "second_backup_folder": "バックアップの2つ目の保存先",
    "update_address": "新しい版のお知らせのURL",
    "update_version": "知らされた版",
    "update_issued": "知らされた日時",
}
PRACTISING: Final = "練習モードです。本番の申請に必要なものと、その設定は F3 設定 にあります。"
"""Said while nothing of the real desk is set up yet."""
MODE_UNKNOWN: Final = (
    "設定ファイルが見つかりません。このデータフォルダーには本番のデータベースがあります。\n"
    "本番で開くと、データはそのままで、接続先・APIキー・拠点コードは F3 設定 で入力し直します。\n"
    "練習で開くと、架空の車両だけが見え、本番のデータには触れません。"
)
"""Asked before anything is opened: a shop that finds 35 invented cars thinks that its own are lost."""
PRACTICE_DAMAGED: Final = (
    "練習用のデータが壊れているため、練習を開けません。本番のデータには関係ありません。\n"
    "練習をやり直すと、いまの練習用のデータは別の場所に残し、はじめの状態の練習を作ります。"
)
SYNCED: Final = (
    "データフォルダーが OneDrive の中にあります。同期の途中でファイルが開けなくなったり、"
    "別のパソコンの内容に置き換わったりすることがあります。このパソコンだけのフォルダーに移してください。"
)
LOOK: Final = "申請書一覧の F7 検索"
SWITCHING: Final = "接続先を切り替えています。"


ENCRYPTING: Final = (
    "コピー {}%",
    "元のデータとの比較 {}%",
    "ファイルの検査",
    "1行ずつの読み出し {}%",
    "暗号化前のデータの消去 {}%",
)
"""Its steps; of the third nobody knows how far it is."""


def encrypting(step: int, percent: int) -> str:
    """Say that the data are being encrypted, and how far that is."""
    return (
        f"データを暗号化しています(初回だけ)。手順{step}/{len(ENCRYPTING)}: {ENCRYPTING[step - 1].format(percent)}。"
        "車両が多いと数分かかります。終わると検索できます。途中で閉じても、データは失われません。"
    )


def switched(facts: DeskStanding) -> str:
    """Say which connection was opened after it was changed in 設定."""
    if facts.practice:
        return "設定を保存しました。接続先を練習に切り替えました。"
    host = facts.address.partition("://")[2].partition("/")[0]
    return f"設定を保存しました。接続先を本番({host or 'URL未設定'})に切り替えました。"


def settling(progress: WorkProgress) -> str:
    """Say that the services are being asked about what the last program left unanswered, and how far that is."""
    left = time_left(progress.seconds_left)
    return (
        f"応答のなかった送信{progress.total:,}件が受け付けられたかどうかを、サービスに確認しています"
        f"({progress.done:,}/{progress.total:,}件{left and f' {left}'})。このまま操作を続けられます。"
    )


def settled(of: Settled) -> Message | None:
    """Say what became of the sendings whose answer the last program did not get; nothing where there were none."""
    known = [f"{word}{count}件" for word, count in (("受付済み", of.filed), ("未受付", of.drafts)) if count]
    told = [f"応答のなかった送信を確認しました: {'、'.join(known)}。"] if known else []
    if of.waiting:
        which = "ほかの" if known else "応答のなかった"
        told.append(f"{which}送信{of.waiting}件は、受け付けられたかどうかがまだ分かりません。")
        told.append("" if of.reason is None else explain(of.reason, look=LOOK).text)
    if not told:
        return None
    text = "".join((*told, "申請書一覧とワンストップサービスで確かめてください。"))
    return Message(text, Tone.WARNING if of.waiting else Tone.INFO)


def unsettled(error: OneStopError) -> str:
    """Say that it could not be found out."""
    return f"応答のなかった送信を確認できませんでした。{explain(error).text}"


def damaged(*, moved: bool, backup: str) -> str:
    """Say what became of a damaged database; `moved`: just now, not before. `backup` is the file to restore, if any."""
    what = (
        "データベースが壊れていたため、隔離フォルダーに移しました(消してはいません)。"
        if moved
        else "データベースがありません。前に壊れて隔離されたか、ファイルが移されたか消されています。"
    )
    if not backup:
        return f"{what}\n使えるバックアップはありません。"
    how = "これから復元すると、バックアップより後に入力した内容は含まれません。"
    return f"{what}\n最新の正常なバックアップ: {backup}\n{how}"


def unread(names: Iterable[str], aside: str) -> str:
    """Say which settings could not be read, or that none could; `aside` is the name of the file that was kept."""
    told = "・".join(NAMES.get(name, name) for name in names)
    what = f"設定のうち {told} を読み取れませんでした。" if told else "設定ファイルを読み取れませんでした。"
    return f"{what}F3 設定 で確かめてください(元のファイルは {aside} に残してあります)。"
