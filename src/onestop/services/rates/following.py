"""What is stored follows when 料金表 gives a status word another meaning: 状態, the place of an inspection, its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.model.words import (
    CONFORMITY_WORD,
    FILING_WORD,
    OSS_WORD,
    conformity_status_word,
    oss_status_word,
    status_word,
)
from onestop.services.inspection.belonging import end_when_done

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from onestop.store.database import Shelves


def follow_statuses(shelves: Shelves, keys: Iterable[str], now: dt.datetime) -> None:
    """Let every record that carries one of these words stand as the word says today; the keys are those of 料金表."""
    for key in sorted(keys):
        kind, _colon, word = key.partition(": ")
        if kind == CONFORMITY_WORD:
            _follow_certificates(shelves, word, now)
        else:
            _follow_filings(shelves, kind, word, now)


def _follow_filings(shelves: Shelves, kind: str, word: str, now: dt.datetime) -> None:
    told = status_word(word) if kind == FILING_WORD else oss_status_word(word)
    if kind == OSS_WORD:
        found = shelves.filings.with_oss_word(word, goes_on=not told.anew)
    else:
        found = shelves.filings.with_word(word, done=told.done, final=told.final, goes_on=not (told.final or told.anew))
    for each in found:
        each.derive_keys()
        if each.inspection_id is not None:
            shelves.filings.give_place(each.inspection_id)
        end_when_done(shelves, each, now)


def _follow_certificates(shelves: Shelves, word: str, now: dt.datetime) -> None:
    for each in shelves.conformity.with_word(word, final=conformity_status_word(word).final):
        each.derive_keys()
        end_when_done(shelves, each, now)
