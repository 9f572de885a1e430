"""What can be changed in a file of the program: one small, wrong thing at a time, in its syntax tree."""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_OTHER: Final[dict[type[ast.AST], type[ast.AST]]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
"""An operator, and what stands there instead; of a comparison by size only the boundary moves."""
_OTHER_NAME: Final = {"min": "max", "max": "min", "any": "all", "all": "any"}
_CHANGED_BY_THEMSELVES: Final = (ast.Compare, ast.BoolOp, ast.UnaryOp, ast.Constant)
"""Conditions that need not be turned round as a whole."""
_SAYS_NOTHING: Final = ("log.info", "log.debug")
_CHANGES_NOTHING: Final = {"slots", "frozen", "strict"}
"""Arguments that keep programmers from mistakes, and change nothing in a program without them."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one file."""

    number: int
    """Among those of its file."""
    line: int
    was: str
    """What stands there, as Python writes it."""
    now: str
    at_import: bool
    """Whether the line is run while its file is imported, and so by no test of its own."""

    def __str__(self) -> str:
        return f"{self.line}: {self.was}  →  {self.now}"


@dataclass(frozen=True, slots=True)
class _Change:
    node: ast.expr | ast.stmt
    new: ast.expr | ast.stmt
    at_import: bool


def mutants(source: str) -> list[Mutant]:
    """Return every change that can be made to a source text, in the order of the text."""
    return [
        Mutant(number, each.node.lineno, ast.unparse(each.node), ast.unparse(each.new), each.at_import)
        for number, each in enumerate(_changes(ast.parse(source)))
    ]


def mutated(source: str, number: int) -> ast.Module:
    """Return the tree of a source text with one of its mutants in it."""
    tree = ast.parse(source)
    _Exchange(list(_changes(tree))[number]).visit(tree)
    return ast.fix_missing_locations(tree)


class _Exchange(ast.NodeTransformer):
    def __init__(self, change: _Change) -> None:
        self._change = change

    def visit(self, node: ast.AST) -> ast.AST:
        if node is self._change.node:
            return ast.copy_location(self._change.new, node)
        self.generic_visit(node)
        return node


def _changes(node: ast.AST, *, at_import: bool = True) -> Iterator[_Change]:
    if isinstance(node, (ast.expr, ast.stmt)):
        yield from (_Change(node, new, at_import) for new in _instead(node))
    if isinstance(node, (ast.If, ast.IfExp, ast.While)) and not isinstance(node.test, _CHANGED_BY_THEMSELVES):
        yield _Change(node.test, ast.UnaryOp(ast.Not(), node.test), at_import)
    is_body = isinstance(node, (ast.FunctionDef, ast.Lambda))
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_left_alone(name, child):
                yield from _changes(child, at_import=at_import and not (is_body and name == "body"))


def _is_left_alone(name: str, child: ast.AST) -> bool:
    """Tell what is not evaluated, or changes nothing that can be seen."""
    if isinstance(child, ast.keyword):
        return child.arg in _CHANGES_NOTHING
    if isinstance(child, ast.If):
        return ast.unparse(child.test) == "TYPE_CHECKING"
    return name in ("annotation", "returns") or (isinstance(child, ast.Expr) and _says_nothing(child.value))


def _says_nothing(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) or ast.unparse(value).startswith(_SAYS_NOTHING)


def _instead(node: ast.expr | ast.stmt) -> Iterator[ast.expr | ast.stmt]:
    """Return what may stand in the place of one node."""
    match node:
        case ast.Constant(value=bool() as truth):
            yield ast.Constant(not truth)
        case ast.Constant(value=int() as figure):
            yield from (ast.Constant(figure + 1), ast.Constant(figure - 1))
        case ast.Compare():
            yield from _other_comparisons(node)
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            yield from _without_filters(node)
        case ast.Expr(value=ast.Call()):
            yield ast.Pass()
        case _:
            yield from _other_word(node)


def _other_word(node: ast.expr | ast.stmt) -> Iterator[ast.expr | ast.stmt]:
    match node:
        case ast.BoolOp() | ast.BinOp() | ast.AugAssign() if type(node.op) in _OTHER:
            changed = copy.copy(node)
            changed.op = _OTHER[type(node.op)]()  # type: ignore[assignment]  # an operator of the same kind
            yield changed
        case ast.Name(id=name) if name in _OTHER_NAME:
            yield ast.Name(_OTHER_NAME[name], node.ctx)
        case ast.Break():
            yield ast.Continue()
        case ast.Continue():
            yield ast.Break()


def _other_comparisons(node: ast.Compare) -> Iterator[ast.expr]:
    for place, operator in enumerate(node.ops):
        changed = copy.copy(node)
        changed.ops = [*node.ops]
        changed.ops[place] = _OTHER[type(operator)]()  # type: ignore[call-overload]  # of the same kind
        yield changed


def _without_filters(node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> Iterator[ast.expr]:
    for place, generator in enumerate(node.generators):
        if generator.ifs:
            open_one = copy.copy(generator)
            open_one.ifs = []
            changed = copy.copy(node)
            changed.generators = [*node.generators]
            changed.generators[place] = open_one
            yield changed
