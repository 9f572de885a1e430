"""Secrets: stored one by one, read back, never shown; the keychain is chosen by the code alone."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest
from keyring.backend import KeyringBackend
from keyring.compat import properties
from keyring.errors import KeyringError, KeyringLocked

from onestop.errors import InvalidInput, KeychainForeign, KeychainLocked, KeychainUnavailable
from onestop.store import keychain as keychain_module
from onestop.store.keychain import LONGEST, ApiSecrets, Keychain, MemorySecrets, open_keychain

SECRETS = ApiSecrets("key-1", "password-1", "pending-1")


class FakeBackend(KeyringBackend):
    """A keychain of this test; `broken` makes the named calls fail."""

    priority: float = 1

    def __init__(self, *broken: str, error: type[KeyringError] = KeyringError) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring's
        self.error = error
        self.entries: dict[tuple[str, str], str] = {}
        self.broken = broken
        self.calls: list[tuple[str, str]] = []

    def get_password(self, service: str, username: str) -> str | None:
        self._call("get", service)
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._call("set", service)
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._call("delete", service)
        del self.entries[service, username]

    def _call(self, verb: str, service: str) -> None:
        if verb in self.broken:
            msg = "values that must not be shown"
            raise self.error(msg)
        if verb != "get":
            self.calls.append((verb, service))


class ForgetfulBackend(FakeBackend):
    """Takes everything and keeps the first half."""

    def set_password(self, service: str, username: str, password: str) -> None:
        super().set_password(service, username, password[: len(password) // 2])


class ByteBackend(FakeBackend):
    """Keeps bytes and takes them for UTF-16, as Windows' does."""

    def __init__(self) -> None:
        super().__init__()
        self.written: dict[tuple[str, str], bytes] = {}

    def get_password(self, service: str, username: str) -> str | None:
        found = self.written.get((service, username))
        return None if found is None else found.decode("utf-16-le")

    def set_password(self, service: str, username: str, password: str) -> None:
        self.written[service, username] = password.encode("utf-16-le")


class RoamingBackend(FakeBackend):
    """Keeps entries for every machine of the domain, unless told otherwise."""

    persist = "enterprise"


class MissingBackend(FakeBackend):
    """Does not work on this machine."""

    @properties.classproperty
    def priority(cls) -> float:  # noqa: N805 - it is the class, as in keyring's own
        raise RuntimeError


def test_secrets_come_back_and_each_has_its_own_entry() -> None:
    backend = FakeBackend()
    Keychain(backend).write(SECRETS)

    assert Keychain(backend).read() == SECRETS
    assert backend.entries == {
        ("onestop/api_key", "onestop"): "key-1",
        ("onestop/api_password", "onestop"): "password-1",
        ("onestop/pending_password", "onestop"): "pending-1",
    }


def test_an_empty_keychain_has_no_secrets() -> None:
    assert Keychain(FakeBackend()).read() == ApiSecrets()


def test_only_what_changed_is_written_and_what_is_empty_is_removed() -> None:
    backend = FakeBackend()
    keychain = Keychain(backend)
    keychain.write(SECRETS)
    backend.calls.clear()
    keychain.write(ApiSecrets("key-1", "pending-1", ""))

    assert backend.calls == [("set", "onestop/api_password"), ("delete", "onestop/pending_password")]
    assert keychain.read() == ApiSecrets("key-1", "pending-1")


def test_all_can_be_forgotten() -> None:
    backend = FakeBackend()
    keychain = Keychain(backend)
    keychain.write(SECRETS)
    keychain.forget()

    assert backend.entries == {}


@pytest.mark.parametrize("verb", ["get", "set", "delete"])
def test_a_keychain_that_fails_is_told_without_values(verb: str) -> None:
    backend = FakeBackend(verb)
    backend.entries = {("onestop/api_key", "onestop"): "old"}

    with pytest.raises(KeychainUnavailable) as caught:
        Keychain(backend).write(ApiSecrets("", "password-1"))
    assert type(caught.value) is KeychainUnavailable
    assert str(caught.value) == "KeyringError"
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("verb", ["get", "set", "delete"])
def test_a_keychain_that_is_locked_is_told_from_one_that_fails(verb: str) -> None:
    backend = FakeBackend(verb, error=KeyringLocked)
    backend.entries = {("onestop/api_key", "onestop"): "old"}

    with pytest.raises(KeychainLocked) as caught:
        Keychain(backend).write(ApiSecrets("", "password-1"))
    assert str(caught.value) == "KeyringLocked"


