"""The running program: paints 照会, opens the desk behind it, and closes everything in order."""

from __future__ import annotations

import logging
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QIcon

from onestop import errors
from onestop.app.desk_access import DeskAccess
from onestop.app.encrypting import Encrypting
from onestop.app.failed_start import FAILED
from onestop.app.garbage import looking_again
from onestop.app.rescue import Rescue
from onestop.app.resuming import Resuming
from onestop.app.rounds import Rounds, quietly
from onestop.app.scanning import Scanning
from onestop.app.seat import Seat
from onestop.app.sharing import Sharing
from onestop.app.watching import Watching
from onestop.app.windows import WindowContext, Windows
from onestop.clock import SystemClock
from onestop.paths import RESOURCES
from onestop.screens.desk import opening_words, server_words, standing
from onestop.screens.desk.mending_question import found_while_open
from onestop.screens.places import ImportPlace, LookupPlace, ServerDoorPlace, SettingsPlace
from onestop.screens.ports import Message, Tone
from onestop.ui.background import HEAD_START, QtBackground
from onestop.ui.crash import CrashReporter
from onestop.ui.first_paint import after_first_paint
from onestop.ui.question import asked_over, still_asks
from onestop.ui.theme import Theme, load_fonts, load_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from onestop.app.opening import OpenDesk
    from onestop.app.second_start import SecondStart, StartListener
    from onestop.app.start import Start
    from onestop.clock import Clock
    from onestop.errors import OneStopError
    from onestop.model.lists import VehicleRow
    from onestop.screens.screen import Search
    from onestop.services.settings.window_bounds import WindowBounds
    from onestop.services.standing import DeskStanding

log = logging.getLogger(__name__)

PATIENCE: Final = 10.0
"""Seconds that work under way gets at the end. A filing that is cut off is settled at the next start."""
LOOK_AGAIN: Final = 20
"""Milliseconds between two looks whether everybody has left the desk."""
PATIENCE_OF_SESSION: Final = 2.0
"""Seconds that writing down what is being typed gets when the session ends: Windows itself waits for five."""
PATIENCE_FOR_ANSWER: Final = 0.5
"""Seconds that the first answer of 照会 gets to be painted before the rest of the desk is imported."""
PATIENCE_OF_WORKERS: Final = 0.0005
"""Seconds that a worker may hold Python's lock while the window wants it. With Python's own 5 ms, four workers let the
window stand still for more than a tenth of a second (benchmarks/RESULTS.md: F7, 一括申請)."""


