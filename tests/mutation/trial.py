"""One mutant put to its tests, in a forked process of its own: the files on the disk stay as they are."""

from __future__ import annotations

import contextlib
import importlib
import io
import multiprocessing
import os
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.metadata import entry_points
from importlib.util import spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    import ast
    from collections.abc import Sequence
    from types import CodeType

FOREIGN: Final = ("alembic", "flask", "fpdf", "httpx", "openpyxl", "pydantic", "sqlalchemy.orm", "xlsxwriter")
"""What most tests import and nobody changes: loaded once, before the first fork, and the plugins of pytest as well."""
ALIKE: Final = ("-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:cov")
ALREADY_IMPORTED: Final = ("-W", "ignore::pytest.PytestAssertRewriteWarning")
BUSY: Final = 8
"""How many times longer than its work a trial may take on a machine that has other things to do."""
BROKEN: Final = 99
"""The exit code of a trial that never came to its tests."""


class _Loader(SourceFileLoader):
    """Loads a module from a tree instead of its file, and never from or into the cache of compiled files."""

    def __init__(self, name: str, path: str, tree: ast.Module) -> None:
        super().__init__(name, path)
        self._tree = tree

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._tree, self.get_filename(fullname), "exec", dont_inherit=True)


class _Finder(MetaPathFinder):
    """Finds one module, as its tree is."""

    def __init__(self, name: str, file: Path, tree: ast.Module) -> None:
        self._name = name
        self._file = str(file)
        self._tree = tree

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:
        del path, target
        if fullname != self._name:
            return None
        packed = [str(Path(self._file).parent)] if self._file.endswith("__init__.py") else None
        loader = _Loader(fullname, self._file, self._tree)
        return spec_from_file_location(fullname, self._file, loader=loader, submodule_search_locations=packed)


def prepare() -> None:
    """Import what is foreign, so that no trial has to."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for name in FOREIGN:
        importlib.import_module(name)
    for plugin in entry_points(group="pytest11"):
        plugin.load()
    assert not any(name.split(".")[0] == "onestop" for name in sys.modules), "a mutant would come too late"


def survives(name: str, file: Path, tree: ast.Module, tests: Sequence[str], *, seconds: float) -> bool:
    """Tell whether a module with this tree passes all these tests.

    One that works for more seconds than that is stuck, and caught; so is one that waits for ever.

    Raises:
        RuntimeError: The tests were never begun.
    """
    trial = multiprocessing.get_context("fork").Process(target=_try, args=(name, file, tree, tests, seconds))
    trial.start()
    trial.join(BUSY * seconds)
    if trial.is_alive():
        trial.kill()
        trial.join()
    if trial.exitcode == BROKEN:
        raise RuntimeError(f"pytest could not begin: {tests}")
    return trial.exitcode == pytest.ExitCode.OK


def _try(name: str, file: Path, tree: ast.Module, tests: Sequence[str], seconds: float) -> None:
    import resource  # noqa: PLC0415 - Windows has none

    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))  # of work: other programs run, too
    sys.meta_path.insert(0, _Finder(name, file, tree))
    code = BROKEN
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            code = int(pytest.main([*ALIKE, *ALREADY_IMPORTED, *tests]))
    finally:
        os._exit(code)  # past what would wait for threads that the mutant left
