"""What a camera makes of a sheet of paper: tilted, dim, shaded, noisy."""

from __future__ import annotations

import random

from PIL import Image


def dice(seed: int) -> random.Random:
    """Return what makes the same noise each time."""
    return random.Random(seed)  # noqa: S311 - noise, no secret


def tilted(sheet: Image.Image, much: float) -> Image.Image:
    """Return a sheet as it is seen from aside: one side farther away than the other."""
    width, height = sheet.size
    corners = (
        *(-width * much, -height * much / 2),
        *(-width * much / 3, height * (1 + much / 2)),
        *(width * (1 + much / 2), height),
        *(width * (1 + much / 4), 0),
    )
    return sheet.transform((width, height), Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=200)


def dimmed(sheet: Image.Image, darkest: int, lightest: int) -> Image.Image:
    """Return a sheet in so many shades of grey."""
    return sheet.point([darkest + shade * (lightest - darkest) // 255 for shade in range(256)])


def shaded(sheet: Image.Image) -> Image.Image:
    """Return a sheet on which a shadow lies, from nothing to two thirds."""
    shadow = sheet.point([shade // 3 for shade in range(256)])
    return Image.composite(sheet, shadow, Image.linear_gradient("L").resize(sheet.size))


def noisy(sheet: Image.Image, much: float, rnd: random.Random) -> Image.Image:
    """Return a sheet with as much noise in it."""
    noise = Image.frombytes("L", sheet.size, rnd.randbytes(sheet.width * sheet.height))
    return Image.blend(sheet, noise, much)
