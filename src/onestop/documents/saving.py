"""Writing a file whole or not at all, so that no half file ever stands under its name."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from onestop.errors import FileNotWritten
from onestop.files import written_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def put_in_place(path: Path) -> Iterator[Path]:
    """Give a path beside `path` to write to, as `files.written_whole` does; missing folders are made.

    Raises:
        FileNotWritten: it is open in another program, or there is no room or no right.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with written_whole(path, durably=False) as part:
            yield part
    except OSError as error:
        raise FileNotWritten(type(error).__name__) from error
