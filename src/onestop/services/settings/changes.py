"""What a save of 設定 changed, for 変更の履歴: each field, old and new; of secrets that they changed."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from onestop.services.settings.check import SECRETS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop.services.settings.form import SettingsForm

SettingChange = tuple[str, str | None, str | None]
"""Field, old and new; None for nothing."""
CHANGED: Final = "(変更)"


def changes_of(before: SettingsForm, after: SettingsForm, typed: SettingsForm) -> tuple[SettingChange, ...]:
    """Return what differs between what was stored and what is; of secrets, which `typed` has, only that they came."""
    return (*_fields(before, after), *((name, None, CHANGED) for name in SECRETS if getattr(typed, name).strip()))


def without_names(changes: tuple[SettingChange, ...]) -> tuple[SettingChange, ...]:
    """Return the changes for a history that is legible, as that of 練習モード is: not who the 検査員 are."""
    return tuple((field, None, CHANGED) if field == "inspectors" else (field, old, new) for field, old, new in changes)


def _fields(before: SettingsForm, after: SettingsForm) -> Iterator[SettingChange]:
    for each in dataclasses.fields(before):
        old, new = _text(getattr(before, each.name)), _text(getattr(after, each.name))
        if each.name not in SECRETS and old != new:
            yield each.name, old, new


def _text(value: str | bool) -> str | None:  # noqa: FBT001 - a field of the form
    return (value or None) if isinstance(value, str) else str(int(value))
