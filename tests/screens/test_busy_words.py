"""What is under way is said in one way in every window: it ends with 中."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from onestop import screens

WORK: Final = re.compile(r"(?:\.work|\._write|\._change)\(\s*f?\"([^\"]+)\"")


def test_every_work_is_said_to_be_under_way_in_the_same_words() -> None:
    files = Path(screens.__file__).parent.rglob("*.py")
    told = [word for file in files for word in WORK.findall(file.read_text(encoding="utf-8"))]
    assert len(told) > 40
    assert [word for word in told if not word.endswith("中")] == []
