"""Alt+L 再印刷: what was issued, on paper again, from wherever it is named: panels, lists, 元帳 and 車検の履歴."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.documents.names import DocumentKind
from onestop.screens.ports import Choice, Question, Tone
from onestop.screens.printing import show_preview

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onestop.screens.screen import Screen
    from onestop.services.desk import Desk
    from onestop.services.papers import IssuedPaper

TITLE: Final = "再印刷"
WORDS: Final = {
    DocumentKind.CONFORMITY: "適合証",
    DocumentKind.CONFORMITY_MARK: "適合標章",
    DocumentKind.INSURANCE_COPY: "自賠責証明書の控え",
}
ASKED: Final = "どの書類を印刷しますか。選ぶと、印刷プレビューが開きます。"
OLD: Final = "有効期間(15日)が過ぎた適合証は、申請には使えません。控えとしてだけ印刷します。"
NOTHING: Final = "印刷できる書類がありません。自賠責か保適証を発行すると、ここから印刷できます。"


def find_papers(screen: Screen, issued: Callable[[Desk], Sequence[IssuedPaper]]) -> None:
    """Look on a worker for what can be printed, and ask which."""
    screen.work("印刷できる書類を確認中", lambda: issued(screen.desk()), lambda papers: choose_paper(screen, papers))


def choose_paper(screen: Screen, papers: Sequence[IssuedPaper]) -> None:
    """Ask which of these is printed; the preview prints, and nothing before it."""
    if not papers:
        screen.say(NOTHING, Tone.WARNING)
        return
    choices = [Choice(WORDS[each.kind], _previewing(screen, each), safe=each is papers[0]) for each in papers]
    text = "\n".join((ASKED, *([OLD] if any(each.is_old for each in papers) else [])))
    screen.view.ask(Question(TITLE, text, (*choices, Choice("キャンセル", screen.view.refresh))))


def _previewing(screen: Screen, paper: IssuedPaper) -> Callable[[], None]:
    return lambda: show_preview(screen, lambda: screen.desk().papers.sheets(paper.kind, paper.control_number))
