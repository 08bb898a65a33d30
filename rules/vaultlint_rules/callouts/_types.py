"""The types of callouts that the app knows (semantics 7.2)."""

from __future__ import annotations

# fmt: off
TYPES = frozenset((
    "note", "abstract", "summary", "tldr", "info", "todo", "tip", "hint", "important", "success", "check", "done",
    "question", "help", "faq", "warning", "caution", "attention", "failure", "fail", "missing", "danger", "error",
    "bug", "example", "quote", "cite",
))
# fmt: on
"""In lower case; the app does not mind the case."""
