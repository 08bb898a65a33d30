"""Rules for tests of the engine, loaded as a vault's own file is: so that spawned workers have them too."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterator

from msgspec import Struct

from vaultlint.note.model import Span
from vaultlint.note.note import Note
from vaultlint.rule.finding import Finding, Severity
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix, Kind, Rename
from vaultlint.rule.kinds import Group, LinkRule, NoteRule, RunRule, VaultRule
from vaultlint.rule.run import Run
from vaultlint.vault.facts import LinkFact
from vaultlint.vault.index import Index
from vaultlint.vault.links import Target

WORDS = frozenset({Aspect.WORDS})


def replace(
    note: Note,
    span: Span,
    text: str,
    trust: Applicability = Applicability.SAFE,
    may_change: frozenset[Aspect] = frozenset(),
    kind: Kind = Kind.CONTENT,
) -> Fix:
    """A fix of one edit."""
    return Fix(f"write '{text}'", (Edit(note.path, span, text),), trust, kind, may_change)


class _Words(NoteRule):
    """Finds a word, and may write another in its place."""

    group = Group.STYLE
    word: str
    other: str | None = None
    trust = Applicability.SAFE
    may_change: frozenset[Aspect] = frozenset()
    kind = Kind.CONTENT

    def check(self, note: Note) -> Iterator[Finding]:
        """Find the word."""
        for found in re.finditer(re.escape(self.word), note.text):
            span = Span(*found.span())
            other = self.other
            fix = None if other is None else replace(note, span, other, self.trust, self.may_change, self.kind)
            yield self.find(span, f"the word '{self.word}'", fix=fix)


class NoTodo(_Words):
    """TODO becomes DONE."""

    name = "no-todo"
    word, other, may_change = "TODO", "DONE", WORDS


class NoDone(_Words):
    """DONE becomes TODO: it fights with the rule above."""

    name = "no-done"
    word, other, may_change = "DONE", "TODO", WORDS


class NoTodoList(_Words):
    """Overlaps with `no-todo`."""

    name = "no-todo-list"
    word, other, may_change = "TODO list", "tasks", WORDS


class Maybe(_Words):
    """A fix that is not safe."""

    name = "no-maybe"
    word, other, trust, may_change = "maybe", "surely", Applicability.UNSAFE, WORDS


class Sly(_Words):
    """Takes a tag away and does not say so."""

    name = "sly"
    word, other = "#tag", "tag"


class Open(_Words):
    """Takes a tag away, and says so."""

    name = "open"
    word, other, may_change = "#tag", "tag", frozenset({Aspect.TAGS})


class Later(NoteRule):
    """A fix whose proof fails as long as there is a TODO: it takes a tag along."""

    name = "later"
    group = Group.STYLE

    def check(self, note: Note) -> Iterator[Finding]:
        """Find the words `old #tag`."""
        start = note.text.find("old #tag")
        if start >= 0:
            text = "new tag" if "TODO" in note.text else "new #tag"
            edit = Edit(note.path, Span(start, start + len("old #tag")), text)
            fix = Fix("renew it", (edit,), Applicability.SAFE, may_change=WORDS, tentative=True)
            yield self.find(edit.span, "old", fix=fix)


class Idle(_Words):
    """A fix that writes what is there already."""

    name = "idle"
    word, other = "fine", "fine"


class Layout(_Words):
    """Says that it changes layout alone, and changes a word."""

    name = "layout"
    word, other, kind = "word", "world", Kind.LAYOUT


class Raises(NoteRule):
    """Raises over some notes."""

    name = "raises"
    group = Group.STYLE

    def check(self, note: Note) -> Iterator[Finding]:
        """Find the first letter, then raise."""
        if "RAISE" in note.text:
            yield self.find(Span(0, 1), "the first letter")
            raise RuntimeError("out of order")
        if "LEAVE" in note.text:
            sys.exit("leaving")


class Dies(NoteRule):
    """Ends the process over some notes."""

    name = "dies"
    group = Group.STYLE

    def check(self, note: Note) -> Iterator[Finding]:
        """Never come back."""
        if "DIE" in note.text:
            os._exit(3)
        yield from ()


class Sleeps(NoteRule):
    """Takes its time over some notes."""

    name = "sleeps"
    group = Group.STYLE

    def check(self, note: Note) -> Iterator[Finding]:
        """Sleep for a minute."""
        if "SLEEP" in note.text:
            time.sleep(60)
        yield from ()


class Outside(NoteRule):
    """Finds something behind the end of the note."""

    name = "outside"
    group = Group.STYLE

    def check(self, note: Note) -> Iterator[Finding]:
        """Point too far."""
        yield self.find(Span(0, len(note.text) + 1), "too far")


class Tags(NoteRule):
    """Needs tags: asks for the text of the first one."""

    name = "has-tag"
    group = Group.TAGS
    needs = frozenset({"tags"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Fail where there is none."""
        yield self.find(note.tags[0].span, f"the tag '{note.tags[0].name}'")


