"""What 申請書発行, 自賠責証明書発行 and 適合証・証明証発行 share before anything is sent.

Opening, typing that survives a crash, saving, problems at their fields, and the question on leaving.
"""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, Protocol, TypeVar

from onestop.screens.editor import Editor, FormT
from onestop.screens.function_key import Can, no
from onestop.screens.long_text import shortened
from onestop.screens.ports import Tone
from onestop.screens.screen import Screen
from onestop.screens.shown_record import Recorded, ShownRecord

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.errors import OneStopError
    from onestop.screens.screen import Surroundings
    from onestop.services.desk import Desk

RESTORING: Final = ("入力途中の内容", "復元しますか。", "保存されていない入力を復元しました。")
"""The words with which what was being typed is offered again."""


class Opened(Protocol):
    """What the desk hands out when a record is opened: its form and its car, beside what is its own."""

    @property
    def form(self) -> Any:  # noqa: ANN401 - a bound cannot name another TypeVar; every screen's own form
        """What stands in the fields."""
        ...

    @property
    def vehicle_id(self) -> int:
        """Its car."""
        ...


OpenedT = TypeVar("OpenedT", bound=Opened)
ShownT = TypeVar("ShownT", bound=ShownRecord)


@dataclass(frozen=True, slots=True)
class Read(Generic[FormT, OpenedT]):
    """What a look at the desk brings; `error` is why what was tried before it did not work."""

    opened: OpenedT
    draft: FormT | None = dataclasses.field(default=None, repr=False)
    """What was being typed when the program last stopped."""
    error: OneStopError | None = None
    has_news: bool = False
    """Its service was asked first, and said something new: the other windows are to show it, too."""


