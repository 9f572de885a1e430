"""Shares that are mounted as folders."""

from __future__ import annotations

import sys
from pathlib import Path, PurePosixPath

import pytest

from onestop.errors import WrongFolder
from onestop.paths import DataFolder
from onestop.store.sqlite import mounts as mounts_module
from onestop.store.sqlite.folder import check_place
from onestop.store.sqlite.mounts import is_mounted_from_the_network, mounts

LISTED = r"""
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
23 22 0:21 / /mnt/shop rw,relatime shared:2 master:1 - nfs4 server:/shop rw,vers=4.2
24 22 0:22 / /mnt/win\040dows rw,relatime - cifs //server/share rw
25 23 254:1 / /mnt/shop/local rw,relatime - xfs /dev/vdb rw
26 22 0:23 / /mnt/ssh rw,relatime - fuse.sshfs somebody@server: rw
27 22 0:24 / /mnt/crypt rw,relatime - fuse.gocryptfs /home/somebody/crypt rw
28 22 0:25 / /over rw,relatime - nfs server:/over rw
29 22 254:2 / /over rw,relatime - ext4 /dev/vdc rw
""".strip()


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/", False),
        ("/home/somebody/onestop", False),
        ("/mnt/shop", True),
        ("/mnt/shop/desk 1", True),
        ("/mnt/shopping", False),
        ("/mnt/shop/local/onestop", False),
        ("/mnt/win dows/onestop", True),
        ("/mnt/ssh/onestop", True),
        ("/mnt/crypt/onestop", False),
        ("/over/onestop", False),
    ],
)
def test_the_innermost_mount_decides(path: str, *, answer: bool) -> None:
    assert is_mounted_from_the_network(PurePosixPath(path), LISTED) == answer


def test_without_a_list_nothing_is_a_share(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(mounts_module, "LIST", tmp_path / "absent")
    assert not is_mounted_from_the_network(PurePosixPath("/mnt/shop"), mounts())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lists no mounts: it names a share in the path")
def test_a_data_folder_on_a_share_is_refused(monkeypatch: pytest.MonkeyPatch, data_root: Path, tmp_path: Path) -> None:
    listed = tmp_path / "mountinfo"
    place = data_root.resolve().as_posix().replace(" ", r"\040")
    listed.write_text(f"30 22 0:26 / {place} rw - nfs4 server:/shop rw\n", encoding="utf-8")
    monkeypatch.setattr(mounts_module, "LIST", listed)
    with pytest.raises(WrongFolder, match="ネットワーク"):
        check_place(DataFolder(data_root))
