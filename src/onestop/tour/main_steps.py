"""The steps of the main job: 設定, 照会, the three papers, F5, 申請書一覧, and the help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.screens.function_key import SECONDS_TO_READ
from onestop.tour.rates_steps import see_rates

if TYPE_CHECKING:
    from onestop.tour.hands import Hands

API_KEY: Final = "TOURKEY-0001"
INITIAL_PASSWORD: Final = "999000"  # noqa: S105 - the manual's example of an initial password
NEW_PASSWORD: Final = "Tsuchiura-1a1111"  # noqa: S105 - the contract's example


def set_up(hands: Hands) -> None:
    """設定: what the 利用登録通知書 says, a new password, and a look whether it is right."""
    hands.step("1. 初めての起動: 資格情報ストアがないときは設定が開きます")
    hands.window("設定")
    hands.step("2. 設定: APIキー、初期パスワード、拠点コードを入力して F9 保存")
    hands.fill("api_key", API_KEY)
    hands.fill("api_password", INITIAL_PASSWORD)
    hands.fill("requester_site_code", "0812345")
    hands.fill("agent_site_id", "D0000123")
    hands.fill("workshop_code", "08-0123")
    hands.fill("workshop_name", "株式会社カーネット自動車 古河工場")
    hands.fill("inspectors", "00112345 検査一郎")
    hands.press("F9")
    hands.shows("保存しました")
    hands.step("3. 設定: パスワード再設定 (Alt+R)")
    hands.press("Alt+r")
    hands.fill("new_password", NEW_PASSWORD)
    hands.fill("new_password_again", NEW_PASSWORD)
    hands.press("Alt+j")
    hands.shows("再設定しました")
    hands.step("4. 設定: 接続確認 (Alt+C)")
    hands.press("Alt+c")
    hands.shows("接続できました: 株式会社カーネット自動車")
    hands.picture("settings")
    see_rates(hands)
    hands.press("F12")


def look_up(hands: Hands) -> None:
    """照会: every way to find a car."""
    hands.step("5. 照会: 車両の一覧")
    hands.window("照会")
    hands.shows("土浦1あ1111", "35件")
    hands.picture("lookup")
    for typed, found in (("1111", "土浦1あ1111"), ("かーねっと", "カーネット太郎"), ("0000006", "PRA12-0000006")):
        hands.step(f"6. 照会: 「{typed}」と入力すると {found} が見つかります")
        hands.fill("search_text", typed)
        hands.shows(found)
    hands.fill("search_text", "")


def open_desk(hands: Hands) -> None:
    """ワンストップサービス of one car, and 見積書: what its next 車検 costs the customer."""
    hands.step("9. ワンストップサービス: 4つのパネル")
    hands.fill("search_text", "1111")
    hands.shows("土浦1あ1111")
    hands.press("Enter", to="ワンストップサービス")
    hands.shows("カーネット太郎", "***", "土浦1あ1111", "ABC123", "申請[AINAS]")
    hands.step("9b. ワンストップサービス: F9 でお客様への見積書")
    look_at_print(hands, "F9", "見積書", "print_estimate", back="ワンストップサービス")


def answer(hands: Hands) -> None:
    """確認票: what only people know, by Space and Enter."""
    hands.step("9b. ワンストップサービス: Alt+Q 確認票に Space と Enter で答え、F10 保存")
    hands.shows("次にすること: 確認票の未確認4件に答えます")
    hands.press("Alt+q", to="確認票")
    hands.shows("未確認: 承諾書・納税・放置違反金・リコール")
    for _ in range(4):
        hands.press("Space", "Enter")
    hands.picture("checklist")
    hands.press("F10")
    hands.shows("保存しました。", "すべて確認済です。")
    look_at_print(hands, "F9", "確認票", "print_checklist", back="確認票")
    look_at_print(hands, "Alt+p", "承諾書", "print_consent", back="確認票")
    hands.press("F12", to="ワンストップサービス")


def insure(hands: Hands) -> None:
    """自賠責: 証明書発行 by e-JIBAI."""
    hands.step("10. e-JIBAI: 1 を押して自賠責証明書発行、F5 発行、F9 印刷")
    hands.shows("次にすること: 自賠責保険の証明書を発行します")
    hands.press("Alt+j", "1", to="自賠責証明書発行")
    hands.fill("insurer", "東京海上日動火災保険株式会社")
    hands.press("F5")
    confirm(hands, "このまま発行", "発行しました")
    hands.picture("insurance")
    look_at_print(hands, "F9", "自賠責保険証明書", "print_insurance", back="自賠責証明書発行")
    hands.press("F12")


def certify(hands: Hands) -> None:
    """保適証: 適合証・証明証発行 by AIRAS."""
    hands.step("11. 保適[AIRAS]: 1 を押して適合証・証明証発行、F5 発行")
    hands.window("ワンストップサービス")
    hands.press("Alt+h", "1", to="適合証・証明証発行")
    hands.press("F5")
    confirm(hands, "このまま送信", "作成済")
    hands.picture("conformity")
    hands.step("12. 適合証・証明証発行: F9 印刷と標章印刷 (Alt+Y)のプレビュー")
    look_at_print(hands, "F9", "保安基準適合証", "print", back="適合証・証明証発行")
    look_at_print(hands, "Alt+y", "保安基準適合標章", "print_mark", back="適合証・証明証発行")
    hands.press("F12")


def look_at_print(hands: Hands, key: str, title: str, name: str, *, back: str) -> None:
    """Open the preview of a form by its key, and go back to the window before it."""
    hands.press(key, to=f"印刷プレビュー {title}")
    hands.shows("拡大 (Ctrl++)", "プリンター")
    hands.picture(name)
    hands.press("F12", to=back)


def link(hands: Hands) -> None:
    """連動: the three held together, the filing prepared."""
    hands.step("13. 保適[AIRAS]: 4 ワンストップサービス連動で申請の用意")
    hands.window("ワンストップサービス")
    hands.shows("突き合わせて")
    hands.picture("main")
    hands.both_looks("main_looks")
    hands.press("Alt+h", "4", to="AINAS申請")
    hands.shows("修正", "依頼前", "土浦", "ABC123", "カーネット太郎")


def compare(hands: Hands) -> None:
    """照合: the four papers side by side, and their print."""
    hands.step("13b. 申請書発行: F6 照合で4つの書類を並べ、F9 印刷")
    hands.press("F6", to="照合")
    hands.shows("違うところはありません。", "○ 一致 ABC123", "○ 一致 カーネット太郎")
    hands.picture("compare")
    look_at_print(hands, "F9", "照合", "print_compare", back="照合")
    hands.press("F12", to="AINAS申請")


def issue(hands: Hands) -> None:
    """申請書発行: only F5 is left."""
    hands.step("14. 申請書発行: F5 発行")
    hands.press("F5")
    confirm(hands, "このまま発行", "受付前")
    hands.shows("1000000011", "受付前")
    hands.picture("issue")
    hands.step("15. 申請書発行: 申請確認 (Alt+K) を手続完了まで")
    finish(hands, "Alt+k", "手続完了")
    hands.picture("issue_finished")
    hands.press("F12")


def confirm(hands: Hands, verb: str, done: str) -> None:
    """Read the warnings, if there are any, and go on by keys alone."""
    hands.until(f"「{verb}」または「{done}」", lambda: verb in hands.glass() or done in hands.glass())
    if verb in hands.glass():
        hands.picture("warnings")
        hands.choose(verb)
        hands.shows(done)


def finish(hands: Hands, key: str, word: str) -> None:
    """Press a key now and then until a word stands on the glass."""

    def is_finished() -> bool:
        if word in hands.glass():
            return True
        hands.press(key)
        hands.rest(400)
        return word in hands.glass()

    hands.until(f"「{word}」", is_finished)


def see_history(hands: Hands) -> None:
    """車検の履歴: the inspection that has just ended; nothing can be made for the car until its new 車検証 is here."""
    hands.step("15b. ワンストップサービス: 車検の履歴 (Alt+R)")
    hands.window("ワンストップサービス")
    hands.shows("車検は終わっています", "未発行", "完了 (1000000011)")
    hands.picture("main_finished")
    hands.press("Alt+r", to="車検の履歴")
    hands.shows("完了", "1000000011")
    hands.picture("history")
    hands.press("F12")


def see_list(hands: Hands) -> None:
    """申請書一覧: F7, and 一括申請 of the drafts."""
    hands.step("16. 申請書一覧: 2 を押して一覧、F7 検索")
    hands.window("ワンストップサービス")
    hands.press("Alt+a")
    hands.press("2", to="AINAS一覧")
    hands.press("F7")
    hands.shows("1000000008", "手続(交付)完了", "岩手500と1499", "依頼前", "6件")
    hands.picture("list")
    hands.both_looks("list_looks")
    hands.step("17. 一括申請: F9 で依頼前の申請を確かめる")
    hands.press("F9", to="一括申請")
    hands.shows("成田500さ2608", "青森58ち5986")
    hands.picture("batch")
    hands.step("18. 一括申請: 注意のある行は Space で選び、F5 発行")
    if "注意のある" in hands.glass():
        hands.press("Space", "Down", "Space")
    hands.press("F5")
    hands.shows("発行済", "1000000012", "1000000013")
    hands.picture("batch_result")
    hands.rest(round(SECONDS_TO_READ * 1000))  # as a person reads the results before she closes them
    hands.press("F12")
    hands.step("19. 申請書一覧: F7 検索で手続完了まで")
    hands.window("AINAS一覧")
    finish_all(hands)
    hands.picture("list_finished")


def finish_all(hands: Hands) -> None:
    """Press F7 until both filings of the batch are finished."""

    def is_finished() -> bool:
        if hands.glass().count("手続完了") >= 5:  # noqa: PLR2004 - two old ones, カーネット太郎's, and the two of the batch
            return True
        hands.window("AINAS一覧")
        hands.press("F7")
        hands.rest(400)
        return False

    hands.until("5件の「手続完了」", is_finished)


def read_help(hands: Hands) -> None:
    """F1 ヘルプ."""
    hands.step("25. F1 ヘルプ")
    hands.press("F1", to="ヘルプ")
    hands.shows("申請書一覧")
    hands.picture("help")
    hands.press("F12", to="AINAS一覧")
    hands.press("F12")
    hands.step("終わり: すべての手順が画面のとおりに動きました")
