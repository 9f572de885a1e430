"""指定整備元帳: every 保適証 with a 交付番号, searched on this machine, and written as a file or on paper.

Opening it and F7 ask AIRAS how the ones shown stand; nothing else does.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.documents.names import DocumentKind, Suffix, export_name
from onestop.errors import InvalidInput, Problem
from onestop.model.certificate_words import Origin
from onestop.model.ledger import KINDS, ON_PAPER, LedgerQuery
from onestop.model.wareki import format_short, format_western
from onestop.model.words import CONFORMITY_STATUSES
from onestop.screens.conformity.airas_asking import AirasAsking
from onestop.screens.display import day
from onestop.screens.exporting import Exporter
from onestop.screens.function_key import YES, Can, no
from onestop.screens.listed_rows import ListedRows
from onestop.screens.places import ConformityPlace, PaperPlace, WorkSummaryPlace
from onestop.screens.ports import Choice, Question, Tone
from onestop.screens.printing import show_preview
from onestop.screens.reprinting import find_papers
from onestop.screens.rows import Align, Column, RowLook
from onestop.screens.screen import Screen
from onestop.screens.search_conditions import SearchConditions, searched_day
from onestop.screens.wording import explain
from onestop.services.ledger.service import totals_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from onestop.model.ledger import LedgerRow
    from onestop.screens.screen import Surroundings
    from onestop.services.ledger.service import Ledger

COLUMNS: Final = (
    Column("control_number", "管理番号", 6, Align.RIGHT),
    Column("certificate_number", "交付番号", 11),
    Column("issue_date", "交付年月日", 10),
    Column("inspection_date", "検査年月日", 10, may_go=True),
    Column("application_kind", "申請種別", 8, may_go=True),
    Column("plate", "登録番号", 17),
    Column("chassis_number", "車台番号", 13),
    Column("vehicle_name", "車名", 9, least=6, may_go=True),
    Column("model_code", "型式", 9, least=7, may_go=True),
    Column("engine_model", "原動機型式", 8, least=6, may_go=True, broken="原動機\n型式"),
    Column("user_name", "依頼者", 14, least=6, may_go=True),
    Column("inspector", "検査員", 8, least=6, may_go=True),
    Column("insurance", "自賠責番号・期間", 23, least=12, may_go=True),
    Column("status", "ステータス", 7),
    Column("valid_until", "有効期限", 10),
)
ALL: Final = ("", "すべて")
KIND_OPTIONS: Final = (ALL, *((kind, kind) for kind in KINDS))
STATUS_OPTIONS: Final = (ALL, *((each.word, each.word) for each in CONFORMITY_STATUSES), (ON_PAPER, ON_PAPER))
UTF_8: Final = "utf-8-sig"
CP932: Final = "cp932"
ENCODINGS: Final = ((UTF_8, "UTF-8"), (CP932, "Shift_JIS"))
SEARCHING: Final = "検索中"
LOADING: Final = "元帳を読み込んでいます。"
NOTHING_FITS: Final = (
    "条件に合う適合証はありません。\n\n条件を変えて F7 検索 を押すか、F4 で紙の適合証を追加してください。"
)
NO_ROW: Final = "適合証が選ばれていません。矢印キーで行を選んでください。"
NO_ROWS: Final = "書き出す適合証がありません。条件を変えて F7 検索 を押してください。"
DAYS_TURNED: Final = "交付年月日の終わりの日が、始まりの日より前になっています。"


@dataclass(frozen=True, slots=True)
class LedgerConditions:
    """The conditions as they stand in the fields."""

    issued_from: str = ""
    issued_to: str = ""
    plate: str = dataclasses.field(default="", repr=False)
    chassis_tail: str = dataclasses.field(default="", repr=False)
    inspector: str = dataclasses.field(default="", repr=False)
    application_kind: str = ""
    status: str = ""

    def query(self, today: dt.date) -> LedgerQuery:
        """Return what is searched for.

        Raises:
            InvalidInput: a day cannot be understood, or they are turned.
        """
        first = searched_day("issued_from", self.issued_from, today)
        last = searched_day("issued_to", self.issued_to, today)
        if first and last and last < first:
            raise InvalidInput(Problem("issued_to", DAYS_TURNED))
        return LedgerQuery(
            issued_from=first,
            issued_to=last,
            plate=self.plate.strip(),
            chassis_tail=self.chassis_tail.strip(),
            inspector=self.inspector.strip(),
            application_kind=self.application_kind,
            status=self.status,
        )


class LedgerScreen(Screen):
    """What 指定整備元帳 knows."""

    help_page = "ledger"

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__(surroundings)
        self.conditions = SearchConditions(
            self, lambda: LedgerConditions(issued_from=format_short(self.clock.today().replace(day=1)))
        )
        self.encoding = UTF_8
        """How CSV is written."""
        self.rows: ListedRows[LedgerRow] = ListedRows(COLUMNS, RowLook(_texts, _tone), lambda row: row.control_number)
        self.chosen: LedgerRow | None = None
        self.ledger: Ledger | None = None
        self.exporter = Exporter(self)
        self.asking = AirasAsking(self)

    # --- the list

    def started(self) -> None:
        """Show this month, and ask AIRAS how it stands; what goes well is not told."""
        self._load(announce_success=False)

    def search(self) -> None:
        """F7 検索: the rows of this machine at once, and behind them what AIRAS says of those not finished."""
        self.message = None
        if self._load(announce_success=True):
            self.view.focus_field("certificates")

    def reload(self, *, vehicle_id: int | None = None, control_number: int | None = None) -> None:  # noqa: ARG002 - any certificate may be in the list
        """Something was changed elsewhere: read the same rows again."""
        if self.ledger is not None and self.busy != SEARCHING:
            self._search(self.ledger.query, self._found)

    def _load(self, *, announce_success: bool) -> bool:
        try:
            query = self.conditions.typed.query(self.clock.today())
        except InvalidInput as error:
            told = explain(error)
            self.say(told.text, told.tone, told.field)
            return False
        self.asking.live.give_up()
        self.busy = SEARCHING
        self._search(query, lambda ledger: self._found_to_ask(ledger, announce_success=announce_success))
        self.view.refresh()
        return True

    def _search(self, query: LedgerQuery, then: Callable[[Ledger], None]) -> None:
        self.read_newest(lambda: self.desk().ledger.search(query), then, self.failed)

    def _found_to_ask(self, ledger: Ledger, *, announce_success: bool) -> None:
        self.busy = None
        self._found(ledger)
        self.asking.ask([row.control_number for row in ledger.rows], announce_success=announce_success)

    def _found(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.rows.show(ledger.rows)
        self.view.refresh()

    def choose(self, position: int) -> None:
        """Another row is current."""
        self.chosen = self.rows.records[position] if 0 <= position < self.rows.count else None
        self.view.refresh()

    @property
    def totals_text(self) -> str:
        """件数 and the totals."""
        return "" if self.ledger is None else totals_text(self.ledger.totals)

    @property
    def empty_text(self) -> str:
        """What the list says while it has no rows."""
        return LOADING if self.ledger is None else NOTHING_FITS

    @property
    def full_text(self) -> str:
        """The chosen row with nothing cut."""
        row = self.chosen
        if row is None:
            return ""
        car = f"{row.plate}  {row.chassis_number}  {row.vehicle_name} {row.model_code} {row.engine_model}".strip()
        insurance = f"自賠責 {row.insurance_number or '–'} {_insured(row)}"
        return (
            f"{row.certificate_number} ({row.origin.value})  {car}  依頼者 {row.user_name} {row.user_address}\n"
            f"検査員 {row.inspector_code} {row.inspector_name}  {insurance}  有効期限 {day(row.valid_until) or '–'}"
            + (f"  概要 {row.work_summary}" if row.work_summary else "")
            + (f"  備考 {row.remarks}" if row.remarks else "")
        )

    # --- keys

    def close(self) -> None:
        """F12 閉じる; AIRAS is asked nothing more."""
        self.asking.live.give_up()
        super().close()

    def clear(self) -> None:
        """クリア."""
        self.conditions.clear()

    def choose_encoding(self, encoding: str) -> None:
        """CSVの文字コード: how F8 writes."""
        self.encoding = encoding
        self.view.refresh()

    def add_paper(self) -> None:
        """F4 紙の適合証."""
        self.navigator.show(PaperPlace())

    def can_open(self) -> Can:
        """Whether a row is chosen."""
        return no(NO_ROW) if self.chosen is None else YES

    def open(self) -> None:
        """F5 保適証を開く, or Enter on a row."""
        row = self.chosen
        if row is None:
            return
        if row.origin is Origin.PAPER:
            self.navigator.show(PaperPlace(row.control_number))
        else:
            self.navigator.show(ConformityPlace(row.vehicle_id, row.control_number))

    def summarise(self) -> None:
        """概要: 点検・整備・検査の概要 of the chosen row."""
        if self.chosen is not None:
            self.navigator.show(WorkSummaryPlace(self.chosen.control_number))

    def can_reprint(self) -> Can:
        """Whether a row is chosen, and nothing else is under way."""
        return self.can_open() and self.can_work()

    def reprint(self) -> None:
        """再印刷: the 適合証 of the chosen row, its 標章, and its 自賠責."""
        row = self.chosen
        if row is not None:
            find_papers(self, lambda desk: desk.papers.of_conformity(row.control_number))

    def can_export(self) -> Can:
        """Whether there is anything to write."""
        return self.can_work() if self.rows.count else no(NO_ROWS)

    def excel(self) -> None:
        """F11 Excel."""
        ledger = self.ledger
        if ledger is not None:
            self._save(ledger, Suffix.EXCEL, lambda path: self.desk().ledger.save_xlsx(ledger, path))

    def csv(self) -> None:
        """CSV; characters that Shift_JIS lacks are named before anything is written."""
        ledger = self.ledger
        if ledger is None:
            return
        if self.encoding == UTF_8:
            self._save_csv(ledger, UTF_8)
            return
        self.work(
            "文字を確認中",
            lambda: self.desk().ledger.lacking(ledger, self.encoding),
            lambda lacking: self._warn(ledger, lacking),
        )

    def _warn(self, ledger: Ledger, lacking: tuple[str, ...]) -> None:
        if not lacking:
            self._save_csv(ledger, CP932)
            return
        text = f"Shift_JIS にない文字があります: {' '.join(lacking)}\nこのまま保存すると〓になります。"
        choices = (
            Choice("UTF-8で保存", lambda: self._save_csv(ledger, UTF_8), safe=True),
            Choice("〓にして保存", lambda: self._save_csv(ledger, CP932)),
            Choice("キャンセル", lambda: None),
        )
        self.view.ask(Question("変換できない文字", text, choices))

    def _save_csv(self, ledger: Ledger, encoding: str) -> None:
        self._save(ledger, Suffix.CSV, lambda path: self.desk().ledger.save_csv(ledger, path, encoding))

    def pdf(self) -> None:
        """F8 PDF."""
        ledger = self.ledger
        if ledger is not None:
            self._save(ledger, Suffix.PDF, lambda path: self.desk().ledger.save_pdf(ledger, path))

    def print(self) -> None:
        """F9 印刷: a preview, and the printer's choice in it."""
        ledger = self.ledger
        if ledger is not None:
            show_preview(self, lambda: self.desk().ledger.sheets(ledger))

    def _save(self, ledger: Ledger, suffix: Suffix, write: Callable[[Path], tuple[str, ...]]) -> None:
        query = ledger.query
        days = [each for each in (query.issued_from, query.issued_to or self.clock.today()) if each]
        self.exporter.save("指定整備元帳の保存", export_name(DocumentKind.LEDGER, suffix, *days), suffix, write)


def _texts(row: LedgerRow) -> tuple[str, ...]:
    return (
        str(row.control_number),
        row.certificate_number,
        format_western(row.issue_date),
        format_western(row.inspection_date),
        row.application_kind,
        row.plate,
        row.chassis_number,
        row.vehicle_name,
        row.model_code,
        row.engine_model,
        row.user_name,
        row.inspector_name or row.inspector_code,
        f"{row.insurance_number} {_insured_to(row)}".strip(),
        row.status,
        format_western(row.valid_until),
    )


def _tone(row: LedgerRow) -> Tone | None:
    return Tone.WARNING if row.is_voided else None


def _insured(row: LedgerRow) -> str:
    first, last = format_western(row.insurance_from), format_western(row.insurance_to)
    return f"{first}～{last}" if first or last else ""


def _insured_to(row: LedgerRow) -> str:
    """Return how long the 自賠責 runs; in a row there is no room for more, and the chosen one stands in full."""
    return f"～{format_western(row.insurance_to)}" if row.insurance_to else ""
