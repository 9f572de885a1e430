"""What a shop must have before it can file for the first time, as 照会 and 設定 list it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True, slots=True)
class NeededThing:
    """One thing that is needed, and the settings that show that it is there (none: only the clerk knows)."""

    text: str
    settings: tuple[str, ...] = ()


NEEDED: Final = (
    NeededThing("APIキーとAPI初期パスワード(利用登録通知書に記載)", ("api_key", "api_password")),
    NeededThing("拠点登録(AINASのWeb画面にログインし、Firefox ESRで行う)と依頼人拠点コード", ("requester_site_code",)),
    NeededThing("代理人の拠点コード(代理人から聞き、代理人拠点IDに入力)", ("agent_site_id",)),
    NeededThing("AINASのWebログイン(最初のパスワードは変更しておく)"),
)
"""In the order in which a shop gets them."""


def first_use_lines(missing: Collection[str]) -> tuple[str, ...]:
    """Return one line for each needed thing, with a sign for what is set (✓), missing (□) or not known here (・)."""
    return tuple(f"{_sign(thing, missing)} {thing.text}" for thing in NEEDED)


def _sign(thing: NeededThing, missing: Collection[str]) -> str:
    if not thing.settings:
        return "・"
    return "□" if any(name in missing for name in thing.settings) else "✓"
