"""What a start, or a command, says on its line."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from onestop import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence


def parsed(said: Sequence[str]) -> argparse.Namespace:
    """Return what was said. The commands are told apart only if there is more than options: a start has none."""
    of_a_desk = options()
    arguments, more = of_a_desk.parse_known_args(said)
    return _with_commands(of_a_desk).parse_args(said) if more else arguments


def options() -> argparse.ArgumentParser:
    """Return what understands the options of a start of the desk."""
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


def _with_commands(of_a_desk: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("onestop", description="継続検査OSSデスク", parents=[of_a_desk])
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
