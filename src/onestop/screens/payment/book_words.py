"""What 納付消込 says: of the month, each line of the bank's book, a file that was read, and why a key does not work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.model.money import yen
from onestop.model.wareki import format_western
from onestop.screens.display import moment
from onestop.services.payment.importing import Doubtful

if TYPE_CHECKING:
    from onestop.model.bank import BankLine
    from onestop.model.proposing import Proposal
    from onestop.services.payment.importing import Imported
    from onestop.services.payment.reconciling import BookMonth

IMPORT_TITLE: Final = "銀行の明細の取込"
IMPORT_PATTERNS: Final = "銀行の明細 (*.csv *.txt *.dat *.api);;すべてのファイル (*)"
LOADING: Final = "銀行の明細を読み込んでいます。"
NO_LINES: Final = "この月の出金はまだありません。F11 取込 で、銀行の明細のファイルを読み込んでください。"
NO_AMOUNTS: Final = "消し込める納付がありません。金額は、申請書一覧の F7 検索 でAINASから受け取ります。"
NO_LINE: Final = "出金の行が選ばれていません。上の表で、矢印キーで選んでください。"
NO_AMOUNT: Final = "納付の行が選ばれていません。下の表で、矢印キーで選んでください。"
NOTHING_TICKED: Final = "納付にチェックが付いていません。下の表で Space を押して付けてください。"
DIFFERS: Final = "選んだ納付の合計と出金に、差が {difference} あります。差が ¥0 になるように選んでください。"
IS_MATCHED: Final = "この出金は消込済です。直すときは F2 消込の取消 を行ってください。"
IS_LEFT_OUT: Final = "この出金は除外してあります。消し込むときは、先に 除外・解除(Alt+J)で戻してください。"
IS_NOT_MATCHED: Final = "この出金は、まだ消し込まれていません。"
NO_WAY: Final = "この出金と同じ合計になる納付の組み合わせはありません。"
NOT_SEARCHED: Final = "組み合わせが多すぎて、候補を調べきれません。下の表で Space を押して選んでください。"
NO_PAYEE: Final = "摘要が納付先のものではないため、候補は調べていません。下の表で Space を押して選んでください。"
MONTH_CLOSED: Final = "{month}は締めてあります。変更するときは、理由を入力して 締めの取消(Alt+R)を行ってください。"
NOT_CLOSED: Final = "この月は締めてありません。"
ALL_DONE: Final = "この月の納付先への出金は、すべて消込済です。"
TICKED: Final = "候補 {number} / {count} にチェックを付けました。確かめて F10 消込 を押してください。"
MATCHED_NOW: Final = "消し込みました({count}件 {amount})。"
TAKEN_BACK_NOW: Final = "消込を取り消しました。取り消したことは記録に残ります。"
LEAVING_OUT_TITLE: Final = "出金の除外"
LEAVING_OUT: Final = "{day} {amount} の出金を、消込の対象から外しますか。行は残り、同じキー(Alt+J)で戻せます。"
PUTTING_BACK: Final = "{day} {amount} の出金を、消込の対象に戻しますか。"
UNSAYING: Final = "{day} {amount} の出金について、「同じ出金」の答えを取り消しますか。消込は変わりません。"
UNSAY: Final = "「同じ出金」の答えを取り消す"
SAID_SAME: Final = "別の形式のファイルの行を、この行と「同じ出金」と答えて、取り込んでいません(取り消すときは Alt+J)。"
LEFT_OUT_NOW: Final = "出金 {count}件を除外しました。戻すときは、その行でもう一度 除外・解除(Alt+J)を押してください。"
PUT_BACK_NOW: Final = "出金 {count}件の除外を解除しました。"
UNSAID_NOW: Final = "「同じ出金」の答えを取り消しました。F11 取込 でそのファイルをもう一度読み込むと、改めて尋ねます。"
UNSAID_OF_LEFT_OUT: Final = (
    "「同じ出金」の答えを取り消しました。この行は除外してあるため、F11 取込 でそのファイルをもう一度読み込むと、"
    "尋ねずに取り込みます。"
)
OTHERS_TAKEN: Final = "間違えて「別の出金」としたときは、その行で 除外・解除(Alt+J)を押してください。"
SAME_NOT_TAKEN: Final = "間違えて「同じ出金」としたときは、取込済の行で 除外・解除(Alt+J)を押してください。"
CLOSED_NOW: Final = "{month}を締めました。この月の消込は変更できません。"
REOPENED_NOW: Final = "{month}の締めを取り消しました。理由は記録に残ります。"
LEFT: Final = "まだ消し込んでいない出金が {count:,}件 {amount} あります。"
NOTHING_LEFT: Final = "まだ消し込んでいない出金はありません。"
CLOSING: Final = (
    "{month}を締めます。\n納付先への出金 {lines}件 {paid}、うち消込済 {matched_lines}件 {matched}。\n"
    "{left}\n"
    "締めると、この月の消込と取込ができなくなります(理由を入力すれば、締めを取り消せます)。"
)
SAME_LEFT_OUT: Final = "別の形式のファイルで取込済の出金 {count}件は、取り込んでいません。"
SHOWN_DOUBTFUL: Final = 5
"""Lines that a question has room for."""
DOUBTFUL: Final = (
    "{layout}の出金のうち {count}件は、別の形式のファイルで取り込んだ出金と、日付と金額が同じです。\n"
    "{lines}\n"
    "同じ口座の明細を取り込み直すときは「同じ出金」を、別の口座の明細のときは「別の出金」を選んでください。"
    "まだ何も取り込んでいません。"
)

_IF_MISTAKEN: Final = {Doubtful.SAME: SAME_NOT_TAKEN, Doubtful.OTHERS: OTHERS_TAKEN}


def month_text(book: BookMonth) -> str:
    """Return what a month comes to, and whether it is closed."""
    totals = book.totals
    left = yen(totals.paid - totals.matched)
    told = (
        f"納付先への出金 {totals.lines:,}件 {yen(totals.paid)}   "
        f"消込済 {totals.matched_lines:,}件 {yen(totals.matched)}   未消込 {left}"
    )
    closed = book.closed
    return told if closed is None else f"{told}   締め {moment(closed.closed_at)} {closed.closed_by}"


def line_state(line: BankLine, book: BookMonth) -> str:
    """Return how a line stands: ticked, or how many ways there are."""
    if line.id in book.matched:
        return f"✓ 消込済 {len(book.matched[line.id])}件"
    if line.left_out_at is not None:
        return "– 除外"
    if not line.payee:
        return "– 納付先以外"
    proposal = book.proposals.get(line.id)
    return "未消込" if proposal is None else f"未消込 {_ways_text(proposal)}"


def _ways_text(proposal: Proposal) -> str:
    if proposal.is_sole:
        return "候補 1通り"
    if not proposal.ways:
        return "候補なし" if proposal.complete else "候補が多すぎます"
    if proposal.clashes:
        return "候補 1通り(ほかの行と重なる)"
    return f"候補 {ways_count(proposal)}"


def ways_count(proposal: Proposal) -> str:
    """Return how many ways there are, and honestly where there may be more."""
    return f"{len(proposal.ways)}通り" + ("" if proposal.complete else "以上")


def why_no_way(proposal: Proposal | None) -> str:
    """Say why nothing can be proposed for a line."""
    if proposal is None:
        return NO_PAYEE
    return NO_WAY if proposal.complete else NOT_SEARCHED


def imported_text(imported: Imported) -> str:
    """Say what came of a file."""
    known = f"(ほかの{imported.known:,}件は取込済です)" if imported.known else ""
    same = SAME_LEFT_OUT.format(count=f"{imported.same:,}") if imported.same else ""
    received = f"入金 {imported.received:,}件は、納付に関わらないため取り込みません。" if imported.received else ""
    mistaken = "" if imported.answer is None else _IF_MISTAKEN[imported.answer]
    return f"{imported.layout}を読み込み、出金 {imported.added:,}件を取り込みました{known}。{same}{received}{mistaken}"


def doubtful_text(imported: Imported) -> str:
    """Return the question about lines that may be in the book already, from a file of another kind."""
    shown = [f"{format_western(line.day)} {yen(line.amount)}" for line in imported.doubtful[:SHOWN_DOUBTFUL]]
    more = len(imported.doubtful) - len(shown)
    lines = "\n".join((*shown, *((f"ほか{more:,}件",) if more else ())))
    return DOUBTFUL.format(layout=imported.layout, count=f"{len(imported.doubtful):,}", lines=lines)


def leaving_out_text(line: BankLine, *, matched: bool) -> str:
    """Return the question before a line is left out or put back, or what was answered of it is forgotten."""
    told = {"day": format_western(line.day), "amount": yen(line.amount)}
    if matched:
        return UNSAYING.format(**told)
    return (LEAVING_OUT if line.left_out_at is None else PUTTING_BACK).format(**told)


def closing_text(book: BookMonth) -> str:
    """Return the question before a month is closed."""
    totals = book.totals
    left = totals.lines - totals.matched_lines
    return CLOSING.format(
        month=book.month,
        lines=f"{totals.lines:,}",
        paid=yen(totals.paid),
        matched_lines=f"{totals.matched_lines:,}",
        matched=yen(totals.matched),
        left=LEFT.format(count=left, amount=yen(totals.paid - totals.matched)) if left else NOTHING_LEFT,
    )
