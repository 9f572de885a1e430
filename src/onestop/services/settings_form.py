"""The form of 設定 as the clerk types it, and what is shown beside it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsForm:
    """The fields of 設定 as typed. A secret left empty stays as it is stored."""

    api_key: str = dataclasses.field(default="", repr=False)
    api_password: str = dataclasses.field(default="", repr=False)
    requester_site_code: str = ""
    agent_site_id: str = ""
    certificate_update: str = ""
    recording_contract_number: str = ""
    practice: bool = True
    services_url: str = ""


@dataclass(frozen=True, slots=True)
class SettingsState:
    """What 設定 shows beside the fields: which secrets are stored, and where."""

    form: SettingsForm
    has_api_key: bool
    has_api_password: bool
    reset_pending: bool
    """A 再設定 was begun and its end is not known; 接続確認 finds out."""
    in_keychain: bool
    """False: secrets live in memory until the program ends."""
    missing: tuple[str, ...]
    """English names of what filing needs and is not there."""
