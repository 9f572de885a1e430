"""The lines of 取込: the fields that a document brings, beside what is stored."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onestop.model.text import with_unseen_shown
from onestop.screens.display import NOTHING
from onestop.screens.vehicle.labels import LABELS, OF_OWNER, SAME_AS_OWNER, field_on_glass_of, names_in_form, shown

if TYPE_CHECKING:
    from onestop.services.vehicle.form import VehicleForm
    from onestop.services.vehicle.importing import ImportPlan


@dataclass(frozen=True, slots=True)
class ImportedField:
    """One line of the table: a field of the glass, what is stored, and what the file says."""

    place: int
    names: tuple[str, ...]
    """The fields of the form that are taken over together."""
    label: str
    now: str = dataclasses.field(repr=False)
    new: str = dataclasses.field(repr=False)


def new_rows(plan: ImportPlan) -> list[ImportedField]:
    """Return what a new car brings."""
    form = plan.record_form
    filled = [name for name in LABELS if shown(form, name) != NOTHING]
    return [
        ImportedField(place, names_in_form(name), LABELS[name], NOTHING, _value(form, name))
        for place, name in enumerate(filled)
    ]


def changed_rows(plan: ImportPlan) -> list[ImportedField]:
    """Return the differences by fields of the glass. A user who became the owner takes his old name away with him."""
    old, new = plan.opened.form, plan.record_form
    follows = OF_OWNER if new.user_is_owner else ()
    fields = dict.fromkeys(field_on_glass_of(name) for name in plan.differences if name not in follows)
    rows = []
    for place, field in enumerate(fields):
        names = (*names_in_form(field), *(follows if field == "user_is_owner" else ()))
        rows.append(ImportedField(place, names, LABELS[field], _value(old, field), _value(new, field)))
    return rows


def follows_address(row: ImportedField, plan: ImportPlan) -> bool:
    """Tell whether a field is the empty rest of an address that begins anew: the old 番地 belongs to the old one."""
    return any(f"{name[:-1]}1" in plan.differences for name in row.names if name.endswith("_address2"))


def _value(form: VehicleForm, field: str) -> str:
    return SAME_AS_OWNER if form.user_is_owner and field in OF_OWNER else with_unseen_shown(shown(form, field))
