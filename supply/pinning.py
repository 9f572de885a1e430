"""Pins all packages of pyproject.toml, for every system and Python from 3.11 on, naming no host.

`python3 dev.py requirements [--upgrade] …` calls it. Kept pins stay unless they no longer fit; `--upgrade` takes the
newest that is a week old: what was slipped into a release is mostly found within days.
`--exclude-newer-package NAME=…` lets a mended hole in sooner.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from supply.pins import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

COOLED_DOWN: Final = "7 days"
SAID_TO_MAKE_IT: Final = "python3 dev.py requirements"


def main(arguments: Sequence[str]) -> int:
    """Write requirements.txt anew, with hashes; returns the exit code of uv."""
    compile_all = "uv pip compile --quiet pyproject.toml --extra dev --universal --python-version 3.11"
    quotable = "--generate-hashes --no-emit-index-url --output-file requirements.txt --custom-compile-command"
    cooled = ["--exclude-newer", COOLED_DOWN]
    command = [sys.executable, "-P", "-m", *compile_all.split(), *cooled, *quotable.split(), SAID_TO_MAKE_IT]
    trust = {**os.environ, "UV_SYSTEM_CERTS": "1"}
    return subprocess.run([*command, *arguments], cwd=ROOT, env=trust, check=False).returncode  # noqa: S603 - our own tool


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
