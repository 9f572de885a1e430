"""Which folders of a Linux machine are shares: there SQLite's WAL has no memory to share, and locks may not hold."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import PurePath

LIST: Final = Path("/proc/self/mountinfo")
_OF_THE_SYSTEM: Final = (
    *("9p", "afs", "beegfs", "ceph", "cifs", "coda", "gfs2", "glusterfs"),
    *("lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "smb3", "smbfs"),
)
_OF_FUSE: Final = (
    *("ceph", "curlftpfs", "davfs", "gcsfuse", "glusterfs", "google-drive-ocamlfuse"),
    *("gvfsd-fuse", "juicefs", "rclone", "s3fs", "smbnetfs", "sshfs"),
)
SHARES: Final = frozenset((*_OF_THE_SYSTEM, *(f"fuse.{name}" for name in _OF_FUSE)))
"""Kinds of file systems into which another machine may write at the same time."""
_OCTAL: Final = re.compile(r"\\([0-7]{3})")


def is_mounted_from_the_network(path: PurePath, listed: str) -> bool:
    """Tell whether the innermost mount around a path is a share, by the system's list (proc_pid_mountinfo(5))."""
    around = [(place, kind) for place, kind in map(_mount, listed.splitlines()) if path.is_relative_to(place)]
    _, innermost = max(enumerate(around), key=lambda each: (len(each[1][0].parts), each[0]), default=(0, (None, "")))
    return innermost[1] in SHARES


def mounts() -> str:
    """Return the system's list; empty where there is none."""
    try:
        return LIST.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""


def _mount(line: str) -> tuple[PurePosixPath, str]:
    before, _, after = line.partition(" - ")
    place = _OCTAL.sub(lambda found: chr(int(found[1], 8)), before.split(" ")[4])
    return PurePosixPath(place), after.split(" ")[0]
