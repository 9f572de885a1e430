"""What the three forms share, tried on each: nothing typed is lost, and what stands elsewhere is read again."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from onestop.model.change import Author
from onestop.screens.desk.sharing_words import changed_meanwhile
from onestop.screens.draft_keeper import PAUSE
from onestop.screens.places import HelpPlace, SettingsPlace
from onestop.screens.ports import Tone
from onestop.screens.two_saves import TITLE
from support.checklist import answer
from support.clock import FixedClock
from support.conformity import insure, prepare_shop
from support.forms import CONFORMITY_FORM, INSURANCE_FORM, ISSUE_FORM, FormKind, Forms, OpenForm
from support.insurance import INSURER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from support.desks import DeskRoom


@dataclass(frozen=True, slots=True)
class Case:
    """What is different about each of the three."""

    name: str
    kind: FormKind[Any]
    noun: str
    help_page: str
    text: str
    """A field of free text that is prefilled from the car."""
    first_field: str
    issue: Callable[[DeskRoom, int], object]
    """Issue the one with this 管理番号, without its window."""
    prepare: Callable[[OpenForm[Any]], object] = lambda _here: None
    """Do what may be issued needs, beyond what is proposed."""


def _issue_conformity(room: DeskRoom, number: int) -> None:
    assert isinstance(room.clock, FixedClock)
    prepare_shop(room)
    insure(room, 1)
    room.clock.advance(hours=2)
    opened = room.desk.conformity_book.open(1, number)
    assert opened.certificate is not None
    proposed = room.desk.conformity_book.propose(1).form
    room.desk.conformity_book.save(proposed, 1, number, opened.certificate.version)
    room.desk.conformity.delivery.issue(number)


def _prepare_filing(here: OpenForm[Any]) -> None:
    answer(here.room, 1)
    here.type(insurance_certificate_number="A1", conformity_certificate_number="1")


CASES = (
    Case(
        "filing",
        ISSUE_FORM,
        "申請",
        "issue",
        "user_name",
        "planned_date",
        lambda room, n: room.desk.filings.delivery.issue(n),
        _prepare_filing,
    ),
    Case(
        "insurance",
        INSURANCE_FORM,
        "証明書",
        "insurance",
        "policyholder_name",
        "insurer",
        lambda room, n: room.desk.insurance.delivery.issue(n),
        lambda here: here.type(insurer=INSURER),
    ),
    Case("conformity", CONFORMITY_FORM, "保適証", "conformity", "user_name", "inspector_code", _issue_conformity),
)


@pytest.fixture(params=CASES, ids=lambda case: case.name)
def case(request: pytest.FixtureRequest) -> Case:
    assert isinstance(request.param, Case)
    return request.param


@pytest.fixture
def forms(case: Case, tmp_path: Path) -> Iterator[Forms[Any]]:
    with ExitStack() as stack:
        yield Forms(case.kind, tmp_path, stack)


def kept(here: OpenForm[Any], place: str) -> object:
    """Return the unsaved typing that is written down."""
    return here.room.desk.typing.found(place, here.screen.editor.form)


# --- opening


def test_a_new_one_has_no_number_and_the_focus_on_its_first_field(forms: Forms[Any], case: Case) -> None:
    here = forms()
    assert (here.screen.shown.mode, here.number, here.screen.value(case.text)) == ("新規", 0, "見本太郎")
    assert here.stage.view.focused == [case.first_field]
    assert not here.screen.changed


def test_a_car_that_is_gone_is_told_and_nothing_can_be_done(forms: Forms[Any], case: Case) -> None:
    here = forms.on(forms.room(), 99)
    assert here.tone is Tone.WARNING
    for key in ("F5", "F10"):
        assert f"使えません: {case.noun}が読み込まれていません。" in (here.press(key) or "")
    here.type(**{case.text: "見本"})
    assert here.screen.value(case.text) == ""
    jobs = here.stage.background.jobs
    here.screen.reload()
    assert here.stage.background.jobs == jobs


def test_f1_and_f3_lead_to_their_windows(forms: Forms[Any], case: Case) -> None:
    here = forms()
    here.press("F1")
    here.press("F3")
    assert here.stage.navigator.went == [HelpPlace(case.help_page), SettingsPlace()]


# --- typing and saving


def test_a_day_is_echoed_in_both_calendars(forms: Forms[Any]) -> None:
    assert forms().screen.editor.read_day("+3") == ("令和8年11月27日(金) 2026/11/27", None)


def test_the_plate_is_typed_whole(forms: Forms[Any]) -> None:
    here = forms()
    here.type(registration_number=("水戸", "500", "か", "12"))
    assert (here.screen.editor.form.area, here.screen.editor.form.serial) == ("水戸", "12")
    here.press("F10")
    assert here.again().screen.value("registration_number") == ("水戸", "500", "か", "12")


def test_saving_gives_a_number_and_tells_the_other_windows(forms: Forms[Any], case: Case) -> None:
    here = forms()
    here.type(**{case.text: "見本一郎"})
    assert here.screen.changed
    assert here.press("F10") is None
    assert here.said == "保存しました。管理番号 1"
    assert (here.screen.shown.mode, here.number, here.screen.changed) == ("修正", 1, False)
    assert [change.vehicle_id for change in here.stage.navigator.changes] == [1]
    assert here.again().screen.value(case.text) == "見本一郎"


def test_what_is_typed_while_it_is_saved_stays(forms: Forms[Any], case: Case) -> None:
    here = forms()
    here.type(**{case.text: "見本一郎"})
    here.stage.background.held = True
    here.press("F10")
    here.type(**{case.text: "見本一郎太"})
    here.stage.background.work_all()
    assert (here.screen.value(case.text), here.screen.changed) == ("見本一郎太", True)
    assert here.again().screen.value(case.text) == "見本一郎"
    here.stage.background.pass_time(PAUSE)
    here.stage.background.work_all()
    assert kept(here, f"{case.name}/1") == here.screen.editor.form


def test_nothing_is_saved_while_it_is_read(forms: Forms[Any], case: Case) -> None:
    here = forms()
    here.stage.background.held = True
    screen = here.stage.open(case.kind.make(here.stage.surroundings, here.vehicle_id))
    why_not = here.stage.press(case.kind.keys, "F10", screen)
    assert why_not == "[F10 保存] は使えません: 読み込み中。終わるまでお待ちください。"
    here.stage.background.work_all()
    assert here.stage.press(case.kind.keys, "F10", screen) is None


# --- typing survives


def test_typing_survives_a_crash_and_is_offered_at_the_next_opening(forms: Forms[Any], case: Case) -> None:
    here = forms()
    here.type(**{case.text: "見本一"})
    here.type(**{case.text: "見本一郎"})
    here.stage.background.pass_time(PAUSE)
    assert kept(here, f"{case.name}/vehicle/1") == here.screen.editor.form
    again = here.again()
    assert [choice.label for choice in again.stage.view.asked.choices if choice.safe] == ["復元する"]
    again.stage.view.answer("復元する")
    assert (again.screen.value(case.text), again.screen.changed) == ("見本一郎", True)
    again.press("F10")
    after = here.again()
    asked = [each.title for each in after.stage.view.questions if each.title != "車両との違い"]
    assert (asked, after.screen.value(case.text)) == ([], "見本一郎")


def test_typing_on_a_saved_one_is_kept_under_its_number_and_may_be_dropped(forms: Forms[Any], case: Case) -> None:
    here = forms()
    here.press("F10")
    here.type(**{case.text: "見本一郎"})
    here.stage.background.pass_time(PAUSE)
    assert kept(here, f"{case.name}/1") == here.screen.editor.form
    again = here.again(1)
    again.stage.view.answer("破棄する")
    assert (again.screen.value(case.text), again.screen.changed) == ("見本太郎", False)
    assert kept(here, f"{case.name}/1") is None
    assert here.again(1).stage.view.questions == []


def test_typing_that_says_nothing_new_is_dropped(forms: Forms[Any], case: Case) -> None:
    here = forms()
    here.type(**{case.text: "見本一郎"})
    here.type(**{case.text: "見本太郎"})
    here.stage.background.pass_time(PAUSE)
    assert here.again().stage.view.questions == []
    assert kept(here, f"{case.name}/vehicle/1") is None


def test_typing_that_was_issued_after_all_is_not_offered(forms: Forms[Any], case: Case) -> None:
    here = forms()
    case.prepare(here)
    here.press("F10")
    here.type(**{case.text: "見本一郎"})
    here.stage.background.pass_time(PAUSE)
    case.issue(here.room, 1)
    assert here.again(1).stage.view.questions == []
    assert kept(here, f"{case.name}/1") is None


# --- F12


def test_closing_asks_only_when_something_was_changed(forms: Forms[Any], case: Case) -> None:
    here = forms()
    here.type(**{case.text: "見本一郎"})
    here.stage.background.pass_time(PAUSE)
    here.press("F12")
    here.stage.view.answer("戻る")
    stayed = not here.stage.view.dismissed
    here.press("F12")
    here.stage.view.answer("破棄して閉じる")
    assert (stayed, here.stage.view.dismissed) == (True, True)
    again = here.again()
    assert again.stage.view.questions == []
    assert again.screen.value(case.text) == "見本太郎"
    again.press("F12")
    assert again.stage.view.dismissed


def test_what_was_saved_is_closed_without_a_question(forms: Forms[Any], case: Case) -> None:
    here = forms()
    here.type(**{case.text: "見本一郎"})
    here.press("F10")
    here.press("F12")
    assert (here.stage.view.questions, here.stage.view.dismissed) == ([], True)


# --- changes elsewhere


def test_a_change_elsewhere_is_read_again_unless_something_is_being_typed(forms: Forms[Any], case: Case) -> None:
    here = forms()
    here.press("F10")
    other = here.again()
    other.type(**{case.text: "見本二郎"})
    other.press("F10")
    here.screen.reload(vehicle_id=1)
    assert here.screen.value(case.text) == "見本二郎"
    here.type(**{case.text: "見本三郎"})
    other.type(**{case.text: "見本四郎"})
    other.press("F10")
    here.screen.reload()
    assert here.screen.value(case.text) == "見本三郎"
    assert here.screen.message is not None
    assert changed_meanwhile(Author()) in here.screen.message.text
    here.press("F10")
    assert here.stage.view.asked.title == TITLE
    assert here.again().screen.value(case.text) == "見本四郎"


def test_what_is_typed_while_it_is_read_again_stays(forms: Forms[Any], case: Case) -> None:
    here = forms()
    here.stage.background.held = True
    here.screen.reload()
    here.type(**{case.text: "見本一郎"})
    here.stage.background.work_all()
    assert here.screen.value(case.text) == "見本一郎"


def test_what_was_issued_elsewhere_is_locked_here_even_while_typing(forms: Forms[Any], case: Case) -> None:
    here = forms()
    case.prepare(here)
    here.press("F10")
    here.type(**{case.text: "見本三郎"})
    case.issue(here.room, 1)
    here.screen.reload()
    assert here.screen.is_locked(case.text)
    assert here.screen.value(case.text) == "見本太郎"


def test_what_does_not_concern_it_is_not_read(forms: Forms[Any]) -> None:
    here = forms()
    jobs = here.stage.background.jobs
    here.screen.reload(vehicle_id=99)
    here.screen.reload(control_number=99)
    assert here.stage.background.jobs == jobs
    here.screen.reload(vehicle_id=1)
    assert here.stage.background.jobs > jobs


def test_news_that_come_while_something_is_under_way_are_read_once_it_has_ended(forms: Forms[Any], case: Case) -> None:
    here = forms()
    here.press("F10")
    other = here.again()
    here.stage.background.held = True
    here.screen.work("確認中", lambda: None, lambda _none: None)
    jobs = here.stage.background.jobs
    other.type(**{case.text: "見本二郎"})
    other.press("F10")
    here.screen.reload(vehicle_id=1)
    assert here.stage.background.jobs == jobs
    assert here.screen.value(case.text) == "見本太郎"
    here.stage.background.work_all()
    assert here.screen.value(case.text) == "見本二郎"


def test_news_that_come_while_it_is_asked_whether_to_send_are_read_after_going_back(
    forms: Forms[Any], case: Case
) -> None:
    here = forms()
    here.press("F10")
    here.screen.sending = True
    here.screen.reload(vehicle_id=1)
    jobs = here.stage.background.jobs
    here.screen.to_service._go_back(case.first_field)
    assert here.stage.background.jobs > jobs
