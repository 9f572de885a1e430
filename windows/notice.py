"""Makes what programs in shops read to know of a newer version (gateway/update_notice.py).

    python3 dev.py notice new-key KEY                                   a new key; its public half goes into resources
    python3 dev.py notice make KEY VERSION DAYS OUT                     a manifest that is in force for so many days

KEY is a file that belongs to the maker alone and is never part of this repository.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from onestop.clock import SystemClock
from onestop.gateway.update_notice import CONTEXT, Manifest
from windows.pieces import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

PINNED: Final = ROOT / "resources" / "update_key.txt"


def new_key(file: Path, pinned: Path = PINNED) -> int:
    """Write a new key, for its owner's eyes alone, and pin its public half.

    Raises:
        FileExistsError: There is one already; programs in shops believe it alone.
    """
    key = Ed25519PrivateKey.generate()
    text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(text)
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    told = "# The Ed25519 key, in base64, that signs update notices.\n"
    pinned.write_text(told + base64.b64encode(public).decode("ascii") + "\n", encoding="ascii")
    return 0


def sealed(key: Ed25519PrivateKey, manifest: Manifest) -> str:
    """Return a manifest as it travels."""
    text = manifest.model_dump_json().encode("utf-8")
    parts = {"manifest": text, "signature": key.sign(CONTEXT + text)}
    return json.dumps({name: base64.b64encode(part).decode("ascii") for name, part in parts.items()})


def make(key_file: Path, version: str, days: int, out: Path) -> int:
    """Write a manifest.

    Raises:
        SystemExit: The file holds no Ed25519 key.
    """
    key = load_pem_private_key(key_file.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise SystemExit(f"{key_file} holds no Ed25519 key.")
    now = SystemClock().now().replace(microsecond=0)
    manifest = Manifest(version=version, issued=now, expires=now + dt.timedelta(days=days))
    out.write_text(sealed(key, manifest) + "\n", encoding="ascii")
    return 0


def main(arguments: Sequence[str]) -> int:
    """Do what the first word says."""
    match arguments:
        case ["new-key", key]:
            return new_key(Path(key))
        case ["make", key, version, days, out]:
            return make(Path(key), version, int(days), Path(out))
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
