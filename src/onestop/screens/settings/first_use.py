"""What a shop must have before it can file for the first time, as 照会 and 設定 list it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True, slots=True)
class NeededThing:
    """One thing of the manual's 必要情報, and the settings that show that it is there (none: only the clerk knows)."""

    text: str
    issuer: str
    """Who hands it out, and on which paper."""
    settings: tuple[str, ...] = ()
    use: str = ""
    """What it is for, or what to mind."""


NEEDED: Final = (
    NeededThing(
        "APIキー・API初期パスワード",
        "AINAS(利用登録通知書)",
        ("api_key", "api_password"),
        "入力したらすぐに再設定します。",
    ),
    NeededThing(
        "拠点登録と依頼人拠点コード",
        "AINASのWeb画面(Firefox ESR)",
        ("requester_site_code",),
        "こちらはログインID、初期パスワードを使う(APIキーではありません)。",
    ),
    NeededThing("代理人拠点コード", "代理人", ("agent_site_id",), "代理人拠点IDに入力します。"),
    NeededThing(
        "利用者登録情報(WebのログインID・初期パスワード)",
        "AINAS",
        use="初期パスワードは、Web画面で変更しておきます。",
    ),
)
"""In the order in which a shop needs them."""


def first_use_lines(missing: Collection[str]) -> tuple[str, ...]:
    """Return one line for each needed thing, with a sign for what is set (✓), missing (□) or not known here (・)."""
    return tuple(f"{_sign(thing, missing)} {thing.text} [発行: {thing.issuer}] {thing.use}" for thing in NEEDED)


def _sign(thing: NeededThing, missing: Collection[str]) -> str:
    if not thing.settings:
        return "・"
    return "□" if any(name in missing for name in thing.settings) else "✓"
