"""Where the contract files are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop_sandbox.places import first_folder, resources

if TYPE_CHECKING:
    from pathlib import Path


def test_the_source_tree_has_them() -> None:
    assert (resources() / "contract" / "airas.yaml").is_file()


def test_the_first_folder_that_has_them_wins(tmp_path: Path) -> None:
    shipped = tmp_path / "shipped"
    (shipped / "contract").mkdir(parents=True)
    (shipped / "contract" / "ainas.yaml").write_text("x", encoding="utf-8")
    assert first_folder(tmp_path / "nowhere", shipped) == shipped


def test_without_them_the_path_has_to_be_given(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="contract"):
        first_folder(tmp_path)
