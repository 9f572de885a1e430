"""車両 新規/修正: every field of a car, typed by hand from its 車検証."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.errors import ChangedMeanwhile, InvalidInput, Problem
from onestop.model.wareki import YearMonth
from onestop.screens.desk.sharing_words import changed_meanwhile
from onestop.screens.editing import Editing
from onestop.screens.editor import Editor
from onestop.screens.function_key import no
from onestop.screens.places import ChangesPlace, SourcesPlace
from onestop.screens.plate_input import field_on_glass
from onestop.screens.ports import Choice, Message, Question, Tone
from onestop.screens.required_fields import required_of_car
from onestop.screens.screen import Screen
from onestop.screens.two_saves import Clash, bring_together
from onestop.screens.vehicle.labels import (
    CLASS_OF_KIND,
    LABELS,
    OF_OWNER,
    PLATE,
    POSTCODES,
    SAME_AS_OWNER,
    is_rare,
    place_on_glass,
)
from onestop.screens.vehicle.postcode_search import PostcodeSearch
from onestop.screens.vehicle.proposals import Proposals
from onestop.screens.vehicle.saving_questions import renewal_question, same_car_question
from onestop.screens.vehicle.warnings import unfilled, unfilled_told, vehicle_warnings
from onestop.services.vehicle.form import DATES, NEW_CAR, PAST_DATES, VehicleForm, read_month

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.errors import OneStopError
    from onestop.model.change import Author
    from onestop.screens.function_key import Can
    from onestop.screens.screen import Surroundings
    from onestop.services.vehicle.importing import ImportPlan
    from onestop.services.vehicle.service import OpenedVehicle, SameCar

MOST_WARNINGS: Final = 3
NEW_PLACE: Final = "vehicle/new"
NO_CHANGES: Final = "まだ保存していない車両です。F10 保存 のあとで、変更の履歴を見られます。"
NOT_STORED: Final = "まだ保存していない車両です。F10 保存 のあとで、値の出所を見られます。"
RESTORING: Final = (
    "入力の復元",
    "続きから始めますか。\n破棄すると、元に戻せません。",
    "保存していない入力を復元しました。F10 保存 で保存してください。",
)
"""The words with which what was being typed is offered again."""
TAKEN: Final = "QRの内容を入れました。氏名・住所など、QRにない項目を車検証を見て入力してください。"
REPLACES: Final = "車両 新規 に、保存していない入力があります。\nQRの内容に替えると、その入力は元に戻せません。"
STILL_SCANNED: Final = "入力はそのままです。保存か破棄をしてから、QR読取で F5 を押してください。"
HIDDEN: Final = (*OF_OWNER, "user_postcode")
"""The fields that show *** and are not typed when the 使用者 is the 所有者."""


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A car as it is stored, and what was being typed about it when the program last stopped."""

    opened: OpenedVehicle
    unsaved: VehicleForm | None
    previous: VehicleForm | None
    """The car that was saved before in this session."""


