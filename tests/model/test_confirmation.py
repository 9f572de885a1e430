"""確認済: one warning of one car, as long as what it speaks of stays the same."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop.model.confirmation import RESTS_ON, Confirmation, remembered
from onestop.model.findings import Finding, Severity, blocks, rules
from support.builders import BUILT_AT, a_conformity_certificate, an_insurance_certificate

if TYPE_CHECKING:
    from collections.abc import Sequence

TODAY = dt.date(2026, 11, 27)
NO_HYPHEN = Finding("C09", Severity.WARNING, "chassis_number", "ハイフンがありません。")
TOO_EARLY = Finding("V09", Severity.WARNING, "expiry_date", "早すぎます。")


def kept(found: Sequence[Finding]) -> list[Confirmation]:
    """Return what is remembered of findings that were confirmed."""
    return [
        Confirmation(
            vehicle_id=1,
            rule_id=each.rule_id,
            field=each.field,
            message=each.message,
            value=each.value,
            confirmed_at=BUILT_AT,
        )
        for each in found
    ]


def weighed(one: Finding, record: object, known: Sequence[Confirmation], today: dt.date = TODAY) -> Severity:
    (found,) = remembered([one], record, known, today)
    return found.severity


def test_what_was_confirmed_is_no_warning_more_and_has_its_day() -> None:
    record = a_conformity_certificate(chassis_number="ABC123")
    known = kept(remembered([NO_HYPHEN], record, (), TODAY))
    (found,) = remembered([NO_HYPHEN], record, known, TODAY)
    assert (found.severity, found.confirmed_on, found.value) == (Severity.CONFIRMED, dt.date(2026, 11, 24), "ABC123")
    assert not blocks([found])


def test_another_value_other_words_another_rule_and_another_field_are_asked_again() -> None:
    record = a_conformity_certificate(chassis_number="ABC123")
    known = kept(remembered([NO_HYPHEN], record, (), TODAY))
    others = (
        dataclasses.replace(NO_HYPHEN, message="別の話"),
        dataclasses.replace(NO_HYPHEN, rule_id="V08"),
        dataclasses.replace(NO_HYPHEN, field="user_name"),
    )
    assert [weighed(each, record, known) for each in others] == [Severity.WARNING] * 3
    changed = a_conformity_certificate(chassis_number="ABC124")
    assert weighed(NO_HYPHEN, changed, known) is Severity.WARNING


@pytest.mark.parametrize("severity", [Severity.ERROR, Severity.INFO, Severity.CHECKLIST])
def test_nothing_but_a_warning_is_ever_confirmed(severity: Severity) -> None:
    record = a_conformity_certificate(chassis_number="ABC123")
    known = kept(remembered([NO_HYPHEN], record, (), TODAY))
    assert weighed(dataclasses.replace(NO_HYPHEN, severity=severity), record, known) is severity


def test_a_certificate_of_the_two_years_after_is_asked_about_anew() -> None:
    off = Finding("I12", Severity.WARNING, "report_to_registry", "登録機関にチェックがありません。")
    policy = an_insurance_certificate(report_to_registry=False, start_date=dt.date(2026, 12, 20))
    known = kept(remembered([off], policy, (), TODAY))
    assert weighed(off, policy, known) is Severity.CONFIRMED
    policy.start_date = dt.date(2028, 12, 20)
    assert weighed(off, policy, known) is Severity.WARNING


@dataclasses.dataclass
class Days:
    expiry_date: dt.date
    planned_date: dt.date | None


def test_a_finding_that_counts_from_today_is_asked_about_every_day() -> None:
    open_day, planned = Days(TODAY, None), Days(TODAY, dt.date(2026, 12, 1))
    known = kept([*remembered([TOO_EARLY], open_day, (), TODAY), *remembered([TOO_EARLY], planned, (), TODAY)])
    tomorrow = TODAY + dt.timedelta(days=1)
    assert [weighed(TOO_EARLY, each, known) for each in (open_day, planned)] == [Severity.CONFIRMED] * 2
    assert weighed(TOO_EARLY, open_day, known, tomorrow) is Severity.WARNING
    assert weighed(TOO_EARLY, planned, known, tomorrow) is Severity.CONFIRMED


def test_every_rule_that_rests_on_more_is_one_of_ours() -> None:
    assert RESTS_ON.keys() <= {rule.id for rule in rules()}


def test_what_was_confirmed_of_a_name_is_in_no_trace() -> None:
    (found,) = remembered([NO_HYPHEN], a_conformity_certificate(chassis_number="ABC123"), (), TODAY)
    assert "ABC123" not in repr(found) + repr(kept([found]))
