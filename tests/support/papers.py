"""Papers with the manual's sample in them, and PDF files read back."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import pypdfium2

from onestop.documents.forms import fill_form, try_form
from onestop.documents.list_papers import (
    ChangeRow,
    CountRow,
    IssuanceReportPaper,
    LedgerLine,
    LedgerPaper,
    PaymentGroupRow,
    PaymentPaper,
    PaymentPaperRow,
    VoidedRow,
)
from onestop.documents.papers import (
    AnswerRow,
    BringRow,
    ChecklistPaper,
    ComparisonPaper,
    ComparisonRow,
    ConformityMarkPaper,
    ConformityPaper,
    ConsentPaper,
    DifferenceRow,
    EstimatePaper,
    EstimateRow,
    InsurancePaper,
    OfficialConformityPaper,
    OfficialMarkPaper,
    RecoveryPaper,
)
from onestop.documents.pdf import write_pdf
from onestop.services.printing import Sheet
from onestop.services.settings.form import PrintOffset

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onestop.documents.layout import LaidOut, Offset
    from onestop.documents.papers import Paper

MADE_AT = dt.datetime(2026, 11, 24, 0, 15, tzinfo=dt.UTC)
SHOP = {
    "workshop_name": "株式会社カーネット自動車 古河指定工場",
    "workshop_code": "08-0123",
    "printed_at": "印刷 2026/11/24 09:15",
}
PLATE = {"registration_number": "土浦 1 あ 1111", "chassis_number": "ABC123"}
CAR = {"control_number": "12", **PLATE}
INSURER = "東京海上日動火災保険株式会社"
CATEGORIES = ("普通自動車", "小型自動車", "軽自動車", "大型特殊自動車", "小型二輪", "計")


def render_form(
    paper: Paper,
    path: Path,
    offset: Offset | None = None,
    own_forms: Path | None = None,
    *,
    practice: bool = False,
) -> LaidOut:
    """Put a paper on its form, as a preview does, and write it as a PDF, as F8 does."""
    document = fill_form(paper, own_forms, practice=practice)
    write_pdf(path, document, MADE_AT, offset)
    return document


def mark_sheets(**offsets: PrintOffset) -> tuple[Sheet, Sheet]:
    """Return the 控 of a 標章 and its official form, moved as `copy` and `official` say."""
    copy, official = fill_form(a_mark_paper(), practice=False), fill_form(an_official_mark_paper(), practice=False)
    return (
        Sheet(copy, offsets.get("copy", PrintOffset())),
        Sheet(official, offsets.get("official", PrintOffset()), try_form(an_official_mark_paper())),
    )


class RecordingPress:
    """Implements preview_screen.Press: remembers what was printed, moved how far, and where."""

    def __init__(self, *names: str, works: bool = True) -> None:
        self.names = names
        self.works = works
        self.printed: list[tuple[str, PrintOffset, str]] = []

    def printers(self) -> tuple[str, ...]:
        return self.names

    def send(self, document: LaidOut, offset: PrintOffset, printer: str) -> bool:
        self.printed.append((document.title, offset, printer))
        return self.works


def an_insurance_paper(**changes: str) -> InsurancePaper:
    """Return a 自賠責証明書 (控) with changes."""
    sample = {
        "certificate_number": "A123456789",
        "insurer": INSURER,
        "contract_kind": "継続",
        "rate_class": "自家用乗用自動車",
        "policyholder_name": "カーネット太郎",
        "policyholder_address": "茨城県古河市",
        "start": "令和8年12月20日 正午",
        "end": "令和10年12月20日 正午",
        "months": "24か月",
        "premium": "¥17,650",
        "origin": "電子",
        "registry": "2026/11/24 09:40",
    }
    return InsurancePaper(**{**SHOP, **CAR, **sample, **changes})


def a_conformity_paper(**changes: str) -> ConformityPaper:
    """Return a 保適証 with changes."""
    sample = {
        "certificate_number": "2000000001",
        "application_kind": "OSS申請",
        "status": "作成済",
        "vehicle_category": "普通自動車",
        "vehicle_name": "トヨタ",
        "model_code": "DBA-ZN6",
        "engine_model": "FA20",
        "user_name": "カーネット太郎",
        "user_address": "茨城県古河市",
        "odometer": "45,200 km",
        "inspection_date": "令和8年11月24日(火)",
        "issue_date": "令和8年11月24日(火)",
        "valid_until": "令和8年12月8日(火)",
        "last_application_date": "令和8年12月8日(火)",
        "expiry_date": "令和8年12月20日(日)",
        "inspector_name": "検査一郎",
        "inspector_code": "00112345",
        "new_insurance_number": "A123456789",
        "new_insurer": INSURER,
        "new_insurance_period": "令和8年12月20日 正午 から 令和10年12月20日 正午 まで",
        "old_insurance_number": "A023456789",
        "old_insurer": INSURER,
        "remarks": "",
    }
    return ConformityPaper(**{**SHOP, **CAR, **sample, **changes})


def a_mark_paper(**changes: str) -> ConformityMarkPaper:
    """Return a 適合標章 with changes."""
    sample = {
        "certificate_number": "2000000001",
        "vehicle_name": "トヨタ",
        "inspection_date": "令和8年11月24日",
        "issue_date": "令和8年11月24日",
        "valid_until": "令和8年12月8日まで",
        "inspector_name": "検査一郎",
    }
    return ConformityMarkPaper(**{**SHOP, **CAR, **sample, **changes})


def an_official_conformity_paper() -> OfficialConformityPaper:
    """Return the values of a 保適証 for the official form."""
    return OfficialConformityPaper(**asdict(a_conformity_paper()))


def an_official_mark_paper() -> OfficialMarkPaper:
    """Return the values of a 適合標章 for the official form."""
    return OfficialMarkPaper(**asdict(a_mark_paper()))


def a_ledger_row(number: int = 1, **changes: str) -> LedgerLine:
    """Return a row of the 元帳 with changes."""
    sample = {
        "control_number": str(number),
        "certificate_number": str(2_000_000_000 + number),
        "issue_date": "R8.11.24",
        "inspection_date": "R8.11.24",
        "application_kind": "OSS申請",
        "origin": "電子",
        "vehicle_name": "トヨタ",
        "model_code": "DBA-ZN6",
        "engine_model": "FA20",
        "client_name": "カーネット太郎\n茨城県古河市中央町一丁目２番３号 カーネットハイツ１０１",
        "work_summary": "点検整備記録簿のとおり",
        "inspector_name": "検査一郎",
        "insurance": "A123456789\nR8.12.20-R10.12.20",
        "status": "作成済",
        "valid_until": "R8.12.8",
    }
    return LedgerLine(**{**PLATE, **sample, **changes})


def a_ledger_paper(count: int) -> LedgerPaper:
    """Return a 元帳 with so many certificates."""
    return LedgerPaper(
        **SHOP,
        period="令和8年11月1日 から 令和8年11月30日",
        conditions="検査員 検査一郎",
        totals=f"{count}件",
        certificates=tuple(a_ledger_row(number) for number in range(1, count + 1)),
    )


def a_comparison_paper() -> ComparisonPaper:
    """Return a 照合 with one difference."""
    row = ComparisonRow("使用者", "カーネット太郎", "カーネット太郎", "○ 一致 カーネット太郎", "－ なし")
    other = ComparisonRow("車台番号", "ABC123", "× 相違 ABC-123", "○ 一致 ABC123", "－ なし")
    sentence = "自賠責の車台番号「ABC-123」のハイフンが車両の「ABC123」と違います。"
    return ComparisonPaper(
        **SHOP,
        **PLATE,
        user_name="カーネット太郎",
        verdict="違うところが1件あります。",
        rows=(row, other),
        differences=(DifferenceRow(weight="不可", sentence=sentence, press="e-JIBAI の 1"),),
    )


def a_checklist_paper() -> ChecklistPaper:
    """Return a 確認票 on which an answer was changed."""
    row = AnswerRow(item="納税", answer="確認済", more="", answered="見本花子 令和8年11月24日(火) 2026/11/24 09:15")
    more = replace(row, item="承諾書", answer="あり", more="R8.11.24")
    return ChecklistPaper(
        **SHOP, **PLATE, user_name="カーネット太郎", answers=(more, row), history=(row, replace(row, answer="未納"))
    )


def a_consent_paper() -> ConsentPaper:
    """Return a 承諾書 to be signed."""
    return ConsentPaper(
        **SHOP,
        **PLATE,
        vehicle_name="トヨタ 86",
        model_code="DBA-ZN6",
        expiry_date="令和8年12月20日",
        user_name="カーネット太郎",
        user_address="茨城県古河市",
    )


def an_estimate_paper() -> EstimatePaper:
    """Return a 見積書 whose 自賠責 is not known yet."""
    return EstimatePaper(
        **SHOP,
        **PLATE,
        customer_name="カーネット太郎 様",
        vehicle_name="トヨタ 86 DBA-ZN6",
        until="令和8年12月20日(日) 2026/12/20 まで(2026/10/20から受けられます)",
        new_expiry="令和10年12月20日(水) 2028/12/20",
        last_application_date="未定",
        counted_day="令和8年11月24日(火) 2026/11/24",
        total="見込 ¥26,450(ほかに未定 1件)",
        lines=(
            EstimateRow(label="自動車重量税", amount="見込 ¥24,600", basis="2016/04/01からの表 当分の間税率"),
            EstimateRow(label="自賠責保険料", amount="未定", basis="保険期間が決まりません"),
        ),
        brings=(BringRow(thing="車検証", note="今お持ちのもの"),),
    )


def a_report_paper(voided: int = 1) -> IssuanceReportPaper:
    """Return a 交付実績報告書 with so many voided numbers."""
    counted: dict[str, Any] = {"oss": "10", "counter": "5", "limited": "0", "voided": "1", "total": "16"}
    return IssuanceReportPaper(
        **SHOP,
        month="令和8年11月",
        numbers="2000000001 ～ 2000000016",
        totals="16件",
        counts=tuple(CountRow(vehicle_category=each, numbers="1 ～ 16", **counted) for each in CATEGORIES),
        changes=tuple(ChangeRow(vehicle_category=each, total_before="15", **counted) for each in CATEGORIES),
        voided=tuple(
            VoidedRow(
                certificate_number=str(3_000_000_000 + number),
                vehicle_category="軽自動車",
                issue_date="R8.11.24",
                status="削除",
                replaced_by="2000000016",
            )
            for number in range(voided)
        ),
    )


def a_payment_paper() -> PaymentPaper:
    """Return a 納付一覧 with one amount."""
    row = PaymentPaperRow(
        day="2026/11/20",
        filing_id="1000000011",
        registration_number="土浦 1 あ 1111",
        office="登録車",
        agent="D0000123",
        kind="技術情報管理手数料",
        amount="¥400",
        payment_status="納付待ち",
        due_date="2026/11/27",
        state="消込済",
        matched_day="2026/11/23",
        last_day="2026/12/30",
    )
    group = PaymentGroupRow(group="D0000123", count="1", total="¥400", opened="¥0", paid="¥0", matched="¥400")
    return PaymentPaper(
        **SHOP, month="令和8年11月", conditions="状態: すべて", totals="1件 ¥400", payments=(row,), groups=(group,)
    )


@contextmanager
def opened_pdf(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF with the engine of a browser."""
    document = pypdfium2.PdfDocument(path)
    try:
        yield document
    finally:
        document.close()


