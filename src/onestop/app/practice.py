"""練習モード: embedded services and the カーネット太郎 world. Nothing of it can reach a real service or database."""

from __future__ import annotations

import datetime as dt
import sqlite3
from typing import TYPE_CHECKING, Any, Final

import httpx

from onestop import errors
from onestop.clock import JST
from onestop.files import patiently
from onestop.model.checklist import ANSWERS, ChecklistAnswer, Item
from onestop.model.ending import Ending
from onestop.model.filing import Filing, FilingFee
from onestop.model.inspection import Inspection
from onestop.model.inspection_days import window_start
from onestop.model.sending_state import Sending
from onestop.model.shipped import document_of
from onestop.model.words import status_word
from onestop.paths import RESOURCES, make_private, make_private_file
from onestop.services.inspection.belonging import inspection_under_way
from onestop.services.vehicle.form import VehicleForm
from onestop.services.vehicle.service import new_vehicle
from onestop.store.failures import raise_translated, translate_file_errors
from onestop.store.keychain import ApiSecrets, MemorySecrets
from onestop.store.settings_file import InspectorEntry, load_settings, save_settings
from onestop.store.sqlite.health import is_sound
from onestop_sandbox import Options, Sandbox, World, app_of

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.clock import Clock
    from onestop.model.vehicle import Vehicle
    from onestop.paths import DataFolder
    from onestop.store.database import Database, Shelves

URL: Final = "https://practice.invalid"
"""A name that can never be resolved, should a request ever go past the embedded services."""
ANSWERED_BY: Final = "見本花子"
STATE: Final = "services.db"
"""What the embedded services remember."""


def open_services(folder: DataFolder) -> Sandbox:
    """Return the embedded services; what they remember lies in the practice folder.

    Raises:
        PracticeDamaged: it cannot be read any more.
        StoreError, OSError: the folder cannot be read or written.
    """
    state = folder.root / STATE
    make_private(folder.root)
    make_private_file(state)
    if state.stat().st_size and not is_sound(state):
        raise errors.PracticeDamaged
    world = World.load(RESOURCES / "practice" / "services.json")
    options = Options(
        contract_dir=RESOURCES / "contract",
        rates=RESOURCES / "rates" / "jibaiseki.json",
        state=state,
    )
    try:
        return Sandbox(world, options)
    except sqlite3.Error as error:
        raise_translated(error)
        raise errors.PracticeDamaged from None  # sound, and yet not what the services wrote


def put_aside(folder: Path, clock: Clock) -> None:
    """Move a practice folder out of the way; nothing in it is deleted.

    Raises:
        StoreError: it cannot be moved.
    """
    name = f"{folder.name}-{clock.now().astimezone(JST):%Y%m%d-%H%M%S}"
    with translate_file_errors():
        taken = sum(1 for each in folder.parent.iterdir() if each.name.startswith(name))
        patiently(lambda: folder.rename(folder.with_name(f"{name}-{taken + 1}")))


def way_in(sandbox: Sandbox) -> httpx.BaseTransport:
    """Return what carries requests to the embedded services, without any network."""
    return httpx.WSGITransport(app=app_of(sandbox))


def practice_secrets(sandbox: Sandbox) -> MemorySecrets:
    """Return the practice account, which begins with its own password at each start; it opens nothing else.

    What was typed at 再設定 is hashed and can't be read back, and an earlier program left it there in clear.
    """
    secrets = _account()
    sandbox.memory.put_password(secrets.api_key, secrets.api_password)
    return MemorySecrets(secrets)


def shared_secrets() -> MemorySecrets:
    """Return the practice account for services that several desks share, as they were started with it."""
    return MemorySecrets(_account())


def _account() -> ApiSecrets:
    account = World.load(RESOURCES / "practice" / "services.json").accounts[0]
    return ApiSecrets(account.api_key, account.password)


def prepare(database: Database, folder: DataFolder, clock: Clock) -> None:
    """Fill an empty practice database with the world, and a desk's first settings; what is there is left alone."""
    loaded = load_settings(folder.settings)
    if fill(database, clock) or not loaded.found:
        settings = loaded.settings
        shop = {
            "requester_site_code": "0812345",
            "agent_site_id": "D0000123",
            "workshop_code": "08-0123",
            "workshop_name": "株式会社カーネット自動車 古河工場",
            "inspectors": (InspectorEntry(code="00112345", name="検査一郎"),),
            "watched_folder": str(folder.arrives.absolute()),
            "oss_charge": 3300,
        }
        _put(RESOURCES / "practice" / "arrives", folder.arrives)
        _put(RESOURCES / "practice" / "sheets", folder.root / "sheets")
        save_settings(folder.settings, settings.model_copy(update=shop))


