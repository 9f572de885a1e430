"""The second place of backups: another disk, a stick or a share that the shop chose, one folder there for each desk."""

from __future__ import annotations

import re
import shutil
import zlib
from hashlib import file_digest
from typing import TYPE_CHECKING

from onestop.errors import StoreError
from onestop.files import written_whole
from onestop.paths import make_private
from onestop.store.failures import translate_file_errors
from onestop.store.sqlite.backup import thin

if TYPE_CHECKING:
    from pathlib import Path


def desk_folder(place: Path, terminal: str, data: Path) -> Path:
    """Return where a desk's backups lie in a place that several share: by its machine and its data folder."""
    machine = re.sub(r"[^0-9A-Za-z_-]", "_", terminal)
    return place / f"onestop-{machine}-{zlib.crc32(str(data).encode()):08x}"


def copy_backup(backup: Path, own: Path) -> None:
    """Copy a backup into a desk's folder, compare what arrived, and thin out the old ones there.

    Makes the desk's folder and none around it: where a stick is not plugged in, nothing is written in its stead.

    Raises:
        StoreError: The place is not there, is full, may not be written, or did not keep what was written.
    """
    target = own / backup.name
    with translate_file_errors():
        if not own.parent.is_dir():
            raise StoreError("no such folder")
        make_private(own)
        with written_whole(target, durably=True) as part:
            shutil.copyfile(backup, part)
            if _digest(part) != _digest(backup):
                raise StoreError("the copy differs")
    thin(own)


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return file_digest(file, "blake2b").digest()
