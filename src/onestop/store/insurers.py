"""The list of 保険会社 that earlier releases let a shop put beside its data; it is taken over into 料金表 once."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from onestop.files import patiently
from onestop.model.limits import INSURER

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)

TAKEN: Final = ".taken.json"
"""What the file ends with afterwards."""


class _InsurersFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="allow", hide_input_in_errors=True)

    insurers: tuple[Annotated[str, StringConstraints(min_length=1, max_length=INSURER)], ...]


def own_insurers(own: Path) -> tuple[str, ...] | None:
    """Return the names of the shop's file, each once; None where there is none, or none that can be read."""
    try:
        return tuple(dict.fromkeys(_InsurersFile.model_validate_json(own.read_bytes()).insurers))
    except FileNotFoundError:
        return None
    except (OSError, ValidationError):
        log.warning("the list of insurers in the data folder cannot be read; 料金表 holds")
        return None


def put_aside(own: Path) -> None:
    """Let the file stand beside its place, so that it is not taken over again; where it cannot, it will be."""
    try:
        patiently(lambda: own.replace(own.with_name(own.stem + TAKEN)))
    except OSError:
        log.warning("the list of insurers in the data folder cannot be put aside; it is taken over again next time")
