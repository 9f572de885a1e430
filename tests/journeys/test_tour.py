"""The guided tour as a newcomer runs it: a process of its own, keys only, a picture of each window."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pypdf
import pytest
from PySide6.QtGui import QImage

from onestop.paths import RESOURCES
from onestop.tour import guide
from onestop.tour.hands import StepFailed

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Listener
    from onestop.tour.hands import Hands

WINDOWS = (
    "settings",
    "lookup",
    "import",
    "vehicle",
    "sources",
    "lookup_arrived",
    "import_arrived",
    "insurance",
    "conformity",
    "main",
    "checklist",
    "issue",
    "list",
    "batch",
    "batch_result",
    "print",
    "print_mark",
    "print_insurance",
    "paper",
    "paper_voided",
    "ledger",
    "report",
    "compare",
    "history",
    "payments",
    "reconciling",
    "qr_begun",
    "qr",
    "qr_vehicle",
    "qr_relay",
    "qr_finished",
    "settings_data",
    "operators",
    "sign_in",
    "changes",
    "help",
    "rates",
    "print_estimate",
)


@pytest.mark.slow
def test_the_whole_main_job_by_keys_alone(tmp_path: Path) -> None:
    out = tmp_path / "pictures"
    environment = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    toured = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "onestop", "tour", "--out", str(out)],
        check=False,
        capture_output=True,
        env=environment | {"PYTHONIOENCODING": "utf-8"},
        timeout=300,
    )
    said = toured.stdout.decode("utf-8")
    assert toured.returncode == 0, said + toured.stderr.decode("utf-8", "replace")
    assert "終わり" in said
    for name in WINDOWS:
        picture = QImage(str(out / f"{name}.png"))
        assert (picture.width(), picture.height()) == (1280, 720), name
        colours = {picture.pixel(x, y) for x in range(0, 1280, 8) for y in range(0, 720, 8)}
        assert len(colours) > 10, f"{name} is blank"
    shown = {path.stem for path in (RESOURCES / "help" / "pictures").iterdir()}
    others = {name for name in shown if name.startswith(("setup-", "shop_", "qr_"))}
    assert {name.removesuffix("_looks") for name in shown - others} <= {*WINDOWS}
    (page,) = pypdf.PdfReader(out / "ledger.pdf").pages
    for words in ("株式会社カーネット自動車 古河工場", "2000000001", "P-000123", "削除"):
        assert words in page.extract_text(), words


def test_a_step_that_does_not_show_what_it_should_fails_the_tour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], qapp: object
) -> None:
    del qapp

    def wrong(_hands: Hands) -> None:
        raise StepFailed("「手続完了」の表示")

    monkeypatch.setattr(guide, "STEPS", (wrong,))
    assert guide.run_tour(tmp_path) == 1
    assert "失敗: 「手続完了」の表示" in capsys.readouterr().out


def test_work_that_never_ends_does_not_keep_the_tour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loud_lines: Listener, qapp: object
) -> None:
    del qapp
    loud_lines.expect("still under way")
    ends = threading.Event()
    left: list[int] = []

    def leaves_it_busy(hands: Hands) -> None:
        background = hands._windows._context.background
        background.run(ends.wait, lambda _none: None, lambda _error: None)

        def leave(code: int) -> None:
            left.append(code)
            ends.set()
            assert background.wait_until_idle(10)

        monkeypatch.setattr("os._exit", leave)

    monkeypatch.setattr(guide, "STEPS", (leaves_it_busy,))
    monkeypatch.setattr("onestop.app.program.PATIENCE", 0.0)
    assert guide.run_tour(tmp_path) == 0
    assert left == [0]
