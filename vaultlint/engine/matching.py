"""What is wrong now and was not before: findings now, less findings then, counted one by one.

The passes go from strict to loose, so that of several equal findings those stay that nobody touched:

1. the very same note: the same rule at the same place;
2. another version of a note: the same rule at the same place of unchanged lines;
3. the same words in the same lines, moved: to another place of the note, or to another note. Lines that say little
   are known again by their neighbours, in their list, or, in another note, where nothing else in the vault says
   the same;
4. the same words in lines that were changed together and are much the same: word by word, then anywhere in them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import lru_cache, partial
from itertools import accumulate, islice
from typing import TYPE_CHECKING

from vaultlint.note.frontmatter import frontmatter_end
from vaultlint.rule.fingerprint import around, folded, neighbours
from vaultlint.vault.names import base_name, without_extension

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
    from typing import TypeAlias

    from vaultlint.engine.aligned import Aligned
    from vaultlint.engine.versions import Versions
    from vaultlint.note.model import Span
    from vaultlint.rule.finding import Diagnostic

    Beside: TypeAlias = Callable[[str, Span], str]
    """What of the surroundings of a place must be the same too; where it is empty, nothing is known again."""

_TELLING = 12
"""How many letters and digits a line must have beside what is wrong in it, to be known again by itself."""
_LEAST_ALIKE = 50
"""How many signs in a hundred two lines must share, in order, to be one line that was edited."""
_MOST_CANDIDATES = 100
"""How many findings of one key are looked at for each: a note may hold thousands that are equal."""
_ITEM = re.compile(r"[ \t>]*+(?:[-*+]|\d{1,9}[.)])[ \t]")
_VARYING = re.compile(r"'[^']*'|\d[\d.,]*+")
"""What may change in a message: names of notes, and numbers that no quotes enclose."""


def new_findings(
    diagnostics: Sequence[Diagnostic], known: Sequence[Diagnostic], versions: Versions
) -> tuple[Diagnostic, ...]:
    """Effect: reads notes that changed. Those findings of now that were not there, in their order."""
    left, keys = _Left(diagnostics, known), _Keys(versions)
    left.pair(keys.unchanged_place, keys.unchanged_place, _is_no_worse)
    if left.now and left.then:
        _pair_changed(left, keys, versions, _said_once(diagnostics) & _said_once(known))
    return tuple(left.now)


def _pair_changed(left: _Left, keys: _Keys, versions: Versions, only: Container[tuple[str, str]]) -> None:
    """Pair what is left in notes that are others now. `only`: what was said once then, and is said once now."""
    versions.load({one.path for one in left.now} | {versions.path_now.get(one.path, "") for one in left.then})
    same = _Messages(versions.path_now).same
    left.pair(keys.place_then, _place, lambda then, now: same(then, now) or keys.quoted(then, now))
    for here in (True, False):
        for beside in (_before, _behind, _own_words, *((_list,) if here else ())):
            moved_now = partial(keys.moved_now, here=here, beside=beside)
            left.pair(moved_now, partial(keys.moved_then, here=here, beside=beside), same)
    left.pair(
        lambda now: keys.moved_now(now, here=False) if (now.rule, now.message) in only else None,
        lambda then: keys.moved_then(then, here=False) if (then.rule, then.message) in only else None,
        lambda then, now: same(then, now) and versions.path_now.get(then.path) != now.path,
    )
    left.pair(keys.words_then, _place, lambda then, now: same(then, now) and keys.alike(then, now))
    left.pair(keys.hunk_now, keys.hunk_then, lambda then, now: same(then, now) and keys.alike(then, now))
    moved_now, moved_then = (partial(moved, here=True, edited=True) for moved in (keys.moved_now, keys.moved_then))
    left.pair(moved_now, moved_then, lambda then, now: same(then, now) and keys.alike(then, now, telling=True))


def _said_once(diagnostics: Iterable[Diagnostic]) -> set[tuple[str, str]]:
    """What rules say, where they say it only once in the whole vault."""
    counts = Counter((one.rule, one.message) for one in diagnostics)
    return {said for said, count in counts.items() if count == 1}


class _Left:
    """The findings that have no partner yet."""

    def __init__(self, now: Iterable[Diagnostic], then: Iterable[Diagnostic]) -> None:
        self.now = dict.fromkeys(now)
        self.then = dict.fromkeys(then)

    def pair(
        self,
        key_now: Callable[[Diagnostic], Hashable],
        key_then: Callable[[Diagnostic], Hashable],
        same: Callable[[Diagnostic, Diagnostic], bool],
    ) -> None:
        """Take out those of one key, in order: first those that say the same to the letter, then the `same`.

        A key of `None` has no partner.
        """
        there: dict[Hashable, list[Diagnostic]] = {}
        for one in self.then:
            if (key := key_then(one)) is not None:
                there.setdefault(key, []).append(one)
        if not there:
            return
        keyed = [(one, waiting) for one in self.now if (waiting := there.get(key_now(one)))]
        for is_same in (lambda then, now: _says_the_same(then, now) and same(then, now), same):
            for one, waiting in keyed:
                if one not in self.now:
                    continue
                found = next((then for then in islice(waiting, _MOST_CANDIDATES) if is_same(then, one)), None)
                if found is not None:
                    waiting.remove(found)
                    del self.then[found], self.now[one]


class _Keys:
    """What findings must have in common, pass by pass."""

    def __init__(self, versions: Versions) -> None:
        self._versions = versions

    def unchanged_place(self, one: Diagnostic) -> Hashable:
        """The place of a finding in a note that is the same, then as now."""
        return _place(one) if self._versions.is_unchanged(one.path) else None

    def place_then(self, now: Diagnostic) -> Hashable:
        """Where a finding would have been: at the same place of lines that are unchanged."""
        then = self._versions.path_then.get(now.path)
        if then is None or self._versions.is_unchanged(now.path):
            return None
        if not now.span.end:  # it is about the whole note
            return then, now.rule, now.span
        aligned = self._versions.aligned(now.path)
        span = aligned.span_then(now.span) if aligned is not None else None
        return (then, now.rule, span) if span is not None else None

    def words_then(self, now: Diagnostic) -> Hashable:
        """The same in lines that changed, word by word."""
        aligned = self._aligned_at(now)
        span = aligned.words_then(now.span) if aligned is not None else None
        return (self._versions.path_then[now.path], now.rule, span) if span is not None else None

    def quoted(self, then: Diagnostic, now: Diagnostic) -> bool:
        """Whether both quote what they point at: the rest of what they say may depend on other places."""
        text = self._versions.text(now.path) if now.span.end else None
        if not text or _is_worse(then, now):
            return False
        quoted = f"'{now.span.of(text)}'"
        return quoted in then.message and quoted in now.message

    def hunk_now(self, now: Diagnostic) -> Hashable:
        """The lines that changed around a finding, and the words that it points at."""
        aligned = self._aligned_at(now)
        hunk = aligned.hunk_now(now.span) if aligned is not None else None
        if aligned is None or hunk is None:
            return None
        return now.path, now.rule, hunk, folded(now.span.of(aligned.now.text))

    def hunk_then(self, then: Diagnostic) -> Hashable:
        """The same for a finding of the base, in terms of the note now."""
        path = self._versions.path_now.get(then.path)
        if path is None or not then.span.end or self._versions.is_unchanged(path):
            return None
        aligned = self._versions.aligned(path)
        hunk = aligned.hunk_then(then.span) if aligned is not None else None
        if aligned is None or hunk is None:
            return None
        return path, then.rule, hunk, folded(then.span.of(aligned.then.text))

    def alike(self, then: Diagnostic, now: Diagnostic, *, telling: bool = False) -> bool:
        """Whether the lines of two findings may be one that was edited: most of what they say beside is the same.

        What says little is like anything, unless it has to be `telling`.
        """
        text, old = self._versions.text(now.path), self._versions.text_then(then.path)
        if text is None or old is None:
            return False
        one, other = _beside(old, then.span), _beside(text, now.span)
        if min(len(one), len(other)) < _TELLING:
            return not telling
        from rapidfuzz.fuzz import ratio

        return ratio(one, other, score_cutoff=_LEAST_ALIKE) > 0

    def moved_now(self, now: Diagnostic, *, here: bool, edited: bool = False, beside: Beside | None = None) -> Hashable:
        """What would know a finding again whose lines are new in this place.

        It is looked for in its own note (`here`), or else in any; something `beside` it must be the same, too. The
        lines themselves may be `edited`.
        """
        text = self._versions.text(now.path) if now.span.end and not self._versions.is_unchanged(now.path) else None
        if text is None or (now.path in self._versions.path_then and self.hunk_now(now) is None):
            return None
        return _moved(now, text, now.path if here else None, beside, edited=edited)

    def moved_then(
        self, then: Diagnostic, *, here: bool, edited: bool = False, beside: Beside | None = None
    ) -> Hashable:
        """The same for a finding of the base whose lines are there no more."""
        path = self._versions.path_now.get(then.path)
        if not then.span.end or (path is not None and self.hunk_then(then) is None):
            return None
        text = self._versions.text_then(then.path)
        return None if text is None else _moved(then, text, path or "" if here else None, beside, edited=edited)

    def _aligned_at(self, now: Diagnostic) -> Aligned | None:
        return self._versions.aligned(now.path) if now.span.end and not self._versions.is_unchanged(now.path) else None


class _Messages:
    """Messages, compared as what they mean: notes keep what they are when they are renamed, and counts vary."""

    def __init__(self, now: Mapping[str, str]) -> None:
        self._names: dict[str, str] = {}
        for then, path in now.items():
            if then != path:
                self._names[then] = path
                self._names[without_extension(then)] = without_extension(path)
                self._names[without_extension(base_name(then))] = without_extension(base_name(path))

    def same(self, then: Diagnostic, now: Diagnostic) -> bool:
        """Whether two findings say the same, but for names that changed and numbers, and the new is no worse."""
        return not _is_worse(then, now) and self._meant(then.message, self._names) == self._meant(now.message, {})

    def _meant(self, message: str, names: Mapping[str, str]) -> str:
        return _VARYING.sub(lambda found: _varied(found[0], names), message)


def _varied(part: str, names: Mapping[str, str]) -> str:
    return f"'{names.get(part[1:-1], part[1:-1])}'" if part[0] == "'" else "0"


def _place(one: Diagnostic) -> Hashable:
    return one.path, one.rule, one.span


def _is_worse(then: Diagnostic, now: Diagnostic) -> bool:
    return now.severity > then.severity


def _says_the_same(then: Diagnostic, now: Diagnostic) -> bool:
    return then.message == now.message and not _is_worse(then, now)


def _is_no_worse(then: Diagnostic, now: Diagnostic) -> bool:
    """Whether a finding at the very place of another is that one still, whatever else it says by now."""
    return _says_the_same(then, now) or (bool(now.span.end) and not _is_worse(then, now))


def _moved(one: Diagnostic, text: str, path: str | None, beside: Beside | None, *, edited: bool) -> Hashable:
    mark = ""
    if beside is not None:
        # Templates fill the frontmatter, so that equal lines say nothing there.
        mark = beside(text, one.span) if one.span.start >= _body(text) else ""
        if not mark:
            return None
    return path, one.rule, folded(one.span.of(text)), "" if edited else around(text, one.span), mark


@lru_cache(maxsize=4)
def _body(text: str) -> int:
    """Where a note's body begins; findings come note by note."""
    return frontmatter_end(text)


