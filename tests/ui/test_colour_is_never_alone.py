"""Wherever a colour says something, a word or a shape beside it says the same; a new place has to be named here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

import onestop.ui
from onestop.paths import RESOURCES
from onestop.screens.badge import BadgeKind
from onestop.screens.ports import Message, Tone
from onestop.ui.icons import SIGN_FILES
from onestop.ui.message_strip import SIGNS, WORDS
from support.places import WINDOWS

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.ui.desk_window import DeskWindow
    from support.qt import SampleWindow


COLOURED: Final = {
    "bars.py": "the second kind is hatched, and both stand in words (test_bars.py)",
    "desk_window.py": "the frame of 練習モード: the status line says 練習中",
    "fields/fields.py": "a field that is wrong has ! and a sentence; a value with a tone has words (below)",
    "labels.py": "a badge has its sign and its word, an alarming note begins with !",
    "message_strip.py": "each tone has its sign, and its word for the ear",
    "rows/compare_grid.py": "a cell that differs says so (× 相違)",
    "rows/model.py": "a row that speaks louder has a word in a column that never goes (below)",
    "status_line.py": "the pills are words",
    "timeline.py": "each kind of day has a shape of its own and its name (test_timeline.py)",
}
"""Every file of the glass that uses a colour with a meaning, and what stands beside it."""
MEANS: Final = re.compile(
    r"\.(tone|badge)\(|colours?\.(problem|info|warning|error|waiting|done|rejected|plain)\b|\.practice\.paper"
)
WORD_OF_TONE: Final = {
    "LOOKUP": ("expiry_date",),
    "FILING_LIST": ("status", "oss_status"),
    "LEDGER": ("status",),
    "HISTORY": ("status",),
    "BATCH": ("state",),
    "PAYMENTS": ("state", "last_day"),
    "RATES": ("surety",),
}
"""The columns in which a list with coloured rows has their word."""


def test_every_place_that_uses_a_colour_with_a_meaning_is_known() -> None:
    folder = Path(onestop.ui.__file__).parent
    using = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        if path.name != "colours.py" and MEANS.search(path.read_text(encoding="utf-8"))
    }
    assert using - {"windows/main.py", "windows/relay.py"} == {*COLOURED}  # these two hand badges on


def test_signs_and_words_of_tones_and_badges_all_differ() -> None:
    assert len({*SIGNS.values()}) == len({*WORDS.values()}) == len(Tone)
    assert len({*SIGN_FILES.values()}) == len(BadgeKind)
    drawn = {(RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8") for name in SIGN_FILES.values()}
    assert len(drawn) == len(BadgeKind)


@pytest.mark.parametrize("tone", list(Tone))
def test_the_strip_has_its_sign(window: SampleWindow, tone: Tone) -> None:
    window.strip.show_message(Message("見本です。", tone))
    assert window.strip.sign.text() == SIGNS[tone]
    assert window.strip.text.accessibleName() == f"{WORDS[tone]}: 見本です。"


def test_a_field_that_is_wrong_has_a_mark_and_a_sentence(window: SampleWindow) -> None:
    window.owner_name.set_problem("入力してください。")
    assert window.owner_name.note.text() == "! 入力してください。"
    assert window.owner_name.input.accessibleDescription() == "入力してください。"


@pytest.mark.parametrize("name", WINDOWS)
def test_the_word_of_a_coloured_row_is_never_left_out(open_place: Callable[[str], DeskWindow[Any]], name: str) -> None:
    window: Any = open_place(name)
    source: Any = getattr(getattr(window, "rows", None), "source", None)
    look = getattr(source, "_look", None)
    if look is None or look.tone is type(look)(texts=tuple).tone:
        assert name not in WORD_OF_TONE
        return
    columns = {each.key: each for each in source.columns}
    assert [key for key in WORD_OF_TONE[name] if columns[key].may_go] == []
