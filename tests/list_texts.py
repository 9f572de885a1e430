"""python tests/list_texts.py: writes docs/texts.md, all that the program says, for who answers for its words.

A text stands under the file that says it, in the order of the file; what is put into it at run time stands in {braces}.
What only developers read (docstrings, the log, comments) is not there.
"""

from __future__ import annotations

import ast
import csv
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[1]
SOURCE: Final = ROOT / "src" / "onestop"
PAGE: Final = ROOT / "docs" / "texts.md"
JAPANESE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
HEAD: Final = """# What the program says

Every Japanese text of the program, file by file. Made by `python tests/list_texts.py`; a test holds it to the program.
Words are changed where they are said, and this page is made again. The pages of the help are `resources/help/*.md`.
"""


def page() -> str:
    """Return the whole page."""
    parts = [
        HEAD,
        *(_part(file.relative_to(SOURCE).as_posix(), texts_of(file)) for file in sorted(SOURCE.rglob("*.py"))),
    ]
    steps = ROOT / "resources" / "rules" / "next_steps.csv"
    with steps.open(encoding="utf-8", newline="") as opened:
        parts.append(_part("resources/rules/next_steps.csv", [row["sentence"] for row in csv.DictReader(opened)]))
    return "\n".join(part for part in parts if part)


def texts_of(file: Path) -> list[str]:
    """Return the Japanese texts of a module, each once, in their order."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return list(dict.fromkeys(text for text in _texts(tree) if JAPANESE.search(text)))


def _part(name: str, texts: list[str]) -> str:
    lines = [f"- {text.replace(chr(10), ' ⏎ ')}" for text in texts]
    return "\n".join([f"## {name}\n", *lines, ""]) if lines else ""


def _texts(node: ast.AST) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue  # a docstring
        if isinstance(child, ast.JoinedStr):
            yield "".join(_piece(piece) for piece in child.values)
        elif isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child.value
        else:
            yield from _texts(child)


def _piece(piece: ast.expr) -> str:
    return str(piece.value) if isinstance(piece, ast.Constant) else ast.unparse(piece).removeprefix("f").strip("'\"")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}: {page().count(chr(10) + '- ')} texts\n")
