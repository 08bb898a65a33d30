"""The parent's part: link rules, vault rules, suppressions, run rules, and the order of what is told."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from copy import copy
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from vaultlint.engine.wire import NOWHERE, START, Examined, Found
from vaultlint.engine.work import crash, describe
from vaultlint.note.model import Position
from vaultlint.rule.exempt import left_alone
from vaultlint.rule.finding import Diagnostic, Finding
from vaultlint.rule.kinds import LinkRule, NoteRule, RunRule, VaultRule
from vaultlint.rule.meta import ENGINE_FINDINGS, RULE_CRASHED
from vaultlint.rule.run import Run

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from typing import TypeAlias

    from vaultlint.config.settings import Settings
    from vaultlint.note.model import Span
    from vaultlint.rule.context import Context
    from vaultlint.rule.finding import Severity
    from vaultlint.rule.fix import Fix
    from vaultlint.rule.kinds import Rule
    from vaultlint.vault.facts import Facts, LinkFact, Suppression
    from vaultlint.vault.index import Index
    from vaultlint.vault.links import Target

    Links: TypeAlias = list[tuple[LinkFact, Target]]
    """The links of one note with what they lead to."""


NO_NOTE = "."
"""Where a finding stands that is about the whole vault."""


class Rules:
    """The rules that are on, made and sorted by kind."""

    def __init__(self, settings: Settings, context: Context) -> None:
        self.note: tuple[tuple[str, Any], ...] = ()
        """Name and options of the note rules: these are made in the workers."""
        self.gathering: tuple[tuple[str, Any], ...] = ()
        """The same for the rules over the whole vault that gather something there."""
        self.link: list[LinkRule] = []
        self.fault: list[LinkRule] = []
        """Link rules that look at faults only."""
        self.vault: list[VaultRule] = []
        self.run: list[RunRule] = []
        self.left_alone: dict[str, int] = {}
        """Name -> the kinds of notes of which a rule does not speak; without the note rules."""
        for setting in settings.rules:
            kind = settings.ruleset.load(setting.name)
            if issubclass(kind, NoteRule):
                self.note += ((setting.name, setting.options),)
            else:
                rule = kind(setting.options, context)
                self._add(rule)
                if isinstance(rule, VaultRule) and rule.gathers:
                    self.gathering += ((setting.name, setting.options),)
        self.names = frozenset(setting.name for setting in settings.rules)

    def near(self) -> Rules:
        """The link rules that see only what is near a link, and no others."""
        return self._with(lambda rule: rule.only_near, ())

    def far(self) -> Rules:
        """All rules but these."""
        return self._with(lambda rule: not rule.only_near, self.vault)

    def _with(self, wanted: Callable[[LinkRule], bool], vault: Sequence[VaultRule]) -> Rules:
        some = copy(self)
        some.link, some.fault, some.vault = [*filter(wanted, self.link)], [*filter(wanted, self.fault)], [*vault]
        return some

    def _add(self, rule: Rule) -> None:
        self.left_alone[rule.name] = left_alone(type(rule))
        if isinstance(rule, LinkRule):
            (self.fault if rule.only_faults else self.link).append(rule)
        elif isinstance(rule, VaultRule):
            self.vault.append(rule)
        elif isinstance(rule, RunRule):
            self.run.append(rule)


class Judgement:
    """What the rules say of all that is known of a vault: at one go, or of one note and one rule after the other."""

    def __init__(
        self,
        settings: Settings,
        rules: Rules,
        examined: Mapping[str, Examined],
        judged: Collection[str],
        *,
        debug: bool = False,
    ) -> None:
        self.tracebacks: list[str] = []
        self._settings = settings
        self._rules = rules
        self._examined = examined
        self._judged = judged
        self._debug = debug
        self._places: dict[str, tuple[array[int], int]] = {}
        self._used: dict[str, set[tuple[int, str]]] = {}
        self.spoken_of: set[str] = set()
        """The notes that findings were about, told or not; whoever wants to know them puts an empty set here first."""

    def diagnostics(self, index: Index) -> tuple[Diagnostic, ...]:
        """Everything that is wrong, suppressions heeded, by path, position and rule."""
        found: list[Diagnostic] = []
        for path in self._judged:
            found += self.of_note(path)
        for path in self._judged:
            found += self.of_links(path, index)
        for rule in self._rules.vault:
            found += self.of_vault(rule, index)
        return in_order(self.shown(found) + self.shown(self.of_run(), by_name=True))

    def of_note(self, path: str) -> list[Diagnostic]:
        """What note rules found in one note, and the engine."""
        note = self._examined.get(path)
        if note is None:
            return []
        self.tracebacks += note.tracebacks
        return [
            found.diagnostic(path, severity)
            for found in note.found
            if (severity := self._severity(found.rule, path)) is not None
        ]

    def of_links(self, path: str, index: Index) -> list[Diagnostic]:
        """What link rules find in the links of one note."""
        every, fault = self._rules.link, self._rules.fault
        facts = index.facts.get(path) if every or fault else None
        found: list[Diagnostic] = []
        if facts is None or not facts.has_links:
            return found
        leads = index.leads(facts)
        concerned = self._concerned(every, path, leads.to, found)
        links = index.resolved(facts) if concerned else []
        for rule in concerned:
            self._judge_links(rule, path, links, index, found)
        faulty = [one for one in links if one[1].is_faulty] if concerned else index.faulty(facts, leads.faulty)
        for rule in fault if faulty else ():
            self._judge_links(rule, path, faulty, index, found)
        return found

    def _concerned(
        self, rules: Iterable[LinkRule], path: str, leads: list[tuple[str, str | None]], into: list[Diagnostic]
    ) -> list[LinkRule]:
        """The rules that may speak of a link of a note."""
        found: list[LinkRule] = []
        for rule in rules:
            try:
                concerns = rule.concerns
                if any(concerns(name, to) for name, to in leads):
                    found.append(rule)
            except (Exception, SystemExit) as error:  # noqa: BLE001  the run goes on without the rule
                self._crash(rule.name, path, error, into)
        return found

    def of_vault(self, rule: VaultRule, index: Index) -> list[Diagnostic]:
        """What a rule finds over the whole vault."""
        if not rule.by_note:
            return self._called(rule.name, partial(rule.check, index))
        try:
            notes = sorted(rule.notes(index))
        except (Exception, SystemExit) as error:  # noqa: BLE001  the run goes on without the rule
            found: list[Diagnostic] = []
            self._crash(rule.name, "", error, found)
            return found
        return [one for path in notes for one in self.of_vault_in(path, rule, index)]

    def of_vault_in(self, path: str, rule: VaultRule, index: Index) -> list[Diagnostic]:
        """What a rule finds in one note that judges the vault note by note."""
        if path not in self._judged:
            return []
        return self._called(rule.name, partial(rule.check_note, path, index), path)

    def of_run(self, paths: Iterable[str] | None = None) -> list[Diagnostic]:
        """What is wrong with suppressions, once it is known which of them hid something; `paths`: all that have any."""
        if not self._rules.run:
            return []
        paths = self._judged if paths is None else paths
        suppressions = {path: found for path in paths if (found := self._suppressions(path))}
        run = Run(
            suppressions=suppressions,
            used={path: frozenset(self._used.get(path, ())) for path in suppressions},
            judged=self._rules.names,
            known=frozenset(self._settings.ruleset.explainable),
            old_names=self._settings.ruleset.old_names,
            narrowed=self._settings.narrowed,
        )
        return [one for rule in self._rules.run for one in self._called(rule.name, partial(rule.check, run))]

    def forget(self, path: str) -> None:
        """A note is another one now, or is to be shown anew: nothing that is remembered of it holds."""
        self._places.pop(path, None)
        self._used.pop(path, None)

    def _judge_links(self, rule: LinkRule, path: str, links: Links, index: Index, into: list[Diagnostic]) -> None:
        try:
            for link, target in links:
                for finding in rule.check(link, target, index):
                    self._add(rule.name, finding, path, into)
        except (Exception, SystemExit) as error:  # noqa: BLE001  the run goes on without the rule
            self._crash(rule.name, path, error, into)

    def _called(self, rule: str, check: Callable[[], Iterable[Finding]], path: str = "") -> list[Diagnostic]:
        """What is found, in one note or in any."""
        found: list[Diagnostic] = []
        try:
            for finding in check():
                self._add(rule, finding, path or None, found)
        except (Exception, SystemExit) as error:  # noqa: BLE001  the run goes on without the rule
            self._crash(rule, path, error, found)
        return found

    def _add(self, rule: str, finding: Finding, path: str | None, into: list[Diagnostic]) -> None:
        if path is not None and finding.path not in (None, path):
            raise ValueError(f"a finding in another note, '{finding.path}'")
        path = finding.path or path
        if path is None:
            raise ValueError("a finding that names no note")
        if path not in self._judged:
            return
        self.spoken_of.add(path)
        severity = self._severity(rule, path)
        if severity is None or self._is_exempt(rule, path):
            return
        span = finding.span
        starts, length = self._place(path)
        if not 0 <= span.start <= span.end <= length:
            raise ValueError(f"a finding at {span.start}-{span.end} lies outside the note '{path}'")
        into.append(
            Diagnostic(
                rule,
                finding.severity or severity,
                path,
                _guarded(rule, finding),
                _position(starts, span.start),
                _position(starts, span.end),
            )
        )

    def _severity(self, rule: str, path: str) -> Severity | None:
        """`None` where the rule is off for this note."""
        if rule in self._settings.engine:
            return self._settings.engine[rule]
        setting = self._settings.setting(rule, path)
        return setting.severity if setting is not None else None

    def _is_exempt(self, rule: str, path: str) -> bool:
        """Whether a rule does not speak of a note, for it is a template or a plug-in's."""
        note = self._examined.get(path)
        return note is not None and note.kind & self._rules.left_alone[rule] != 0

    def _place(self, path: str) -> tuple[array[int], int]:
        """Where the lines of a note start, and its length."""
        place = self._places.get(path)
        if place is None:
            note = self._examined.get(path)
            starts = array("I")
            if note is not None and note.facts is not None:
                starts.frombytes(note.facts.lines)
            place = self._places[path] = (starts, note.length if note is not None else 0)
        return place

    def _crash(self, rule: str, path: str, error: BaseException, into: list[Diagnostic]) -> None:
        severity = self._settings.engine.get(RULE_CRASHED)
        if severity is not None:
            into.append(crash(rule, path, error).diagnostic(path or NO_NOTE, severity))
        if self._debug:
            import traceback

            self.tracebacks.append("".join(traceback.format_exception(error)))

    def _suppressions(self, path: str) -> tuple[Suppression, ...]:
        note = self._examined.get(path)
        facts: Facts | None = note.facts if note is not None else None
        return facts.suppressions if facts is not None else ()

    def shown(self, found: Sequence[Diagnostic], *, by_name: bool = False) -> list[Diagnostic]:
        """What no comment in its note hides; remembers which comments hid something.

        With `by_name`, only a comment that names the rule hides: one that hides everything would else hide
        that it is itself unused.
        """
        lines: dict[str, dict[str, list[int]]] = {}
        for one in found:
            if one.rule not in ENGINE_FINDINGS and self._suppressions(one.path):
                lines.setdefault(one.path, {}).setdefault(one.rule, []).append(one.position.line)
        if not lines:
            return list(found)
        hidden = {path: self._hide(path, of_rules, by_name=by_name) for path, of_rules in lines.items()}
        return [
            one
            for one in found
            if one.path not in hidden
            or one.rule not in hidden[one.path]
            or not hidden[one.path][one.rule].holds(one.position.line)
        ]

    def _hide(self, path: str, lines: dict[str, list[int]], *, by_name: bool) -> dict[str, _Lines]:
        """The lines that comments of a note hide from each rule that found something; `lines` says where."""
        current = self._settings.ruleset.current
        for of_rule in lines.values():
            of_rule.sort()
        ranges: dict[str, list[tuple[int, int]]] = {}
        for place, suppression in enumerate(self._suppressions(path)):
            first, last = suppression.first_line, suppression.last_line
            named = set(map(current, suppression.rules)) & lines.keys()
            for rule in named if suppression.rules or by_name else lines:
                at = bisect_left(lines[rule], first)
                if at < len(lines[rule]) and lines[rule][at] <= last:
                    if not by_name:  # these are judged by what the others hid
                        self._used.setdefault(path, set()).add((place, rule))
                    ranges.setdefault(rule, []).append((first, last))
        return {rule: _Lines(of_rule) for rule, of_rule in ranges.items()}


