"""Signs programs for Windows by osslsigncode, where there is a certificate to sign with.

python -m windows.signing --certificate FILE.pfx --password-file FILE [--timestamp URL] PROGRAM
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from windows.pieces import run

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate with its key, in a file of PKCS #12."""

    file: Path
    password_file: Path
    timestamp: str = ""
    """Where a time is attested, so that the signature outlives the certificate; empty: nowhere."""

    def sign(self, program: Path) -> None:
        """Sign a program in its place."""
        signed = program.with_suffix(".signed")
        given = ("-pkcs12", str(self.file), "-readpass", str(self.password_file), "-n", "継続検査OSS", "-h", "sha256")
        when = ("-ts", self.timestamp) if self.timestamp else ()
        run("osslsigncode", "sign", *given, *when, "-in", str(program), "-out", str(signed))
        signed.replace(program)

    def command(self) -> str:
        """Return the command that signs a program, for makensis to put the uninstaller's path behind it."""
        words = [sys.executable, "-P", "-m", "windows.signing", "--certificate", str(self.file)]
        words += ["--password-file", str(self.password_file)]
        words += ["--timestamp", self.timestamp] if self.timestamp else []
        return " ".join(f'"{word}"' for word in words)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Let a command line name a certificate."""
    parser.add_argument("--certificate", type=Path, metavar="PFX")
    parser.add_argument("--password-file", type=Path, metavar="FILE")
    parser.add_argument("--timestamp", default="", metavar="URL")


def chosen(options: argparse.Namespace) -> Certificate | None:
    """Return the certificate that was named, if one was.

    Raises:
        SystemExit: It was named without its password's file.
    """
    if options.certificate is None:
        return None
    if options.password_file is None:
        raise SystemExit("--certificate needs --password-file: a password in a command line can be read by everybody.")
    return Certificate(options.certificate.resolve(), options.password_file.resolve(), options.timestamp)


def main(arguments: Sequence[str]) -> int:
    """Sign one program."""
    parser = argparse.ArgumentParser("windows.signing")
    add_options(parser)
    parser.add_argument("program", type=Path)
    options = parser.parse_args(arguments)
    certificate = chosen(options)
    if certificate is None:
        raise SystemExit("There is no certificate to sign with.")
    certificate.sign(options.program)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
