"""White space that says nothing to either reader, seen without asking them: so most of what `vaultlint format` changes.

The law: where each line of a piece begins at the margin and holds no sign that could make more of it than text, links,
emphasis, headings and flat lists, three things are layout to anybody who reads Markdown: white space at the end of a
line that goes on with nothing or breaks no line, one space or four behind a list's marker, and how many blank lines
there are, be it none beside a heading. `tests/engine/test_margins.py` holds the law to the whole proof. What is not
seen here is proved.
"""

from __future__ import annotations

import re

_MORE_THAN_TEXT = re.compile(r"[^\n -~\u00a1-\uffff\U00010000-\U0001ffff]|[^\S \n]|[~$<>\\^]|%%|``|==|::|\]:|\[!")
"""What may be code, math, a comment, HTML, a quote, a highlight, an escape, a field, a definition or an id; and signs
that some take for white space, or for none."""
_COMMENT = re.compile(r"^%%[^<>|$%`~\\^=:\n]*%%$", re.MULTILINE)
_INDENTED = re.compile(r"^ +[^ \n]", re.MULTILINE)
_NO_TEXT = re.compile(r"^[-*_+#=|: ]+$|^(?:\d+[.)] *)+$", re.MULTILINE)
"""A line without text: a thematic break, an empty item or heading; or one that makes a heading or a table of others."""
_CODE = re.compile(r"`[^`\n]+`")
_HEADING = re.compile(r"#{1,6} +[^ #]")
_ITEM = re.compile(r"([-*+]|\d{1,9}[.)])( {1,4})((?:[^\W\d_]|[^\x00-\x7f]|\[(?!.?\])|!\[|\*\*\w|`|\(|\").*)")
"""An item whose words say that they are no item, heading or task themselves."""
_MARKER = re.compile(r"[-*+] |\d{1,9}[.)] ")
_ENDS = re.compile(r"(?:[^\W_]|[^\x00-\x7f]|[.,;:!?)'\"]|\]\])\Z")
"""What a line may end in that means the same whatever white space is behind it."""
_EMPTY_ITEM = re.compile(r"(?:\A|\s)\d{1,9}[.)]\Z")


def says_the_same(old: str, new: str) -> bool:
    """Whether two texts are surely the same but for white space that says nothing; otherwise it is not known."""
    return _is_plain(old) and _is_plain(new) and _is_alike(old.split("\n"), new.split("\n"))


def _is_plain(text: str) -> bool:
    if "%%" in text:
        text = _COMMENT.sub("comment", text)
    if "`" in text:
        text = _CODE.sub("code", text)
        if "`" in text:
            return False
    return not (_MORE_THAN_TEXT.search(text) or _INDENTED.search(text) or _NO_TEXT.search(text))


def _is_alike(old: list[str], new: list[str]) -> bool:
    """The lines of both side by side, and the blank lines between them."""
    at = then = 0
    is_heading = in_list = False
    while True:
        gap, next_at = _gap(old, at)
        other_gap, next_then = _gap(new, then)
        if next_at == len(old) or next_then == len(new):
            return next_at == len(old) and next_then == len(new)
        line, other = old[next_at], new[next_then]
        heads = _HEADING.match(line) is not None
        if (gap > 0) != (other_gap > 0) and not is_heading and (in_list or not heads):
            return False
        if line != other and not _is_line_alike(line, other, ends=_ends(old, next_at) and _ends(new, next_then)):
            return False
        is_heading = heads
        in_list = not heads and (in_list or _MARKER.match(line) is not None)
        at, then = next_at + 1, next_then + 1


def _gap(lines: list[str], at: int) -> tuple[int, int]:
    """How many blank lines stand from a line on, and where the next one is that is not blank."""
    start = at
    while at < len(lines) and not lines[at].strip(" "):
        at += 1
    return at - start, at


def _ends(lines: list[str], at: int) -> bool:
    """Whether nothing goes on behind a line."""
    return at + 1 == len(lines) or not lines[at + 1].strip(" ")


def _is_line_alike(old: str, new: str, *, ends: bool) -> bool:
    """Whether two lines differ in white space at their ends and behind a marker alone."""
    bare, other = old.rstrip(" "), new.rstrip(" ")
    if (old, new) != (bare, other):
        # Two spaces break a line, if it goes on.
        if not ends and max(len(old) - len(bare), len(new) - len(other)) > 1:
            return False
        if _ENDS.search(bare) is None or _EMPTY_ITEM.search(bare) is not None:
            return False
    if bare == other:
        return True
    item, moved = _ITEM.fullmatch(bare), _ITEM.fullmatch(other)
    return item is not None and moved is not None and item.group(1, 3) == moved.group(1, 3)
