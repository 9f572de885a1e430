"""QR読取: a photograph of five symbols to a filled form, and a scanner that plays keyboard at full speed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, cast

import zxingcpp
from benchmarks.report import Line, Part, Sizes, median_ms
from benchmarks.searching import a_desk, spent
from PIL import Image
from PySide6.QtWidgets import QApplication, QLineEdit

from onestop.paths import RESOURCES
from onestop.services.vehicle.scanning import scanned
from onestop.tour.scanner import Scanner
from onestop.ui.keys.scanner_keys import ScannerKeys

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.world import Worlds

    from onestop.services.desk import Desk

HOW: Final = (
    "A photograph of 12 million pixels, a little turned, of the five symbols of a 登録車 that is not stored. Ours opens"
    " it, finds the symbols, joins them, keeps them, looks for the car and fills the form; the peer opens it and finds"
    " the symbols with zxing-cpp alone. The scanner sends its keys to a window with a field, 5 ms apart by their times."
)
CODES: Final = RESOURCES / "practice" / "codes.json"
SYMBOLS: Final[list[str]] = json.loads(CODES.read_text(encoding="utf-8"))["registered"]
QR: Final = zxingcpp.barcode_formats_from_str("QRCode")
PHOTOGRAPH: Final = (4000, 3000)
SCANS: Final = 50


def measure(sizes: Sizes, worlds: Worlds) -> Part:
    """Measure on an empty database."""
    file = _photograph(worlds.root / "photograph.jpg")
    ours: list[float] = []
    theirs: list[float] = []
    with a_desk(worlds.copy(worlds.folder(0))) as desk:
        _fill(desk, file)  # imports and opens whatever is needed
        for _ in range(sizes.rounds):
            ours.append(spent(lambda _text: _fill(desk, file), ""))
            theirs.append(spent(lambda _text: _find(file), ""))
    wanted, heard, took = _write(SCANS)
    return Part(
        "QR読取",
        HOW,
        (
            Line(
                "a photograph to a filled form", median_ms(ours), theirs=median_ms(theirs), peer="zxing-cpp", most=1.5
            ),
            Line(f"signs of {SCANS} scans at 200 a second", heard, "", wanted, "written", exactly=True),
            Line("our part of a second with 200 signs", took, limit=200),
        ),
    )


def _photograph(path: Path) -> Path:
    paper = Image.new("L", PHOTOGRAPH, 230)
    place = 200
    for text in SYMBOLS:
        made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
        drawn = memoryview(made.to_image(scale=14, add_quiet_zones=True))  # type: ignore[arg-type] # it is a buffer
        shape = drawn.shape or (0, 0)
        symbol = Image.frombuffer("L", (shape[1], shape[0]), bytes(drawn))
        paper.paste(symbol, (place, 1500))
        place += symbol.width + 60
    paper.rotate(4, fillcolor=200).save(path, quality=85)
    return path


def _fill(desk: Desk, file: Path) -> None:
    (record,) = desk.scans.take_picture(file).records
    desk.scans.hand_over(record)


def _find(file: Path) -> None:
    zxingcpp.read_barcodes(Image.open(file).convert("L"), formats=QR)


def _write(scans: int) -> tuple[int, int, float]:
    """Return how many signs were written and heard, and the milliseconds that 200 of them took."""
    app = cast("QApplication", QApplication.instance() or QApplication([]))
    heard: list[str] = []

    def is_scan(text: str, _surely: bool) -> bool:  # noqa: FBT001 - as ScannerKeys calls it
        heard.append(text)
        return scanned(text) is not None

    keys, field = ScannerKeys(app, is_scan), QLineEdit()
    field.show()
    window = field.windowHandle()
    app.focusWindowChanged.emit(window)
    scanner = Scanner()
    texts = [SYMBOLS[number % len(SYMBOLS)] for number in range(scans)]

    def write(_text: str) -> None:
        for text in texts:
            scanner.write(window, text)

    span = spent(write, "")
    keys.stop()
    wanted = sum(map(len, texts))
    got = sum(map(len, heard)) - len(field.text())
    field.close()
    field.deleteLater()
    return wanted, got, 1000 * span * 200 / wanted
