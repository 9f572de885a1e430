"""照合 at a desk: what it shows of a car, how 連動 and the review name what differs, and the grid on paper."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, TypeAlias

import pypdf
import pytest

from onestop.model.findings import Severity
from onestop.model.plate import parse_plate
from onestop.model.sending_state import Sending
from onestop.services.filing.form import form_of_filing
from onestop.services.inspection.next_step import Press
from support import conformity
from support.comparison import put_papers
from support.desks import a_desk, name_workshop

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.services.inspection.link import Obstacle
    from support.desks import DeskRoom

OTHER_PLATE = parse_plate("土浦300す9")


def linked(room: DeskRoom, car: int, monkeypatch: pytest.MonkeyPatch) -> list[Obstacle]:
    """Return what 連動 names, without asking the services."""
    monkeypatch.setattr(room.desk.link, "_refresh", lambda _car: None)
    return [*room.desk.link.link(car).obstacles]


# --- what counts


def test_a_car_without_an_inspection_has_its_certificate_alone(room: DeskRoom) -> None:
    car = room.desk.comparison.of_car(room.a_car())
    assert (car.insurance, car.conformity, car.current.filing) == (None, None, None)
    assert car.verdict == "自賠責・保適証・申請がまだありません。あるものの中に、違うところはありません。"


def test_papers_that_agree_say_so(room: DeskRoom) -> None:
    mine = room.a_car()
    put_papers(room, mine, {}, {}, {})
    assert room.desk.comparison.of_car(mine).verdict == "違うところはありません。"


@pytest.mark.parametrize(
    ("insurance", "conformity", "words"),
    [
        ({"status": "取消"}, {"status": "削除"}, "自賠責・保適証・申請がまだありません"),
        ({"certificate_number": None, "sending": Sending.DRAFT}, {}, "申請がまだありません"),
    ],
)
def test_what_was_taken_back_does_not_count_and_what_is_begun_does(
    room: DeskRoom, insurance: dict[str, Any], conformity: dict[str, Any], words: str
) -> None:
    mine = room.a_car()
    put_papers(room, mine, insurance, conformity)
    assert room.desk.comparison.of_car(mine).verdict.startswith(words)


def test_what_differs_is_counted_and_what_cannot_be_filed_is_told_apart(room: DeskRoom) -> None:
    mine = room.a_car()
    put_papers(room, mine, {}, {"registration_number": OTHER_PLATE})
    told = room.desk.comparison.of_car(mine).verdict
    assert told == "違うところが1件あります(直すか、このままでよいか確かめます)。"
    other = room.a_car(plate="土浦300さ2", chassis_number="ZN6-2")
    put_papers(
        room, other, {"chassis_number": "ZN6-3"}, {"registration_number": OTHER_PLATE, "certificate_number": "2"}
    )
    assert (
        room.desk.comparison.of_car(other).verdict
        == "違うところが2件あります(うち、このままでは申請できないもの 1件)。"
    )


# --- 連動

Differing: TypeAlias = tuple[dict[str, Any], dict[str, Any], dict[str, Any], str, Press]
BLOCKING: list[Differing] = [
    ({"chassis_number": "ZN6012345"}, {}, {}, "自賠責の車台番号「ZN6012345」のハイフンが", Press.INSURANCE),
    ({}, {"chassis_number": "ZN6-9"}, {}, "保適証の車台番号「ZN6-9」が", Press.CONFORMITY),
    ({}, {"new_insurance_number": "B1"}, {}, "保適証の自賠責証明書番号「B1」が自賠責の", Press.CONFORMITY),
    ({}, {}, {"chassis_number": "ZN6-9"}, "申請の車台番号「ZN6-9」が", Press.FILING),
]
TOLD: list[Differing] = [
    ({"registration_number": OTHER_PLATE}, {}, {}, "自賠責の登録番号", Press.INSURANCE),
    ({}, {"registration_number": OTHER_PLATE}, {}, "保適証の登録番号", Press.CONFORMITY),
    ({}, {"user_name": "見本花子"}, {}, "保適証の使用者「見本花子」が", Press.CONFORMITY),
    ({}, {"user_address": "東京都"}, {}, "保適証の住所「東京都」が", Press.CONFORMITY),
    ({}, {"vehicle_category": "普通自動車"}, {}, "自動車区分「普通自動車」が", Press.CONFORMITY),
    ({}, {"expiry_date": dt.date(2026, 12, 21)}, {}, "保適証の検査前の満了日", Press.CONFORMITY),
    ({}, {}, {"registration_number": OTHER_PLATE}, "申請の登録番号", Press.FILING),
    ({}, {}, {"user_name": "見本花子"}, "申請の使用者", Press.FILING),
    ({}, {}, {"user_address2": "2号"}, "申請の住所", Press.FILING),
]


@pytest.mark.parametrize("differing", [*BLOCKING, *TOLD])
def test_linking_names_what_differs_with_the_key_that_mends_it(
    room: DeskRoom, monkeypatch: pytest.MonkeyPatch, differing: Differing
) -> None:
    insurance, certificate, filing, says, press = differing
    car = room.a_car()
    put_papers(room, car, insurance, certificate, filing)
    (found,) = linked(room, car, monkeypatch)
    assert says in found.sentence
    assert found.press is press
    assert found.blocks is (differing in BLOCKING)


def test_what_may_be_meant_so_is_told_beside_the_prepared_filing(
    room: DeskRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    car = room.a_car()
    put_papers(room, car, {}, {"registration_number": OTHER_PLATE}, {"insurance_certificate_number": "old"})
    monkeypatch.setattr(room.desk.link, "_refresh", lambda _car: None)
    done = room.desk.link.link(car)
    assert done.control_number == 1
    assert [each.press for each in done.obstacles] == [Press.CONFORMITY]
    assert room.filing(1).insurance_certificate_number == "A123456789"


# --- before a filing or a 保適証 is sent


@pytest.mark.parametrize(
    ("insurance", "certificate", "severity", "says"),
    [
        ({"chassis_number": "ZN6-9"}, {}, Severity.ERROR, "車両の「ZN6-012345」と違います。(e-JIBAI の 1)"),
        ({}, {"user_name": "見本花子"}, Severity.WARNING, "手続が別に要ります。(保適[AIRAS] の 1)"),
    ],
)
def test_the_review_and_the_form_name_the_other_paper_with_its_key(
    room: DeskRoom, insurance: dict[str, Any], certificate: dict[str, Any], severity: Severity, says: str
) -> None:
    car = room.a_car()
    put_papers(room, car, insurance, certificate, {})
    (reviewed,) = room.desk.review.review_many([1])
    (found,) = (each for each in reviewed.findings if each.paper)
    assert (found.severity, reviewed.vehicle_id) == (severity, car)
    assert found.message.endswith(says)
    assert found in room.desk.review.findings(form_of_filing(room.filing(1)), car)


def test_a_filing_with_another_number_than_its_certificates_is_refused(room: DeskRoom) -> None:
    car = room.a_car()
    numbers = {"insurance_certificate_number": "B2", "conformity_certificate_number": "9"}
    put_papers(room, car, {}, {}, numbers)
    (reviewed,) = room.desk.review.review_many([1])
    errors = [each.field for each in reviewed.findings if each.rule_id == "C12"]
    assert errors == [*numbers]
    assert not reviewed.issuable


def test_a_conformity_certificate_names_the_insurance_that_differs_with_its_key(room: DeskRoom) -> None:
    conformity.prepare_shop(room)
    car = room.a_car()
    put_papers(room, car, {"chassis_number": "ZN6-9"})
    found = room.desk.conformity_book.findings(conformity.a_form(room, car), car)
    (told,) = (each for each in found if each.paper)
    assert (told.rule_id, told.severity) == ("V06", Severity.ERROR)
    assert told.message.endswith("(e-JIBAI の 1)")


def test_a_filing_takes_over_the_cars_address_as_it_takes_over_its_name(room: DeskRoom) -> None:
    car = room.a_car()
    put_papers(room, car, filing={"user_address2": "2号"})
    opened = room.desk.filings.open(None, 1)
    assert [each.field for each in opened.beside_car.differences] == ["user_address1"]
    assert opened.beside_car.taken_over(opened.form).user_address2 == "1番2号"


# --- on paper


def test_the_grid_and_what_differs_stand_on_paper(room: DeskRoom, tmp_path: Path) -> None:
    name_workshop(room, "株式会社カーネット自動車")
    car = room.a_car()
    put_papers(room, car, {}, {"registration_number": OTHER_PLATE}, {"chassis_number": "ZN6-9"})
    read = room.desk.comparison.of_car(car)
    assert room.desk.comparison.save_pdf(read, tmp_path / "a.pdf") == ()
    (page,) = pypdf.PdfReader(tmp_path / "a.pdf").pages
    text = page.extract_text()
    for words in ("株式会社カーネット自動車", "× 相違 土浦300す9", "○ 一致 A123456789", "－ なし", "不可", "注意"):
        assert words in text
    assert "保適[AIRAS] の 1" in text
    assert "違うところが2件あります" in text


def test_in_practice_it_carries_a_stamp_as_every_print_does(tmp_path: Path) -> None:
    with a_desk(tmp_path, practice=True) as room:
        read = room.desk.comparison.of_car(room.a_car())
        room.desk.comparison.save_pdf(read, tmp_path / "a.pdf")
    assert "見本" in pypdf.PdfReader(tmp_path / "a.pdf").pages[0].extract_text().replace("見本太郎", "")
