"""今回の車検: each 自賠責, 保適証 and 申請 gets the inspection that it was made for.

Written out by hand and never changed again: a migration says what was, the models say what is.

What belongs together is told by the 満了日 that stands in the 保適証, then by the certificates' numbers that a 申請 and
a 保適証 carry, then by the day. A group that is so much older than the car's present 満了日 that it must have given it
is over, whatever state its records were left in.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from alembic import op

from onestop.store.sqlite.rebuilding import KEPT, rebuilt

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = ("filing", "insurance_certificate", "conformity_certificate")
GAVE_PRESENT_EXPIRY = dt.timedelta(days=183)
"""The shortest period is a year: what was made so much before the present 満了日 was made for the one before."""
TOGETHER = dt.timedelta(days=183)
"""Records without 満了日 and without each other's numbers belong to one inspection within half a year."""
REACHES_ON = dt.timedelta(days=62)
"""A policy of the present period ends within two months after it; one that ends later is for the coming."""
READ = {
    "conformity_certificate": "origin, certificate_number, status, application_kind, inspection_date, issue_date,"
    " expiry_date, new_insurance_number, status_updated_at, created_at",
    "filing": "status, requested_at, status_updated_at, insurance_certificate_number,"
    " conformity_certificate_number, created_at",
    "insurance_certificate": "request_key, sending, certificate_number, start_date, end_date, created_at",
}
FINISHED, COUNTER, RENEWED = "手続完了", "窓口で終了", "新しい車検証"


