"""What is said where the desk could not be opened at the server that has its data, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop import errors

if TYPE_CHECKING:
    from collections.abc import Mapping

TITLE: Final = "接続先データベース"
AT_START: Final[Mapping[type[errors.OneStopError], str]] = {
    errors.ServerGone: "データベースのサーバーにつながらないため、開けませんでした"
    "(停止中、起動し直している、または途中の回線が切れています)。サーバーのデータには触れていません。"
    "サーバーの電源とネットワークを確かめて、つなぎ直してください。続くときは、サーバーの管理者に連絡してください。",
    errors.ServerRefused: "データベースのサーバーがこの端末からの接続を断ったため、開けませんでした。"
    "パスワードがこのパソコンに残っていないか、変わっています(資格情報ストアがないパソコンでは、起動のたびに入力します)。"
    "パスワードを入力してください。合っているときは、サーバーの管理者に、ユーザーの権限と、"
    "表がこの版のものになっているか(onestop prepare-server)を確かめてもらってください。",
    errors.ServerNotTrusted: "データベースのサーバーの証明書を確かめられないため、開けませんでした。"
    "何も送っていません。サーバーが暗号化した接続(ssl)を受け付けるか、サーバー名が証明書と同じか、サーバーの管理者に確かめてください。",
    errors.ServerFull: "データベースのサーバーのディスクがいっぱいで、開けませんでした。"
    "サーバーの管理者に連絡して空きを作ってもらい、つなぎ直してください。",
    errors.ServerBusy: "データベースのサーバーの応答に時間がかかりすぎたため、開けませんでした。"
    "サーバーのデータには触れていません。少し待って、つなぎ直してください。",
    errors.ServerPreparing: "ほかの端末が、サーバーのデータベースをこのプログラムの版に合わせて準備しているため、"
    "まだ開けません(はじめて開くときと、プログラムの更新の後に1度だけで、数分かかることがあります)。何もせずにお待ちください。",
    errors.DatabaseNewer: "サーバーのデータベースは新しい版のプログラムで作られているため、開けませんでした。"
    "サーバーのデータには触れていません。このパソコンのプログラムを更新してください。",
    errors.KeychainLocked: "データベースのパスワードのある資格情報ストアがロックされているため、開けませんでした。"
    "パスワードは消えていません。ロックを解除して(ログインし直すと解除されます)、つなぎ直してください。",
    errors.StoreError: "データベースのサーバーに問題が起きたため、開けませんでした。"
    "少し待って、つなぎ直してください。続くときは、サーバーの管理者に連絡してください。",
}
"""By what went wrong; the rest says its own sentence."""
BY_ITSELF: Final = "開けるようになると、自動で開きます。"
AGAIN: Final = "もう一度つなぐ"
CHANGE: Final = "接続先を変える"
TYPE_IT: Final = "パスワードを入力する"
LEAVE: Final = "終了する"
ABOUT: Final = (
    "接続先データベースとそのパスワードを入力して、F7 確認 を押してください。つながると保存し、続けて開きます。"
    "パスワードは、変えるときだけ入力します。空欄の接続先は、このパソコンの中のデータベースです(サーバーのデータは消えません)。"
)
GIVEN: Final = (
    "接続先データベースは起動のときに指定されているため、ここでは変えられません。"
    "パスワードを入力して、F7 確認 を押してください。つながると、続けて開きます。"
)
TRYING: Final = "データベースのサーバーにつないでいます"


def passes(error: errors.OneStopError) -> bool:
    """Tell whether an opening may succeed by and by, without anybody doing something about it at this desk."""
    return isinstance(error, errors.ServerNotOpened) and isinstance(
        error.trouble, errors.ServerGone | errors.ServerBusy
    )
