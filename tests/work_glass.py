"""python3 dev.py glass [arguments of pytest]: works the program on a display of its own; pictures are kept.

The keys are sent by the X server. A system that may install packages gets what it lacks for it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from dev import MODULE, ROOT, run, speak_plainly
from supply import debian

from checks import in_memory

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Work it; returns the exit code of pytest."""
    speak_plainly((sys.stdout, sys.stderr))
    debian.provide(debian.missing_programs(debian.DISPLAY_PROGRAMS))
    debian.provide_if_allowed([*debian.missing_programs(debian.INPUT_METHOD), *debian.missing_to_listen()])
    pictures = ROOT / "tour" / "glass"
    look = [sys.executable, *MODULE, "pytest", str(ROOT / "tests" / "glass"), *arguments]
    code = run(look, env={"ONESTOP_GLASS": str(pictures), **in_memory()})
    sys.stdout.write(f"The pictures are in {pictures}\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
