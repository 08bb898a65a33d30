"""The node types of one note: frozen values, each with the span of text that it covers.

All spans are half-open ranges of code points of `Note.text`, from 0. A node's `span` is the whole construct
(brackets, `!`, `#`, `^` included); its parts have spans of their own. A part that is not there is `None`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Span(Struct, frozen=True, order=True, array_like=True, gc=False):
    """A half-open range of a note's text, in code points from 0."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The part of `text` that this span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def __len__(self) -> int:
        return self.end - self.start


class Position(Struct, frozen=True, order=True, array_like=True, gc=False):
    """A place in a note as people count it: line and column from 1, columns in code points."""

    line: int
    column: int


Scalar: TypeAlias = str | int | float | bool | None
YamlValue: TypeAlias = "Scalar | Sequence[YamlValue] | Mapping[str, YamlValue]"


class LineBreak(Struct, frozen=True, gc=False):
    """The end of a line behind which the text of its block goes on."""

    span: Span
    """What ends the line before its line break: white space, and a backslash or `<br>`; often empty."""
    style: str
    """`spaces`, `backslash` or `html` for a break that shows wherever; empty where the line just ends."""


class Heading(Struct, frozen=True):
    """A heading at the root of the note (observed 39): those in lists and quotes are not indexed by the app."""

    span: Span
    level: int
    text: str
    """The raw source text, trimmed, without a closing run of `#` (observed 41)."""
    text_span: Span
    setext: bool = False


class Subpath(Struct, frozen=True):
    """One segment behind a `#`: a heading's text, or a block id where `block` is set."""

    text: str
    """Without the `#`, and without the `^` of a block id; decoded in Markdown links."""
    span: Span
    """Without the `#`; with the `^`."""
    block: bool = False


class Wikilink(Struct, frozen=True):
    """`[[path#subpath|alias]]`, or an embed with `!` before it."""

    span: Span
    embed: bool
    target: str
    """All before the first bar, trimmed, NFC: the `link` field of the app's cache (observed 20)."""
    target_span: Span
    path: str
    """The part of `target` before the first `#`, trimmed."""
    path_span: Span
    subpath: tuple[Subpath, ...] = ()
    alias: str | None = None
    """The text after the first bar as written, spaces included; `None` where there is no bar."""
    alias_span: Span | None = None
    bar_span: Span | None = None
    """The first bar, with the backslash before it where there is one."""
    in_table: bool = False
    in_comment: bool = False
    """Inside `%%` comments, which do not hide links (observed 4)."""


class Link(Struct, frozen=True):
    """A Markdown link or image: `[text](destination)`, `[text][label]`, `<https://...>`."""

    span: Span
    image: bool
    text: str
    text_span: Span
    destination: str
    """Percent-decoded where internal (observed 33), trimmed, NFC; as written where external."""
    destination_span: Span | None
    """As written, without angle brackets; of the definition for a reference link."""
    form: str = "inline"
    """`inline`, `angle` (a destination in angle brackets), `reference` or `autolink`."""
    external: bool = False
    """Has a scheme, or `://` inside (observed 14): not indexed by the app, never resolved."""
    path: str = ""
    path_span: Span | None = None
    subpath: tuple[Subpath, ...] = ()
    in_table: bool = False
    in_comment: bool = False
    label: str = ""
    """Of a reference link: the name of its definition, as written."""

    @property
    def embed(self) -> bool:
        """Whether the link shows its target in place, as an image does."""
        return self.image


class Definition(Struct, frozen=True):
    """A reference definition: `[label]: destination "title"`."""

    span: Span
    label: str
    destination: str
    destination_span: Span


class Tag(Struct, frozen=True):
    """A `#tag` in the body (those of the frontmatter are property values)."""

    span: Span
    name: str
    """Without the `#`, in the case written (observed 50)."""
    in_comment: bool = False


class Section(Struct, frozen=True):
    """One block at the root of the note, as the app's cache divides it (observed 59)."""

    span: Span
    type: str
    """`yaml`, `heading`, `paragraph`, `list`, `code`, `callout`, `blockquote`, `comment`, `html`, `table`, `math`,
    `thematicBreak` or `footnoteDefinition`."""


class BlockId(Struct, frozen=True):
    """`^id` at the end of a block, or on a line of its own after one."""

    span: Span
    """With the `^`."""
    id: str
    """As written, without the `^`; compared without regard to case (semantics 4.2)."""
    block_span: Span
    """What the id names: the paragraph, list item, list, quote, table, ..."""


class Item(Struct, frozen=True, gc=False):
    """One item of a property that is a list."""

    value: YamlValue
    span: Span
    """As written, quotes included, comments not."""
    style: str
    """`plain`, `single`, `double`, `literal`, `folded`, `flow`, `block` or `null`."""


