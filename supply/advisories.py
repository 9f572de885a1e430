"""Asks PyPI, or with `-s osv` OSV, which pinned packages have known holes: `python3 dev.py advisories`.

Red is a hole, and red is a package that could not be asked about: what nobody looked at is not safe.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

from packaging.markers import Marker

from supply.pins import ROOT, normal, pinned

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ASK: Final = ("-P", "-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner", "off", "-f", "json")
NOBODY: Final = "Nobody could be asked: that is no clean bill."


def findings(report: dict[str, Any], wanted: Iterable[str]) -> list[str]:
    """Return a line for each hole, and one for the packages that were skipped or are not in the report."""
    told = {normal(each["name"]): each for each in report["dependencies"]}
    unasked = [name for name in sorted(wanted) if "skip_reason" in told.get(name, {"skip_reason": ""})]
    holes = [
        f"{name} {each['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'no release yet'}"
        for name, each in sorted(told.items())
        for hole in each.get("vulns", ())
    ]
    return [*holes, *([f"nobody was asked about {len(unasked)}: {', '.join(unasked)}"] if unasked else [])]


def needed_here() -> list[str]:
    """Return the pinned packages that this system needs; the others are left out of the report."""
    return [name for name, pin in pinned().items() if not pin.marker or Marker(pin.marker).evaluate()]


def main(arguments: Sequence[str]) -> int:
    """Ask, and print what was found; returns the exit code."""
    command = [sys.executable, *_ASK, "-r", str(ROOT / "requirements.txt"), *arguments]
    asked = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - our own tool
    if not asked.stdout.strip():
        sys.stderr.write(f"{asked.stderr.strip().rpartition(chr(10))[2]}\n{NOBODY}\n")
        return 2
    found = findings(json.loads(asked.stdout), needed_here())
    sys.stdout.write("\n".join(found or ["no known holes"]) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
