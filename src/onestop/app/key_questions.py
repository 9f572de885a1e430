"""What the clerk is asked about the key of the data: where it is missing, and where nobody has written it down yet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from onestop import errors
from onestop.screens.desk import recovery_words
from onestop.screens.places import RecoveryPlace
from onestop.screens.ports import Choice, Message, Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.app.start import Start
    from onestop.app.windows import Windows
    from onestop.services.recovery import Recovery


class KeyQuestions:
    """The questions of one program. `do` runs a job on a worker and opens again; `leave` ends the program."""

    def __init__(
        self, start: Start, do: Callable[[Callable[[], None]], None], leave: Callable[[], None], windows: Windows
    ) -> None:
        self._start = start
        self._do = do
        self._leave = leave
        self._windows = windows

    def question(self, error: errors.OneStopError) -> Question | None:
        """Return what is asked where an opening ended so; None where it is not about a key."""
        match error:
            case errors.KeyWanted():
                return self._key_asked(error)
            case errors.KeyUnkept():
                return self._encryption_offered()
            case _:
                return None

    def _key_asked(self, error: errors.KeyWanted) -> Question:
        enter = Choice(recovery_words.ENTER, lambda: self._enter_key(error), safe=True)
        leave = Choice(recovery_words.LEAVE, self._leave)
        return Question(recovery_words.TITLE, recovery_words.WANTED[error.trouble], (enter, leave))

    def _encryption_offered(self) -> Question:
        encrypt = Choice(recovery_words.ENCRYPT, self._write_down_key, safe=True)
        plain = Choice(recovery_words.STAY_PLAIN, self._stay_plain)
        return Question(
            recovery_words.TITLE, recovery_words.UNKEPT, (encrypt, plain, Choice(recovery_words.LEAVE, self._leave))
        )

    def _enter_key(self, error: errors.KeyWanted) -> None:
        from onestop.app.recovering import asked  # noqa: PLC0415 - after the first paint

        self._show(asked(self._start), error)

    def _write_down_key(self) -> None:
        from onestop.app.recovering import begun  # noqa: PLC0415 - after the first paint

        self._show(begun(self._start), errors.KeyUnkept())

    def _show(self, recovery: Recovery, error: errors.OneStopError) -> None:
        """Show 復元キー; who closes it without the right one is asked again."""
        self._windows.show(RecoveryPlace(recovery, lambda: self._do(_nothing), lambda: self._ask(error)))

    def have_written_down(self, recovery: Recovery | None) -> None:
        """Show the 復元キー of an open desk, until it was typed in from the paper once; None where it was."""
        if recovery is not None and not self._windows.over:
            kept, later = (partial(self._note, text) for text in (recovery_words.KEPT, recovery_words.LATER))
            self._windows.show(RecoveryPlace(recovery, kept, later))

    def _note(self, text: str) -> None:
        if not self._windows.over:
            self._windows.first().screen_shown.note(Message(text))

    def _ask(self, error: errors.OneStopError) -> None:
        question = self.question(error)
        if question is not None and not self._windows.over:
            self._windows.first().ask(question)

    def _stay_plain(self) -> None:
        self._start.at_start.plain = True
        self._do(_nothing)


def _nothing() -> None:
    """Open again as it is now."""
