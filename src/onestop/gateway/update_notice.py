"""The update notice: which version is the newest, in a manifest that its maker signed. It installs nothing."""

from __future__ import annotations

import base64
import datetime as dt
from typing import TYPE_CHECKING, Final

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from onestop.errors import ContractBroken
from onestop.gateway.transport import Call, Timeouts, Transport

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    from onestop.clock import Clock

CONTEXT: Final = b"onestop update notice 1\n"
"""Signed along with each manifest, so that nothing this key signs for another purpose passes for one."""
PATH: Final = "/onestop-update.json"
"""Below the address that the settings name."""
LONGEST: Final = 4_000
"""Characters of a manifest."""
PATIENCE: Final = Timeouts(connect=5, write=5, read=5, pool=5, total=10)


class Envelope(BaseModel):
    """A manifest as it travels: its very bytes, and the signature over them, both in base64."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    manifest: str = Field(max_length=LONGEST)
    signature: str = Field(max_length=100)


class Manifest(BaseModel):
    """What its maker says. A field that a newer maker adds is passed over."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    version: str = Field(pattern=r"^\d{1,4}\.\d{1,4}\.\d{1,4}$")
    issued: AwareDatetime
    expires: AwareDatetime
    """From then on it is worth nothing: who holds newer ones back cannot do so for ever."""


def pinned_key(file: Path) -> Ed25519PublicKey | None:
    """Return the key that ships with the program, the last line of a text; None while there is none."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - when first wanted

    last = file.read_text(encoding="ascii").splitlines()[-1].strip()
    return None if last.startswith("#") else Ed25519PublicKey.from_public_bytes(base64.b64decode(last, validate=True))


def read_manifest(address: str, key: Ed25519PublicKey, clock: Clock) -> Manifest:
    """Fetch the manifest once, without credentials and within the bounds of every call, and check its signature.

    Raises:
        InvalidInput: the address cannot be used.
        ServiceError: nobody answered, or what came is not what the key's owner signed.
    """
    with Transport(address, lambda: None, clock=clock, timeouts=PATIENCE) as transport:
        return opened(transport.ask(Call("readUpdateNotice", "GET", PATH, is_public=True), Envelope), key)


def opened(envelope: Envelope, key: Ed25519PublicKey) -> Manifest:
    """Return what is in an envelope; it is looked at only once its signature is right.

    Raises:
        ContractBroken: the signature is not the key's, or what it signed is no manifest.
    """
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - the same

    try:
        text = base64.b64decode(envelope.manifest, validate=True)
        key.verify(base64.b64decode(envelope.signature, validate=True), CONTEXT + text)
        return Manifest.model_validate_json(text)
    except ValidationError:  # is a ValueError as well
        why = "signed, and no manifest"
    except (ValueError, InvalidSignature):
        why = "not signed by our key"
    raise ContractBroken(why)


def number_of(version: str) -> tuple[int, ...]:
    """Return a version as it compares."""
    return tuple(map(int, version.split(".")))


def is_current(manifest: Manifest, now: dt.datetime) -> bool:
    """Tell whether a manifest holds now: not expired, and not issued more than a day from now."""
    return manifest.issued - dt.timedelta(days=1) <= now < manifest.expires
