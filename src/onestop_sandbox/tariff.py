"""What a policy costs, read from a dated premium table (resources/rates/jibaiseki.json)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from onestop_sandbox.wire import Wire

_SUFFIX = "自動車"


@dataclass(frozen=True, slots=True)
class Tariff:
    """All dated tables of one file."""

    labels: dict[str, str]
    tables: tuple[Wire, ...]

    @staticmethod
    def load(path: Path) -> Tariff:
        """Read a premium file."""
        document = json.loads(path.read_text(encoding="utf-8"))
        return Tariff(document["meta"]["labels"], tuple(document["tables"]))

    def premium(self, rate_class: str, start: dt.date, months: int) -> int | None:
        """Return yen; None where no table of that day has a row for these months.

        Args:
            rate_class: A class by its key, its label, or its label with 自動車 behind it.
            start: 保険始期; it alone decides which table holds.
            months: 1 to 37.
        """
        name = self._class_of(rate_class)
        for table in self.tables:
            if table["from"] <= start.isoformat() and (table["to"] is None or start.isoformat() <= table["to"]):
                yen: int | None = table["rates"].get(name, {}).get(str(months))
                return yen
        return None

    def _class_of(self, rate_class: str) -> str | None:
        names = (rate_class, rate_class.removesuffix(_SUFFIX))
        return next((key for key, label in self.labels.items() if key == rate_class or label in names), None)
