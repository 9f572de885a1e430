"""The update notice: looked for once a day, and believed only when it is signed, in force and goes forward."""

from __future__ import annotations

import base64
import datetime as dt
import json
import sys
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from windows.notice import main, new_key, sealed

from onestop.gateway.update_notice import CONTEXT, Manifest, pinned_key
from onestop.paths import RESOURCES
from onestop.services.updates import UpdateService
from support.clock import FixedClock
from support.desks import a_desk
from support.torn_server import TornServer, answer, closed_port, read, send

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onestop.services.settings.service import SettingsService

KEY = Ed25519PrivateKey.generate()
DAY = dt.timedelta(days=1)


def a_manifest(version: str = "0.4.0", *, age: dt.timedelta = DAY, lasts: dt.timedelta = 30 * DAY) -> Manifest:
    issued = FixedClock().now() - age
    return Manifest(version=version, issued=issued, expires=issued + lasts)


def envelope(manifest: Manifest | None = None, key: Ed25519PrivateKey = KEY) -> dict[str, str]:
    told: dict[str, str] = json.loads(sealed(key, manifest or a_manifest()))
    return told


def signed(text: bytes) -> dict[str, str]:
    parts = {"manifest": text, "signature": KEY.sign(CONTEXT + text)}
    return {name: base64.b64encode(part).decode("ascii") for name, part in parts.items()}


class Shop:
    """A desk that looks for notices of one key's."""

    def __init__(self, settings: SettingsService, key_file: Path) -> None:
        self.settings = settings
        self.key_file = key_file
        self.clock = FixedClock()

    def hears(self, content: object) -> str:
        """Start the program, let it look, and return which newer version it knows then."""
        return self.gets(answer(200, content))

    def gets(self, *steps: object) -> str:
        with TornServer(read, *steps) as server:  # type: ignore[arg-type]
            return self.looks_at(server.url)

    def looks_at(self, address: str) -> str:
        self.settings._keep(update_address=address)
        updates = UpdateService(self.settings, self.clock, self.key_file, "0.3.0")
        updates.look()
        return updates.newer


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    key_file = tmp_path / "update_key.txt"
    public = KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    key_file.write_text(f"# a key\n{base64.b64encode(public).decode('ascii')}\n", encoding="ascii")
    with a_desk(tmp_path / "desk") as room:
        yield Shop(room.desk.settings, key_file)


def test_a_newer_version_is_told(shop: Shop) -> None:
    assert shop.hears(envelope()) == "0.4.0"


def test_one_that_is_installed_is_not(shop: Shop) -> None:
    assert shop.hears(envelope(a_manifest("0.3.0"))) == ""


def test_without_an_address_nobody_is_asked(shop: Shop) -> None:
    assert shop.looks_at("") == ""


def test_it_is_asked_once_a_day_and_without_credentials(shop: Shop) -> None:
    updates = UpdateService(shop.settings, shop.clock, shop.key_file, "0.3.0")
    with TornServer(read, answer(200, envelope())) as server:
        shop.settings._keep(update_address=server.url)
        updates.look()
        updates.look()
        assert updates.newer == "0.4.0"
    with TornServer(read, answer(200, envelope(a_manifest("0.5.0")))) as later:
        shop.settings._keep(update_address=later.url)
        shop.clock.advance(days=1)
        updates.look()
        assert updates.newer == "0.5.0"
    assert (len(server.requests), len(later.requests)) == (1, 1)
    assert b"GET /onestop-update.json " in server.requests[0]
    assert b"authorization" not in server.requests[0].lower()


def test_a_forged_one_is_refused(shop: Shop) -> None:
    assert shop.hears(envelope(key=Ed25519PrivateKey.generate())) == ""


def test_one_that_was_changed_on_its_way_is_refused(shop: Shop) -> None:
    told = envelope()
    other = base64.b64decode(told["manifest"]).replace(b"0.4.0", b"9.9.9")
    assert shop.hears({**told, "manifest": base64.b64encode(other).decode("ascii")}) == ""


