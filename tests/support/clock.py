"""A clock that stands still until a test moves it; its face can be set without time passing."""

from __future__ import annotations

import datetime as dt

from onestop.clock import JST


class FixedClock:
    """Tells 2026-11-24 09:15 JST until told otherwise."""

    def __init__(self, moment: dt.datetime | None = None) -> None:
        self.moment = moment or dt.datetime(2026, 11, 24, 9, 15, tzinfo=JST)
        self.boot = "the first run"
        self._waited = 0.0
        self._ahead = dt.timedelta()
        self._asleep = 0.0

    def now(self) -> dt.datetime:
        return self.moment.astimezone(dt.UTC)

    def today(self) -> dt.date:
        return self.moment.astimezone(JST).date()

    def real(self) -> dt.datetime:
        """Return the time that everybody else has."""
        return (self.moment - self._ahead).astimezone(dt.UTC)

    def monotonic(self) -> float:
        return self.uptime() - self._asleep

    def uptime(self) -> float:
        return self.real().timestamp() + self._waited

    def advance(self, **span: float) -> None:
        """Move by datetime.timedelta(**span)."""
        self.moment += dt.timedelta(**span)

    def sleep(self, **span: float) -> None:
        """Let the machine sleep for datetime.timedelta(**span)."""
        self.moment += dt.timedelta(**span)
        self._asleep += dt.timedelta(**span).total_seconds()

    def wait(self, seconds: float) -> None:
        """Let a span pass that is too short to be seen on the clock's face."""
        self._waited += seconds

    def turn(self, **span: float) -> None:
        """Set the face by datetime.timedelta(**span); nothing passes."""
        self._ahead += dt.timedelta(**span)
        self.moment += dt.timedelta(**span)

    def reboot(self, boot: str) -> None:
        """Start the machine again: its seconds cannot be compared with those of before."""
        self.boot = boot
        self._waited = 60 - self.real().timestamp()


class RealClock:
    """What another machine's clock shows, which nobody sets."""

    def __init__(self, clock: FixedClock) -> None:
        self._clock = clock

    def now(self) -> dt.datetime:
        return self._clock.real()