class Lost(LinkRule):
    """A link that leads nowhere; the hint and the fix are made late."""

    name = "lost"
    group = Group.LINKS
    only_faults = True

    def check(self, link: LinkFact, target: Target, index: Index) -> Iterator[Finding]:
        """Find what is missing; a link that is found is never shown to this rule."""
        if not (target.missing or target.heading_missing or target.block_missing or target.ambiguous):
            raise AssertionError("a link without a fault")
        if target.missing:
            yield self.find(
                link.path_span,
                f"no file named '{link.path}'",
                hint=lambda: index.near(link.path),
                fix=lambda: self._fix(link, target, index),
            )

    def _fix(self, link: LinkFact, target: Target, index: Index) -> Fix | None:
        near = index.near(link.path)
        if near is None:
            return None
        edit = Edit(target.source, link.path_span, near)
        return Fix(f"link to '{near}'", (edit,), Applicability.UNSAFE, may_change=frozenset({Aspect.LINKS}))


class LateFailure(LinkRule):
    """Raises only when its hint or fix is asked for."""

    name = "late-failure"
    group = Group.LINKS

    def check(self, link: LinkFact, target: Target, index: Index) -> Iterator[Finding]:
        """Find every link."""
        safe = Applicability.SAFE
        yield self.find(link.span, "late", hint=self._fail, fix=self._fail, at_most=safe)

    def _fail(self) -> None:
        raise RuntimeError("out of order")


class EveryLink(LinkRule):
    """Every link, and raises over one."""

    name = "every-link"
    group = Group.LINKS
    severity = Severity.INFO

    def check(self, link: LinkFact, target: Target, index: Index) -> Iterator[Finding]:
        """Say where it leads."""
        if link.path == "BAD":
            raise RuntimeError("out of order")
        yield self.find(link.span, f"leads to {target.path}")


class Collision(VaultRule):
    """An alias that two notes have; mended in both at once."""

    name = "collision"
    group = Group.ALIASES

    def check(self, index: Index) -> Iterator[Finding]:
        """Put ever more exclamation marks behind the alias in the notes that have it."""
        for text, places in index.aliases.items():
            if len(places) < 2:
                continue
            edits = tuple(
                Edit(path, Span(fact.span.end, fact.span.end), "!" * (n + 1)) for n, (path, fact) in enumerate(places)
            )
            fix = Fix("shout", edits, Applicability.SAFE, may_change=frozenset({Aspect.PROPERTIES}))
            path, fact = places[0]
            yield self.find(fact.span, f"the alias '{text}' twice", path=path, fix=fix)


class Far(VaultRule):
    """Points behind the end of a note, and at a note that is not there."""

    name = "far"
    group = Group.FILES

    def check(self, index: Index) -> Iterator[Finding]:
        """Point too far."""
        yield self.find(Span(0, 0), "nowhere", path="Nowhere.md")
        path = index.files.notes[0]
        yield self.find(Span(0, 1), "near enough", path=path)
        yield self.find(Span(3, 1000), "too far", path=path)


class Clumsy(NoteRule):
    """A fix whose edits overlap."""

    name = "clumsy"
    group = Group.STYLE

    def check(self, note: Note) -> Iterator[Finding]:
        """Mend the first letters twice."""
        edits = (Edit(note.path, Span(0, 2), "x"), Edit(note.path, Span(1, 3), "y"))
        yield self.find(Span(0, 3), "clumsy", fix=Fix("mend", edits, Applicability.SAFE))


class RaisesOverVault(VaultRule):
    """Raises over the vault."""

    name = "raises-over-vault"
    group = Group.FILES

    def check(self, index: Index) -> Iterator[Finding]:
        """Raise."""
        raise RuntimeError("out of order")


