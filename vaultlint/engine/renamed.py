"""Which notes of a commit are there under another name now: by their bytes, else by their lines."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from vaultlint.vault.names import base_name, path_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

LEAST_ALIKE = 0.5
"""How much of the text of two notes must be the same, as git asks by default (`--find-renames`)."""
LEAST_ALIKE_BY_NAME = 0.25
"""The same where the name of the file is the same, and only its folder is another: a note is its name."""
_MOST_HOLDERS = 100
"""A line that more notes have says nothing of where one of them went."""


def renames(
    gone: Mapping[str, str],
    fresh: Mapping[str, str],
    text_then: Callable[[str], str | None],
    text_now: Callable[[str], str | None],
) -> dict[str, str]:
    """Path then -> path now. `gone` and `fresh` are the paths that are not in both, with the id of their bytes.

    One to one, and the same whatever the order. Texts are asked for only where no bytes are the same.
    """
    found = _same_bytes(gone, fresh, text_then)
    left = [path for path in gone if path not in found]
    taken = set(found.values())
    candidates = [path for path in fresh if path not in taken]
    if left and candidates:
        found |= _alike(_weights(left, text_then), _weights(candidates, text_now))
    return found


def _same_bytes(
    gone: Mapping[str, str], fresh: Mapping[str, str], text_then: Callable[[str], str | None]
) -> dict[str, str]:
    """Of several that are the same, those of one name go together, then the first by path.

    An empty note is no other note's continuation, unless it has its name.
    """
    by_id: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(fresh):
        by_id[fresh[path]].append(path)
    found: dict[str, str] = {}
    for same_name in (True, False):
        for path in sorted(gone.keys() - found.keys()):
            there = by_id.get(gone[path], [])
            new = next((one for one in there if not same_name or _same_name(one, path)), None)
            if new is not None and (same_name or (text_then(path) or "").strip()):
                there.remove(new)
                found[path] = new
    return found


def _alike(gone: Mapping[str, Counter[int]], fresh: Mapping[str, Counter[int]]) -> dict[str, str]:
    """The pairs that share most of their lines, the likest first; each note in one pair."""
    holders: defaultdict[int, list[str]] = defaultdict(list)
    for path, lines in gone.items():
        for line in lines:
            holders[line].append(path)
    scored: list[tuple[float, str, str]] = []
    for new, lines in fresh.items():
        shared: Counter[str] = Counter()
        for line, weight in lines.items():
            of_line = holders.get(line, ())
            if len(of_line) <= _MOST_HOLDERS:
                for old in of_line:
                    shared[old] += min(weight, gone[old][line])
        for old, weight in shared.items():
            alike = weight / max(lines.total(), gone[old].total())
            if alike >= (LEAST_ALIKE_BY_NAME if _same_name(old, new) else LEAST_ALIKE):
                scored.append((-alike - _same_name(old, new), old, new))
    return _one_to_one(sorted(scored))


def _one_to_one(pairs: Iterable[tuple[float, str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    taken: set[str] = set()
    for _, old, new in pairs:
        if old not in found and new not in taken:
            found[old] = new
            taken.add(new)
    return found


def _weights(paths: Iterable[str], text: Callable[[str], str | None]) -> dict[str, Counter[int]]:
    """Note -> how many signs of its text each line holds, indentation and blank lines left out."""
    table: dict[str, Counter[int]] = {}
    for path in paths:
        lines: Counter[int] = Counter()
        for line in (text(path) or "").splitlines():
            if bare := line.strip():
                lines[hash(bare)] += len(bare)
        table[path] = lines
    return table


def _same_name(one: str, other: str) -> bool:
    return path_key(base_name(one)) == path_key(base_name(other))
