"""unused-suppression: a comment or property that suppresses a rule hides nothing."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from vaultlint.note.model import Span
from vaultlint.rule.errors import nearest
from vaultlint.rule.finding import Finding, Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, RunRule
from vaultlint.rule.meta import ENGINE_FINDINGS
from vaultlint.vault.suppressions import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence, Set
    from typing import TypeAlias

    from vaultlint.rule.run import Run
    from vaultlint.vault.facts import Suppression

    _Parts: TypeAlias = tuple[tuple[int, Suppression], ...]
    """What one comment gives, each with its place among the note's suppressions."""
    _Used: TypeAlias = Mapping[int, Set[str]]


_GROUPS = frozenset(group.value for group in Group)


class UnusedSuppression(RunRule):
    """A comment, or a property, that suppresses a rule hides nothing."""

    name = "unused-suppression"
    group = Group.META
    severity = Severity.INFO

    def check(self, run: Run) -> Iterator[Finding]:
        """Yield comments, and names in them, that hid nothing, each with what else is wrong with it."""
        for path, suppressions in run.suppressions.items():
            placed = enumerate(suppressions)
            used = _used(run, path)
            for _, parts in groupby(placed, key=lambda pair: pair[1].span):
                yield from self._of_comment(run, path, tuple(parts), used)

    def _of_comment(self, run: Run, path: str, parts: _Parts, used: _Used) -> Iterator[Finding]:
        comment = parts[0][1]
        kind, _, word = comment.kind.partition(" ")
        if kind == "unknown":
            yield self._unknown_command(path, comment, word)
        elif not comment.all_name_spans:
            if kind == "enable":
                yield self._whole(path, comment, "there is nothing here that 'vaultlint-enable' could end")
            elif not run.narrowed and not used.get(parts[0][0]):
                yield self._whole(path, comment, f"this {_word(comment)} hides nothing")
        else:
            yield from self._of_names(run, path, parts, used)

    def _of_names(self, run: Run, path: str, parts: _Parts, used: _Used) -> Iterator[Finding]:
        idle: list[tuple[Span, str]] = []
        for place, part in parts:
            for name, span in zip(part.rules, part.name_spans, strict=True):
                rule = run.old_names.get(name, name)
                if rule not in run.known:
                    yield self._unknown_rule(run, path, name, span, part)
                elif rule in ENGINE_FINDINGS or (
                    rule in run.judged and rule != self.name and rule not in used.get(place, ())
                ):
                    idle.append((span, name))
        if idle:
            yield self._idle(path, parts[0][1], sorted(idle))

    def _idle(self, path: str, comment: Suppression, idle: list[tuple[Span, str]]) -> Finding:
        names = ", ".join(f"'{name}'" for _, name in idle)
        if comment.kind == "enable":
            message = f"there is nothing here that 'vaultlint-enable' could end for {names}"
        else:
            message = f"this {_word(comment)} hides no {names}"
        spans = [span for span, _ in idle]
        if len(spans) == len(comment.all_name_spans):
            return self._whole(path, comment, message)
        edits = tuple(Edit(path, span, "") for span in _without(comment.all_name_spans, set(spans)))
        return self.find(spans[0], message, path=path, fix=_fix(f"take out {names}", edits, comment))

    def _whole(self, path: str, comment: Suppression, message: str) -> Finding:
        edit = Edit(path, comment.removal_span, "")
        title = f"take out the {_word(comment)}"
        return self.find(comment.span, message, path=path, fix=_fix(title, (edit,), comment))

    def _unknown_command(self, path: str, comment: Suppression, word: str) -> Finding:
        near = nearest(word, KINDS)
        hint = f"did you mean 'vaultlint-{near}'?" if near else None
        return self.find(comment.span, f"'vaultlint-{word}' is no comment for vaultlint", path=path, hint=hint)

    def _unknown_rule(self, run: Run, path: str, name: str, span: Span, comment: Suppression) -> Finding:
        if name in _GROUPS:
            message = f"'{name}' is a group of rules, and comments and properties name rules"
            return self.find(
                span, message, path=path, hint="name its rules one by one, or leave them all to the config"
            )
        near = nearest(name, run.known - ENGINE_FINDINGS.keys())
        if near is None:
            return self.find(span, f"no rule named '{name}'", path=path)
        fix = _fix(f"write '{near}'", (Edit(path, span, near),), comment, Applicability.SUGGESTION)
        return self.find(span, f"no rule named '{name}'", path=path, hint=f"did you mean '{near}'?", fix=fix)


def _used(run: Run, path: str) -> _Used:
    """The place of each suppression of a note that hid something -> the rules of which it did."""
    used: dict[int, set[str]] = {}
    for place, rule in run.used.get(path, ()):
        used.setdefault(place, set()).add(rule)
    return used


def _without(names: Sequence[Span], idle: Set[Span]) -> Iterator[Span]:
    """What to take out of a list of names, with the commas and spaces that went with it."""
    kept_before: Span | None = None
    for taken, group in groupby(names, key=lambda span: span in idle):
        run = tuple(group)
        if not taken:
            kept_before = run[-1]
        elif kept_before is not None:
            yield Span(kept_before.end, run[-1].end)
        else:
            behind = names[len(run)]
            yield Span(run[0].start, behind.start)


def _word(comment: Suppression) -> str:
    return "property" if comment.kind == "property" else "comment"


def _fix(
    title: str, edits: tuple[Edit, ...], comment: Suppression, applicability: Applicability = Applicability.SAFE
) -> Fix:
    aspect = Aspect.PROPERTIES if comment.kind == "property" else Aspect.COMMENTS
    return Fix(title, edits, applicability, may_change=frozenset({aspect}), tentative=True)