class Property(Struct, frozen=True, gc=False):
    """One top-level key of the frontmatter with its value."""

    key: str
    key_span: Span
    """As written, quotes included."""
    value: YamlValue
    """As Obsidian reads it: YAML 1.2 core schema, dates as text."""
    value_span: Span
    """As written, quotes included, comments not; empty, behind the colon, where there is no value."""
    style: str
    """Of the value: `plain`, `single`, `double`, `literal`, `folded`, `flow`, `block` or `null`."""
    items: tuple[Item, ...] = ()
    """The items where the value is a list; empty otherwise."""
    span: Span = Span(0, 0)
    """All of it: from the key to the end of the value's last line, line break not included."""


class PropertyLink(Struct, frozen=True):
    """A wikilink that is a whole string value, or a list item, of a property (observed 56)."""

    key: str
    """`related`, and `related.0`, `related.1` for the items of a list."""
    link: Wikilink


class FrontmatterError(Struct, frozen=True):
    """Why the app reads no property of this note."""

    kind: str
    """`unclosed`, `misplaced`, `syntax`, `duplicate`, `not-a-map`, `too-deep` or `too-large`."""
    message: str
    """In a note owner's words, without place and without full stop."""
    span: Span
    """The exact place, at least one code point wide where the text allows it."""


class Callout(Struct, frozen=True):
    """`> [!type]± title` and its body."""

    span: Span
    type: str
    """As written, without the metadata behind a bar."""
    type_span: Span
    fold: str
    """`+`, `-` or empty."""
    title: str
    title_span: Span
    depth: int
    """1 for a callout that is in no other quote."""


class Quote(Struct, frozen=True):
    """A block quote, a callout among them."""

    span: Span
    """From its own `>` on the first line to the end of its last line."""
    depth: int
    """1 for a quote that is in no other quote."""


class Emphasis(Struct, frozen=True):
    """`*emphasis*`, `_emphasis_`, `**strong**` or `__strong__`."""

    span: Span
    """With the signs: one on each side, or two where it is strong."""
    strong: bool


class Code(Struct, frozen=True):
    """Fenced, indented or inline code."""

    span: Span
    kind: str
    """`fenced`, `indented` or `inline`."""
    content_span: Span
    language: str = ""
    """The first word behind the fence."""
    info_span: Span | None = None
    closed: bool = True


class Math(Struct, frozen=True):
    """`$inline$` or `$$display$$`."""

    span: Span
    display: bool
    content_span: Span
    closed: bool = True


class Comment(Struct, frozen=True):
    """`%% ... %%` or `<!-- ... -->`."""

    span: Span
    content_span: Span
    html: bool
    block: bool
    closed: bool = True


class Html(Struct, frozen=True):
    """An HTML block, or one inline tag."""

    span: Span
    block: bool


class ListItem(Struct, frozen=True):
    """One item of a list."""

    span: Span
    """From the marker to the end of the item's last line, its nested items included."""
    marker_span: Span
    """`-`, `*`, `+`, `1.` or `1)`."""
    content_span: Span
    """The item's own first paragraph, without marker and task box; may be empty."""
    parent: int | None
    """The place in `Note.items` of the item that holds this one."""
    list: int
    """The place in `Note.lists` of the list that it belongs to."""
    task: str | None = None
    """The raw character between the brackets of a task (observed 62)."""
    task_span: Span | None = None
    """The brackets with the character."""


class List(Struct, frozen=True):
    """A run of items of one kind of marker at one level."""

    span: Span
    ordered: bool
    items: tuple[int, ...]
    """The places in `Note.items` of its own items, in order."""


class Cell(Struct, frozen=True):
    """One cell of a table: the text between its bars, trimmed."""

    span: Span


class Row(Struct, frozen=True):
    """One row of a table."""

    span: Span
    cells: tuple[Cell, ...]


class Table(Struct, frozen=True):
    """A table: its first row is the head; the row of dashes is not among the rows."""

    span: Span
    rows: tuple[Row, ...]


class Footnote(Struct, frozen=True):
    """`[^id]`, `[^id]: text` or `^[text]`."""

    span: Span
    kind: str
    """`reference`, `definition` or `inline`."""
    id: str
    content_span: Span | None = None


class Highlight(Struct, frozen=True):
    """`==text==`."""

    span: Span
    content_span: Span


class InlineField(Struct, frozen=True):
    """A Dataview field: `key:: value` on a line, `[key:: value]` or `(key:: value)`."""

    span: Span
    key: str
    key_span: Span
    value: str
    value_span: Span


class Templater(Struct, frozen=True):
    """`<% ... %>`; may span lines."""

    span: Span


class Timestamp(Struct, frozen=True):
    """A place in a recording, written as a time.

    It is written once or twice: as `text` that people see, and as `code` that machines follow (an attribute, a link's
    parameter, a media fragment). `seconds` is what it means: the text's time where there is text, else the code's.
    """

    span: Span
    form: str
    """`anchor` (`<a data-t>`), `link` (`?t=`, `start=`), `embed` (`#t=`) or `bare`."""
    seconds: int | None
    """`None` where it is no time (the seconds over 59, a part missing)."""
    text: str
    text_span: Span
    """The time as shown, without brackets; equal to `code_span` where it stands only in the code."""
    code: str | None = None
    code_span: Span | None = None
    code_seconds: int | None = None
    url: str | None = None
    """The recording's link, for the form `link`."""
