"""What the clerk is asked where the desk cannot be opened as it is, and what is done with her answer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from onestop import errors
from onestop.screens.desk import opening_words, recovery_words, server_words
from onestop.screens.desk.mending_question import mending_question
from onestop.screens.places import RecoveryPlace, ServerDoorPlace
from onestop.screens.ports import Choice, Message, Question
from onestop.screens.wording import explain

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.app.start import Start
    from onestop.app.windows import Windows
    from onestop.clock import Clock
    from onestop.services.recovery import Recovery


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
        self._windows = windows

    def question(self, error: errors.OneStopError) -> Question | None:  # noqa: PLR0911 - one for each error
        """Return what is asked where an opening ended so; None where nothing can be chosen."""
        match error:
            case errors.KeyWanted():
                return self._key_asked(error)
            case errors.KeyUnkept():
                return self._encryption_offered()
            case errors.ServerNotOpened():
                return self._about_server(error)
            case errors.DatabaseHurt():
                return mending_question(error, self._mend, lambda: self._restore(error), self._leave)
            case errors.DatabaseDamaged():
                return self._backup_offered(error)
            case errors.ModeUnknown():
                return self._mode_asked()
            case errors.PracticeDamaged():
                return self._practice_offered()
            case _:
                return None

    def _key_asked(self, error: errors.KeyWanted) -> Question:
        enter = Choice(recovery_words.ENTER, lambda: self._enter_key(error), safe=True)
        leave = Choice(recovery_words.LEAVE, self._leave)
        return Question(recovery_words.TITLE, recovery_words.WANTED[error.trouble], (enter, leave))

    def _encryption_offered(self) -> Question:
        encrypt = Choice(recovery_words.ENCRYPT, self._write_down_key, safe=True)
        plain = Choice(recovery_words.STAY_PLAIN, self._stay_plain)
        leave = Choice(recovery_words.LEAVE, self._leave)
        return Question(recovery_words.TITLE, recovery_words.UNKEPT, (encrypt, plain, leave))

    def _about_server(self, error: errors.ServerNotOpened) -> Question:
        wanted = isinstance(error.trouble, errors.ServerRefused)
        again = Choice(server_words.AGAIN, self._open, safe=not wanted)
        change = Choice(
            server_words.TYPE_IT if wanted else server_words.CHANGE, lambda: self._show_door(error), safe=wanted
        )
        leave = Choice(server_words.LEAVE, self._leave)
        by_itself = server_words.BY_ITSELF if server_words.passes(error) else ""
        return Question(server_words.TITLE, explain(error).text + by_itself, (again, change, leave))

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

    def _open(self) -> None:
        self._do(lambda: None)

    def _ask(self, error: errors.OneStopError) -> None:
        question = self.question(error)
        if question is not None and not self._windows.over:
            self._windows.first().ask(question)

    def _enter_key(self, error: errors.KeyWanted) -> None:
        from onestop.app.recovering import asked  # noqa: PLC0415 - as said above

        self._show_key(asked(self._start), error)

    def _write_down_key(self) -> None:
        from onestop.app.recovering import begun  # noqa: PLC0415 - the same

        self._show_key(begun(self._start), errors.KeyUnkept())

    def _show_key(self, recovery: Recovery, error: errors.OneStopError) -> None:
        """Show 復元キー; who closes it without the right one is asked again."""
        self._windows.show(RecoveryPlace(recovery, self._open, lambda: self._ask(error)))

    def _stay_plain(self) -> None:
        self._start.at_start.plain = True
        self._open()

    def _show_door(self, error: errors.OneStopError) -> None:
        """Show 接続先データベース; who closes it is asked again."""
        from onestop.app.server_door import door_of  # noqa: PLC0415 - the same

        self._windows.show(ServerDoorPlace(door_of(self._start), self._open, lambda: self._ask(error)))

    def _mend(self, from_backup: bool) -> None:  # noqa: FBT001 - the answer to a question
        from onestop.app.opening import mend  # noqa: PLC0415 - the same

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

    # --- once it is open

    def have_written_down(self, recovery: Recovery | None) -> None:
        """Show the 復元キー of an open desk, until it was typed in from the paper once; None where it was."""
        if recovery is not None and not self._windows.over:
            kept, later = (partial(self._note, text) for text in (recovery_words.KEPT, recovery_words.LATER))
            self._windows.show(RecoveryPlace(recovery, kept, later))

    def _note(self, text: str) -> None:
        if not self._windows.over:
            self._windows.first().screen_shown.note(Message(text))
