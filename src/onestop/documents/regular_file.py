"""Reading a file that a clerk chose: an ordinary one, never more of it than such a file can have, and as which text."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final

from onestop.errors import IN_FILE, InvalidInput, Problem

if TYPE_CHECKING:
    from pathlib import Path

NOT_OPENED: Final = "ファイルを開けません。"
_AT_ONCE: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""A pipe or a device would keep the worker waiting, as early as at opening; Windows wants to hear of bytes."""

_USUAL: Final = 64 * 1024
"""Bytes that nearly every file is shorter than: to make room for the longest one takes longer than reading it."""


def refused(sentence: str) -> InvalidInput:
    """Return the error of a file that cannot be used; the sentence says why."""
    return InvalidInput(Problem(IN_FILE, sentence))


def read_regular(path: Path, most: int, no_file: str) -> bytes:
    """Return what is in a file, one byte more than `most` at the most: whoever asks refuses what is longer.

    Raises:
        InvalidInput: it cannot be opened, or is no ordinary file: then `no_file` says so.
    """
    try:
        return regular_bytes(path, most, no_file)
    except OSError:
        raise refused(NOT_OPENED) from None


def text_of(content: bytes, no_text: str) -> str:
    """Return what a file says: in UTF-8 or UTF-16 with their marks, UTF-8 without, or the cp932 of Japanese Windows.

    Raises:
        InvalidInput: it is none of them: `no_text` says so.
    """
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refused(no_text)


def regular_bytes(path: Path, most: int, no_file: str) -> bytes:
    """Do the same for a file that may be held, or gone again.

    Raises:
        InvalidInput: it is no ordinary file: `no_file` says so.
        OSError: it cannot be opened.
    """
    with os.fdopen(os.open(path, _AT_ONCE), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise refused(no_file)
        begun = file.read(min(most + 1, _USUAL))
        return begun if len(begun) < _USUAL else begun + file.read(most + 1 - _USUAL)
