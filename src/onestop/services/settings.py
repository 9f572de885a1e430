"""設定: what the shop told the program about itself, its secrets, and the two-step 再設定 of the API password."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from onestop import errors
from onestop.gateway.address import services_url
from onestop.gateway.transport import Credentials
from onestop.services.settings_form import SettingsForm, SettingsState
from onestop.store.settings_file import Settings, load_settings, save_settings

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.gateway.ainas import Account, AinasClient
    from onestop.services.filing_form import FilingForm
    from onestop.store.keychain import ApiSecrets, Keychain, MemorySecrets


class SettingsService:
    """Reads and writes settings and secrets; knows what is missing before anything is filed."""

    def __init__(
        self,
        mode_file: Path,
        machine_file: Path,
        secrets: Keychain | MemorySecrets,
        ainas: AinasClient,
        address: str,
    ) -> None:
        """Take the settings of this mode (practice has its own), of this machine, and the secrets.

        Args:
            mode_file: site codes and defaults.
            machine_file: practice or real, and the services' URL; the same file as `mode_file` in real mode.
            secrets: the OS keychain, or memory where there is none.
            address: where this desk's requests go; empty while no 接続先 is set.
            ainas: asked for 接続確認 and 再設定 with credentials of their own, to try a password.
        """
        self._mode_file = mode_file
        self._machine_file = machine_file
        self._secrets = secrets
        self._ainas = ainas
        self._address = address

    def state(self) -> SettingsState:
        """Return everything that 設定 shows; secrets themselves never leave."""
        mode, machine, secrets = self._mode(), self._machine(), self._secrets.read()
        form = SettingsForm(
            requester_site_code=mode.requester_site_code,
            agent_site_id=mode.agent_site_id,
            certificate_update=mode.certificate_update,
            recording_contract_number=mode.recording_contract_number,
            practice=machine.practice,
            services_url=machine.services_url,
        )
        return SettingsState(
            form,
            has_api_key=bool(secrets.api_key),
            has_api_password=bool(secrets.api_password),
            reset_pending=bool(secrets.pending_password),
            in_keychain=self._secrets.remembers,
            missing=self.missing(),
        )

    def save(self, form: SettingsForm) -> None:
        """F9 保存.

        Raises:
            InvalidInput: 接続先URL is no address that may be used; nothing was changed.
            KeychainUnavailable: the secrets could not be stored; nothing else was changed either.
        """
        if form.services_url.strip():
            services_url(form.services_url)
        self._save_secrets(form)
        mode = self._mode().model_copy(
            update={
                "requester_site_code": form.requester_site_code.strip(),
                "agent_site_id": form.agent_site_id.strip(),
                "certificate_update": form.certificate_update.strip(),
                "recording_contract_number": form.recording_contract_number.strip(),
            }
        )
        save_settings(self._mode_file, mode)
        machine = self._machine().model_copy(
            update={"practice": form.practice, "services_url": form.services_url.strip()}
        )
        save_settings(self._machine_file, machine)

    def _save_secrets(self, form: SettingsForm) -> None:
        old = self._secrets.read()
        new = dataclasses.replace(
            old, api_key=form.api_key.strip() or old.api_key, api_password=form.api_password or old.api_password
        )
        if new.api_key != old.api_key:
            new = dataclasses.replace(new, pending_password="")
        if new != old:
            self._secrets.write(new)

    def missing(self) -> tuple[str, ...]:
        """Return the English names of what filing needs and is not there."""
        mode, secrets = self._mode(), self._secrets.read()
        needed = {
            "api_key": secrets.api_key,
            "api_password": secrets.api_password,
            "requester_site_code": mode.requester_site_code,
            "agent_site_id": mode.agent_site_id,
            "services_url": self._address,
        }
        return tuple(name for name, value in needed.items() if not value)

    def credentials(self) -> Credentials | None:
        """Return what requests are signed with; None while it is not set."""
        secrets = self._secrets.read()
        return Credentials(secrets.api_key, secrets.api_password) if secrets.api_key and secrets.api_password else None

    def sites(self) -> tuple[str, str]:
        """Return 依頼人拠点コード and 代理人拠点ID.

        Raises:
            NotConfigured: something that filing needs is missing.
        """
        missing = self.missing()
        if missing:
            raise errors.NotConfigured(*missing)
        mode = self._mode()
        return mode.requester_site_code, mode.agent_site_id

    def remember_text_scale(self, percent: int) -> None:
        """Keep the size of all text for the next start."""
        machine = self._machine().model_copy(update={"text_scale": percent})
        save_settings(self._machine_file, machine)

    def with_defaults(self, form: FilingForm) -> FilingForm:
        """Fill 電子車検証更新区分 and 委託番号 of a new filing from 設定."""
        mode = self._mode()
        return dataclasses.replace(
            form,
            certificate_update=mode.certificate_update,
            recording_contract_number=mode.recording_contract_number,
        )

    def check_connection(self) -> Account:
        """接続確認: whose credentials these are. A 再設定 whose end is unknown is cleared up on the way.

        Raises:
            NotConfigured: key or password is missing.
            ServiceError: AINAS refused or could not be asked.
        """
        self.recover_reset()
        return self._ainas.account(self._signed(self._complete().api_password))

    def reset_password(self, new_password: str) -> None:
        """AINAS連携APIパスワード再設定, in two steps: the new one is stored as pending before AINAS is told.

        Raises:
            InvalidInput: AINAS would not take this password.
            KeychainUnavailable: it could not be stored, so nothing was sent.
            ServiceError: AINAS refused, or its answer was lost (then 接続確認 finds out which one is right).
        """
        self.recover_reset()
        secrets = self._complete()
        self._secrets.write(dataclasses.replace(secrets, pending_password=new_password))
        try:
            self._ainas.reset_password(new_password, self._signed(secrets.api_password))
        except errors.NoAnswer:
            if not self.recover_reset():
                raise
        except (errors.ServiceError, errors.InvalidInput):
            self._secrets.write(dataclasses.replace(secrets, pending_password=""))
            raise
        else:
            self._promote(new_password)

    def recover_reset(self) -> bool:
        """Find out whether a 再設定 whose end is unknown took place; True when the pending password is now in force.

        A pending password that AINAS refuses is kept: the change may still be on its way.

        Raises:
            ServiceError: AINAS could not be asked; nothing was changed.
        """
        secrets = self._secrets.read()
        if not (secrets.api_key and secrets.pending_password):
            return False
        try:
            self._ainas.account(self._signed(secrets.pending_password))
        except errors.CredentialsRefused:
            return False
        self._promote(secrets.pending_password)
        return True

    def _promote(self, password: str) -> None:
        secrets = self._secrets.read()
        self._secrets.write(dataclasses.replace(secrets, api_password=password, pending_password=""))

    def _complete(self) -> ApiSecrets:
        secrets = self._secrets.read()
        missing = [name for name in ("api_key", "api_password") if not getattr(secrets, name)]
        if missing:
            raise errors.NotConfigured(*missing)
        return secrets

    def _mode(self) -> Settings:
        return load_settings(self._mode_file).settings

    def _machine(self) -> Settings:
        return load_settings(self._machine_file).settings

    def _signed(self, password: str) -> Credentials:
        return Credentials(self._secrets.read().api_key, password)
