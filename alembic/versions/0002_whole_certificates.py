"""The whole of 自賠責証明書 and 保適証: everything that e-JIBAI and AIRAS are told and tell.

Written out by hand and never changed again: a migration says what was, the models say what is.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from onestop.store.sqlite.rebuilding import rebuilt

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INSURANCE = "insurance_certificate"
CONFORMITY = "conformity_certificate"
CAR_WORDS = ("area", "class_number", "kana", "serial", "chassis_number")
"""Copied from the car for certificates that were there before."""
INSURANCE_WORDS = ("rate_class", "policyholder_name", "policyholder_address")
INSURANCE_MOMENTS = ("registry_reported_at", "checked_at")
CONFORMITY_WORDS = (
    "workshop_code",
    "inspector_code",
    "inspector_name",
    "vehicle_category",
    "vehicle_name",
    "model_code",
    "engine_model",
    "user_name",
    "user_address",
    "new_insurance_number",
    "new_insurer",
    "old_insurance_number",
    "old_insurer",
    "chassis_tail",
)
CONFORMITY_TOLD = ("report_status", "insurance_match")
CONFORMITY_MOMENTS = (
    "issued_at",
    "status_updated_at",
    "checked_at",
    "waiting_since",
    "next_try_at",
    "pullback_requested_at",
)


def upgrade() -> None:
    with rebuilt(INSURANCE) as table:
        _add_shared(table)
        _add_words(table, INSURANCE_WORDS)
        table.add_column(sa.Column("report_to_registry", sa.Boolean(), nullable=False, server_default=sa.true()))
        _add_moments(table, INSURANCE_MOMENTS)
        table.create_index("ix_insurance_certificate_sending", ["sending"])
    with rebuilt(CONFORMITY) as table:
        _add_shared(table)
        _add_words(table, CONFORMITY_WORDS)
        table.add_column(sa.Column("officially_stamped", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("odometer_km", sa.Integer(), nullable=True))
        table.add_column(sa.Column("issue_date", sa.Date(), nullable=True))
        table.add_column(sa.Column("expiry_date", sa.Date(), nullable=True))
        table.add_column(sa.Column("remarks", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("is_closed", sa.Boolean(), nullable=False, server_default=sa.false()))
        for name in CONFORMITY_TOLD:
            table.add_column(sa.Column(name, sa.String(), nullable=True))
        _add_moments(table, CONFORMITY_MOMENTS)
        table.create_index("ix_conformity_certificate_sending", ["sending"])
        table.create_index("ix_conformity_certificate_issue_date", ["issue_date"])
        table.create_index("ix_conformity_certificate_chassis_tail", ["chassis_tail"])
        table.create_index("uq_conformity_certificate_certificate_number", ["certificate_number"], unique=True)
    for name in (INSURANCE, CONFORMITY):
        _copy_from_cars(name)
        _drop_defaults(name)


def downgrade() -> None:
    with rebuilt(CONFORMITY) as table:
        for index in ("sending", "issue_date", "chassis_tail"):
            table.drop_index(f"ix_conformity_certificate_{index}")
        table.drop_index("uq_conformity_certificate_certificate_number")
        own = ("officially_stamped", "odometer_km", "issue_date", "expiry_date", "remarks", "is_closed")
        for name in (*CONFORMITY_MOMENTS, *CONFORMITY_TOLD, *own, *CONFORMITY_WORDS, *_SHARED):
            table.drop_column(name)
    with rebuilt(INSURANCE) as table:
        table.drop_index("ix_insurance_certificate_sending")
        for name in (*INSURANCE_MOMENTS, "report_to_registry", *INSURANCE_WORDS, *_SHARED):
            table.drop_column(name)


_SHARED = ("version", "updated_at", "origin", *CAR_WORDS)


def _add_shared(table: sa.Table) -> None:
    table.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    table.add_column(sa.Column("updated_at", sa.DateTime(), nullable=False, server_default="1970-01-01 00:00:00"))
    table.add_column(sa.Column("origin", sa.String(length=20), nullable=False, server_default="電子"))
    _add_words(table, CAR_WORDS)


def _add_words(table: sa.Table, names: tuple[str, ...]) -> None:
    for name in names:
        table.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))


def _add_moments(table: sa.Table, names: tuple[str, ...]) -> None:
    for name in names:
        table.add_column(sa.Column(name, sa.DateTime(), nullable=True))


def _copy_from_cars(name: str) -> None:
    for column in CAR_WORDS:
        op.execute(
            f"UPDATE {name} SET {column} = (SELECT {column} FROM vehicle WHERE vehicle.id = {name}.vehicle_id)"  # noqa: S608 - names of our own
        )
    op.execute(f"UPDATE {name} SET updated_at = created_at")  # noqa: S608 - a name of our own


def _drop_defaults(name: str) -> None:
    """The models give every value; a default that only a migration needed must not stay."""
    columns = [
        column
        for column in sa.inspect(op.get_bind()).get_columns(name)
        if column["default"] is not None and column["name"] != "control_number"
    ]
    with rebuilt(name) as table:
        for column in columns:
            table.alter_column(column["name"], server_default=None)
