"""The shelf of files that clerks have dealt with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.builders import BUILT_AT
from support.databases import a_database

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("each_database")


def test_a_file_that_was_dealt_with_is_known_by_what_is_in_it(tmp_path: Path) -> None:
    with a_database(tmp_path) as database:
        with database.write() as shelves:
            shelves.settled_files.put(["a1"], BUILT_AT)
            shelves.settled_files.put(["a1"], BUILT_AT)
        with database.read() as shelves:
            assert shelves.settled_files.among(["a1", "b2"]) == {"a1"}