class Program:
    """The running program."""

    def __init__(self, app: QApplication, start: Start, clock: Clock | None = None) -> None:
        self.app = app
        self._start = start
        self._clock = clock or SystemClock()
        self.background = QtBackground()
        self.crashes = CrashReporter(start.folder.log, self.background.hand_over)
        app.setWindowIcon(QIcon(str(RESOURCES / "icons" / "onestop.svg")))
        load_fonts(RESOURCES / "fonts")
        load_words(app)
        self.theme = Theme(app, remember=self._remember_text_size)
        self.desk_access = DeskAccess()
        context = WindowContext(
            self.background,
            self.theme,
            self.desk_access,
            self._clock,
            self._remember_window,
            self._ask_now,
        )
        self.windows = Windows(context, standing.OPENING, self.reopen)
        self._scanning = Scanning(app, self.windows, self._clock, self.background, self.desk_access)
        self._patience_before = sys.getswitchinterval()
        sys.setswitchinterval(PATIENCE_OF_WORKERS)
        self._ended = False
        self._refused = False
        self._leaving = False
        """From a change of 接続先 until everybody has left the desk."""
        self._switching = False
        """From then on until the next one is open."""
        self._rescue = Rescue(start, self._clock, self._do, app.quit, self.windows)
        self._resuming = Resuming(self.background, self._clock, self._tell, self.windows.changed)
        self._encrypting = Encrypting(self.background, self._clock, self._say_encrypting)
        self._seat = Seat(app, self.background, self.windows)
        self._sharing = Sharing(self.background, self.windows, self._resuming.begin)
        self._watching = Watching(self.background, self.desk_access.desk, self.windows.tell_arrived)
        desk = self.desk_access.desk
        self._rounds = Rounds(self.background, desk, self.windows, self._stand, self._offer_mending)
        self._damage_told = False
        self._told: dict[str, tuple[str, Tone]] = {}
        """What 照会 says of this opening, by what it is about."""
        self._listener: StartListener | None = None
        self._caller: SecondStart | None = None
        app.commitDataRequest.connect(self._session_ends)

    @property
    def _asking(self) -> bool:
        """Whether windows may be spoken to: until all were closed, or the end begins."""
        return not (self._ended or self.windows.over)

    def begin(self) -> None:
        """Show 照会, and open the desk once it is painted."""
        self.windows.show(LookupPlace())
        after_first_paint(self.windows.first(), self.open)

    def open(self) -> None:
        """Open the desk behind the windows, unless they were closed before that."""
        if not self._asking:
            return
        start, clock, desk_access = self._start, self._clock, self.desk_access

        def opening() -> OpenDesk:
            from onestop.app.first_answer import hold  # noqa: PLC0415 - SQLite loads here, unseen

            held = hold(start, clock)
            if held.lists is not None:
                self._answer_first(held.lists.vehicles)
            import onestop.app.second_start  # noqa: F401, PLC0415 - QtNetwork loads here
            from onestop.app.opening import open_desk  # noqa: PLC0415 - SQLAlchemy, httpx and pydantic load here

            try:
                return open_desk(start, clock, held)
            except errors.OneStopError as error:
                if start.at_start.database_url:
                    raise errors.ServerNotOpened(error) from None
                raise

        desk_access.announce()
        start.at_start.tell_encrypting = self._encrypting.begin()
        self.background.run(lambda: desk_access.open(opening), self._opened, self._not_opened)

    def _answer_first(self, search: Search) -> None:
        """On a worker: let 照会 paint its first answer before what follows here takes Python's lock from it."""
        painted = threading.Event()

        def shown() -> None:
            self.background.after(HEAD_START, painted.set)

        def found(text: str) -> tuple[VehicleRow, ...]:
            try:
                return search(text)
            finally:
                self.background.hand_over(shown)

        self.desk_access.answer(found)
        painted.wait(PATIENCE_FOR_ANSWER)

    def freeze_when_open(self) -> None:
        """Once everything is imported, or cannot be opened, look for garbage again (garbage.py)."""
        look_again = looking_again(self.background)
        self.background.run(self.desk_access.desk, look_again, look_again)

    def reopen(self) -> None:
        """Close the desk, once nobody works at it any more, and open it with the settings as they are now."""
        self._leaving = True
        self.windows.dismiss_all_but_first()
        self.windows.stand(standing.OPENING)
        self.windows.first().screen_shown.say(opening_words.SWITCHING)
        self.desk_access.end_sending()
        self._drop_rounds()
        self._close_when_idle()

    def _close_when_idle(self) -> None:
        """Wait without standing still: an answer that is on its way may take minutes."""
        if not self._asking:
            return
        if self.background.busy:
            self.background.after(LOOK_AGAIN, self._close_when_idle)
            return
        self._leaving, self._switching = False, True
        opened = self.desk_access.shut()  # from here on whoever wants the desk waits for the next one
        close = opened.close if opened is not None else lambda: None
        self.background.run(close, lambda _none: self._open_again(), self._not_opened)

    def _drop_rounds(self) -> None:
        self._watching.drop()
        self._seat.end()
        self._rounds.drop()

    def end(self) -> int:
        """Close everything; work under way gets a while. Returns the exit code.

        While work is still under way, `background.busy`, its object must not be destroyed: that would wait for the
        work with Python's lock in hand, and so for ever. Nor is the desk closed under it: the process ends with both.
        """
        if not self._ended:
            self.app.commitDataRequest.disconnect(self._session_ends)
        self._ended = True
        self.desk_access.end_sending()
        self._drop_rounds()
        self._scanning.end()
        self.windows.dismiss_all()
        if self._listener is not None:
            self._listener.stop_listening()
        if self._caller is not None:
            self._caller.give_up()
        self.desk_access.give_up()
        if self.background.wait_until_idle(PATIENCE):
            self.background.deleteLater()
            self._close_desk()
        else:
            log.warning("work was still under way at the end")
        self.theme.deleteLater()
        sys.setswitchinterval(self._patience_before)
        return FAILED if self.crashes.count or self._refused else 0

    def _session_ends(self, _manager: object = None) -> None:
        """Write down what is being typed, and begin to send nothing more, as the system ends everything.

        What is being sent stands there already. Somebody may stay logged on after all: then it is as after 中止.
        """
        log.info("the session ends")
        self.desk_access.stop_sending()
        self.windows.keep_typing()
        self.background.wait_until_idle(PATIENCE_OF_SESSION)

    def _close_desk(self) -> None:
        opened = self.desk_access.shut()
        self.desk_access.give_up()
        if opened is not None:
            opened.close()

    # --- once it is open

    def _open_again(self) -> None:
        if self._asking:
            self.open()
            self.windows.changed()

    def _opened(self, opened: OpenDesk) -> None:
        if not self._asking or self._leaving:  # ended, or changed, while the desk was being opened
            return
        self._listen_for_starts()
        if (question := asked_over(self.windows.first(), server_words.TITLE)) is not None:  # it came back by itself
            question.withdraw()
        self._encrypting.end()
        self._told.clear()
        self._damage_told = False
        self.theme.start_with(opened.text_scale)
        self.background.run(opened.desk.settings.windows, self.windows.recall, quietly)
        for file in opened.unread:
            aside = file.put_aside.name if file.put_aside else ""
            self._tell(f"settings {aside}", opening_words.unread(file.dropped, aside), Tone.WARNING)
        if opened.synced:
            self._tell("place", opening_words.SYNCED, Tone.WARNING)
        switched, self._switching = self._switching, False
        show = self._show_switched if switched else self._stand
        if switched:
            self.windows.first().screen_shown.quiet()
        self._drop_rounds()
        self._rounds.begin(show)
        self._resuming.begin(opened)
        self._watching.begin()
        self._seat.begin(opened.desk)
        self._sharing.begin(opened)
        if opened.practice:
            self.background.run(lambda: opened.desk.settings.is_begun, self._lead_to_settings, quietly)
        else:
            self.background.run(lambda: opened.desk.settings.state().in_keychain, self._ask_secrets, quietly)
            self.background.run(opened.desk.recovery.untried, self._rescue.have_written_down, quietly)

    def _say_encrypting(self, message: Message | None) -> None:
        if self._asking:
            self.windows.first().screen_shown.note(message)

    def _listen_for_starts(self) -> None:
        """Hear of it when the program is started again on this folder."""
        from onestop.app.second_start import StartListener  # noqa: PLC0415 - as in open()

        if self._listener is None:
            self._listener = StartListener(self._start.folder)
            self._listener.started_again.connect(self._come_forward)
            if self._start.file:
                self.windows.show(ImportPlace((self._start.file,)))
        self._listener.listen()

    def _come_forward(self, file: str) -> None:
        if self._asking:
            self.windows.last().come_forward()
            if file:
                self.windows.show(ImportPlace((Path(file),)))

    def _lead_to_settings(self, is_begun: bool) -> None:  # noqa: FBT001 - the answer of a job
        if not is_begun:
            self._tell("practice", opening_words.PRACTISING, Tone.INFO)

    def _show_switched(self, facts: DeskStanding) -> None:
        """Show the connection that was changed to, and say it."""
        self._stand(facts)
        self._tell("connection", opening_words.switched(facts), Tone.WARNING if facts.trouble else Tone.INFO)

    def _tell(self, about: str, text: str, tone: Tone) -> None:
        """Add a sentence to those that 照会 says of this opening, or renew it; the loudest gives the tone."""
        if self._asking:
            self._told[about] = text, tone
            told = self._told.values()
            loudest = Tone.WARNING if Tone.WARNING in [tone for _, tone in told] else Tone.INFO
            self.windows.first().screen_shown.note(Message(" ".join(text for text, _ in told), loudest))

    def _ask_now(self) -> None:
        self._rounds.ask_now()

    def _stand(self, facts: DeskStanding) -> None:
        self.windows.stand(standing.in_words(facts))

    def _ask_secrets(self, in_keychain: bool) -> None:  # noqa: FBT001 - the answer of a job
        if self._asking and not in_keychain:
            self.windows.show(SettingsPlace())

    def _offer_mending(self) -> None:
        """Offer, once in each opening, to mend what a backup found damaged."""
        opened = self.desk_access.open_now()
        if self._asking and not self._damage_told and opened is not None and opened.desk.backups.standing().damaged:
            self._damage_told = True
            self.windows.first().ask(found_while_open(self.reopen, lambda: None))

    # --- when it cannot be opened

    def _not_opened(self, error: OneStopError) -> None:
        self._refused = True
        if not self._asking:  # the window was closed while the desk was being opened
            return
        self._encrypting.end()
        if isinstance(error, errors.DataFolderInUse):
            self._call_the_first(error)
            return
        self.windows.stand(standing.NOT_OPEN)
        self.windows.first().screen_shown.failed(error)
        if server_words.passes(error):
            self._rounds.tickets["again"] = self._sharing.after_pause(self._try_by_itself)
        question = self._rescue.question(error)
        if question is not None and not still_asks(self.windows.first(), question):
            self.windows.first().ask(question)

    def _call_the_first(self, error: OneStopError) -> None:
        """Let the program that has the folder come forward, and end; stay, and say why, when it does not hear."""
        from onestop.app.second_start import SecondStart  # noqa: PLC0415 - as in open()

        def answered(heard: bool) -> None:  # noqa: FBT001 - as Qt's signals come
            self._caller = None
            if heard:
                self._refused = False
                self.app.quit()
            elif self._asking:
                self.windows.first().screen_shown.failed(error)

        self._caller = SecondStart(self._start.folder, self._start.file)
        self._caller.answered.connect(answered)
        self._caller.call()

    def _try_by_itself(self) -> None:
        """Open once the server is there, with the question still open; not while she types another 接続先."""
        if self.windows.shows(ServerDoorPlace):
            self._rounds.tickets["again"] = self._sharing.after_pause(self._try_by_itself)
        else:
            self._try_again()

    def _do(self, job: Callable[[], None]) -> None:
        """Do what the clerk chose, and open again."""
        self._rounds.drop()
        self.background.run(job, lambda _none: self._try_again(), self._not_opened)

    def _try_again(self) -> None:
        if not self._asking:
            return
        self._refused = False
        self.desk_access.shut()
        self.windows.stand(standing.OPENING)
        self.windows.first().screen_shown.quiet()
        self._open_again()

    def _remember_text_size(self, percent: int) -> None:
        desk = self.desk_access.desk
        self.background.run(lambda: desk().settings.remember_text_scale(percent), lambda _none: None, quietly)

    def _remember_window(self, kind: str, bounds: WindowBounds) -> None:
        opened = self.desk_access.open_now()
        if opened is not None:
            keep = opened.desk.settings.remember_window
            self.background.run(lambda: keep(kind, bounds), lambda _none: None, quietly)
