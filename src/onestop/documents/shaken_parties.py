"""Owner and user of a 車検証: who they are once ＊＊＊ and 使用者に同じ are resolved."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from onestop.model.text import to_half_width

if TYPE_CHECKING:
    from onestop.documents.shaken_values import CertInfo

_SAME: Final = frozenset({"使用者に同じ", "使用者住所に同じ", "所有者に同じ", "所有者住所に同じ"})
_OWNER_NAME_IN_NOTE: Final = re.compile(r"所有者の?(?:氏名又は名称|氏名・名称|氏名|名称)[】］\]\s:：]*(\S.*)")
_OWNER_ADDRESS_IN_NOTE: Final = re.compile(r"所有者の?住所[】］\]\s:：]*(\S.*)")


@dataclass(frozen=True, slots=True)
class Party:
    """A person or company as the certificate writes it."""

    name: str = field(default="", repr=False)
    address1: str = field(default="", repr=False)
    address2: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Parties:
    """Owner and user, both written out; `user_is_owner` when the certificate says so."""

    owner: Party
    user: Party
    user_is_owner: bool
    base_location: str = field(repr=False)
    """使用の本拠の位置, written out."""


def read_parties(info: CertInfo, *, kei: bool) -> Parties:
    """Return owner and user of a certificate."""
    owner, user = _party(info, "Owner", kei=kei), _party(info, "User", kei=kei)
    if not owner.name and to_half_width(info.text("FormType")) == "B":
        owner = _owner_in_note(info)
    name_same = _means_same(owner.name) or _means_same(user.name)
    address_same = _means_same(owner.address1) or _means_same(user.address1)
    resolved_owner, resolved_user = _resolve(owner, user), _resolve(user, owner)
    if not resolved_user.name:
        info.note("使用者の氏名・名称がありません。")
    no_address = not _means_same(user.address1) and not user.address1
    lives_there = (resolved_owner.address1, resolved_owner.address2) == (resolved_user.address1, resolved_user.address2)
    is_owner = name_same and (address_same or no_address or lives_there)
    base = _base_location(info, resolved_user, kei=kei)
    return Parties(resolved_owner, resolved_user, is_owner, base)


def _party(info: CertInfo, who: str, *, kei: bool) -> Party:
    return Party(
        name=info.text(f"{who}nameHighLevelChar") or info.text(f"{who}nameLowLevelChar"),
        address1=info.text(f"{who}Address" if kei else f"{who}AddressChar"),
        address2="" if kei else info.text(f"{who}AddressNumValue"),
    )


def _owner_in_note(info: CertInfo) -> Party:
    note = info.raw("NoteInfo")
    name, address = _OWNER_NAME_IN_NOTE.search(note), _OWNER_ADDRESS_IN_NOTE.search(note)
    if name is None:
        info.note("帳票種別Ｂの車検証です。所有者は備考を見て入力してください。")
        return Party()
    info.note("帳票種別Ｂの車検証です。所有者は備考から取り込みました。内容を確かめてください。")
    return Party(name[1].strip(), address[1].strip() if address else "")


def _means_same(text: str) -> bool:
    return text in _SAME or (len(text) > 1 and not text.strip("*＊"))


def _resolve(party: Party, other: Party) -> Party:
    """Return a party with what is written as 'the same' taken from the other; ＊＊＊ on both sides is nothing."""
    named = other if _means_same(party.name) else party
    housed = other if _means_same(party.address1) or (named is other and not party.address1) else party
    return Party(*("" if _means_same(text) else text for text in (named.name, housed.address1, housed.address2)))


def _base_location(info: CertInfo, user: Party, *, kei: bool) -> str:
    first = info.text("Useheadqrter" if kei else "UseheadqrterChar")
    if _means_same(first):
        return user.address1 + user.address2
    return first if kei else first + info.text("UseheadqrterNumValue")
