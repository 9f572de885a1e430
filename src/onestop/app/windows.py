"""Knows which windows are open, and brings the clerk from one place to the next."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onestop.app.window_table import LOOKUP, WINDOWS
from onestop.screens.desk.sharing_words import OF_GONE
from onestop.screens.places import LookupPlace
from onestop.screens.ports import Others
from onestop.screens.scanner_standing import ScannerStanding
from onestop.screens.screen import Pressed, Surroundings
from onestop.ui.bounds import bounds_of, stand

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from onestop.app.desk_access import DeskAccess
    from onestop.clock import Clock
    from onestop.model.right import Right
    from onestop.screens.desk.standing import Standing
    from onestop.screens.places import Place
    from onestop.screens.screen import Screen
    from onestop.services.settings.window_bounds import WindowBounds
    from onestop.services.vehicle.arriving import Arrivals
    from onestop.ui.background import QtBackground
    from onestop.ui.desk_window import DeskWindow
    from onestop.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class WindowContext:
    """What every window is made with."""

    background: QtBackground
    theme: Theme
    desk_access: DeskAccess
    clock: Clock
    remember: Callable[[str, WindowBounds], None]
    """Keeps where the windows of a kind stand."""
    stand_anew: Callable[[], None]
    """Asks how the desk stands with the world, out of turn."""


class Windows:
    """Implements ports.Navigator by the table of windows."""

    def __init__(self, context: WindowContext, standing: Standing, reopen: Callable[[], None]) -> None:
        self._context = context
        self._standing = standing
        self._operator = ""
        self._right: Right | None = None
        self._server = ""
        self._reopen = reopen
        self._open: dict[str, DeskWindow[Any]] = {}
        """By name, in the order in which they were last shown."""
        self._pressed = Pressed()
        self._scanner = ScannerStanding()
        self._bounds: dict[str, WindowBounds] = {}
        """Where the windows of each kind stood when they were closed last."""
        self.over = False
        """From the moment when all were closed: whatever comes late, a window that is shown again would not let go."""

    # --- ports.Navigator

    def show(self, place: Place) -> None:
        """Bring the window of a place to the front, or make it."""
        kind = WINDOWS[type(place)]
        name = kind.name(kind.kind, place, self._open)
        window = self._open.pop(name, None)
        if window is None:
            window = kind.make(self._surroundings(), place)
            window.furnish(self._context.theme, self._standing)
            self._place(window, kind.kind)
            window.finished.connect(lambda _result: self._closed(name, kind.kind))
        self._open[name] = window
        window.come_forward()

    def others(self, asking: Screen) -> Others:
        """Tell what would be lost if all windows were closed, but for the one that asks."""
        windows = [window for window in self._open.values() if window.screen_shown is not asking]
        return Others(
            unsaved=tuple(window.windowTitle() for window in windows if window.screen_shown.changed),
            sending=tuple(window.windowTitle() for window in windows if window.screen_shown.sending),
        )

    def end(self) -> None:
        """Close every window, and so the program."""
        self.dismiss_all()

    def reopen(self) -> None:
        """Open the desk again, after the connection was changed in 設定."""
        self._reopen()

    def changed(
        self, *, vehicle_id: int | None = None, control_number: int | None = None, but: Screen | None = None
    ) -> None:
        """Tell every open window what was changed, so that it reads it again, but for the one that has read it."""
        for window in [*self._open.values()]:
            if window.screen_shown is not but:
                window.screen_shown.reload(vehicle_id=vehicle_id, control_number=control_number)

    def typed_elsewhere(self, vehicle_id: int | None) -> None:
        """Tell every open window that somebody at another desk began to type about a car, or ended; None: about any."""
        for window in [*self._open.values()]:
            window.screen_shown.typed_elsewhere(vehicle_id)

    def hours_changed(self) -> None:
        """Let the status line tell when the services answer by the tables as they are now."""
        self._context.stand_anew()

    def seated(self, name: str, right: Right | None) -> None:
        """Show in every window who sits at the desk now, and what that allows."""
        self._operator, self._right = name, right
        self.stand(self._standing)
        for window in self._open.values():
            window.refresh()

    def registered(self, vehicle_id: int, lacks: str = "") -> None:
        """Tell every open window of a car that the clerk has just put in; 照会 turns to it, and says what it lacks."""
        self.changed(vehicle_id=vehicle_id)
        for window in [*self._open.values()]:
            window.screen_shown.turn_to_car(vehicle_id, lacks)

    def shows(self, place: type[Place]) -> bool:
        """Tell whether the window of a place that has but one is open."""
        return WINDOWS[place].kind in self._open

    # --- what the running program calls

    def stand(self, standing: Standing) -> None:
        """Show in every window where the desk stands with the world."""
        self._standing = standing = dataclasses.replace(standing, operator=self._operator, server=self._server)
        for window in self._open.values():
            window.show_standing(standing)

    def server_stands(self, trouble: str) -> None:
        """Show in every window what is wrong with the server of a shared database; nothing: it is there."""
        self._server = trouble
        self.stand(self._standing)
        if not trouble:
            for window in self._open.values():
                window.screen_shown.unsay(*OF_GONE)

    def scanner_stands(self, port: str, there: bool) -> None:  # noqa: FBT001 - as the port tells it
        """Show in every window where the scanner stands."""
        self._scanner.port, self._scanner.is_there = port, there
        for window in self._open.values():
            window.refresh()

    def recall(self, bounds: Mapping[str, WindowBounds]) -> None:
        """Take up where windows stood when the program ended last; those that are open already go there."""
        self._bounds = {**bounds, **self._bounds}
        if LOOKUP in self._open and LOOKUP in bounds:
            stand(self._open[LOOKUP], bounds[LOOKUP])

    def tell_arrived(self, found: Arrivals) -> None:
        """Let 照会 say what waits in the watched folder."""
        if not self.over:
            self.first().screen_shown.show_arrived(found)

    def first(self) -> DeskWindow[Any]:
        """照会, which is always there while the program runs."""
        if LOOKUP not in self._open:
            self.show(LookupPlace())
        return self._open[LOOKUP]

    def last(self) -> DeskWindow[Any]:
        """Return the window that was shown last."""
        return next(reversed(self._open.values()))

    def last_if_any(self) -> DeskWindow[Any] | None:
        """Return the window that was shown last, or None when all were closed."""
        return None if self.over else self.last()

    def dismiss_all_but_first(self) -> None:
        """Close every window but 照会, without asking; what is being typed is written down."""
        for name, window in [*self._open.items()]:
            if name != LOOKUP:
                _close(window)

    def keep_typing(self) -> None:
        """Write down what is being typed in any window."""
        for window in [*self._open.values()]:
            window.settle()
            window.screen_shown.keep_typing()

    def dismiss_all(self) -> None:
        """Close every window for good, without asking; what is being typed is written down."""
        self.over = True
        for window in [*self._open.values()]:
            _close(window)

    # --- inside

    def _surroundings(self) -> Surroundings:
        context = self._context
        return Surroundings(
            context.background.for_window(),
            self,
            context.desk_access.desk,
            context.clock,
            context.desk_access.search,
            self._pressed,
            self._scanner,
            lambda: self._right,
        )

    def _place(self, window: DeskWindow[Any], kind: str) -> None:
        """Put a new window where the last of its kind stood, or else over the one that it comes from."""
        bounds = self._bounds.get(kind)
        if bounds is None and self._open:
            bounds = bounds_of(self.last())
        if bounds is not None:
            stand(window, bounds)

    def _closed(self, name: str, kind: str) -> None:
        window = self._open.pop(name, None)
        if window is not None and (bounds := bounds_of(window)) != self._bounds.get(kind):
            self._bounds[kind] = bounds
            self._context.remember(kind, bounds)
        if self._open:
            self.last().come_forward()


def _close(window: DeskWindow[Any]) -> None:
    window.screen_shown.keep_typing()
    window.dismiss()
