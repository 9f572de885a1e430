"""Databases of any size, made quickly by raw inserts into a migrated file, and made once within a run."""

from __future__ import annotations

import random
import shutil
from contextlib import closing
from typing import TYPE_CHECKING, Final

from onestop.clock import JST, SystemClock
from onestop.model.chassis import chassis_key
from onestop.model.checklist import ANSWERS
from onestop.model.text import fold_for_search
from onestop.paths import DataFolder
from onestop.store.migrations import migrate
from onestop.store.settings_file import Settings, save_settings
from onestop.store.sqlite.engine import connect_raw

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from sqlite3 import Connection

AREAS: Final = ("土浦", "水戸", "つくば", "野田", "春日部", "成田", "岩手", "青森", "なにわ", "品川")
KANA: Final = "さすせそたちつてとなにぬねのはひふほまみむめもやゆよらりる"
MODELS: Final = ("ZN6", "AE104", "RF1", "DBA0", "HE12", "GP5", "JF3", "L375S", "MH35S", "NHP10")
NAMES: Final = ("トヨタ", "日産", "ホンダ", "スズキ", "ダイハツ", "マツダ", "スバル", "三菱")
FAMILIES: Final = ("佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村", "小林", "加藤", "吉田", "山田")
GIVEN: Final = ("太郎", "花子", "一郎", "美咲", "健太", "陽子", "翔", "恵子", "大輔", "由美")
TOWNS: Final = ("一丁目", "二丁目", "三丁目", "四丁目")
MOMENT: Final = "2026-{:02}-{:02} {:02}:{:02}:00.000000"
FINISHED: Final = ("手続完了", "手続(交付)完了")
STATES: Final = (
    *(("filed", *FINISHED, 1, 1),) * 7,
    ("filed", "受付前", None, 0, 0),
    ("filed", "申請中", "審査中", 0, 0),
    ("draft", None, None, 0, 0),
)
"""sending, 申請ステータス, OSSステータス, finished, closed; one in ten is 依頼前."""

VEHICLE: Final = (
    *("id", "version", "created_at", "updated_at", "area", "class_number", "kana", "serial", "chassis_number"),
    *("officially_stamped", "vehicle_class", "vehicle_kind", "use", "private_or_business", "body_shape"),
    *("vehicle_name", "model_code", "engine_model", "type_designation", "classification_number", "expiry_date"),
    *("first_registration", "capacity", "weight_kg", "gross_weight_kg", "displacement", "fuel", "owner_name"),
    *("owner_address1", "owner_address2", "user_is_owner", "user_name", "user_address1", "user_address2"),
    *("user_kind", "user_representative", "name_reading", "base_location", "certificate_number", "car_id"),
    *("note_info", "tax_rate", "plate_key", "chassis_tail", "owner_key", "user_key", "reading_key", "used_at"),
)
INSPECTION: Final = (
    *("id", "version", "created_at", "updated_at", "vehicle_id", "renews", "opened_at", "last_application_date"),
    *("ended_at", "ending", "ended_by_hand", "reason"),
)
FILING: Final = (
    *("control_number", "version", "created_at", "updated_at", "vehicle_id", "procedure", "vehicle_class", "area"),
    *("class_number", "kana", "serial", "chassis_number", "officially_stamped", "user_name", "user_kind"),
    *("user_representative", "user_address1", "user_address2", "insurance_certificate_number"),
    *("conformity_certificate_number", "certificate_update", "recording_contract_number", "filing_id"),
    *("requested_at", "status", "oss_status", "status_updated_at", "forgotten", "is_finished", "is_closed"),
    *("is_open", "plate_key", "chassis_tail", "sending", "inspection_id", "last_application_date"),
)
ANSWER: Final = ("inspection_id", "item", "answer", "day", "number", "answered_by", "answered_at")
BATCH: Final = 20_000
SENDABLE: Final = 1_000
FIRST_ID: Final = 2_000_000_000

Value = str | int | None
State = tuple[str, str | None, str | None, int, int]


