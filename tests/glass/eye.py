"""Looks at the screen as a program on it can: a picture of the whole of it, or the text in the clipboard.

eye.py picture FILE | eye.py clipboard
"""

from __future__ import annotations

import sys

from PySide6.QtGui import QGuiApplication


def main(what: str, *path: str) -> int:
    """Look once."""
    app = QGuiApplication(["eye"])
    if what == "picture":
        return 0 if app.primaryScreen().grabWindow(0).save(path[0]) else 1
    sys.stdout.buffer.write(app.clipboard().text().encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