def upgrade() -> None:
    op.create_table(
        "inspection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vehicle_id", sa.Integer(), nullable=False),
        sa.Column("renews", sa.Date(), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("inspection_date", sa.Date(), nullable=True),
        sa.Column("last_application_date", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ending", sa.String(length=20), nullable=True),
        sa.Column("ended_by_hand", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicle.id"], name="fk_inspection_vehicle_id_vehicle"),
        sa.PrimaryKeyConstraint("id", name="pk_inspection"),
        **KEPT,
    )
    op.create_index("ix_inspection_vehicle_id", "inspection", ["vehicle_id"])
    op.drop_index("uq_filing_open_vehicle", "filing")
    for table in TABLES:
        with rebuilt(table) as altered:
            altered.add_column(sa.Column("inspection_id", sa.Integer(), nullable=True))
            altered.create_foreign_key(f"fk_{table}_inspection_id_inspection", "inspection", ["inspection_id"], ["id"])
            if table == "filing":
                altered.alter_column("holds_vehicle", new_column_name="is_open")
                altered.add_column(sa.Column("last_application_date", sa.Date(), nullable=True))
        op.create_index(f"ix_{table}_inspection_id", table, ["inspection_id"])
    _follow_words(op.get_bind())
    _assign(op.get_bind())
    op.create_index("ix_filing_last_application_date", "filing", ["last_application_date"])
    op.create_index(
        "uq_inspection_open_vehicle",
        "inspection",
        ["vehicle_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "uq_filing_open_inspection",
        "filing",
        ["inspection_id"],
        unique=True,
        sqlite_where=sa.text("is_open = 1"),
        postgresql_where=sa.text("is_open"),
    )


def downgrade() -> None:
    op.drop_index("uq_filing_open_inspection", "filing")
    op.drop_index("ix_filing_last_application_date", "filing")
    for table in TABLES:
        op.drop_index(f"ix_{table}_inspection_id", table)
        with rebuilt(table) as altered:
            altered.drop_constraint(f"fk_{table}_inspection_id_inspection", type_="foreignkey")
            altered.drop_column("inspection_id")
            if table == "filing":
                altered.alter_column("is_open", new_column_name="holds_vehicle")
                altered.drop_column("last_application_date")
    _keep_newest_open(op.get_bind())
    op.create_index(
        "uq_filing_open_vehicle",
        "filing",
        ["vehicle_id"],
        unique=True,
        sqlite_where=sa.text("holds_vehicle = 1"),
        postgresql_where=sa.text("holds_vehicle"),
    )
    op.drop_table("inspection")


def _keep_newest_open(bind: sa.Connection) -> None:
    """The older program allows a car one such filing: the newest."""
    bind.execute(
        sa.text(
            "UPDATE filing SET holds_vehicle = FALSE WHERE holds_vehicle AND control_number < "
            "(SELECT max(other.control_number) FROM filing AS other "
            "WHERE other.vehicle_id = filing.vehicle_id AND other.holds_vehicle)"
        )
    )


# --- what belongs together


class Group:
    """Records of one inspection."""

    def __init__(self, renews: dt.date | None = None) -> None:
        self.renews = renews
        self.days: list[dt.date] = []
        self.numbers: set[str] = set()
        self.records: list[tuple[str, int]] = []
        self.inspected: dt.date | None = None
        self.ended: tuple[str, dt.date] | None = None

    def take(self, table: str, control_number: int, day: dt.date, *numbers: str | None) -> None:
        """Add a record by its table and 管理番号, with the numbers of certificates that it carries."""
        self.records.append((table, control_number))
        self.days.append(day)
        self.numbers |= {number for number in numbers if number}


def _follow_words(bind: sa.Connection) -> None:
    """Derive anew what follows from words that have come to mean more: what one files anew from, what is corrected."""
    words = "('取下げ', '取り下げ', '無効', '却下')"
    bind.execute(sa.text(f"UPDATE filing SET is_open = FALSE WHERE status IN {words} OR oss_status IN {words}"))  # noqa: S608 - words of our own
    bind.execute(
        sa.text("UPDATE conformity_certificate SET is_closed = FALSE WHERE status = '却下' AND origin = '電子'")
    )


def _assign(bind: sa.Connection) -> None:
    of: dict[str, dict[int, list[Any]]] = {}
    for table, columns in READ.items():
        of[table] = defaultdict(list)
        query = f"SELECT control_number, vehicle_id, {columns} FROM {table} ORDER BY control_number"  # noqa: S608 - names of our own
        for row in bind.execute(sa.text(query)):
            of[table][row.vehicle_id].append(row)
    cars = sorted({car for rows in of.values() for car in rows})
    expiries = {
        row.id: _known_day(row.expiry_date) for row in bind.execute(sa.text("SELECT id, expiry_date FROM vehicle"))
    }
    for car in cars:
        groups = _groups_of(expiries.get(car), *(rows[car] for rows in of.values()))
        _store(bind, car, expiries.get(car), groups)


def _groups_of(
    expiry: dt.date | None, conformities: list[Any], filings: list[Any], insurances: list[Any]
) -> list[Group]:
    groups: list[Group] = []
    for row in conformities:
        if row.origin != "電子":  # one on paper stands in 指定整備元帳 alone
            continue
        day = _day(row.inspection_date or row.issue_date or row.created_at)
        group = _of_certificate(groups, _known_day(row.expiry_date), day)
        group.take("conformity_certificate", row.control_number, day, row.certificate_number, row.new_insurance_number)
        group.inspected = day
        if row.status == "申請完" and row.application_kind == "窓口申請":
            group.ended = (COUNTER, _known_day(row.status_updated_at) or day)
    for row in filings:
        day = _day(row.requested_at or row.created_at)
        numbers = (row.conformity_certificate_number, row.insurance_certificate_number)
        group = _named(groups, numbers, day) or _near(groups, day)
        group.take("filing", row.control_number, day, *numbers)
        if row.status == "手続完了":
            group.ended = (FINISHED, _known_day(row.status_updated_at) or day)
    for row in insurances:
        day = _day(row.created_at)
        if _is_of_before(row, expiry) and _named(groups, (row.certificate_number,), day) is None:
            continue
        group = _named(groups, (row.certificate_number,), day) or _near(groups, day)
        group.take("insurance_certificate", row.control_number, day, row.certificate_number)
    return sorted(groups, key=lambda group: max(group.days))


def _of_certificate(groups: list[Group], renews: dt.date | None, day: dt.date) -> Group:
    if renews is None:
        return _near(groups, day)
    found = next((group for group in groups if group.renews == renews), None)
    if found is None:
        found = Group(renews)
        groups.append(found)
    return found


def _named(groups: list[Group], numbers: tuple[str | None, ...], day: dt.date) -> Group | None:
    """Return the group that carries one of the numbers, made within a year: numbers are sometimes typed on."""
    carrying = (group for group in groups if group.numbers & {number for number in numbers if number})
    return next((group for group in carrying if abs(group.days[-1] - day) < 2 * TOGETHER), None)


def _near(groups: list[Group], day: dt.date) -> Group:
    found = min(groups, key=lambda group: abs(group.days[-1] - day), default=None)
    if found is None or abs(found.days[-1] - day) > TOGETHER:
        found = Group()
        groups.append(found)
    return found


def _is_of_before(policy: Any, expiry: dt.date | None) -> bool:  # noqa: ANN401 - a row
    """Tell whether a policy that was written down from elsewhere is the one of the present 有効期間."""
    end = _known_day(policy.end_date)
    by_hand = policy.request_key is None and policy.sending == "filed"
    return by_hand and end is not None and expiry is not None and end <= expiry + REACHES_ON


# --- how each stands now


def _store(bind: sa.Connection, car: int, expiry: dt.date | None, groups: list[Group]) -> None:
    newest = groups[-1] if groups else None
    for group in groups:
        first, last = min(group.days), max(group.days)
        is_old = expiry is not None and last < expiry - GAVE_PRESENT_EXPIRY
        if group is newest and not is_old:  # whatever was typed into its 保適証
            group.renews = expiry
        if group.ended is None and (is_old or group is not newest):
            group.ended = (RENEWED, last)
        inserted = bind.execute(
            sa.text(
                "INSERT INTO inspection (vehicle_id, renews, opened_at, inspection_date, ended_at, ending,"
                " ended_by_hand, reason, version, created_at, updated_at) VALUES (:car, :renews, :opened, :inspected,"
                " :ended_at, :ending, FALSE, '', 1, :opened, :opened)"
            ),
            {
                "car": car,
                "renews": group.renews and group.renews.isoformat(),
                "opened": _moment(first),
                "inspected": group.inspected and group.inspected.isoformat(),
                "ended_at": group.ended and _moment(group.ended[1]),
                "ending": group.ended and group.ended[0],
            },
        )
        for table, control_number in group.records:
            bind.execute(
                sa.text(f"UPDATE {table} SET inspection_id = :inspection WHERE control_number = :number"),  # noqa: S608 - a name of our own
                {"inspection": inserted.lastrowid, "number": control_number},
            )
        _keep_one_open(bind, inserted.lastrowid)


def _keep_one_open(bind: sa.Connection, inspection: int) -> None:
    """Of the filings of an inspection that stand in each other's way the newest goes on."""
    bind.execute(
        sa.text(
            "UPDATE filing SET is_open = FALSE WHERE inspection_id = :inspection AND is_open AND control_number < "
            "(SELECT max(control_number) FROM filing WHERE inspection_id = :inspection AND is_open)"
        ),
        {"inspection": inspection},
    )


def _day(stored: str) -> dt.date:
    return dt.date.fromisoformat(stored[:10])


def _known_day(stored: str | None) -> dt.date | None:
    return None if stored is None else _day(stored)


def _moment(day: dt.date) -> str:
    return f"{day.isoformat()} 00:00:00.000000"
