"""Turns each trouble of the world into what happened, what it means, and what to do next."""

from __future__ import annotations

from onestop import errors
from onestop.screens.ports import Message, Tone

SETTING_NAMES = {
    "api_key": "APIキー",
    "api_password": "APIパスワード",
    "requester_site_code": "依頼人拠点コード",
    "agent_site_id": "代理人拠点ID",
    "services_url": "接続先URL",
}


def explain(error: errors.OneStopError) -> Message:
    """Return the sentence for the strip; every class of errors.py has a row."""
    if isinstance(error, errors.InvalidInput):
        return _invalid(error)
    if isinstance(error, errors.NotConfigured):
        names = "・".join(SETTING_NAMES.get(name, name) for name in error.missing)
        return Message(f"設定が足りません: {names}。F3 設定 で入力してから、もう一度実行してください。", Tone.ERROR)
    if isinstance(error, errors.ServiceError):
        return Message(_service(error) + _mark(error), Tone.ERROR)
    if isinstance(error, errors.NotAllowed):
        return Message(str(error), Tone.WARNING)
    return Message(_own(error), Tone.ERROR)


def _invalid(error: errors.InvalidInput) -> Message:
    first = error.problems[0]
    more = f"(ほかに{len(error.problems) - 1}件)" if len(error.problems) > 1 else ""
    return Message(first.message + more, Tone.ERROR, first.field)


def _mark(error: errors.ServiceError) -> str:
    return f" [照会番号 {error.request_id}]" if error.request_id else ""


def _wait(error: errors.Overloaded) -> str:
    return "しばらく" if error.retry_after is None else f"約{max(1, -(-error.retry_after // 60))}分"


def _service(error: errors.ServiceError) -> str:  # noqa: PLR0911 - one sentence for each class, in one readable place
    match error:
        case errors.NotReached():
            return "サーバーに接続できませんでした。送信はされていません。ネットワークを確かめて、もう一度実行してください。"
        case errors.ContractBroken():
            return "サーバーから読み取れない応答がありました。受け付けられたかどうかは分かりません。F7 検索 または 申請確認 で確かめてください。"
        case errors.NoAnswer():
            return "送信しましたが、応答がありませんでした。受け付けられたかどうかは分かりません。F7 検索 または 申請確認 で確かめてください(二重には申請されません)。"
        case errors.CredentialsRefused():
            return "APIキーまたはAPIパスワードが正しくありません。受け付けられていません。F3 設定 で確かめてください。"
        case errors.ServiceClosed():
            return f"サービスは時間外またはメンテナンス中です。受け付けられていません。{_wait(error)}待って、もう一度実行してください。"
        case errors.Overloaded():
            return (
                f"サーバーが混み合っています。受け付けられていません。{_wait(error)}待って、もう一度実行してください。"
            )
        case errors.NotFound():
            return "サーバーに該当のデータがありません(完了から40日を過ぎると削除されます)。保存済みの内容を表示しています。"
        case errors.Refused():
            return _refused(error)
        case _:
            return "サーバーで問題が起きました。しばらく待って、もう一度実行してください。"


REFUSALS = {
    "password_is_initial": "初期パスワードのままでは申請できません。F3 設定 の「AINAS連携APIパスワード再設定」を行ってください。",
    "site_not_yours": "依頼人拠点コードがこのAPIキーのものではありません。F3 設定 で確かめてください。",
    "agent_unknown": "代理人拠点IDが見つかりません。F3 設定 で確かめてください。",
    "vehicle_has_open_filing": "この車両には、手続が終わっていない申請がすでにあります。申請書一覧で確かめてください。",
    "not_withdrawable": "受付が始まっているため、取消できません。代理人に電話で連絡してください。",
}


def _refused(error: errors.Refused) -> str:
    known = REFUSALS.get(error.code)
    if known is not None:
        return known
    reasons = " ".join(reason.message for reason in error.reasons)
    return f"受け付けられませんでした: {reasons or error.detail or error.code} 内容を直して、もう一度実行してください。"


def _own(error: errors.OneStopError) -> str:  # noqa: PLR0911 - one sentence for each class, in one readable place
    match error:
        case errors.KeychainUnavailable():
            return "このパソコンの資格情報ストアが使えません。APIキーとパスワードは保存されず、起動のたびに入力が必要です。"
        case errors.DatabaseNewer():
            return "データベースは新しい版のプログラムで作られています。変更せずに終了します。プログラムを更新してください。"
        case errors.DatabaseDamaged():
            return "データベースが壊れていたため隔離しました。いちばん新しいバックアップから復元できます。"
        case errors.EngineUnsafe():
            return "SQLiteの版が古く、データを失うおそれがあります。READMEの手順で入れ直してください。"
        case errors.DataFolderInUse():
            return "このデータフォルダーは、すでに開いている別の画面で使われています。そちらの画面を使ってください。"
        case errors.FileNotWritten():
            return "ファイルを保存できませんでした。ExcelやPDFの画面で開いている場合は閉じて、もう一度実行してください。保存先の空きと権限も確かめてください。"
        case _:
            return "このパソコンのファイルの読み書きに失敗しました。ディスクの空きと権限を確かめて、もう一度実行してください。"
