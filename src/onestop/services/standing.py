"""Where the desk stands with the world: connection, service hours, terminal, keychain."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop import errors
from onestop.gateway.address import stays_here
from onestop.services.backups import BackupStanding
from onestop.services.hours import NOT_KNOWN, PlannedHours

if TYPE_CHECKING:
    from onestop.clock import Clock
    from onestop.gateway.ainas import AinasClient
    from onestop.services.backups import BackupService
    from onestop.services.settings.service import SettingsService
    from onestop.services.updates import UpdateService

ALL_WELL: Final = BackupStanding()
CLOCKS_AGREE: Final = dt.timedelta(minutes=2)
"""A smaller difference disturbs nothing, and is not told."""


@dataclass(frozen=True, slots=True)
class DeskStanding:
    """Facts for the status line; the words are chosen in screens/desk/standing.py."""

    practice: bool
    address: str
    """Where requests go: the host, without anything that could be a secret."""
    terminal: str
    reachable: bool | None = None
    """None while nobody has asked."""
    state: str | None = None
    """open, closed or maintenance, or any other word as AINAS said it."""
    opens_at: str | None = None
    closes_at: str | None = None
    ainas_hours: PlannedHours = NOT_KNOWN
    """By this machine's table, for a service that does not name its hours."""
    airas_hours: PlannedHours = NOT_KNOWN
    """The same of AIRAS, which is not asked."""
    in_keychain: bool = True
    trouble: str = ""
    """Why nothing can be reached, whatever AINAS does, in words for the clerk."""
    shared: bool = False
    """In practice: the imitated services are those that other desks of this machine work with, too."""
    backup: BackupStanding = ALL_WELL
    newer_version: str = ""
    """The version that there is to install; empty while none newer is known."""
    clock_ahead: dt.timedelta = dt.timedelta()
    """By how much this machine's clock is ahead of AINAS's; nothing while it agrees, or AINAS has not told."""


class StandingService:
    """Asks for what the status line shows."""

    def __init__(  # noqa: PLR0913, PLR0917 - everything that a status line tells
        self,
        ainas: AinasClient,
        settings: SettingsService,
        backups: BackupService,
        updates: UpdateService,
        clock: Clock,
        fixed: DeskStanding,
    ) -> None:
        """`fixed` is what stays as it is while the program runs."""
        self._ainas = ainas
        self._settings = settings
        self._backups = backups
        self._updates = updates
        self._clock = clock
        self._fixed = fixed

    def offline(self) -> DeskStanding:
        """Return what is known without asking anybody."""
        practice = self._fixed.practice
        ahead = self._ainas.service_time.ahead() or dt.timedelta()
        ainas, airas = self._settings.service_hours(self._clock.now())
        if practice:  # the embedded services answer day and night
            ainas, airas = (dataclasses.replace(each, opens_next=None) for each in (ainas, airas))
        return dataclasses.replace(
            self._fixed,
            ainas_hours=ainas,
            airas_hours=airas,
            in_keychain=practice or self._settings.in_keychain,
            shared=practice and stays_here(self._fixed.address),
            backup=ALL_WELL if practice else self._backups.standing(),
            newer_version=self._updates.newer,
            clock_ahead=ahead if abs(ahead) > CLOCKS_AGREE else dt.timedelta(),
        )

    def ask(self) -> DeskStanding:
        """Ask AINAS for its hours; being unable to ask is an answer too. A newer version is looked for as well."""
        self._updates.look()
        try:
            service = self._ainas.service_state()
        except errors.ServiceError:
            return dataclasses.replace(self.offline(), reachable=False)
        return dataclasses.replace(
            self.offline(),
            reachable=True,
            state=service.state,
            opens_at=service.opens_at,
            closes_at=service.closes_at,
        )
