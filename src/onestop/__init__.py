"""The 継続検査OSS desk: one window for 照会, 自賠責, 保適証 and 申請."""

import sys

VERSION = "0.3.0"

# `python -m` looks for modules in the current folder first: an argparse.py that lies there would run as part of us.
# `python -P -m` does not; without it, that folder is left out from here on, before anything else is imported.
sys.path[:] = sys.path[sys.argv[:1] == ["-m"] and not sys.flags.safe_path :]
