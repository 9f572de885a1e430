"""Turns each trouble of the world into what happened, what it means, and what to do next."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from onestop import errors
from onestop.model.wareki import format_western
from onestop.screens.desk.server_words import AT_START
from onestop.screens.ports import Message, Tone

if TYPE_CHECKING:
    from collections.abc import Mapping

SETTING_NAMES = {
    "api_key": "APIキー",
    "api_password": "APIパスワード",
    "requester_site_code": "依頼人拠点コード",
    "agent_site_id": "代理人拠点ID",
    "services_url": "接続先URL",
    "database_url": "接続先データベース",
    "database_password": "データベースのパスワード",
}


class Errand(Enum):
    """What a service was asked for: what a trouble means depends on it."""

    SENDING = "sending"
    """発行, 訂正, 一括申請: something new is to stand there."""
    ASKING = "asking"
    """検索, 確認: nothing is to change there."""
    WITHDRAWING = "withdrawing"
    """取消, 削除, 引戻: what stands there is to be taken back."""


def explain(error: errors.OneStopError, errand: Errand = Errand.ASKING, look: str = "F7") -> Message:
    """Return the sentence for the strip; every class of errors.py has a row.

    Args:
        error: what went wrong.
        errand: what the service was asked for.
        look: the key that asks it how things stand, as the clerk reads it: F7 検索.
    """
    if isinstance(error, errors.InvalidInput):
        first, *others = error.problems
        more = f"(ほかに{len(others)}件)" if others else ""
        return Message(first.message + more, Tone.ERROR, first.field)
    if isinstance(error, errors.NotConfigured):
        names = "・".join(SETTING_NAMES.get(name, name) for name in error.missing)
        return Message(f"設定が足りません: {names}。F3 設定 で入力してから、もう一度実行してください。", Tone.ERROR)
    if isinstance(error, errors.ServiceError):
        mark = f" [照会番号 {error.request_id}]" if error.request_id else ""
        return Message(_service(error, errand, look) + mark, Tone.ERROR)
    if isinstance(error, errors.NotAllowed):
        return Message(str(error), Tone.WARNING)
    if isinstance(error, errors.NotWrittenDown):
        return Message(NOT_WRITTEN_DOWN[errand].format(look=look), Tone.ERROR)
    return _own(error)


def _own(error: errors.OneStopError) -> Message:
    if not isinstance(error, errors.ServerNotOpened):
        return Message(OWN.get(type(error), FILES_FAILED), Tone.ERROR)
    told = explain(error.trouble)
    return Message(AT_START.get(type(error.trouble), told.text), Tone.ERROR, told.field)


SPANS: Final = ((86_400, "日"), (3_600, "時間"), (60, "分"))
"""Seconds of each; the first that is shorter than a time says it."""


def _wait(error: errors.Overloaded) -> str:
    """Say how long, rounded up: a service that is closed over the turn of the year asks for days."""
    if error.retry_after is None:
        return "しばらく"
    seconds, unit = next(((each, unit) for each, unit in SPANS if error.retry_after > each), SPANS[-1])
    return f"約{max(1, -(-error.retry_after // seconds))}{unit}"


NOTHING_DONE: Final[Mapping[Errand, str]] = {
    Errand.SENDING: "受け付けられていません。",
    Errand.ASKING: "",
    Errand.WITHDRAWING: "取り消されていません。",
}
UNKNOWN: Final[Mapping[Errand, str]] = {
    Errand.SENDING: "受け付けられたかどうかは分かりません。{look} で確かめてください(二重には申請されません)。",
    Errand.ASKING: "しばらく待って、もう一度実行してください。",
    Errand.WITHDRAWING: "取り消されたかどうかは分かりません。{look} で確かめてください。",
}
"""What it means when nobody knows whether the service acted."""
NO_ANSWER: Final[Mapping[Errand, str]] = {
    Errand.SENDING: "送信しましたが、応答がありませんでした。",
    Errand.ASKING: "サーバーから応答がありませんでした。",
    Errand.WITHDRAWING: "取消を送りましたが、応答がありませんでした。",
}
ANSWERERS: Final = {
    "filing": ("AINAS", "申請"),
    "policy": ("e-JIBAI", "自賠責証明書"),
    "certificate": ("AIRAS", "保適証"),
}
"""By what was asked about: who answered, and what the clerk calls it."""
NOT_WRITTEN_DOWN: Final[Mapping[Errand, str]] = {
    Errand.SENDING: "送信しましたが、結果をこのパソコンに書き込めませんでした。受け付けられている場合があります。"
    "ディスクの空きと権限を確かめてから、{look} で確かめてください(二重には申請されません)。",
    Errand.ASKING: "サーバーの返事をこのパソコンに書き込めませんでした。"
    "ディスクの空きと権限を確かめてから、もう一度実行してください。",
    Errand.WITHDRAWING: "取消を送りましたが、結果をこのパソコンに書き込めませんでした。取り消されている場合があります。"
    "ディスクの空きと権限を確かめてから、{look} で確かめてください。",
}
"""What it means when an answer came, and this machine could not keep it."""
NOT_REACHED: Final[Mapping[Errand, str]] = {
    Errand.SENDING: "送信はされていません。",
    Errand.ASKING: "",
    Errand.WITHDRAWING: "取り消されていません。",
}
NOT_TRUSTED: Final[Mapping[errors.TlsTrouble, str]] = {
    errors.TlsTrouble.SELF_SIGNED: "接続先の証明書は、どの認証局も保証していないもの(自己署名)です。{meaning}別のサーバーにつながっているおそれがあります。F3 設定 の接続先URLを確かめ、正しければサービスの窓口に連絡してください。",
    errors.TlsTrouble.UNKNOWN_AUTHORITY: "接続先の証明書は、このパソコンが知らない認証局のものです。{meaning}社内の機器やウイルス対策が通信を検査していることがあります。社内のネットワーク担当者に連絡してください。",
    errors.TlsTrouble.OTHER_NAME: "接続先の証明書は、別の名前のサーバーのものです。{meaning}F3 設定 の接続先URLを確かめ、正しければサービスの窓口に連絡してください。",
    errors.TlsTrouble.EXPIRED: "接続先の証明書は、このパソコンの日付({today})では期限が切れています。{meaning}日付が違っていれば直し、合っていればサービスの窓口に連絡してください。",
    errors.TlsTrouble.NOT_YET_VALID: "接続先の証明書は、このパソコンの日付({today})ではまだ有効ではありません。{meaning}このパソコンの日付が遅れているためと思われます。日付を直し、合っていればサービスの窓口に連絡してください。",
    errors.TlsTrouble.OUT_OF_DATE: "接続先の証明書の有効期間に、このパソコンの日付({today})が入っていません。{meaning}日付が違っていれば直し、合っていればサービスの窓口に連絡してください。",
    errors.TlsTrouble.OLD_TLS: "接続先は、安全でない古い方式(TLS 1.1 以前)でしか通信できません。{meaning}社内の機器を通しているときはネットワーク担当者に、そうでなければサービスの窓口に連絡してください。",
    errors.TlsTrouble.OTHER: "接続先と暗号化した通信を始められませんでした。{meaning}F3 設定 の接続先URLを確かめ、正しければ社内のネットワーク担当者に連絡してください。",
}
"""What is said when no safe connection could be made, and whom to call."""
NOT_FOUND: Final[Mapping[Errand, str]] = {
    Errand.SENDING: "サーバーに送り先がありません。受け付けられていません。F3 設定 で接続先を確かめてください。",
    Errand.ASKING: "サーバーに該当のデータがありません(完了から40日を過ぎると削除されます)。保存済みの内容を表示しています。",
    Errand.WITHDRAWING: "サーバーに該当のデータがないため、取り消せません。{look} で確かめてください。",
}


def _service(error: errors.ServiceError, errand: Errand, look: str) -> str:  # noqa: C901, PLR0911 - one sentence for each class, in one readable place
    nothing_done, unknown = NOTHING_DONE[errand], UNKNOWN[errand].format(look=look)
    match error:
        case errors.NotTrusted():
            return NOT_TRUSTED[error.trouble].format(meaning=NOT_REACHED[errand], today=format_western(error.today))
        case errors.NotReached():
            meaning = NOT_REACHED[errand]
            return f"サーバーに接続できませんでした。{meaning}ネットワークを確かめて、もう一度実行してください。"
        case errors.AnswerOfAnother():
            service, noun = ANSWERERS[error.thing]
            unchanged = "何も変えていません。" if errand is Errand.ASKING else ""
            return f"{service}の返事がこの{noun}のものではありません。{unchanged}{unknown}"
        case errors.ContractBroken():
            return f"サーバーから読み取れない応答がありました。{unknown}"
        case errors.ProgramFault():
            return f"プログラムの中で問題が起きました。{unknown}"
        case errors.NoAnswer():
            return f"{NO_ANSWER[errand]}{unknown}"
        case errors.CredentialsRefused():
            return f"APIキーまたはAPIパスワードが正しくありません。{nothing_done}F3 設定 で確かめてください。"
        case errors.ServiceClosed():
            return f"サービスは時間外またはメンテナンス中です。{nothing_done}{_wait(error)}待って、もう一度実行してください。"
        case errors.Overloaded():
            return f"サーバーが混み合っています。{nothing_done}{_wait(error)}待って、もう一度実行してください。"
        case errors.NotFound():
            return NOT_FOUND[errand].format(look=look)
        case errors.Refused():
            return _refused(error, errand)
        case _:
            return "サーバーで問題が起きました。しばらく待って、もう一度実行してください。"


FORBIDDEN: Final = 403
"""The service knows who asks, and does not let it: nothing in the form can mend that."""
REFUSALS = {
    "password_is_initial": "初期パスワードのままでは申請できません。F3 設定 の「AINAS連携APIパスワード再設定」を行ってください。",
    "site_not_yours": "依頼人拠点コードがこのAPIキーのものではありません。F3 設定 で確かめてください。",
    "agent_unknown": "代理人拠点IDが見つかりません。F3 設定 で確かめてください。",
    "vehicle_has_open_filing": "この車両には、手続が終わっていない申請がすでにあります。申請書一覧で確かめてください。",
    "not_withdrawable": "受付が始まっているため、取消できません。代理人に電話で連絡してください。",
}


REFUSED: Final[Mapping[Errand, str]] = {
    Errand.SENDING: "受け付けられませんでした",
    Errand.ASKING: "サーバーが問い合わせに応じませんでした",
    Errand.WITHDRAWING: "取り消せませんでした",
}
TO_DO: Final[Mapping[Errand, str]] = {
    Errand.SENDING: "内容を直して、もう一度実行してください。",
    Errand.ASKING: "しばらく待って、もう一度実行してください。",
    Errand.WITHDRAWING: "理由を確かめ、必要なら代理人か保険会社に連絡してください。",
}


def _refused(error: errors.Refused, errand: Errand) -> str:
    known = REFUSALS.get(error.code)
    if known is not None:
        return known
    reasons = "".join(_sentence(reason.message) for reason in error.reasons)
    to_do = "F3 設定 で確かめてください。" if error.status == FORBIDDEN else TO_DO[errand]
    return f"{REFUSED[errand]}: {reasons or _sentence(error.detail or error.code)}{to_do}"


OWN: Final[Mapping[type[errors.OneStopError], str]] = {
    errors.KeychainUnavailable: "このパソコンの資格情報ストアが使えません。APIキーとパスワードを読み書きできないため、今の操作は行っていません。プログラムを開き直して、もう一度実行してください。",
    errors.KeychainLocked: "このパソコンの資格情報ストアがロックされています。APIキーとパスワードは消えていません。ロックを解除して(ログインし直すと解除されます)、もう一度実行してください。",
    errors.KeychainForeign: "資格情報ストアに、ほかのプログラムが書いた値があります。資格情報マネージャーで onestop/ の api_key・api_password・pending_password の項目を削除し(鍵の data_key は消さないでください)、F3 設定 でAPIキーとパスワードを入力し直してください。",
    errors.DatabaseNewer: "データベースは新しい版のプログラムで作られています。変更せずに終了します。プログラムを更新してください。",
    errors.DatabaseHurt: "データベースの一部が、保存された内容と一致しません。どうするかを選んでください。",
    errors.RecordsDamaged: "保存されているデータの一部が壊れています。何も変更していません。プログラムを終了して開き直すと、壊れたところを調べて直せます。",
    errors.DatabaseDamaged: "データベースが壊れていたため隔離しました。最新のバックアップから復元できます。",
    errors.EngineUnsafe: "SQLiteの版が古く、データを失うおそれがあります。システム担当者に連絡して、入れ直してもらってください。",
    errors.DataFolderInUse: "このデータフォルダーは、すでに開いている別の画面で使われています。そちらの画面を使ってください(見当たらないときは、このパソコンの別のユーザーやリモートデスクトップで開いています)。",
    errors.FileNotWritten: "ファイルを保存できませんでした。ExcelやPDFの画面で開いている場合は閉じて、もう一度実行してください。保存先の空きと権限も確かめてください。",
    errors.NoRoom: "ディスクがいっぱいで、書き込めませんでした。今の操作は保存されていません。不要なファイルを消して空きを作り、もう一度実行してください。",
    errors.FileHeld: "ファイルを、ほかのプログラム(ウイルス対策ソフト・OneDrive・バックアップなど)が開いているか、読み書きする権限がありません。今の操作は保存されていません。少し待って、もう一度実行してください。続くときは、データフォルダーの権限を確かめてください。",
    errors.TooManyOpen: "このパソコンで開いているファイルが多すぎて、読み書きできませんでした。ほかのプログラムを閉じて、もう一度実行してください。",
    errors.LocksRefused: "このデータフォルダーではファイルをロックできないため、データを安全に保存できません。このパソコンの中のフォルダーを指定して、起動し直してください。",
    errors.DataFolderGone: "データフォルダーが見つかりません(消された・移された・外された)。今の操作は保存されていません。元に戻して、プログラムを起動し直してください。",
    errors.ServerGone: "データベースのサーバーにつながりません。今の操作は保存されていないことがあります。入力した内容は画面とこのパソコンに残っています。つながると自動で読み直すので、保存されたかどうかを確かめて、もう一度実行してください。続くときは、サーバーの管理者に連絡してください。",
    errors.ServerRefused: "データベースのサーバーが、この端末からの接続を断りました。今の操作は行っていません。F3 設定 で 接続先データベース とパスワードを確かめてください。合っているときは、サーバーの管理者に、ユーザーの権限と表の版(onestop prepare-server)を確かめてもらってください。",
    errors.ServerNotTrusted: "データベースのサーバーの証明書を確かめられないため、接続していません。何も送っていません。サーバーが暗号化した接続(ssl)を受け付けるか、サーバー名が証明書と同じか、サーバーの管理者に確かめてください。",
    errors.ServerFull: "データベースのサーバーのディスクがいっぱいで、書き込めませんでした。今の操作は保存されていません。サーバーの管理者に連絡して空きを作ってもらい、もう一度実行してください。",
    errors.ServerBusy: "データベースのサーバーの応答に時間がかかりすぎたため、今の操作を取りやめました。何も変わっていません。少し待って、もう一度実行してください。",
    errors.ServerPreparing: "ほかの端末が、サーバーのデータベースをこのプログラムの版に合わせて準備しているため、今の操作を取りやめました。何も変わっていません。数分待って、もう一度実行してください。",
    errors.PracticeDamaged: "練習用のデータが壊れています。本番のデータには関係ありません。はじめから練習をやり直せます。",
    errors.KeyWanted: "データは暗号化されていて、鍵が手元にありません。データは壊れていません。紙に控えた復元キーを入力してください。",
    errors.KeyUnkept: "データを暗号化する鍵をしまう場所が、このパソコンにありません。まだ何も変更していません。どうするかを選んでください。",
    errors.ModeUnknown: "設定ファイルが見つかりません。このデータフォルダーには本番のデータベースがあります。本番で開くか、練習で開くかを選んでください。",
}
"""What goes wrong on this machine, each with a sentence of its own."""
FILES_FAILED: Final = (
    "このパソコンのファイルの読み書きに失敗しました。ディスクの空きと権限を確かめて、もう一度実行してください。"
)


def _sentence(text: str) -> str:
    """End a sentence of the service's as a sentence, so that two never run into each other."""
    bare = text.strip()
    return bare if bare.endswith(("。", "!", "?", "！", "？")) else f"{bare}。"
