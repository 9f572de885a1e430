"""What the sandbox remembers, in one SQLite database: accounts, and every filing, policy and certificate."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from onestop_sandbox.clock import moment_of, text_of
from onestop_sandbox.world import Account

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from onestop_sandbox.wire import Wire

_TABLES = """
CREATE TABLE IF NOT EXISTS account (
  api_key TEXT PRIMARY KEY, password TEXT NOT NULL, organization TEXT NOT NULL, initial INTEGER NOT NULL,
  site_codes TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS counter (service TEXT PRIMARY KEY, last INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS entry (
  seq INTEGER PRIMARY KEY, service TEXT NOT NULL, number TEXT NOT NULL, api_key TEXT NOT NULL, idempotency_key TEXT,
  control_number TEXT NOT NULL, site_code TEXT, chassis_number TEXT NOT NULL, created_at TEXT NOT NULL,
  body TEXT NOT NULL, life TEXT NOT NULL, UNIQUE (service, number));
CREATE INDEX IF NOT EXISTS entry_key ON entry (service, api_key, idempotency_key);
CREATE INDEX IF NOT EXISTS entry_control ON entry (service, api_key, control_number);
CREATE INDEX IF NOT EXISTS entry_chassis ON entry (service, chassis_number);
"""
_SETTINGS = ("secure_delete=ON", "trusted_schema=OFF", "cell_size_check=ON", "journal_mode=WAL", "synchronous=NORMAL")
_SELECT = "SELECT service, number, api_key, idempotency_key, created_at, body, life FROM entry WHERE service = ?"


@dataclass(frozen=True, slots=True)
class Entry:
    """One filing, policy or certificate."""

    service: str
    """ainas, airas or ejibai."""
    number: str
    """Its 申請ID, 交付番号 or 保険証番号."""
    api_key: str
    created_at: dt.datetime
    body: Wire = field(repr=False)
    """What was asked for, as it came."""
    life: Wire = field(default_factory=dict, repr=False)
    """What happened to it since, in the words of its service's file."""
    idempotency_key: str | None = None


class Criteria(NamedTuple):
    """What entries are looked for by, with the names of the columns; None is not asked about."""

    api_key: str | None = None
    idempotency_key: str | None = None
    control_number: str | None = None
    site_code: str | None = None
    chassis_number: str | None = None


class FilingKey(NamedTuple):
    """What must never be filed twice: for tests that count."""

    api_key: str
    control_number: int
    chassis_number: str


class Memory:
    """One connection, one lock, and nothing told before it is committed."""

    def __init__(self, state: Path | None) -> None:
        """`state` is a file that outlives the process; without one nothing is remembered after it."""
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(
            ":memory:" if state is None else str(state), check_same_thread=False, isolation_level=None, timeout=10
        )
        try:
            for setting in _SETTINGS:
                self._connection.execute(f"PRAGMA {setting}")
            self._connection.executescript(_TABLES)
        except sqlite3.Error:
            self._connection.close()
            raise

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do everything inside at once or not at all; one thread at a time."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    @property
    def is_new(self) -> bool:
        """Tell whether nobody has an account yet."""
        return not self._rows("SELECT 1 FROM account LIMIT 1")

    def account(self, api_key: str) -> Account | None:
        """Return the account with this key."""
        rows = self._rows("SELECT password, organization, initial, site_codes FROM account WHERE api_key = ?", api_key)
        for password, organization, initial, sites in rows:
            return Account(api_key, password, organization, bool(initial), tuple(json.loads(sites)))
        return None

    def put_account(self, account: Account) -> None:
        """Add an account, or replace the one with its key."""
        sites = json.dumps(account.site_codes)
        row = (account.api_key, account.password, account.organization, account.initial, sites)
        self._rows("INSERT OR REPLACE INTO account VALUES (?, ?, ?, ?, ?)", *row)

    def put_password(self, api_key: str, password: str) -> None:
        """Let another password be right for an account from now on; what was kept of the one before leaves the disk."""
        self._rows("UPDATE account SET password = ? WHERE api_key = ?", password, api_key)
        self._rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def next_number(self, service: str) -> int:
        """Return the next number of a service, one more than the last."""
        return int(self._rows("UPDATE counter SET last = last + 1 WHERE service = ? RETURNING last", service)[0][0])

    def count_from(self, service: str, last: int) -> None:
        """Let numbers rise from the one after `last`."""
        self._rows("INSERT OR REPLACE INTO counter VALUES (?, ?)", service, last)

    def add(self, entry: Entry) -> Entry:
        """Write down a new entry and return it."""
        self._rows(
            "INSERT INTO entry (service, number, api_key, idempotency_key, control_number, site_code, chassis_number,"
            " created_at, body, life) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            entry.service,
            entry.number,
            entry.api_key,
            entry.idempotency_key,
            str(entry.body["control_number"]),
            entry.body.get("requester_site_code"),
            entry.body["chassis_number"],
            text_of(entry.created_at),
            json.dumps(entry.body),
            json.dumps(entry.life),
        )
        return entry

    def change(self, entry: Entry) -> Entry:
        """Write down what an entry has become: its body and its life."""
        row = (json.dumps(entry.body), json.dumps(entry.life), entry.service, entry.number)
        self._rows("UPDATE entry SET body = ?, life = ? WHERE service = ? AND number = ?", *row)
        return entry

    def entry(self, service: str, number: str) -> Entry | None:
        """Return the entry with this number."""
        rows = self._rows(_SELECT + " AND number = ?", service, number)
        return _entry(rows[0]) if rows else None

    def entries(self, service: str, numbers: Sequence[str]) -> dict[str, Entry]:
        """Return those of these numbers that exist."""
        query = _SELECT + " AND number IN (SELECT value FROM json_each(?))"  # noqa: S608 - two constants
        rows = self._rows(query, service, json.dumps(numbers))
        return {entry.number: entry for entry in map(_entry, rows)}

    def find(self, service: str, criteria: Criteria, limit: int = 200) -> list[Entry]:
        """Return the newest entries that meet all criteria."""
        asked = {column: value for column, value in criteria._asdict().items() if value is not None}
        where = "".join(f" AND {column} = ?" for column in asked)
        query = _SELECT + where + " ORDER BY seq DESC LIMIT ?"
        return [_entry(row) for row in self._rows(query, service, *asked.values(), limit)]

    def filings(self) -> Counter[FilingKey]:
        """Count the filings per account, 管理番号 and 車台番号; more than one is a filing made twice."""
        rows = self._rows("SELECT api_key, control_number, chassis_number FROM entry WHERE service = 'ainas'")
        return Counter(FilingKey(key, int(control), chassis) for key, control, chassis in rows)

    def _rows(self, query: str, *values: object) -> list[tuple[str, ...]]:
        with self._lock:
            return self._connection.execute(query, values).fetchall()


def _entry(row: Sequence[str]) -> Entry:
    service, number, api_key, idempotency_key, created_at, body, life = row
    return Entry(
        service, number, api_key, moment_of(created_at), json.loads(body), json.loads(life), idempotency_key or None
    )
