"""Findings that a baseline knows are not told again; its counts may only fall."""

from __future__ import annotations

import re
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING
from unicodedata import normalize

from msgspec.structs import replace

from vaultlint.engine.baseline_file import Key
from vaultlint.engine.check import VaultRun, no_gc
from vaultlint.report.summary import counted
from vaultlint.rule.fingerprint import fingerprint, folded
from vaultlint.rule.kinds import RunRule
from vaultlint.rule.meta import ENGINE_FINDINGS, RULE_CRASHED

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Sequence

    from vaultlint.config.settings import Settings
    from vaultlint.engine.baseline_file import BaselineFile, Counts
    from vaultlint.note.model import Span
    from vaultlint.rule.finding import Diagnostic

_HASH = 16
"""Hex digits of a hash: it need tell findings of one rule in one note apart."""

_NAMED = 3
"""How many notes a notice names."""


_QUOTED = re.compile(r"'([^']*)'")
_COUNT = re.compile(r"'[^']*'|\d[\d.,]*+")
"""What is quoted, to step over it, or a number."""


class Baseline:
    """What a baseline knows of one vault: a `Known`."""

    digest = ""

    def __init__(self, counts: Counts, current: Callable[[str], str], remedy: str = "") -> None:
        """`current` gives the name that a rule has now; `remedy` is the command that removes stale entries.

        Without a `remedy`, nothing is said of them.
        """
        self._counts: Counter[Key] = Counter()
        for key, count in counts.items():
            self._counts[replace(key, rule=current(key.rule))] += count
        self._remedy = remedy
        self._keys = _Keys()
        self._matched: Counter[Key] = Counter()
        """What was found again, by the keys that it has now."""
        self._missed: Counter[Key] = Counter()
        """What was not, though it was looked for."""
        self.unasked: Counter[Key] = Counter()
        """What nobody looked for: its note or rule was left out, or the note can't be read."""

    def begin(self, run: VaultRun) -> None:
        """Nothing is to be done."""

    def new(self, diagnostics: Sequence[Diagnostic], run: VaultRun) -> tuple[Diagnostic, ...]:
        """Effect: reads the notes with findings, each once. Those that the baseline does not know, in order.

        A finding is known by all that its key says; then, where its note was renamed, by all but the path; then,
        where its line was edited, by all but the lines around it; and last, where other notes made it say something
        else, by what it points at. Each entry knows as many as it counts.
        """
        keys = [self._keys.of(one, run) for one in diagnostics]
        match = _Match(self._counts, keys)
        match.pair(lambda key: key)
        gone = _Gone(run)
        match.pair(_without_path, of_entry=lambda key: key.path in gone, of_finding=self._new_to_its_note)
        match.pair(_without_around)
        match.pair(_without_others)
        crashed = {one.path for one in diagnostics if one.rule == RULE_CRASHED}
        looked_for = _LookedFor(run, gone, crashed)
        self._matched = Counter(keys[place] for place in match.known)
        self._missed = Counter({key: count for key, count in match.left.items() if count and looked_for(key)})
        self.unasked = match.left - self._missed
        return tuple(one for place, one in enumerate(diagnostics) if place not in match.known)

    def told(self, diagnostics: Sequence[Diagnostic], run: VaultRun) -> tuple[Diagnostic, ...]:
        """The same: each finding is told where it stands."""
        return tuple(diagnostics)

    @property
    def stale(self) -> Counts:
        """What is wrong no longer, as `new` saw it last; not what the run did not look at."""
        return self._missed

    @property
    def left(self) -> Counter[Key]:
        """The baseline without what is stale; what stands in a renamed note or an edited line follows it."""
        return self._matched + self.unasked

    @property
    def whole(self) -> Counter[Key]:
        """The same with what is stale."""
        return self.left + self._missed

    def add(self, diagnostics: Iterable[Diagnostic], run: VaultRun) -> None:
        """Effect: reads the notes with findings. Know these new ones too."""
        self._matched.update(self._keys.of(one, run) for one in diagnostics)

    @property
    def notices(self) -> tuple[str, ...]:
        """That entries are stale: how many, in which notes, and what takes them out."""
        if not self._missed or not self._remedy:
            return ()
        count = self._missed.total()
        are, them = ("is", "it") if count == 1 else ("are", "them")
        where = _named(sorted({key.path for key in self._missed}))
        gone = f"{counted(count, 'finding')} of the baseline {are} there no longer (in {where})"
        return (f"{gone}: `{self._remedy}` takes {them} out",)

    def _new_to_its_note(self, key: Key) -> bool:
        return not self._counts[key]


def make_baseline(
    settings: Settings,
    file: BaselineFile,
    paths: Iterable[str] | None = None,
    *,
    jobs: int | None = 1,
    progress: Callable[[int, int], None] | None = None,
    debug: bool = False,
) -> tuple[Counts, tuple[str, ...]]:
    """Effect: reads the vault, writes the file. What is wrong now, and the notices of the run.

    Entries of notes and rules that were left out (`paths`, flags) stay as they are. Raises `UserError`.
    """
    earlier = file.read() if file.exists else {}
    with no_gc():
        run = VaultRun(settings, paths, debug=debug)
        run.examine(None, jobs, progress)
        diagnostics = run.judge()
        old = Baseline(earlier, settings.ruleset.current)
        old.new(diagnostics, run)
        keys = _Keys()
        counts = Counter(keys.of(one, run) for one in diagnostics)
        notices = run.report(diagnostics).notices
    if paths is not None or settings.narrowed:
        file.write(counts + old.unasked)
    else:
        file.write(counts)
    return counts, notices


