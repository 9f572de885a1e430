"""What is converted once for a list is remembered, and not without end."""

from __future__ import annotations

from onestop.store.prepared import REMEMBERED, _Remembered


def test_what_is_remembered_is_forgotten_before_it_grows_without_end() -> None:
    asked: list[int] = []

    def read(stored: int) -> str:
        asked.append(stored)
        return str(stored)

    words = _Remembered(read)
    assert [words[1], words[1]] == ["1", "1"]
    assert asked == [1]
    for number in range(REMEMBERED * 3):
        words[number]
    assert len(words) <= REMEMBERED
