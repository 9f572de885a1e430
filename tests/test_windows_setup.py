"""What the setup for Windows is put together from; the setup itself is made and tried by command alone."""

from __future__ import annotations

import json
import struct
import sys
import zipfile
from pathlib import Path

import pytest
from windows.icon import SIZES, write_icon

from onestop import VERSION
from onestop.app.handover import IN_USE, NOT_READY
from onestop.app.taskbar import APP_USER_MODEL_ID
from onestop.screens.vehicle.car_file import FILE_PATTERNS
from windows import build_setup, lent, payload, signing, try_setup

ROOT = Path(__file__).parents[1]
ON_DEBIAN = pytest.mark.skipif(sys.platform == "win32", reason="the setup is made on Debian, from a clone with git")
SCRIPT = (ROOT / "windows" / "setup" / "onestop.nsi").read_text(encoding="utf-8")


def test_it_holds_what_runs_with_the_program_on_windows_and_nothing_for_developers() -> None:
    names = {pin.name for pin in payload.needed()}
    assert {"pyside6-essentials", "sqlalchemy", "httpx", "pywin32-ctypes"} <= names
    assert {"sqlcipher3", "psycopg-binary", "cryptography", "pyserial", "zxing-cpp"} <= names
    assert not names & {"pytest", "ruff", "mypy", "secretstorage", "jeepney"}


def test_every_wheel_is_pinned_by_hash() -> None:
    lines = payload.requirements().splitlines()
    assert len(lines) == len(payload.needed())
    assert all("--hash=sha256:" in line for line in lines)


def test_a_wheel_that_is_missing_or_another_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "httpx-0.28.1-py3-none-any.whl").write_bytes(b"another one")
    with pytest.raises(SystemExit, match="httpx"):
        payload.wheels(tmp_path)


def test_a_python_of_somebody_else_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "python.zip"
    other.write_bytes(b"another one")
    with pytest.raises(SystemExit, match=r"python\.org"):
        payload.lay_out_official(other, tmp_path)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("PySide6/Qt6Core.dll", True),
        ("PySide6/QtWidgets.pyd", True),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/translations/qtbase_ja.qm", True),
        ("PySide6/Qt6Qml.dll", False),
        ("PySide6/opengl32sw.dll", False),
        ("PySide6/designer.exe", False),
        ("sqlalchemy/engine/base.py", True),
        ("sqlalchemy/py.typed", True),
        ("werkzeug/tests/test_a.py", False),
        ("xlsxwriter-3.3.1.data/scripts/vba_extract.py", False),
        ("yaml/__init__.pyi", False),
        ("psycopg_binary.libs/libpq-16d00050fdffffeae97527f26415b111.dll", True),
        ("sqlcipher3/_sqlite3.cp311-win_amd64.pyd", True),
        ("serial/serialwin32.py", True),
    ],
)
def test_of_each_wheel_it_takes_what_runs(name: str, wanted: bool) -> None:  # noqa: FBT001 - a table
    assert payload.is_wanted(name) is wanted


def test_one_source_compiles_to_one_file(tmp_path: Path) -> None:
    source = tmp_path / "a.py"
    source.write_text("WORDS = {'一', '二', '三'}\n", encoding="utf-8")
    payload.compile_one(source, tmp_path / "1.pyc", "a.py")
    payload.compile_one(source, tmp_path / "2.pyc", "a.py")
    first = (tmp_path / "1.pyc").read_bytes()
    assert first == (tmp_path / "2.pyc").read_bytes()
    assert str(tmp_path).encode() not in first, "a path of the machine that built it"


@ON_DEBIAN
def test_the_program_lies_where_a_wheel_would_have_it(tmp_path: Path) -> None:
    payload.copy_program(tmp_path)
    assert (tmp_path / "onestop" / "__main__.py").is_file()
    assert (tmp_path / "onestop_sandbox" / "__init__.py").is_file()
    assert (tmp_path / "onestop" / "_shipped" / "alembic" / "env.py").is_file()
    assert (tmp_path / "onestop" / "_shipped" / "resources" / "licences" / "README.md").is_file()


def test_the_bill_names_python_and_what_windows_has(tmp_path: Path) -> None:
    (tmp_path / "python311.dll").write_bytes(b"python")
    told = json.loads(json.dumps(payload.bill(tmp_path)))
    names = {each["name"] for each in told["components"]}
    assert {"python", "httpx"} <= names
    assert "secretstorage" not in names
    here = {each["bom-ref"] for each in (*told["components"], told["metadata"]["component"])}
    assert {each for line in told["dependencies"] for each in (line["ref"], *line["dependsOn"])} <= here


@ON_DEBIAN
def test_files_are_listed_in_one_order_with_their_folders(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    for name in ("b/2.txt", "b/1.txt", "a.txt"):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).touch()
    build_setup.list_files(tree, tmp_path / "files.nsh")
    lines = (tmp_path / "files.nsh").read_text(encoding="utf-8-sig").splitlines()
    assert [line.rpartition("/")[2].strip('"') for line in lines if line.startswith("File")] == [
        "a.txt",
        "1.txt",
        "2.txt",
    ]
    assert [line for line in lines if line.startswith("SetOutPath")] == [
        'SetOutPath "$INSTDIR\\versions\\new"',
        'SetOutPath "$INSTDIR\\versions\\new\\b"',
    ]


