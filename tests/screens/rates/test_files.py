"""料金表 as a file: written, worked on, and taken in whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.model.rate_tables import RateTable
from onestop.screens.function_keys import RATES, RATES_BUTTONS
from onestop.screens.rates.screen import NOTHING_NEW
from support.screens import Stage, said

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.screens.rates.screen import RatesScreen
    from support.desks import DeskRoom

OSS = "普通自動車 指定整備 OSS"


def test_a_table_is_written_and_rows_added_in_the_file_are_taken_in(
    rates: RatesScreen, stage: Stage, room: DeskRoom, tmp_path: Path
) -> None:
    path = tmp_path / "rates.csv"
    Stage.press(RATES_BUTTONS, "Alt+B", rates)
    proposed, _pattern, chosen = stage.view.save_requests.pop()
    assert proposed.name == "料金表_検査手数料_20261124.csv"
    chosen(path)
    assert said(rates).startswith("保存しました: rates.csv")
    Stage.press(RATES_BUTTONS, "Alt+O", rates)
    assert stage.view.folders == [tmp_path]
    Stage.press(RATES, "F11", rates)
    stage.view.choose_file(path)
    assert said(rates) == NOTHING_NEW
    assert room.desk.settings.import_folder() == str(tmp_path)
    with path.open("a", encoding="utf-8") as file:
        file.write("futsu/oss,,2027/4/1,,1500,450,,,官報\r\nkei/oss,,2027/4/1,,1500,450,,,官報\r\n")
    Stage.press(RATES, "F11", rates)
    stage.view.choose_file(path)
    assert stage.view.asked.text.startswith("検査手数料の表に2行を追加します。")
    stage.view.answer("追加する")
    assert said(rates) == "2行を追加しました。"


def test_a_file_that_is_none_of_this_table_is_said(rates: RatesScreen, stage: Stage, tmp_path: Path) -> None:
    Stage.press(RATES, "F11", rates)
    stage.view.choose_file(tmp_path / "none.csv")
    assert said(rates).startswith("何も取り込んでいません。CSVファイルを読めません。")


def test_each_wrong_row_of_a_file_is_told_with_its_number_and_blames_no_field(
    rates: RatesScreen, stage: Stage, room: DeskRoom, tmp_path: Path
) -> None:
    path = tmp_path / "rates.csv"
    room.desk.rates.save_csv(RateTable.FEES, path)
    first = len(path.read_text(encoding="utf-8").splitlines()) + 1
    with path.open("a", encoding="utf-8") as file:
        file.write("futsu/oss,,2027/4/1,,-5,450,,,官報\r\nx,,2027/4/1,,1500,450,,,官報\r\n")
        file.write("kei/oss,,2027/4/1,,1500,450,,,官報\r\n" * 2)
        file.write("kogata/oss,,2027/4/1,2027/4/30,1500,450,,,官報\r\n")
    Stage.press(RATES, "F11", rates)
    stage.view.choose_file(path)
    assert said(rates).startswith(f"何も取り込んでいません。{first}行目: 「{OSS}」の「国・協会」は、0から")
    assert said(rates).endswith("(ほかに3行)")
    assert [line.partition(":")[0] for line in rates.trouble.lines] == [f"{first + n}行目" for n in (0, 1, 3, 4)]
    assert rates.full_text.endswith("ほか1行(F1 ですべて読めます)")
    assert rates.long_texts()[-1].count("\n") == 3
    assert rates.editor.problem("amounts") is None
    rates.choose(0)
    assert OSS in rates.full_text
