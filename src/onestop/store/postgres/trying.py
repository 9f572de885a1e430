"""Whether a server lets this desk in, before its address is kept."""

from __future__ import annotations

from onestop.store.postgres.connecting import Door
from onestop.store.postgres.failures import translate_server_errors
from onestop.store.postgres.place import parse_place


def try_server(url: str, password: str) -> None:
    """Connect to a server's database, and leave it at once.

    Raises:
        InvalidInput: The address is none.
        StoreError: The server is not there, or does not let this desk in.
    """
    with translate_server_errors():
        Door(parse_place(url), password).connect().close()
