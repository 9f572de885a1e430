"""復元キーの控え: the one paper on which a key stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from onestop.documents.papers import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryPaper(Paper):
    """The 復元キー of one data folder, to be kept away from its machine."""

    form = "recovery_key"

    recovery_key: str = field(repr=False)
    groups: str
    """How many groups there are."""
    made_on: str
