"""Lets the windows show what other desks change, and say that the server is gone and that it is back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.screens.desk import sharing_words
from onestop.screens.ports import Message, Tone
from onestop.store.pauses import pause

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.app.opening import OpenDesk
    from onestop.app.windows import Windows
    from onestop.screens.ports import Ticket
    from onestop.store.postgres.listening import Heard
    from onestop.store.postgres.telling import Told
    from onestop.ui.background import QtBackground

MANY: Final = 5
"""Changes at once after which every window reads anew, rather than hears of each."""


class Sharing:
    """Hears the other desks of a shared database; a desk by itself hears nothing."""

    def __init__(self, background: QtBackground, windows: Windows, resume: Callable[[OpenDesk], None]) -> None:
        """`resume` takes up what was sent while nothing could be written down."""
        self._background, self._windows, self._resume = background, windows, resume
        self._opened: OpenDesk | None = None
        self._was_gone = False
        self._failed = 0
        """How often the desk could not be opened since it was last open."""

    def after_pause(self, again: Callable[[], None]) -> Ticket:
        """Try again to open a desk whose server is not there, or not ready; each time the pause is longer."""
        ticket = self._background.after(int(pause(self._failed) * 1000), again)
        self._failed += 1
        return ticket

    def begin(self, opened: OpenDesk) -> None:
        """Listen to the other desks."""
        self._opened, self._was_gone, self._failed = opened, False, 0
        self._windows.server_stands("")
        opened.listen(lambda heard: self._background.hand_over(lambda: self._heard(opened, heard)))

    def _heard(self, opened: OpenDesk, heard: Heard) -> None:
        if self._windows.over or opened is not self._opened:
            return
        if not heard.is_there:
            self._gone()
        elif heard.begins:
            self._there(opened)
        else:
            self._changed(opened, [each for each in heard.changes if not each.typed])
            for car in {each.vehicle_id for each in heard.changes if each.typed}:
                self._windows.typed_elsewhere(car)

    def _changed(self, opened: OpenDesk, changes: list[Told]) -> None:
        if len(changes) > MANY or any(each.is_general for each in changes):
            self._read_anew(opened)
            return
        for each in changes:
            self._windows.changed(vehicle_id=each.vehicle_id, control_number=each.control_number)

    def _gone(self) -> None:
        if not self._was_gone:
            self._was_gone = True
            self._windows.server_stands(sharing_words.GONE_SHORT)
            self._windows.last().screen_shown.note(Message(sharing_words.GONE, Tone.WARNING))

    def _there(self, opened: OpenDesk) -> None:
        """Read anew whatever is open: what was changed before was not heard."""
        if self._was_gone:
            self._was_gone = False
            self._windows.server_stands("")
            self._windows.last().screen_shown.note(Message(sharing_words.BACK))
            self._resume(opened)
        self._read_anew(opened)
        self._windows.typed_elsewhere(None)

    def _read_anew(self, opened: OpenDesk) -> None:
        """Let 料金表 hold as it is now, and then every window read anew."""

        def read(_held: object) -> None:
            if not self._windows.over and opened is self._opened:
                self._windows.hours_changed()
                self._windows.changed()

        self._background.run(opened.desk.rates.hold_as_stored, read, read)
