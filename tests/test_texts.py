"""The page of all texts says what the program says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from list_texts import PAGE, SOURCE, page, texts_of

if TYPE_CHECKING:
    from pathlib import Path


def test_the_page_is_of_this_program() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python tests/list_texts.py makes it again"


def test_brackets_on_the_glass_are_half_width() -> None:
    read_or_printed = {"model/words.py", "documents/layout.py"}
    files = {file.relative_to(SOURCE).as_posix(): file for file in SOURCE.rglob("*.py")}
    wide = {name for name, file in files.items() if any("（" in text or "）" in text for text in texts_of(file))}
    assert wide <= read_or_printed


def test_what_is_said_is_told_from_what_developers_read(tmp_path: Path) -> None:
    file = tmp_path / "one.py"
    file.write_text(
        '"""照会."""\nSAID = "取り消しました。"\ndef f(n):\n    """F5 発行."""\n    return f"あと{n}日"\n',
        encoding="utf-8",
    )
    assert texts_of(file) == ["取り消しました。", "あと{n}日"]
