"""`--diff`: what fixes would change, as a patch that `git apply` takes in the vault's folder."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTEXT = 3
"""Lines shown before and after a change."""

_SEARCHED = 2000
"""Differing lines among which the search for common runs is quick enough."""

Block: TypeAlias = tuple[int, int, int, int]
"""Lines `[a, b)` of the old text become lines `[c, d)` of the new one."""


def unified_diff(path: str, before: str, after: str, *, created: bool = False) -> str:
    """The change of one note as a patch; empty where the texts are equal. `created`: there is no such file yet.

    Only `\\n` ends a line, as git sees it: a `\\r` stays at the end of its line, byte for byte.
    """
    if before == after:
        return ""
    old, new = _lines(before), _lines(after)
    old_name, new_name = _name(f"a/{path}"), _name(f"b/{path}")
    was = "new file mode 100644\n--- /dev/null" if created else f"--- {_ended(old_name)}"
    head = f"diff --git {old_name} {new_name}\n{was}\n+++ {_ended(new_name)}\n"
    return head + "".join(_hunk(hunk, old, new) for hunk in _hunks(_blocks(old, new)))


def _lines(text: str) -> list[str]:
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _blocks(old: list[str], new: list[str]) -> list[Block]:
    """Where the texts differ, in order.

    Fixes seldom change the number of lines; then comparing line with line is linear, which the search for the
    longest common runs is not. Where one line went and another came elsewhere, though, all between them would differ.
    """
    if len(old) == len(new):
        blocks = _line_by_line(old, new)
        if not _shifted(blocks, old, new):
            return blocks
    matcher = SequenceMatcher(None, old, new)
    return [(a, b, c, d) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]


def _shifted(blocks: list[Block], old: list[str], new: list[str]) -> bool:
    """Whether most lines that seem to differ are those of before at another place; of many it is not asked."""
    differ = sum(block[1] - block[0] for block in blocks)
    if not 2 < differ <= _SEARCHED:
        return False
    before = Counter(line for a, b, _, _ in blocks for line in old[a:b])
    after = Counter(line for _, _, c, d in blocks for line in new[c:d])
    return 2 * (after - before).total() < differ


def _line_by_line(old: list[str], new: list[str]) -> list[Block]:
    blocks: list[Block] = []
    for number, (before, after) in enumerate(zip(old, new, strict=True)):
        if before == after:
            continue
        if blocks and blocks[-1][1] == number:
            start = blocks.pop()[0]
            blocks.append((start, number + 1, start, number + 1))
        else:
            blocks.append((number, number + 1, number, number + 1))
    return blocks


def _hunks(blocks: list[Block]) -> Iterator[list[Block]]:
    """Blocks whose contexts touch, together."""
    hunk: list[Block] = []
    for block in blocks:
        if hunk and block[0] - hunk[-1][1] > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(block)
    if hunk:
        yield hunk


def _hunk(blocks: list[Block], old: list[str], new: list[str]) -> str:
    first, last = blocks[0], blocks[-1]
    before = min(first[0], CONTEXT)
    after = min(len(old) - last[1], CONTEXT)
    ranges = _range(first[0] - before, last[1] + after), _range(first[2] - before, last[3] + after)
    parts = [f"@@ -{ranges[0]} +{ranges[1]} @@\n"]
    at = first[0] - before
    for a, b, c, d in blocks:
        parts += [_line(" ", line) for line in old[at:a]]
        parts += [_line("-", line) for line in old[a:b]]
        parts += [_line("+", line) for line in new[c:d]]
        at = b
    parts += [_line(" ", line) for line in old[at : at + after]]
    return "".join(parts)


def _range(start: int, end: int) -> str:
    # An empty range names the line before it.
    return f"{start + 1 if end > start else start},{end - start}"


def _line(mark: str, line: str) -> str:
    return mark + line if line.endswith("\n") else f"{mark}{line}\n\\ No newline at end of file\n"


def _ended(name: str) -> str:
    # A tab ends a name with spaces, as git writes it: else `patch` takes what follows the space for a date.
    return name + "\t" if " " in name and not name.startswith('"') else name


_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def _name(path: str) -> str:
    """A file name as git quotes it: only where a patch could not hold it as it is."""
    quoted = "".join([_ESCAPES.get(char) or _quoted(char) for char in path])
    return path if quoted == path else f'"{quoted}"'


def _quoted(char: str) -> str:
    if " " <= char < "\x7f" or (char >= "\xa0" and not "\ud800" <= char <= "\udfff"):
        return char
    return "".join(f"\\{byte:03o}" for byte in char.encode("utf-8", "surrogateescape"))
