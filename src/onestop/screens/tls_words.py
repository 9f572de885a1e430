"""What is said when no safe connection could be made: a sentence of its own for each reason, and whom to call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.errors import TlsTrouble
from onestop.model.wareki import format_western

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onestop.errors import NotTrusted

SENTENCES: Final[Mapping[TlsTrouble, str]] = {
    TlsTrouble.SELF_SIGNED: (
        "接続先の証明書は、どの認証局も保証していないもの(自己署名)です。{meaning}別のサーバーにつながっているおそれが"
        "あります。F3 設定 の接続先URLを確かめ、正しければサービスの窓口に連絡してください。"
    ),
    TlsTrouble.UNKNOWN_AUTHORITY: (
        "接続先の証明書は、このパソコンが知らない認証局のものです。{meaning}社内の機器やウイルス対策が通信を検査している"
        "ことがあります。社内のネットワーク担当者に連絡してください。"
    ),
    TlsTrouble.OTHER_NAME: (
        "接続先の証明書は、別の名前のサーバーのものです。{meaning}F3 設定 の接続先URLを確かめ、"
        "正しければサービスの窓口に連絡してください。"
    ),
    TlsTrouble.EXPIRED: (
        "接続先の証明書は、このパソコンの日付({today})では期限が切れています。{meaning}日付が違っていれば直し、"
        "合っていればサービスの窓口に連絡してください。"
    ),
    TlsTrouble.NOT_YET_VALID: (
        "接続先の証明書は、このパソコンの日付({today})ではまだ有効ではありません。{meaning}このパソコンの日付が"
        "遅れているためと思われます。日付を直し、合っていればサービスの窓口に連絡してください。"
    ),
    TlsTrouble.OUT_OF_DATE: (
        "接続先の証明書の有効期間に、このパソコンの日付({today})が入っていません。{meaning}日付が違っていれば直し、"
        "合っていればサービスの窓口に連絡してください。"
    ),
    TlsTrouble.OLD_TLS: (
        "接続先は、安全でない古い方式(TLS 1.1 以前)でしか通信できません。{meaning}社内の機器を通しているときは"
        "ネットワーク担当者に、そうでなければサービスの窓口に連絡してください。"
    ),
    TlsTrouble.OTHER: (
        "接続先と暗号化した通信を始められませんでした。{meaning}F3 設定 の接続先URLを確かめ、"
        "正しければ社内のネットワーク担当者に連絡してください。"
    ),
}


def not_trusted_text(error: NotTrusted, meaning: str) -> str:
    """Return the sentence; `meaning` is what it means for what was asked for."""
    return SENTENCES[error.trouble].format(meaning=meaning, today=format_western(error.today))
