"""What is refused before it is stored as a setting."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from onestop import errors
from onestop.gateway.address import services_url
from onestop.gateway.transport import UNFIT
from onestop.services.settings.form import read_charge, read_inspectors, read_workshop_code
from onestop.store.postgres.place import parse_place

if TYPE_CHECKING:
    from onestop.services.settings.form import SettingsForm

LONGEST: Final = {
    "requester_site_code": ("依頼人拠点コード", 20),
    "agent_site_id": ("代理人拠点ID", 20),
    "certificate_update": ("電子車検証更新区分", 40),
    "recording_contract_number": ("委託番号", 20),
    "workshop_name": ("事業場の名称", 60),
}
"""Characters that each of them may have: by the contract, and 事業場の名称 by the room on the forms."""
SECOND_PLACE_ABSENT: Final = (
    "バックアップの2つ目の保存先が見つかりません。ドライブをつなぎ、"
    "E:\\backup のようにフォルダーの場所を最初から入力してください。"
)
WATCHED_ABSENT: Final = (
    "車検証ファイルの監視フォルダーが見つかりません。C:\\shaken のようにフォルダーの場所を最初から入力してください。"
    "空欄なら監視しません。"
)
SECOND_PLACE_INSIDE: Final = (
    "バックアップの2つ目の保存先がデータフォルダーの中にあります。別のディスクのフォルダーを入力してください。"
)
NO_UPDATE_ADDRESS: Final = (
    "新しい版のお知らせのURLは、配布元から知らされた https:// で始まるURLを入力してください。空欄なら確かめません。"
)
SECRETS: Final = {
    "api_key": "APIキー",
    "api_password": "APIパスワード",
    "database_password": "データベースのパスワード",
}
"""What is typed unseen."""
FULL_WIDTH: Final = re.compile(r"[\u3000\uff01-\uff5e]")
"""What an input method makes of ASCII. In a masked field nobody sees it, and no service gives out such a key."""


def check_settings(form: SettingsForm) -> None:
    """Refuse what could never be sent.

    Raises:
        InvalidInput: every such field.
    """
    problems = [
        errors.Problem(name, f"{label}は{longest}文字までです。")
        for name, (label, longest) in LONGEST.items()
        if len(getattr(form, name).strip()) > longest
    ]
    if ":" in form.api_key or UNFIT.search(form.api_key.strip()):
        problems.append(errors.Problem("api_key", "APIキーに「:」や改行は使えません。"))
    if UNFIT.search(form.api_password.strip()):
        problems.append(errors.Problem("api_password", "APIパスワードに改行は使えません。"))
    problems += [
        errors.Problem(name, f"{label}に全角の文字が入っています。半角で入力してください。")
        for name, label in SECRETS.items()
        if FULL_WIDTH.search(getattr(form, name).strip())
    ]
    for name, read in (
        ("workshop_code", read_workshop_code),
        ("inspectors", read_inspectors),
        ("oss_charge", read_charge),
    ):
        try:
            read(getattr(form, name))
        except errors.InvalidInput as error:
            problems.extend(error.problems)
    if problems:
        raise errors.InvalidInput(*problems)
    if form.services_url.strip():
        services_url(form.services_url)
    if form.database_url.strip():
        parse_place(form.database_url)
    if form.update_address.strip():
        check_update_address(form.update_address)


def check_update_address(typed: str) -> None:
    """Refuse what is no address for notices of newer versions.

    Raises:
        InvalidInput: it is none.
    """
    try:
        services_url(typed)
    except errors.InvalidInput:
        raise errors.InvalidInput(errors.Problem("update_address", NO_UPDATE_ADDRESS)) from None


def check_second_place(chosen: str, data: Path) -> None:
    """Refuse a folder for backups that is not there, or where the copy would be lost with the data.

    Raises:
        InvalidInput: it is one of them; nothing chosen is none.
    """
    place = Path(chosen)
    if not chosen:
        return
    if not (place.is_absolute() and place.is_dir()):
        raise errors.InvalidInput(errors.Problem("second_backup_folder", SECOND_PLACE_ABSENT))
    if place.resolve().is_relative_to(data.resolve()):
        raise errors.InvalidInput(errors.Problem("second_backup_folder", SECOND_PLACE_INSIDE))


def check_watched_folder(chosen: str) -> None:
    """Refuse a folder to be watched that is not there.

    Raises:
        InvalidInput: it is not; nothing chosen is none.
    """
    if chosen and not (Path(chosen).is_absolute() and Path(chosen).is_dir()):
        raise errors.InvalidInput(errors.Problem("watched_folder", WATCHED_ABSENT))
