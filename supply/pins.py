"""What requirements.txt pins, read from the file alone: packages, their files' hashes, and who asked for them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
_PIN: Final = re.compile(r"^(?P<name>[\w.-]+)(?:\[[\w,-]+\])?==(?P<version>\S+)(?: ; (?P<marker>.+?))? \\$")
_ASKED: Final = re.compile(r"^    #\s+(?:via\s*)?(?P<who>.*)$")
_HASH: Final = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Pin:
    """One package at one version, for every system on which it is needed."""

    name: str
    version: str
    marker: str
    """Where it is needed, such as sys_platform == 'win32'; empty: everywhere."""
    hashes: tuple[str, ...]
    """SHA-256 of each of its files."""
    asked_by: frozenset[str]


def normal(name: str) -> str:
    """Return a package's name as indexes compare it, without extras (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name.partition("[")[0].strip()).lower()


def read(text: str) -> dict[str, Pin]:
    """Return all pins by name."""
    blocks = re.split(r"^(?=[\w.-]+(?:\[[\w,-]+\])?==)", text, flags=re.MULTILINE)
    pins = (_pin(block.splitlines()) for block in blocks[1:])
    return {pin.name: pin for pin in pins}


def _pin(lines: list[str]) -> Pin:
    head = _PIN.match(lines[0])
    if head is None:
        raise SystemExit(f"requirements.txt: this pin cannot be read: {lines[0]}")
    asked = filter(None, (match["who"].strip() for match in map(_ASKED.match, lines) if match))
    hashes = tuple(sorted(_HASH.findall("\n".join(lines))))
    return Pin(normal(head["name"]), head["version"], head["marker"] or "", hashes, frozenset(map(normal, asked)))


def wanted(pyproject: str) -> frozenset[str]:
    """Return the packages that the program itself asks for; those of its tests are not among them."""
    dependencies = tomllib.loads(pyproject)["project"]["dependencies"]
    return frozenset(normal(re.split(r"[<>=!~; ]", each, maxsplit=1)[0]) for each in dependencies)


def runtime(pins: dict[str, Pin], first: frozenset[str]) -> tuple[Pin, ...]:
    """Return what runs with the program: what it asks for, what that asks for, and so on; by name."""
    found: set[str] = set()
    more = set(first)
    while more:
        found |= more
        more = {pin.name for pin in pins.values() if pin.asked_by & found} - found
    return tuple(pins[name] for name in sorted(found))


def pinned() -> dict[str, Pin]:
    """Return what this project pins."""
    return read((ROOT / "requirements.txt").read_text(encoding="utf-8"))


def shipped() -> tuple[Pin, ...]:
    """Return what runs with this project's program."""
    return runtime(pinned(), wanted((ROOT / "pyproject.toml").read_text(encoding="utf-8")))
