"""Imitates e-JIBAI, AIRAS and AINAS from their contract files; imports nothing of onestop.

A `Sandbox` is the three services; `create_app` puts it behind WSGI, `SandboxServer` on a port, and
`python -m onestop_sandbox` into a process of its own. `sandbox.troubles.add(Trouble(...))` makes it misbehave.
"""

from __future__ import annotations

import onestop_sandbox.current_folder  # noqa: F401 - importing it is what it does
from onestop_sandbox.pace import PRACTICE, REAL, Pace
from onestop_sandbox.sandbox import Options, Sandbox
from onestop_sandbox.server import SandboxServer
from onestop_sandbox.trouble import ConnectionCut, Kind, Trouble
from onestop_sandbox.web import app_of, create_app
from onestop_sandbox.world import DEFAULT_WORLD, Account, OldCertificate, OldFiling, OldPolicy, World

__all__ = [
    "DEFAULT_WORLD",
    "PRACTICE",
    "REAL",
    "Account",
    "ConnectionCut",
    "Kind",
    "OldCertificate",
    "OldFiling",
    "OldPolicy",
    "Options",
    "Pace",
    "Sandbox",
    "SandboxServer",
    "Trouble",
    "World",
    "app_of",
    "create_app",
]