def test_the_icon_has_every_size_that_windows_shows(tmp_path: Path, qapp: object) -> None:  # noqa: ARG001 - draws
    icon = tmp_path / "a.ico"
    write_icon(ROOT / "resources" / "icons" / "onestop.svg", icon)
    data = icon.read_bytes()
    assert struct.unpack_from("<HHH", data) == (0, 1, len(SIZES))
    entries = [struct.unpack_from("<BBBBHHII", data, 6 + 16 * n) for n in range(len(SIZES))]
    assert [each[0] for each in entries] == list(SIZES)
    assert entries[-1][6] + entries[-1][7] == len(data)


def test_the_order_takes_the_programs_own_version_and_no_certificate() -> None:
    wanted = build_setup.order([])
    assert wanted.setup.name == f"onestop-{VERSION}-setup.exe"
    assert wanted.certificate is None
    assert "NOT SIGNED" in build_setup.UNSIGNED


def test_a_version_that_is_none_is_refused() -> None:
    with pytest.raises(SystemExit, match="three numbers"):
        build_setup.order(["--version", "../1"])


def test_a_certificates_password_stands_in_a_file_and_in_no_command_line(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="--password-file"):
        build_setup.order(["--certificate", "a.pfx"])
    wanted = build_setup.order(["--certificate", "a.pfx", "--password-file", str(tmp_path / "word")])
    assert wanted.certificate is not None
    assert str(tmp_path / "word") in wanted.certificate.command()
    with pytest.raises(SystemExit, match="no certificate"):
        signing.main(["a.exe"])


def test_the_script_and_the_program_agree() -> None:
    assert build_setup.APP_ID == APP_USER_MODEL_ID
    assert f"!define OPEN_NOW {IN_USE}" in SCRIPT
    assert f"!define NOT_PREPARED {NOT_READY}" in SCRIPT
    assert (try_setup.OPEN_NOW, try_setup.OLDER) == (IN_USE, 7)
    offered = {line.split('"')[1] for line in SCRIPT.splitlines() if "insertmacro OFFER_FOR" in line}
    assert offered == {word.strip("*()") for word in FILE_PATTERNS.partition(";;")[0].split()[1:]}


def test_what_is_installed_beside_the_versions_is_uninstalled() -> None:
    for name in build_setup.PROGRAMS:
        assert f'File "${{LAUNCHERS}}/{name}"' in SCRIPT
        assert f'Delete "$INSTDIR\\{name}"' in SCRIPT
        assert f'StrCpy $1 "{name}"' in SCRIPT, "it is not overwritten while it runs"


@ON_DEBIAN
def test_who_lends_programs_knows_windows_paths_whatever_their_case(tmp_path: Path) -> None:
    (tmp_path / "users" / "Temp").mkdir(parents=True)
    assert lent.on_linux(r"C:\Users\temp\data", tmp_path) == str(tmp_path / "users" / "Temp" / "data")
    assert lent.on_linux("-c fsync=off", tmp_path) == "-c fsync=off"


def test_the_launcher_takes_no_library_from_the_folder_of_a_file() -> None:
    source = (ROOT / "windows" / "setup" / "launcher.c").read_text(encoding="utf-8")
    assert source.index("SetDllDirectoryW") < source.index("= LoadLibraryExW")


def test_the_launcher_of_a_console_opens_no_window_that_nobody_closes() -> None:
    source = (ROOT / "windows" / "setup" / "launcher.c").read_text(encoding="utf-8")
    console, window = source.partition("#ifdef CONSOLE")[2].split("#endif")[0].split("#else")
    assert "WriteFile" in console
    assert "MessageBoxW" in window
    assert source.count("MessageBoxW") == 1


def test_a_setup_is_known_by_its_name() -> None:
    assert try_setup.version_of(Path("onestop-0.3.0-setup.exe")) == "0.3.0"
    with pytest.raises(SystemExit, match="no setup"):
        try_setup.version_of(Path("other.exe"))


def test_what_is_tried_is_said_when_the_words_are_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert build_setup.main(["try", "one.exe"]) == 2
    assert "OLD.exe NEW.exe" in capsys.readouterr().out


def test_an_official_python_is_laid_out_without_its_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive, tree = tmp_path / "python.zip", tmp_path / "tree"
    with zipfile.ZipFile(archive, "w") as opened:
        for name in ("python.exe", "python311.dll", "python311._pth", "LICENSE.txt", "_ssl.pyd"):
            opened.writestr(name, name)
    monkeypatch.setattr(payload, "OFFICIAL", payload.sha256(archive))
    payload.lay_out_official(archive, tree)
    assert {file.name for file in tree.iterdir()} == {"python311.dll", "python311._pth", "LICENSE.txt", "_ssl.pyd"}
    assert (tree / "python311._pth").read_text(encoding="ascii") == payload.PATHS
