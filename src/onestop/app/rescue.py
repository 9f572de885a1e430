"""What the clerk is asked where the desk cannot be opened as it is, and what is done with her answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop import errors
from onestop.app.key_questions import KeyQuestions
from onestop.app.server_questions import ServerQuestions
from onestop.screens.desk import opening_words
from onestop.screens.desk.mending_question import MendingAnswers, mending_question
from onestop.screens.ports import Choice, Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.app.start import Start
    from onestop.app.windows import Windows
    from onestop.clock import Clock


class Rescue:
    """The questions of one program. `do` runs what was chosen on a worker and opens again; `leave` ends the program."""

    def __init__(
        self,
        start: Start,
        clock: Clock,
        do: Callable[[Callable[[], None]], None],
        leave: Callable[[], None],
        windows: Windows,
    ) -> None:
        self._start = start
        self._clock = clock
        self._do = do
        self._leave = leave
        self.keys = KeyQuestions(start, do, leave, windows)
        self._server = ServerQuestions(start, do, leave, windows)

    def question(self, error: errors.OneStopError) -> Question | None:
        """Return what is asked where an opening ended so; None where nothing can be chosen."""
        return self.keys.question(error) or self._server.question(error) or self._about_data(error)

    def _about_data(self, error: errors.OneStopError) -> Question | None:
        match error:
            case errors.DatabaseHurt():
                return mending_question(error, MendingAnswers(self._mend, lambda: self._restore(error), self._leave))
            case errors.DatabaseDamaged():
                return self._backup_offered(error)
            case errors.ModeUnknown():
                return self._mode_asked()
            case errors.PracticeDamaged():
                return self._practice_offered()
            case _:
                return None

    def _backup_offered(self, error: errors.DatabaseDamaged) -> Question:
        found = error.backup is not None
        restore = (Choice("復元する", lambda: self._restore(error), safe=True),) if found else ()
        others = (Choice("空のデータで始める", self._begin_anew), Choice("終了する", self._leave, safe=not found))
        backup = error.backup.name if error.backup else ""
        text = opening_words.damaged(moved=error.quarantined is not None, backup=backup)
        return Question("データベースの復元", text, (*restore, *others))

    def _mode_asked(self) -> Question:
        real = Choice("本番で開く", lambda: self._choose_mode(practice=False), safe=True)
        practice = Choice("練習で開く", lambda: self._choose_mode(practice=True))
        return Question("本番か練習か", opening_words.MODE_UNKNOWN, (real, practice, Choice("終了する", self._leave)))

    def _practice_offered(self) -> Question:
        again = Choice("練習をやり直す", self._begin_practice_anew, safe=True)
        return Question("練習用のデータ", opening_words.PRACTICE_DAMAGED, (again, Choice("終了する", self._leave)))

    # --- what is done; SQLAlchemy, httpx and pydantic load with the opening, which has run by then

    def _mend(self, from_backup: bool) -> None:  # noqa: FBT001 - the answer to a question
        from onestop.app.opening import mend  # noqa: PLC0415 - as said above

        self._do(lambda: mend(self._start, self._clock, from_backup=from_backup))

    def _restore(self, error: errors.DatabaseDamaged) -> None:
        from onestop.app.opening import restore_backup  # noqa: PLC0415 - the same

        self._do(lambda: restore_backup(self._start, error, self._clock))

    def _begin_anew(self) -> None:
        from onestop.app.opening import begin_anew  # noqa: PLC0415 - the same

        self._do(lambda: begin_anew(self._start, self._clock))

    def _choose_mode(self, *, practice: bool) -> None:
        from onestop.app.opening import choose_mode  # noqa: PLC0415 - the same

        self._do(lambda: choose_mode(self._start, practice=practice))

    def _begin_practice_anew(self) -> None:
        from onestop.app.opening import begin_practice_anew  # noqa: PLC0415 - the same

        self._do(lambda: begin_practice_anew(self._start, self._clock))
