"""Alt+L 再印刷: what was issued, on paper again, from wherever it is named: panels, lists, 元帳 and 車検の履歴."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from onestop.documents.names import DocumentKind
from onestop.screens.function_key import Can, FunctionKey
from onestop.screens.ports import Choice, Question, Tone
from onestop.screens.printing import Printing

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


class Reprinting:
    """What a screen with Alt+L has."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._printing = Printing(screen)

    def find(self, issued: Callable[[Desk], Sequence[IssuedPaper]]) -> None:
        """Look on a worker for what can be printed, and ask which."""
        desk = self._screen.desk
        self._screen.work("印刷できる書類を確認中", lambda: issued(desk()), self.choose)

    def choose(self, papers: Sequence[IssuedPaper]) -> None:
        """Ask which of these is printed; the preview prints, and nothing before it."""
        if not papers:
            self._screen.say(NOTHING, Tone.WARNING)
            return
        choices = [Choice(WORDS[each.kind], self._previewing(each), safe=each is papers[0]) for each in papers]
        text = "\n".join((ASKED, *([OLD] if any(each.is_old for each in papers) else [])))
        self._screen.view.ask(Question(TITLE, text, (*choices, Choice("キャンセル", self._screen.view.refresh))))

    def _previewing(self, paper: IssuedPaper) -> Callable[[], None]:
        desk = self._screen.desk
        return lambda: self._printing.preview(lambda: desk().papers.sheets(paper.kind, paper.control_number))


class Reprints(Protocol):
    """A screen that names what was issued."""

    def reprint(self) -> None:
        """Print it again."""
        ...

    def can_reprint(self) -> Can:
        """Whether something is named."""
        ...


ReprintsT = TypeVar("ReprintsT", bound=Reprints)


def reprint_key() -> FunctionKey[ReprintsT]:
    """Return the key, which is the same in every window."""
    return FunctionKey("Alt+L", TITLE, lambda screen: screen.reprint(), lambda screen: screen.can_reprint())
