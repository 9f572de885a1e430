"""Nothing goes out, and nothing is deleted, that another desk changed since a person read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from faults.kinds import KINDS
from onestop import errors
from onestop.model.sending_state import Sending
from onestop.services.delivery.send import CHANGED_SINCE_READ
from onestop.services.saving import CHANGED_BEFORE_DELETION, UNSETTLED
from support import conformity
from support.conformity import a_correctable_one, change
from support.shop import LAPSED

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from faults.kinds import Sent
    from support.desks import DeskRoom
    from support.shop import Shop


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_what_another_desk_changed_since_it_was_read_is_not_sent(shop: Shop, kind: Sent) -> None:
    kind.save(shop.one.room)
    read = kind.stored(shop.one.room)
    with shop.two.room.database.write() as shelves:
        kind.service(shop.two.room).sender.channel.shelf(shelves).get(1).refusal = "見本"
    with pytest.raises(errors.ChangedMeanwhile) as caught:
        kind.service(shop.one.room).issue(1, read.version)
    assert str(caught.value) == CHANGED_SINCE_READ
    assert (kind.stored(shop.one.room).sending, kind.times(shop.one.room)) == (Sending.DRAFT, 0)
    assert kind.service(shop.one.room).issue(1, kind.stored(shop.one.room).version).sending is Sending.FILED


DELETES: dict[str, Callable[[DeskRoom, int], object]] = {
    "申請": lambda room, read: room.desk.filings.delete(1, read),
    "自賠責": lambda room, read: room.desk.insurance.delete(1, read),
    "保適証": lambda room, read: room.desk.conformity.delete(1, read),
}


@pytest.mark.parametrize(("kind", "delete"), [*zip(KINDS.values(), DELETES.values(), strict=True)], ids=DELETES)
def test_a_draft_that_another_desk_changed_since_it_was_read_is_not_deleted(
    shop: Shop, kind: Sent, delete: Callable[[DeskRoom, int], object]
) -> None:
    kind.save(shop.one.room)
    read = kind.stored(shop.one.room)
    with shop.two.room.database.write() as shelves:
        kind.service(shop.two.room).sender.channel.shelf(shelves).get(1).refusal = "見本"
    with pytest.raises(errors.ChangedMeanwhile) as caught:
        delete(shop.one.room, read.version)
    assert str(caught.value) == CHANGED_BEFORE_DELETION
    delete(shop.one.room, kind.stored(shop.one.room).version)
    with pytest.raises(errors.Deleted):
        kind.stored(shop.one.room)


def test_a_correction_that_another_desk_changed_since_it_was_read_is_not_sent(shop: Shop) -> None:
    number = a_correctable_one(shop.one.room, shop.clock)
    read = conformity.certificate(shop.one.room, number).version
    change(shop.two.room, number, odometer_km="45300")
    asked = len(shop.one.way.asked)
    with pytest.raises(errors.ChangedMeanwhile):
        shop.one.room.desk.conformity.correct(number, read)
    assert len(shop.one.way.asked) == asked
    now = conformity.certificate(shop.one.room, number).version
    assert shop.one.room.desk.conformity.correct(number, now).status == "作成済"


def test_a_correction_that_another_desk_changed_while_airas_was_asked_is_not_sent(shop: Shop) -> None:
    number = a_correctable_one(shop.one.room, shop.clock)
    change(shop.one.room, number, odometer_km="45300")
    read = conformity.certificate(shop.one.room, number).version

    def change_too() -> None:
        shop.clock.sleep(**LAPSED)  # AIRAS answers late
        change(shop.two.room, number, remarks="ほかの端末から")

    shop.one.while_asking(change_too, acted=True)
    with pytest.raises(errors.ChangedMeanwhile) as caught:
        shop.one.room.desk.conformity.correct(number, read)
    assert str(caught.value) == CHANGED_SINCE_READ
    assert not [each for each in shop.one.way.asked if each.startswith("PUT")]
    stands = conformity.certificate(shop.one.room, number)
    assert (stands.status, stands.odometer_km, stands.remarks) == ("作成中", 45300, "ほかの端末から")
    assert shop.one.room.desk.conformity.correct(number, stands.version).remarks == "ほかの端末から"


@pytest.mark.parametrize("place", ["another desk", "another window"])
def test_nothing_is_saved_into_a_correction_that_is_under_way(shop: Shop, place: str) -> None:
    """The answer brings back what AIRAS has: other words would be gone, and nobody told."""
    number = a_correctable_one(shop.one.room, shop.clock)
    change(shop.one.room, number, odometer_km="45300")
    other = shop.two if place == "another desk" else shop.one
    told: list[str] = []

    def change_too() -> None:
        with pytest.raises(errors.NotAllowed) as caught:
            change(other.room, number, remarks="あとから")
        told.append(str(caught.value))

    def once_asked(_request: httpx.Request, response: httpx.Response) -> httpx.Response:
        shop.one.while_asking(change_too, acted=True)  # with the 訂正 that follows the question how it stands
        return response

    shop.one.way.after = once_asked
    corrected = shop.one.room.desk.conformity.correct(number)
    assert (corrected.status, corrected.odometer_km, corrected.remarks) == ("作成済", 45300, "")
    (sentence,) = told
    assert sentence == UNSETTLED if other is shop.one else sentence.startswith("端末1 が作業中です。")
