"""What the rest of the vault must know of one note: small, self-sufficient, cheap to send."""

from __future__ import annotations

from array import array
from bisect import bisect_right

from msgspec import Struct

from vaultlint.note.model import Position, Span


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
    """What one note tells the rest of the vault."""

    path: str
    """Vault-relative, POSIX."""
    lines: bytes
    """The offsets at which lines start, as an array of C unsigned ints (see `position`)."""
    links: tuple[LinkFact, ...] = ()
    headings: tuple[HeadingFact, ...] = ()
    blocks: tuple[BlockFact, ...] = ()
    doubtful_blocks: tuple[str, ...] = ()
    """Ids, lower case, that close a line where no block ends, or right behind a CJK sign: the app may read them."""
    aliases: tuple[NameFact, ...] = ()
    tags: tuple[NameFact, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    gathered: tuple[tuple[str, bytes], ...] = ()
    """What rules over the whole vault want to know of this note: name of the rule, and its value in MessagePack."""

    def position(self, offset: int) -> Position:
        """Where a code point of the note stands, as people count it."""
        starts = array("I")
        starts.frombytes(self.lines)
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)
