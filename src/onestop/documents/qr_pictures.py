"""Reading the QR symbols in a picture or a PDF: several in one, tilted, dim, photographed.

Everything here takes long: on a worker only. A picture that would fill the memory is refused by what its header says.
"""

from __future__ import annotations

import io
import math
import struct
from threading import Lock
from typing import TYPE_CHECKING, Final

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from onestop.documents.regular_file import read_regular, refused
from onestop.documents.shaken_qr_letters import decoded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Enough = Callable[[tuple[str, ...]], bool]
    """Whether what was read may be all that there is."""

MOST_BYTES: Final = 64 * 1024 * 1024
MOST_PIXELS: Final = 80_000_000
"""A telephone's photograph has 12 to 50 million; decoded, each takes up to 4 bytes."""
FORMATS: Final = ("JPEG", "PNG", "BMP", "TIFF", "WEBP", "GIF")
MOST_PAGES: Final = 20
DOTS_PER_INCH: Final = 300
POINTS_PER_INCH: Final = 72
PDF_BEGINS: Final = b"%PDF-"
_SMALL: Final = 3_000
"""Pixels of the longer side up to which a picture is also looked at twice as large."""
_ONE_AT_A_TIME: Final = Lock()
"""PDFium is not made for several threads."""

TOO_LARGE: Final = "ファイルが大きすぎます(64MBまで)。"
TOO_WIDE: Final = "画像が大きすぎます。8,000万画素までの画像を選んでください。"
NO_PICTURE: Final = "画像として読めません。JPEG・PNG・PDFなどの画像を選んでください。"
NO_PDF: Final = "PDFとして読めません。壊れているか、パスワードで保護されています。"


def read_picture(path: Path, enough: Enough, stopped: Callable[[], bool]) -> tuple[str, ...]:
    """Return the text of each QR symbol in a picture or a PDF, each once.

    A page that is not plain is looked at in several ways, until there is `enough`; `stopped` is asked before each.

    Raises:
        InvalidInput: it cannot be opened, is too large, or is no picture.
    """
    content = read_regular(path, MOST_BYTES, NO_PICTURE)
    if len(content) > MOST_BYTES:
        raise refused(TOO_LARGE)
    pages = _pages(content) if content.startswith(PDF_BEGINS) else iter((_picture(content),))
    found: dict[str, None] = {}
    for page in pages:
        for look, binarizer in _looks(page):
            if stopped():
                return tuple(found)
            found |= dict.fromkeys(_symbols(look, binarizer))
            if enough(tuple(found)):
                break
    return tuple(found)


def _picture(content: bytes) -> Image.Image:
    """Return a picture in grey, upright; its size is judged by its header, before it is decoded."""
    try:
        picture = Image.open(io.BytesIO(content), formats=FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise refused(TOO_WIDE)
        picture.draft("L", picture.size)
        return ImageOps.exif_transpose(picture).convert("L")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise refused(TOO_WIDE) from None
    except (OSError, SyntaxError, ValueError, EOFError, struct.error):
        raise refused(NO_PICTURE) from None


def _pages(content: bytes) -> Iterator[Image.Image]:
    """Yield the first pages of a PDF in grey."""
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError:
            raise refused(NO_PDF) from None
        with document:
            for number in range(min(len(document), MOST_PAGES)):
                yield _page(document, number)


def _page(document: pypdfium2.PdfDocument, number: int) -> Image.Image:
    try:
        page = document[number]
        width, height = page.get_size()
        most = math.sqrt(MOST_PIXELS / 4 / max(1.0, width * height))
        scale = min(DOTS_PER_INCH / POINTS_PER_INCH, most)
        picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
    except pypdfium2.PdfiumError:
        raise refused(NO_PDF) from None
    return picture.convert("L")


def _looks(picture: Image.Image) -> Iterator[tuple[Image.Image, zxingcpp.Binarizer]]:
    """Yield a picture in the ways in which its symbols may come out, the plainest first."""
    local, whole = zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram
    yield picture, local
    yield picture, whole
    clear = ImageOps.autocontrast(picture, cutoff=1)
    yield clear.filter(ImageFilter.MedianFilter(3)), local
    longest = max(picture.size)
    other = clear.resize([max(1, side * 2 if longest <= _SMALL else side // 2) for side in picture.size])
    yield other, local
    yield other.filter(ImageFilter.UnsharpMask(4, 200, 0)), local


def _symbols(picture: Image.Image, binarizer: zxingcpp.Binarizer) -> Iterator[str]:
    found = zxingcpp.read_barcodes(
        picture, formats=zxingcpp.barcode_formats_from_str("QRCode"), try_invert=False, binarizer=binarizer
    )
    for symbol in found:
        yield decoded(symbol.bytes) or symbol.text
