"""Where things lie."""

from __future__ import annotations

from onestop.paths import DataFolder, default_data_folder


def test_the_users_own_folder_is_a_folder_of_ours() -> None:
    folder = default_data_folder()
    assert isinstance(folder, DataFolder)
    assert folder.root.name == "onestop"
    assert folder.practice.root.parent == folder.root
