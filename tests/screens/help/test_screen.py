"""Tests of the help without Qt: the pages that ship, the search, and the way back."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from onestop import errors
from onestop.paths import RESOURCES
from onestop.screens import wording
from onestop.screens.function_keys import HELP, HELP_BUTTONS
from onestop.screens.help.pages import EXCERPT, PAGES, WHOLE_TITLE, HelpBook, find, key_table, key_tables, load_help
from onestop.screens.help.screen import LOADING, NOT_FOUND, OUTSIDE, HelpScreen
from support.screens import InlineBackground, Stage

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = RESOURCES / "help"
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)]*)\)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]*)\)")
WINDOWS = {
    "lookup": ("LOOKUP",),
    "vehicle": ("VEHICLE", "VEHICLE_BUTTONS"),
    "import": ("IMPORT",),
    "main": ("MAIN", "INSURANCE_PANEL", "CONFORMITY_PANEL", "FILING_PANEL"),
    "issue": ("ISSUE", "ISSUE_BUTTONS"),
    "list": ("FILING_LIST", "FILING_LIST_BUTTONS"),
    "batch": ("BATCH",),
    "settings": ("SETTINGS", "SETTINGS_BUTTONS", "RESET_BUTTONS"),
    "rates": ("RATES", "RATES_BUTTONS"),
}


@pytest.fixture(scope="module")
def book() -> HelpBook:
    return load_help(SHIPPED)


@pytest.fixture
def stage() -> Stage:
    return Stage()


def opened(stage: Stage, page: str = "index", folder: Path = SHIPPED) -> HelpScreen:
    return stage.open(HelpScreen(stage.surroundings, page, folder))


# --- the pages that ship


def test_every_page_that_ships_is_in_the_contents_and_begins_with_its_title(book: HelpBook) -> None:
    assert {path.stem for path in SHIPPED.glob("*.md")} == {*PAGES}
    for page in book.pages:
        assert page.markdown.startswith(f"# {page.title}\n")


@pytest.mark.parametrize("name", WINDOWS)
def test_the_page_of_a_window_shows_its_keys_and_its_picture(book: HelpBook, name: str) -> None:
    page = book.page(name)
    assert page is not None
    for table in WINDOWS[name]:
        assert key_table(key_tables()[table]) in page.markdown
    source = (SHIPPED / f"{name}.md").read_text(encoding="utf-8")
    first, *more = (picture for _, picture in PICTURE.findall(source))
    assert first == f"pictures/{name}.png"
    for picture in (first, *more):
        assert (SHIPPED / picture).is_file()


def test_no_placeholder_and_no_dead_link_is_left(book: HelpBook) -> None:
    for page in book.pages:
        assert "{{" not in page.markdown
        for link in LINK.findall(page.markdown):
            assert book.page(link.removesuffix(".md")) is not None, f"{page.name} → {link}"


def test_keys_that_a_page_names_with_their_meaning_are_in_its_tables(book: HelpBook) -> None:
    rows = [row for table in key_tables().values() for row in table]
    known = {f"{row.key} {word}" for row in rows for word in (row.label, *row.label.split("・"))}
    for page in book.pages:
        for named in re.findall(r"\*\*(F\d+ [^*。]+)\*\*", page.markdown):
            assert named in known, f"{page.name}: {named}"


def test_trouble_speaks_of_every_trouble_that_the_strip_can_tell(book: HelpBook) -> None:
    page = book.page("trouble")
    assert page is not None
    told = (
        errors.NotReached(),
        errors.NoAnswer(),
        errors.ContractBroken(),
        errors.AnswerOfAnother("filing"),
        errors.ProgramFault(),
        errors.CredentialsRefused(),
        errors.ServiceClosed(),
        errors.Overloaded(),
        errors.NotFound("not_found"),
        errors.NotConfigured("api_key"),
        errors.Refused("password_is_initial"),
        errors.Refused("not_withdrawable"),
        errors.KeychainUnavailable(),
        errors.KeychainLocked(),
        errors.KeychainForeign(),
        errors.DatabaseDamaged(),
        errors.DatabaseHurt((), 1),
        errors.RecordsDamaged(),
        errors.DatabaseNewer(),
    )
    for error in told:
        sentence = wording.explain(error).text
        words = (heading for heading in re.findall(r"^## (.+)$", page.markdown, re.MULTILINE))
        assert any(_alike(heading, sentence) for heading in words), sentence


def _alike(heading: str, sentence: str) -> bool:
    """Tell whether a heading is made of the sentence's own words: most pairs of characters are the same."""
    pairs = {heading[place : place + 2] for place in range(len(heading) - 1)}
    return sum(pair in sentence for pair in pairs) >= 0.7 * len(pairs)


