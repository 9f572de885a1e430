"""AINAS takes a filing up again that it had sent back, after another one of the same inspection was made."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import httpx
import pytest

from onestop import errors
from onestop.screens.filing.issue_screen import IssueScreen
from onestop.screens.filing.list_screen import FilingListScreen
from onestop.screens.filing.shown import DOUBLED, GAVE_WAY
from onestop.screens.function_keys import FILING_LIST, HISTORY
from onestop.screens.inspection.history_screen import HistoryScreen
from onestop.screens.inspection.main_screen import MainScreen, PanelName
from onestop.screens.vehicle.lookup_rows import filing_text
from onestop.services.delivery.refresh_many import Refreshed
from onestop.services.inspection.link import ISSUED_ALREADY
from support.checklist import answer
from support.desks import Interposed, a_desk
from support.screens import Stage, said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onestop_sandbox import Sandbox
    from support.clock import FixedClock
    from support.desks import DeskRoom

SENT_BACK = "差戻"


@dataclasses.dataclass
class Told:
    """A desk whose AINAS says of filings what a test wants it to say."""

    room: DeskRoom
    clock: FixedClock
    words: dict[str, str] = dataclasses.field(default_factory=dict)
    """申請ステータス by 申請ID."""

    def after(self, _request: httpx.Request, response: httpx.Response) -> httpx.Response:
        """Change what AINAS answers."""
        document = json.loads(response.read() or b"{}")
        for each in document.get("filings", [document]):
            if word := self.words.get(each.get("filing_id")):
                each |= {"status": word, "status_updated_at": self.clock.now().isoformat()}
        return httpx.Response(response.status_code, json=document)

    def filed(self, car: int) -> int:
        """File for a car as its clerk does; returns the 管理番号."""
        opened = self.room.desk.filings.open(car, None)
        assert opened.filing is None
        form = dataclasses.replace(opened.form, insurance_certificate_number="A1", conformity_certificate_number="B1")
        return self.room.desk.filings.save(form, car, None, None).control_number

    def says(self, number: int, word: str) -> Refreshed:
        """Let AINAS say a word of a filing, and press F7."""
        self.clock.advance(minutes=1)
        self.words[self.room.filing(number).filing_id or ""] = word
        return self.room.desk.filings.many.refresh([number])

    def places(self) -> list[bool]:
        """Return which filings have the place of the inspection."""
        with self.room.database.read() as shelves:
            return [each.is_open for each in reversed(shelves.filings.all_for_vehicle(1))]

    def hint(self) -> str:
        """Return 次にすること of the car."""
        stage = self.stage()
        screen = stage.open(MainScreen(stage.surroundings, 1))
        return f"{screen.badge(PanelName.FILING)} {screen.hint}"

    def stage(self) -> Stage:
        """Return what a window of this desk stands on."""
        return Stage(desk=lambda: self.room.desk, clock=self.clock)


@pytest.fixture
def told(tmp_path: Path, clock: FixedClock, sandbox: Sandbox) -> Iterator[Told]:
    way = Interposed(sandbox)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
        told = Told(room, clock)
        way.after = told.after
        yield told


@pytest.fixture
def sent_back(told: Told) -> int:
    """File for a car, and let AINAS send it back."""
    car = told.room.a_car()
    answer(told.room, car)
    first = told.room.desk.filings.delivery.issue(told.filed(car)).control_number
    told.room.ainas.withdraw(told.room.filing(first).filing_id or "")  # so that the sandbox takes another one
    assert told.says(first, SENT_BACK).revived == ()
    assert told.places() == [False]
    return first


def test_it_is_shown_beside_the_one_that_was_filed_since(told: Told, sent_back: int) -> None:
    second = told.room.desk.filings.delivery.issue(told.filed(1)).control_number
    assert told.says(sent_back, "受付済") == Refreshed(asked=1, updated=1, wanted=1, revived=(sent_back,))
    assert told.room.filing(sent_back).status == "受付済"
    assert told.places() == [False, True]
    hint = told.hint()
    assert f"2件以上、AINASで手続中です(管理番号 {sent_back}・{second})" in hint
    stage = told.stage()
    assert said(stage.open(IssueScreen(stage.surroundings, None, sent_back))) == DOUBLED
    with pytest.raises(errors.NotAllowed, match=ISSUED_ALREADY):
        told.room.desk.link.link(1)
    history = stage.open(HistoryScreen(stage.surroundings, 1))
    history.editor.edit("reason", "二重のため")
    stage.press(HISTORY, "F2", history)
    named = [told.room.filing(each).filing_id or "?" for each in (sent_back, second)]
    assert [each for each in named if each not in stage.view.asked.text] == []
    told.says(sent_back, "取下")
    assert told.places() == [False, True]
    assert "二重" not in told.hint()
    assert "2件" not in told.hint()


def test_it_counts_once_the_one_that_was_filed_since_has_ended(told: Told, sent_back: int) -> None:
    second = told.room.desk.filings.delivery.issue(told.filed(1)).control_number
    told.says(sent_back, "申請中")
    told.says(second, "却下")
    assert told.places() == [True, False]
    opened = told.room.desk.filings.open(1, None)
    assert opened.filing is not None
    assert opened.filing.control_number == sent_back
    (row,) = told.room.database.lists.vehicles("")
    assert filing_text(row) == "申請中"


def test_a_draft_gives_way_to_it_and_is_not_sent(told: Told, sent_back: int) -> None:
    draft = told.filed(1)
    told.says(sent_back, "受付済")
    assert told.places() == [True, False]
    assert told.room.desk.filings.drafts_among([draft]) == ()
    stage = told.stage()
    screen = stage.open(IssueScreen(stage.surroundings, None, draft))
    assert said(screen) == GAVE_WAY
    with pytest.raises(errors.NotAllowed, match=r"終わっていない申請\(管理番号1\)"):
        told.room.desk.filings.delivery.issue(draft)
    assert told.room.times_filed(draft) == 0
    listed = stage.open(FilingListScreen(stage.surroundings))
    assert listed.rows.ticked == set()
    assert [row[6] for row in (listed.rows.row(place) for place in range(2)) if row] == ["受付済", "依頼前(重複)"]
    told.says(sent_back, "却下")
    assert told.places() == [False, True]
    told.room.desk.filings.delivery.issue(draft)
    assert told.room.times_filed(draft) == 1


def test_f7_says_which_one_goes_on_again(told: Told, sent_back: int) -> None:
    told.words[told.room.filing(sent_back).filing_id or ""] = "申請中"
    told.clock.advance(minutes=1)
    stage = told.stage()
    screen = stage.open(FilingListScreen(stage.surroundings))
    stage.press(FILING_LIST, "F7", screen)
    assert f"管理番号{sent_back}は、差戻や取下げのあとでまた手続中になりました" in said(screen)
    assert told.places() == [True]
