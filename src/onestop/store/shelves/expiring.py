"""How many cars have their 満了日 on each day, counted in the index of 満了日 alone."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from onestop.store.prepared import Prepared, stored_day

if TYPE_CHECKING:
    from onestop.store.driver import Driver

_BY_DAY: Final = Prepared(
    "SELECT expiry_date, count(*) FROM vehicle WHERE expiry_date >= :first AND expiry_date < :behind GROUP BY 1",
    {0: stored_day},
    {"first": dt.date.isoformat, "behind": dt.date.isoformat},
)


def expiring_by_day(driver: Driver, first: dt.date, days: int) -> dict[dt.date, int]:
    """Return for so many days from the first how many cars have their 満了日 then; days without any are left out."""
    found = _BY_DAY.rows(driver, {"first": first, "behind": first + dt.timedelta(days=days)})
    return dict(map(tuple, found))
