"""vaultlint: checks an Obsidian vault the way Obsidian reads it, and repairs what is safe to repair.

```python
import vaultlint

report = vaultlint.check("path/to/vault")
for diagnostic in report.diagnostics:
    print(diagnostic.path, diagnostic.position.line, diagnostic.message)
```

Nothing is imported before it is asked for.
"""

# Nothing may be imported here, not even `typing` or `__future__`: `python -m vaultlint` runs this file while
# the current folder may still be searched first, and a vault may hold a `typing.py`.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

    from vaultlint._version import __version__ as __version__
    from vaultlint.engine.library import check as check
    from vaultlint.engine.library import check_text as check_text
    from vaultlint.engine.library import fix as fix
    from vaultlint.engine.library import fix_text as fix_text
    from vaultlint.engine.library import format as format  # noqa: A004  the name of the command
    from vaultlint.engine.library import format_text as format_text
    from vaultlint.engine.library import live as live
    from vaultlint.engine.linter import Linter as Linter
    from vaultlint.engine.live import LiveRun as LiveRun
    from vaultlint.engine.load import Problem as Problem
    from vaultlint.engine.load import Typed as Typed
    from vaultlint.engine.load import load as load
    from vaultlint.engine.values import ChangedNote as ChangedNote
    from vaultlint.engine.values import FixResult as FixResult
    from vaultlint.engine.values import Report as Report
    from vaultlint.engine.values import Summary as Summary
    from vaultlint.note.handler import ObsidianHandler as ObsidianHandler
    from vaultlint.note.model import Position as Position
    from vaultlint.note.model import Span as Span
    from vaultlint.note.note import Note as Note
    from vaultlint.note.note import parse_note as parse_note
    from vaultlint.rule.errors import UserError as UserError
    from vaultlint.rule.errors import VaultlintError as VaultlintError
    from vaultlint.rule.finding import Diagnostic as Diagnostic
    from vaultlint.rule.finding import Related as Related
    from vaultlint.rule.finding import Severity as Severity
    from vaultlint.rule.fix import Applicability as Applicability
    from vaultlint.rule.fix import Edit as Edit
    from vaultlint.rule.fix import Fix as Fix
    from vaultlint.rule.fix import Rename as Rename
    from vaultlint.vault.links import Target as Target
    from vaultlint.vault.vault import Vault as Vault

_PLACES = {
    "__version__": "vaultlint._version",
    "check": "vaultlint.engine.library",
    "check_text": "vaultlint.engine.library",
    "fix": "vaultlint.engine.library",
    "fix_text": "vaultlint.engine.library",
    "format": "vaultlint.engine.library",
    "format_text": "vaultlint.engine.library",
    "Linter": "vaultlint.engine.linter",
    "live": "vaultlint.engine.library",
    "LiveRun": "vaultlint.engine.live",
    "Problem": "vaultlint.engine.load",
    "Typed": "vaultlint.engine.load",
    "load": "vaultlint.engine.load",
    "ChangedNote": "vaultlint.engine.values",
    "FixResult": "vaultlint.engine.values",
    "Report": "vaultlint.engine.values",
    "Summary": "vaultlint.engine.values",
    "ObsidianHandler": "vaultlint.note.handler",
    "Position": "vaultlint.note.model",
    "Span": "vaultlint.note.model",
    "Note": "vaultlint.note.note",
    "parse_note": "vaultlint.note.note",
    "UserError": "vaultlint.rule.errors",
    "VaultlintError": "vaultlint.rule.errors",
    "Diagnostic": "vaultlint.rule.finding",
    "Related": "vaultlint.rule.finding",
    "Severity": "vaultlint.rule.finding",
    "Applicability": "vaultlint.rule.fix",
    "Edit": "vaultlint.rule.fix",
    "Fix": "vaultlint.rule.fix",
    "Rename": "vaultlint.rule.fix",
    "Target": "vaultlint.vault.links",
    "Vault": "vaultlint.vault.vault",
}

__all__ = [
    "Applicability",
    "ChangedNote",
    "Diagnostic",
    "Edit",
    "Fix",
    "FixResult",
    "Linter",
    "LiveRun",
    "Note",
    "ObsidianHandler",
    "Position",
    "Problem",
    "Related",
    "Rename",
    "Report",
    "Severity",
    "Span",
    "Summary",
    "Target",
    "Typed",
    "UserError",
    "Vault",
    "VaultlintError",
    "__version__",
    "check",
    "check_text",
    "fix",
    "fix_text",
    "format",
    "format_text",
    "live",
    "load",
    "parse_note",
]


def __getattr__(name: str) -> "Any":
    """Import what is asked for, the first time."""
    if name not in _PLACES:
        raise AttributeError(f"module 'vaultlint' has no attribute '{name}'")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(_PLACES[name]), name)
    return value


def __dir__() -> list[str]:
    return __all__
