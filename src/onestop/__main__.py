"""Arguments, and what they start."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from onestop.app.start import Start
    from onestop.paths import DataFolder


OPTIONS = ("--practice", "--release-operators", "--unencrypted")
OPTIONS_WITH_A_VALUE = ("--data-dir", "--services-url", "--database-url", "--terminal", "--open")
"""What a start of the desk may say (app/arguments.py says what it means)."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with these arguments (the process's own if None); returns the exit code."""
    _speak_anywhere()
    said = sys.argv[1:] if argv is None else argv
    if not _opens_a_desk(said) and (arguments := _parsed(said)).command:
        return _without_a_desk(arguments)
    from onestop.app.garbage import nobody_looks  # noqa: PLC0415 - --help and --version make none

    try:
        with nobody_looks():
            from onestop.app.plain_imports import import_plainly  # noqa: PLC0415 - nor Qt

            import_plainly()
            from onestop.app.run import run  # noqa: PLC0415 - they need no window either

            return run(lambda: _start(_parsed(said)))
    except Exception as error:  # noqa: BLE001 - a DLL is missing: without a console nobody would ever hear of it
        from onestop.app.failed_start import tell_without_qt  # noqa: PLC0415 - seldom wanted

        return tell_without_qt(error, _folder(_parsed(said)).log)


def _opens_a_desk(said: Sequence[str]) -> bool:
    """Tell whether it is surely a start of the desk: what else it says is read behind the first frame."""
    words = iter(said)
    for word in words:
        name, has_value, _ = word.partition("=")
        if name in OPTIONS_WITH_A_VALUE:
            if not has_value:
                next(words, None)
        elif name not in OPTIONS:
            return False
    return True


def _parsed(said: Sequence[str]) -> Namespace:
    from onestop.app.arguments import parsed  # noqa: PLC0415 - a start reads them behind the first frame

    return parsed(said)


def _start(arguments: Namespace) -> Start:
    """Return how the desk is opened; from here on the process leaves no dump. The first frame waits for none of it."""
    from onestop.app.dumps import leave_no_dump  # noqa: PLC0415 - as the docstring says
    from onestop.app.start import AtStart, Start  # noqa: PLC0415 - the same

    leave_no_dump()
    return Start(
        _folder(arguments),
        practice=arguments.practice,
        services_url=arguments.services_url,
        database_url=arguments.database_url,
        terminal=arguments.terminal,
        file=arguments.open.absolute() if arguments.open else None,
        releases_operators=arguments.release_operators,
        at_start=AtStart(plain=arguments.unencrypted),
    )


def _folder(arguments: Namespace) -> DataFolder:
    from onestop.paths import DataFolder, default_data_folder  # noqa: PLC0415 - the first frame needs none

    return DataFolder(arguments.data_dir.resolve()) if arguments.data_dir else default_data_folder()


def _without_a_desk(arguments: Namespace) -> int:
    """Carry out a command; returns the exit code."""
    from onestop.app.dumps import leave_no_dump  # noqa: PLC0415 - --help and --version know no secret

    leave_no_dump()
    if arguments.command == "tour":
        return _tour(arguments)
    folder = _folder(arguments)
    if arguments.command == "prepare-data":
        from onestop.app.handover import prepare_data  # noqa: PLC0415 - the setup alone asks for it

        return prepare_data(folder)
    from onestop.app.start import Start  # noqa: PLC0415 - --help and --version need none

    if arguments.command == "prepare-server":
        from onestop.app.preparing_server import prepare_server  # noqa: PLC0415 - the administrator alone asks for it

        return prepare_server(Start(folder, practice=arguments.practice, database_url=arguments.at))
    if arguments.command == "move":
        from onestop.app.moving import Move, move  # noqa: PLC0415 - a start without a move imports none of it

        back = arguments.source is not None
        return move(Start(folder), Move(arguments.source or arguments.to, back=back, use=arguments.use))
    from onestop.app.exporting import export  # noqa: PLC0415 - a start without an export imports none of it

    start = Start(folder, practice=arguments.practice, database_url=arguments.database_url)
    return export(start, arguments.to.resolve())


def _tour(arguments: Namespace) -> int:
    from onestop.tour import run_shop_tour, run_tour  # noqa: PLC0415 - a start without a tour imports none of it

    if arguments.database_url:
        return run_shop_tour(arguments.out, arguments.database_url, arguments.services_url)
    return run_tour(arguments.out)


def console() -> None:
    """The console script `onestop`."""
    sys.exit(main())


def _speak_anywhere() -> None:
    """Let a console that has no Japanese show signs in its place, rather than stop the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # without a console, as pythonw has none, there is no stream
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    console()
