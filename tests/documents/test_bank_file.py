"""The files of banks: 全銀's records, three shapes of CSV, and what is wrong with a line."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onestop.documents import bank_file
from onestop.documents.bank_file import NOT_A_STATEMENT, read_bank_bytes, read_bank_path
from onestop.documents.bank_shapes import bank_layouts
from onestop.documents.book import MOST_PROBLEMS, BookLine
from onestop.errors import InvalidInput
from onestop.paths import RESOURCES
from support.payments import END, csv_of, header, line, trailer, zengin_of

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.documents.book import BankFile

TODAY = dt.date(2026, 11, 24)
DAY = dt.date(2026, 11, 20)


def read(content: bytes) -> BankFile:
    return read_bank_bytes(content, TODAY)


def told(content: bytes) -> list[str]:
    """Return what is wrong with a file."""
    with pytest.raises(InvalidInput) as refused:
        read(content)
    assert {problem.field for problem in refused.value.problems} == {"file"}
    return [problem.message for problem in refused.value.problems]


# --- CSV


@pytest.mark.parametrize("encoding", ["cp932", "utf-8-sig", "utf-8"])
@pytest.mark.parametrize(
    "heading",
    [
        "日付,摘要,お支払金額,お預り金額,残高",
        "取引日,お取引内容,出金,入金,差引残高",
        "年月日,お取り扱い内容,お引出し,お預入れ,残高",
        "勘定日,摘要,出金金額(円),入金金額(円),残高(円)",
        "ご利用日,詳細1,出金額（円）,入金額（円）,現在高",
    ],
)
def test_two_columns_of_money_under_any_bank_names(heading: str, encoding: str) -> None:
    rows = ('2026/11/20,国土交通省,"26,450",,"1,000,000"', '2026/11/21,ミホンタロウ,,"110,000",1110000')
    file = read(csv_of(*rows, heading=heading, encoding=encoding))
    assert file.lines == (BookLine(DAY, 26_450, "国土交通省", 1_000_000),)
    assert (file.layout, file.received) == ("CSV(出金・入金が別の列)", 1)


def test_money_with_a_minus_before_what_went_out() -> None:
    rows = ("20261120,-26450,973550,国土交通省", "20261121,+110000,1083550,入金")
    file = read(csv_of(*rows, "20261122,,1083550,", heading="取引日,入出金(円),取引後残高(円),入出金内容"))
    assert file.lines == (BookLine(DAY, 26_450, "国土交通省", 973_550),)
    assert (file.layout, file.received) == ("CSV(出金はマイナス)", 1)


def test_a_column_that_says_which_way_money_went() -> None:
    rows = ("R8.11.20,出金,26450円,国土交通省,", "R8.11.20,入金,5,振込,", "R8.11.20,出金,,繰越,")
    heading = "取引日,入出金区分,取引金額,摘要,残高"
    file = read(csv_of(*rows, heading=heading))
    assert file.lines == (BookLine(DAY, 26_450, "国土交通省"),)
    assert (file.layout, file.received) == ("CSV(入出金区分の列)", 1)
    assert told(csv_of("R8.11.20,振替,5,,", "R8.11.20,出金,-5,,", heading=heading)) == [
        "2行目: 出金か入金かが分かりません。区分の列を確かめてください。",
        "3行目: 金額がマイナスです(訂正の行)。銀行に確かめてください。",
    ]


@pytest.mark.parametrize(
    "written", ["2026/11/20", "2026-11-20", "20261120", "R8.11.20", "令和8年11月20日", "８年11月20日", "081120"]
)
def test_a_day_that_says_its_year(written: str) -> None:
    assert read(csv_of(f"{written},国土交通省,100,,")).lines[0].day == DAY


@pytest.mark.parametrize("written", ["", "11/20", "+3", "R0.11.1", "きのう", "8"])
def test_a_day_that_cannot_be_read(written: str) -> None:
    assert told(csv_of(f"{written},国土交通省,100,,")) == ["2行目: 日付として読めません。"]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("2026/11/31", "2026年11月31日という日はありません。"),
        ("R8.13.1", "2026年13月1日という日はありません。"),
        ("R19.11.20", "令和19年(2037年)は先すぎます。2019年のことなら「2019/11/20」と入力してください。"),
    ],
)
def test_a_day_that_is_read_and_cannot_be_meant_is_told_with_its_reason(written: str, why: str) -> None:
    assert told(csv_of(f"{written},国土交通省,100,,")) == [f"2行目: {why}"]


def test_a_day_to_come_is_no_day_of_a_book() -> None:
    assert told(csv_of("2026/11/25,国土交通省,100,,")) == ["2行目: 日付がまだ来ていない日です。"]


@pytest.mark.parametrize("written", ["26450", '"26,450"', '"￥26,450"', "26450円", "２６４５０", r'"\26,450"'])
def test_an_amount_in_any_dress(written: str) -> None:
    assert read(csv_of(f"2026/11/20,国土交通省,{written},,")).lines[0].amount == 26_450


def test_an_amount_with_a_triangle_is_a_minus() -> None:
    heading = "取引日,金額,摘要"
    file = read(csv_of("20261120,△100,国土交通省", "20261120,▲50,国土交通省", heading=heading))
    assert [each.amount for each in file.lines] == [100, 50]


@pytest.mark.parametrize("written", ["12.5", "abc", "1234567890123", "①"])
def test_an_amount_that_cannot_be_read(written: str) -> None:
    assert told(csv_of(f"2026/11/20,国土交通省,{written},,")) == ["2行目: 金額として読めません。"]


def test_each_bad_line_has_its_sentence_and_nothing_is_taken() -> None:
    rows = ("2026/11/20,国土交通省,100,,", "x,a,100,,", "2026/11/20,a,1,2,", "2026/11/20,a,-5,,", "2026/11/20")
    assert told(csv_of(*rows, f"2026/11/20,{'あ' * 201},5,,")) == [
        "3行目: 日付として読めません。",
        "4行目: 出金と入金の両方に金額があります。",
        "5行目: 金額がマイナスです(訂正の行)。銀行に確かめてください。",
        "6行目: 列が足りません。",
        "7行目: 摘要が長すぎます(200文字まで)。",
    ]


def test_a_file_of_another_kind_has_no_hundred_thousand_sentences() -> None:
    assert len(told(csv_of(*["x,a,100,,"] * 5_000))) == MOST_PROBLEMS


def test_what_stands_around_the_table_and_says_no_money_is_passed_over() -> None:
    rows = ("2026/11/01,前月繰越,,,1000", "", ",,,,", "2026/11/20,国土交通省,100,,900", "合計,,100,,", "x,y,z,,")
    content = "見本銀行 古河支店,,,,\r\n".encode("cp932") + csv_of(*rows)
    assert [each.amount for each in read(content).lines] == [100]


def test_several_columns_of_words_are_one_text() -> None:
    heading = "日付,摘要,摘要内容,支払い金額,預かり金額"
    file = read(csv_of("2026/11/20,口座振替,国土交通省,100,", "2026/11/20,同じ,同じ,5,", heading=heading))
    assert [each.text for each in file.lines] == ["口座振替 国土交通省", "同じ"]


def test_a_row_that_ends_before_the_last_column_of_words_is_short() -> None:
    heading = "日付,摘要,出金,入金,備考"
    assert told(csv_of("2026/11/20,国土交通省,100,", heading=heading)) == ["2行目: 列が足りません。"]


def test_the_sample_of_practice_is_read() -> None:
    file = read_bank_path(RESOURCES / "practice" / "bank_sample.csv", TODAY)
    assert [(each.day.isoformat(), each.amount) for each in file.lines] == [
        ("2019-01-07", 72_600),
        ("2019-01-25", 55_000),
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "ファイルが空です。"),
        (b" \r\n", "ファイルが空です。"),
        (b"\x00\x01\x02\x03", NOT_A_STATEMENT),
        (b"\xff\xfe\xfa", "文字として読めません。文字コードが Shift_JIS か UTF-8 の明細を選んでください。"),
        ("氏名,住所\n見本,古河".encode(), NOT_A_STATEMENT),
        (
            b'"' + b"a" * 200_000,
            "CSVとして読めません。銀行から取り出したままのファイルを選んでください。",
        ),
    ],
)
def test_what_is_no_statement_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    assert told(content) == [sentence]


def test_what_has_no_end_is_refused_at_once() -> None:
    assert told(csv_of(*["2026/11/20,a,1,,"] * bank_file.MOST_LINES))[0].startswith("行が多すぎます(30,000行まで)。")
    assert told(b"a," * 2_000_000) == [NOT_A_STATEMENT]


def test_a_file_that_is_too_large_or_none_at_all(tmp_path: Path) -> None:
    path = tmp_path / "bank.csv"
    path.write_bytes(b"1" * (bank_file.MAX_BYTES + 1))
    for place, sentence in ((path, "大きすぎます"), (tmp_path, "ファイル"), (tmp_path / "none", "開けません")):
        with pytest.raises(InvalidInput) as refused:
            read_bank_path(place, TODAY)
        assert sentence in refused.value.problems[0].message


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=600), st.integers(0, 400), st.sampled_from(["csv", "zengin"]))
def test_no_damage_makes_it_crash(damage: bytes, place: int, kind: str) -> None:
    rows = ('2026/11/20,国土交通省,"26,450",,', "2026/11/21,a,,5,")
    whole = csv_of(*rows) if kind == "csv" else zengin_of(header(), line("081120", 5), trailer([5]), END)
    with suppress(InvalidInput):
        read(whole[:place] + damage + whole[place + len(damage) // 2 :])


# --- 全銀


@pytest.mark.parametrize("between", [b"\r\n", b"\n", b""])
def test_the_records_of_zengin(between: bytes) -> None:
    records = (header(), line("081120", 26_450), line("081121", 5, "ﾐﾎﾝ", sent=False), trailer([26_450], [5]), END)
    file = read(zengin_of(*records, between=between))
    (only,) = file.lines
    assert (only.day, only.amount, only.text) == (DAY, 26_450, "ｺｸﾄﾞｺｳﾂｳｼﾖｳ")
    assert only.account == "9999-123-1-0001234567"
    assert (file.layout, file.received) == ("全銀(入出金取引明細)", 1)


def test_two_accounts_in_one_file() -> None:
    first = (header(), line("081120", 10), trailer([10]))
    second = (header(account="0007654321"), line("081120", 20), line("081120", 0), trailer([20, 0]))
    file = read(zengin_of(*first, *second, END) + b"\r\n\x1a")
    assert [(each.amount, each.account[-10:]) for each in file.lines] == [(10, "0001234567"), (20, "0007654321")]


@pytest.mark.parametrize("before", [1_000, 5, -10])
def test_the_balance_of_each_line_of_zengin_is_reckoned_from_the_one_before(before: int) -> None:
    records = (line("081120", 100), line("081120", 30, sent=False), line("081121", 20))
    content = zengin_of(header(before=before), *records, trailer([100, 20], [30], before - 90), END)
    assert [each.balance for each in read(content).lines] == [before - 100, before - 90]


@pytest.mark.parametrize(("before", "after"), [(1_000, None), (None, 900), (1_000, 901), (0, 0)])
def test_a_balance_of_zengin_that_is_not_said_at_both_ends_is_unknown(before: int | None, after: int | None) -> None:
    first = (header(before=900), line("081120", 1), trailer([1], after=899))
    second = (header(account="2" * 10, before=before), line("081120", 100), trailer([100], after=after))
    assert [each.balance for each in read(zengin_of(*first, *second, END)).lines] == [899, None]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("081120", DAY),
        ("310107", dt.date(2019, 1, 7)),
        ("261107", dt.date(2026, 11, 7)),
        ("640101", dt.date(1989, 1, 1)),
    ],
)
def test_a_year_of_two_figures_is_the_newest_that_has_come(written: str, day: dt.date) -> None:
    assert read(zengin_of(header(), line(written, 5), trailer([5]), END)).lines[0].day == day


def test_each_bad_record_has_its_sentence() -> None:
    records = (header(), line("081399", 5), line("08 120", 5), line("081120", "12345678901X"), "2", "7".ljust(200))
    assert told(zengin_of(*records, trailer([1]))) == [
        "2行目: 勘定日が読めないか、まだ来ていない日です。",
        "3行目: 勘定日が読めません。",
        "4行目: 取引金額が数字ではありません。",
        "5行目: 長さが1バイトです(200バイトのはずです)。",
        "6行目: レコードの種類(データ区分)が分かりません。",
        "7行目: 合計が明細と合いません。ファイルが途中で欠けていないか確かめてください。",
        "7行目: 終わりのレコード(9)がありません。ファイルが途中で切れていないか確かめてください。",
    ]


def test_sums_that_differ_are_told_also_of_what_came_in() -> None:
    records = (header(), line("081120", 5, sent=False), trailer([], [6]), END)
    assert len(told(zengin_of(*records))) == 1


def test_another_kind_of_zengins_files_is_named() -> None:
    assert told(zengin_of(header("01"), END)) == ["全銀形式の種別が01です。入出金取引明細(03)を選んでください。"]


def test_a_long_file_of_nonsense_ends_with_a_hundred_sentences() -> None:
    assert len(told(zengin_of(header(), *["2"] * 500))) == MOST_PROBLEMS


# --- whom it went to


@pytest.mark.parametrize(
    ("text", "payee"),
    [
        ("国土交通省", "国土交通省"),
        ("ｺｸﾄﾞｺｳﾂｳｼﾖｳ", "国土交通省"),
        ("口座振替 国 土 交 通 省", "国土交通省"),
        ("ﾍﾟｲｼﾞｰ", "ペイジー収納"),
        ("ＰＡＹ－ＥＡＳＹ", "ペイジー収納"),
        ("ｹｲｼﾞﾄﾞｳｼﾔｹﾝｻｷﾖｳｶｲ", "軽自動車検査協会"),
        ("ミホンシヨウジ", ""),
    ],
)
def test_an_office_is_known_by_any_of_its_names(text: str, payee: str) -> None:
    assert bank_layouts().payee(text) == payee