def test_what_the_key_signed_for_another_purpose_is_refused(shop: Shop) -> None:
    text = a_manifest().model_dump_json().encode("utf-8")
    parts = {"manifest": text, "signature": KEY.sign(text)}
    assert shop.hears({name: base64.b64encode(part).decode("ascii") for name, part in parts.items()}) == ""


@pytest.mark.parametrize("text", [b"{}", b"no manifest", b'{"version": "4", "issued": 1, "expires": 2}'])
def test_what_is_signed_and_no_manifest_is_refused(shop: Shop, text: bytes) -> None:
    assert shop.hears(signed(text)) == ""


@pytest.mark.parametrize("part", ["manifest", "signature"])
def test_one_that_is_no_base64_is_refused(shop: Shop, part: str) -> None:
    assert shop.hears({**envelope(), part: "あ!"}) == ""


def test_a_truncated_one_is_refused(shop: Shop) -> None:
    whole = json.dumps(envelope()).encode("ascii")
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(whole)
    assert shop.gets(send(head + whole[:40])) == ""
    cut = {**envelope(), "manifest": envelope()["manifest"][:40]}
    assert shop.hears(cut) == ""


def test_one_without_end_is_refused(shop: Shop) -> None:
    assert shop.hears({**envelope(), "manifest": "A" * 5_000}) == ""


def test_an_expired_one_is_refused(shop: Shop) -> None:
    assert shop.hears(envelope(a_manifest(age=31 * DAY))) == ""


def test_one_from_the_future_is_refused(shop: Shop) -> None:
    assert shop.hears(envelope(a_manifest(age=-2 * DAY))) == ""


def test_an_old_one_that_is_played_again_is_refused_even_after_a_new_start(shop: Shop) -> None:
    assert shop.hears(envelope(a_manifest("0.4.1"))) == "0.4.1"
    assert shop.hears(envelope(a_manifest("0.4.1", age=2 * DAY))) == ""
    assert shop.hears(envelope(a_manifest("0.4.0"))) == "", "a newer notice of an older version"
    assert shop.hears(envelope(a_manifest("0.4.1"))) == "0.4.1"


def test_who_cannot_be_reached_or_asked_disturbs_nobody(shop: Shop) -> None:
    assert shop.looks_at(f"http://127.0.0.1:{closed_port()}") == ""
    assert shop.looks_at("ftp://example.invalid") == ""


def test_a_program_without_a_key_believes_nobody(shop: Shop) -> None:
    shop.key_file = RESOURCES / "update_key.txt"
    if pinned_key(shop.key_file) is None:
        assert shop.looks_at("https://update.invalid") == ""


def test_practice_looks_nowhere(tmp_path: Path) -> None:
    with a_desk(tmp_path, practice=True) as room:
        assert room.desk.settings.update_address() == ""


def test_the_status_line_is_given_the_newer_version(shop: Shop, tmp_path: Path) -> None:
    with a_desk(tmp_path / "other") as room:
        assert room.desk.standing.offline().newer_version == ""
        room.desk.standing._updates.newer = "0.4.0"
        assert room.desk.standing.offline().newer_version == "0.4.0"
    assert shop.key_file.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows gives a file the rights of its folder")
def test_nobody_else_may_read_the_makers_key(tmp_path: Path) -> None:
    new_key(tmp_path / "key.pem", tmp_path / "update_key.txt")
    assert (tmp_path / "key.pem").stat().st_mode & 0o777 == 0o600


def test_what_the_makers_command_makes_is_believed(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("windows.notice.new_key.__defaults__", (shop.key_file,))
    key, out = tmp_path / "key.pem", tmp_path / "update.json"
    assert main(["new-key", str(key)]) == 0
    with pytest.raises(FileExistsError):
        main(["new-key", str(key)])
    assert main(["make", str(key), "0.9.0", "30", str(out)]) == 0
    manifest = Manifest.model_validate_json(base64.b64decode(json.loads(out.read_text("ascii"))["manifest"]))
    shop.clock.moment = manifest.issued
    assert shop.hears(json.loads(out.read_text("ascii"))) == "0.9.0"
    assert main([]) == 2
    assert "new-key KEY" in capsys.readouterr().out
