"""記録等事務 at a desk: proposed for a new filing, never written over what was typed, and said in one sentence."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop.model.recording import AT_OFFICE, OWN_REWRITE
from support.desks import READY_SETTINGS, a_desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.desks import DeskRoom

ELECTRONIC, PAPER = dt.date(2024, 12, 2), dt.date(2022, 12, 2)


@pytest.fixture
def entrusted(tmp_path: Path) -> Iterator[DeskRoom]:
    """Return the desk of a shop that has a 委託番号."""
    with a_desk(tmp_path, settings=READY_SETTINGS.model_copy(update={"recording_contract_number": "7"})) as room:
        yield room


@pytest.mark.parametrize(
    ("issued", "proposed", "says"),
    [
        (ELECTRONIC, (OWN_REWRITE, "7"), "ICタグに記録できます"),
        (PAPER, (AT_OFFICE, ""), "紙"),
        (None, ("", "7"), "発行日が未入力"),
    ],
)
def test_a_new_filing_is_proposed_what_its_car_allows(
    entrusted: DeskRoom, issued: dt.date | None, proposed: tuple[str, str], says: str
) -> None:
    opened = entrusted.desk.filings.open(entrusted.a_car(certificate_issued_on=issued), None)
    assert (opened.form.certificate_update, opened.form.recording_contract_number) == proposed
    assert says in opened.recording


def test_what_was_typed_stays_and_only_the_sentence_says_otherwise(entrusted: DeskRoom) -> None:
    car = entrusted.a_car(certificate_issued_on=PAPER)
    number = entrusted.a_draft(car, certificate_update=OWN_REWRITE, recording_contract_number="99")
    opened = entrusted.desk.filings.open(None, number)
    assert (opened.form.certificate_update, opened.form.recording_contract_number) == (OWN_REWRITE, "99")
    assert "紙" in opened.recording
    (told,) = [each for each in entrusted.desk.review.findings(opened.form, car) if each.rule_id == "C18"]
    assert (told.field, told.message) == ("certificate_update", opened.recording)


def test_a_number_typed_for_one_filing_is_enough(room: DeskRoom) -> None:
    car = room.a_car(certificate_issued_on=ELECTRONIC)
    assert "委託番号がない" in room.desk.filings.open(car, None).recording
    number = room.a_draft(car, recording_contract_number="99")
    assert "記録できます" in room.desk.filings.open(None, number).recording


def test_a_filing_that_says_otherwise_than_the_certificate_goes_to_the_office(entrusted: DeskRoom) -> None:
    number = entrusted.a_draft(entrusted.a_car(certificate_issued_on=ELECTRONIC), user_name="見本花子")
    assert "券面の記載が変わる" in entrusted.desk.filings.open(None, number).recording


def test_numbers_of_certificates_are_no_change_of_what_is_printed(entrusted: DeskRoom) -> None:
    number = entrusted.a_draft(entrusted.a_car(certificate_issued_on=ELECTRONIC), insurance_certificate_number="B2")
    assert "記録できます" in entrusted.desk.filings.open(None, number).recording


def test_a_filing_that_was_issued_has_nothing_proposed(entrusted: DeskRoom) -> None:
    number = entrusted.a_draft()
    entrusted.desk.filings.delivery.issue(number)
    assert not entrusted.desk.filings.open(None, number).recording


def test_a_car_that_may_be_written_here_is_not_warned_about(entrusted: DeskRoom) -> None:
    car = entrusted.a_car(certificate_issued_on=ELECTRONIC)
    form = entrusted.desk.filings.open(car, None).form
    assert not [each for each in entrusted.desk.review.findings(form, car) if each.rule_id == "C18"]