@pytest.mark.parametrize("foreign", [b"an even number", b"an odd number"])
def test_what_another_program_wrote_under_a_name_of_ours_is_neither_used_nor_changed(foreign: bytes) -> None:
    backend = ByteBackend()
    entry = ("onestop/api_password", "onestop")
    backend.written[entry] = foreign

    for call in (Keychain(backend).read, lambda: Keychain(backend).write(SECRETS), Keychain(backend).forget):
        with pytest.raises(KeychainForeign) as caught:
            call()
        assert str(caught.value) in ("api_password", "UnicodeDecodeError")
    assert backend.written == {entry: foreign}


def test_a_secret_of_kanji_is_no_other_programs() -> None:
    backend = ByteBackend()
    Keychain(backend).write(ApiSecrets("key", "鍵", "password"))
    assert Keychain(backend).read() == ApiSecrets("key", "鍵", "password")


def test_what_comes_back_different_was_not_stored() -> None:
    with pytest.raises(KeychainUnavailable, match="different"):
        Keychain(ForgetfulBackend()).write(SECRETS)


@pytest.mark.parametrize("store", [Keychain(FakeBackend()), MemorySecrets()], ids=["keychain", "memory"])
def test_what_windows_cannot_hold_is_refused_everywhere(store: Keychain | MemorySecrets) -> None:
    store.write(ApiSecrets(api_key="x" * LONGEST))
    with pytest.raises(InvalidInput) as caught:
        store.write(ApiSecrets("key-1", "x" * (LONGEST + 1), "y" * (LONGEST + 1)))

    assert [problem.field for problem in caught.value.problems] == ["api_password", "pending_password"]
    assert store.read().api_key == "x" * LONGEST


