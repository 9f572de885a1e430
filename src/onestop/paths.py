"""Where things lie: what ships with the program, and what belongs to this machine's user."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

NOBODY_ELSE: Final = 0o777 if sys.platform == "win32" else 0o700
"""How a folder is made. Newer Pythons for Windows take 0o700 as a list of rights with the owner alone, which is nobody
who works here if an administrator made it; else a folder has the rights of the one around it."""
_PACKAGED: Final = Path(__file__).parent / "_shipped"
_SHIPPED: Final = _PACKAGED if _PACKAGED.is_dir() else Path(__file__).parents[2]
RESOURCES = _SHIPPED / "resources"
MIGRATIONS = _SHIPPED / "alembic"


@dataclass(frozen=True, slots=True)
class DataFolder:
    """One folder with everything that one desk remembers. Practice has a folder of its own inside it."""

    root: Path

    @property
    def database(self) -> Path:
        """The SQLite database."""
        return self.root / "onestop.db"

    @property
    def settings(self) -> Path:
        """The settings file; never holds a secret."""
        return self.root / "settings.json"

    @property
    def insurers(self) -> Path:
        """The list of 保険会社 of an earlier release, which 料金表 takes over once."""
        return self.root / "insurers.json"

    @property
    def forms(self) -> Path:
        """Where this desk puts forms of its own, which go before those of resources/forms."""
        return self.root / "forms"

    @property
    def arrives(self) -> Path:
        """Where files of the 車検証閲覧アプリ arrive in practice."""
        return self.root / "arrives"

    @property
    def backups(self) -> Path:
        """Online backups of the database."""
        return self.root / "backups"

    @property
    def quarantine(self) -> Path:
        """Damaged databases, kept for whoever repairs them."""
        return self.root / "quarantine"

    @property
    def key_check(self) -> Path:
        """What knows the key of encrypted data; never the key."""
        return self.root / "onestop.key-check"

    @property
    def log(self) -> Path:
        """The log file."""
        return self.root / "log" / "onestop.log"

    @property
    def lock(self) -> Path:
        """Held while an instance works in this folder."""
        return self.root / "onestop.lock"

    @property
    def beside_server(self) -> DataFolder:
        """Where a desk keeps what is typed while the server of its database is gone."""
        return DataFolder(self.root / "beside-server")

    @property
    def practice(self) -> DataFolder:
        """The separate folder of 練習モード."""
        return DataFolder(self.root / "practice")


def make_private(folder: Path) -> None:
    """Create a folder, if it is missing, that no other user of this machine may look into (Windows: as its parent)."""
    folder.mkdir(mode=NOBODY_ELSE, parents=True, exist_ok=True)


def make_private_file(file: Path) -> None:
    """Create an empty file, if it is missing, that no other user may read; whoever writes it keeps that."""
    if not file.exists():
        file.touch(mode=0o600)


def default_data_folder() -> DataFolder:
    """Return the user's own data folder as the operating system wants it."""
    import platformdirs  # noqa: PLC0415 - not needed when --data-dir is given, and start counts every import

    return DataFolder(Path(platformdirs.user_data_dir("onestop", appauthor=False)))