class VehicleScreen(Screen):
    """One car's form. A crash loses at most two seconds of it; leaving it changed asks."""

    help_page = "vehicle"
    editor: Editor[VehicleForm]
    editing: Editing

    def __init__(self, surroundings: Surroundings, vehicle_id: int | None, scanned: ImportPlan | None = None) -> None:
        super().__init__(surroundings)
        self.vehicle_id = vehicle_id
        self._scanned = scanned
        """What the codes of its 車検証 tell of a new car, until it stands in the fields."""
        self.editor = Editor(self, NEW_CAR if vehicle_id is None else VehicleForm())
        self.editing = Editing(self, lambda: self.vehicle_id)
        self.proposals = Proposals(self)
        self.at = ""
        """The field of the window that has the focus."""
        self._postcodes = PostcodeSearch(self)
        self._place = NEW_PLACE if vehicle_id is None else f"vehicle/{vehicle_id}"
        self._warned: tuple[VehicleForm, tuple[Problem, ...]] = (VehicleForm(), ())
        self._opened: OpenedVehicle | None = None
        self._readings: dict[str, str] = {}
        """How the names were read that were typed here, by field."""
        self._proposed = ""
        """The 使用者の読み that came from there, and not from the clerk."""

    # --- loading

    @property
    def heading(self) -> str:
        """What is done here."""
        return "車両 新規" if self.vehicle_id is None else "車両 修正"

    def started(self) -> None:
        """Open the car, or an empty form."""
        self.work("車両を準備中", self._load, self._loaded)

    def _load(self) -> _Loaded:
        desk = self.desk()
        opened = desk.vehicles.open(self.vehicle_id)
        return _Loaded(opened, desk.typing.found(self._place, opened.form), desk.vehicles.last_saved)

    def _loaded(self, loaded: _Loaded) -> None:
        editor, unsaved = self.editor, loaded.unsaved
        self._opened, editor.place = loaded.opened, self._place
        if self.vehicle_id is not None:
            self.editing.begin()
        self.proposals.previous = loaded.previous
        if editor.changed:
            editor.base = loaded.opened.form
            editor.keep()
        else:
            editor.take(loaded.opened.form)
        scanned, self._scanned = self._scanned, None
        if scanned is not None:
            self.take_codes(scanned, unsaved)
        elif unsaved is not None and unsaved != editor.form:
            editor.offer(unsaved, *RESTORING)

    def take_codes(self, told: ImportPlan, unsaved: VehicleForm | None = None) -> None:
        """Fill a new car with what QR読取 tells; what is being typed is replaced only where the clerk says so."""
        if not self.changed and unsaved is None:
            self._put_in(told)
            return

        def give_back() -> None:
            self.desk().scans.give_back()

        def keep() -> None:
            self.editor.go_on_with(unsaved or self.editor.form)
            self.read_again(give_back, lambda _none: self.say(STILL_SCANNED))

        choices = (
            Choice("入力を続ける", keep, safe=True),
            Choice("QRの内容に替える", lambda: self._put_in(told)),
        )
        self.view.ask(Question("QR読取", REPLACES, choices))

    def _put_in(self, told: ImportPlan) -> None:
        self.proposals.take_codes(told)
        self.say(" ".join((TAKEN, *told.notices)), Tone.WARNING if told.notices else Tone.INFO)
        self.view.focus_field("owner_name" if told.record_form.expiry_date else "expiry_date")

    def reload(self, *, vehicle_id: int | None = None, control_number: int | None = None) -> None:
        """Read the car again if another window changed it; what is being typed here stays."""
        everything, wanted = vehicle_id is None and control_number is None, self.vehicle_id
        if wanted is not None and (everything or vehicle_id == wanted) and self.can_work():
            self.read_again(lambda: self._as_stored(wanted), lambda read: self._reopened(*read))

    def _reopened(self, opened: OpenedVehicle, who: Author) -> None:
        if not self.changed:
            self._opened = opened
            self.editor.take(opened.form)
            self.view.refresh()
        elif opened.form != self.editor.base:
            self.note(Message(changed_meanwhile(who), Tone.WARNING))

    # --- typing

    def edit(self, field: str, value: object) -> None:
        """Take what stands in a field of the window now; the plate comes in its four parts."""
        if not self._is_open or value == self.value(field):
            return
        if field in POSTCODES:
            self._postcodes.edit(field, str(value))
            return
        kind = CLASS_OF_KIND.get(str(value)) if field == "vehicle_kind" else None
        self.editor.edit(field, value, **({} if kind is None else {"vehicle_class": kind}))
        self.proposals.typed(field)
        if field == "user_is_owner":
            self._propose_reading()

    def enter(self, field: str) -> None:
        """Note that the focus came to a field."""
        left, self.at = self.at, field
        if left in POSTCODES and left != field:
            self._postcodes.left(left)
        self.view.refresh()

    def hear(self, field: str, reading: str) -> None:
        """Take how a name was read when it was typed: a proposal for 使用者の読み, until the clerk writes another."""
        self._readings[field] = reading
        self._propose_reading()

    def _propose_reading(self) -> None:
        form = self.editor.form
        reading = self._readings.get("owner_name" if form.user_is_owner else "user_name", "")
        if reading and form.name_reading in ("", self._proposed):
            self._proposed = reading
            self.edit("name_reading", reading)

    @property
    def _is_open(self) -> bool:
        """Whether it may be typed into: a new car before the desk is open, too."""
        return self.vehicle_id is None or self._opened is not None

    # --- what stands on the glass

    def value(self, field: str) -> object:
        """Return what a field of the window shows."""
        if self._is_of_owner(field):
            return SAME_AS_OWNER
        return self._postcodes.value(field) if field in POSTCODES else self.editor.value(field)

    def is_required(self, field: str) -> bool:
        """Whether a field has to be filled in."""
        return field in required_of_car(self.editor.form)

    def is_locked(self, field: str) -> bool:
        """Whether a field cannot be typed into: the user's, when he is the owner, and all until the car is open."""
        return not self._is_open or self._is_of_owner(field)

    def _is_of_owner(self, field: str) -> bool:
        return self.editor.form.user_is_owner and field in HIDDEN

    def is_passed_over(self, field: str) -> bool:
        """Whether Enter goes on past a field: hardly any car needs it, or a value was proposed for it."""
        return is_rare(self.editor.form, field) or self.proposals.is_proposed(field)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What looks odd, by field; none of it keeps the car from being saved."""
        if self._warned[0] is not self.editor.form:  # a refresh asks for every field
            form = self.editor.form
            lacks = () if self.vehicle_id is None else unfilled(form)  # a new one is still being typed
            self._warned = (form, (*vehicle_warnings(form, self.clock.today()), *lacks))
        return self._warned[1]

    def warning(self, field: str) -> str | None:
        """Return what looks odd in a field of the window."""
        return next((each.message for each in self.warnings if each.field.partition(".")[0] == field), None)

    @property
    def warning_text(self) -> str:
        """What looks odd, a line each, as many as there is room for."""
        warnings = self.warnings
        more = f"(ほかに{len(warnings) - MOST_WARNINGS}件)" if len(warnings) > MOST_WARNINGS else ""
        return "\n".join(f"▲ {each.message}" for each in warnings[:MOST_WARNINGS]) + more

    def read_date(self, field: str, typed: str) -> tuple[str, str | None]:
        """Return what a typed day or month means in both calendars, or what is wrong with it."""
        if field in DATES:
            return self.editor.read_day(typed, past=field in PAST_DATES)
        problems: list[Problem] = []
        month = YearMonth.parse(read_month(field, typed, self.clock.today(), problems))
        echo = "" if month is None else f"{month} {month.western()}"
        return echo, problems[0].message if problems else None

    # --- keys

    def take_like(self) -> None:
        """Alt+D 同じ型の値: fill what cars of this type have in common."""
        self.proposals.take_like()

    def can_take_like(self) -> Can:
        """Whether there is such a car."""
        return self.proposals.can_take_like()

    def take_previous(self) -> None:
        """Alt+M 前の車の値: fill the field that has the focus."""
        self.proposals.take_previous()

    def can_take_previous(self) -> Can:
        """Whether there is such a value."""
        return self.proposals.can_take_previous()

    def can_show_sources(self) -> Can:
        """Whether the car is stored."""
        return no(NOT_STORED) if self.vehicle_id is None else self.can_work()

    def show_sources(self) -> None:
        """Alt+I 値の出所: from what each value was read, and when."""
        assert self.vehicle_id is not None  # noqa: S101 - can_show_sources said so
        self.navigator.show(SourcesPlace(self.vehicle_id))

    def can_show_changes(self) -> Can:
        """Whether the car is stored."""
        return no(NO_CHANGES) if self.vehicle_id is None else self.can_work()

    def show_changes(self) -> None:
        """Alt+H 変更の履歴: who changed what, and when."""
        assert self.vehicle_id is not None  # noqa: S101 - can_show_changes said so
        self.navigator.show(ChangesPlace(self.vehicle_id))

    def save(self) -> None:
        """F10 保存: store the car and close the window; another car with its 車台番号 or 登録番号 is a question."""
        self._save(also_second=False)

    def _save(self, *, also_second: bool, renewed: bool | None = None) -> None:
        opened = self._opened
        if opened is None:
            return
        form, sources = _cleaned(self.editor.form), self.proposals.sources()

        def job() -> Callable[[], None]:
            """Store the car, unless that is a question first; return what comes next in the window."""
            vehicles = self.desk().vehicles
            same = None if also_second else vehicles.same_car(opened, form)
            if same is not None:
                return lambda: self._ask_which_car(same)
            if renewed is None and vehicles.asks_whether_renewed(opened, form):
                return self._ask_whether_renewed
            try:
                stored = vehicles.save(opened, form, renewed=renewed, sources=sources)
            except ChangedMeanwhile:
                assert opened.vehicle_id is not None  # noqa: S101 - nobody else changes a car that is not stored
                theirs, who = self._as_stored(opened.vehicle_id)
                return lambda: self._bring_together(theirs, who)
            return lambda: self._saved(stored)

        self.work("保存中", job, lambda go_on: go_on())

    def _as_stored(self, vehicle_id: int) -> tuple[OpenedVehicle, Author]:
        """Return a car as it is stored now, and who changed it last; on a worker."""
        desk = self.desk()
        return desk.vehicles.open(vehicle_id), desk.changes.last_author(vehicle_id, "vehicle", vehicle_id)

    def _bring_together(self, theirs: OpenedVehicle, who: Author) -> None:
        def taken() -> None:
            self._opened = theirs

        self.editor.form = _cleaned(self.editor.form)
        bring_together(self, self.editor, Clash(theirs.form, who, taken), self.save)

    def _saved(self, vehicle_id: int) -> None:
        self.editor.forget()
        if self.vehicle_id is None:
            self.navigator.registered(vehicle_id, unfilled_told(self.editor.form))
        else:
            self.navigator.changed(vehicle_id=vehicle_id)
        self.view.dismiss()

    def _ask_whether_renewed(self) -> None:
        def go(renewed: bool) -> None:  # noqa: FBT001 - an answer
            self._save(also_second=True, renewed=renewed)

        self.view.ask(renewal_question(go, lambda: self.view.focus_field("expiry_date")))

    def _ask_which_car(self, same: SameCar) -> None:
        field, asked = f"{PLATE}_area" if same.by_plate else "chassis_number", self.editor.form
        # a scan may have put another car here meanwhile, of which nothing was asked
        save = Choice("別の車両として保存", lambda: self._save(also_second=self.editor.form is asked))
        self.view.ask(same_car_question(self, same, save, lambda: self.view.focus_field(field)))

    def failed(self, error: OneStopError) -> None:
        """Blame every field that cannot be stored, and go to the first."""
        if not isinstance(error, InvalidInput):
            super().failed(error)
            return
        problems = tuple(sorted(error.problems, key=lambda problem: place_on_glass(problem.field)))
        super().failed(InvalidInput(*map(_named, problems)))
        self.editor.problems = problems  # each stands at its field, which says whose it is
        self.view.refresh()

    def close(self) -> None:
        """F12 閉じる: a changed form asks."""
        self.editor.leave_or_save("変更", self.save)


def _named(problem: Problem) -> Problem:
    """Return a problem for the strip: with its label, and the name that its input has on the glass."""
    field = problem.field.partition(".")[0]
    label = "" if problem.message.startswith(LABELS[field]) else f"{LABELS[field]}: "
    return Problem(field_on_glass(problem.field), label + problem.message)


def _cleaned(form: VehicleForm) -> VehicleForm:
    """Return the form as it is stored: what is hidden behind *** is not kept."""
    return dataclasses.replace(form, **dict.fromkeys(OF_OWNER, "")) if form.user_is_owner else form  # type: ignore[arg-type] # all three are texts
