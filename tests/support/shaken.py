"""Files of the 車検証閲覧アプリ: both invented samples, changed as a test wants them and written in each format."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from onestop.documents.shaken_file import ShakenRecord, content_of, read_shaken_bytes

DATA = Path(__file__).parents[1] / "documents" / "data"
REGISTERED = DATA / "shaken_sample_registered_synthetic.json"
KEI = DATA / "shaken_sample_kei_synthetic.json"


def read_shaken_path(path: Path) -> ShakenRecord:
    """Read such a file, as 取込 does."""
    return read_shaken_bytes(content_of(path))


def values_of(path: Path) -> dict[str, Any]:
    """Return what a sample says."""
    values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["CertInfo"]
    return values


def as_json(values: dict[str, Any], version: str = "1.0") -> bytes:
    """Write such a file as JSON."""
    return json.dumps({"CertInfoImportFileVersion": version, "CertInfo": values}).encode()


def as_csv(values: dict[str, Any], encoding: str) -> bytes:
    """Write such a file as CSV."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(values)
    writer.writerow(values.values())
    return file.getvalue().encode(encoding)


def as_xml(values: dict[str, Any], encoding: str) -> bytes:
    """Write such a file as XML."""
    inner = "".join(f"<v:{key}>{escape(value)}</v:{key}>" for key, value in values.items())
    declaration = f'<?xml version="1.0" encoding="{encoding}"?>'
    return f'{declaration}\n<v:Root xmlns:v="urn:x"><v:CertInfo>{inner}</v:CertInfo></v:Root>'.encode(encoding)


def a_file(folder: Path, **changes: str) -> Path:
    """Write the sample of a 登録車, changed, into a folder."""
    path = folder / "changed.json"
    path.write_bytes(as_json(values_of(REGISTERED) | changes))
    return path


def registered(**changes: object) -> ShakenRecord:
    """Read the sample of a 登録車, changed."""
    return read_shaken_bytes(as_json(values_of(REGISTERED) | changes))


def kei(**changes: object) -> ShakenRecord:
    """Read the sample of a 軽自動車, changed."""
    return read_shaken_bytes(as_json(values_of(KEI) | changes))
