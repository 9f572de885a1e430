"""Arguments, and what they start."""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from onestop import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop.app.start import Start
    from onestop.paths import DataFolder


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with these arguments (the process's own if None); returns the exit code."""
    _speak_anywhere()
    arguments = _parsed(argv)
    if arguments.command:
        return _without_a_desk(arguments)
    from onestop.app.garbage import nobody_looks  # noqa: PLC0415 - --help and --version make none

    try:
        with nobody_looks():
            from onestop.app.plain_imports import import_plainly  # noqa: PLC0415 - nor Qt

            import_plainly()
            from onestop.app.run import run  # noqa: PLC0415 - they need no window either

            return run(lambda: _start(arguments))
    except Exception as error:  # noqa: BLE001 - a DLL is missing: without a console nobody would ever hear of it
        from onestop.app.failed_start import tell_without_qt  # noqa: PLC0415 - seldom wanted

        return tell_without_qt(error, _folder(arguments).log)


def _start(arguments: argparse.Namespace) -> Start:
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


def _folder(arguments: argparse.Namespace) -> DataFolder:
    from onestop.paths import DataFolder, default_data_folder  # noqa: PLC0415 - the first frame needs none

    return DataFolder(arguments.data_dir.resolve()) if arguments.data_dir else default_data_folder()


def _without_a_desk(arguments: argparse.Namespace) -> int:
    """Carry out a command; returns the exit code."""
    from onestop.app.dumps import leave_no_dump  # noqa: PLC0415 - --help and --version know no secret

    leave_no_dump()
    return _tour(arguments) if arguments.command == "tour" else _at_the_console(arguments)


def _tour(arguments: argparse.Namespace) -> int:
    from onestop.tour import run_shop_tour, run_tour  # noqa: PLC0415 - a start without a tour imports none of it

    if arguments.database_url:
        return run_shop_tour(arguments.out, arguments.database_url, arguments.services_url)
    return run_tour(arguments.out)


def _at_the_console(arguments: argparse.Namespace) -> int:
    """Carry out what needs no window; returns the exit code."""
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


def console() -> None:
    """The console script `onestop`."""
    sys.exit(main())


def _speak_anywhere() -> None:
    """Let a console that has no Japanese show signs in its place, rather than stop the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # without a console, as pythonw has none, there is no stream
            stream.reconfigure(errors="replace")


def _parsed(argv: Sequence[str] | None) -> argparse.Namespace:
    """Return what was said. The commands are told apart only if there is more than options: a start has none."""
    options = _options()
    arguments, more = options.parse_known_args(argv)
    return _with_commands(options).parse_args(argv) if more else arguments


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("onestop", add_help=False)
    parser.set_defaults(command=None)
    parser.add_argument("--version", action="version", version=VERSION)
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="データベース・設定・ログ・バックアップの場所")
    parser.add_argument("--practice", action="store_true", help="練習モードで開く")
    parser.add_argument(
        "--services-url", default="", metavar="URL", help="接続先 (https、このパソコンの中だけは http も可)"
    )
    parser.add_argument(
        "--database-url", default="", metavar="URL", help="接続先データベース (postgresql://ユーザー名@サーバー名/名前)"
    )
    parser.add_argument("--terminal", default="", metavar="NAME", help="この端末の名前 (書かなければパソコンの名前)")
    parser.add_argument(
        "--release-operators", action="store_true", help="操作者をすべて停止する (管理の人が暗証番号を忘れたとき)"
    )
    parser.add_argument("--open", type=Path, metavar="FILE", help="車検証のファイルを取込で開く")
    parser.add_argument("--unencrypted", action="store_true", help="まだ暗号化していないデータを、暗号化しないで開く")
    return parser


def _with_commands(options: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("onestop", description="継続検査OSSデスク", parents=[options])
    commands = parser.add_subparsers(dest="command")
    tour = commands.add_parser("tour", help="画面をひととおり動かして、画像を保存する")
    commands.add_parser("prepare-data", help="版を入れ替える前に、データのバックアップを取る (インストーラーが使う)")
    tour.add_argument("--out", type=Path, default=Path("tour"), metavar="DIR", help="画像を保存する場所")
    preparing = commands.add_parser(
        "prepare-server", help="サーバーのデータベースに表を作る・この版のものにする (サーバーの管理者が使う)"
    )
    preparing.add_argument(
        "--at", required=True, metavar="URL", help="そのデータベース (postgresql://持ち主の名前@サーバー名/名前)"
    )
    moving = commands.add_parser("move", help="すべてのデータを、サーバーのデータベースへ移す・サーバーから戻す")
    way = moving.add_mutually_exclusive_group(required=True)
    way.add_argument("--to", metavar="URL", help="移す先 (postgresql://ユーザー名@サーバー名/名前)")
    way.add_argument("--from", dest="source", metavar="URL", help="このパソコンへ戻すとき、データのあるサーバー")
    moving.add_argument("--use", action="store_true", help="次からは移した先で開くように、設定も変える")
    exporting = commands.add_parser("export", help="すべてのデータを、JSON Lines と CSV のファイルに書き出す")
    exporting.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="書き出す場所 (空のフォルダー)")
    return parser


if __name__ == "__main__":
    console()
