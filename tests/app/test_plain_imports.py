"""Nobody reads the source of what the program imports."""

from __future__ import annotations

import subprocess
import sys

import pytest

IMPORTS = """
import builtins, linecache
from onestop.app.plain_imports import import_plainly
{put_back}
from PySide6 import QtGui, QtNetwork, QtWidgets
import httpx
print(builtins.__import__ is builtins.__feature_import__, httpx.__file__ in linecache.cache)
"""


@pytest.mark.parametrize(
    ("put_back", "found"),
    [
        ("import_plainly()", "False False"),
        ("", "True True"),  # once this fails, PySide6 reads no longer, and nothing has to be put back
    ],
)
def test_what_is_imported_after_qt_is_read_along_with_only_where_nobody_put_pythons_import_back(
    put_back: str, found: str
) -> None:
    command = [sys.executable, "-c", IMPORTS.format(put_back=put_back)]
    out = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)  # noqa: S603 - our own interpreter
    assert out.stdout.strip() == found