def _before(text: str, span: Span) -> str:
    return neighbours(text, span)[0]


def _behind(text: str, span: Span) -> str:
    return neighbours(text, span)[1]


def _list(text: str, span: Span) -> str:
    """The list that a place is an item of: to sort it, or to move an item in it, makes nothing new."""
    starts, lists = _lists(text)
    return lists[max(bisect_right(starts, span.start) - 1, 0)]


@lru_cache(maxsize=4)
def _lists(text: str) -> tuple[list[int], list[str]]:
    """Where each line starts, and for an item, the line that its list stands below; else nothing."""
    lines = text.splitlines(keepends=True) or [""]
    lists, above = [], ""
    for line in lines:
        is_item = _ITEM.match(line) is not None
        lists.append(f"below {above}" if is_item else "")
        if not is_item and not line[0:1].isspace():
            above = folded(line)
    return list(accumulate([len(line) for line in lines[:-1]], initial=0)), lists


def _own_words(text: str, span: Span) -> str:
    """What the lines around a place say beside it, where that is enough to be known again anywhere."""
    own = _beside(text, span)
    return own if len(own) >= _TELLING else ""


def _beside(text: str, span: Span) -> str:
    """The letters and digits of the lines around a place, without its own."""
    return "".join(filter(str.isalnum, around(text, span).replace(folded(span.of(text)), "", 1)))
