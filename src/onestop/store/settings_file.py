"""The settings file: what a desk prefers, as JSON. Secrets are never in it (store/keychain.py)."""

from __future__ import annotations

import datetime as dt
import json
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from onestop.files import patiently, written_whole
from onestop.model.working_days import YEAR_END
from onestop.paths import make_private, make_private_file
from onestop.store.failures import translate_file_errors

if TYPE_CHECKING:
    from pathlib import Path

SMALLEST_TEXT: Final = 50
LARGEST_TEXT: Final = 300
_AT_THE_FILE: Final = threading.RLock()
"""Held while a file is read or replaced: Windows refuses to replace one that another thread of ours reads."""


class _Part(BaseModel):
    # what a newer program wrote and this one doesn't know is kept; errors do not repeat what stood there
    model_config = ConfigDict(frozen=True, extra="allow", hide_input_in_errors=True)


class ServiceHours(_Part):
    """When a service, or an office, answers: each day from `opens` to `closes`, in Japan."""

    opens: dt.time
    closes: dt.time
    weekdays_only: bool = False


class HoursTable(_Part):
    """DOMAIN §10: values of 2017, so they can be changed here. All are closed at the turn of the year."""

    airas: ServiceHours = ServiceHours(opens=dt.time(8), closes=dt.time(20))
    ainas: ServiceHours = ServiceHours(opens=dt.time(8), closes=dt.time(22))
    agent: ServiceHours = ServiceHours(opens=dt.time(9), closes=dt.time(16, 45), weekdays_only=True)
    """日整連."""
    closed_from: str = Field(YEAR_END[0], pattern="^[01][0-9]-[0-3][0-9]$")
    """MM-DD, the first day of the new year's holidays."""
    closed_to: str = Field(YEAR_END[1], pattern="^[01][0-9]-[0-3][0-9]$")


class InspectorEntry(_Part):
    """One 検査員 of this workshop."""

    code: str
    """検査員コード, 8 digits."""
    name: str = Field(repr=False)


class PrintOffsetEntry(_Part):
    """How far one form is moved on the paper, in mm."""

    form: str
    """Its title."""
    right_mm: float = 0.0
    down_mm: float = 0.0


class WindowEntry(_Part):
    """Where the windows of a kind stood last, in pixels of the screen's scale."""

    kind: str
    left: int
    top: int
    width: int = Field(ge=1)
    height: int = Field(ge=1)
    maximised: bool = False
    columns: dict[str, tuple[int, ...]] = {}
    """Widths that were chosen for the columns of its tables, by the tables' names."""


