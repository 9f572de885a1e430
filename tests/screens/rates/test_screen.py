"""料金表 without Qt, on a real database: what it shows, what is added, taken away, written and taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop.errors import StoreError
from onestop.model.rate_tables import RateTable, Told
from onestop.screens.function_keys import RATES, RATES_BUTTONS, SETTINGS_BUTTONS
from onestop.screens.places import RatesPlace
from onestop.screens.ports import Tone
from onestop.screens.rates.screen import (
    BEGIN_FIRST,
    BEGUN,
    LOADING,
    NO_ROW,
    NOT_ADDED,
    NOTHING_HOLDS,
    RESTORED,
    RatesScreen,
)
from onestop.screens.rates.words import ABOUT
from onestop.screens.settings.screen import SettingsScreen
from support.screens import Change, InlineBackground, Stage, said

if TYPE_CHECKING:
    from onestop.services.desk import Desk
    from support.desks import DeskRoom

OSS = "普通自動車 指定整備 OSS"


def choose(screen: RatesScreen, label: str, *, last: bool = False) -> None:
    """Choose the first row of a label, or the last."""
    places = [place for place, row in enumerate(screen.rows.records) if row.label == label]
    screen.choose(places[-1 if last else 0])


def texts(screen: RatesScreen) -> list[tuple[str, ...]]:
    """Return what stands in the list."""
    return [tuple(screen.rows.row(place) or ()) for place in range(screen.rows.count)]


def begin(
    screen: RatesScreen, first_day: str = "2027/4/1", amounts: str = "1,500 / 450 /", source: str = "官報"
) -> None:
    """Type a row that follows the chosen one."""
    choose(screen, OSS)
    Stage.press(RATES, "F4", screen)
    for name, value in (("first_day", first_day), ("amounts", amounts), ("source", source)):
        screen.edit(name, value)


def test_it_stands_with_the_rows_that_hold_or_will_and_says_who_says_so(rates: RatesScreen) -> None:
    assert rates.headings_text == "内容の順: 国・協会 / 技術情報管理 / 計(円)"
    choose(rates, OSS)
    row = rates.rows.row(rates.rows.position(0) or 0)
    assert row == (OSS, "2026/04/01", "", "1,450 / 400 / 1,850", "", "転記1件のみ")
    assert rates.rows.tone(0) is Tone.WARNING
    assert rates.full_text.startswith(
        f"{OSS}  2026/04/01から次の改定まで  国・協会 1,450、技術情報管理 400、計 1,850\n1つの転記だけによる行です。"
    )
    assert rates.full_text.endswith("出典: https://elaws.jp/view/326CO0000000255")


def test_another_table_and_its_unit(rates: RatesScreen) -> None:
    rates.edit("table", "validity")
    assert rates.headings_text == "内容の順: 年数(年)"
    choose(rates, "乗用 自家用")
    assert "年数 2" in rates.full_text
    rates.edit("table", "weight_tax")
    assert rates.rows.records[0].label == "乗用 自家用 (3/5/7, 定員10以下)"
    assert rates.rows.tone(0) is None


def test_two_days_stand_beside_each_other(rates: RatesScreen) -> None:
    begin(rates)
    Stage.press(RATES, "F10", rates)
    rates.edit("day", "2027/4/1")
    rates.edit("other_day", "2026/11/24")
    choose(rates, OSS)
    assert (OSS, "2027/04/01", "", "1,500 / 450 / 1,950", "1,450 / 400 / 1,850", "追加した行") in texts(rates)
    kei = next(text for text in texts(rates) if text[0] == "軽自動車 指定整備 OSS")
    assert kei[4] == "同じ"
    rates.edit("other_day", "2020/1/1")
    assert (rates.rows.row(0) or ("",))[4] == "行なし"


def test_a_day_that_is_half_typed_leaves_the_rows_and_one_before_all_tables_has_none(rates: RatesScreen) -> None:
    before = rates.rows.count
    rates.edit("day", "2")
    assert rates.rows.count == before
    assert rates.editor.read_day("2027/4/1") == ("令和9年4月1日(木) 2027/04/01", None)
    rates.edit("day", "2001/1/1")
    assert (rates.rows.count, rates.empty_text, rates.full_text) == (0, NOTHING_HOLDS, "")
    assert Stage.press(RATES, "F4", rates) == f"[F4 新規] は使えません: {NO_ROW}"
    assert Stage.press(RATES, "F2", rates) == f"[F2 削除] は使えません: {NO_ROW}"
    rates.begin()
    rates.delete()
    rates.choose(0)
    assert rates.added_to is None


def test_f4_begins_a_row_with_the_figures_of_the_chosen_one_and_f10_adds_it(rates: RatesScreen, stage: Stage) -> None:
    assert Stage.press(RATES, "F10", rates) == f"[F10 保存] は使えません: {BEGIN_FIRST}"
    rates.save()
    choose(rates, OSS)
    Stage.press(RATES, "F4", rates)
    assert rates.editor.form.amounts == "1,450 / 400 / 1,850"
    assert rates.adding_text == f"区分: {OSS}"
    assert stage.view.focused[-1] == "first_day"
    begin(rates)
    Stage.press(RATES, "F10", rates)
    assert said(rates) == f"追加しました({OSS}、2027/04/01から)。この日から先に使います。"
    assert stage.navigator.changes == [Change()]
    assert (rates.added_to, rates.changed) == (None, False)
    assert [text[1] for text in texts(rates) if text[0] == OSS] == ["2026/04/01", "2027/04/01"]


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"first_day": "2026/4/1"}, "first_day", "今までの行は変えられません"),
        ({"amounts": "1500"}, "amounts", "「国・協会 / 技術情報管理 / 計」の順に、「/」で区切って3つ"),
        ({"amounts": "-5 / 1 /"}, "amounts", "0から9,999,999まで"),
        ({"source": ""}, "source", "出典を入力してください"),
    ],
)
def test_a_wrong_row_is_refused_at_its_field_and_stays_typed(
    rates: RatesScreen, typed: dict[str, str], field: str, says: str
) -> None:
    begin(rates, **typed)
    Stage.press(RATES, "F10", rates)
    assert says in said(rates)
    assert says in (rates.editor.problem(field) or "")
    assert rates.changed


@pytest.mark.parametrize("typed", ["1,500／450／", "１５００・４５０・"])
def test_what_the_input_method_makes_of_the_figures_is_understood(rates: RatesScreen, typed: str) -> None:
    begin(rates, amounts=typed)
    Stage.press(RATES, "F10", rates)
    choose(rates, OSS, last=True)
    assert "国・協会 1,500、技術情報管理 450、計 1,950" in rates.full_text


def test_only_an_added_row_can_be_taken_away_and_the_one_before_it_goes_on(rates: RatesScreen, stage: Stage) -> None:
    choose(rates, OSS)
    assert Stage.press(RATES, "F2", rates) == f"[F2 削除] は使えません: {NOT_ADDED}"
    begin(rates)
    Stage.press(RATES, "F10", rates)
    choose(rates, OSS, last=True)
    Stage.press(RATES, "F2", rates)
    assert stage.view.asked.text == f"{OSS}の、2027/04/01から追加した行を削除します。"
    stage.view.answer("削除する")
    assert said(rates) == f"{OSS}の、2027/04/01から追加した行を削除しました。"
    assert [text[2] for text in texts(rates) if text[0] == OSS] == [""]


def test_the_whole_table_goes_back_to_what_ships_after_a_question(rates: RatesScreen, stage: Stage) -> None:
    begin(rates)
    Stage.press(RATES, "F10", rates)
    Stage.press(RATES_BUTTONS, "Alt+R", rates)
    stage.view.answer("戻す")
    assert said(rates) == RESTORED
    assert [row.label for row in rates.rows.records].count(OSS) == 1


def test_while_it_reads_it_says_so_and_has_nothing_to_write(room: DeskRoom) -> None:
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    screen = RatesScreen(stage.surroundings)
    assert (screen.headings_text, screen.empty_text, screen.full_text) == ("", LOADING, "")
    stage.open(screen)
    assert Stage.press(RATES_BUTTONS, "Alt+B", screen) == f"[Alt+B CSV] は使えません: {LOADING}"
    for idle in (screen.restore, screen.csv, screen.take_in):
        idle()
    assert (screen.adding_text, stage.view.questions, stage.view.save_requests) == (BEGIN_FIRST, [], [])
    assert "まだファイルを保存していません" in (Stage.press(RATES_BUTTONS, "Alt+O", screen) or "")


def test_what_fails_is_told() -> None:
    def broken() -> Desk:
        raise StoreError

    stage = Stage(desk=broken)
    assert said(stage.open(RatesScreen(stage.surroundings)))


def test_it_reads_again_when_anything_but_a_car_was_changed(room: DeskRoom, rates: RatesScreen) -> None:
    with room.database.write() as shelves:
        assert shelves.added_rates.all() == ()
    begin(rates)
    rates.reload(vehicle_id=1)
    rates.reload()
    assert rates.editor.form.source == "官報"
    assert rates.chosen is not None
    assert rates.chosen.label == OSS


def test_leaving_asks_while_a_row_is_typed_as_do_another_table_and_another_row(
    rates: RatesScreen, stage: Stage
) -> None:
    begin(rates)
    Stage.press(RATES, "F12", rates)
    assert len(stage.view.questions) == 1
    Stage.press(RATES, "F4", rates)
    stage.view.answer("戻る")
    assert rates.editor.value("source") == "官報"
    Stage.press(RATES, "F4", rates)
    stage.view.answer("破棄して進む")
    assert (rates.editor.value("source"), said(rates)) == ("", BEGUN)
    rates.edit("source", "官報")
    rates.edit("table", "premiums")
    stage.view.answer("戻る")
    assert (rates.table, rates.changed) == (RateTable.FEES, True)
    rates.edit("table", "premiums")
    stage.view.answer("破棄して進む")
    assert (rates.table, rates.changed) == (RateTable.PREMIUMS, False)
    Stage.press(RATES, "F12", rates)
    assert stage.view.dismissed


def test_settings_open_it(stage: Stage) -> None:
    screen = stage.open(SettingsScreen(stage.surroundings))
    Stage.press(SETTINGS_BUTTONS, "Alt+T", screen)
    assert stage.navigator.went == [RatesPlace()]


@pytest.mark.parametrize(
    ("told", "word"),
    [
        (Told("官報", added=True), "追加した行"),
        (Told("a", "FACT (single transcription)"), "転記1件のみ"),
        (Told("a", "FACT (one source)"), "転記1件のみ"),
        (Told("", "UNKNOWN"), "未確認"),
        (Told("", "INFERENCE: the same group"), "未確認"),
        (Told("a", "FACT"), "確認済"),
    ],
)
def test_how_sure_a_row_is_stands_there_in_a_word(told: Told, word: str) -> None:
    assert told.surety.value == word
    assert ABOUT[told.surety].endswith("。")


@pytest.mark.parametrize(
    ("table", "row", "tone", "told"),
    [
        ("hours", ("AINAS", "", "", "8:00 / 22:00 / 毎日", "", "転記1件のみ"), Tone.WARNING, "2017年の公開資料"),
        (
            "holidays",
            ("令和8年12月29日(火) 2026/12/29", "2026/12/29", "2026/12/29", "年末年始 / 休み", "", "確認済"),
            None,
            "行政機関の休日",
        ),
        (
            "insurers",
            ("東京海上日動火災保険株式会社", "", "", "東京海上日動火災保険株式会社 /  / 使う", "", "未確認"),
            Tone.WARNING,
            "広く知られた会社名",
        ),
        ("statuses", ("申請: 依頼前", "", "", "依頼前(直して送れる)", "", "確認済"), None, "取扱説明書"),
    ],
)
def test_the_tables_of_words_say_who_says_so(
    rates: RatesScreen, table: str, row: tuple[str, ...], tone: Tone | None, told: str
) -> None:
    rates.edit("table", table)
    assert (rates.rows.row(0), rates.rows.tone(0)) == (row, tone)
    assert told in rates.full_text
    rates.edit("table", "fees")
    assert (rates.rows.row(0) or ("",))[0] == OSS


def test_the_agent_works_on_weekdays_and_a_word_of_the_manual_is_surer_than_a_guess(rates: RatesScreen) -> None:
    rates.edit("table", "hours")
    assert [text[3] for text in texts(rates)[2:4]] == ["9:00 / 16:45 / 平日", "12-29 / 01-03 / 休み"]
    rates.edit("table", "statuses")
    sure = {text[0]: text[-1] for text in texts(rates)}
    assert (sure["OSS: 手続(交付)完了"], sure["OSS: 却下"], sure["OSS: 審査中"]) == ("確認済", "確認済", "未確認")
    assert (sure["交付: 作成中"], sure["申請: 差戻"]) == ("確認済", "未確認")


def test_the_status_line_hears_at_once_of_other_hours_and_of_nothing_else(rates: RatesScreen, stage: Stage) -> None:
    begin(rates)
    Stage.press(RATES, "F10", rates)
    assert stage.navigator.went == []
    rates.edit("table", "hours")
    rates.choose(0)
    Stage.press(RATES, "F4", rates)
    for name, value in (("first_day", "2027/4/1"), ("amounts", "8:00 / 21:00 / 毎日"), ("source", "AINAS")):
        rates.edit(name, value)
    Stage.press(RATES, "F10", rates)
    assert said(rates).startswith("追加しました")
    assert stage.navigator.went == ["hours"]


def test_a_holiday_that_no_list_has_yet_is_marked_as_reckoned(rates: RatesScreen) -> None:
    rates.edit("table", "holidays")
    rates.edit("day", "2027/11/23")
    assert (rates.rows.row(0) or ())[3:] == ("勤労感謝の日 / 休み", "", "確認済")
    rates.edit("day", "2028/3/20")
    assert (rates.rows.row(0) or ())[3:] == ("春分の日 / 休み", "", "計算")
    assert rates.full_text.startswith(
        "令和10年3月20日(月) 2028/03/20  2028/03/20だけ  名称 春分の日、扱い 休み\n法律から計算した行です。"
    )


def test_a_word_that_came_back_is_given_a_meaning(rates: RatesScreen, stage: Stage) -> None:
    rates.edit("table", "statuses")
    Stage.press(RATES, "F4", rates)
    assert (rates.takes_new_keys, stage.view.focused[-1]) == (True, "key")
    assert rates.adding_text.startswith("新しい語は「区分」を 申請: 受付確認中 のように書き換え")
    for name, value in (
        ("key", "申請: 受付確認中"),
        ("first_day", "2026/11/24"),
        ("amounts", "申請中"),
        ("source", "代理人"),
    ):
        rates.edit(name, value)
    Stage.press(RATES, "F10", rates)
    assert said(rates) == "追加しました(申請: 受付確認中、2026/11/24から)。この日から先に使います。"
    assert texts(rates)[-1] == ("申請: 受付確認中", "2026/11/24", "", "申請中", "", "追加した行")
    choose(rates, "申請: 受付確認中")
    Stage.press(RATES, "F2", rates)
    stage.view.answer("削除する")
    assert texts(rates)[-1][0] == "交付: 削除"


def test_a_day_off_is_added_by_its_day_and_a_shipped_one_may_be_worked_on(rates: RatesScreen) -> None:
    rates.edit("table", "holidays")
    for day, cells in (("2026/12/1", "創立記念日/休み"), ("2026/12/29", "臨時開庁/開庁")):
        Stage.press(RATES, "F4", rates)
        assert not rates.takes_new_keys
        for name, value in (("first_day", day), ("amounts", cells), ("source", "代理人")):
            rates.edit(name, value)
        Stage.press(RATES, "F10", rates)
    assert texts(rates)[0] == (
        "令和8年12月1日(火) 2026/12/01",
        "2026/12/01",
        "2026/12/01",
        "創立記念日 / 休み",
        "",
        "追加した行",
    )
    assert texts(rates)[1][3] == "臨時開庁 / 開庁"
