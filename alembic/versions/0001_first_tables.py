"""The first tables: vehicles, filings with their fees, certificates, typing drafts.

Written out by hand and never changed again: a migration says what was, the models say what is.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_vehicle()
    _create_filing()
    _create_filing_fee()
    _create_insurance_certificate()
    _create_conformity_certificate()
    _create_typing_draft()


def downgrade() -> None:
    op.drop_table("typing_draft")
    op.drop_table("conformity_certificate")
    op.drop_table("insurance_certificate")
    op.drop_table("filing_fee")
    op.drop_table("filing")
    op.drop_table("vehicle")


def _create_vehicle() -> None:
    op.create_table(
        "vehicle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("class_number", sa.String(), nullable=False),
        sa.Column("kana", sa.String(), nullable=False),
        sa.Column("serial", sa.String(), nullable=False),
        sa.Column("chassis_number", sa.String(), nullable=False),
        sa.Column("officially_stamped", sa.Boolean(), nullable=False),
        sa.Column("vehicle_class", sa.String(length=20), nullable=False),
        sa.Column("vehicle_kind", sa.String(), nullable=False),
        sa.Column("use", sa.String(), nullable=False),
        sa.Column("private_or_business", sa.String(), nullable=False),
        sa.Column("body_shape", sa.String(), nullable=False),
        sa.Column("vehicle_name", sa.String(), nullable=False),
        sa.Column("model_code", sa.String(), nullable=False),
        sa.Column("engine_model", sa.String(), nullable=False),
        sa.Column("type_designation", sa.String(), nullable=False),
        sa.Column("classification_number", sa.String(), nullable=False),
        sa.Column("first_registration", sa.String(), nullable=True),
        sa.Column("expiry_date", sa.Date(), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("max_load_kg", sa.Integer(), nullable=True),
        sa.Column("weight_kg", sa.Integer(), nullable=True),
        sa.Column("gross_weight_kg", sa.Integer(), nullable=True),
        sa.Column("length_cm", sa.Integer(), nullable=True),
        sa.Column("width_cm", sa.Integer(), nullable=True),
        sa.Column("height_cm", sa.Integer(), nullable=True),
        sa.Column("displacement", sa.String(), nullable=False),
        sa.Column("fuel", sa.String(), nullable=False),
        sa.Column("ff_axle_kg", sa.Integer(), nullable=True),
        sa.Column("fr_axle_kg", sa.Integer(), nullable=True),
        sa.Column("rf_axle_kg", sa.Integer(), nullable=True),
        sa.Column("rr_axle_kg", sa.Integer(), nullable=True),
        sa.Column("owner_name", sa.String(), nullable=False),
        sa.Column("owner_address1", sa.String(), nullable=False),
        sa.Column("owner_address2", sa.String(), nullable=False),
        sa.Column("user_is_owner", sa.Boolean(), nullable=False),
        sa.Column("user_name", sa.String(), nullable=False),
        sa.Column("user_address1", sa.String(), nullable=False),
        sa.Column("user_address2", sa.String(), nullable=False),
        sa.Column("user_kind", sa.String(length=20), nullable=False),
        sa.Column("user_representative", sa.String(), nullable=False),
        sa.Column("name_reading", sa.String(), nullable=False),
        sa.Column("base_location", sa.String(), nullable=False),
        sa.Column("certificate_number", sa.String(), nullable=False),
        sa.Column("car_id", sa.String(), nullable=False),
        sa.Column("certificate_issued_on", sa.Date(), nullable=True),
        sa.Column("recorded_on", sa.Date(), nullable=True),
        sa.Column("note_info", sa.Text(), nullable=False),
        sa.Column("tax_rate", sa.String(), nullable=False),
        sa.Column("plate_key", sa.String(), nullable=False),
        sa.Column("chassis_tail", sa.String(), nullable=False),
        sa.Column("owner_key", sa.String(), nullable=False),
        sa.Column("user_key", sa.String(), nullable=False),
        sa.Column("reading_key", sa.String(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_vehicle"),
    )
    op.create_index("ix_vehicle_chassis_tail", "vehicle", ["chassis_tail"])
    op.create_index("ix_vehicle_expiry_date", "vehicle", ["expiry_date"])
    op.create_index("ix_vehicle_owner_key", "vehicle", ["owner_key"])
    op.create_index("ix_vehicle_plate_key", "vehicle", ["plate_key"])
    op.create_index("ix_vehicle_reading_key", "vehicle", ["reading_key"])
    op.create_index("ix_vehicle_serial", "vehicle", ["serial"])
    op.create_index("ix_vehicle_used_at", "vehicle", ["used_at"])
    op.create_index("ix_vehicle_user_key", "vehicle", ["user_key"])


def _create_filing() -> None:
    op.create_table(
        "filing",
        sa.Column("control_number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("vehicle_id", sa.Integer(), nullable=False),
        sa.Column("procedure", sa.String(length=20), nullable=False),
        sa.Column("vehicle_class", sa.String(length=20), nullable=False),
        sa.Column("planned_date", sa.Date(), nullable=True),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("class_number", sa.String(), nullable=False),
        sa.Column("kana", sa.String(), nullable=False),
        sa.Column("serial", sa.String(), nullable=False),
        sa.Column("chassis_number", sa.String(), nullable=False),
        sa.Column("officially_stamped", sa.Boolean(), nullable=False),
        sa.Column("user_name", sa.String(), nullable=False),
        sa.Column("user_kind", sa.String(length=20), nullable=False),
        sa.Column("user_representative", sa.String(), nullable=False),
        sa.Column("user_address1", sa.String(), nullable=False),
        sa.Column("user_address2", sa.String(), nullable=False),
        sa.Column("insurance_certificate_number", sa.String(), nullable=False),
        sa.Column("conformity_certificate_number", sa.String(), nullable=False),
        sa.Column("certificate_update", sa.String(), nullable=False),
        sa.Column("recording_contract_number", sa.String(), nullable=False),
        sa.Column("filing_id", sa.String(), nullable=True),
        sa.Column("requested_at", sa.DateTime(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("oss_status", sa.String(), nullable=True),
        sa.Column("status_updated_at", sa.DateTime(), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("checked_at", sa.DateTime(), nullable=True),
        sa.Column("forgotten", sa.Boolean(), nullable=False),
        sa.Column("is_finished", sa.Boolean(), nullable=False),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.Column("holds_vehicle", sa.Boolean(), nullable=False),
        sa.Column("plate_key", sa.String(), nullable=False),
        sa.Column("chassis_tail", sa.String(), nullable=False),
        sa.Column("sending", sa.String(length=20), nullable=False),
        sa.Column("request_key", sa.String(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("first_sent_at", sa.DateTime(), nullable=True),
        sa.Column("last_sent_at", sa.DateTime(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicle.id"], name="fk_filing_vehicle_id"),
        sa.PrimaryKeyConstraint("control_number", name="pk_filing"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_filing_chassis_number", "filing", ["chassis_number", "control_number", "sending", "requested_at"]
    )
    op.create_index("ix_filing_chassis_tail", "filing", ["chassis_tail"])
    op.create_index("ix_filing_is_finished", "filing", ["is_finished"])
    op.create_index("ix_filing_oss_status", "filing", ["oss_status"])
    op.create_index("ix_filing_plate_key", "filing", ["plate_key", "control_number", "sending", "requested_at"])
    op.create_index("ix_filing_procedure", "filing", ["procedure"])
    op.create_index("ix_filing_requested_at", "filing", ["requested_at", "control_number", "sending"])
    op.create_index("ix_filing_sending", "filing", ["sending"])
    op.create_index("ix_filing_status", "filing", ["status"])
    op.create_index("ix_filing_vehicle_class", "filing", ["vehicle_class"])
    op.create_index("ix_filing_vehicle_id", "filing", ["vehicle_id"])
    op.create_index("uq_filing_filing_id", "filing", ["filing_id"], unique=True)
    op.create_index(
        "uq_filing_open_vehicle",
        "filing",
        ["vehicle_id"],
        unique=True,
        sqlite_where=sa.text("holds_vehicle = 1"),
        postgresql_where=sa.text("holds_vehicle"),
    )
    op.create_index("uq_filing_request_key", "filing", ["request_key"], unique=True)


def _create_filing_fee() -> None:
    op.create_table(
        "filing_fee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("control_number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("payment_status", sa.String(), nullable=True),
        sa.Column("due_date", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["control_number"], ["filing.control_number"], name="fk_filing_fee_control_number", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_filing_fee"),
    )
    op.create_index("ix_filing_fee_control_number", "filing_fee", ["control_number"])


def _create_insurance_certificate() -> None:
    op.create_table(
        "insurance_certificate",
        sa.Column("control_number", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("vehicle_id", sa.Integer(), nullable=False),
        sa.Column("insurer", sa.String(), nullable=False),
        sa.Column("certificate_number", sa.String(), nullable=True),
        sa.Column("start_date", sa.Date(), nullable=True),
        sa.Column("end_date", sa.Date(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("contract_kind", sa.String(), nullable=False),
        sa.Column("premium", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("sending", sa.String(length=20), nullable=False),
        sa.Column("request_key", sa.String(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("first_sent_at", sa.DateTime(), nullable=True),
        sa.Column("last_sent_at", sa.DateTime(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicle.id"], name="fk_insurance_certificate_vehicle_id"),
        sa.PrimaryKeyConstraint("control_number", name="pk_insurance_certificate"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_insurance_certificate_vehicle_id", "insurance_certificate", ["vehicle_id"])


def _create_conformity_certificate() -> None:
    op.create_table(
        "conformity_certificate",
        sa.Column("control_number", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("vehicle_id", sa.Integer(), nullable=False),
        sa.Column("application_kind", sa.String(), nullable=False),
        sa.Column("certificate_number", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("inspection_date", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("sending", sa.String(length=20), nullable=False),
        sa.Column("request_key", sa.String(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("first_sent_at", sa.DateTime(), nullable=True),
        sa.Column("last_sent_at", sa.DateTime(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicle.id"], name="fk_conformity_certificate_vehicle_id"),
        sa.PrimaryKeyConstraint("control_number", name="pk_conformity_certificate"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_conformity_certificate_vehicle_id", "conformity_certificate", ["vehicle_id"])


def _create_typing_draft() -> None:
    op.create_table(
        "typing_draft",
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("place", name="pk_typing_draft"),
    )
