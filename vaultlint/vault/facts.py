"""What the rest of the vault must know of one note: small, self-sufficient, cheap to send."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from vaultlint.note.model import Position, Span
from vaultlint.vault.column import Column, packed

if TYPE_CHECKING:
    from collections.abc import Sequence


class LinkFact(Struct, frozen=True, array_like=True, gc=False):
    """One link, embed, image or property link to something inside the vault."""

    span: Span
    path: str
    """What is looked up: decoded, trimmed, NFC, without subpath. Empty: the note itself."""
    path_span: Span
    """As written (percent-encoded in Markdown links)."""
    subpath: tuple[str, ...]
    """The segments behind each `#`; a block id begins with `^`."""
    subpath_span: Span
    """From behind the first `#` to the end of the last segment; empty where there is none."""
    alias: str | None
    """The shown text as written: behind the bar of a wikilink, between the brackets of a Markdown link."""
    embed: bool
    markdown: bool
    property_key: str | None = None
    """`related`, `related.0`, ... for a link in the frontmatter."""
    in_table: bool = False
    in_comment: bool = False
    in_angle: bool = False
    """The destination of a Markdown link stands in angle brackets: spaces need no encoding."""

    @property
    def target(self) -> str:
        """Path and subpath together, as the app's cache names a link."""
        return "#".join((self.path, *self.subpath))


class HeadingFact(Struct, frozen=True, array_like=True, gc=False):
    """One heading at the root of the note."""

    level: int
    text: str
    span: Span


class BlockFact(Struct, frozen=True, array_like=True, gc=False):
    """One block id, as written, without the `^`."""

    id: str
    span: Span


class NameFact(Struct, frozen=True, array_like=True, gc=False):
    """One alias or tag with its place."""

    text: str
    span: Span
    in_frontmatter: bool = False


class Suppression(Struct, frozen=True, array_like=True, gc=False):
    """One comment for vaultlint, or those of its rules that end at one place, or a property; see `suppressions.py`."""

    span: Span
    """The whole comment, or property."""
    rules: tuple[str, ...]
    """The names written; empty: every rule."""
    name_spans: tuple[Span, ...]
    all_name_spans: tuple[Span, ...]
    """Those of the whole comment, in order."""
    first_line: int
    last_line: int
    """Both included, from 1; to the end is `2**31 - 1`. It is before the first where nothing is hidden."""
    kind: str
    """`disable`, `line`, `next-line`, `file`; `enable` for one that ends nothing; `property`; else `unknown` and it."""
    removal_span: Span
    """What to take out so that no trace of it stays."""


class Facts(Struct, frozen=True, array_like=True, gc=False):
    """What one note tells the rest of the vault.

    Its parts stay as they come from a worker, or from the cache: of most notes nobody asks for all of them.
    """

    path: str
    """Vault-relative, POSIX."""
    lines: bytes
    """The offsets at which lines start, as an array of C unsigned ints (see `position`)."""
    columns: tuple[bytes, ...] = ()
    """The parts below in MessagePack; empty for what is empty."""

    links = Column(0, tuple[LinkFact, ...])
    targets = Column(1, tuple[tuple[str, ...], ...])
    """What the links name, each but once: a path and the segments of its subpath."""
    headings = Column(2, tuple[HeadingFact, ...])
    blocks = Column(3, tuple[BlockFact, ...])
    doubtful_blocks = Column(4, tuple[str, ...])
    """Ids, lower case, that close a line where no block ends, or right behind a CJK sign: the app may read them."""
    aliases = Column(5, tuple[NameFact, ...])
    tags = Column(6, tuple[NameFact, ...])
    suppressions = Column(7, tuple[Suppression, ...])
    gathered = Column(8, tuple[tuple[str, bytes], ...])
    """What rules over the whole vault want to know of this note: name of the rule, and its value in MessagePack."""

    @classmethod
    def of(
        cls,
        path: str,
        lines: bytes = b"",
        *,
        links: Sequence[LinkFact] = (),
        headings: Sequence[HeadingFact] = (),
        blocks: Sequence[BlockFact] = (),
        doubtful_blocks: Sequence[str] = (),
        aliases: Sequence[NameFact] = (),
        tags: Sequence[NameFact] = (),
        suppressions: Sequence[Suppression] = (),
    ) -> Facts:
        """The facts of these parts."""
        targets = list(dict.fromkeys([(link.path, *link.subpath) for link in links]))
        parts = (links, targets, headings, blocks, doubtful_blocks, aliases, tags, suppressions, ())
        return cls(path, lines, tuple([packed(part) if part else b"" for part in parts]))

    @property
    def has_links(self) -> bool:
        """Whether there is a link; nothing is decoded for that."""
        return self.has(Facts.links)

    def has(self, part: Column[Any]) -> bool:
        """Whether there is anything in a part (`Facts.links`, ...); nothing is decoded for that."""
        return bool(self.columns[part.place])

    def only(self, *parts: Column[Any]) -> Facts:
        """The same facts without all other parts."""
        places = [part.place for part in parts]
        kept = tuple([data if place in places else b"" for place, data in enumerate(self.columns)])
        return Facts(self.path, self.lines, kept)

    def with_links_of(self, other: Facts) -> Facts:
        """The same facts with the links of others."""
        facts = self
        for part in (Facts.links, Facts.targets):
            facts = facts._with(part, other.columns[part.place])
        return facts

    def with_gathered(self, gathered: Sequence[tuple[str, bytes]]) -> Facts:
        """The same facts with what rules gathered."""
        return self._with(Facts.gathered, packed(gathered))

    def with_headings(self, headings: Sequence[HeadingFact]) -> Facts:
        """The same facts with other headings."""
        return self._with(Facts.headings, packed(headings))

    def _with(self, part: Column[Any], data: bytes) -> Facts:
        at = part.place
        return Facts(self.path, self.lines, (*self.columns[:at], data, *self.columns[at + 1 :]))

    def position(self, offset: int) -> Position:
        """Where a code point of the note stands, as people count it."""
        starts = array("I")
        starts.frombytes(self.lines)
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)
