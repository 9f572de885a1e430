"""Tests of 納付消込 without Qt, on a real database: nothing is ticked but by a key."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NoReturn

import pytest

from onestop.clock import JST
from onestop.errors import StoreError
from onestop.model.payment import PaymentKey
from onestop.model.wareki import YearMonth
from onestop.screens.function_keys import RECONCILING, RECONCILING_BUTTONS
from onestop.screens.payment import book_words as words
from onestop.screens.payment.reconciling_screen import ReconcilingScreen
from onestop.screens.places import IssuePlace
from onestop.screens.ports import Tone
from support.payments import END, a_bank_file, a_paid_filing, header, line, trailer, zengin_of
from support.screens import InlineBackground, Stage, said

if TYPE_CHECKING:
    from pathlib import Path

    from support.desks import DeskRoom

ROW = "2026/11/23,国土交通省,26450,,"
OTHER = "2026/11/24,リース料,5000,,"
ODD = "2026/11/24,国土交通省,999,,"


@pytest.fixture
def paid(room: DeskRoom) -> int:
    return a_paid_filing(room, filing_id="1000000011")


@pytest.fixture
def screen(stage: Stage, paid: int, tmp_path: Path) -> ReconcilingScreen:
    """Return the screen with a line that three amounts add up to, one of nobody known, and one that nothing fits."""
    assert paid
    made = stage.open(ReconcilingScreen(stage.surroundings))
    made.bank.read(a_bank_file(tmp_path, ROW, OTHER, ODD, "2026/11/24,入金,,5,"))
    return made


def refusal(stage: Stage, screen: ReconcilingScreen, key: str) -> str:
    """Return why a key does not work."""
    table = RECONCILING if key.startswith("F") else RECONCILING_BUTTONS
    return (stage.press(table, key, screen) or "").partition("は使えません: ")[2]


def press(stage: Stage, screen: ReconcilingScreen, *keys: str) -> None:
    for key in keys:
        assert refusal(stage, screen, key) == "", key


# --- a file


@pytest.mark.parametrize(
    ("answer", "count"), [("同じ出金(取り込まない)", 3), ("別の出金(取り込む)", 4), ("キャンセル", 3)]
)
def test_lines_that_may_be_there_from_another_kind_of_file_are_asked_about(
    stage: Stage, screen: ReconcilingScreen, tmp_path: Path, answer: str, count: int
) -> None:
    path = tmp_path / "zengin.txt"
    path.write_bytes(zengin_of(header(), line("081123", 26_450), trailer([26_450]), END))
    screen.bank.read(path)
    assert "2026/11/23 ¥26,450" in stage.view.asked.text
    stage.view.answer(answer)
    assert screen.lines.count == count
    left_out = words.SAME_LEFT_OUT.format(count=1) in said(screen)
    assert left_out is answer.startswith("同じ出金")


def test_a_question_about_many_lines_counts_what_it_has_no_room_for(stage: Stage, tmp_path: Path) -> None:
    screen = stage.open(ReconcilingScreen(stage.surroundings))
    amounts = [*range(1, 8)]
    screen.bank.read(a_bank_file(tmp_path, *(f"2026/11/23,国土交通省,{amount},," for amount in amounts)))
    path = tmp_path / "zengin.txt"
    path.write_bytes(zengin_of(header(), *(line("081123", each) for each in amounts), trailer(amounts), END))
    screen.bank.read(path)
    assert "ほか2件" in stage.view.asked.text


def test_a_desk_without_a_statement_says_what_to_do(stage: Stage, paid: int) -> None:
    assert paid
    screen = ReconcilingScreen(stage.surroundings)
    assert (screen.empty_text, screen.no_amounts_text, screen.month_text) == (words.LOADING, "", "")
    assert (screen.sum_text, screen.full_text, screen.months) == ("", "", (("2026-11", "令和8年11月 2026/11"),))
    assert screen.can_close_month().why_not == words.LOADING
    stage.open(screen)
    assert (screen.empty_text, screen.no_amounts_text) == (words.NO_LINES, words.NO_AMOUNTS)
    assert refusal(stage, screen, "Alt+N") == words.NO_LINE
    assert refusal(stage, screen, "F10") == words.NO_LINE
    assert refusal(stage, screen, "Alt+T") == words.NO_LINES
    assert refusal(stage, screen, "F5") == words.NO_AMOUNT
    press(stage, screen, "F7")
    assert said(screen) == words.NO_LINES


def test_f11_reads_a_file_and_shows_its_month(stage: Stage, room: DeskRoom, tmp_path: Path) -> None:
    screen = stage.open(ReconcilingScreen(stage.surroundings))
    press(stage, screen, "F11")
    _title, patterns, chosen = stage.view.file_requests.pop()
    assert "*.csv" in patterns
    chosen(a_bank_file(tmp_path, "2026/09/24,国土交通省,5,,", "2026/09/24,入金,,5,"))
    assert screen.month == YearMonth(2026, 9)
    assert said(screen) == (
        "CSV(出金・入金が別の列)を読み込み、出金 1件を取り込みました。入金 1件は、納付に関わらないため取り込みません。"
    )
    assert stage.view.focused == ["bank_lines"]
    assert room.desk.settings.import_folder() == str(tmp_path)
    screen.bank.read(tmp_path / "bank.csv")
    assert "出金 0件を取り込みました(ほかの1件は取込済です)。" in said(screen)
    screen.bank.read(a_bank_file(tmp_path, "2026/10/24,入金,,5,"))
    assert screen.month == YearMonth(2026, 9)


def test_it_opens_with_the_newest_month_that_has_lines(stage: Stage, room: DeskRoom, tmp_path: Path) -> None:
    room.desk.bank_import.read(a_bank_file(tmp_path, "2026/01/24,国土交通省,5,,", "2025/12/24,国土交通省,5,,"))
    screen = stage.open(ReconcilingScreen(stage.surroundings))
    assert screen.month == YearMonth(2026, 1)
    assert [key for key, _ in screen.months][-2:] == ["2026-01", "2025-12"]
    screen.edit("month", "2025-12")
    assert screen.lines.row(0)[0] == "2025/12/24"
    screen.edit("month", "2025-12")
    screen.edit("month", "x")
    assert screen.month == YearMonth(2025, 12)
    room.desk.bank_import.read(a_bank_file(tmp_path, ROW))
    assert stage.open(ReconcilingScreen(stage.surroundings)).month == YearMonth(2026, 11)


def test_another_month_is_not_closed_by_the_figures_of_the_one_before(room: DeskRoom, tmp_path: Path) -> None:
    room.desk.bank_import.read(a_bank_file(tmp_path, ROW))
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    screen = stage.open(ReconcilingScreen(stage.surroundings))
    stage.background.work_all()
    screen.edit("month", "2026-10")
    assert (screen.month_text, screen.sum_text, screen.lines.count, screen.amounts.count) == ("", "", 0, 0)
    assert refusal(stage, screen, "Alt+T") == words.LOADING
    stage.background.work_all()
    assert screen.empty_text == words.NO_LINES


def test_each_bad_line_is_told_and_all_of_them_by_f1(stage: Stage, screen: ReconcilingScreen, tmp_path: Path) -> None:
    screen.bank.read(a_bank_file(tmp_path, "x,a,1,,"))
    assert said(screen) == "何も取り込んでいません。2行目: 日付として読めません。"
    assert (screen.bank.trouble.lines, screen.bank.trouble.whole) == ((), ())
    screen.bank.read(a_bank_file(tmp_path, *["x,a,1,,"] * 2))
    assert screen.full_text == "2行目: 日付として読めません。\n3行目: 日付として読めません。"
    assert screen.bank.trouble.whole == ()
    screen.bank.read(a_bank_file(tmp_path, *["x,a,1,,"] * 5))
    assert said(screen) == "何も取り込んでいません。2行目: 日付として読めません。(ほかに4行)"
    assert screen.full_text.endswith("ほか2行(F1 ですべて読めます)")
    assert screen.long_texts()[-1].count("日付として読めません。") == 5
    assert screen.message is not None
    assert screen.message.tone is Tone.ERROR
    screen.choose(1)
    assert "リース料" in screen.full_text
    assert stage.view.refreshes


# --- ticks


def test_lines_say_how_they_stand(screen: ReconcilingScreen) -> None:
    assert [screen.lines.row(place)[1:] for place in range(3)] == [
        ("国土交通省", "国土交通省", "¥26,450", "未消込 候補 1通り"),
        ("リース料", "–", "¥5,000", "– 納付先以外"),
        ("国土交通省", "国土交通省", "¥999", "未消込 候補なし"),
    ]
    assert [screen.lines.tone(place) for place in range(3)] == [Tone.WARNING, None, Tone.WARNING]
    assert screen.month_text == "納付先への出金 2件 ¥27,449   消込済 0件 ¥0   未消込 ¥27,449"
    assert screen.full_text == "2026/11/23  国土交通省"


def test_nothing_is_ticked_by_itself_and_a_key_ticks_the_next_way(stage: Stage, screen: ReconcilingScreen) -> None:
    assert screen.amounts.ticked == set()
    assert [screen.amounts.row(place)[0] for place in range(3)] == ["1"] * 3
    assert screen.sum_text == "出金 ¥26,450   選んだ納付 0件 ¥0   差 ¥26,450"
    assert refusal(stage, screen, "F10") == words.NOTHING_TICKED
    press(stage, screen, "Alt+N")
    assert said(screen) == "候補 1 / 1通り にチェックを付けました。確かめて F10 消込 を押してください。"
    assert screen.sum_text == "出金 ¥26,450   選んだ納付 3件 ¥26,450   差 ¥0"
    screen.amounts.toggle(0)
    assert said(screen) == ""
    assert refusal(stage, screen, "F10").startswith("選んだ納付の合計と出金に、差が ¥")


def test_ticks_are_stored_and_taken_back(stage: Stage, screen: ReconcilingScreen, paid: int) -> None:
    assert refusal(stage, screen, "F2") == words.IS_NOT_MATCHED
    press(stage, screen, "Alt+N", "F10")
    assert said(screen) == "消し込みました(3件 ¥26,450)。"
    assert screen.lines.row(0)[4] == "✓ 消込済 3件"
    assert screen.lines.tone(0) is None
    assert screen.sum_text.startswith("出金 ¥26,450   消込済   令和8年11月24日")
    assert screen.sum_text.endswith("1番窓口")
    first = (
        "✓",
        "2026/11/20",
        "1000000011",
        "土浦300さ1234",
        "登録車",
        "D0000123",
        "検査登録手数料",
        "¥1,450",
        "2026/11/27",
    )
    assert screen.amounts.row(0) == first
    screen.amounts.toggle(0)
    assert screen.amounts.ticked == set()
    for key in ("F10", "Alt+N"):
        assert refusal(stage, screen, key) == words.IS_MATCHED
    screen.choose_amount(0)
    press(stage, screen, "F5")
    assert stage.navigator.went == [IssuePlace(None, paid)]
    press(stage, screen, "F2")
    assert said(screen) == words.TAKEN_BACK_NOW
    assert screen.lines.row(0)[4] == "未消込 候補 1通り"


def test_what_ainas_does_not_return_any_more_is_still_shown(
    stage: Stage, screen: ReconcilingScreen, room: DeskRoom, paid: int
) -> None:
    press(stage, screen, "Alt+N", "F10")
    with room.database.write() as shelves:
        filing = shelves.filings.get(paid)
        filing.fees.clear()
    screen.reload()
    assert screen.amounts.row(0) == ("✓", "–", f"管理 {paid}", "–", "–", "–", "検査登録手数料", "¥1,450", "–")
    screen.choose_amount(0)
    press(stage, screen, "F5")
    assert stage.navigator.went == [IssuePlace(None, paid)]


def test_an_open_amount_opens_its_filing(stage: Stage, screen: ReconcilingScreen, paid: int) -> None:
    screen.open()
    screen.choose_amount(0)
    press(stage, screen, "F5")
    assert stage.navigator.went == [IssuePlace(None, paid)]
    screen.choose_amount(-1)
    assert refusal(stage, screen, "F5") == words.NO_AMOUNT


def test_ways_go_round_and_are_numbered(stage: Stage, room: DeskRoom, screen: ReconcilingScreen) -> None:
    a_paid_filing(room, filing_id="1000000012", requested_at=dt.datetime(2026, 11, 21, 10, tzinfo=JST))
    screen.reload()
    assert screen.lines.row(0)[4] == "未消込 候補 8通り"
    seen = []
    for number in range(1, 10):
        press(stage, screen, "Alt+N")
        assert said(screen).startswith(f"候補 {(number - 1) % 8 + 1} / 8通り")
        seen.append(frozenset(screen.amounts.ticked))
    assert len(set(seen)) == 8
    assert seen[0] == seen[8]


def test_what_another_window_changed_takes_no_tick_away_that_is_still_good(
    stage: Stage, room: DeskRoom, screen: ReconcilingScreen, paid: int
) -> None:
    press(stage, screen, "Alt+N")
    with room.database.write() as shelves:
        shelves.filings.get(paid).fees[0].payment_status = "納付不要"
    screen.reload(control_number=paid)
    assert screen.sum_text == "出金 ¥26,450   選んだ納付 2件 ¥25,000   差 ¥1,450"


def test_a_line_without_a_way_says_why(stage: Stage, screen: ReconcilingScreen) -> None:
    screen.choose(1)
    assert refusal(stage, screen, "Alt+N") == words.NO_PAYEE
    screen.choose(2)
    assert refusal(stage, screen, "Alt+N") == words.NO_WAY
    screen.take_way()
    assert screen.amounts.ticked == set()
    screen.choose(-1)
    assert screen.lines.record(2).id == screen.chosen


def test_f7_goes_to_the_next_line_that_waits(stage: Stage, screen: ReconcilingScreen) -> None:
    press(stage, screen, "F7")
    assert screen.position == 2
    press(stage, screen, "F7")
    assert screen.position == 0
    press(stage, screen, "Alt+N", "F10", "F7", "F7")
    assert screen.position == 2
    assert screen.book is not None
    screen.book.matched[screen.chosen or 0] = screen.book.matched[screen.lines.record(0).id]
    press(stage, screen, "F7")
    assert said(screen) == words.ALL_DONE


def test_another_window_s_tick_is_told_and_nothing_is_stored(
    stage: Stage, room: DeskRoom, screen: ReconcilingScreen, paid: int
) -> None:
    press(stage, screen, "Alt+N")
    keys = [PaymentKey(paid, kind, 1) for kind in ("検査登録手数料", "技術情報管理手数料", "自動車重量税")]
    room.desk.reconciling.match(screen.chosen or 0, keys)
    press(stage, screen, "F10")
    assert "この出金は消込済です" in said(screen)
    assert screen.lines.row(screen.position or 0)[4] == "✓ 消込済 3件"


def test_what_this_window_changed_it_reads_once(stage: Stage, screen: ReconcilingScreen) -> None:
    press(stage, screen, "Alt+N")
    before = stage.background.jobs
    press(stage, screen, "F10")
    assert stage.background.jobs == before + 2
    assert stage.navigator.not_told is screen


# --- the month's end


def test_a_month_is_closed_after_a_question_and_opened_with_a_reason(stage: Stage, screen: ReconcilingScreen) -> None:
    assert refusal(stage, screen, "Alt+R") == words.NOT_CLOSED
    assert "令和8年11月はまだ終わっていない" in refusal(stage, screen, "Alt+T")
    assert "2026/12/01以後に" in refusal(stage, screen, "Alt+T")
    stage.clock.advance(days=7)
    press(stage, screen, "Alt+T")
    question = stage.view.questions.pop()
    assert "まだ消し込んでいない出金が 2件 ¥27,449 あります。" in question.text
    question.choices[1].action()
    assert said(screen) == words.CLOSED_NOW.format(month="令和8年11月")
    assert "締め 令和8年12月1日(火) 2026/12/01 9:15 1番窓口" in screen.month_text
    assert screen.lines.row(0)[4] == "未消込"
    for key in ("F2", "F10", "Alt+N", "Alt+T"):
        assert refusal(stage, screen, key) == words.MONTH_CLOSED.format(month="令和8年11月")
    press(stage, screen, "Alt+R")
    assert "理由を入力してから" in said(screen)
    assert stage.view.focused[-1] == "reason"
    screen.edit("reason", "取り違え")
    assert said(screen) == ""
    press(stage, screen, "Alt+R")
    assert said(screen) == words.REOPENED_NOW.format(month="令和8年11月")
    assert screen.reason == ""


def test_a_month_without_anything_left_is_closed_without_a_warning(stage: Stage, tmp_path: Path) -> None:
    screen = stage.open(ReconcilingScreen(stage.surroundings))
    screen.bank.read(a_bank_file(tmp_path, "2026/09/24,リース料,5,,"))
    press(stage, screen, "Alt+T")
    assert words.NOTHING_LEFT in stage.view.asked.text


def test_before_the_first_answer_no_month_is_closed(stage: Stage) -> None:
    screen = ReconcilingScreen(stage.surroundings)
    screen.close_month()
    assert stage.view.questions == []
    assert screen.can_reopen().why_not == words.NOT_CLOSED


def test_while_something_is_under_way_nothing_is_changed(room: DeskRoom, tmp_path: Path) -> None:
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    screen = stage.open(ReconcilingScreen(stage.surroundings))
    screen.bank.read(a_bank_file(tmp_path, ROW))
    for can in (screen.can_match, screen.can_take_back, screen.can_take_way, screen.can_close_month, screen.can_reopen):
        assert "終わるまでお待ちください" in can().why_not
    stage.background.work_all()
    assert screen.lines.count == 1


def test_a_later_question_overtakes_and_trouble_is_told(room: DeskRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    screen = stage.open(ReconcilingScreen(stage.surroundings))
    screen.edit("month", "2026-10")
    stage.background.work_next()
    assert screen.empty_text == words.LOADING
    stage.background.work_all()
    assert screen.book is not None
    assert screen.book.month == YearMonth(2026, 10)

    def broken() -> NoReturn:
        raise StoreError("disk")

    monkeypatch.setattr(room.database, "read", broken)
    screen.reload()
    stage.background.work_all()
    assert screen.message is not None
