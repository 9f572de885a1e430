"""納付消込: a month of the bank's book above, the open amounts below; a person ticks what one line paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.model.money import yen
from onestop.model.payment import month_of
from onestop.model.text import with_unseen_shown
from onestop.model.wareki import YearMonth, format_western
from onestop.screens.choosing import ask_for_file
from onestop.screens.display import NOTHING, moment
from onestop.screens.function_key import YES, Can, no
from onestop.screens.listed_rows import ListedRows
from onestop.screens.payment import book_words as words
from onestop.screens.payment.amount_rows import AmountRow, AmountRows
from onestop.screens.payment.bank_reading import BankReading
from onestop.screens.payment.leaving_out import LeavingOut
from onestop.screens.payment.months import month_options
from onestop.screens.payment.payment_columns import LINE_COLUMNS
from onestop.screens.places import IssuePlace
from onestop.screens.ports import Choice, Tone
from onestop.screens.rows import RowLook
from onestop.screens.screen import Screen
from onestop.services.payment.reconciling import why_not_closed_yet

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.errors import OneStopError
    from onestop.model.bank import BankLine
    from onestop.model.proposing import Proposal, Way
    from onestop.screens.screen import Surroundings
    from onestop.services.payment.importing import Imported
    from onestop.services.payment.reconciling import BookMonth


class ReconcilingScreen(Screen):
    """What 納付消込 knows. Nothing is ticked but by a key."""

    help_page = "payments"

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__(surroundings)
        self.month = month_of(self.clock.today())
        self.book: BookMonth | None = None
        self.reason = ""
        """Why a closed month is opened again."""
        self.bank = BankReading(self, self._imported)
        self._leaving_out = LeavingOut(self, self._change)
        self.lines: ListedRows[BankLine] = ListedRows(
            LINE_COLUMNS, RowLook(self._line_texts, self._line_tone), lambda line: line.id
        )
        self.amounts = AmountRows(self.quiet)
        self.chosen: int | None = None
        """The id of the chosen line."""
        self._amount: AmountRow | None = None
        self._way = -1
        """The way that was ticked last, of the chosen line's."""

    # --- the month

    @property
    def months(self) -> tuple[tuple[str, str], ...]:
        """What can be chosen, the newest first."""
        known = self.book.months if self.book else ()
        today = month_of(self.clock.today())
        return month_options(min((*known, self.month, today)), max((*known, today)))

    def edit(self, name: str, value: object) -> None:
        """Choose a month, or type why it is opened again."""
        if name == "reason":
            self.reason = str(value)
            self.typed_in(name)
            self.view.refresh()
            return
        month = YearMonth.parse(str(value))
        if month is not None and month != self.month:
            self.message = None
            self.bank.trouble.forget()
            self._turn_to(month)
            self._load()

    def started(self) -> None:
        """Show this month; where it has no lines, the newest one that has."""
        self._load(self._turn_to_newest)

    def _turn_to_newest(self) -> None:
        book = self.book
        if book is not None and book.months and not book.lines:
            self.edit("month", book.months[0].iso())

    def reload(self, *, vehicle_id: int | None = None, control_number: int | None = None) -> None:  # noqa: ARG002 - any filing may be paid here
        """Something was changed elsewhere: read the month again."""
        self._load()

    def _load(self, then: Callable[[], None] = lambda: None) -> None:
        month = self.month

        def arrived(book: BookMonth) -> None:
            self._show(book)
            then()

        self.read_newest(lambda: self.desk().reconciling.month(month), arrived)
        self.view.refresh()

    def _show(self, book: BookMonth) -> None:
        """Show a month; what is ticked for the chosen line, and still open, stays ticked."""
        before, ticked = self.chosen, [each.key for each in self.amounts.payments]
        self.book = book
        self.lines.show(book.lines)
        if self.chosen is None or self.lines.position(self.chosen) is None:
            self.chosen = book.lines[0].id if book.lines else None
        self._show_amounts()
        if self.chosen == before:
            self.amounts.tick(ticked)
        self.view.refresh()

    def _show_amounts(self) -> None:
        """Show what belongs to the chosen line, without a tick."""
        book, self._way, self._amount = self.book, -1, None
        stored = book.matched.get(self.chosen or 0, ()) if book else ()
        if stored:
            self.amounts.show_matched(stored)
        else:
            self.amounts.show_open(book.open if book else (), self._ways)
        self.view.refresh()

    def _turn_to(self, month: YearMonth) -> None:
        """Show nothing of the month before while another is on its way."""
        if month != self.month:
            self.month, self.book, self.chosen = month, None, None
            self.lines.show(())
            self._show_amounts()

    # --- what stands on the glass

    @property
    def line(self) -> BankLine | None:
        """The chosen line."""
        position = self.position
        return None if position is None else self.lines.record(position)

    @property
    def position(self) -> int | None:
        """Where the chosen line stands."""
        return None if self.chosen is None else self.lines.position(self.chosen)

    @property
    def _proposal(self) -> Proposal | None:
        return None if self.book is None else self.book.proposals.get(self.chosen or 0)

    @property
    def _ways(self) -> tuple[Way, ...]:
        return () if self._proposal is None else self._proposal.ways

    @property
    def _is_matched(self) -> bool:
        return self.book is not None and self.chosen in self.book.matched

    @property
    def _said_same(self) -> bool:
        return self.book is not None and self.chosen in self.book.said_same

    @property
    def _difference(self) -> int:
        """Yen that are still missing to the chosen line."""
        return (self.line.amount if self.line else 0) - self.amounts.total

    @property
    def month_text(self) -> str:
        """What the month comes to, and whether it is closed."""
        return "" if self.book is None else words.month_text(self.book)

    @property
    def sum_text(self) -> str:
        """The chosen line beside what is ticked."""
        line = self.line
        if line is None:
            return ""
        if self.book is not None and line.id in self.book.matched:
            first = self.book.matched[line.id][0].match
            return f"出金 {yen(line.amount)}   消込済   {moment(first.matched_at)} {first.matched_by}"
        ticked = f"選んだ納付 {len(self.amounts.ticked):,}件 {yen(self.amounts.total)}"
        return f"出金 {yen(line.amount)}   {ticked}   差 {yen(self._difference)}"

    @property
    def full_text(self) -> str:
        """What is wrong with a file; else the chosen line with nothing cut."""
        line = self.line
        if self.bank.trouble.lines:
            return self.bank.trouble.told
        if line is None:
            return ""
        again = f"  {words.SAID_SAME}" if self._said_same else ""
        return f"{format_western(line.day)}  {with_unseen_shown(line.text)}{again}"

    def long_texts(self) -> tuple[str, ...]:
        """Return also what is wrong with each line of a file."""
        return (*super().long_texts(), *self.bank.trouble.whole)

    @property
    def empty_text(self) -> str:
        """What the bank's book says while it has no lines."""
        return words.LOADING if self.book is None else words.NO_LINES

    @property
    def no_amounts_text(self) -> str:
        """What the list of amounts says while it has none."""
        return "" if self.book is None else words.NO_AMOUNTS

    def choose(self, position: int) -> None:
        """Another line is current."""
        chosen = self.lines.row_id(position) if 0 <= position < self.lines.count else None
        if chosen is not None and chosen != self.chosen:
            self.chosen = chosen
            self.bank.trouble.forget()
            self._show_amounts()

    def choose_amount(self, position: int) -> None:
        """Another amount is current."""
        self._amount = self.amounts.record(position) if 0 <= position < self.amounts.count else None

    def _line_texts(self, line: BankLine) -> tuple[str, ...]:
        text = with_unseen_shown(line.text, one_line=True)
        state = words.line_state(line, self.book) if self.book else ""
        return (format_western(line.day), text, line.payee or NOTHING, yen(line.amount), state)

    def _line_tone(self, line: BankLine) -> Tone | None:
        waits = self.book is not None and line.is_awaited and line.id not in self.book.matched
        return Tone.WARNING if waits else None

    # --- F11 取込

    def import_file(self) -> None:
        """F11 取込 of a bank's file."""
        ask_for_file(self, words.IMPORT_TITLE, words.IMPORT_PATTERNS, self.bank.read)

    def _imported(self, imported: Imported) -> None:
        self._turn_to(imported.newest or self.month)
        self.say(words.imported_text(imported))
        self._load(lambda: self.view.focus_field("bank_lines"))
        self.navigator.changed(but=self)

    def failed(self, error: OneStopError) -> None:
        """Keep what is wrong with a file, and say that nothing of it was taken; else read the month again."""
        super().failed(error)
        of_file = self.bank.trouble.told_of(error)
        if of_file is None:
            self._load()
        self.message = of_file or self.message
        self.view.refresh()

    # --- ticks

    def can_take_way(self) -> Can:
        """Whether something is proposed for the chosen line."""
        return self._can_tick() and (YES if self._ways else no(words.why_no_way(self._proposal)))

    def take_way(self) -> None:
        """Alt+N 次の候補: tick the next way for the chosen line; the person looks, and F10 stores it."""
        proposal = self._proposal
        if proposal is None or not proposal.ways:
            return
        self._way = (self._way + 1) % len(proposal.ways)
        self.amounts.tick(proposal.ways[self._way])
        self.say(words.TICKED.format(number=self._way + 1, count=words.ways_count(proposal)))

    def can_match(self) -> Can:
        """Whether the ticks come to the chosen line."""
        verdict = self._can_tick()
        if not verdict:
            return verdict
        if not self.amounts.ticked:
            return no(words.NOTHING_TICKED)
        return no(words.DIFFERS.format(difference=yen(self._difference))) if self._difference else YES

    def match(self) -> None:
        """F10 消込: store the ticks of the chosen line."""
        line_id, keys = self.chosen or 0, [each.key for each in self.amounts.payments]
        told = words.MATCHED_NOW.format(count=len(keys), amount=yen(self.amounts.total))
        self._change("消込中", lambda: self.desk().reconciling.match(line_id, keys), told)

    def can_take_back(self) -> Can:
        """Whether the chosen line has ticks that are stored."""
        return self._can_change(matched=True) and (YES if self._is_matched else no(words.IS_NOT_MATCHED))

    def take_back(self) -> None:
        """F2 消込の取消."""
        line_id = self.chosen or 0
        self._change("取消中", lambda: self.desk().reconciling.take_back(line_id), words.TAKEN_BACK_NOW)

    def can_leave_out(self) -> Can:
        """Whether something can be marked of the chosen line, or was answered of it."""
        return self._can_change(matched=self._said_same)

    def leave_out(self) -> None:
        """Alt+J 除外・解除."""
        if self.line is not None and self.book is not None:
            self._leaving_out.ask(self.line, self.book)

    def can_open(self) -> Can:
        """Whether an amount is chosen."""
        return no(words.NO_AMOUNT) if self._amount is None else YES

    def open(self) -> None:
        """F5 申請書 of the chosen amount."""
        if self._amount is not None:
            self.navigator.show(IssuePlace(None, self._amount.control_number))

    def next_unmatched(self) -> None:
        """F7 次の未消込: go to the next line of an office that nothing is ticked for."""
        matched = self.book.matched if self.book else {}
        start = (self.position if self.position is not None else -1) + 1
        around = [*self.lines.records[start:], *self.lines.records[:start]]
        wanted = next((line for line in around if line.is_awaited and line.id not in matched), None)
        if wanted is None:
            self.say(words.ALL_DONE if self.lines.count else words.NO_LINES)
            return
        self.chosen = wanted.id
        self.bank.trouble.forget()
        self._show_amounts()

    # --- the month's end

    def can_close_month(self) -> Can:
        """Whether the month is open, has been read, and is over."""
        verdict = self._month_is_open()
        if not verdict:
            return verdict
        why = why_not_closed_yet(self.month, self.clock.today()) if self.lines.count else words.NO_LINES
        return no(why) if why else YES

    def close_month(self) -> None:
        """Alt+T 月の締め, after a question with what is still open."""
        if self.book is None:
            return
        month = self.month
        self.ask("月の締め", words.closing_text(self.book), Choice("締める", lambda: self._close_month(month)))

    def _close_month(self, month: YearMonth) -> None:
        self._change("締めを記録中", lambda: self.desk().reconciling.close(month), words.CLOSED_NOW.format(month=month))

    def can_reopen(self) -> Can:
        """Whether the month is closed."""
        return self.can_work() and (YES if self.book and self.book.closed else no(words.NOT_CLOSED))

    def reopen(self) -> None:
        """Alt+R 締めの取消, with the reason that stands in its field."""
        month, reason = self.month, self.reason
        self._change(
            "締めを取消中",
            lambda: self.desk().reconciling.reopen(month, reason),
            words.REOPENED_NOW.format(month=month),
        )

    def _month_is_open(self) -> Can:
        verdict = self.can_work()
        if not verdict:
            return verdict
        if self.book is None:
            return no(words.LOADING)
        return no(words.MONTH_CLOSED.format(month=self.month)) if self.book.closed else YES

    def _can_change(self, *, matched: bool = False) -> Can:
        verdict = self._month_is_open()
        if not verdict:
            return verdict
        if self.line is None:
            return no(words.NO_LINE)
        return no(words.IS_MATCHED) if self._is_matched and not matched else YES

    def _can_tick(self) -> Can:
        verdict = self._can_change()
        left_out = self.line is not None and self.line.left_out_at is not None
        return no(words.IS_LEFT_OUT) if verdict and left_out else verdict

    def _change(self, busy: str, job: Callable[[], object], told: str) -> None:
        def done(_result: object) -> None:
            self.reason = ""
            self.say(told)
            self._load()
            self.navigator.changed(but=self)

        self.work(busy, job, done)
