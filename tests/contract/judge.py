"""Runs schemathesis in a folder, with its hooks and with arguments of its own; what it says is in OUTPUT there.

judge.py FOLDER ARGUMENT …
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent))
os.environ["SCHEMATHESIS_HOOKS"] = "contract_hooks"

from hypothesis.strategies import characters
from schemathesis.cli import schemathesis

OUTPUT: Final = "said.txt"


def warm() -> None:
    """Look up once which letters there are: every contract is full of texts."""
    characters(codec="utf-8").validate()


def main() -> None:
    """Run it; the process ends with its exit code."""
    os.chdir(sys.argv[1])
    with Path(OUTPUT).open("w", encoding="utf-8") as said:
        for stream in (1, 2):
            os.dup2(said.fileno(), stream)
    schemathesis(sys.argv[2:])


if __name__ == "__main__":
    main()