class Worlds:
    """Data folders of this run. Each size is made once and kept until the run ends."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._made: dict[str, DataFolder] = {}

    def folder(self, rows: int, states: Sequence[State] = STATES) -> DataFolder:
        """Return a data folder with so many cars, each with one filing; whoever changes it takes a `copy`."""
        name = f"{rows}-{'mixed' if len(states) > 1 else states[0][0]}"
        if name not in self._made:
            folder = DataFolder(self.root / name)
            folder.root.mkdir(parents=True)
            shutil.copyfile(self._migrated(), folder.database)
            if rows:
                _fill(folder.database, rows, states)
            _settle_in(folder)
            self._made[name] = folder
        return self._made[name]

    def _migrated(self) -> Path:
        """Return an empty database, which goes up the ladder once."""
        made = self.root / "migrated" / "onestop.db"
        if not made.exists():
            made.parent.mkdir(parents=True)
            migrate(made, made.parent / "backups", SystemClock())
        return made

    def copy(self, folder: DataFolder) -> DataFolder:
        """Return a copy that may be written into."""
        target = self.root / f"copy-{len([*self.root.iterdir()])}"
        shutil.copytree(folder.root, target)
        return DataFolder(target)


def _settle_in(folder: DataFolder) -> None:
    """Let the folder look like one that has been worked in lately: settings there, this hour's backup taken."""
    sites = Settings(practice=False, requester_site_code="0812345", agent_site_id="D0000123")
    save_settings(folder.settings, sites)
    folder.backups.mkdir(exist_ok=True)
    now = SystemClock().now().astimezone(JST)
    (folder.backups / f"onestop-{now:%Y%m%d-%H%M%S}.db").write_bytes(b"")


def _fill(path: Path, rows: int, states: Sequence[State]) -> None:
    with closing(connect_raw(path)) as raw:
        raw.execute("PRAGMA journal_mode = OFF")
        raw.execute("PRAGMA synchronous = OFF")
        indexes = _without_indexes(raw)
        raw.execute("BEGIN")
        for table, columns, records in tables_of(rows, states):
            marks = ", ".join("?" * len(columns))
            raw.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", records)  # noqa: S608 - constants
        for sql in indexes:
            raw.execute(sql)
        raw.execute("COMMIT")
        raw.execute("PRAGMA optimize")
        raw.execute("PRAGMA journal_mode = WAL")


def tables_of(rows: int, states: Sequence[State]) -> Iterator[tuple[str, tuple[str, ...], Iterable[tuple[Value, ...]]]]:
    """Yield each table with its columns and its records, in the order in which they refer to each other."""
    yield "vehicle", VEHICLE, _cars(rows)
    yield "inspection", INSPECTION, _inspections(rows, states)
    yield "filing", FILING, _filings(rows, states)
    yield "checklist_answer", ANSWER, _answers(range(1, rows + 1) if len(states) == 1 else drafts(rows))


def _without_indexes(raw: Connection) -> list[str]:
    """Drop all indexes and return how they are made again: sorting once is faster than a million insertions."""
    query = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
    found: list[tuple[str, str]] = raw.execute(query).fetchall()
    for name, _ in found:
        raw.execute(f"DROP INDEX {name}")
    return [sql for _, sql in found]


def chassis_number(number: int) -> str:
    """Return the 車台番号 of a car: its last seven digits are its own."""
    return f"{MODELS[number % len(MODELS)]}-{_scattered(number):07}"


