"""Imported before all else: keeps modules that lie in the current folder from running as part of the sandbox.

`python -m` looks there first; `python -P -m` does not. As in onestop/__init__.py.
"""

import sys

sys.path[:] = sys.path[sys.argv[:1] == ["-m"] and not sys.flags.safe_path :]
