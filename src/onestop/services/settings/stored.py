"""What is stored of 設定, as its form shows it and as the other services use it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onestop.services.settings.form import (
    AS_STORED,
    SettingsForm,
    Workshop,
    inspectors_as_text,
    shown_charge,
)

if TYPE_CHECKING:
    from onestop.model.inspector import Inspector
    from onestop.store.keychain import ApiSecrets
    from onestop.store.settings_file import Settings


def form_of_settings(settings: Settings, inspectors: tuple[Inspector, ...]) -> SettingsForm:
    """Return the form; secrets never stand in it."""
    as_stored: dict[str, Any] = {name: getattr(settings, name) for name in AS_STORED}
    return SettingsForm(
        **as_stored,
        inspectors=inspectors_as_text(inspectors),
        oss_charge=shown_charge(settings.oss_charge),
    )


def workshop_of(settings: Settings, inspectors: tuple[Inspector, ...]) -> Workshop:
    """Return who issues 保適証 here, and what the shop charges."""
    return Workshop(settings.workshop_code, inspectors, settings.workshop_name, settings.oss_charge)


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
