"""Forms as files that a shop can change: a page in mm with lines, boxes, texts, fields and tables."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from onestop.errors import InvalidInput, Problem
from onestop.paths import RESOURCES

if TYPE_CHECKING:
    from pathlib import Path

FORMS = RESOURCES / "forms"
BUILT_IN = frozenset({"page", "pages"})
"""Names that every form may use: the number of this page and of all pages."""

ROUNDING = 0.001
"""mm."""

Millimetres = Annotated[float, Field(ge=0, le=1200)]
Place = tuple[Millimetres, Millimetres]
"""From the left edge, from the top edge."""
Size = tuple[Annotated[float, Field(gt=0, le=1200)], Annotated[float, Field(gt=0, le=1200)]]
"""Width and height."""
Points = Annotated[float, Field(ge=3, le=200)]
Align = Literal["left", "center", "right"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class LinePart(_Part):
    """A straight line."""

    from_: Place = Field(alias="from")
    to: Place
    width: float = Field(default=0.2, gt=0, le=10)


class Lettering(_Part):
    """How a text is set in its rectangle: one line, which shrinks until it fits; with wrap, as many as fit."""

    font: Points = 10
    align: Align = "left"
    bold: bool = False
    wrap: bool = False
    grey: float = Field(default=0, ge=0, le=1)
    """0 is black, 1 is white."""


class Placed(Lettering):
    """A rectangle with a text in it."""

    at: Place
    size: Size


class TextPart(Placed):
    """A text that is always the same."""

    text: str = Field(min_length=1)


class FieldPart(Placed):
    """A value by its name."""

    name: str = Field(min_length=1)
    label: str = ""
    """What it is, in words for the clerk: on a trial of an official form, and where it became too small."""


class BoxPart(Placed):
    """A frame, with a small label at the top left and the value of a name below it; either may be left out."""

    width: float = Field(default=0.2, gt=0, le=10)
    label: str = ""
    name: str = ""


class TableColumn(Lettering):
    """A column of a table."""

    name: str = Field(min_length=1)
    title: str
    width: float = Field(gt=0, le=1200)


class TablePart(_Part):
    """Rows under a head that stands on every page again; what does not fit above `bottom` goes to the next page."""

    name: str = Field(min_length=1)
    title: str = ""
    """Stands above the table, on every page where there is some of it."""
    at: Place
    bottom: Millimetres
    head: float = Field(default=7, gt=0, le=100)
    row: float = Field(default=7, gt=0, le=100)
    font: Points = 8
    column: tuple[TableColumn, ...] = Field(min_length=1)

    @property
    def width(self) -> float:
        """All columns together, in mm."""
        return sum(column.width for column in self.column)

    @property
    def rows_per_page(self) -> int:
        """How many rows fit between the head and `bottom`."""
        return int((self.bottom - self.at[1] - self.head) / self.row + ROUNDING)


class Form(_Part):
    """One form."""

    title: str = Field(min_length=1)
    page: tuple[Annotated[float, Field(ge=30, le=1200)], Annotated[float, Field(ge=30, le=1200)]]
    """Width and height."""
    line: tuple[LinePart, ...] = ()
    box: tuple[BoxPart, ...] = ()
    text: tuple[TextPart, ...] = ()
    field: tuple[FieldPart, ...] = ()
    table: tuple[TablePart, ...] = ()

    @property
    def is_bare(self) -> bool:
        """Whether there are only values in it, as on an official form that has everything else already."""
        return not (self.line or self.box or self.text or self.table)

    @property
    def names(self) -> frozenset[str]:
        """The values that this form asks for."""
        return frozenset((*(part.name for part in self.field), *(box.name for box in self.box))) - BUILT_IN - {""}


def load_form(name: str, own_forms: Path | None = None) -> Form:
    """Read a form: the shop's own file of this name if there is one, else ours.

    Raises:
        InvalidInput: the file cannot be read as a form; the sentence says where it is wrong.
    """
    own = own_forms / f"{name}.toml" if own_forms else None
    path = own if own and own.is_file() else FORMS / f"{name}.toml"
    try:
        form = Form.model_validate(tomllib.loads(path.read_bytes().decode("utf-8-sig")))
    except OSError:
        raise _broken(name, "ファイルを読めません") from None
    except UnicodeDecodeError:
        raise _broken(name, "文字コードがUTF-8ではありません") from None
    except tomllib.TOMLDecodeError as error:
        raise _broken(name, f"書き方が正しくありません ({error})") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise _broken(name, f"{'.'.join(map(str, first['loc']))} が正しくありません ({first['type']})") from None
    for trouble in _off_the_page(form):
        raise _broken(name, trouble)
    return form


def _off_the_page(form: Form) -> list[str]:
    width, height = form.page
    placed: tuple[Placed, ...] = (*form.box, *form.text, *form.field)
    corners = [(part.at[0] + part.size[0], part.at[1] + part.size[1]) for part in placed]
    corners += [corner for line in form.line for corner in (line.from_, line.to)]
    corners += [(table.at[0] + table.width, table.bottom) for table in form.table]
    beyond = [(right, bottom) for right, bottom in corners if right > width + ROUNDING or bottom > height + ROUNDING]
    return [
        *(f"右下が {right:g}, {bottom:g} のものが紙からはみ出しています" for right, bottom in beyond),
        *(f"表 {table.name} に1行も入りません" for table in form.table if table.rows_per_page < 1),
    ]


def _broken(name: str, trouble: str) -> InvalidInput:
    return InvalidInput(Problem(name, f"帳票のひな形 {name}.toml: {trouble}。"))
