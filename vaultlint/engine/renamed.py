"""Which files of a commit are there under another name now: by their bytes, else notes by their lines."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from vaultlint.note.frontmatter import frontmatter_end
from vaultlint.vault.history import Went
from vaultlint.vault.names import base_name, is_note_path, path_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Text = Callable[[str], str | None]

LEAST_ALIKE = 0.5
"""How much of the text of two notes must be the same, as git asks by default (`--find-renames`)."""
LEAST_ALIKE_BY_NAME = 0.25
"""The same where the name of the file is the same, and only its folder is another: a note is its name."""
_MOST_HOLDERS = 100
"""A line that more notes have says nothing of where one of them went."""


def renames(gone: Mapping[str, str], fresh: Mapping[str, str], text_then: Text, text_now: Text) -> dict[str, Went]:
    """Path then -> where it went. `gone` and `fresh` are the paths that are not in both, with the id of their bytes.

    One to one, and the same whatever the order. Only notes have texts, and they are asked for only where no bytes
    are the same.
    """
    found = _same_bytes(gone, fresh, text_then)
    taken = {went.path for went in found.values()}
    left = [path for path in gone if path not in found and is_note_path(path)]
    candidates = [path for path in fresh if path not in taken and is_note_path(path)]
    if left and candidates:
        found |= _alike(_weights(left, text_then), _weights(candidates, text_now))
    return found


def _same_bytes(gone: Mapping[str, str], fresh: Mapping[str, str], text_then: Text) -> dict[str, Went]:
    """Of several that are the same, those of one name go together, then the first by path.

    An empty note is no other note's continuation, unless it has its name.
    """
    there: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(fresh):
        there[fresh[path]].append(path)
    several = {one for table in (gone, fresh) for one, count in Counter(table.values()).items() if count > 1}
    found: dict[str, Went] = {}
    for by_name in (True, False):
        for path in sorted(gone.keys() - found.keys()):
            waiting = there.get(gone[path], [])
            new = next((one for one in waiting if not by_name or _same_name(one, path)), None)
            if new is None or not (by_name or _says_something(text_then(path))):
                continue
            waiting.remove(new)
            doubt = "several files of this very content came or went" if gone[path] in several and not by_name else ""
            found[path] = Went(new, doubt)
    return found


def _says_something(text: str | None) -> bool:
    return text is None or bool(text.strip())


def _alike(gone: Mapping[str, Counter[str]], fresh: Mapping[str, Counter[str]]) -> dict[str, Went]:
    """The pairs that share most of their lines, the likest first; each note in one pair."""
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for path, lines in gone.items():
        for line in lines:
            holders[line].append(path)
    scored: list[tuple[bool, float, str, str]] = []
    for new, lines in fresh.items():
        shared: Counter[str] = Counter()
        for line, weight in lines.items():
            if len(of_line := holders.get(line, ())) <= _MOST_HOLDERS:
                for old in of_line:
                    shared[old] += min(weight, gone[old][line])
        for old, weight in shared.items():
            alike, by_name = weight / max(lines.total(), gone[old].total()), _same_name(old, new)
            if alike >= (LEAST_ALIKE_BY_NAME if by_name else LEAST_ALIKE):
                scored.append((not by_name, -alike, old, new))
    return _one_to_one(sorted(scored))


def _one_to_one(pairs: Iterable[tuple[bool, float, str, str]]) -> dict[str, Went]:
    found: dict[str, Went] = {}
    taken: set[str] = set()
    for _, alike, old, new in pairs:
        if old not in found and new not in taken:
            found[old] = Went(new, f"it was changed when it was renamed: {-alike:.0%} of it is the same")
            taken.add(new)
    return found


def _weights(paths: Iterable[str], text: Text) -> dict[str, Counter[str]]:
    """Note -> how many signs of its text each line holds, indentation and blank lines left out.

    Frontmatter, which templates fill, counts only where a note has no more than that.
    """
    table: dict[str, Counter[str]] = {}
    for path in paths:
        whole = text(path) or ""
        table[path] = _weight(whole[frontmatter_end(whole) :]) or _weight(whole)
    return table


def _weight(text: str) -> Counter[str]:
    lines: Counter[str] = Counter()
    for line in text.splitlines():
        if bare := line.strip():
            lines[bare] += len(bare)
    return lines


def _same_name(one: str, other: str) -> bool:
    return path_key(base_name(one)) == path_key(base_name(other))
