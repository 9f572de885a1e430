"""Writes tests/migrations/files/<version>.sql: a database of this release with data in it, as text.

Run once when a release is made, from the top of the repository: `python tests/migrations/make_release_file.py`.
A file that was written for a release is never changed again; every later program must be able to open it. Where a
migration went out without a new version, its number stands behind the version: 0.3.0-0002.sql.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from onestop import VERSION  # noqa: E402 - the path is set up first
from onestop.model.filing import FilingFee  # noqa: E402 - the same
from onestop.model.sending_state import Sending  # noqa: E402 - the same
from support.builders import (  # noqa: E402 - the same
    BUILT_AT,
    a_conformity_certificate,
    a_filing,
    a_vehicle,
    an_insurance_certificate,
)
from support.databases import a_database  # noqa: E402 - the same


def fill(folder: Path) -> Path:
    """Make a database with every kind of record in it."""
    with a_database(folder) as database, database.write() as shelves:
        shelves.vehicles.add(a_vehicle(owner_name="髙橋　一郎", note_info="備考\n二行目"))
        shelves.vehicles.add(a_vehicle(plate="成田500さ12", chassis_number="国[01]00001国", officially_stamped=True))
        shelves.filings.add(a_filing())
        shelves.filings.add(
            a_filing(
                vehicle_id=2,
                plate="成田500さ12",
                sending=Sending.FILED,
                request_key="00000000-0000-4000-8000-000000000002",
                payload='{"control_number": "2"}',
                filing_id="1000000008",
                requested_at=BUILT_AT,
                status="手続完了",
                oss_status="手続(交付)完了",
                fees=[FilingFee(position=1, kind="検査登録手数料", amount=1800, due_date=dt.date(2026, 12, 1))],
            )
        )
        shelves.filings.delete(shelves.filings.add(a_filing(vehicle_id=2)).control_number)
        shelves.insurance.add(an_insurance_certificate())
        shelves.conformity.add(a_conformity_certificate())
        shelves.typing.put("filing/1", '{"user_name": "見本"}', BUILT_AT)
    return database.path


def main() -> None:
    """Write the file of this release."""
    with tempfile.TemporaryDirectory() as folder:
        with closing(sqlite3.connect(fill(Path(folder)))) as raw:
            lines = "\n".join(raw.iterdump())
        (HERE / "files" / f"{VERSION}.sql").write_text(lines + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