def text_of(path: Path, page: int = 0) -> str:
    """Return what a reader can mark and copy from a page."""
    with opened_pdf(path) as document:
        return str(document[page].get_textpage().get_text_range())


def ink(path: Path, area: tuple[float, float, float, float], page: int = 0) -> tuple[float, float, float, float] | None:
    """Return where there is ink on a rendered page within left, top, right, bottom (mm), in mm; None: nowhere."""
    per_mm = 8
    with opened_pdf(path) as document:
        picture = document[page].render(scale=per_mm * 25.4 / 72).to_pil().convert("L")
    box = picture.crop(tuple(round(edge * per_mm) for edge in area)).point(lambda shade: 255 * (shade < 128)).getbbox()
    left, top = area[:2]
    return box and (left + box[0] / per_mm, top + box[1] / per_mm, left + box[2] / per_mm, top + box[3] / per_mm)


def a_recovery_paper() -> RecoveryPaper:
    """Return a 復元キー to be kept in a safe."""
    return RecoveryPaper(
        recovery_key="ABCDE FGHJK\nLMNPQ RSTUV", groups="13", made_on="2026/11/24", printed_at="2026/11/24 09:15"
    )


PAPERS: tuple[Paper, ...] = (
    an_insurance_paper(),
    a_conformity_paper(),
    a_mark_paper(),
    a_ledger_paper(2),
    a_report_paper(),
    a_comparison_paper(),
    a_payment_paper(),
    a_checklist_paper(),
    a_consent_paper(),
    an_estimate_paper(),
    a_recovery_paper(),
)
"""One of each form that is printed."""
OFFICIAL: tuple[Paper, ...] = (an_official_conformity_paper(), an_official_mark_paper())
"""The same for those that are printed onto an official form."""