class FormScreen(Screen, ABC, Generic[FormT, OpenedT, ShownT]):
    """The form of one record. Nothing typed is lost; what leaves this machine stands in sending_screen.py."""

    kept_as: ClassVar[str]
    """Under which English word unsaved typing is kept."""
    noun: ClassVar[str]
    """What is opened here, in Japanese."""
    sending_word: ClassVar[str]
    """What F5 does, in Japanese."""
    editor: Editor[FormT]
    shown: ShownT
    """What stands beside them."""

    def __init__(
        self, surroundings: Surroundings, vehicle_id: int | None = None, control_number: int | None = None
    ) -> None:
        """Open the record with this 管理番号, or the open one of a car, or a new one prefilled from the car."""
        super().__init__(surroundings)
        blank, self.shown = self._blank()
        self.editor = Editor(self, blank, self._form_changed)
        self._vehicle_id = vehicle_id
        self._control_number = control_number
        self._loaded = False
        self._missed = False
        """Something was changed elsewhere that is not shown here yet."""

    def stands_for(self, vehicle_id: int | None, control_number: int | None) -> bool:
        """Whether this shows the record with a 管理番号, or, without one, the record that is under way for a car."""
        if control_number is not None:
            return control_number == self._control_number
        return vehicle_id == self._vehicle_id and not self.shown.is_over

    # --- what each screen says for itself

    @abstractmethod
    def _blank(self) -> tuple[FormT, ShownT]:
        """Return what stands there until it is opened."""

    @property
    @abstractmethod
    def first_field(self) -> str:
        """Where typing begins."""

    @abstractmethod
    def _open(self, desk: Desk, control_number: int | None) -> OpenedT:
        """Open the record with this 管理番号, or what there is for the car; on a worker."""

    @abstractmethod
    def _showing(self, opened: OpenedT) -> ShownT:
        """Return what stands beside the fields of an opened record."""

    @abstractmethod
    def _saver(self, desk: Desk, form: FormT) -> Callable[[FormT, int, int | None, int | None], Recorded]:
        """Return what saves: it takes the form, the car, and the 管理番号 and version of what was opened."""

    def _form_changed(self) -> None:
        """Do what follows when something else stands in the form."""

    # --- opening

    def started(self) -> None:
        """Load the record, and what was being typed when the program last stopped."""
        self.work("読み込み中", self._read, self._opened)

    def reload(self, *, vehicle_id: int | None = None, control_number: int | None = None) -> None:
        """Read the record again when it or its car was changed elsewhere; what is being typed here stays."""
        if self._concerns(vehicle_id, control_number):
            self._missed = True
            self.idle()

    def idle(self) -> None:
        """Read the record again, if that was put off until nothing is under way and nothing is asked."""
        if self._missed and self._loaded and not self.busy and not self.sending:
            self._missed = False
            self.read_again(self._reopen, self._reopened)

    def _concerns(self, vehicle_id: int | None, control_number: int | None) -> bool:
        """Tell whether a change elsewhere is one of what stands here; of nothing named is of everything."""
        everything = vehicle_id is None and control_number is None
        return everything or (vehicle_id is not None and vehicle_id == self._vehicle_id)

    def _read(self) -> Read[FormT, OpenedT]:
        desk = self.desk()
        return self._with_draft(desk, self._open(desk, self._control_number))

    def _with_draft(
        self, desk: Desk, opened: OpenedT, error: OneStopError | None = None, *, has_news: bool = False
    ) -> Read[FormT, OpenedT]:
        place = self._place(opened.vehicle_id, self._showing(opened).control_number)
        return Read(opened, desk.typing.found(place, opened.form), error, has_news)

    def _reopen(self) -> OpenedT:
        return self._open(self.desk(), self._control_number)

    def _opened(self, read: Read[FormT, OpenedT]) -> None:
        self._loaded = True
        self._take(read.opened)
        self.message = self.shown.standing_message()
        self.view.refresh()
        self.view.focus_field(self.first_field)
        if read.error is not None:
            self.failed(read.error)
        if read.has_news:
            self._tell_others()
        if read.draft is None:
            return
        if read.draft == self.editor.form or not self.editable:
            self.editor.forget()
        else:
            self.editor.offer(read.draft, *RESTORING)

    def _reopened(self, opened: OpenedT) -> None:
        if not self.changed or not self._showing(opened).is_editable:
            problems = self.editor.problems if opened.form == self.editor.form else ()
            self._take(opened)
            self.editor.problems = problems  # what is wrong with a field stays until the field is another
        self.view.refresh()

    def _take(self, opened: OpenedT) -> None:
        """Show what is stored, and nothing else."""
        self._vehicle_id = opened.vehicle_id
        self.shown = self._showing(opened)
        self._control_number = self.shown.control_number or None
        self.editor.take(opened.form)
        self.editor.place = self._place(self._vehicle_id, self._control_number)

    # --- what stands on the glass

    @property
    def editable(self) -> bool:
        """Whether the fields may be changed."""
        return self._loaded and self.shown.is_editable

    def _place(self, vehicle_id: int | None, control_number: int | None) -> str:
        return f"{self.kept_as}/{control_number}" if control_number else f"{self.kept_as}/vehicle/{vehicle_id}"

    def is_locked(self, field: str) -> bool:  # noqa: ARG002 - most screens lock all fields at once
        """Whether a field can only be read now."""
        return not self.editable or self.sending

    def told(self, name: str) -> str:
        """Return a value that is only read."""
        return shortened(str(getattr(self.shown, name)))

    def _service_texts(self) -> tuple[str, ...]:
        return (*super()._service_texts(), *self.shown.texts)

    def value(self, field: str) -> object:
        """Return what stands in a field."""
        return self.editor.value(field)

    def problem(self, field: str) -> str | None:
        """Return what is wrong with a field."""
        return self.editor.problem(field)

    # --- typing

    def edit(self, name: str, value: object) -> None:
        """Take what the clerk typed into one field."""
        if not self.is_locked(name):
            self.editor.edit(name, value)

    # --- F10 保存

    def can_change(self) -> Can:
        """Whether it can be saved or sent, and nothing is under way."""
        if not self._loaded and not self.busy:
            return no(f"{self.noun}が読み込まれていません。")
        working = self.can_work()
        return self.shown.can_change(self.clock.now()) if working else working

    def save(self) -> None:
        """F10 保存: nothing is sent."""
        form = self.editor.form
        self.work("保存中", self._saving(form), lambda opened: self._saved(opened, form))

    def _saving(self, form: FormT) -> Callable[[], OpenedT]:
        """Return the job that saves a form and opens what is stored then."""
        vehicle_id, number, version = self._vehicle_id or 0, self._control_number, self.shown.version

        def job() -> OpenedT:
            desk = self.desk()
            return self._open(desk, self._saver(desk, form)(form, vehicle_id, number, version).control_number)

        return job

    def _saved(self, opened: OpenedT, form: FormT) -> None:
        self._take_saved(opened, form)
        self.say(f"{self.saved_word}しました。管理番号 {self.shown.control_number}")

    @property
    def saved_word(self) -> str:
        """What F10 did."""
        return "保存"

    def _take_saved(self, opened: OpenedT, form: FormT) -> None:
        now_typed = self.editor.form
        self.editor.forget()
        self._take(opened)
        if now_typed != form:  # the clerk went on typing while it was saved
            self.editor.type(now_typed)
        self._tell_others()

    # --- F3, F12

    def close(self) -> None:
        """F12 閉じる; asks only when something is not saved."""
        if self.sending:
            self.say(f"{self.sending_word}が終わるまでお待ちください。", Tone.WARNING)
        else:
            self.editor.leave("変更が保存されていません。", self._leave)

    def _leave(self) -> None:
        self.view.dismiss()

    # --- news for the other windows

    def _tell_others(self) -> None:
        self.navigator.changed(vehicle_id=self._vehicle_id)
