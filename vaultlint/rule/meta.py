"""What the engine itself finds: names with a severity and a note, but no class; a comment can't hide them."""

from __future__ import annotations

from types import MappingProxyType

from vaultlint.rule.finding import Severity

UNREADABLE_NOTE = "unreadable-note"
NOTE_ENCODING = "note-encoding"
NOTE_TOO_LARGE = "note-too-large"
NOTE_CHANGED = "note-changed"
RULE_CRASHED = "rule-crashed"
FIX_UNSETTLED = "fix-unsettled"
FIX_REFUSED = "fix-refused"

ENGINE_FINDINGS = MappingProxyType(
    {
        UNREADABLE_NOTE: Severity.ERROR,
        NOTE_ENCODING: Severity.ERROR,
        NOTE_TOO_LARGE: Severity.WARNING,
        NOTE_CHANGED: Severity.WARNING,
        RULE_CRASHED: Severity.ERROR,
        FIX_UNSETTLED: Severity.WARNING,
        FIX_REFUSED: Severity.ERROR,
    }
)
"""Name -> default severity. A config may change it; a comment in a note cannot hide these."""