def plate(number: int) -> tuple[str, str, str, str]:
    """Return area, 分類番号, かな and 一連指定番号 of a car."""
    serial = _scattered(number) % 9999 + 1
    return AREAS[number % 10], f"{300 + number // 7 % 99}", KANA[number // 3 % len(KANA)], str(serial)


def person(number: int) -> str:
    """Return the name of a car's owner."""
    return f"{FAMILIES[number % len(FAMILIES)]}{GIVEN[number // 5 % len(GIVEN)]}{number // 997 % 100:02}号"


def _scattered(number: int) -> int:
    """Return a number below ten million, a different one for each, in no order."""
    return number * 7_368_787 % 9_999_991


def _moment(number: int) -> str:
    return MOMENT.format(number % 11 + 1, number // 11 % 28 + 1, number % 10 + 8, number // 10 % 60)


def _cars(rows: int) -> Iterator[tuple[Value, ...]]:
    chance = random.Random(7)  # noqa: S311 - the same world each time
    reading = fold_for_search("さとうたろう")
    for number in range(1, rows + 1):
        name, chassis = person(number), chassis_number(number)
        area, class_number, kana, serial = plate(number)
        town = f"茨城県古河市見本{TOWNS[number % 4]}"
        moment = _moment(chance.randrange(1_000_000))
        yield (
            *(number, 1, moment, moment, area, class_number, kana, serial, chassis, 0, "普通", "小型", "乗用"),
            *("自家用", "箱型", NAMES[number % 8], f"DBA-{MODELS[number % 10]}", "FA20", "17024", "0003"),
            *(
                _expiry(number),
                "2019-12",
                5,
                1240,
                1515,
                "1.99",
                "ガソリン",
                name,
                town,
                "1番2号",
                1,
                "",
                "",
                "",
                "個人",
                "",
            ),
            *("さとうたろう", town, "", "", "", "normal", f"{area}{class_number}{kana}{serial}", _tail(chassis)),
            *(name, name, reading, moment),
        )


def _inspections(rows: int, states: Sequence[State]) -> Iterator[tuple[Value, ...]]:
    """Give each car the inspection that its filing is made for: over where that is finished, else open."""
    for number in range(1, rows + 1):
        finished, moment = states[number * 7 % len(states)][3], _moment(number)
        ended = (moment, FINISHED[0]) if finished else (None, None)
        renews = None if finished else _expiry(number)
        yield (number, 1, moment, moment, number, renews, moment, _last_day(number, finished), *ended, 0, "")


def _answers(numbers: Iterable[int]) -> Iterator[tuple[Value, ...]]:
    """Answer 確認票 of these inspections as it is for most cars: without it nothing is sent."""
    for number in numbers:
        for item, words in ANSWERS.items():
            yield (number, item.value, words[1], _moment(number)[:10], "", "見本花子", _moment(number))


def drafts(rows: int) -> list[int]:
    """Return the filings of a mixed world that can be sent: the first of those that are 依頼前."""
    sent = [state[0] for state in STATES]
    return [number for number in range(1, rows + 1) if sent[number * 7 % len(STATES)] == "draft"][:SENDABLE]


def _expiry(number: int) -> str:
    return f"{2027 + number % 2}-{number % 12 + 1:02}-{number % 28 + 1:02}"


def _last_day(number: int, finished: int) -> str | None:
    """Return the 最終の検査申請日 of a car's inspection; none once it is over."""
    return None if finished else f"2026-{number % 2 + 11}-{number % 28 + 1:02}"


def _filings(rows: int, states: Sequence[State]) -> Iterator[tuple[Value, ...]]:
    for number in range(1, rows + 1):
        sending, status, oss_status, finished, closed = states[number * 7 % len(states)]
        chassis = chassis_number(number)
        area, class_number, kana, serial = plate(number)
        moment = _moment(number)
        filed = sending == "filed"
        yield (
            *(number, 1, moment, moment, number, "継続検査", "普通", area, class_number, kana, serial, chassis, 0),
            *(person(number), "個人", "", "茨城県古河市見本一丁目", "1番2号", "A123456789", "1112345678", "", ""),
            *(filing_id(number) if filed else None, moment if filed else None, status, oss_status),
            *(moment if filed else None, 0, finished, closed, 1 - closed),
            *(f"{area}{class_number}{kana}{serial}", _tail(chassis), sending, number, _last_day(number, finished)),
        )


def filing_id(number: int) -> str:
    """Return the 申請ID of a filing."""
    return str(FIRST_ID + number)


def _tail(chassis: str) -> str:
    return chassis.replace("-", "")[::-1]


def check_keys() -> None:
    """Make sure that what is written here is what the program would have derived.

    Raises:
        ValueError: the program folds differently now.
    """
    for number in range(1, 200):
        whole = "".join(plate(number))
        derived = (fold_for_search(person(number)), fold_for_search(whole), chassis_key(chassis_number(number))[::-1])
        if derived != (person(number), whole, _tail(chassis_number(number))):
            raise ValueError(f"car {number} would be stored otherwise: {derived}")
