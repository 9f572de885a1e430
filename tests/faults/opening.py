"""Opens and closes each window of the running program again and again, and counts what is left each time."""

from __future__ import annotations

import gc
import weakref
from collections import Counter
from itertools import compress
from types import MethodDescriptorType, WrapperDescriptorType
from typing import TYPE_CHECKING, Final

import psutil
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from onestop.screens.places import (
    BatchPlace,
    ChangesPlace,
    ChecklistPlace,
    ComparePlace,
    ConformityPlace,
    FilingListPlace,
    HelpPlace,
    HistoryPlace,
    InsurancePlace,
    IssuePlace,
    LedgerPlace,
    MainPlace,
    OperatorsPlace,
    PaperPlace,
    PaymentListPlace,
    RatesPlace,
    ReconcilingPlace,
    RecoveryPlace,
    ReportPlace,
    ScanPlace,
    ServerDoorPlace,
    SettingsPlace,
    SignInPlace,
    SourcesPlace,
    VehiclePlace,
)
from support.program import rows, until
from support.recovering import a_recovery, a_server_door, nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from onestop.app.program import Program
    from onestop.app.windows import Windows

CAR: Final = 7
DRAFT: Final = 5
"""In the practice world."""
WARM: Final = 2
"""Openings after which everything is imported, and nearly every cache filled: what is not is left once."""
LOOKS_AGAIN: Final = 2
"""What a window leaves is left each time; what the program's own rounds leave in between is not."""
OF_NO_WINDOW: Final = (weakref.ref, MethodDescriptorType, WrapperDescriptorType)

OPENERS: Final[dict[str, Callable[[Windows], None]]] = {
    "車両": lambda windows: windows.show(VehiclePlace(CAR)),
    "ワンストップサービス": lambda windows: windows.show(MainPlace(CAR)),
    "車検の履歴": lambda windows: windows.show(HistoryPlace(CAR)),
    "値の出所": lambda windows: windows.show(SourcesPlace(CAR)),
    "確認票": lambda windows: windows.show(ChecklistPlace(CAR)),
    "QR読取": lambda windows: windows.show(ScanPlace()),
    "照合": lambda windows: windows.show(ComparePlace(CAR)),
    "自賠責証明書発行": lambda windows: windows.show(InsurancePlace(CAR, None)),
    "適合証・証明証発行": lambda windows: windows.show(ConformityPlace(CAR, None)),
    "指定整備元帳": lambda windows: windows.show(LedgerPlace()),
    "紙の適合証": lambda windows: windows.show(PaperPlace()),
    "交付実績報告書": lambda windows: windows.show(ReportPlace()),
    "申請書発行": lambda windows: windows.show(IssuePlace(CAR, None)),
    "申請書一覧": lambda windows: windows.show(FilingListPlace()),
    "納付一覧": lambda windows: windows.show(PaymentListPlace()),
    "納付消込": lambda windows: windows.show(ReconcilingPlace()),
    "一括申請": lambda windows: windows.show(BatchPlace((DRAFT,))),
    "設定": lambda windows: windows.show(SettingsPlace()),
    "復元キー": lambda windows: windows.show(RecoveryPlace(a_recovery(), nothing, nothing)),
    "接続先データベース": lambda windows: windows.show(ServerDoorPlace(a_server_door(), nothing, nothing)),
    "変更の履歴": lambda windows: windows.show(ChangesPlace(CAR)),
    "操作者": lambda windows: windows.show(OperatorsPlace()),
    "操作者の切替": lambda windows: windows.show(SignInPlace()),
    "料金表": lambda windows: windows.show(RatesPlace()),
    "ヘルプ": lambda windows: windows.show(HelpPlace("main")),
}


def settle(program: Program) -> None:
    """Wait until the program stands, with all that it does by itself done once: else what that imports is counted.

    It does nothing more by itself then: what its rounds leave in between, now and then, is not of a window.
    """
    until(lambda: rows(program) and not program.background.busy)
    for _ in range(2):
        program.desk_access.desk().arrivals.look()
    program._drop_rounds()
    until(lambda: not program.background.busy)


def open_and_close(program: Program, opener: Callable[[Windows], None], times: int) -> None:
    """Open a window so often, each time until it is filled, and close it."""
    for _ in range(times):
        opener(program.windows)
        window = program.windows.last()
        until(lambda: not program.background.busy)
        window.dismiss()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


def grown(
    program: Program, opener: Callable[[Windows], None], times: int, at_first: int | None = None
) -> dict[str, int]:
    """Return what is left over of each kind after so many openings, where it is at least one in two, each time anew.

    Args:
        program: The program that runs.
        opener: Opens the window.
        times: How often it is opened where something seems to be left.
        at_first: How often it is opened before that; None: as often.

    What is made once, late, is left over once. Neither weak references are counted nor what belongs to a class: PySide
    leaves some of the first, of 72 bytes each, and fills a class of Qt's when somebody first looks into it.
    """
    open_and_close(program, opener, WARM)
    left = _grown_once(program, opener, at_first or times)
    for _ in range(LOOKS_AGAIN):
        again = _grown_once(program, opener, times) if left else {}
        left = {kind: count for kind, count in again.items() if kind in left}
    return left


def _grown_once(program: Program, opener: Callable[[Windows], None], times: int) -> dict[str, int]:
    before = _census()
    open_and_close(program, opener, times)
    left = _census() - before
    return {kind: count for kind, count in left.items() if count * 2 >= times}


def megabytes() -> float:
    """Return what this process has in memory."""
    return float(psutil.Process().memory_info().rss) / 2**20


def _census() -> Counter[str]:
    """Count what there is of each kind: so much that no line of Python is run for each."""
    Counter(map(type, ()))  # asked the first time whether this is a mapping, each class of those notes something
    gc.collect()
    everything = gc.get_objects()
    count = Counter(map(type, everything))
    kinds = Counter[str]()
    for kind, number in count.items():
        if not issubclass(kind, OF_NO_WINDOW):
            kinds[f"{kind.__module__}.{kind.__qualname__}"] += number
    kinds["widgets of Qt"] = len(QApplication.allWidgets())
    widgets = [kind for kind in count if issubclass(kind, QWidget)]
    kinds["widgets without Qt's part"] = sum(not isValid(each) for each in _of(widgets, everything))
    return kinds


def _of(kinds: Collection[type], everything: list[object]) -> Iterator[object]:
    """Yield what is exactly of one of these kinds."""
    return compress(everything, map(frozenset(kinds).__contains__, map(type, everything)))
