"""The form of 設定 as it is stored and as the clerk types it, and what is shown beside it."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from onestop.errors import InvalidInput, Problem
from onestop.model.text import fold_hyphens, to_code, to_half_width, whole_number, without_unseen

if TYPE_CHECKING:
    from onestop.model.inspector import Inspector
    from onestop.store.keychain import ApiSecrets
    from onestop.store.settings_file import Settings

WORKSHOP_CODE: Final = re.compile("[0-9]{2}-[0-9]{1,5}")
"""整備工場コード: 支局コード-指定番号 (contract airas.yaml)."""
SPEEDS: Final = ("9600", "19200", "38400", "57600", "115200", "4800", "2400", "1200")
"""Bits a second of a serial port: first what scanners are delivered with."""
HIGHEST_CHARGE: Final = 999_999
"""Yen; a figure beyond is a slip of the hand."""
CODE_LENGTH: Final = 8
"""Digits of a 検査員コード, padded with 0 on the left (contract airas.yaml)."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """Who issues 保適証 here: the 整備工場コード, the 検査員, and the 事業場の名称 for what is printed."""

    code: str = ""
    inspectors: tuple[Inspector, ...] = ()
    name: str = ""
    oss_charge: int | None = None
    """OSS申請費用, yen; None: the shop names none."""

    def name_of(self, code: str) -> str:
        """Return the name of the 検査員 with this code; empty when there is none."""
        return next((each.name for each in self.inspectors if each.code == code), "")


@dataclass(frozen=True, slots=True)
class RecordingDefaults:
    """What 設定 says of 記録等事務 for a new filing; empty where it says nothing."""

    certificate_update: str = ""
    contract_number: str = dataclasses.field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ScannerLine:
    """Where a scanner at a serial port is; no port: there is none."""

    port: str = ""
    speed: int = int(SPEEDS[0])
    """Bits a second."""


NO_LINE: Final = ScannerLine()


@dataclass(frozen=True, slots=True)
class Connection:
    """Where a desk's requests go now."""

    address: str
    """Empty while no 接続先 is set."""
    given_at_start: bool = False
    """Practice or the address was said at the start, whatever is stored."""
    database_url: str = dataclasses.field(default="", repr=False)
    """接続先データベース that was said at the start; empty for what is stored."""


@dataclass(frozen=True, slots=True)
class PrintOffset:
    """How far everything is moved on the paper, in mm: to the right and down, for printers that feed askew."""

    right_mm: float = 0.0
    down_mm: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsForm:
    """The fields of 設定 as typed. A secret left empty stays as it is stored."""

    api_key: str = dataclasses.field(default="", repr=False)
    api_password: str = dataclasses.field(default="", repr=False)
    requester_site_code: str = ""
    agent_site_id: str = ""
    certificate_update: str = ""
    recording_contract_number: str = ""
    workshop_code: str = ""
    workshop_name: str = ""
    inspectors: str = dataclasses.field(default="", repr=False)
    """One 検査員 on each line: the code, a blank, the name."""
    oss_charge: str = ""
    """OSS申請費用 for 見積書, yen; empty for none."""
    second_backup_folder: str = dataclasses.field(default="", repr=False)
    """A folder for a copy of each backup; empty for none."""
    watched_folder: str = dataclasses.field(default="", repr=False)
    """A folder in which files of the 車検証閲覧アプリ arrive; empty for none."""
    scanner_port: str = ""
    """Where a scanner at a serial port is, such as COM3; empty for none."""
    scanner_speed: str = SPEEDS[0]
    update_address: str = ""
    """Where a notice of newer versions is looked for; empty for nowhere."""
    practice: bool = True
    services_url: str = ""
    database_url: str = dataclasses.field(default="", repr=False)
    """接続先データベース; empty for one on this machine."""
    database_password: str = dataclasses.field(default="", repr=False)


BESIDE: Final = (
    *("second_backup_folder", "watched_folder", "scanner_port", "scanner_speed", "update_address"),
    "database_url",
)
"""Neither a code of the shop nor a word on paper: stored without blanks at their ends."""
AS_STORED: Final = (
    *("requester_site_code", "agent_site_id", "certificate_update", "recording_contract_number", "workshop_code"),
    *("workshop_name", "practice", "services_url", *BESIDE),
)


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
    practising: bool = False
    """練習モード: key and password are built in."""
    connection: Connection = Connection("")
    has_database_password: bool = False


