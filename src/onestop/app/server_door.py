"""What is done about the server's database while the desk is not open: its address and its password are kept."""

from __future__ import annotations

import dataclasses
from functools import partial
from typing import TYPE_CHECKING

from onestop.app.opening import real_secrets
from onestop.services.server_door import ServerDoor
from onestop.store.failures import translate_file_errors
from onestop.store.instance import claim
from onestop.store.moved import check_here
from onestop.store.postgres.connecting import try_server
from onestop.store.settings_file import load_settings, save_settings

if TYPE_CHECKING:
    from onestop.app.start import Start


def door_of(start: Start) -> ServerDoor:
    """Return the way to the server at which the last opening failed."""
    return ServerDoor(start.at_start.database_url, bool(start.database_url), partial(take, start))


def take(start: Start, url: str, password: str) -> None:
    """Try an address with a password, the known one where none was typed, and keep both for the next opening.

    Raises:
        InvalidInput: The address is none.
        KeychainUnavailable: The keychain is locked or does not answer; nothing was changed.
        WrongFolder: The data of this machine were moved to a server; nothing was changed.
        DataFolderInUse: Another instance works in the folder; nothing was changed.
        StoreError: The server does not let this desk in (then nothing was changed), or the settings cannot be written.
    """
    url, typed = url.strip(), password.strip()
    with claim(start.folder), translate_file_errors():
        secrets = real_secrets(start)
        known = secrets.read()
        new = dataclasses.replace(known, database_password=typed or known.database_password)
        if url:
            try_server(url, new.database_password)
        else:
            check_here(start.folder)
        if new != known:
            secrets.write(new)
        settings = load_settings(start.folder.settings).settings
        if not start.database_url and settings.database_url != url:
            save_settings(start.folder.settings, settings.model_copy(update={"database_url": url}))
