"""The four kinds of rules. A rule's kind is its permission: what `check` gets is all it can see."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec.structs import replace

from vaultlint.rule.finding import Finding, LazyFix, LazyHint, Related, Severity
from vaultlint.rule.fix import Applicability

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultlint.note.model import Span
    from vaultlint.note.note import Note
    from vaultlint.rule.context import Context
    from vaultlint.rule.run import Run
    from vaultlint.vault.facts import LinkFact
    from vaultlint.vault.index import Index
    from vaultlint.vault.links import Target


class Group(Enum):
    """The families of rules; a name that `--select` takes."""

    FRONTMATTER = "frontmatter"
    LINKS = "links"
    ALIASES = "aliases"
    HEADINGS = "headings"
    TAGS = "tags"
    TIMESTAMPS = "timestamps"
    DATES = "dates"
    CALLOUTS = "callouts"
    BLOCKS = "blocks"
    TABLES = "tables"
    STYLE = "style"
    FILES = "files"
    META = "meta"


class Status(Enum):
    """How settled a rule is."""

    PREVIEW = "preview"
    STABLE = "stable"
    DEPRECATED = "deprecated"


class Rule:
    """What all rules have. A rule keeps nothing between calls: it may run in any order and any process."""

    name: ClassVar[str]
    """One kebab-case name, stable for ever once released; reads well behind the word 'allow'."""
    group: ClassVar[Group]
    severity: ClassVar[Severity] = Severity.WARNING
    status: ClassVar[Status] = Status.STABLE
    since: ClassVar[str] = "0.1.0"
    """The version that brought it."""
    Options: ClassVar[type[Any] | None] = None
    """A frozen dataclass with fields `Annotated[type, "what it means"] = default`; see `options.py`."""
    reads_clock: ClassVar[bool] = False
    """Whether the answer can change from one day to the next."""
    reads_git: ClassVar[bool] = False
    """Whether the answer can change with the history alone."""
    in_templates: ClassVar[bool | None] = None
    """Whether it speaks of templates; `None`: as its group says (see `exempt.py`)."""
    in_plugin_notes: ClassVar[bool | None] = None
    """Whether it speaks of notes that a plug-in owns, such as drawings; `None`: as its group says."""

    def __init__(self, options: Any = None, context: Context | None = None) -> None:
        from vaultlint.rule.context import Context

        self.options: Any = options if options is not None or self.Options is None else self.Options()
        self.context = context if context is not None else Context()

    def find(
        self,
        span: Span,
        message: str,
        *,
        path: str | None = None,
        hint: LazyHint = None,
        fix: LazyFix = None,
        at_most: Applicability = Applicability.UNSAFE,
        related: tuple[Related, ...] = (),
        severity: Severity | None = None,
    ) -> Finding:
        """A finding of this rule; see `Finding` for what the parts mean."""
        return Finding(span, message, path, hint, fix, at_most, related, severity)


class NoteRule(Rule):
    """Judges the text of one note. Runs in a worker."""

    needs: ClassVar[frozenset[str]] = frozenset()
    """Names of `Note` attributes (`wikilinks`, `timestamps`): a note where all are empty is skipped."""

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield what is wrong in this note."""
        raise NotImplementedError


class LinkRule(Rule):
    """Judges one link with what it resolves to. Sees no text."""

    only_faults: ClassVar[bool] = False
    """Whether it speaks only of links that lead to no file, heading or block, or that several files answer
    to: it is called for no others then."""
    only_near: ClassVar[bool] = False
    """Whether it asks the index for nothing but files, the facts of a link's source and target, who lists its path as
    an alias, and the links with a subpath that lead to its source: a cluster then runs it where the note is."""

    def concerns(self, name: str, path: str | None) -> bool:
        """Whether it may speak of a link that names this and leads to this file; `None`: to none, or to many.

        A cheap look at what a note names, each thing but once: it is called for no link of a note else.
        """
        return True

    def check(self, link: LinkFact, target: Target, index: Index) -> Iterator[Finding]:
        """Yield what is wrong with this link; `target.source` is the note that it stands in."""
        raise NotImplementedError


class VaultRule(Rule):
    """Judges the facts of all notes together.

    What a note's facts do not tell, a rule gathers from the note itself, while its text is at hand.
    """

    Gathered: ClassVar[type[Any] | None] = None
    """What `gather` returns: a type that msgspec can encode; `None`: the rule gathers nothing."""

    @property
    def gathers(self) -> bool:
        """Whether there is anything to gather in this vault; by default where the rule has a type for it."""
        return self.Gathered is not None

    def gather(self, note: Note) -> Any:
        """What `check` must know of this note; `None` for nothing. Runs in a worker, for every note not excluded."""

    def gathered(self, index: Index) -> dict[str, Any]:
        """Note path -> what was gathered from it, by path."""
        return index.gathered(self.name, self.Gathered) if self.Gathered is not None and self.gathers else {}

    @property
    def by_note(self) -> bool:
        """Whether the rule judges note by note, with `check_note`: a change then costs but the notes it touches."""
        return type(self).check_note is not VaultRule.check_note

    def check_note(self, path: str, index: Index) -> Iterator[Finding]:
        """Yield what is wrong in one note, which could be read; other notes are known by the index alone."""
        raise NotImplementedError

    def notes(self, index: Index) -> Iterable[str]:
        """The notes in which `check_note` may find something; by default all."""
        return index.facts

    def told(self, path: str, index: Index) -> Any:
        """What was gathered from one note; `None` for nothing."""
        return index.told(path, self.name, self.Gathered) if self.Gathered is not None and self.gathers else None

    def check(self, index: Index) -> Iterator[Finding]:
        """Yield what is wrong; every finding names its `path`. By default what is wrong in each note."""
        for path in sorted(self.notes(index)):
            for found in self.check_note(path, index):
                yield replace(found, path=path)


class RunRule(Rule):
    """Judges what the run did, such as suppressions that hid nothing."""

    def check(self, run: Run) -> Iterator[Finding]:
        """Yield what is wrong; every finding names its `path`."""
        raise NotImplementedError
