"""What is typed into a form: what stands in its fields, what of it is stored, and what is wrong with it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from onestop.model.plate import PLATE_PARTS
from onestop.screens.display import read_day
from onestop.screens.draft_keeper import DraftKeeper
from onestop.screens.form_problems import problem_of, problems_in, without
from onestop.screens.leaving import before_dropping, save_or_drop
from onestop.screens.plate_input import FIELD as PLATE
from onestop.screens.ports import Choice, Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import DataclassInstance

    from onestop.errors import OneStopError, Problem
    from onestop.screens.screen import Screen

FormT = TypeVar("FormT", bound="DataclassInstance")


class Editor(Generic[FormT]):
    """What a screen with fields has. Nothing typed is lost unasked; with a `place`, not even by a crash."""

    def __init__(self, screen: Screen, blank: FormT, typed: Callable[[], None] = lambda: None) -> None:
        """`typed` runs when something else stands in the fields than before, but for what is stored."""
        self.form = self.base = blank
        """What stands in the fields, and what of it is stored."""
        self.problems: tuple[Problem, ...] = ()
        """What is wrong with fields, shown at each until it is changed."""
        self.place = ""
        """Where what is typed is written down until it is saved; nowhere while this is empty."""
        self._screen, self._typed = screen, typed
        self._keeper = DraftKeeper(screen.background, screen.desk, screen.failed)
        self._to_forget = False

    @property
    def changed(self) -> bool:
        """Whether something stands in the fields that is not saved."""
        return self.form != self.base

    def take(self, form: FormT) -> None:
        """Show what is stored, and nothing else."""
        self.form = self.base = form
        self.problems = ()

    # --- what stands on the glass

    def value(self, field: str) -> object:
        """Return what stands in a field; in 登録番号 its four parts."""
        if field == PLATE:
            return tuple(getattr(self.form, part) for part in PLATE_PARTS)
        return getattr(self.form, field)

    def problem(self, field: str) -> str | None:
        """Return what is wrong with a field."""
        return problem_of(field, self.problems)

    def read_day(self, typed: str, *, past: bool = False) -> tuple[str, str | None]:
        """Return what a typed day means in both calendars, or what is wrong with it."""
        return read_day(typed, self._screen.clock.today(), past=past)

    # --- typing

    def edit(self, name: str, value: object, **with_it: object) -> None:
        """Take what was typed into one field, and what changes with it; the four parts of the plate come together."""
        parts = zip(PLATE_PARTS, value, strict=True) if isinstance(value, tuple) else ((name, value),)
        changes: dict[str, Any] = dict(parts) | with_it
        self.problems = without(name, self.problems)
        self._screen.typed_in(name)
        self.type(dataclasses.replace(self.form, **changes))
        self._screen.view.refresh()

    def type(self, form: FormT) -> None:
        """Take what was typed, and write it down soon."""
        self.go_on_with(form)
        self.keep()

    def go_on_with(self, form: FormT) -> None:
        """Take what was typed, where it is written down already."""
        self.form, self._to_forget = form, True
        self._typed()

    def blame(self, error: OneStopError) -> str | None:
        """Mark the fields of which an error speaks; returns the first of them."""
        self.problems = problems_in(error) or self.problems
        return next((each.field for each in problems_in(error)), None)

    # --- typing survives

    def keep(self) -> None:
        """Write down soon what stands in the fields."""
        if self.place:
            self._keeper.changed(self.place, self.form)

    def keep_now(self) -> None:
        """Write down at once what is being typed."""
        self._keeper.write_now()

    def forget(self) -> None:
        """Drop what was written down: it is saved, or dropped on purpose."""
        self._to_forget = False
        if self.place:
            self._keeper.forget(self.place)

    def offer(self, draft: FormT, title: str, text: str, restored: str) -> None:
        """Ask whether to go on with what was being typed when the program last stopped."""

        def restore() -> None:
            self.go_on_with(draft)
            self._screen.say(restored)

        choices = (Choice("復元する", restore, safe=True), Choice("破棄する", self.forget))
        self._screen.view.ask(Question(title, f"保存していない入力が残っています。{text}", choices))

    # --- something else instead, F12

    def instead_of_typed(self, title: str, text: str, go: Callable[[], None]) -> None:
        """Turn to something else in the same window, and ask before something typed is dropped by it."""
        if self.changed:
            self._screen.ask(title, text, Choice("破棄して進む", go))
        else:
            go()

    def leave(self, text: str, go: Callable[[], None]) -> None:
        """Go, and ask before something typed is dropped by it."""
        self._leave(go, lambda drop: before_dropping(text, drop, self._screen.view.refresh))

    def leave_or_save(self, what: str, save: Callable[[], None]) -> None:
        """Close the window; something typed is saved or dropped before, as the clerk says."""
        self._leave(self._screen.view.dismiss, lambda drop: save_or_drop(what, save, drop))

    def _leave(self, go: Callable[[], None], question: Callable[[Callable[[], None]], Question]) -> None:
        def drop() -> None:
            if self._to_forget:
                self.forget()
            go()

        if self.changed:
            self._screen.view.ask(question(drop))
        else:
            drop()
