"""Two saves of one record: what each changed since both had opened it, field by field."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from onestop.model.plate import PLATE_PARTS

if TYPE_CHECKING:
    from collections.abc import Iterable

FormT = TypeVar("FormT")

TOGETHER: Final[tuple[tuple[str, ...], ...]] = (
    PLATE_PARTS,
    ("owner_name", "owner_address1", "owner_address2"),
    ("user_is_owner", "user_name", "user_address1", "user_address2", "user_address"),
)
"""Fields that mean one thing: half of one's plate or address and half of another's would be nobody's."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A field, or several that mean one thing."""

    names: tuple[str, ...]

    def of(self, form: Any) -> tuple[Any, ...]:  # noqa: ANN401 - any form
        """Return what a form says there."""
        return tuple(getattr(form, name) for name in self.names)


@dataclass(frozen=True, slots=True)
class TwoSaves(Generic[FormT]):
    """What was opened, what was typed here, and what somebody else saved in between."""

    base: FormT = dataclasses.field(repr=False)
    mine: FormT = dataclasses.field(repr=False)
    theirs: FormT = dataclasses.field(repr=False)

    @property
    def only_theirs(self) -> tuple[Unit, ...]:
        """What only they changed."""
        return tuple(each for each in self._units() if each.of(self.mine) == each.of(self.base) != each.of(self.theirs))

    @property
    def both(self) -> tuple[Unit, ...]:
        """What both changed, and not to the same."""
        return tuple(
            each
            for each in self._units()
            if each.of(self.mine) != each.of(self.base)
            and each.of(self.theirs) not in (each.of(self.base), each.of(self.mine))
        )

    def kept(self, theirs: Iterable[Unit]) -> FormT:
        """Return both in one: mine, with what only they changed, and theirs of what both changed where it says so."""
        names = [name for unit in (*self.only_theirs, *theirs) for name in unit.names]
        changes: dict[str, Any] = {name: getattr(self.theirs, name) for name in names}
        return dataclasses.replace(self.mine, **changes)  # type: ignore[type-var] # a form is a dataclass

    def _units(self) -> tuple[Unit, ...]:
        names = [each.name for each in dataclasses.fields(self.mine)]  # type: ignore[arg-type] # the same
        together = [tuple(name for name in group if name in names) for group in TOGETHER]
        of = {name: group for group in together for name in group}
        return tuple(dict.fromkeys(Unit(of.get(name, (name,))) for name in names))
