"""The exit statuses: what scripts, hooks and CI can rely on."""

from __future__ import annotations

CLEAN = 0
"""Nothing at or above `--fail-on`; with `--diff`: nothing would change."""
FOUND = 1
"""Something at or above `--fail-on`; with `--diff`: something would change."""
USAGE = 2
"""The call or the config is wrong."""
FAILED = 3
"""vaultlint itself failed."""
INTERRUPTED = 130
"""Ctrl-C; nothing is half written."""
