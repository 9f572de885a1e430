"""python tests/put_pictures.py: puts those pictures of the tour that the help and the README show into their folder."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
TAKEN: Final = ROOT / "tour"
KEPT: Final = ROOT / "resources" / "help" / "pictures"
PICTURE: Final = re.compile(r"!\[[^\]]*\]\((?:resources/help/)?pictures/([^)/]+)\)")
NOT_TAKEN: Final = ("setup-", "qr_")
"""How pictures begin that the tour does not take: Windows' own windows, and drawn symbols (draw_symbols.py)."""


def shown() -> set[str]:
    """Return the file names of the pictures that the help's pages and the README show."""
    pages = [ROOT / "README.md", *(ROOT / "resources" / "help").glob("*.md")]
    return {name for page in pages for name in PICTURE.findall(page.read_text(encoding="utf-8"))}


def main() -> int:
    """Put all of them there, or none and name what the tour lacks; returns the exit code."""
    wanted = sorted(name for name in shown() if not name.startswith(NOT_TAKEN))
    missing = [name for name in wanted if not (TAKEN / name).is_file()]
    if missing:
        sys.stdout.write(f"The tour took no picture for: {', '.join(missing)}\n")
        return 1
    for name in wanted:
        shutil.copyfile(TAKEN / name, KEPT / name)
    sys.stdout.write(f"{len(wanted)} pictures were put into resources/help/pictures\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