def test_a_character_beyond_the_first_plane_takes_the_room_of_two() -> None:
    store = MemorySecrets()
    store.write(ApiSecrets(api_key="𠮷" * (LONGEST // 2)))
    with pytest.raises(InvalidInput):
        store.write(ApiSecrets(api_key="𠮷" * (LONGEST // 2) + "x"))


def test_secrets_in_memory() -> None:
    store = MemorySecrets(SECRETS)
    assert store.read() == SECRETS
    store.write(ApiSecrets("key-2"))
    assert store.read() == ApiSecrets("key-2")
    store.forget()
    assert store.read() == ApiSecrets()
    assert not store.remembers
    assert Keychain(FakeBackend()).remembers


def test_each_desk_has_secrets_of_its_own() -> None:
    backend = FakeBackend()
    first, second = Keychain(backend, "a1"), Keychain(backend, "b2")
    first.write(SECRETS)
    second.write(ApiSecrets("key-2"))

    assert (first.read(), second.read()) == (SECRETS, ApiSecrets("key-2"))
    assert ("onestop/a1/api_key", "onestop") in backend.entries


def test_what_served_all_desks_goes_to_the_one_opened_first() -> None:
    backend = FakeBackend()
    Keychain(backend).write(SECRETS)
    first, second = Keychain(backend, "a1"), Keychain(backend, "b2")
    for desk in (first, first, second):
        desk.take_over()

    assert (first.read(), second.read()) == (SECRETS, ApiSecrets())
    assert Keychain(backend).read() == ApiSecrets()


def test_taking_over_goes_on_where_it_was_stopped_and_replaces_nothing() -> None:
    backend = FakeBackend()
    halfway, other = Keychain(backend, "a1"), Keychain(backend, "b2")
    for desk in (Keychain(backend), halfway):
        desk.write(SECRETS)
    other.write(ApiSecrets("key-2"))
    other.take_over()
    assert other.read() == ApiSecrets("key-2")
    assert Keychain(backend).read() == SECRETS
    halfway.take_over()
    assert halfway.read() == SECRETS
    assert Keychain(backend).read() == ApiSecrets()


def test_taking_over_from_a_locked_keychain_loses_nothing() -> None:
    backend = FakeBackend()
    Keychain(backend).write(SECRETS)
    backend.broken = ("set",)
    with pytest.raises(KeychainUnavailable):
        Keychain(backend, "a1").take_over()

    assert Keychain(backend).read() == SECRETS


def test_nothing_prints_secrets() -> None:
    shown = f"{SECRETS!r} {SECRETS} {MemorySecrets(SECRETS)!r} {Keychain(FakeBackend())!r}"

    assert "key-1" not in shown
    assert "password-1" not in shown
    assert "pending-1" not in shown


def test_each_system_has_its_keychain_and_no_other() -> None:
    assert {platform: places[0] for platform, places in keychain_module.BACKENDS.items()} == {
        "win32": "keyring.backends.Windows:WinVaultKeyring",
        "darwin": "keyring.backends.macOS:Keyring",
        "linux": "keyring.backends.SecretService:Keyring",
    }
    assert all(
        place.startswith("keyring.backends.") for places in keychain_module.BACKENDS.values() for place in places
    )


def places(monkeypatch: pytest.MonkeyPatch, *classes: type[KeyringBackend]) -> None:
    """Let the system "test" have these keychains."""
    module = ModuleType("keychains_of_this_test")
    for each in classes:
        setattr(module, each.__name__, each)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    found = tuple(f"{module.__name__}:{each.__name__}" for each in classes)
    monkeypatch.setattr(keychain_module, "BACKENDS", {"test": found})


def test_the_first_that_works_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    places(monkeypatch, MissingBackend, FakeBackend, ForgetfulBackend)
    keychain = open_keychain(platform="test")
    keychain.write(SECRETS)

    assert keychain.read() == SECRETS


@pytest.mark.parametrize("platform", ["test", "another system"])
def test_without_a_keychain_that_is_said(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    places(monkeypatch, MissingBackend)
    keychain_module.BACKENDS["test"] += ("a_module_that_is_not_there:Keyring",)

    with pytest.raises(KeychainUnavailable, match=platform):
        open_keychain(platform=platform)


@pytest.mark.parametrize("platform", ["win32", "darwin", "linux"])
def test_a_keychain_of_another_system_or_without_a_desktop_is_no_surprise(platform: str) -> None:
    if platform != sys.platform or platform == "linux":  # the tests have no desktop session
        with pytest.raises(KeychainUnavailable):
            open_keychain(platform=platform)


def test_the_environment_cannot_redirect_it(monkeypatch: pytest.MonkeyPatch) -> None:
    places(monkeypatch, FakeBackend)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setenv("KEYRING_PROPERTY_PREFERRED_COLLECTION", "/somebody/elses")
    backend = open_keychain(platform="test")._backend

    assert isinstance(backend, FakeBackend)
    assert not hasattr(backend, "preferred_collection")


def test_entries_stay_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    places(monkeypatch, RoamingBackend)
    backend = open_keychain(platform="test")._backend

    assert isinstance(backend, RoamingBackend)
    assert backend.persist == "local machine"
    assert not hasattr(FakeBackend, "persist")


@pytest.mark.skipif(sys.platform != "win32", reason="the others' keychains need a desktop")
def test_what_windows_keeps_does_not_roam_and_holds_as_much_as_is_said() -> None:
    from win32ctypes.pywin32 import win32cred  # noqa: PLC0415 - Windows alone has it

    keychain = open_keychain("0a0b0c0d0e0f0a0b")
    secrets = ApiSecrets("key-1", "𠮷" * (LONGEST // 2), "x" * LONGEST)
    try:
        keychain.write(secrets)
        entry = win32cred.CredRead(Type=win32cred.CRED_TYPE_GENERIC, TargetName="onestop/0a0b0c0d0e0f0a0b/api_key")
        assert entry["Persist"] == win32cred.CRED_PERSIST_LOCAL_MACHINE
        assert keychain.read() == secrets
    finally:
        keychain.forget()
    assert keychain.read() == ApiSecrets()


def test_what_keys_are_noted_by_is_made_once_and_stays() -> None:
    backend = FakeBackend()
    keychain = Keychain(backend, "desk")
    assert keychain.trace_key() == ""
    keychain.keep_trace_key()
    made = keychain.trace_key()
    keychain.keep_trace_key()
    keychain.write(SECRETS)
    keychain.forget()
    assert len(made) == 64
    assert made == Keychain(backend, "desk").trace_key()
    assert MemorySecrets().trace_key() == MemorySecrets().trace_key() != made
