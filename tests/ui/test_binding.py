"""Tests of the binding itself: PySide6 6.12.0 lost a reference to None and True with every call on Python 3.11."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal


class Emitter(QObject):
    told = Signal(bool)


def test_calls_into_qt_keep_the_references_of_none_and_true() -> None:
    emitter, true = Emitter(), True
    before = sys.getrefcount(None), sys.getrefcount(true)
    for _ in range(500):
        emitter.setObjectName("name")
        emitter.told.emit(true)
    after = sys.getrefcount(None), sys.getrefcount(true)
    assert all(abs(late - early) < 100 for early, late in zip(before, after, strict=True))
