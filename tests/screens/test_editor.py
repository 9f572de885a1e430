"""What is typed into a form that a screen has: it counts as unsaved wherever it would be lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onestop.errors import InvalidInput, NotReached, Problem
from onestop.screens.editor import Editor
from onestop.screens.inspection.history_screen import HistoryScreen
from onestop.screens.ledger.paper_screen import PaperScreen
from onestop.screens.screen import Screen
from support.screens import Stage

if TYPE_CHECKING:
    from support.desks import DeskRoom


@dataclass(frozen=True, slots=True)
class Note:
    """A form for these tests."""

    text: str = ""
    number: str = ""


class NoteScreen(Screen):
    """A screen that has nothing but an editor."""

    editor: Editor[Note]

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage.surroundings)
        self.seen: list[Note] = []
        self.editor = Editor(self, Note(), lambda: self.seen.append(self.editor.form))


def test_what_is_typed_is_a_change_until_it_is_saved_or_typed_back() -> None:
    stage = Stage()
    screen = stage.open(NoteScreen(stage))
    changed = []
    for typed in ("い", "", "ろ"):
        screen.editor.edit("text", typed, number=typed)
        changed.append(screen.changed)
    screen.editor.take(screen.editor.form)
    assert (changed, screen.changed, screen.editor.form) == ([True, False, True], False, Note("ろ", "ろ"))


def test_the_screen_hears_of_what_is_typed_and_not_of_what_is_stored() -> None:
    stage = Stage()
    screen = stage.open(NoteScreen(stage))
    screen.editor.take(Note("a"))
    screen.editor.edit("text", "b")
    assert screen.seen == [Note("b")]


def test_what_is_wrong_with_a_field_stays_through_other_troubles_until_the_field_is_another() -> None:
    stage = Stage()
    screen = stage.open(NoteScreen(stage))
    screen.failed(InvalidInput(Problem("number", "数字で"), Problem("text", "短く")))
    assert stage.view.focused == ["number"]
    screen.failed(NotReached())
    assert (screen.editor.problem("number"), screen.editor.problem("text")) == ("数字で", "短く")
    screen.editor.edit("number", "1")
    assert (screen.editor.problem("number"), screen.editor.problem("text")) == (None, "短く")


def test_typing_without_a_place_is_written_nowhere_and_asked_about_when_it_is_left() -> None:
    stage = Stage()
    screen = stage.open(NoteScreen(stage))
    jobs = stage.background.jobs
    screen.editor.edit("text", "い")
    stage.background.pass_time(10_000)
    screen.keep_typing()
    screen.editor.leave("変更が保存されていません。", stage.view.dismiss)
    stage.view.answer("戻る")
    assert (stage.view.dismissed, stage.background.jobs) == (False, jobs)
    screen.editor.leave("変更が保存されていません。", stage.view.dismiss)
    stage.view.answer("破棄して閉じる")
    assert stage.view.dismissed


def test_a_paper_certificate_that_is_being_typed_is_named_at_the_end_of_the_program(
    room: DeskRoom, stage: Stage
) -> None:
    paper = stage.open(PaperScreen(stage.surroundings))
    paper.editor.edit("certificate_number", "12")
    history = stage.open(HistoryScreen(stage.surroundings, room.a_car()))
    history.editor.edit("reason", "窓口へ")
    assert (paper.changed, history.changed) == (True, False), "a reason is said by F2, and not kept"
