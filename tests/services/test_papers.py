"""Tests of the certificates on paper: every value from the stored record, and the PDF read back."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, Final

import pypdfium2
import pytest

from onestop.clock import JST
from onestop.documents.names import DocumentKind
from onestop.documents.papers import ConformityMarkPaper, ConformityPaper, InsurancePaper
from onestop.errors import NotAllowed
from onestop.model.certificate_words import Origin
from onestop.model.plate import parse_plate
from onestop.model.printable import CANCELLED, EXPIRED, TAKEN_AWAY
from support.builders import a_conformity_certificate, an_insurance_certificate
from support.desks import name_workshop
from support.inspections import of_now

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.services.papers import CertificateKind
    from support.desks import DeskRoom

COPY: Final = DocumentKind.INSURANCE_COPY
CONFORMITY: Final = DocumentKind.CONFORMITY
MARK: Final = DocumentKind.CONFORMITY_MARK
LONG_NAME = "株式会社カーネット自動車販売茨城古河総合サービスセンター第二指定工場" + "見本" * 13
"""As long as 設定 takes it."""
PLATE = parse_plate("土浦300す1234")
HEAD: Final = {
    "printed_at": "印刷 令和8年11月24日(火) 2026/11/24 09:15",
    "control_number": "1",
    "registration_number": "土浦 300 す 12-34",
    "chassis_number": "ABC12-0123456",
}
"""What stands on all three."""
NOTHING_KNOWN = {
    "start_date": None,
    "end_date": None,
    "months": None,
    "premium": None,
}
NO_DAYS = {"inspection_date": None, "issue_date": None, "valid_until": None, "odometer_km": None}


def an_insurance(room: DeskRoom, **changes: Any) -> int:  # noqa: ANN401 - any field of it
    request_key = changes.pop("request_key", "key")
    made = an_insurance_certificate(vehicle_id=room.a_car(), registration_number=PLATE, **changes)
    made.request_key = request_key
    with room.database.write() as shelves:
        return shelves.insurance.add(of_now(shelves, made)).control_number


def a_conformity(room: DeskRoom, **changes: Any) -> int:  # noqa: ANN401 - any field of it
    fields = {"vehicle_id": changes.pop("vehicle_id", None) or room.a_car(), "registration_number": PLATE}
    with room.database.write() as shelves:
        return shelves.conformity.add(of_now(shelves, a_conformity_certificate(**fields | changes))).control_number


def paper_of(room: DeskRoom, **changes: Any) -> InsurancePaper:  # noqa: ANN401 - any field of the certificate
    paper = room.desk.papers.paper(COPY, an_insurance(room, **changes))
    assert isinstance(paper, InsurancePaper)
    return paper


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(str(path)) as pdf:
        assert len(pdf) == 1
        return str(pdf[0].get_textpage().get_text_range())


def test_every_value_of_an_insurance_is_the_stored_one(room: DeskRoom) -> None:
    reported = dt.datetime(2026, 11, 24, 10, 5, tzinfo=JST)
    assert paper_of(room, registry_reported_at=reported) == InsurancePaper(
        workshop_code="",
        **HEAD,
        certificate_number="A123456789",
        insurer="見本損害保険",
        contract_kind="継続",
        rate_class="自家用乗用",
        policyholder_name="見本太郎",
        policyholder_address="茨城県古河市見本1番2号",
        start="令和8年12月20日 正午",
        end="令和10年12月20日 正午",
        months="24か月",
        premium="¥18,560",
        origin="電子",
        registry="登録済 令和8年11月24日(火) 2026/11/24 10:05",
    )


@pytest.mark.parametrize(
    ("changes", "registry"),
    [
        ({}, "登録待ち"),
        ({"report_to_registry": False}, "なし"),
        ({"request_key": None, "origin": Origin.PAPER}, "紙のため、なし"),
        ({"request_key": None, "origin": Origin.UNCONFIRMED}, "未確認"),
    ],
)
def test_the_registry_is_told_as_it_is_known(room: DeskRoom, changes: dict[str, Any], registry: str) -> None:
    assert paper_of(room, **changes).registry == registry


def test_what_is_not_known_stays_blank(room: DeskRoom) -> None:
    paper = paper_of(room, **NOTHING_KNOWN)
    assert (paper.start, paper.end, paper.months, paper.premium) == ("", "", "", "")


def test_every_value_of_a_conformity_is_the_stored_one(room: DeskRoom) -> None:
    car = room.a_car()
    with room.database.write() as shelves:
        shelves.insurance.add(of_now(shelves, an_insurance_certificate(vehicle_id=car)))
        shelves.insurance.add(
            of_now(shelves, an_insurance_certificate(vehicle_id=car, certificate_number="A000000001"))
        )
    number = a_conformity(
        room,
        vehicle_id=car,
        model_code="DBA-ZN6",
        engine_model="FA20",
        odometer_km=45200,
        expiry_date=dt.date(2026, 12, 20),
        old_insurance_number="A023456789",
        old_insurer="見本火災",
        remarks="備考です",
    )
    assert room.desk.papers.paper(CONFORMITY, number) == ConformityPaper(
        workshop_code="08-0123",
        **HEAD,
        certificate_number="1112345678",
        application_kind="OSS申請",
        status="報告済",
        vehicle_category="普通自動車",
        vehicle_name="トヨタ",
        model_code="DBA-ZN6",
        engine_model="FA20",
        user_name="見本太郎",
        user_address="茨城県古河市見本1番2号",
        odometer="45,200 km",
        inspection_date="令和8年11月24日",
        issue_date="令和8年11月24日",
        valid_until="令和8年12月8日",
        last_application_date="令和8年10月19日",
        expiry_date="令和8年12月20日",
        inspector_name="検査一郎",
        inspector_code="00112345",
        new_insurance_number="A123456789",
        new_insurer="見本損害保険",
        new_insurance_period="令和8年12月20日 正午 から 令和10年12月20日 正午 まで",
        old_insurance_number="A023456789",
        old_insurer="見本火災",
        remarks="備考です",
    )


@pytest.mark.parametrize("insurance", [{"certificate_number": "A999999999"}, {"end_date": None}])
def test_an_insurance_that_is_not_known_in_full_has_no_period(room: DeskRoom, insurance: dict[str, Any]) -> None:
    car = room.a_car()
    with room.database.write() as shelves:
        shelves.insurance.add(of_now(shelves, an_insurance_certificate(vehicle_id=car, **insurance)))
    paper = room.desk.papers.paper(CONFORMITY, a_conformity(room, vehicle_id=car, status=None, **NO_DAYS))
    assert isinstance(paper, ConformityPaper)
    assert (paper.new_insurance_period, paper.odometer, paper.status, paper.issue_date) == ("", "", "", "")


def test_every_value_of_a_mark_is_the_stored_one(room: DeskRoom) -> None:
    assert room.desk.papers.paper(MARK, a_conformity(room)) == ConformityMarkPaper(
        workshop_code="08-0123",
        **HEAD,
        certificate_number="1112345678",
        vehicle_name="トヨタ",
        inspection_date="令和8年11月24日",
        issue_date="令和8年11月24日",
        valid_until="令和8年12月8日",
        inspector_name="検査一郎",
    )


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (COPY, ("A123456789", "¥18,560", "令和8年12月20日 正午", "24か月")),
        (CONFORMITY, ("1112345678", "OSS申請", "令和8年11月24日", "08-0123")),
        (MARK, ("1112345678", "令和8年12月8日", "検査一郎")),
    ],
)
def test_the_pdf_says_it_all(room: DeskRoom, tmp_path: Path, kind: CertificateKind, said: tuple[str, ...]) -> None:
    number = an_insurance(room) if kind is COPY else a_conformity(room)
    path = tmp_path / "paper.pdf"
    assert room.desk.papers.save_pdf(kind, number, path) == ()
    text = text_of(path)
    for each in (*said, "土浦 300 す 12-34", "ABC12-0123456"):
        assert each in text
    assert room.desk.papers.pages(kind, number).tiny == ()


@pytest.mark.parametrize("kind", [COPY, CONFORMITY, MARK])
def test_the_name_of_the_workshop_stands_on_each(room: DeskRoom, tmp_path: Path, kind: CertificateKind) -> None:
    name_workshop(room, LONG_NAME)
    number = an_insurance(room) if kind is COPY else a_conformity(room)
    path = tmp_path / "paper.pdf"
    room.desk.papers.save_pdf(kind, number, path)
    assert LONG_NAME in text_of(path).replace("\r\n", "")
    assert room.desk.papers.pages(kind, number).tiny == ()


def test_a_character_without_a_glyph_is_named(room: DeskRoom, tmp_path: Path) -> None:
    number = an_insurance(room, policyholder_name="見本\U0001f600太郎")
    path = tmp_path / "paper.pdf"
    assert room.desk.papers.save_pdf(COPY, number, path) == ("\U0001f600",)
    assert "見本〓太郎" in text_of(path)
    assert room.desk.papers.pages(COPY, number).missing == ("\U0001f600",)


def test_what_counts_for_nothing_is_not_printed(room: DeskRoom, tmp_path: Path) -> None:
    cancelled, deleted = an_insurance(room, status="取消"), a_conformity(room, status="削除")
    path = tmp_path / "paper.pdf"
    late = a_conformity(room, valid_until=dt.date(2026, 11, 23), certificate_number="9")
    for kind, number, why_not in (
        (COPY, cancelled, CANCELLED),
        (CONFORMITY, deleted, TAKEN_AWAY),
        (MARK, deleted, TAKEN_AWAY),
        (MARK, late, re.escape(EXPIRED)),
    ):
        with pytest.raises(NotAllowed, match=why_not):
            room.desk.papers.save_pdf(kind, number, path)  # type: ignore[arg-type]  # one of the three
    assert not path.exists()


def test_nothing_personal_is_shown_by_repr(room: DeskRoom) -> None:
    shown = repr(paper_of(room))
    for each in ("土浦", "ABC12", "見本太郎", "古河市", "A123456789"):
        assert each not in shown
