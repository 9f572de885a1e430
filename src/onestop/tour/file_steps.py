"""The steps of the tour with files of the 車検証閲覧アプリ: chosen with F11, and those that arrive in a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.paths import RESOURCES

if TYPE_CHECKING:
    from onestop.tour.hands import Hands


def take_over(hands: Hands) -> None:
    """取込 of a 車検証 file: a new car, then the car edited by hand."""
    hands.step("7. 照会: F11 取込で車検証閲覧アプリのファイルを読む")
    hands.press("F11")
    hands.choose_file(RESOURCES / "practice" / "shaken_sample_registered.json")
    hands.window("車検証の取込")
    hands.shows("ABC12-0123456")
    hands.picture("import")
    hands.press("F10", to="ワンストップサービス")
    hands.shows("ABC12-0123456")
    hands.step("8. 車両: F5 で内容を見て F12 で閉じる")
    hands.press("F5", to="車両")
    hands.shows("XAA-ABC12")
    hands.picture("vehicle")
    hands.step("8a. 車両: Alt+I でそれぞれの値がどこからいつ入ったかを見る")
    hands.press("Alt+i", to="値の出所")
    hands.shows("車検証ファイル(JSON) shaken_sample_registered.json")
    hands.picture("sources")
    hands.press("F12", to="車両")
    hands.press("F12")


def watch(hands: Hands) -> None:
    """監視フォルダー: files that arrive there wait in 照会, and are taken over one after the other."""
    hands.step("8b. 設定: F3 車検証のファイルが届くフォルダーを決める")
    hands.window("ワンストップサービス")
    hands.press("Alt+s", to="照会")
    hands.press("F3", to="設定")
    hands.fill("watched_folder", str(RESOURCES / "practice" / "arrives"))
    hands.press("F9")
    hands.shows("保存しました")
    hands.press("F12")
    hands.step("8c. 照会: 届いた車検証を Alt+N で確かめる。登録済みの車両は違う項目だけを選ぶ")
    hands.window("照会")
    hands.shows("届いた車検証: 2件")
    hands.picture("lookup_arrived")
    hands.press("Alt+n", to="車検証の取込")
    # whichever of the two is the older
    for then in ("次のファイルへ進みます(残り1件)", "前の画面に戻ります"):
        hands.shows(then)
        hands.picture("import_arrived")
        hands.rest(1000)  # as a person reads it
        hands.press("F10")
    hands.window("照会")
    hands.shows("を保存しました")
