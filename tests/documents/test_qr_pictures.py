"""Symbols in pictures and PDFs: tilted, dim, photographed; and what is no picture, or would fill the memory."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PIL import Image, ImageFilter

from onestop.documents import qr_pictures
from onestop.documents.qr_pictures import (
    NO_PDF,
    NO_PICTURE,
    TOO_LARGE,
    TOO_WIDE,
    read_picture,
)
from onestop.documents.regular_file import NOT_OPENED
from onestop.documents.shaken_qr import read_pieces
from onestop.errors import InvalidInput
from onestop.paths import RESOURCES
from support.codes import KEI_2, KEI_3, SYMBOLS, a_picture
from support.photographs import dice, dimmed, noisy, shaded, tilted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def read(path: Path, count: int = len(SYMBOLS)) -> set[str]:
    return {*read_picture(path, lambda found: len(found) >= count, lambda: False)}


def refusal(path: Path) -> str:
    with pytest.raises(InvalidInput) as caught:
        read(path)
    return caught.value.problems[0].message


def saved(picture: Image.Image, folder: Path, name: str = "picture.jpg") -> Path:
    path = folder / name
    picture.save(path, quality=80)
    return path


def photographed(sheet: Image.Image) -> Image.Image:
    paper = tilted(sheet.rotate(5, expand=True, fillcolor=255), 0.1).filter(ImageFilter.GaussianBlur(1.2))
    return noisy(shaded(dimmed(paper, 50, 180)), 0.08, dice(7))


CASES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "as it is": lambda sheet: sheet,
    "turned by 7 degrees": lambda sheet: sheet.rotate(7, expand=True, fillcolor=255),
    "turned by 33 degrees": lambda sheet: sheet.rotate(33, expand=True, fillcolor=255),
    "upside down": lambda sheet: sheet.rotate(180),
    "tilted": lambda sheet: tilted(sheet, 0.12),
    "blurred": lambda sheet: sheet.filter(ImageFilter.GaussianBlur(2.2)),
    "noisy": lambda sheet: noisy(sheet, 0.35, dice(5)),
    "dim": lambda sheet: dimmed(sheet, 60, 95),
    "half in the shade": shaded,
    "half as large": lambda sheet: sheet.resize((sheet.width // 2, sheet.height // 2)),
    "photographed": photographed,
}


@pytest.mark.parametrize("name", CASES)
def test_five_symbols_are_found_in_one_picture(tmp_path: Path, name: str) -> None:
    assert read(saved(CASES[name](a_picture(SYMBOLS, above=300)), tmp_path)) == {*SYMBOLS}


def test_a_picture_that_is_not_plain_is_looked_at_in_more_ways(tmp_path: Path) -> None:
    tiny = a_picture(SYMBOLS[:1], module=2).filter(ImageFilter.GaussianBlur(0.9))
    path = saved(noisy(tiny, 0.2, dice(1)), tmp_path, "tiny.png")
    assert read(path, 2) in ({SYMBOLS[0]}, set())
    large = a_picture(SYMBOLS, above=3000)
    assert read(saved(large, tmp_path, "large.png"), 6) == {*SYMBOLS}


def test_a_symbol_in_other_letters_is_left_as_it_is_read(tmp_path: Path) -> None:
    assert read(saved(a_picture(("髙橋 ©",), above=100), tmp_path, "utf8.png"), 1) == {"髙橋 ©"}


@pytest.mark.parametrize("kind", ["png", "bmp", "tiff", "webp", "gif"])
def test_every_usual_format_is_read(tmp_path: Path, kind: str) -> None:
    assert read(saved(a_picture((KEI_2, KEI_3)), tmp_path, f"picture.{kind}"), 2) == {KEI_2, KEI_3}


def test_pages_of_a_pdf_are_read(tmp_path: Path) -> None:
    pages = [a_picture(SYMBOLS[:2], above=200), a_picture(SYMBOLS[2:], above=100)]
    path = tmp_path / "sheet.pdf"
    pages[0].save(path, save_all=True, append_images=pages[1:])
    assert read(path) == {*SYMBOLS}


# --- what is refused


def png(width: int, height: int) -> bytes:
    """Return a picture of which the header alone is there."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("width", "height"), [(30_000, 30_000), (10_000, 9_500), (9_000, 8_900)])
def test_a_picture_that_would_fill_the_memory_is_refused_by_its_header(tmp_path: Path, width: int, height: int) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(png(width, height))
    assert refusal(path) == TOO_WIDE


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "odd.png"
    for content in (b"", b"<svg/>", png(10, 10), b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0" + bytes(40)):
        path.write_bytes(content)
        assert refusal(path) == NO_PICTURE


def test_a_picture_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    path = saved(a_picture(SYMBOLS), tmp_path, "cut.png")
    path.write_bytes(path.read_bytes()[:2000])
    assert refusal(path) == NO_PICTURE


def test_a_pdf_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "odd.pdf"
    path.write_bytes(b"%PDF-1.7 nothing")
    assert refusal(path) == NO_PDF


def test_a_page_that_cannot_be_drawn_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(a_picture(SYMBOLS), tmp_path, "sheet.pdf")

    def fails(_document: object, _number: int) -> object:
        raise pypdfium2.PdfiumError("hurt")

    monkeypatch.setattr(pypdfium2.PdfDocument, "__getitem__", fails)
    assert refusal(path) == NO_PDF


def test_a_page_as_large_as_a_house_is_drawn_small(tmp_path: Path) -> None:
    made = pypdfium2.PdfDocument.new()
    made.new_page(14_400, 14_400)
    made.save(str(tmp_path / "house.pdf"))
    made.close()
    assert read(tmp_path / "house.pdf") == set()


def test_a_file_that_is_not_there_or_no_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.png") == NOT_OPENED
    assert refusal(tmp_path) in (NOT_OPENED, NO_PICTURE)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qr_pictures, "MOST_BYTES", 1000)
    assert refusal(saved(a_picture(SYMBOLS), tmp_path)) == TOO_LARGE


def test_no_damage_stops_the_reader(tmp_path: Path) -> None:
    file, rnd = io.BytesIO(), dice(3)
    a_picture(SYMBOLS[:1], module=2).save(file, "PNG")
    path = tmp_path / "hurt.png"
    for _ in range(60):
        hurt = bytearray(file.getvalue())
        for _ in range(3):
            hurt[rnd.randrange(len(hurt))] = rnd.randrange(256)
        path.write_bytes(hurt)
        try:
            read(path, 1)
        except InvalidInput as refused:
            assert refused.problems[0].message in (NO_PICTURE, TOO_WIDE)  # noqa: PT017 - either may be


@pytest.mark.parametrize(("name", "chassis"), [("qr_registered.pdf", "PRQ77-0000101"), ("qr_kei.pdf", "KQ71S-100102")])
def test_the_sheets_of_the_practice_world_are_read(name: str, chassis: str) -> None:
    (car,) = read_pieces([*read(RESOURCES / "practice" / "sheets" / name)]).cars
    assert car.values["chassis_number"] == chassis
