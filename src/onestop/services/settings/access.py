"""Access to AINAS: 接続確認, and the two-step 再設定 of the API password."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from onestop import errors
from onestop.gateway.ainas import check_new_password
from onestop.gateway.transport import Credentials

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from onestop.gateway.ainas import Account, AinasClient
    from onestop.store.keychain import ApiSecrets, Keychain, MemorySecrets


class ServiceAccess:
    """What this desk signs with, tried and changed."""

    def __init__(
        self, secrets: Keychain | MemorySecrets, ainas: AinasClient, writing: AbstractContextManager[bool]
    ) -> None:
        """`ainas` is asked with credentials of their own, to try a password; `writing` is held over each change."""
        self._secrets = secrets
        self._ainas = ainas
        self._writing = writing

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

        An earlier 再設定 whose end is unknown is brought to its end first, so that there is never more than one
        password besides the present one that could be right.

        Raises:
            InvalidInput: AINAS would not take this password; nothing was changed.
            KeychainUnavailable: it could not be stored, so nothing was sent.
            ServiceError: AINAS refused, or its answer was lost (then 接続確認 finds out which one is right).
        """
        check_new_password(new_password)
        with self._writing:
            self._finish_earlier()
            secrets = self._complete()
            self._secrets.write(dataclasses.replace(secrets, pending_password=new_password))
            try:
                self._ainas.reset_password(new_password, self._signed(secrets.api_password))
            except errors.NoAnswer:
                if not self.recover_reset():
                    raise
            except errors.CredentialsRefused:  # also what a request hears that was repeated on its way
                if not self.recover_reset():
                    self._drop_pending()
                    raise
            except errors.ServiceError:
                self._drop_pending()
                raise
            else:
                self._promote(new_password)

    def recover_reset(self) -> bool:
        """Find out whether a 再設定 whose end is unknown took place; True when the pending password is now in force.

        A pending password that AINAS refuses is kept: the change may still be on its way.

        Raises:
            KeychainUnavailable: the secrets cannot be read or written; nothing was changed.
            ServiceError: AINAS could not be asked; nothing was changed.
        """
        with self._writing:
            secrets = self._secrets.read()
            if not (secrets.api_key and secrets.pending_password):
                return False
            try:
                self._ainas.account(self._signed(secrets.pending_password))
            except errors.CredentialsRefused:
                return False
            self._promote(secrets.pending_password)
            return True

    def _finish_earlier(self) -> None:
        secrets = self._complete()
        if not secrets.pending_password or self.recover_reset():
            return
        try:
            self._ainas.reset_password(secrets.pending_password, self._signed(secrets.api_password))
        except errors.Refused:  # the same words are refused now, so they were never taken
            self._drop_pending()
        else:
            self._promote(secrets.pending_password)

    def _promote(self, password: str) -> None:
        secrets = self._secrets.read()
        self._secrets.write(dataclasses.replace(secrets, api_password=password, pending_password=""))

    def _drop_pending(self) -> None:
        self._secrets.write(dataclasses.replace(self._secrets.read(), pending_password=""))

    def _complete(self) -> ApiSecrets:
        secrets = self._secrets.read()
        missing = [name for name in ("api_key", "api_password") if not getattr(secrets, name)]
        if missing:
            raise errors.NotConfigured(*missing)
        return secrets

    def _signed(self, password: str) -> Credentials:
        return Credentials(self._secrets.read().api_key, password)
