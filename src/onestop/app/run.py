"""Starts the program: an empty 照会 is painted first, and everything else is imported behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from onestop.app.taskbar import be_named_in_the_taskbar
from onestop.ui.first_frame import FirstFrame

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.app.logs import Log
    from onestop.app.program import Program
    from onestop.app.start import Start


class Run:
    """One run of the program, from the first frame to the exit code."""

    def __init__(self, app: QApplication, said: Callable[[], Start]) -> None:
        """`said` returns how the desk is opened; it is asked behind the first frame."""
        self.program: Program | None = None
        self._app = app
        self._said = said
        self._start: Start
        self._unsaid: BaseException | None = None
        self._log: Log | None = None
        self.frame = FirstFrame(self._begin)

    def exec(self) -> int:
        """Show the first frame, run until the last window closes, and return the exit code.

        Raises:
            BaseException: what `said` raised; without a data folder there is no log that a box could name.
        """
        self.frame.show()
        code = self._app.exec()
        if self._unsaid is not None:
            raise self._unsaid
        if self._log is None:  # closed before it had begun
            return code
        if self.program is None:
            self._log.end()
            return code
        code = self.program.end() or code
        self._log.end()
        from onestop.app.leaving import leave  # noqa: PLC0415 - at the end

        return leave(self.program.background, code)

    def _begin(self) -> None:
        """Make the program. What is raised here is told, and ends the run: nobody would ever fill the frame."""
        if not self.frame.isVisible():
            return
        try:
            self._start = self._said()
        except BaseException as error:  # noqa: BLE001 - see exec
            self._unsaid = error
            self._app.exit()
            return
        try:
            self._make()
        except BaseException as error:  # noqa: BLE001 - nobody above would tell it
            self._tell(error)

    def _tell(self, error: BaseException) -> None:
        from onestop.app import failed_start  # noqa: PLC0415 - seldom wanted

        self._begin_log().write()
        box = failed_start.box(failed_start.note(error), self._start.folder.log, self.frame)
        box.finished.connect(lambda _result: self._app.exit(failed_start.FAILED))
        box.open()

    def _begin_log(self) -> Log:
        from onestop.app.logs import Log  # noqa: PLC0415 - after the first paint

        if self._log is None:
            self._log = Log(self._start.folder.log)
            self._log.begin()
        return self._log

    def _make(self) -> None:
        import logging  # noqa: PLC0415 - all of these after the first paint

        from onestop.app.program import Program  # noqa: PLC0415 - the same
        from onestop.ui.first_paint import after_first_paint  # noqa: PLC0415 - the same

        log = self._begin_log()
        logging.getLogger(__name__).info("started")
        self.program = Program(self._app, self._start)
        self.program.crashes.install()
        self.program.begin()
        first = self.program.windows.first()
        first.setGeometry(self.frame.geometry())
        after_first_paint(first, log.write)
        self.program.freeze_when_open()
        self.frame.hand_over(first, self.program.windows.last_if_any)


def run(said: Callable[[], Start]) -> int:
    """Run the program until its last window closes; returns the exit code (see Run.exec)."""
    be_named_in_the_taskbar()
    app = QApplication.instance() or QApplication(["onestop"])
    assert isinstance(app, QApplication)  # noqa: S101 - for mypy: nobody makes a QCoreApplication here
    app.setApplicationDisplayName("継続検査OSS")
    return Run(app, said).exec()
