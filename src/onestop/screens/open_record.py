"""The record that a form shows, as it is stored: opened, saved, and read again when it was changed elsewhere."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from onestop.errors import ChangedMeanwhile, Deleted, NotAllowed, OneStopError
from onestop.screens.desk.sharing_words import changed_meanwhile, deleted_meanwhile
from onestop.screens.editing import Editing
from onestop.screens.editor import Editor, FormT
from onestop.screens.function_key import Can, no
from onestop.screens.long_text import shortened
from onestop.screens.ports import Choice, Message, Tone
from onestop.screens.record_kinds import OpenedT, RecordKind, ShownT
from onestop.screens.two_saves import Clash, bring_together
from onestop.screens.wording import Errand

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.model.change import Author
    from onestop.screens.places import RecordPlace
    from onestop.screens.screen import Screen
    from onestop.services.desk import Desk

ResultT = TypeVar("ResultT")

RESTORING: Final = ("入力途中の内容", "復元しますか。", "保存していない入力を復元しました。")
"""The words with which what was being typed is offered again."""


@dataclass(frozen=True, slots=True)
class Read(Generic[FormT, OpenedT]):
    """What a look at the desk brings; `error` is why what was tried before it did not work."""

    opened: OpenedT
    draft: FormT | None = dataclasses.field(default=None, repr=False)
    """What was being typed when the program last stopped."""
    error: OneStopError | None = None
    has_news: bool = False
    """Its service was asked first, and said something new: the other windows are to show it, too."""
    began: bool = False
    """F4 began another than the one that is under way."""


class OpenRecord(Generic[FormT, OpenedT, ShownT]):
    """What a screen of one record has, beside the editor of its form."""

    def __init__(
        self,
        screen: Screen,
        editor: Editor[FormT],
        kind: RecordKind[FormT, OpenedT, ShownT],
        place: RecordPlace,
        taken: Callable[[OpenedT], None],
    ) -> None:
        """`taken` hears of all that is stored and shown from then on."""
        self.kind = kind
        self.shown = kind.blank
        self.vehicle_id, self.control_number = place.vehicle_id, place.control_number
        self.loaded = False
        self._screen, self._editor, self._taken = screen, editor, taken
        self._editing = screen.editing = Editing(screen, lambda: self.vehicle_id)
        self._began = False
        self._missed = False
        """Something was changed elsewhere that is not shown here yet."""
        self._changed_by: Author | None = None
        """Who changed what was read again last, if that is not what is shown here."""

    def stands_for(self, place: RecordPlace) -> bool:
        """Whether a place means this: by its 管理番号, or, without one, as what is under way for a car."""
        if place.control_number is not None:
            return place.control_number == self.control_number
        return place.vehicle_id == self.vehicle_id and not self.shown.is_over

    @property
    def editable(self) -> bool:
        """Whether the fields may be changed."""
        return self.loaded and self.shown.is_editable

    @property
    def locked(self) -> bool:
        """Whether all fields can only be read now."""
        return not self.editable or self._screen.sending

    @property
    def first_field(self) -> str:
        """Where typing begins."""
        return (not self.editable and self.kind.field_of_issued) or self.kind.first_field

    def told(self, name: str) -> str:
        """Return a value that is only read."""
        return shortened(str(getattr(self.shown, name)))

    # --- opening; on a worker

    def read(self) -> Read[FormT, OpenedT]:
        """Open it, ask its service how it stands where that may be, and find what was being typed."""
        desk, error = self._screen.desk(), None
        opened = self.kind.open(desk, self.vehicle_id, self.control_number)
        before = self.kind.shown(opened)
        if before.is_asked_about:
            try:
                self.kind.ask(desk, before)
            except OneStopError as trouble:
                error = trouble
            opened = self.kind.open(desk, self.vehicle_id, before.control_number)
        has_news = self.kind.shown(opened).version != before.version
        return Read(opened, self._draft_of(desk, opened), error, has_news)

    def propose(self) -> Read[FormT, OpenedT]:
        """F4 新規: another one of the same car, with what was being typed of it."""
        desk = self._screen.desk()
        opened = self.kind.propose(desk, self.vehicle_id or 0)
        return Read(opened, self._draft_of(desk, opened), began=True)

    def _draft_of(self, desk: Desk, opened: OpenedT) -> FormT | None:
        place = self._place(opened.vehicle_id, self.kind.shown(opened).control_number)
        draft: FormT | None = desk.typing.found(place, opened.form)
        return draft

    def _place(self, vehicle_id: int, control_number: int) -> str:
        return f"{self.kind.kept_as}/{control_number or f'vehicle/{vehicle_id}'}"

    def _reopen(self) -> OpenedT:
        """Propose a new one again, rather than go back to the one before it."""
        desk = self._screen.desk()
        if self._began:
            return self.kind.propose(desk, self.vehicle_id or 0)
        return self.kind.open(desk, self.vehicle_id, self.control_number)

    # --- what was opened

    def opened(self, read: Read[FormT, OpenedT]) -> None:
        """Show what was read, and offer what was being typed."""
        screen, editor = self._screen, self._editor
        self.loaded, self._began = True, read.began
        self.take(read.opened)
        self._editing.begin()
        screen.message = self.shown.standing_message()
        screen.view.refresh()
        screen.view.focus_field(self.first_field)
        if read.error is not None:
            screen.failed(read.error)
        if read.has_news:
            self.tell_others()
        if read.draft is not None and (read.draft == editor.form or not self.editable):
            editor.forget()
        elif read.draft is not None:
            editor.offer(read.draft, *RESTORING)

    def take(self, opened: OpenedT) -> None:
        """Show what is stored, and nothing else."""
        self.shown = self.kind.shown(opened)
        self.vehicle_id, self.control_number = opened.vehicle_id, self.shown.control_number or None
        self._began = self._began and self.control_number is None
        self._editor.take(opened.form)
        self._editor.place = self._place(opened.vehicle_id, self.shown.control_number)
        self._screen.service_texts = self.shown.texts
        self._taken(opened)

    def take_news(self, opened: OpenedT) -> None:
        """Take what the service said; what is being typed stays while it may still be sent."""
        typed = self._editor.form if self._editor.changed else None
        self.take(opened)
        if typed is not None and self.editable:
            self._editor.go_on_with(typed)
        self.tell_others()

    def tell_others(self) -> None:
        """Tell the other windows of news."""
        number = self.control_number if self.kind.is_filing else None
        self._screen.navigator.changed(vehicle_id=self.vehicle_id, control_number=number)

    # --- changes elsewhere

    def heard_of(self, vehicle_id: int | None, filing: int | None) -> None:
        """Read it again when it or its car was changed elsewhere; of nothing named everything was."""
        everything = vehicle_id is None and filing is None
        mine = self.kind.is_filing and filing is not None and filing == self.control_number
        if mine or everything or (vehicle_id is not None and vehicle_id == self.vehicle_id):
            self._missed = True
            self._screen.idle()

    def catch_up(self, reopened: Callable[[OpenedT], None]) -> None:
        """Read it again, if that was put off until nothing is under way and nothing is asked."""
        if self._missed and self.loaded and not self._screen.busy and not self._screen.sending:
            self._missed = False
            before = self.shown.version

            def job() -> tuple[OpenedT, Author | None]:
                opened = self._unless_deleted(self._reopen)
                shown = self.kind.shown(opened)
                return opened, None if shown.version == before else self._author_of(opened.vehicle_id, shown)

            def done(read: tuple[OpenedT, Author | None]) -> None:
                opened, self._changed_by = read
                reopened(opened)

            self._screen.read_again(job, done)

    def _author_of(self, vehicle_id: int, shown: ShownT) -> Author:
        return self._screen.desk().changes.last_author(vehicle_id, self.kind.table, shown.control_number)

    def _unless_deleted(self, job: Callable[[], ResultT]) -> ResultT:
        try:
            return job()
        except Deleted as deleted:
            changes, vehicle_id, number = self._screen.desk().changes, self.vehicle_id or 0, self.control_number or 0
            who = changes.last_author(vehicle_id, self.kind.table, number)
            raise NotAllowed(deleted_meanwhile(who, self.kind.noun)) from deleted

    def reopened(self, opened: OpenedT) -> None:
        """Show what was read again; what is being typed here stays."""
        editor = self._editor
        if not editor.changed or not self.kind.shown(opened).is_editable:
            problems = editor.problems if opened.form == editor.form else ()
            self.take(opened)
            editor.problems = problems  # what is wrong with a field stays until the field is another
        elif self._changed_by is not None:
            self._screen.note(Message(changed_meanwhile(self._changed_by), Tone.WARNING))
        self._screen.view.refresh()

    # --- F10 保存, F2 削除, F12

    def can_change(self) -> Can:
        """Whether it can be saved or sent, and nothing is under way."""
        if not self.loaded and not self._screen.busy:
            return no(f"{self.kind.noun}が読み込まれていません。")
        working = self._screen.can_work()
        return self.shown.can_change(self._screen.clock.now()) if working else working

    def save(self, saved: Callable[[], None]) -> None:
        """Save what stands in the fields; `saved` runs after that."""
        screen, kind, form = self._screen, self.kind, self._editor.form
        vehicle_id, number, version = self.vehicle_id or 0, self.control_number, self.shown.version

        def job() -> OpenedT | Clash[FormT]:
            desk = screen.desk()
            try:
                held = self._unless_deleted(lambda: kind.save(desk, form, vehicle_id, number, version))
            except ChangedMeanwhile:
                theirs = kind.open(desk, vehicle_id, number)
                who = self._author_of(vehicle_id, kind.shown(theirs))
                return Clash(theirs.form, who, lambda: self.take(theirs), kind.table)
            return kind.open(desk, vehicle_id, held.control_number)

        def done(opened: OpenedT | Clash[FormT]) -> None:
            if isinstance(opened, Clash):
                screen.sending = False
                bring_together(screen, self._editor, opened, lambda: self.save(saved))
                return
            now_typed = self._editor.form
            self._editor.forget()
            self.take(opened)
            if now_typed != form:  # the clerk went on typing while it was saved
                self._editor.type(now_typed)
            self.tell_others()
            saved()

        screen.work("保存中", job, done)

    def tell_saved(self) -> None:
        """Say that it was saved; nothing was sent."""
        self._screen.say(f"{self.shown.saved_word}しました。管理番号 {self.shown.control_number}")

    def doing(self, act: Callable[[Desk, int], object]) -> Callable[[], OpenedT]:
        """Return the job that does something with the saved record, and opens what is stored then."""
        vehicle_id, number = self.vehicle_id, self.shown.control_number

        def job() -> OpenedT:
            desk = self._screen.desk()
            act(desk, number)
            return self.kind.open(desk, vehicle_id, number)

        return job

    def withdraw(self, busy: str, act: Callable[[Desk, int], object], told: Callable[[], str]) -> None:
        """Let its service take it back, and say what came of it."""

        def done(opened: OpenedT) -> None:
            self.take_news(opened)
            self._screen.say(told())

        self._screen.work(busy, self.doing(act), done, Errand.WITHDRAWING)

    def ask_to_delete(self, text: str) -> None:
        """Ask before deleting what is only written here."""
        screen, kind = self._screen, self.kind
        number, version = self.shown.control_number, self.shown.version

        def deleted(_nothing: object) -> None:
            self._editor.forget()
            self.tell_others()
            screen.view.dismiss()

        def delete() -> None:
            screen.work("削除中", lambda: kind.delete(screen.desk(), number, version), deleted, Errand.WITHDRAWING)

        screen.ask("削除", text, Choice("削除する", delete))

    def leave(self, go: Callable[[], None]) -> None:
        """F12 閉じる; asks only when something is not saved."""
        if self._screen.sending:
            self._screen.say(f"{self.kind.sending_word}が終わるまでお待ちください。", Tone.WARNING)
        else:
            self._editor.leave("変更が保存されていません。", go)
