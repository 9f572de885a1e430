"""The world that a sandbox starts with: who has an account, which agents are known, what was filed before."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, TypeVar

from onestop_sandbox.agency import SCRIPTS
from onestop_sandbox.clock import moment_of

if TYPE_CHECKING:
    from pathlib import Path

    from onestop_sandbox.wire import Wire

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Account:
    """A contract user."""

    api_key: str
    password: str = field(repr=False)
    """As the world file has it; one that was set by 再設定 is hashed (`passwords.py`)."""
    organization: str
    initial: bool = False
    """The password is the one of the 利用登録通知書; nothing can be filed with it."""
    site_codes: tuple[str, ...] = ("0812345",)
    """Its 依頼人拠点コード."""


@dataclass(frozen=True, slots=True)
class OldFiling:
    """A filing from before; it stands still unless it names a script, which starts when the sandbox first starts."""

    filing_id: str
    api_key: str
    control_number: int
    chassis_number: str
    requested_at: str
    status: str = "受付前"
    oss_status: str | None = None
    status_updated_at: str | None = None
    message: str | None = None
    fees: tuple[Wire, ...] = ()
    requester_site_code: str = "0812345"
    vehicle_class: str = "普通"
    completed_at: str | None = None
    """When it was finished; AINAS forgets it 40 days later. Without it, it is never forgotten."""
    script: str | None = None
    """A name of `agency.SCRIPTS`; then status and oss_status are not looked at."""


@dataclass(frozen=True, slots=True)
class OldPolicy:
    """A policy from before."""

    certificate_number: str
    api_key: str
    control_number: int
    insurer: str
    chassis_number: str
    start_date: str
    """The day at whose noon it starts."""
    months: int
    premium: int
    contract_kind: str = "継続"
    registry_reported_at: str | None = None
    """When the 登録機関 got it; None: never."""


@dataclass(frozen=True, slots=True)
class OldCertificate:
    """A 保適証 from before; it stands still with the status given."""

    certificate_number: str
    api_key: str
    control_number: int
    chassis_number: str
    inspection_date: str
    issued_at: str
    application_kind: str = "OSS申請"
    status: str = "作成済"
    report_status: str | None = "未報告"
    insurance_match: str = "電子"
    message: str | None = None


@dataclass(frozen=True, slots=True)
class World:
    """Everything that is true before the first request."""

    accounts: tuple[Account, ...]
    agents: tuple[str, ...] = ("D0000123",)
    """The 代理人拠点ID that AINAS knows."""
    filings: tuple[OldFiling, ...] = ()
    policies: tuple[OldPolicy, ...] = ()
    certificates: tuple[OldCertificate, ...] = ()
    scripts: dict[str, str] = field(default_factory=dict)
    """What happens to a filing by its 車台番号 (a name of `agency.SCRIPTS`); others are finished."""

    @staticmethod
    def load(path: Path) -> World:
        """Read a world file: one JSON object with the names of this class and of the classes above.

        Raises:
            ValueError: It is not JSON, or a name is missing or unknown (a script's too), or a moment is none.
        """
        return World.of(json.loads(path.read_text(encoding="utf-8")))

    @staticmethod
    def of(document: Wire) -> World:
        """Read a world from its JSON object.

        Raises:
            ValueError: As in `load`.
        """
        if unknown := set(document) - {each.name for each in fields(World)} - {"meta"}:
            raise ValueError(f"a world has no {sorted(unknown)}")
        world = World(
            accounts=_all(Account, document["accounts"]),
            agents=tuple(document.get("agents", ["D0000123"])),
            filings=_all(OldFiling, document.get("filings", [])),
            policies=_all(OldPolicy, document.get("policies", [])),
            certificates=_all(OldCertificate, document.get("certificates", [])),
            scripts=dict(document.get("scripts", {})),
        )
        for moment in world.moments():
            moment_of(moment)
        named = {*world.scripts.values(), *(each.script for each in world.filings if each.script is not None)}
        if strange := named - set(SCRIPTS):
            raise ValueError(f"there is no script {sorted(strange)}")
        return world

    def moments(self) -> list[str]:
        """Return every moment that the world names."""
        filed = [
            text for each in self.filings for text in (each.requested_at, each.status_updated_at, each.completed_at)
        ]
        seen = [each.registry_reported_at for each in self.policies]
        made = [each.issued_at for each in self.certificates]
        return [text for text in (*filed, *seen, *made) if text is not None]


def _all(kind: type[Kind], entries: list[dict[str, Any]]) -> tuple[Kind, ...]:
    try:
        return tuple(kind(**{name: _frozen(value) for name, value in entry.items()}) for entry in entries)
    except TypeError as error:
        raise ValueError(f"{kind.__name__}: {error}") from error


def _frozen(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    return tuple(value) if isinstance(value, list) else value


DEFAULT_WORLD = World(
    accounts=(
        Account("TESTKEY", "999000", "株式会社カーネット自動車", initial=True),
        Account("READYKEY", "ready-password", "カーネット整備株式会社"),
    ),
    policies=(
        OldPolicy(
            certificate_number="A123456789",
            api_key="READYKEY",
            control_number=1,
            insurer="東京海上日動火災保険株式会社",
            chassis_number="ABC123",
            start_date="2024-12-20",
            months=24,
            premium=17650,
            registry_reported_at="2024-11-01T10:00:00+09:00",
        ),
    ),
)
"""A small world for tests: one account with its first password, one that is ready, one policy that AIRAS can see."""
