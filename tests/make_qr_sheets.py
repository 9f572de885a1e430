"""Writes the printable sheets of the practice world: the symbols of invented cars, resources/practice/sheets.

    python tests/make_qr_sheets.py

A sheet has no day by which it would be outdated: 999999 hides the 満了日, as an electronic 車検証 does.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from support.codes import a_picture

ROOT: Final = Path(__file__).parents[1]
SHEETS: Final = ROOT / "resources" / "practice" / "sheets"
FONT: Final = ROOT / "resources" / "fonts" / "BIZUDGothic-Regular.ttf"
PAPER: Final = (1654, 1169)
"""Pixels of A4, lying, at 200 dots per inch."""
DOTS: Final = 200
TITLES: Final = {
    "registered": "練習用 登録車の二次元コード(コード2が2つ、コード3が3つ)",
    "kei": "練習用 軽自動車の二次元コード(K/2、K/3、K/51、K/61、K/71)",
}
NOTE: Final = "実在しない車両です。順番は問いません。1つずつ読み取るときは、ほかのコードを紙で隠してください。"


def sheet(kind: str) -> Image.Image:
    """Return one sheet."""
    texts: list[str] = json.loads((SHEETS.parent / "codes.json").read_text(encoding="utf-8"))[kind]
    symbols = a_picture([text.replace("{expiry}", "999999") for text in texts], module=7)
    paper = Image.new("L", PAPER, 255)
    draw = ImageDraw.Draw(paper)
    draw.text((80, 80), TITLES[kind], font=ImageFont.truetype(FONT, 36), fill=0)
    draw.text((80, 150), NOTE, font=ImageFont.truetype(FONT, 24), fill=0)
    paper.paste(symbols, ((PAPER[0] - symbols.width) // 2, 400))
    return paper


if __name__ == "__main__":
    SHEETS.mkdir(exist_ok=True)
    for each in TITLES:
        sheet(each).convert("1").save(SHEETS / f"qr_{each}.pdf", resolution=DOTS, creationDate=None, modDate=None)
