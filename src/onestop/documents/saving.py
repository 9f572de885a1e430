"""Writing a file whole or not at all, so that no half file ever stands under its name."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from onestop.errors import FileNotWritten
from onestop.held_files import patiently

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def put_in_place(path: Path) -> Iterator[Path]:
    """Give a path beside `path` to write to; it takes the place of `path` when everything went well.

    Missing folders are made. What stood under `path` before stays until then. The file is made before anything is
    written into it, and no other user of this machine may read it (Windows: as its folder says).

    Raises:
        FileNotWritten: it is open in another program, or there is no room or no right.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        patiently(lambda: part.unlink(missing_ok=True))  # of a run that was killed; or somebody's link to another place
        part.touch(mode=0o600, exist_ok=False)
        try:
            yield part
            patiently(lambda: part.replace(path))
        finally:
            patiently(lambda: part.unlink(missing_ok=True))
    except OSError as error:
        raise FileNotWritten(type(error).__name__) from error
