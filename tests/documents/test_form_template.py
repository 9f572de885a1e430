"""Forms as files: ours, and what a shop makes of them."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from onestop.documents.form_template import FORMS, load_form
from onestop.errors import InvalidInput
from support.papers import OFFICIAL, PAPERS

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.documents.papers import Paper


def test_every_form_has_its_paper() -> None:
    assert sorted(path.stem for path in FORMS.glob("*.toml")) == sorted(paper.form for paper in (*PAPERS, *OFFICIAL))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.form)
def test_a_form_shows_all_that_its_paper_has_and_says_so(paper: Paper) -> None:
    form = load_form(paper.form)
    assert form.names == paper.values().keys()
    tables = {table.name: {column.name for column in table.column} for table in form.table}
    assert tables == {name: set(rows[0]) for name, rows in paper.tables().items()}
    head = (FORMS / f"{paper.form}.toml").read_text("utf-8").partition("\ntitle =")[0]
    words = set(head.replace("#", " ").split())
    assert (paper.values().keys() | {name for names in tables.values() for name in names}) - words == set()


@pytest.mark.parametrize("paper", OFFICIAL, ids=lambda paper: paper.form)
def test_an_official_form_has_places_for_values_with_their_names_and_nothing_else(paper: Paper) -> None:
    form = load_form(paper.form)
    assert form.is_bare
    assert form.names <= paper.values().keys()
    assert [each.name for each in form.field if not each.label] == []


@pytest.mark.parametrize("paper", [*PAPERS, *OFFICIAL], ids=lambda paper: paper.form)
def test_a_paper_shows_nothing_personal(paper: Paper) -> None:
    secrets = ("カーネット太郎", "古河市", "土浦", "ABC123", "検査一郎", "A123456789")
    assert [secret for secret in secrets if secret in repr(paper)] == []
    assert dataclasses.fields(paper)


OWN = """title = "控"
page = [100, 50]
box = [{ at = [0, 0], size = [100, 50], name = "premium" }]
"""


def test_the_shops_own_form_goes_before_ours(tmp_path: Path) -> None:
    (tmp_path / "insurance_copy.toml").write_text(OWN, encoding="utf-8-sig")
    own = load_form("insurance_copy", tmp_path)
    assert (own.title, own.page, own.names) == ("控", (100.0, 50.0), frozenset({"premium"}))
    assert load_form("conformity", tmp_path) == load_form("conformity")


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("title = ", "書き方が正しくありません"),
        ("", "title が正しくありません (missing)"),
        (OWN.replace("[100, 50]\n", "[10, 50]\n"), "page.0 が正しくありません (greater_than_equal)"),
        (OWN.replace("premium", "premium', colour = 'red").replace('"', "'"), "box.0.colour が正しくありません"),
        (OWN.replace("size = [100, 50]", "size = [0, 50]"), "box.0.size.0 が正しくありません"),
        (OWN.replace("at = [0, 0]", "at = [0, 1]"), "右下が 100, 51 のものが紙からはみ出しています"),
        (OWN + "line = [{ from = [0, 0], to = [101, 0] }]", "右下が 101, 0 "),
        (OWN + "[[table]]\nname = 'a'\nat = [0, 0]\nbottom = 51\ncolumn = [{name='b', title='', width=1}]", "1, 51 "),
        (OWN + "[[table]]\nname = 'a'\nat = [0, 40]\nbottom = 50\ncolumn = [{name='b', title='', width=1}]", "表 a に"),
    ],
)
def test_a_broken_form_says_where(text: str, trouble: str, tmp_path: Path) -> None:
    (tmp_path / "insurance_copy.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        load_form("insurance_copy", tmp_path)
    (problem,) = caught.value.problems
    assert problem.field == "insurance_copy"
    assert problem.message.startswith("帳票のひな形 insurance_copy.toml: ")
    assert trouble in problem.message


def test_a_form_that_is_not_there_or_not_utf_8(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        load_form("nothing")
    assert "ファイルを読めません" in caught.value.problems[0].message
    (tmp_path / "ledger.toml").write_text("title = '元帳'", encoding="cp932")
    with pytest.raises(InvalidInput) as caught:
        load_form("ledger", tmp_path)
    assert "UTF-8ではありません" in caught.value.problems[0].message


def test_rows_that_fit_exactly(tmp_path: Path) -> None:
    table = "[[table]]\nname='a'\nat=[0,0.1]\nbottom=40.1\nhead=7\nrow=3.3\ncolumn=[{name='b',title='',width=1}]"
    (tmp_path / "a.toml").write_text(OWN + table, encoding="utf-8")
    assert load_form("a", tmp_path).table[0].rows_per_page == 10