def test_texts_that_are_cut_in_a_window_stand_whole_before_its_page(stage: Stage) -> None:
    screen = stage.open(HelpScreen(stage.surroundings, "issue", SHIPPED, ("長" * 5_000, "<b>太い</b>")))
    assert screen.page is not None
    assert (screen.page.plain, screen.place) == (True, 0)
    assert screen.page.markdown == "\n\n".join((WHOLE_TITLE, "長" * 5_000, "<b>太い</b>"))
    stage.press(HELP_BUTTONS, "Alt+Left", screen)
    assert screen.page is not None
    assert (screen.page.name, screen.page.plain) == ("issue", False)


# --- pictures


def test_a_picture_that_is_there_is_shown_and_one_that_is_missing_leaves_no_trace(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "help", ignore=shutil.ignore_patterns("pictures"))
    assert "![" not in "".join(page.markdown for page in load_help(tmp_path / "help").pages)
    (tmp_path / "help" / "pictures").mkdir()
    (tmp_path / "help" / "pictures" / "list.png").write_bytes(b"PNG")
    book = load_help(tmp_path / "help")
    assert book.pictures == {"pictures/list.png": b"PNG"}
    assert [page.name for page in book.pages if "![" in page.markdown] == ["list"]


# --- searching


def test_no_words_are_the_contents(book: HelpBook) -> None:
    assert [hit.name for hit in find(book, " ")] == [*PAGES]


@pytest.mark.parametrize("words", ["パスワード", "ﾊﾟｽﾜｰﾄﾞ", "ぱすわーど", "パス ワード"])
def test_width_and_kana_make_no_difference(book: HelpBook, words: str) -> None:
    assert {"settings", "first_use", "trouble"} <= {hit.name for hit in find(book, words)}


def test_all_words_are_wanted_and_the_line_is_shown(book: HelpBook) -> None:
    hits = find(book, "取消 代理人 電話")
    assert "issue" in [hit.name for hit in hits]
    assert all("取消" in hit.excerpt for hit in hits)
    assert all(len(hit.excerpt) <= EXCERPT + 1 for hit in hits)
    assert "**" not in "".join(hit.excerpt for hit in hits)


def test_a_page_with_the_word_in_its_title_comes_first(book: HelpBook) -> None:
    assert find(book, "一括申請")[0].name == "batch"


def test_what_stands_nowhere_is_not_found(book: HelpBook) -> None:
    assert find(book, "チョコレート") == ()


# --- the screen


def test_the_page_of_the_window_is_opened(stage: Stage) -> None:
    screen = opened(stage, "list")
    assert screen.page is not None
    assert screen.page.title == "申請書一覧"
    assert stage.view.focused == ["page"]


def test_an_unknown_page_is_the_contents(stage: Stage) -> None:
    page = opened(stage, "no_such_page").page
    assert page is not None
    assert page.name == "index"


def test_until_the_book_is_read_there_is_no_page() -> None:
    stage = Stage(background=InlineBackground(held=True))
    screen = opened(stage)
    assert screen.page is None
    assert screen.empty_text == LOADING
    stage.background.work_all()
    assert screen.page is not None


def test_links_lead_to_pages_and_back_again(stage: Stage) -> None:
    screen = opened(stage)
    assert stage.press(HELP_BUTTONS, "Alt+Left", screen) == "[Alt+Left 戻る] は使えません: 前のページはありません。"
    screen.follow("list.md")
    screen.follow("batch.md#結果")
    screen.follow("batch.md")
    assert stage.press(HELP_BUTTONS, "Alt+Left", screen) is None
    assert screen.page is not None
    assert screen.page.name == "list"
    stage.press(HELP, "F1", screen)
    assert screen.page.name == "index"


def test_nothing_outside_is_opened(stage: Stage) -> None:
    screen = opened(stage)
    for link in ("https://www.aina.or.jp/", "file:///etc/passwd", "../README.md"):
        screen.follow(link)
        assert screen.message is not None
        assert screen.message.text == OUTSIDE


def test_a_found_page_is_opened_at_the_word(stage: Stage) -> None:
    screen = opened(stage)
    stage.press(HELP, "F7", screen)
    assert stage.view.focused[-1] == "search_text"
    screen.type("再設定 初期")
    screen.open_hit(0)
    assert screen.page is not None
    assert screen.page.name == screen.hits.records[0].name
    assert screen.found_word == "再設定"
    screen.open_hit(99)
    screen.type("チョコレート")
    assert screen.empty_text == NOT_FOUND
    screen.type("")
    assert screen.hits.row(0)[0] == "ヘルプの目次"
    stage.press(HELP, "F12", screen)
    assert stage.view.dismissed
