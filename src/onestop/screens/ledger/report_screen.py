"""交付実績報告書: the month, its counts, and the voided numbers; written as a file or on paper.

Choosing a month and F7 ask AIRAS how its certificates stand: one that was 削除 there counts as such.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.documents.names import DocumentKind, Suffix, export_name
from onestop.model.issuance import month_after, month_before
from onestop.model.wareki import YearMonth, format_western
from onestop.screens.bars import Bar, Bars
from onestop.screens.conformity.airas_asking import AirasAsking
from onestop.screens.exporting import Exporter
from onestop.screens.function_key import Can, no
from onestop.screens.listed_rows import ListedRows
from onestop.screens.payment.months import month_options
from onestop.screens.printing import show_preview
from onestop.screens.rows import Align, Column, RowLook
from onestop.screens.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from onestop.model.issuance import CategoryLine, IssuanceReport, MonthCount, VoidedNumber
    from onestop.screens.screen import Surroundings

YEARS_BACK: Final = 2
"""So long are the records kept (law; DOMAIN)."""
COUNT_COLUMNS: Final = (
    Column("category", "自動車区分", 16, least=12),
    Column("oss", "OSS申請", 10, Align.RIGHT),
    Column("counter", "窓口申請", 10, Align.RIGHT),
    Column("limited", "限定", 8, Align.RIGHT),
    Column("voided", "削除・再交付", 13, Align.RIGHT),
    Column("issued", "計", 8, Align.RIGHT),
    Column("before", "前月の計", 10, Align.RIGHT, may_go=True),
    Column("difference", "前月との差", 11, Align.RIGHT, may_go=True),
    Column("numbers", "交付番号の範囲", 34, least=14),
)
VOIDED_COLUMNS: Final = (
    Column("certificate_number", "削除した交付番号", 20),
    Column("category", "自動車区分", 16),
    Column("issue_date", "交付年月日", 14),
    Column("status", "交付ステータス", 14),
    Column("replaced_by", "再交付の交付番号", 20),
)
ABOUT_COUNTER: Final = "窓口申請は、中古新規・予備検査を含みます。"
COUNTING: Final = "集計中"
LOADING: Final = "集計しています。"
NO_VOIDED: Final = "この月に削除した交付番号はありません。"
NOT_READ: Final = "報告書がまだ集計されていません。対象月を選び直してください。"


class ReportScreen(Screen):
    """What 交付実績報告書 knows."""

    help_page = "report"

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__(surroundings)
        today = self.clock.today()
        self.month = YearMonth(today.year, today.month)
        self.report: IssuanceReport | None = None
        self.counts: ListedRows[CategoryLine] = ListedRows(COUNT_COLUMNS, RowLook(_count_texts))
        self.voided: ListedRows[VoidedNumber] = ListedRows(VOIDED_COLUMNS, RowLook(_voided_texts))
        self._year: tuple[MonthCount, ...] = ()
        """What was counted last; it stands there while the next month is counted."""
        self.exporter = Exporter(self)
        self.asking = AirasAsking(self)

    # --- 対象月

    @property
    def months(self) -> tuple[tuple[str, str], ...]:
        """What can be chosen, the newest first."""
        today = self.clock.today()
        return month_options(YearMonth(today.year - YEARS_BACK, today.month), YearMonth(today.year, today.month))

    def edit(self, _name: str, value: object) -> None:
        """Choose a month: it is counted at once."""
        month = YearMonth.parse(str(value))
        if month is not None:
            self.month = month
            self._load()

    def started(self) -> None:
        """Count this month."""
        self._load()

    def reload(self, *, vehicle_id: int | None = None, control_number: int | None = None) -> None:  # noqa: ARG002 - any certificate may count
        """Something was changed elsewhere: count again."""
        if self.report is not None:
            self._count(self._show)

    def _load(self, *, announce_success: bool = False) -> None:
        self.asking.live.give_up()
        self.report = None
        self.message = None
        self.busy = COUNTING
        self._count(lambda report: self._show_to_ask(report, announce_success=announce_success))
        self.view.refresh()

    def _count(self, then: Callable[[IssuanceReport], None]) -> None:
        month = self.month
        self.read_newest(lambda: self.desk().report.month(month.year, month.month), then, self.failed)

    def _show_to_ask(self, report: IssuanceReport, *, announce_success: bool) -> None:
        self.busy = None
        self._show(report)
        self.asking.ask(report.control_numbers, announce_success=announce_success)

    def _show(self, report: IssuanceReport) -> None:
        self.report, self._year = report, report.year
        self.counts.show((*report.lines, report.total))
        self.voided.show(report.voided)
        self.view.refresh()

    @property
    def year(self) -> Bars:
        """月ごとの件数: the year of the chosen month."""
        return year_of(self.month, self._year)

    def go_to_month(self, iso: str) -> None:
        """Choose another bar, if its month can be chosen."""
        if iso in dict(self.months):
            self.edit("month", iso)

    def tell_year(self) -> None:
        """Alt+Y 月ごと: what the bars show, in words."""
        told = "、".join(bar.words for bar in self.year.bars if sum(bar.parts))
        self.say(f"{told}。" if told else f"{self.month.year}年に交付した適合証はありません。")

    @property
    def summary(self) -> str:
        """The month in one line."""
        report = self.report
        if report is None:
            return LOADING
        counts, change = report.total.counts, report.total.difference.issued
        return f"交付 {counts.issued:,}件(前月比 {_signed(change)})   削除 {counts.voided:,}件"

    @property
    def empty_text(self) -> str:
        """What the list of voided numbers says while it has none."""
        return NO_VOIDED if self.report is not None else LOADING

    # --- keys

    def count(self) -> None:
        """F7 再集計: ask AIRAS how the month's certificates stand, and count again."""
        self._load(announce_success=True)

    def close(self) -> None:
        """F12 閉じる; AIRAS is asked nothing more."""
        self.asking.live.give_up()
        super().close()

    def can_export(self) -> Can:
        """Whether the month is counted."""
        return self.can_work() if self.report is not None else no(NOT_READ)

    def excel(self) -> None:
        """F11 Excel."""
        report = self.report
        if report is not None:
            self._save(Suffix.EXCEL, lambda path: self.desk().report.save_xlsx(report, path))

    def pdf(self) -> None:
        """F8 PDF."""
        report = self.report
        if report is not None:
            self._save(Suffix.PDF, lambda path: self.desk().report.save_pdf(report, path))

    def print(self) -> None:
        """F9 印刷: a preview, and the printer's choice in it."""
        report = self.report
        if report is not None:
            show_preview(self, lambda: self.desk().report.sheets(report))

    def _save(self, suffix: Suffix, write: Callable[[Path], tuple[str, ...]]) -> None:
        name = export_name(DocumentKind.ISSUANCE_REPORT, suffix, self.month)
        self.exporter.save("交付実績報告書の保存", name, suffix, write)


