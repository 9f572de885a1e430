"""Looks once a day whether there is a newer version, where a shop switched that on. It tells, and installs nothing."""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING, Final

from onestop import VERSION
from onestop.errors import InvalidInput, ServiceError, StoreError
from onestop.gateway.update_notice import is_current, number_of, pinned_key, read_manifest

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.clock import Clock
    from onestop.gateway.update_notice import Manifest
    from onestop.services.settings.service import SettingsService

log = logging.getLogger(__name__)

EVERY: Final = dt.timedelta(days=1)


class UpdateService:
    """Asks the address of the settings; believes what is signed, in force and no older than what it heard before."""

    def __init__(self, settings: SettingsService, clock: Clock, key_file: Path, version: str = VERSION) -> None:
        self._settings = settings
        self._clock = clock
        self._key_file = key_file
        self._version = version
        self._looked: dt.datetime | None = None
        self.newer = ""
        """The newer version that there is; empty while none is known."""

    def look(self) -> None:
        """Ask, if a day has passed; a failure is no error of this call: it is logged, and nothing is told."""
        address, now = self._settings.update_address(), self._clock.now()
        if not address or (self._looked is not None and now - self._looked < EVERY):
            return
        self._looked = now
        try:
            self._hear(address, now)
        except (InvalidInput, ServiceError, StoreError) as error:
            log.info("no update notice: %s", type(error).__name__)

    def _hear(self, address: str, now: dt.datetime) -> None:
        key = pinned_key(self._key_file)
        if key is None:
            log.info("no update notice: this program was built without a key")
            return
        manifest = read_manifest(address, key, self._clock)
        if not is_current(manifest, now):
            log.info("an update notice that is not in force was passed over")
        elif self._goes_back(manifest):
            log.info("an update notice older than one before was passed over")
        else:
            self._settings.remember_update(manifest.version, manifest.issued)
            self.newer = manifest.version if number_of(manifest.version) > number_of(self._version) else ""

    def _goes_back(self, manifest: Manifest) -> bool:
        """Tell whether it is older than one that was believed: an old notice is replayed, rightly signed as it is."""
        version, issued = self._settings.update_heard()
        if issued is None:
            return False
        return manifest.issued < issued or number_of(manifest.version) < number_of(version)
