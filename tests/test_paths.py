"""Where things lie."""

from __future__ import annotations

import sys

from onestop.paths import NOBODY_ELSE, DataFolder, default_data_folder


def test_the_users_own_folder_is_a_folder_of_ours() -> None:
    folder = default_data_folder()
    assert isinstance(folder, DataFolder)
    assert folder.root.name == "onestop"
    assert folder.practice.root.parent == folder.root


def test_a_folder_gets_its_rights_from_the_one_around_it_on_windows_and_none_for_others_elsewhere() -> None:
    assert (0o777 if sys.platform == "win32" else 0o700) == NOBODY_ELSE