def year_of(chosen: YearMonth, counts: tuple[MonthCount, ...]) -> Bars:
    """Return the year of a month as bars; over its ends the arrows lead into the years beside it."""
    months = [YearMonth(chosen.year, month) for month in range(1, 13)]
    known = {each.month: each for each in counts}
    bars = tuple(_bar(month, known.get(month)) for month in months)
    before, after = month_before(months[0]), month_after(months[-1])
    return Bars(bars, chosen.iso(), "月ごとの交付と削除(斜線)", before.iso(), after.iso())


def _bar(month: YearMonth, counted: MonthCount | None) -> Bar:
    issued, voided = (counted.issued, counted.voided) if counted else (0, 0)
    words = f"{month} 交付 {issued:,}件 削除 {voided:,}件"
    return Bar(month.iso(), words, (issued, voided), f"{month.month}月")


def _count_texts(line: CategoryLine) -> tuple[str, ...]:
    counts = line.counts
    figures = (counts.oss, counts.counter, counts.limited, counts.voided, counts.issued, line.before.issued)
    return (
        line.category,
        *(f"{each:,}" for each in figures),
        _signed(line.difference.issued),
        line.numbers.replace("\n", "  "),
    )


def _voided_texts(each: VoidedNumber) -> tuple[str, ...]:
    day = format_western(each.issue_date)
    return (each.certificate_number, each.category, day, each.status, each.replaced_by or "なし")


def _signed(number: int) -> str:
    return f"{number:+,}" if number else "±0"
