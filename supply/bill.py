"""What the program is made of (CycloneDX) and under which licences, into resources/licences: `python3 dev.py sbom`.

The licence of a package that is not installed on this system, as one for Windows alone, stands in the present bill.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from supply.pins import ROOT, normal, shipped, wanted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from supply.pins import Pin

FOLDER: Final = ROOT / "resources" / "licences"
BILL: Final = "sbom.cdx.json"
_TEXTS: Final = Path(__file__).parent / "texts"
_BY_HAND: Final = tomllib.loads((Path(__file__).parent / "licences.toml").read_text(encoding="utf-8"))
_LICENCE_FILE: Final = re.compile(
    r"\.dist-info/(?:(?:licenses/)?[^/]*(?:LICEN[CS]E|COPYING|NOTICE|AUTHORS)[^/]*|licenses/(?:BUILD_)?LICENSES/.+)$"
)


@dataclass(frozen=True, slots=True)
class Licensed:
    """A package with its licence as an SPDX expression, and its words; no words: they could not be read here."""

    pin: Pin
    licence: str
    text: str


def licensed(pin: Pin, before: dict[str, str]) -> Licensed:
    """Find a package's licence: looked up by hand, told by itself, or as the bill before tells it."""
    by_hand = _BY_HAND["licence"].get(pin.name)
    written = [(_TEXTS / name).read_text(encoding="utf-8") for name in _BY_HAND["text"].get(pin.name, ())]
    try:
        package = metadata.distribution(pin.name)
    except metadata.PackageNotFoundError:
        licence = by_hand or before.get(pin.name)
        if not licence:
            raise SystemExit(f"{pin.name} is not installed here: add its licence to supply/licences.toml") from None
        return Licensed(pin, licence, "\n".join(written))
    if package.version != pin.version:
        raise SystemExit(f"{pin.name} {package.version} is installed, and not {pin.version}: run python3 dev.py first")
    licence = by_hand or _told(package)
    if not licence:
        raise SystemExit(f"{pin.name} names no licence that machines read: add it to supply/licences.toml")
    return Licensed(pin, licence, "\n".join([*_own_texts(package), *written]))


def _told(package: metadata.Distribution) -> str:
    facts = package.metadata.json
    told = str(facts.get("license_expression") or facts.get("license") or "")
    return "" if "\n" in told else told


def _own_texts(package: metadata.Distribution) -> list[str]:
    files = sorted(str(file) for file in package.files or () if _LICENCE_FILE.search(str(file)))
    return [Path(str(package.locate_file(name))).read_text(encoding="utf-8", errors="replace") for name in files]


def bill(packages: Iterable[Licensed], program: dict[str, Any], first: frozenset[str]) -> str:
    """Return the bill of materials; the same pins give the same words."""
    packages = tuple(packages)
    told_apart = " ".join(f"{each.pin.name}=={each.pin.version}" for each in packages)
    bom = Bom(serial_number=uuid5(NAMESPACE_URL, told_apart))
    licences = LicenseFactory()
    root = Component(
        name=program["name"], version=program["version"], type=ComponentType.APPLICATION, bom_ref=program["name"]
    )
    root.licenses.add(licences.make_from_string("MIT"))
    bom.metadata.component = root
    made = {each.pin.name: _component(each, licences) for each in packages}
    for component in made.values():
        bom.components.add(component)
    bom.register_dependency(root, [made[each] for each in sorted(first)])
    for asking, component in made.items():
        bom.register_dependency(component, [made[each.pin.name] for each in packages if asking in each.pin.asked_by])
    told = json.loads(JsonV1Dot6(bom).output_as_string())
    del told["metadata"]["timestamp"]
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _component(package: Licensed, licences: LicenseFactory) -> Component:
    pin = package.pin
    purl = PackageURL("pypi", name=pin.name, version=pin.version)
    component = Component(name=pin.name, version=pin.version, type=ComponentType.LIBRARY, purl=purl, bom_ref=str(purl))
    component.licenses.add(licences.make_from_string(package.licence))
    component.hashes.update(HashType(alg=HashAlgorithm.SHA_256, content=content) for content in pin.hashes)
    if pin.marker:
        component.properties.add(Property(name="onestop:needed-where", value=pin.marker))
    return component


def licences_before() -> dict[str, str]:
    """Return what the present bill says of each package's licence."""
    try:
        told = json.loads((FOLDER / BILL).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return {normal(each["name"]): _expression(each["licenses"][0]) for each in told["components"]}


def _expression(licence: dict[str, Any]) -> str:
    named = licence.get("license", {})
    return str(licence.get("expression") or named.get("id") or named.get("name"))


def made_of() -> tuple[tuple[Licensed, ...], str]:
    """Return what runs with the program with its licences, and the bill of it."""
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    before = licences_before()
    packages = tuple(licensed(pin, before) for pin in shipped())
    return packages, bill(packages, tomllib.loads(pyproject)["project"], wanted(pyproject))


def main() -> int:
    """Write the bill, and each package's licence beside it; returns the exit code."""
    packages, words = made_of()
    texts = FOLDER / "texts"
    texts.mkdir(parents=True, exist_ok=True)
    (FOLDER / BILL).write_text(words, encoding="utf-8")
    names = {f"{package.pin.name}.txt" for package in packages}
    for file in texts.iterdir():
        if file.name not in names:
            file.unlink()
    for package in packages:
        if package.text:
            (texts / f"{package.pin.name}.txt").write_text(package.text, encoding="utf-8", newline="\n")
    lacking = [name for name in sorted(names) if not (texts / name).exists()]
    sys.stdout.write(f"{len(packages)} packages; without a text: {', '.join(lacking) or 'none'}\n")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
