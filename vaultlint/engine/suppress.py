"""Writing comments into notes that keep what is found there quiet."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from vaultlint.engine.check import VaultRun, no_gc
from vaultlint.engine.fix import Fixer
from vaultlint.engine.judge import in_order
from vaultlint.engine.placing import Placing
from vaultlint.engine.transaction import clear_up
from vaultlint.engine.values import Suppressed
from vaultlint.note.note import parse_note
from vaultlint.rule.fix import Applicability
from vaultlint.rule.meta import ENGINE_FINDINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from vaultlint.config.settings import Settings
    from vaultlint.engine.baseline import Baseline
    from vaultlint.engine.baseline_file import BaselineFile
    from vaultlint.engine.known import Known
    from vaultlint.rule.finding import Diagnostic


def add_suppressions(
    settings: Settings,
    *,
    paths: Iterable[str] | None = None,
    jobs: int | None = 1,
    progress: Callable[[int, int], None] | None = None,
    debug: bool = False,
    known: Known | None = None,
    into: tuple[Baseline, BaselineFile] | None = None,
) -> Suppressed:
    """Effect: changes notes. Hide what is found, and not `known`, with comments where nothing else changes by them.

    What no comment can hide goes `into` a baseline, if there is one. Old bytes are kept as by `fix_vault`, which
    see for what is raised; and `UserError` where the baseline can't be written.
    """
    clear_up(settings.root)
    with no_gc():
        run = VaultRun(settings, paths, debug=debug, digest="sha1", known=known)
        run.examine(None, jobs, progress)
        hiding = _Hiding(run)
        left = hiding.settle()
        kept = None
        if hiding.fixer.changed():
            with run.timed("write"):
                kept, failed = hiding.fixer.write("suppressions")
            if failed:
                hiding.fixer.take_back(failed)
                left = run.judge()
        changed = hiding.fixer.changed()
        comments = sum(hiding.comments[note.path] for note in changed)
        noted = 0
        if into is not None and left:
            baseline, file = into
            baseline.add(left, run)
            file.write(baseline.whole)
            left, noted = (), len(left)
        report = run.report(in_order((*left, *hiding.fixer.remarks())))
    return Suppressed(report, changed, comments, noted, kept, hiding.fixer.proofs(changed))


class _Hiding:
    """The comments of one run, in memory."""

    def __init__(self, run: VaultRun) -> None:
        self._run = run
        self.fixer = Fixer(run, Applicability.SAFE)
        self.comments: dict[str, int] = {}
        """Note -> how many comments it was given."""

    def settle(self) -> tuple[Diagnostic, ...]:
        """Find comments for all that is wrong; what is wrong then."""
        run = self._run
        found = run.judge()
        placed = {path: placing for path, lines in _by_line(found).items() if (placing := self._placed(path, lines))}
        if not placed:
            return found
        texts = {path: run.texts[path] for path in placed}
        self.fixer.put({path: placing.after for path, placing in placed.items()})
        left = run.judge()
        # What is quiet now must be what was to be: anything else, and the note stays as it was.
        hidden = {(path, line) for path, placing in placed.items() for line in placing.comments}
        due = _kinds((one for one in found if (one.path, one.position.line) not in hidden), texts)
        surplus = _kinds(left, {path: run.texts[path] for path in placed}) - due
        wrong = {path for path, *_ in surplus}
        if wrong:
            self.fixer.take_back(wrong)
            left = run.judge()
        return left

    def _placed(self, path: str, lines: dict[int, set[str]]) -> Placing | None:
        if not self.fixer.load(path):
            return None
        placing = Placing(parse_note(self._run.texts[path], path), lines)
        with self._run.timed("prove"), self.fixer.proving(path):
            placing.settle()
        self.comments[path] = len(placing.comments)
        return placing if placing.comments else None


def _by_line(found: Sequence[Diagnostic]) -> dict[str, dict[int, set[str]]]:
    """Note -> line -> the rules that found something there, as far as comments can hide that."""
    table: dict[str, dict[int, set[str]]] = {}
    for one in found:
        if one.rule not in ENGINE_FINDINGS:
            table.setdefault(one.path, {}).setdefault(one.position.line, set()).add(one.rule)
    return table


def _kinds(found: Iterable[Diagnostic], texts: dict[str, str]) -> Counter[tuple[str, str, str]]:
    """How often each rule finds each text in each of these notes; a message may name places, which move."""
    return Counter((one.path, one.rule, one.span.of(texts[one.path])) for one in found if one.path in texts)
