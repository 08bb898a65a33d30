"""How a finding is mended: edits and renames, with how far they may be trusted."""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import TypeAlias

from msgspec import Struct

from vaultlint.note.model import Span  # noqa: TC001  msgspec reads the annotations


class Applicability(IntEnum):
    """How far a fix may be trusted; may it be applied is one comparison."""

    SUGGESTION = 1
    """Shown, never applied in bulk."""
    UNSAFE = 2
    """Applied with `--unsafe-fixes`; the fix's `reason` says what could be wrong."""
    SAFE = 3
    """Applied by `--fix`."""


class Kind(Enum):
    """What a fix claims to leave alone."""

    LAYOUT = "layout"
    """The meaning of the note stays equal."""
    CONTENT = "content"
    """Only what `Fix.may_change` names, inside the edits, changes."""


class Aspect(Enum):
    """A part of a note's meaning that a content fix may say it changes."""

    LINKS = "links"
    """Where links and embeds lead, in the text and in properties. Text may become a link that shows it, and a link the
    text that it showed; none comes of nothing or goes with its words."""
    ALIASES = "aliases"
    """What links show, titles of Markdown links included."""
    TAGS = "tags"
    """Names of tags in the text (those of the frontmatter are `PROPERTIES`). None comes of nothing or goes."""
    BLOCK_IDS = "block ids"
    """Block ids, what they name, and whether there is one."""
    HEADINGS = "headings"
    """Text and level of headings. None comes or goes."""
    NEW_HEADINGS = "new headings"
    """Beside `HEADINGS`: headings that come where there was nothing, or a text that the edit replaces. None goes."""
    PROPERTIES = "properties"
    """The properties that the edits touch: keys, values, and whether there is one."""
    TIMESTAMPS = "timestamps"
    """Times of recordings, in text, links and the attribute `data-t`."""
    COMMENTS = "comments"
    """Comments of either kind and of YAML, and whether there is one; not the links and tags in them."""
    LISTS = "lists"
    """How items are nested, their order, the state of tasks. An item moves as a whole; what is its own stays. With
    `WORDS`, text may become an item, and none moves."""
    TABLES = "tables"
    """Where cells begin and end. None is pushed beyond the head's columns."""
    CALLOUTS = "callouts"
    """Types and fold marks of callouts, and which quotes are callouts: not what is said in them."""
    LANGUAGES = "languages"
    """What stands behind the opening fence of a code block."""
    FOOTNOTES = "footnotes"
    """The names of footnotes, and where their definitions stand. None comes or goes, and each means the same."""
    WORDS = "words"
    """Plain text, and where in it lines break. With `TAGS`, a paragraph of tags may come or go."""
    LINE_BREAKS = "line breaks"
    """How a line ends: by two spaces, a backslash, `<br>` or nothing but its end. The lines stay the same."""


class Edit(Struct, frozen=True, order=True, tag="edit"):
    """The text at `span` of the note `path` becomes `text`."""

    path: str
    span: Span
    text: str


class Rename(Struct, frozen=True, tag="rename"):
    """The file `path` becomes `to`; both vault-relative."""

    path: str
    to: str


Change: TypeAlias = Edit | Rename


class Fix(Struct, frozen=True):
    """Changes that are applied all or none, over all their notes.

    A fix declares what it may change, by `kind` and `may_change`, and is refused where it would change more. So declare
    what it needs and nothing else: it is the proof that guards a note. The rule's note says the same in `changes`.
    """

    title: str
    """What it does, in a few words of a note's owner: `link to 'Recipes'`."""
    changes: tuple[Change, ...]
    applicability: Applicability
    kind: Kind = Kind.CONTENT
    may_change: frozenset[Aspect] = frozenset()
    """What changes inside the edits, for `Kind.CONTENT`: `{Aspect.WORDS}` where a plain word is written anew."""
    reason: str = ""
    """Why it is not safe; shown with the fix."""
    tentative: bool = False
    """Whether the proof decides if it can be made, for a rule that sees no text: else it is left out, unsaid."""
