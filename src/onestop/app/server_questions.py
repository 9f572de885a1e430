"""What the clerk is asked where the desk cannot be opened at its server: try again, another 接続先, or the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop import errors
from onestop.screens.desk import server_words
from onestop.screens.places import ServerDoorPlace
from onestop.screens.ports import Choice, Question
from onestop.screens.wording import explain

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.app.start import Start
    from onestop.app.windows import Windows


class ServerQuestions:
    """The questions of one program. `do` runs a job on a worker and opens again; `leave` ends the program."""

    def __init__(
        self, start: Start, do: Callable[[Callable[[], None]], None], leave: Callable[[], None], windows: Windows
    ) -> None:
        self._start = start
        self._do = do
        self._leave = leave
        self._windows = windows

    def question(self, error: errors.OneStopError) -> Question | None:
        """Return what is asked where an opening ended so; None where no server had to do with it."""
        if not isinstance(error, errors.ServerNotOpened):
            return None
        wanted = isinstance(error.trouble, errors.ServerRefused)
        again = Choice(server_words.AGAIN, self._open, safe=not wanted)
        change = Choice(
            server_words.TYPE_IT if wanted else server_words.CHANGE, lambda: self._show_door(error), safe=wanted
        )
        leave = Choice(server_words.LEAVE, self._leave)
        by_itself = server_words.BY_ITSELF if server_words.passes(error) else ""
        return Question(server_words.TITLE, explain(error).text + by_itself, (again, change, leave))

    def _show_door(self, error: errors.OneStopError) -> None:
        """Show 接続先データベース; who closes it is asked again."""
        from onestop.app.server_door import door_of  # noqa: PLC0415 - what it needs was loaded by the opening

        self._windows.show(ServerDoorPlace(door_of(self._start), self._open, lambda: self._ask(error)))

    def _open(self) -> None:
        self._do(lambda: None)

    def _ask(self, error: errors.OneStopError) -> None:
        question = self.question(error)
        if question is not None and not self._windows.over:
            self._windows.first().ask(question)