def _put(samples: Path, folder: Path) -> None:
    """Put samples of 車検証 where practice watches for them, or where a clerk finds them for printing."""
    with translate_file_errors():
        make_private(folder)
        for sample in sorted(samples.iterdir()):
            (folder / sample.name).write_bytes(sample.read_bytes())


def fill(database: Database, clock: Clock) -> bool:
    """Put the cars and filings of the world into an empty database; returns False when it had some already."""
    document = document_of("practice/desk.json")
    with database.write() as shelves:
        if shelves.vehicles.count():
            return False
        cars = [shelves.vehicles.add(_car(form, clock)) for form in document["cars"]]
        for entry in document["filings"]:
            car = shelves.vehicles.by_chassis(entry["chassis_number"])[0]
            filing = _filing(entry, car, clock)
            filing.inspection_id = shelves.inspections.add(_inspection(filing, car)).id
            shelves.filings.add(filing)
            shelves.restored.give_only_above(Filing, filing.control_number)
        for each in cars:
            if each.chassis_number != document["unasked"]:
                _answer(shelves, each, clock)
    return True


def _answer(shelves: Shelves, car: Vehicle, clock: Clock) -> None:
    """Answer 確認票 of a car whose 車検 may begin, as it is for most cars."""
    now, today = clock.now(), clock.today()
    if car.expiry_date is None or today < window_start(car.expiry_date, today):
        return
    mine = inspection_under_way(shelves, car, now)
    answers = [
        ChecklistAnswer(
            inspection_id=mine.id,
            item=item,
            answer=ANSWERS[item][1],
            day=today if item is Item.CONSENT else None,
            answered_by=ANSWERED_BY,
            answered_at=now,
        )
        for item in shelves.checklists.of_car(car, mine, today).items
    ]
    shelves.checklists.add(*answers)


def _car(form: dict[str, Any], clock: Clock) -> Vehicle:
    return new_vehicle(VehicleForm(**form), clock.now(), clock.today())


def _filing(entry: dict[str, Any], car: Vehicle, clock: Clock) -> Filing:
    requested = entry.get("requested_at")
    moment = dt.datetime.fromisoformat(requested) if requested else None
    filing = Filing(
        created_at=moment or clock.now(),
        updated_at=moment or clock.now(),
        vehicle_id=car.id,
        vehicle_class=car.vehicle_class,
        registration_number=car.registration_number,
        chassis_number=car.chassis_number,
        user_name=car.effective_user_name,
        user_kind=car.user_kind,
        user_representative=car.user_representative,
        user_address1=car.effective_user_address1,
        user_address2=car.effective_user_address2,
        insurance_certificate_number=entry.get("insurance_certificate_number", ""),
        conformity_certificate_number=entry.get("conformity_certificate_number", ""),
        sending=Sending.FILED if moment else Sending.DRAFT,
        filing_id=entry.get("filing_id"),
        requested_at=moment,
        status=entry.get("status"),
        oss_status=entry.get("oss_status"),
        status_updated_at=moment,
        fees=[_fee(position, *fee) for position, fee in enumerate(entry.get("fees", ()))],
    )
    filing.control_number = entry["control_number"]
    return filing


def _inspection(filing: Filing, car: Vehicle) -> Inspection:
    """Return the 車検 that a filing was made for. One that is finished gave the present 満了日."""
    begun = filing.created_at
    done = status_word(filing.status).done
    renews = None if done else car.expiry_date
    inspection = Inspection(created_at=begun, updated_at=begun, vehicle_id=car.id, renews=renews, opened_at=begun)
    if done:
        inspection.end(Ending.FINISHED, begun)
    return inspection


def _fee(position: int, kind: str, amount: int | None, payment: str | None, due: str | None) -> FilingFee:
    due_date = dt.date.fromisoformat(due) if due else None
    return FilingFee(position=position, kind=kind, amount=amount, payment_status=payment, due_date=due_date)
