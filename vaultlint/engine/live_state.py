"""What is known of a vault between one report and the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field, structs

from vaultlint.config.context import context_of
from vaultlint.engine.cache.surroundings import digest_of_app, files_of, today
from vaultlint.engine.check import VaultRun
from vaultlint.engine.history import GitHistory
from vaultlint.engine.judge import NO_NOTE, Judgement, Rules, in_order
from vaultlint.engine.listing import Listing, is_hidden
from vaultlint.engine.values import Report
from vaultlint.engine.verdicts import Verdicts
from vaultlint.vault.files import walk
from vaultlint.vault.live import LiveIndex
from vaultlint.vault.names import is_note_path
from vaultlint.vault.reads import HISTORY, LOST_HEADINGS
from vaultlint.vault.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from vaultlint.config.settings import Settings
    from vaultlint.engine.cache.use import Cached
    from vaultlint.engine.known import Known
    from vaultlint.engine.wire import Examined
    from vaultlint.rule.finding import Diagnostic
    from vaultlint.vault.files import FileTable
    from vaultlint.vault.links import Resolver
    from vaultlint.vault.reads import Read


class Moved(Struct):
    """What else than notes changed."""

    gone: set[str] = field(default_factory=set)
    """Notes that are no more."""
    touched: set[str] = field(default_factory=set)
    """Notes of which a link may lead elsewhere now."""
    changed: set[Read] = field(default_factory=set)
    """Questions that have another answer."""


class LiveState:
    """What is known of a vault as long as its settings hold."""

    def __init__(
        self,
        settings: Settings,
        paths: Iterable[str] | None,
        *,
        debug: bool,
        cached: Cached | None,
        known: Callable[[Settings], Known | None] | None,
    ) -> None:
        self._debug = debug
        self._known = known
        self._day = today()
        self._run = VaultRun(settings, paths, debug=debug, cached=cached)
        self._listing = Listing(self._run.files, files_of(settings))
        self._app = digest_of_app(self._run.vault_settings)
        self._history = GitHistory(settings.root, self._run.files)
        self._clocked = {one.name for one in settings.rules if settings.ruleset.load(one.name).reads_clock}
        self._waiting: set[str] = set()
        """Notes in which note rules found something that the clock alone may change."""
        self._commented: set[str] = set()
        """Notes with suppressions."""
        self._told: dict[str, list[Diagnostic]] = {}
        """Note -> what is told of it, in order; without what is wrong with suppressions."""

    def begin(self, jobs: int | None, progress: Callable[[int, int], None] | None) -> None:
        """Effect: reads the vault."""
        self._listing.changed()
        self._run.examine(None, jobs, progress)
        self._take(self._run.examined)
        self._index = self._indexed(self._run.index.resolver)
        self._judge()

    def update(self, paths: Collection[str] | None) -> bool:
        """Effect: reads what changed. Whether that was all: where it is not, the settings are others now."""
        if today() != self._day or self._listing.sets_something(paths or ()):
            return False
        root = self._run.settings.root
        if (paths is None or any(map(is_hidden, paths))) and digest_of_app(read_settings(root)) != self._app:
            return False
        moved = Moved()
        notes = None if paths is None else self._listing.notes(paths)
        if notes is None:
            moved = self._relist(walk(root))
            looked = self._listing.changed()
            if self._listing.sets_something(looked):
                return False
            notes = looked.union(paths or ())
        moved.changed |= self._past(paths)
        self._read(notes.union(self._waiting).intersection(self._run.files.notes), moved)
        return True

    def report(self) -> Report:
        """The report as of now."""
        judgement, run = self._judgement, self._run
        told = dict(self._told)
        for one in judgement.shown(judgement.of_run(sorted(self._commented)), by_name=True):
            told[one.path] = [*told.get(one.path, ()), one]
        diagnostics: list[Diagnostic] = []
        for path in sorted(told):
            of_note = told[path]
            diagnostics += of_note if of_note is self._told.get(path) else in_order(of_note)
        known = self._known(run.settings) if self._known is not None else None
        if known is not None:
            known.begin(run)
            diagnostics = list(known.told(known.new(diagnostics, run), run))
        notices = (
            *run.settings.notices,
            *run.vault_settings.notices,
            *run.files.notices,
            *(known.notices if known is not None else ()),
            *self._index.history.notices,
            *(self._tracebacks() if self._debug else ()),
        )
        judgement.tracebacks.clear()
        return Report(str(run.settings.root), tuple(diagnostics), len(run.judged), 0, notices)

    def _relist(self, files: FileTable) -> Moved:
        """Take in the files that the vault has now."""
        run = self._run
        if files == run.files:
            return Moved()
        gone = set(run.examined).difference(files.notes)
        run.relist(files)
        self._listing.replace(files)
        self._waiting -= gone
        self._commented -= gone
        for path in gone:
            self._verdicts.forget(path)
            self._judgement.forget(path)
        self._history = self._history.again(files)
        touched, changed = self._index.relist(files)
        return Moved(gone, touched - gone, changed | {(HISTORY, "")})

    def _past(self, paths: Collection[str] | None) -> set[Read]:
        """Effect: asks git. What is asked of the history has other answers if there was a commit, say."""
        lists_commits = paths is None or any(
            not is_note_path(path) and not path.startswith(".obsidian") for path in paths
        )
        if not lists_commits and not self._history.is_stale():
            return set()
        self._history = GitHistory(self._run.settings.root, self._run.files)
        return {(HISTORY, "")}

    def _read(self, notes: Collection[str], moved: Moved) -> None:
        """Effect: reads notes, and asks git."""
        run = self._run
        now = context_of(run.settings, run.vault_settings)  # with another clock
        run.plan = structs.replace(run.plan, context=now)
        examined = run.read_again(sorted(notes))
        run.examined.update(examined)
        self._take(examined)
        over_vault = (*run.rules.link, *run.rules.fault, *run.rules.vault, *run.rules.run)
        if any(rule.reads_clock for rule in over_vault):
            run.rules = Rules(run.settings, now)
            self._index = self._indexed()
            self._judge()
        else:
            self._judge_again(examined, moved)

    def _take(self, examined: Mapping[str, Examined]) -> None:
        """Remember of notes that were read what must be known of all of them."""
        for path, note in examined.items():
            waits = any(found.rule in self._clocked for found in note.found)
            (self._waiting.add if waits else self._waiting.discard)(path)
            suppresses = path in self._run.judged and note.facts is not None and note.facts.suppressions
            (self._commented.add if suppresses else self._commented.discard)(path)

    def _indexed(self, resolver: Resolver | None = None) -> LiveIndex:
        run = self._run
        facts = {path: note.facts for path, note in run.examined.items() if note.facts is not None}
        index = LiveIndex(run.files, facts, run.vault_settings)
        if resolver is not None:
            index.resolver = resolver  # which has looked up nearly every link already
        index.history = self._history
        return index

    def _judge(self) -> None:
        """Judge everything."""
        run = self._run
        self._judgement = Judgement(run.settings, run.rules, run.examined, run.judged, debug=self._debug)
        self._verdicts = Verdicts()
        self._verdicts.judge(self._judgement, run.rules.vault, self._index, run.judged)
        self._told = {}
        for path in (*run.judged, NO_NOTE):
            self._show(path)

    def _judge_again(self, notes: Mapping[str, Examined], moved: Moved) -> None:
        """Judge what depends on notes that were read again, and on what else changed."""
        judgement, index, rules = self._judgement, self._index, self._run.rules.vault
        for path in notes:
            judgement.forget(path)
        facts = {path: note.facts for path, note in notes.items()}
        changed = moved.changed | index.renew(dict.fromkeys(moved.gone) | facts)
        if (LOST_HEADINGS, "") in changed:
            self._history = self._history.again(self._run.files)  # for it asks git once, about all that lost any
        index.history = self._history
        touched = self._verdicts.judge_again(judgement, rules, index, moved.touched.union(notes), changed)
        self._verdicts.judge(judgement, rules, index, [path for path in notes if path in self._run.judged])
        for path in touched.union(notes, moved.gone):
            self._show(path)

    def _show(self, path: str) -> None:
        """Remember what is told of a note."""
        judgement = self._judgement
        judgement.forget(path)
        found = judgement.of_note(path) if path in self._run.judged else []
        found += self._verdicts.found(path)
        if shown := judgement.shown(found):
            self._told[path] = list(in_order(shown))
        else:
            self._told.pop(path, None)

    def _tracebacks(self) -> Iterator[str]:
        for path in self._run.judged:
            yield from self._run.examined[path].tracebacks
        yield from self._verdicts.tracebacks
        yield from self._judgement.tracebacks
