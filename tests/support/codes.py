"""The two-dimensional codes of invented cars, as text and as symbols in pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import zxingcpp
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Sequence

CODE_2: Final = "2/土浦　　３００す　　１２/1/ABC12-0123456/9ZZ-TST/1"
CODE_3: Final = "2/-  /999990001/999999/2112/XAA-ABC12/0084/-   /-   /0054/- /-  /2/0/-/-   /-    /999999/01"
SYMBOLS: Final = (
    "2/土浦　　３００す　　１２/1/ABC",
    "12-0123456/9ZZ-TST/1",
    "2/-  /999990001/999999/2112/XAA",
    "-ABC12/0084/-   /-   /0054/- /-",
    "  /2/0/-/-   /-    /999999/01",
)
"""Those of a 登録車, each as one symbol has it."""
OTHER_2: Final = "2/水戸　　５００さ３４５６/A/XYZ99-7654321/8AA-OTH/1"
OTHER_3: Final = "2/-  /888880002/280331/1904/YBB-XYZ99/0100/-   /-   /0062/- /-  /2/0/-/-   /-    /999999/02"
"""Of another car."""
KEI_2: Final = "K/22/水戸　　５８０す　１２３/1/KK11S-123456/T06A/1"
KEI_3: Final = "K/32/-  /999980012/999999/1306/DBA-KK11S/0050/-/-/0033/10/096/-/-/-/-   /-    /01/999"
KEI_3_OLD: Final = "K/31/-  /999980012/270612/1306/DBA-KK11S/0050/-/-/0033/10/096/-/-/-/-   /-    /999999"
KEI_3_DEFECT: Final = "K/32/-  /999980012/999999/1306/DBA-KK11S/0050/0033/10/096/-/-/-/-/-/-   /-    /01/999"
"""As it was printed in January 2024."""
KEI_PAPER: Final = (
    "K/51/見本花子",
    "K/61/茨城県水戸市見本町１－２－３",
    "K/71/軽自動車/乗用/自家用/001/4// // 1050//1//",
)


def a_picture(texts: Sequence[str], *, module: int = 5, above: int = 0) -> Image.Image:
    """Return a sheet with a symbol for each text side by side."""
    symbols = [_symbol(text, module) for text in texts]
    width, height = sum(symbol.width for symbol in symbols), max((symbol.height for symbol in symbols), default=0)
    sheet = Image.new("L", (width + 40, above + height + 40), 255)
    place = 20
    for symbol in symbols:
        sheet.paste(symbol, (place, above + 20))
        place += symbol.width
    return sheet


def _symbol(text: str, module: int) -> Image.Image:
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    drawn = memoryview(made.to_image(scale=module, add_quiet_zones=True))  # type: ignore[arg-type] # it is a buffer
    assert drawn.shape is not None
    height, width = drawn.shape[:2]
    return Image.frombuffer("L", (width, height), bytes(drawn))