def read_workshop_code(typed: str) -> str:
    """Return a 整備工場コード in half width; empty for nothing typed.

    Raises:
        InvalidInput: it has another shape than 11-1234.
    """
    code = fold_hyphens(to_code(without_unseen(typed))).strip()
    if code and not WORKSHOP_CODE.fullmatch(code):
        raise InvalidInput(Problem("workshop_code", "整備工場コードは 11-1234 の形で入力してください。"))
    return code


def read_charge(typed: str) -> int | None:
    """Return OSS申請費用 in yen; None for nothing typed.

    Raises:
        InvalidInput: it is no sum of money that a shop could mean.
    """
    figures = to_half_width(typed).strip().removeprefix("¥").removesuffix("円").replace(",", "").strip()
    if not figures:
        return None
    charge = whole_number(figures, HIGHEST_CHARGE)
    if charge is None:
        raise InvalidInput(Problem("oss_charge", f"OSS申請費用は {HIGHEST_CHARGE:,} までの数字で入力してください。"))
    return charge


def shown_charge(charge: int | None) -> str:
    """Return the text that `read_charge` reads."""
    return "" if charge is None else str(charge)


def meant_inspector_code(typed: str) -> str | None:
    """Return the 検査員コード that figures with hyphens stand for: 00112345 of 1-12345; None for anything else."""
    typed = fold_hyphens(to_half_width(typed)).strip()
    figures = typed.replace("-", "")
    if figures == typed or not (figures.isascii() and figures.isdigit() and len(figures) <= CODE_LENGTH):
        return None
    return figures.zfill(CODE_LENGTH)


def hyphened_code(typed: str, field: str) -> Problem | None:
    """Return what is wrong with a 検査員コード such as 1-12345, which is no name either, and propose the right one."""
    meant = meant_inspector_code(typed)
    if meant is None:
        return None
    return Problem(field, f"検査員コードは数字だけです。「{typed.strip()}」は「{meant}」ではありませんか。")


def read_inspectors(typed: str) -> tuple[Inspector, ...]:
    """Read 検査員, one on each line; short codes are padded with 0 on the left.

    Raises:
        InvalidInput: a line is no code and name, or a code stands there twice.
    """
    lines = [line for line in typed.splitlines() if line.strip()]
    inspectors = tuple(_inspector(line) for line in lines)
    if len({each.code for each in inspectors}) < len(inspectors):
        raise InvalidInput(Problem("inspectors", "同じ検査員コードが2回あります。"))
    return inspectors


def inspectors_as_text(inspectors: tuple[Inspector, ...]) -> str:
    """Return the lines that `read_inspectors` reads."""
    return "\n".join(f"{each.code} {each.name}" for each in inspectors)


def _inspector(line: str) -> Inspector:
    first, name = (*line.split(maxsplit=1), "")[:2]
    code = to_half_width(without_unseen(first))
    hyphened = hyphened_code(first, "inspectors")
    if hyphened:
        raise InvalidInput(hyphened)
    if not (code.isascii() and code.isdigit() and len(code) <= CODE_LENGTH and name.strip()):
        text = "検査員は1行に1人、「00112345 検査一郎」のように番号(8桁まで)と名前を入力してください。"
        raise InvalidInput(Problem("inspectors", text))
    from onestop.model.inspector import Inspector  # noqa: PLC0415 - SQLAlchemy loads here, after the first answer of 照会

    return Inspector(code=code.zfill(CODE_LENGTH), name=name.strip())


def form_of_settings(settings: Settings, inspectors: tuple[Inspector, ...]) -> SettingsForm:
    """Return the form; secrets never stand in it."""
    as_stored: dict[str, Any] = {name: getattr(settings, name) for name in AS_STORED}
    return SettingsForm(
        **as_stored,
        inspectors=inspectors_as_text(inspectors),
        oss_charge=shown_charge(settings.oss_charge),
    )


def missing_of(settings: Settings, secrets: ApiSecrets, address: str) -> tuple[str, ...]:
    """Return the English names of what filing needs and is not there."""
    needed = {
        "api_key": secrets.api_key,
        "api_password": secrets.api_password,
        "requester_site_code": settings.requester_site_code,
        "agent_site_id": settings.agent_site_id,
        "services_url": address,
    }
    return tuple(name for name, value in needed.items() if not value)
