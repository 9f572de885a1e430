"""python tests/draw_symbols.py: draws for the help of QR読取 how codes stand on a 車検証: practice's invented cars."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pypdfium2
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Sequence

RESOURCES: Final = Path(__file__).resolve().parents[1] / "resources"
FONT: Final = RESOURCES / "fonts" / "BIZUDGothic-Regular.ttf"
WIDTH: Final = 900
HEIGHT: Final = 430
MARGIN: Final = 16
INK: Final = "#303848"
FAINT: Final = "#c4cad6"
PAPER: Final = "#f8faf4"
TOP_OF_SYMBOLS: Final = 240
SIDE: Final = 96
"""Of a symbol, in pixels."""
APART: Final = 24


@dataclass(frozen=True, slots=True)
class Group:
    """Symbols that belong together."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """One 車検証."""

    sheet: str
    title: str
    lines: tuple[str, ...]
    groups: tuple[Group, ...]


DRAWINGS: Final = (
    Drawing(
        "qr_registered",
        "自動車検査証(登録車の例)",
        ("登録番号  見本 300 さ 12-34", "車台番号  実在しない車両", "使用者    見本太郎"),
        (Group("コード2 (2つ)", 2), Group("コード3 (3つ)", 3)),
    ),
    Drawing(
        "qr_kei",
        "自動車検査証(軽自動車の例)",
        ("車両番号  見本 580 あ 12-34", "車台番号  実在しない車両", "使用者    見本花子"),
        (Group("K/2", 1), Group("K/3", 1)),
    ),
)


def symbols_of(sheet: str) -> list[Image.Image]:
    """Cut the symbols out of one of practice's sheets, from left to right."""
    page = pypdfium2.PdfDocument(RESOURCES / "practice" / "sheets" / f"{sheet}.pdf")[0].render(scale=4).to_pil()
    places = [each.position for each in zxingcpp.read_barcodes(page)]
    boxes = [(each.top_left.x, each.top_left.y, each.bottom_right.x, each.bottom_right.y) for each in places]
    return [page.crop(box).resize((SIDE, SIDE), Image.Resampling.NEAREST) for box in sorted(boxes)]


def font(size: int) -> ImageFont.FreeTypeFont:
    """Return the program's own font."""
    return ImageFont.truetype(FONT, size)


def draw(drawing: Drawing) -> Image.Image:
    """Draw one."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), "white")
    pen = ImageDraw.Draw(picture)
    edge = (MARGIN, MARGIN, WIDTH - MARGIN, HEIGHT - MARGIN)
    pen.rounded_rectangle(edge, radius=12, fill=PAPER, outline=INK, width=2)
    pen.text((MARGIN + 20, MARGIN + 16), drawing.title, fill=INK, font=font(26))
    for number, line in enumerate(drawing.lines):
        below = MARGIN + 66 + number * 42
        pen.text((MARGIN + 20, below), line, fill=INK, font=font(20))
        pen.line((MARGIN + 20, below + 30, WIDTH - MARGIN - 20, below + 30), fill=FAINT)
    put_symbols(picture, pen, symbols_of(drawing.sheet), drawing.groups)
    return picture


def put_symbols(
    picture: Image.Image, pen: ImageDraw.ImageDraw, symbols: Sequence[Image.Image], groups: Sequence[Group]
) -> None:
    """Put the symbols at the lower edge, to the right, each group with its name over a bracket."""
    left = WIDTH - MARGIN - 20 - sum(each.count for each in groups) * (SIDE + APART) + APART
    rest = iter(symbols)
    for group in groups:
        right = left + group.count * (SIDE + APART) - APART
        for place in range(left, right, SIDE + APART):
            picture.paste(next(rest), (place, TOP_OF_SYMBOLS))
        below = TOP_OF_SYMBOLS + SIDE + 10
        pen.line((left, below, left, below + 8, right, below + 8, right, below), fill=INK, width=2)
        pen.text(((left + right) / 2, below + 14), group.name, fill=INK, font=font(20), anchor="ma")
        left = right + APART


def main() -> None:
    """Write the pictures."""
    for each in DRAWINGS:
        draw(each).save(RESOURCES / "help" / "pictures" / f"{each.sheet}.png", optimize=True)


if __name__ == "__main__":
    main()
