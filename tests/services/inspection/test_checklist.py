"""確認票 at a desk: asked once for each inspection, kept with who and when, and in the way of what it must stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop import errors
from onestop.model.checklist import FOR_ALL, UNASKED, Item
from onestop.model.ending import Ending
from onestop.services.conformity.book import NEEDS_CONSENT
from onestop.services.inspection import checklist_form
from onestop.services.inspection.checklist import CHANGED_ELSEWHERE
from onestop.services.inspection.checklist_form import ChecklistForm, form_of
from onestop.services.inspection.next_step import Press, next_step
from support import conformity, insurance
from support.checklist import ANSWERED, a_checklist, answer, save

if TYPE_CHECKING:
    from pathlib import Path

    from support.clock import FixedClock
    from support.desks import DeskRoom


def problems(room: DeskRoom, car: int, **changes: str) -> dict[str, str]:
    with pytest.raises(errors.InvalidInput) as caught:
        save(room, car, ANSWERED, **changes)
    assert room.desk.checklists.open(car).history == ()
    return {each.field: each.message for each in caught.value.problems}


# --- kept with the inspection


def test_a_page_that_nobody_answered_is_unasked_and_begins_no_inspection(room: DeskRoom) -> None:
    car = room.a_car()
    opened = room.desk.checklists.open(car)
    assert opened.form == ChecklistForm()
    assert opened.checklist.unasked == (Item.CONSENT, Item.TAX, Item.PARKING, Item.RECALL)
    assert room.desk.inspections.history(car) == ()


def test_answers_are_kept_with_who_and_when(room: DeskRoom, clock: FixedClock) -> None:
    car = room.a_car()
    saved = save(room, car)
    assert saved == room.desk.checklists.open(car)
    assert saved.form == ANSWERED
    assert {(each.answered_by, each.answered_at) for each in saved.history} == {("見本花子", clock.now())}
    assert len(saved.history) == 4
    assert saved.checklist.unasked == ()


def test_another_answer_changes_nothing_of_the_one_before(room: DeskRoom, clock: FixedClock) -> None:
    car = room.a_car()
    save(room, car, tax="未納")
    clock.advance(hours=2)
    saved = save(room, car, answered_by="見本次郎")
    assert [(each.item, each.answer, each.answered_by) for each in saved.history[:1]] == [
        (Item.TAX, "確認済", "見本次郎")
    ]
    assert len(saved.history) == 5
    assert saved.checklist.answer(Item.TAX) == "確認済"


def test_what_is_not_answered_is_no_answer_until_it_was_one(room: DeskRoom) -> None:
    car = room.a_car()
    assert [each.item for each in save(room, car, tax=UNASKED).history] == [Item.RECALL, Item.PARKING, Item.CONSENT]
    taken_back = save(room, car, tax=UNASKED, recall=UNASKED)
    assert [(each.item, each.answer) for each in taken_back.history[:1]] == [(Item.RECALL, UNASKED)]
    assert taken_back.checklist.unasked == (Item.TAX, Item.RECALL)


def test_who_answered_last_stands_there_for_the_next_car(room: DeskRoom) -> None:
    save(room, room.a_car())
    other = room.a_car(plate="土浦300さ9", chassis_number="ZN6-999999")
    assert room.desk.checklists.open(other).form == ChecklistForm(answered_by="見本花子")


def test_the_next_inspection_is_asked_anew(room: DeskRoom) -> None:
    car = room.a_car()
    save(room, car)
    room.desk.inspections.end(car, Ending.STOPPED, "取りやめ")
    opened = room.desk.checklists.open(car)
    assert opened.checklist.unasked == (Item.CONSENT, Item.TAX, Item.PARKING, Item.RECALL)
    assert opened.history == ()


def test_nothing_is_answered_between_two_inspections(room: DeskRoom) -> None:
    car = room.a_car()
    save(room, car)
    room.desk.inspections.end(car, Ending.FINISHED, "完了")
    with pytest.raises(errors.NotAllowed, match="車検は終わっています"):
        save(room, car)


def test_what_another_window_answered_is_not_answered_over(room: DeskRoom) -> None:
    car = room.a_car()
    opened = room.desk.checklists.open(car)
    save(room, car)
    with pytest.raises(errors.NotAllowed, match=CHANGED_ELSEWHERE):
        room.desk.checklists.save(opened, ANSWERED)


# --- what cannot be


def test_a_name_is_needed(room: DeskRoom) -> None:
    assert problems(room, room.a_car(), answered_by="　") == {"answered_by": checklist_form.NO_NAME}


@pytest.mark.parametrize(
    ("day", "says"),
    [("", checklist_form.NO_CONSENT_DAY), ("R8.11.25", checklist_form.FUTURE)],
)
def test_a_consent_is_dated(room: DeskRoom, day: str, says: str) -> None:
    assert problems(room, room.a_car(), consent_day=day) == {"consent_day": says}


def test_a_day_that_cannot_be_read_is_named_at_its_field(room: DeskRoom) -> None:
    assert [*problems(room, room.a_car(), consent_day="R8.13.1")] == ["consent_day"]


@pytest.mark.parametrize(("until", "says"), [("R8.11.19", checklist_form.TOO_EARLY), ("R8.11.23", checklist_form.OVER)])
def test_a_consent_for_all_ends_after_it_was_given_and_not_before_today(room: DeskRoom, until: str, says: str) -> None:
    told = problems(room, room.a_car(), consent=FOR_ALL, consent_until=until)
    assert told == {"consent_until": says}


def test_the_day_of_a_consent_that_is_not_there_is_not_asked(room: DeskRoom) -> None:
    saved = save(room, room.a_car(), consent="なし", consent_day="R8.11.25")
    assert saved.checklist.answers[Item.CONSENT].day is None


# --- OBD検査


def test_an_exemption_needs_its_number_and_keeps_it(room: DeskRoom) -> None:
    car = room.a_car(note_info="OBD検査対象")
    assert problems(room, car, obd="特例") == {"obd_number": checklist_form.NO_EXEMPTION}
    saved = save(room, car, obd="特例", obd_number=" 特12-3 ")
    assert (saved.form.obd, saved.form.obd_number) == ("特例", "特12-3")


def test_obd_is_kept_only_of_a_car_that_needs_it(room: DeskRoom) -> None:
    assert Item.OBD not in save(room, room.a_car(), obd="適合").checklist.answers


def test_no_certificate_is_issued_without_the_obd_result(room: DeskRoom, shop: None, clock: FixedClock) -> None:
    del shop
    car = room.a_car(note_info="OBD検査対象")
    conformity.insure(room, car)
    clock.advance(hours=1)
    form = conformity.a_form(room, car)
    save(room, car, room.desk.checklists.open(car).form, obd=UNASKED)
    number = room.desk.conformity_book.save(form, car, None, None).control_number
    with pytest.raises(errors.InvalidInput) as caught:
        room.desk.conformity.delivery.issue(number)
    assert ["OBD検査" in each.message for each in caught.value.problems] == [True]
    save(room, car, room.desk.checklists.open(car).form, obd="適合")
    assert room.desk.conformity.delivery.issue(number).certificate_number


# --- the 保適証


@pytest.mark.parametrize(
    ("kind", "word", "told"),
    [
        ("OSS申請", "未確認", True),
        ("OSS申請", "なし", True),
        ("OSS申請", "あり", False),
        ("窓口申請", "未確認", False),
        ("窓口申請", "なし", False),
    ],
)
def test_where_the_filing_would_stop_for_want_of_a_consent_the_certificate_says_so_first(
    room: DeskRoom,
    kind: str,
    word: str,
    told: bool,  # noqa: FBT001 - a row
) -> None:
    conformity.prepare_shop(room)
    car = room.a_car()
    answer(room, car, consent=word)
    conformity.insure(room, car)
    form = conformity.a_form(room, car, application_kind=kind)
    found = {each.rule_id: each for each in room.desk.conformity_book.findings(form, car, None)}
    assert ("A14" in found) is told
    if told:
        assert (found["A14"].severity.value, f"承諾書が「{word}」です。" in found["A14"].message) == ("warn", True)
    proposal = room.desk.conformity_book.propose(car).proposal
    assert (proposal.kind, proposal.reason.endswith(NEEDS_CONSENT)) == ("OSS申請", word != "あり")


# --- the filing


def findings(room: DeskRoom, car: int) -> list[tuple[str, str]]:
    form = room.desk.filings.open(car, None).form
    return [(each.rule_id, each.severity.value) for each in room.desk.review.findings(form, car)]


def test_the_filing_needs_the_consent_and_is_warned_of_the_rest(room: DeskRoom) -> None:
    car = room.a_car()
    asked = {"V14": "warn", "V15": "warn", "V16": "warn", "V26": "error"}
    assert asked.items() <= dict(findings(room, car)).items()
    save(room, car)
    assert not {*asked} & {*dict(findings(room, car))}


def test_what_was_sent_all_the_same_is_asked_again_at_the_next_inspection(room: DeskRoom) -> None:
    car = room.a_car()
    form = room.desk.filings.open(car, None).form
    room.desk.confirming.confirm([(car, room.desk.review.findings(form, car))])
    assert dict(findings(room, car))["V14"] == "confirmed"
    with room.database.write() as shelves:
        kept = shelves.vehicles.get(car)
        assert kept.expiry_date is not None
        kept.expiry_date = kept.expiry_date.replace(year=2027, month=1)
    assert dict(findings(room, car))["V14"] == "warn"


def test_one_filing_without_a_consent_stops_none_of_the_others(room: DeskRoom) -> None:
    first, second = room.drafts(2)
    with room.database.read() as shelves:
        car = shelves.filings.get(second).vehicle_id
    save(room, car, room.desk.checklists.open(car).form, consent="なし")
    assert [each.issuable for each in room.desk.review.review_many([first, second])] == [True, False]
    with pytest.raises(errors.InvalidInput) as caught:
        room.desk.filings.delivery.issue(second)
    assert ["承諾書" in each.message for each in caught.value.problems] == [True]
    assert room.desk.filings.delivery.issue(first).filing_id


def test_the_relay_sends_nothing_while_the_consent_is_missing(room: DeskRoom, shop: None) -> None:
    del shop
    car = room.a_car()
    insurance.elsewhere(room, room.a_car(plate="土浦300さ9", chassis_number="ZN6-9"))
    plan = room.desk.relay.planning.plan(car)
    assert plan.filing.blocked
    save(room, car)
    assert not room.desk.relay.planning.plan(car).filing.blocked


def test_the_link_prepares_the_filing_and_names_what_is_not_answered(
    room: DeskRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    car = room.a_car()
    room.certify(car)
    save(room, car, room.desk.checklists.open(car).form, consent="なし")
    monkeypatch.setattr(room.desk.link, "_refresh", lambda _car: None)
    linked = room.desk.link.link(car)
    assert linked.control_number is not None
    assert [(each.press, each.blocks) for each in linked.obstacles] == [(Press.CHECKLIST, False)]


# --- 次にすること


def test_the_page_is_asked_for_before_anything_is_sent(room: DeskRoom, clock: FixedClock) -> None:
    car = room.a_car()
    step = next_step(room.desk.inspections.current(car), clock.now())
    assert step.press is Press.CHECKLIST
    assert step.sentence == "確認票の未確認4件に答えます"
    save(room, car)
    assert next_step(room.desk.inspections.current(car), clock.now()).press is Press.INSURANCE


def test_a_bad_obd_result_is_told_before_the_certificate_and_a_fine_before_the_filing(
    room: DeskRoom, clock: FixedClock
) -> None:
    bad = room.a_car(note_info="OBD検査対象")
    answer(room, bad, obd="不適合")
    assert "「OBD検査: 不適合」" in next_step(room.desk.inspections.current(bad), clock.now()).sentence
    fined = room.a_car(plate="土浦300さ9", chassis_number="ZN6-999999")
    answer(room, fined, parking="滞納あり")
    assert next_step(room.desk.inspections.current(fined), clock.now()).press is Press.INSURANCE
    room.certify(fined)
    step = next_step(room.desk.inspections.current(fined), clock.now())
    assert step.press is Press.CHECKLIST
    assert "「放置違反金: 滞納あり」のままでは、申請できません" in step.sentence


# --- on paper


def test_the_page_prints_its_answers_and_all_that_were_before(room: DeskRoom, tmp_path: Path) -> None:
    car = room.a_car(note_info="OBD検査対象")
    save(room, car, tax="未納", obd="特例", obd_number="T-1")
    opened = save(room, car, consent=FOR_ALL, obd="特例", obd_number="T-1")
    (sheet,) = room.desk.checklists.sheets(opened)
    assert (sheet.document.title, sheet.document.missing, sheet.document.tiny) == ("確認票", (), ())
    words = "".join(word.text for page in sheet.document.pages for word in page.words)
    for said in ("確認済", "未納", "特例", "T-1", "見本花子", "2026/11/20から取り消すまで"):
        assert said in words
    room.desk.checklists.save_pdf(opened, tmp_path / "a.pdf")


def test_a_page_without_obd_says_that_it_is_not_asked(room: DeskRoom) -> None:
    words = "".join(
        word.text
        for page in room.desk.checklists.pages(room.desk.checklists.open(room.a_car())).pages
        for word in page.words
    )
    assert "対象外" in words
    assert words.count(UNASKED) == 4


@pytest.mark.parametrize("expiry", [True, False])
def test_the_consent_is_printed_with_the_car(room: DeskRoom, *, expiry: bool) -> None:
    car = room.a_car(**({} if expiry else {"expiry_date": None}))
    (sheet,) = room.desk.checklists.consent_sheets(room.desk.checklists.open(car))
    words = "".join(word.text for page in sheet.document.pages for word in page.words)
    assert ("令和8年12月20日" in words) is expiry
    for said in ("承 諾 書", "ZN6-012345", "見本太郎", "茨城県古河市見本一丁目"):
        assert said in words


def test_the_form_of_a_page_shows_what_counts() -> None:
    form = form_of(a_checklist(consent="なし", needs_obd=True), "見本花子")
    assert (form.consent, form.obd, form.answered_by) == ("なし", "適合", "見本花子")