class RaisesByNote(VaultRule):
    """Judges note by note, and raises where a tag does not stand at the start."""

    name = "raises-by-note"
    group = Group.FILES

    def check_note(self, path: str, index: Index) -> Iterator[Finding]:
        """Raise, or find nothing."""
        if index.facts[path].tags[0].span.start:
            raise RuntimeError("out of order")
        yield from ()


class Elsewhere(LinkRule):
    """Judges a link, and speaks of the note that it leads to."""

    name = "elsewhere"
    group = Group.LINKS

    def check(self, link: LinkFact, target: Target, index: Index) -> Iterator[Finding]:
        """Speak of it."""
        yield self.find(link.span, "linked to", path=target.path)


class Clock(VaultRule):
    """Tells the time."""

    name = "clock"
    group = Group.FILES
    reads_clock = True

    def check(self, index: Index) -> Iterator[Finding]:
        """Tell it."""
        yield self.find(Span(0, 0), f"{self.context.now}", path=index.files.notes[0])


class Renames(VaultRule):
    """Wants to rename a file."""

    name = "renames"
    group = Group.FILES

    def check(self, index: Index) -> Iterator[Finding]:
        """Rename the first note."""
        path = index.files.notes[0]
        fix = Fix("rename", (Rename(path, "New.md"),), Applicability.SAFE)
        yield self.find(Span(0, 0), "a bad name", path=path, fix=fix)


class Unused(RunRule):
    """A suppression that hid nothing."""

    name = "unused"
    group = Group.META
    severity = Severity.INFO

    def check(self, run: Run) -> Iterator[Finding]:
        """Find comments that no finding used."""
        for path, suppressions in run.suppressions.items():
            used = {place for place, _ in run.used[path]}
            for place, suppression in enumerate(suppressions):
                if place not in used:
                    yield self.find(suppression.span, "hides nothing", path=path)


class Counted(Struct, frozen=True):
    """What `same-count` wants to know of a note."""

    count: int


class SameCount(VaultRule):
    """Two notes say TODO equally often: seen in the text, judged over the vault."""

    name = "same-count"
    group = Group.STYLE
    Gathered = Counted

    def gather(self, note: Note) -> Counted | None:
        """How often the note says it, where it does; it fails over a note that says so."""
        if "GATHER FAILS" in note.text:
            raise RuntimeError("as asked")
        count = note.text.count("TODO")
        return Counted(count) if count else None

    def check(self, index: Index) -> Iterator[Finding]:
        """Tell the later one of each pair."""
        seen: dict[int, str] = {}
        for path, counted in self.gathered(index).items():
            if counted.count in seen:
                yield self.find(Span(0, 0), f"as often as in '{seen[counted.count]}'", path=path)
            seen[counted.count] = path


class _Titled(NoteRule):
    """Adds a property that another rule adds, too, in a place of its own."""

    group = Group.STYLE
    anchor: str

    def check(self, note: Note) -> Iterator[Finding]:
        """Find properties without it."""
        if note.property("title") is None and note.property("a") is not None:
            place = note.text.index(self.anchor)
            edit = Edit(note.path, Span(place, place), f"title: {self.name}\n")
            fix = Fix("add a title", (edit,), Applicability.SAFE, may_change=frozenset({Aspect.PROPERTIES}))
            yield self.find(Span(0, 3), "no title", fix=fix)


class TitledAbove(_Titled):
    """On top."""

    name = "titled-above"
    anchor = "a:"


class TitledBelow(_Titled):
    """At the end."""

    name = "titled-below"
    anchor = "---\nText"


class Headline(_Words):
    """Another word, in a heading as well."""

    name = "headline"
    word, other, may_change = "TODO", "DONE", frozenset({Aspect.HEADINGS, Aspect.WORDS})


class Reaching(NoteRule):
    """Writes at the top of another note."""

    name = "reaching"
    group = Group.STYLE

    def check(self, note: Note) -> Iterator[Finding]:
        """Find the word `reach`."""
        if note.text.startswith("reach "):
            edits = (Edit(note.path, Span(0, 5), "reached:"), Edit("b.md", Span(0, 2), ""))
            yield self.find(Span(0, 5), "reaching", fix=Fix("reach", edits, Applicability.SAFE, may_change=WORDS))
