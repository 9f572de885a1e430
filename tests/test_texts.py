"""The page of all texts says what the program says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from list_texts import PAGE, page, texts_of

if TYPE_CHECKING:
    from pathlib import Path


def test_the_page_is_of_this_program() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python tests/list_texts.py makes it again"


def test_what_is_said_is_told_from_what_developers_read(tmp_path: Path) -> None:
    file = tmp_path / "one.py"
    file.write_text(
        '"""照会."""\nSAID = "取り消しました。"\ndef f(n):\n    """F5 発行."""\n    return f"あと{n}日"\n',
        encoding="utf-8",
    )
    assert texts_of(file) == ["取り消しました。", "あと{n}日"]