class _Lines:
    """Ranges of lines, both ends included: a note may have as many comments as lines, and each a finding."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(ranges)
        self._firsts = [first for first, _ in ordered]
        self._reach = list(accumulate((last for _, last in ordered), max))

    def holds(self, line: int) -> bool:
        """Whether a line is in one of the ranges."""
        begun = bisect_right(self._firsts, line)
        return begun > 0 and line <= self._reach[begun - 1]


def _guarded(rule: str, finding: Finding) -> Finding:
    """The finding, what it makes late wrapped: a rule that raises then must not end the report."""
    hint, fix = finding.hint, finding.fix
    if not callable(hint) and not callable(fix):
        return finding
    return Finding(
        finding.span,
        finding.message,
        finding.path,
        partial(_late, rule, hint) if callable(hint) else hint,
        partial(_late_fix, fix) if callable(fix) else fix,
        finding.at_most,
        finding.related,
        finding.severity,
    )


def _late(rule: str, make: Callable[[], str | None]) -> str | None:
    try:
        return make()
    except Exception as error:  # noqa: BLE001  said in the hint's place
        return f"the rule '{rule}' failed to make a hint: {describe(error)}"


def _late_fix(make: Callable[[], Fix | None]) -> Fix | None:
    try:
        return make()
    except Exception:  # noqa: BLE001  no fix is a safe answer
        return None


def engine_diagnostic(
    settings: Settings, rule: str, path: str, message: str, hint: str | None = None
) -> Diagnostic | None:
    """A finding of the engine itself about a whole note; `None` where the config turns it off."""
    severity = settings.engine.get(rule)
    if severity is None:
        return None
    return Found(rule, message, NOWHERE, START, START, hint).diagnostic(path, severity)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """By path, then position, then rule: whatever the workers did."""
    return tuple(sorted(diagnostics, key=_order))


def _order(diagnostic: Diagnostic) -> tuple[str, Position, str, Span, str]:
    return diagnostic.path, diagnostic.position, diagnostic.rule, diagnostic.span, diagnostic.message


def _position(starts: array[int], offset: int) -> Position:
    if not starts:
        return START
    line = bisect_right(starts, offset)
    return Position(max(line, 1), max(offset - starts[max(line, 1) - 1] + 1, 1))
