"""What cannot be stored: texts that are too long (SQLite takes any, whatever its column says), and U+0000 in them.

PostgreSQL takes no U+0000 in a text, and SQLite reads no further than it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import String, Text, inspect
from sqlalchemy.orm.attributes import instance_state

from onestop.errors import Problem
from onestop.model.limits import LIMITS, LINE, MEMO
from onestop.model.text import with_unseen_shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Mapper

NOTHING: Final = "\0"
HAS_NOTHING: Final = (
    f"見えない文字「{with_unseen_shown(NOTHING)}」が入っているため、保存できません。入力し直してください。"
)


def unstorable(record: object) -> Iterator[Problem]:
    """Name each new text of a record that cannot be stored, with the reason; what is stored already stays."""
    state: Any = instance_state(record)
    loaded, touched = state.dict, state.committed_state  # what was not loaded was not changed
    for name, limit in _limits_of(state.mapper):
        text = loaded.get(name) if name in touched else None
        if not isinstance(text, str) or (len(text) <= limit and NOTHING not in text):
            continue
        if inspect(record).attrs[name].history.has_changes():
            too_long = f"{limit:,}文字までです(いまは{len(text):,}文字)。短くしてください。"
            yield Problem(name, too_long if len(text) > limit else HAS_NOTHING)


@cache
def _limits_of(mapper: Mapper[Any]) -> tuple[tuple[str, int], ...]:
    """Return the limit of each text column of a record."""
    columns = [(each.key, each.columns[0].type) for each in mapper.column_attrs]
    texts = [(name, kind) for name, kind in columns if isinstance(kind, String)]
    return tuple((name, LIMITS.get(name, MEMO if isinstance(kind, Text) else LINE)) for name, kind in texts)
