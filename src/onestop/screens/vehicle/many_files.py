"""取込 of many files at once: まとめて登録, すべて見送る, and what becomes of those that wait at the end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from onestop.screens.function_key import Can, no
from onestop.screens.live_task import LiveTask
from onestop.screens.ports import Choice, Message, Question

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

    from onestop.errors import OneStopError
    from onestop.screens.vehicle.import_screen import ImportScreen
    from onestop.screens.work_progress import WorkProgress
    from onestop.services.vehicle.importing_many import TakenLot

TITLE: Final = "まとめて登録"
ASKED: Final = (
    "{count}件のファイルを調べ、まだ登録されていない車両を登録します。\n"
    "登録済みの車両と違いのあるもの、注意のあるもの、読めないものは登録せず、1台ずつ確かめるために残します。"
)
REGISTERING: Final = "まとめて登録中"
FEW: Final = "まとめて登録するファイルが2件以上ありません。"
NONE_LEFT: Final = "次に待っている車両はありません。Alt+N 見送る を使ってください。"
NEW: Final = "{count:,}台を登録しました。"
SAME: Final = "登録済みの内容と同じファイルが{count:,}件ありました。"
NOTHING: Final = "まとめて登録できる車両はありませんでした。"
STOPPED: Final = "中止しました。"
STOPPING: Final = "中止しています。登録の途中のものが終わると止まります。"
REST: Final = "残りの{count:,}件は、1台ずつ確かめてください。"
NOTHING_OPEN: Final = "待っている車両はありません。F11 別のファイル で選ぶか、F12 で戻ってください。"
GO_ON: Final = "\n\nAlt+N 見送る で次のファイルへ進みます。"
ALL_DONE: Final = "\n\nすべて終わりました。F12 で戻ってください。"
SKIPPED: Final = (
    "待っている{count:,}件を取り込まずに閉じます。\n"
    "監視フォルダーのファイルも、もう知らせません(F11 で選べば取り込めます)。"
)
WAITING: Final = (
    "まだ取り込んでいない車両が{count:,}件あります。\n"
    "「あとで取り込む」を選ぶと、照会の Alt+N 届いた車検証 に残ります。"
)
CODES: Final = "\nQRコードの車両は、最後に読み取った1台だけがQR読取に残ります。"


class ManyFiles:
    """What the window does with all its files."""

    def __init__(self, screen: ImportScreen) -> None:
        self._screen = screen
        self.live: LiveTask[TakenLot] = LiveTask(screen, self._counted)
        self.ended = ""
        """What was done, once no file is open any more."""
        self._done: set[object] = set()
        self._stored: list[int] = []

    @property
    def _documents(self) -> tuple[object, ...]:
        """All that are not dealt with."""
        screen = self._screen
        return (*(() if self.ended else (screen.document,)), *screen.left)

    @property
    def _paths(self) -> tuple[Path, ...]:
        return tuple(each for each in self._documents if isinstance(each, Path))

    # --- まとめて登録

    def can_take(self) -> Can:
        """Whether there are several files."""
        return self._screen.can_work() if len(self._paths) > 1 else no(FEW)

    def take(self) -> None:
        """Alt+A まとめて登録, after a question: nobody will have seen these cars."""
        self._screen.ask(TITLE, ASKED.format(count=len(self._paths)), Choice(TITLE, self._take))

    def _take(self) -> None:
        screen, paths = self._screen, self._paths
        screen.busy, screen.message = REGISTERING, None
        self._done, self._stored = set(), []

        def job(report: Callable[[TakenLot], None], stop: Event) -> None:
            screen.desk().many_imports.take(paths, report, stop)

        self.live.start(job, lambda _none: self._finished(), self._broken_off, len(paths))

    def _counted(self, lots: tuple[TakenLot, ...], before: WorkProgress) -> tuple[int, int]:
        for lot in lots:
            self._done |= {*lot.done}
            self._stored += lot.stored
        return before.done + sum(lot.looked_at for lot in lots), before.total

    def _finished(self) -> None:
        told = self._told()
        self._tidy_up()
        screen = self._screen
        if screen.document not in self._done:
            screen.read(screen.document, told=told)
        elif screen.left:
            screen.go_on(told)
        else:
            self._end(told)
            screen.view.refresh()

    def _broken_off(self, error: OneStopError) -> None:
        """Say what was stored before, and show no car that was; the others still wait."""
        told = self._told()
        self._tidy_up()
        if self._screen.document in self._done:
            self._end(told)
        elif self._done:
            self._screen.told = told
        self._screen.failed(error)

    def _end(self, told: Message) -> None:
        """Show that no file is open, and the way on."""
        self.ended = told.text + (GO_ON if self._screen.left else ALL_DONE)
        self._screen.forget()

    def _tidy_up(self) -> None:
        screen = self._screen
        screen.busy = None
        screen.left = [each for each in screen.left if each not in self._done]
        if self._stored:
            screen.navigator.registered(self._stored[-1])

    def _told(self) -> Message:
        new, same = len(self._stored), len(self._done) - len(self._stored)
        rest = len([each for each in self._documents if each not in self._done])
        sentences = (
            STOPPED if self.live.stopped else "",
            NEW.format(count=new) if new else "",
            SAME.format(count=same) if same else "",
            "" if self._done else NOTHING,
            REST.format(count=rest) if rest else "",
        )
        return Message("".join(sentences))

    def stop(self) -> bool:
        """中止: what is stored stays; tells whether anything is under way."""
        if self._screen.busy != REGISTERING:
            return False
        self.live.stop()
        self._screen.say(STOPPING)
        return True

    # --- those that wait

    def can_skip_one(self) -> Can:
        """Whether one is open, or waits."""
        return self._screen.can_work() if self._documents else no(NOTHING_OPEN)

    def can_skip(self) -> Can:
        """Whether several wait."""
        return self._screen.can_work() if len(self._documents) > 1 else no(NONE_LEFT)

    def skip(self) -> None:
        """Alt+M すべて見送る, after a question."""
        text = SKIPPED.format(count=len(self._documents))
        self._screen.ask("すべて見送る", text, Choice("見送って閉じる", self._skip))

    def _skip(self) -> None:
        paths = self._paths
        self._screen.work(
            "見送りを保存中",
            lambda: self._screen.desk().arrivals.settle_files(paths),
            lambda _none: self._screen.view.dismiss(),
        )

    def ask_before_leaving(self) -> bool:
        """Ask what becomes of the cars that wait; tells whether there are any."""
        waiting, screen = self._documents, self._screen
        if not screen.left:
            return False
        codes = len(waiting) - len(self._paths)
        text = WAITING.format(count=len(waiting)) + (CODES if codes > 1 else "")
        choices = (
            Choice("戻る", screen.view.refresh, safe=True),
            Choice("あとで取り込む", self._put_off),
            Choice("見送って閉じる", self._skip),
        )
        screen.view.ask(Question("取り込んでいない車両", text, choices))
        return True

    def _put_off(self) -> None:
        paths, any_codes = self._paths, len(self._paths) < len(self._documents)

        def job() -> None:
            desk = self._screen.desk()
            desk.arrivals.put_off(paths)
            if any_codes:
                desk.scans.give_back()

        self._screen.work("あとで取り込む車両を保存中", job, lambda _none: self._screen.view.dismiss())
