"""What the clerk is asked where records in the database are not what was written, or saves are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.screens.ports import Choice, Question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from onestop.errors import DatabaseHurt, HurtRow

MOST: Final = 6
"""Records that are named: more lines don't fit."""
KINDS: Final = {
    "vehicle": "車両",
    "inspection": "車検",
    "filing": "申請",
    "filing_fee": "申請の手数料",
    "insurance_certificate": "自賠責証明書",
    "conformity_certificate": "保適証",
    "typing_draft": "入力途中の内容",
    "confirmation": "確認済の記録",
    "bank_statement": "銀行の明細",
    "bank_line": "銀行の出金",
    "bank_line_again": "同じと答えた銀行の出金",
    "payment_match": "納付の消込",
    "closed_month": "納付の月の締め",
    "payment_event": "納付消込の記録",
    "checklist_answer": "確認票の答え",
    "fleet_consent": "まとめての承諾書",
    "added_rate": "料金表に追加した行",
    "vehicle_source": "値の出所",
    "settled_file": "届いた車検証ファイルの記録",
    "operator": "操作者",
    "change": "変更の履歴",
    "editing": "修正中の記録",
    "inspector": "検査員",
}
MISSING: Final = (
    "前に保存した内容のうち、少なくとも{}回分が見つかりません(記録用のファイルが壊れたか、消されたか、"
    "入れ替わっています)。"
)
HURT: Final = "次の{}件が、保存した内容と一致しないか、なくなっています。ほかのデータは無事です。"
IN_BACKUP: Final = "バックアップにあります"
LEGIBLE: Final = "バックアップにはありません。読めるところを残します"
LOST: Final = "バックアップにもなく、読めません"
AFTERWARDS: Final = (
    "今のファイルは隔離フォルダーに残ります。開いたあとに内容を確かめてください。"
    "送信済みかどうかは、送信の前にサービスに確かめます。"
)
WHOLE_BACKUP: Final = "バックアップ全体に戻すと、それより後に入力した内容は含まれません: {}"
WHILE_OPEN: Final = (
    "データベースを調べたところ、一部が壊れていました。ほかのデータは使えます。\n"
    "開き直すと、壊れたところを直せます。入力中の内容は先に保存してください。"
)


def mending_question(
    hurt: DatabaseHurt, mend: Callable[[bool], None], restore: Callable[[], None], leave: Callable[[], None]
) -> Question:
    """Return the question: what is hurt, by name, and what can be had of it.

    `mend` is told whether to take the backup's version of what is hurt.
    """
    backup = (Choice("全体を戻す", restore),) if hurt.backup else ()
    choices = (*_ways(hurt, mend), *backup, Choice("終了する", leave))
    return Question("データベースの修復", "\n".join(_lines(hurt)), choices)


def found_while_open(reopen: Callable[[], None], later: Callable[[], None]) -> Question:
    """Return the question where a damage was found in a database that is in use."""
    choices = (Choice("開き直して直す", reopen), Choice("あとで", later, safe=True))
    return Question("データベースの修復", WHILE_OPEN, choices)


def _ways(hurt: DatabaseHurt, mend: Callable[[bool], None]) -> tuple[Choice, ...]:
    if not any(row.in_backup for row in hurt.rows):
        word = "直して開く" if hurt.rows else "このまま開く"
        return (Choice(word, lambda: mend(True), safe=True),)  # noqa: FBT003 - the one thing it says
    return (
        Choice("バックアップの内容で直す", lambda: mend(True), safe=True),  # noqa: FBT003 - the same
        Choice("今の内容を残して直す", lambda: mend(False)),  # noqa: FBT003 - the same
    )


def _lines(hurt: DatabaseHurt) -> Iterable[str]:
    if hurt.missing:
        yield MISSING.format(hurt.missing)
    if hurt.rows:
        yield HURT.format(len(hurt.rows))
        yield from (f"・{_named(row)}: {_fate(row)}" for row in hurt.rows[:MOST])
        if len(hurt.rows) > MOST:
            yield f"・ほかに{len(hurt.rows) - MOST}件"
    yield ""
    if hurt.backup:
        yield WHOLE_BACKUP.format(hurt.backup.name)
    yield AFTERWARDS


def _named(row: HurtRow) -> str:
    kind = KINDS.get(row.table, row.table)
    return f"{kind} {row.name}" if row.name and row.table == "vehicle" else f"{kind} {row.key} {row.name}".rstrip()


def _fate(row: HurtRow) -> str:
    if row.in_backup:
        return IN_BACKUP
    return LEGIBLE if row.legible else LOST
