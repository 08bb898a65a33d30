"""How many columns a text takes on a screen whose letters are all of one width."""

from __future__ import annotations


def width_of(text: str) -> int:
    """The columns: two for a Chinese letter or an emoji, none for a mark that joins others."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth

    width: int = wcswidth(text)
    return width if width >= 0 else len(text)  # there is a control character in it
