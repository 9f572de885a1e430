"""The pages of the help: Markdown from resources/help with key lists drawn from the tables, and a search over all."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from onestop.model.text import fold_for_search
from onestop.screens.key_meanings import MEANINGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from onestop.screens.function_key import FunctionKey

PAGES: Final = (
    "index",
    "install",
    "first_use",
    "lookup",
    "vehicle",
    "import",
    "qr",
    "main",
    "relay",
    "history",
    "checklist",
    "compare",
    "insurance",
    "conformity",
    "ledger",
    "report",
    "issue",
    "list",
    "payments",
    "batch",
    "settings",
    "rates",
    "recovery",
    "operators",
    "changes",
    "shop",
    "practice",
    "trouble",
)
"""In the order of the contents."""
_KEYS: Final = re.compile(r"\{\{(\w+)\}\}")
_PICTURE: Final = re.compile(r"!\[[^\]]*\]\(([^)]+)\)\n?")
_LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_SIGNS: Final = re.compile(r"^[#>\-|:\s]+|\|")
EXCERPT: Final = 60
WHOLE: Final = "whole"
WHOLE_TITLE: Final = "サービスの文の全文"


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page as it is shown."""

    name: str
    title: str
    markdown: str
    plain: bool = False
    """Whether it is no Markdown but text from somewhere, to be shown as it is."""

    def lines(self) -> tuple[str, ...]:
        """Return what can be read on the page, without the signs of Markdown."""
        plain = (
            _SIGNS.sub(" ", _LINK.sub(r"\1", line).replace("**", "")).strip() for line in self.markdown.splitlines()
        )
        return tuple(line for line in plain if line)


@dataclass(frozen=True, slots=True)
class HelpBook:
    """All pages, and the pictures that they show: PNG bytes by the name in the page."""

    pages: tuple[HelpPage, ...] = ()
    pictures: dict[str, bytes] = dataclasses.field(default_factory=dict, repr=False)

    def page(self, name: str) -> HelpPage | None:
        """Return a page by its name."""
        return next((page for page in self.pages if page.name == name), None)


@dataclass(frozen=True, slots=True)
class Hit:
    """One page that a search found, or one line of the contents."""

    place: int
    """Where the page stands in the book."""
    name: str
    title: str
    excerpt: str


def whole_page(texts: tuple[str, ...]) -> HelpPage:
    """Return the page with texts in full that are cut in a window."""
    return HelpPage(WHOLE, WHOLE_TITLE, "\n\n".join((WHOLE_TITLE, *texts)), plain=True)


def key_tables() -> Mapping[str, Sequence[FunctionKey[Any]]]:
    """Return every table of function_keys.py by its name."""
    from onestop.screens import function_keys  # noqa: PLC0415 - it names every screen, this one too

    tables = vars(function_keys).items()
    return {name: table for name, table in tables if name.isupper() and isinstance(table, tuple)}


def key_table(keys: Sequence[FunctionKey[Any]]) -> str:
    """Return one table as Markdown: the key and what it does."""
    rows = (f"| **{row.key}**{f'({row.also})' if row.also else ''} | {row.label} |" for row in keys)
    return "\n".join(("| キー | はたらき |", "|:--|:--|", *rows))


def meanings_table() -> str:
    """Return what each function key means in every window, as Markdown."""
    rows = (f"| **{each.key}** | {each.name} |" for each in MEANINGS)
    return "\n".join(("| キー | どの画面でも |", "|:--|:--|", *rows))


def load_help(folder: Path) -> HelpBook:
    """Read the pages and their pictures; a picture that is missing is left out. Blocks: call it on a worker."""
    pictures = {f"pictures/{path.name}": path.read_bytes() for path in sorted(folder.glob("pictures/*.png"))}
    tables = {name: key_table(table) for name, table in key_tables().items()} | {"MEANINGS": meanings_table()}
    return HelpBook(tuple(_page(folder, name, tables, pictures) for name in PAGES), pictures)


def _page(folder: Path, name: str, tables: dict[str, str], pictures: dict[str, bytes]) -> HelpPage:
    text = (folder / f"{name}.md").read_text(encoding="utf-8")
    text = _KEYS.sub(lambda match: tables[match[1]], text)
    text = _PICTURE.sub(lambda match: match[0] if match[1] in pictures else "", text)
    return HelpPage(name, text.splitlines()[0].lstrip("# "), text)


def find(book: HelpBook, words: str) -> tuple[Hit, ...]:
    """Return the pages that have all words (width, case, kana and hyphens do not matter); all pages for no words."""
    wanted = [folded for word in words.split() if (folded := fold_for_search(word))]
    hits = (_hit(place, page, wanted) for place, page in enumerate(book.pages))
    return tuple(sorted((hit for hit in hits if hit is not None), key=lambda hit: not _in_title(hit, wanted)))


def _hit(place: int, page: HelpPage, wanted: list[str]) -> Hit | None:
    lines = page.lines()
    folded = [fold_for_search(line) for line in lines]
    whole = "\n".join(folded)
    if not all(word in whole for word in wanted):
        return None
    body = [line for line, key in zip(lines, folded, strict=True) if not wanted or wanted[0] in key]
    excerpt = next((line for line in body if line != page.title), "")
    return Hit(place, page.name, page.title, excerpt if len(excerpt) <= EXCERPT else f"{excerpt[:EXCERPT]}…")


def _in_title(hit: Hit, wanted: list[str]) -> bool:
    title = fold_for_search(hit.title)
    return any(word in title for word in wanted)
