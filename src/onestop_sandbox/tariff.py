"""What a policy costs, read from a dated premium table (resources/rates/jibaiseki.json)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from onestop_sandbox.wire import Wire


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
        """Return yen; None where no table of that day, the 保険始期, has a row for these months.

        A class is named by its key, its label, or its label with 自動車 behind it.
        """
        names = (rate_class, rate_class.removesuffix("自動車"))
        name = next((key for key, label in self.labels.items() if key == rate_class or label in names), None)
        for table in self.tables:
            if table["from"] <= start.isoformat() and (table["to"] is None or start.isoformat() <= table["to"]):
                yen: int | None = table["rates"].get(name, {}).get(str(months))
                return yen
        return None
