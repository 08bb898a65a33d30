"""Regular expressions that a config brings, in the dialect of Rust and of pydantic: their time is bounded.

A config may come with a stranger's vault, and Python's `re` can be made to run for ever by a few signs.
"""

from __future__ import annotations

import re

from vaultlint.vault.linear import LinearPattern

_END_OF_PYTHON = re.compile(r"(\\.)|\Z", re.DOTALL)


def bounded_pattern(text: str) -> LinearPattern:
    """Compile `text`; raises `ValueError` in a person's words where it is wrong or too large."""
    return LinearPattern(in_rust(text))


def in_rust(text: str) -> str:
    """The pattern as that dialect has it: `\\Z` is how Python writes the end of the text, which is `\\z` elsewhere."""
    return _END_OF_PYTHON.sub(lambda found: r"\z" if found[0] == r"\Z" else found[0], text)
