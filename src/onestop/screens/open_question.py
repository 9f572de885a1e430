"""What the clerk is asked where the program cannot know what became of something that was sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.screens.display import moment
from onestop.screens.ports import Choice, Question

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onestop.errors import Undecided
    from onestop.services.delivery.resolve import Candidate

NONE: Final = "受け付けられていない"
LATER: Final = "あとで決める"
MOST: Final = 3
"""Of those that the service names: more buttons don't fit. The newest come first."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What to do when the clerk has answered."""

    adopt: Callable[[str], None]
    give_back: Callable[[], None]
    later: Callable[[], None]


def open_question(
    undecided: Undecided, candidates: Sequence[Candidate], number_word: str, answers: Answers
) -> Question:
    """Return the question; what cannot be taken back is said before each button."""
    offered = candidates[:MOST]
    lines = [f"・{number_word} {each.number}{_facts(each)}" for each in offered]
    text = [undecided.told, *lines, "", "サービスの画面や代理人への電話で、この車両のものかどうかを確かめてください。"]
    if offered:
        text.append("別の車両のものを選ぶと、この車両は発行されません。")
    text.append(f"「{NONE}」を選ぶと発行前に戻り、もう一度発行できます。届いていた場合は二重になります。")
    choices = [_this_one(each, number_word, answers) for each in offered]
    ends = (Choice(NONE, answers.give_back), Choice(LATER, answers.later, safe=True))
    return Question("確認中の送信", "\n".join(text), (*choices, *ends))


def _this_one(candidate: Candidate, number_word: str, answers: Answers) -> Choice:
    return Choice(f"{number_word} {candidate.number} にする", lambda: answers.adopt(candidate.number))


def _facts(candidate: Candidate) -> str:
    taken = f"{moment(candidate.taken_at)} " if candidate.taken_at else ""
    return f"({taken}{candidate.status})"