class Settings(_Part):
    """Everything that 設定 keeps besides the secrets, and what was used last."""

    practice: bool = True
    """練習モード: the embedded services, and a database of its own."""
    desk_id: str = Field("", pattern="^[0-9a-f]*$")
    """Under which name this desk's secrets lie in the keychain; given at the first opening."""
    services_url: str = ""
    """Where the real services are; https, or http on this machine."""
    database_url: str = Field(default="", repr=False)
    """接続先データベース: the server that several desks share; empty: this machine alone. Never with a password."""
    requester_site_code: str = ""
    """依頼人拠点コード."""
    agent_site_id: str = ""
    """代理人拠点ID."""
    certificate_update: str = ""
    """電子車検証更新区分 of a new filing; empty leaves it as registered."""
    recording_contract_number: str = ""
    """委託番号 of a new filing."""
    workshop_code: str = ""
    """整備工場コード, such as 11-1234."""
    workshop_name: str = ""
    """事業場の名称, as it stands on what is printed."""
    inspectors: tuple[InspectorEntry, ...] = ()
    """検査員 who wait to be taken into the database: earlier programs left them here."""
    oss_charge: int | None = Field(None, ge=0, le=999_999)
    """OSS申請費用 that stands in 見積書, yen."""
    text_scale: int = Field(100, ge=SMALLEST_TEXT, le=LARGEST_TEXT)
    """Size of all text in %."""
    lock_minutes: int = Field(0, ge=0, le=600)
    """After how many minutes without a key the desk is locked, where the shop has operators; 0 for never."""
    settle_after_seconds: int = Field(180, ge=1, le=86_400)
    """How long after a lost answer "not found" may be believed.

    Over a network never less than 150 s: longer than we wait for an answer (services/delivery/table.py)."""
    hours: HoursTable = HoursTable()
    last_import_folder: str = Field(default="", repr=False)
    """Where 取込 looked last."""
    watched_folder: str = Field(default="", repr=False)
    """Where files of the 車検証閲覧アプリ arrive; empty for nowhere."""
    scanner_port: str = Field(default="", max_length=255)
    """Where a scanner at a serial port is; empty for none."""
    scanner_speed: str = Field(default="9600", pattern=r"^[1-9]\d{2,5}$")
    """Bits a second there."""
    last_export_folder: str = Field(default="", repr=False)
    second_backup_folder: str = Field(default="", repr=False)
    """Where a copy of each backup of the real desk goes; empty for nowhere."""
    update_address: str = ""
    """Where a notice of newer versions is looked for; empty, as it is at first: nowhere."""
    update_version: str = Field("0.0.0", pattern=r"^\d{1,4}\.\d{1,4}\.\d{1,4}$")
    """The newest version that was heard of."""
    update_issued: AwareDatetime | None = None
    """Of when that notice was."""
    print_offsets: tuple[PrintOffsetEntry, ...] = ()
    """Of the forms that are moved at all."""
    windows: tuple[WindowEntry, ...] = ()
    """Of the kinds of window that were open here before."""


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings, and what could not be read of them, for the clerk to be told."""

    settings: Settings
    found: bool = True
    """Whether there is a file."""
    put_aside: Path | None = None
    """Where a file lies now that could not be read, or not all of it; None normally."""
    dropped: tuple[str, ...] = ()
    """The settings in it that could not be used; none are named when nothing of it could."""


def load_settings(path: Path) -> LoadedSettings:
    """Read the settings; without a file they are the defaults.

    A setting that cannot be used has its default; nothing else is lost. A file that cannot be understood at all is
    taken for that of a real desk, which then has no address and sends nothing: real work never turns into practice
    by itself. What was found is kept beside it as settings.broken.json.

    Raises:
        StoreError: The file is there and cannot be read, or not be put right.
    """
    with _AT_THE_FILE:
        with translate_file_errors():
            try:
                text = patiently(path.read_bytes)
            except FileNotFoundError:
                return LoadedSettings(Settings(), found=False)
        try:
            return LoadedSettings(Settings.model_validate_json(text))
        except ValidationError as error:
            wrong = {str(problem["loc"][0]) for problem in error.errors(include_input=False) if problem["loc"]}
        settings = _rest_of(text, wrong)
        aside = _put_aside(path, text)
        save_settings(path, settings)
        return LoadedSettings(settings, put_aside=aside, dropped=tuple(sorted(wrong)))


def _rest_of(text: bytes, wrong: set[str]) -> Settings:
    found: dict[str, Any] = json.loads(text) if wrong else {}
    rest = {name: value for name, value in found.items() if name not in wrong}
    if not found or "practice" in wrong:
        rest["practice"] = False
    return Settings.model_validate_json(json.dumps(rest))


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings whole or not at all: a power cut leaves the old file or the new one.

    Raises:
        StoreError: The file cannot be written; the old one stands.
    """
    with _AT_THE_FILE, translate_file_errors():
        make_private(path.parent)
        with written_whole(path, durably=True) as part:
            patiently(lambda: part.write_text(settings.model_dump_json(indent=2), encoding="utf-8"))


def _put_aside(path: Path, text: bytes) -> Path:
    aside = path.with_name(f"{path.stem}.broken{path.suffix}")
    with translate_file_errors():
        make_private_file(aside)
        aside.write_bytes(text)
    return aside