class _Keys:
    """The keys of findings; remembers those of notes that stay as they were read, for fixes ask in every round."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, str, Span], Key] = {}
        self._last: tuple[str, str | None] = ("", None)

    def of(self, diagnostic: Diagnostic, run: VaultRun) -> Key:
        """Effect: reads a note, once for all its findings if these come together."""
        path = diagnostic.path
        if path in run.texts:
            return _key(diagnostic, run.texts[path])
        asked = (path, diagnostic.rule, diagnostic.message, diagnostic.span)
        if asked not in self._known:
            if self._last[0] != path:
                self._last = path, run.text(path)
            self._known[asked] = _key(diagnostic, self._last[1])
        return self._known[asked]


class _Match:
    """Findings paired with the entries that know them."""

    def __init__(self, counts: Counts, keys: Sequence[Key]) -> None:
        self.left = Counter(counts)
        """The entries, as far as no finding took them."""
        self.known: set[int] = set()
        """The places of the findings that took one."""
        self._keys = keys

    def pair(
        self,
        part: Callable[[Key], Hashable],
        of_entry: Callable[[Key], bool] | None = None,
        of_finding: Callable[[Key], bool] | None = None,
    ) -> None:
        """Pair what has the same `part`, as often as it is there."""
        entries: dict[Hashable, list[Key]] = {}
        for key, count in self.left.items():
            if count and (of_entry is None or of_entry(key)):
                entries.setdefault(part(key), []).append(key)
        for place, key in enumerate(self._keys):
            same = entries.get(part(key)) if place not in self.known else None
            if same and (of_finding is None or of_finding(key)):
                self.known.add(place)
                self.left[same[-1]] -= 1
                if not self.left[same[-1]]:
                    same.pop()


class _Gone:
    """The notes that the vault has no longer; what may be in a folder that could not be listed is not gone."""

    def __init__(self, run: VaultRun) -> None:
        self._there = frozenset(map(_composed, run.files.files))
        self._unlisted = tuple(f"{_composed(problem.path)}/" for problem in run.files.problems)

    def __contains__(self, path: str) -> bool:
        return path not in self._there and not path.startswith(self._unlisted)


class _LookedFor:
    """Whether a run would have found again what an entry knows, if it were still wrong."""

    def __init__(self, run: VaultRun, gone: _Gone, crashed: Collection[str]) -> None:
        self._run = run
        self._gone = gone
        self._crashed = crashed
        """The notes over which a rule failed; `.`: all."""
        self._judged = {_composed(path): path for path in run.judged}

    def __call__(self, key: Key) -> bool:
        if "." in self._crashed or key.path in self._crashed:
            return False
        if key.path in self._gone:
            return self._run.asked_for(key.path) and self._runs(key.rule, key.path)
        path = self._judged.get(key.path)
        if path is None or not self._runs(key.rule, path):
            return False
        note = self._run.examined.get(path)
        return key.rule in ENGINE_FINDINGS or (note is not None and note.facts is not None)

    def _runs(self, rule: str, path: str) -> bool:
        settings = self._run.settings
        if rule in ENGINE_FINDINGS:
            return rule in settings.engine
        if settings.setting(rule, path) is None:
            return False
        # What a run did can't be judged as a whole where flags left out a part of it.
        return not (settings.narrowed and issubclass(settings.ruleset.load(rule), RunRule))


def _key(diagnostic: Diagnostic, text: str | None) -> Key:
    found = fingerprint(diagnostic, text)
    return Key(_composed(found.path), found.rule, _writable(found.message), _hash(found.text), _hash(found.around))


def _without_path(key: Key) -> Hashable:
    return key.rule, key.message, key.text, key.around


def _without_around(key: Key) -> Hashable:
    return key.path, key.rule, key.message, key.text


def _without_others(key: Key) -> Hashable:
    """A message that quotes what it points at may say of other notes and places whatever else it likes."""
    quoted = bool(key.text) and any(_hash(folded(part)) == key.text for part in _QUOTED.findall(key.message))
    said = "" if quoted else _COUNT.sub(lambda found: found[0] if found[0][0] == "'" else "0", key.message)
    return key.path, key.rule, said, key.text, key.around


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH] if text else ""


def _composed(path: str) -> str:
    """The path in one Unicode form: macOS may spell it otherwise than the system that wrote the baseline."""
    return path if path.isascii() else normalize("NFC", path)


def _writable(text: str) -> str:
    """The text with escapes for halves of characters, which YAML can make and a file can't hold."""
    return text.encode("utf-8", "backslashreplace").decode()


def _named(paths: Sequence[str]) -> str:
    names = ", ".join(f"'{path}'" for path in paths[:_NAMED])
    more = len(paths) - _NAMED
    return f"{names} and {more:,} more" if more > 0 else names
