"""郵便番号 → 住所: a way of typing an address; the number itself is stored nowhere."""

from __future__ import annotations

import re
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from onestop.model.text import to_code
from onestop.screens.ports import Choice, Message, Question, Tone
from onestop.screens.vehicle.labels import LABELS, POSTCODES

if TYPE_CHECKING:
    from onestop.screens.vehicle.screen import VehicleScreen

DIGITS: Final = 7
MOST: Final = 9
"""Towns that a digit can choose from."""
UNKNOWN: Final = "郵便番号 {code} は一覧にありません。番号を確かめるか、住所をそのまま入力してください。"
IN_THE_WAY: Final = (
    "{label} に入力があるので、郵便番号の住所は入れません。入れるときは、住所を消してから番号を入力し直します。"
)
TOO_SHORT: Final = "郵便番号は7桁です。番号を確かめるか、住所をそのまま入力してください。"
MANY: Final = "郵便番号 {code} には{count}の町域があります。町域から続けて入力してください。"
WHICH: Final = "郵便番号 {code} には、いくつかの町域があります。番号を押して選んでください。"


class PostcodeSearch:
    """Of one form: what stands in its fields 〒, and which addresses came from there."""

    def __init__(self, screen: VehicleScreen) -> None:
        self._screen = screen
        self._typed: dict[str, str] = {}
        self._filled: dict[str, str] = {}

    def value(self, field: str) -> str:
        """Return what stands in a field 〒."""
        return self._typed.get(field, "")

    def edit(self, field: str, typed: str) -> None:
        """Take what is typed; seven digits are looked up at once."""
        before, self._typed[field] = read_postcode(self.value(field)), typed
        code = read_postcode(typed)
        self._screen.typed_in(field)
        if len(code) == DIGITS and code != before:
            target = POSTCODES[field]
            if self._address(target) not in ("", self._filled.get(target)):
                self._warn(field, IN_THE_WAY.format(label=LABELS[target]))
                return
            desk = self._screen.desk
            self._screen.read_again(lambda: desk().vehicles.addresses(code), partial(self._found, field, code))

    def left(self, field: str) -> None:
        """Check a field 〒 that the focus has left."""
        if self.value(field) and len(read_postcode(self.value(field))) != DIGITS:
            self._warn(field, TOO_SHORT)

    def _found(self, field: str, digits: str, addresses: tuple[str, ...]) -> None:
        code, target = f"{digits[:3]}-{digits[3:]}", POSTCODES[field]
        if read_postcode(self.value(field)) != digits:
            return  # another is typed by now
        if not addresses:
            self._warn(field, UNKNOWN.format(code=code))
        elif len(addresses) == 1:
            self._fill(target, addresses[0])
        elif len(addresses) > MOST:
            self._fill(target, _shared(addresses))
            self._screen.say(MANY.format(code=code, count=len(addresses)))
        else:
            self._ask(target, code, addresses)

    def _ask(self, target: str, code: str, addresses: tuple[str, ...]) -> None:
        def choice(number: int, address: str) -> Choice:
            return Choice(f"{number} {address}", lambda: self._fill(target, address))

        choices = [choice(number, address) for number, address in enumerate(addresses, start=1)]
        back = Choice("戻る", self._screen.view.refresh, safe=True)
        self._screen.view.ask(Question("町域の選択", WHICH.format(code=code), (*choices, back)))

    def _fill(self, target: str, address: str) -> None:
        """Put it before what was typed meanwhile, and lead on behind it."""
        whole = address + self._address(target).removeprefix(self._filled.get(target, ""))
        self._screen.edit(target, whole)
        self._filled[target] = whole
        if self._screen.at in POSTCODES:
            self._screen.view.focus_field(target)

    def _warn(self, field: str, text: str) -> None:
        """Say what is wrong with it until it is typed again; the focus may be elsewhere by now, and stays there."""
        self._screen.message = Message(text, Tone.WARNING, field)
        self._screen.view.refresh()

    def _address(self, target: str) -> str:
        return str(self._screen.editor.value(target))


def _shared(addresses: tuple[str, ...]) -> str:
    """Return what all begin with."""
    columns = zip(*addresses, strict=False)
    return "".join(signs[0] for signs in takewhile(lambda signs: len(set(signs)) == 1, columns))


def read_postcode(typed: str) -> str:
    """Return the digits of a 郵便番号 in any width, with or without 〒 and hyphen; anything else is no number yet."""
    code = re.sub(r"[〒\s-]", "", to_code(typed))
    return code if re.fullmatch("[0-9]*", code) else ""
