"""Where the contract files and the rates lie: in an installed program, or at the top of the source tree."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resources() -> Path:
    """Return the folder `resources`: shipped beside this package, or of the source tree around it.

    Raises:
        FileNotFoundError: Neither is there; then the paths have to be given.
    """
    return first_folder(
        _PACKAGE.parent / "onestop" / "_shipped" / "resources",
        _PACKAGE / "_shipped" / "resources",
        _PACKAGE.parent.parent / "resources",
    )


def first_folder(*candidates: Path) -> Path:
    """Return the first of these folders that has contract files.

    Raises:
        FileNotFoundError: None has.
    """
    for folder in candidates:
        if (folder / "contract" / "ainas.yaml").is_file():
            return folder
    raise FileNotFoundError("no contract files beside the program: give their folder")
