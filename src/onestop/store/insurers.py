"""The list of 保険会社: this desk's own file, or the one shipped with the program."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from onestop.model.limits import INSURER
from onestop.paths import RESOURCES
from onestop.store.failures import translate_file_errors

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)

SHIPPED: Final = RESOURCES / "insurers.json"


class _InsurersFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="allow", hide_input_in_errors=True)

    insurers: tuple[Annotated[str, StringConstraints(min_length=1, max_length=INSURER)], ...]


def load_insurers(own: Path) -> tuple[str, ...]:
    """Return the names of `own` if it is there and can be read, or else those that ship.

    Raises:
        StoreError: No file can be opened at all.
    """
    try:
        return _InsurersFile.model_validate_json(own.read_bytes()).insurers
    except FileNotFoundError:
        pass
    except (OSError, ValidationError):
        log.warning("the list of insurers in the data folder cannot be read; the one that ships holds")
    with translate_file_errors():
        return _InsurersFile.model_validate_json(SHIPPED.read_bytes()).insurers
