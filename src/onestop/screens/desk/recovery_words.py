"""What is said of the 復元キー: why it is asked for, and why it is to be written down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.errors import KeyTrouble

if TYPE_CHECKING:
    from collections.abc import Mapping

TITLE: Final = "復元キー"
WANTED: Final[Mapping[KeyTrouble, str]] = {
    KeyTrouble.NO_KEYCHAIN: (
        "データは暗号化されています。このパソコンには、鍵をしまう資格情報ストアがありません。"
        "起動のたびに、紙に控えた復元キーを入力します。"
    ),
    KeyTrouble.LOCKED: (
        "データは暗号化されています。鍵のある資格情報ストアがロックされています。"
        "ロックを解除して開き直すか、紙に控えた復元キーを入力してください。"
    ),
    KeyTrouble.NOT_KEPT: (
        "データは暗号化されています。このパソコンの資格情報ストアに、その鍵がありません"
        "(別のパソコンから移したデータか、Windowsの利用者が変わったときなど)。"
        "紙に控えた復元キーを入力してください。"
    ),
    KeyTrouble.WRONG: (
        "データは暗号化されています。資格情報ストアにある鍵は、このデータのものではありません。"
        "データは壊れていません。紙に控えた復元キーを入力してください。"
    ),
}
UNKEPT: Final = (
    "お客さまのデータを、このパソコンの中で暗号化して保存します。"
    "このパソコンには鍵をしまう資格情報ストアがないため、復元キーを紙に控え、起動のたびに入力します。\n"
    "紙をなくすと、データは誰にも開けません。暗号化しないで開くこともできます(次の起動でもう一度うかがいます)。"
)
ENTER: Final = "復元キーを入力する"
ENCRYPT: Final = "暗号化する"
STAY_PLAIN: Final = "暗号化しないで開く"
LEAVE: Final = "終了する"
TO_ENTER: Final = (
    "紙に控えた復元キーを入力して、F7 確認 を押してください。大文字と小文字、ハイフンや空白の違いは問いません。"
)
TO_WRITE_DOWN: Final = (
    "データはこの鍵で暗号化します。パソコンの故障や入れ替えのときは、この復元キーだけがデータを開けます。\n"
    "① F9 で印刷するか、書き写します。② 紙を見て下の欄に入力し、F7 確認 を押します。"
    "③ 紙は、このパソコンから離れた鍵のかかる場所に保管してください。"
)
HIDDEN: Final = "入力中は隠しています。紙を見て入力してください(欄を空にすると、また表示します)。"
CHECKING: Final = "復元キーを確かめています"
PRINTING: Final = "印刷の準備をしています"
EMPTY: Final = "復元キーが入力されていません。"
NOT_SHOWN: Final = "復元キーは、この紙から入力するものです。ここには表示されません。"
KEPT: Final = "復元キーを確かめました。紙は、このパソコンから離れた鍵のかかる場所に保管してください。"
LATER: Final = (
    "復元キーの控えがまだ確かめられていません。次に開いたときにもう一度表示します(F3 設定 でも表示できます)。"
)
"""Said where the window was closed before the key was typed in."""
SHOW_QUESTION: Final = (
    "復元キーを画面に表示します。見た人は、このデータの写しを開けるようになります。"
    "まわりに人がいないことを確かめてください。"
)
SHOW: Final = "表示する"
NOT_ENCRYPTED: Final = "このデータは暗号化されていないため、復元キーはありません。"
