"""The named steps at which a process is killed, in the words of the driver, and what each leaves behind."""

from __future__ import annotations

from onestop.model.sending_state import Sending

ISSUE = {
    "before the intent": ("before a write", Sending.DRAFT, 0),
    "in the intent, before its commit": ("before a commit", Sending.DRAFT, 0),
    "after the intent's commit": ("after a commit", Sending.SENDING, 0),
    "before sending": ("before POST {path}", Sending.SENDING, 0),
    "after the service acted, before its answer is read": ("after POST {path}", Sending.SENDING, 1),
    "after the answer, before it is written": ("before a write, time 2", Sending.SENDING, 1),
    "while it is written, before the commit": ("before a commit, time 2", Sending.SENDING, 1),
    "after the commit": ("after a commit, time 2", Sending.FILED, 1),
}
"""Step: the driver's word for it, the state that it leaves here, and how often the service has the record."""

SETTLE = {
    "before asking": ("before GET {path}", 0),
    "after asking": ("after GET {path}, time 2", 0),
    "before it is taken": ("before a write", 0),
    "before the second sending is noted": ("before a write, time 2", 0),
    "after the second sending is noted": ("after a commit, time 2", 0),
    "before sending again": ("before POST {path}", 0),
    "after the service acted, before its answer is read": ("after POST {path}", 1),
    "after the answer, before it is written": ("before a write, time 3", 1),
    "while it is written, before the commit": ("before a commit, time 3", 1),
    "after the commit": ("after a commit, time 3", 1),
}
"""Step: the driver's word for it, and how often the service has the record."""
