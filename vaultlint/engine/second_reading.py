"""The second half of the proof: what edits changed, as mistune with the plug-ins of `vaultlint.tree` reads a note.

It shares no code with the first half, and knows no places: what fixes may change is left out of both versions, or laid
beside each other, and all else must be equal.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from vaultlint.engine.aligned import changes
from vaultlint.engine.yaml_meaning import said_in
from vaultlint.rule.fix import Aspect
from vaultlint.tree import parse
from vaultlint.tree.meaning import Entry, meaning

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
    from typing import Any

    from vaultlint.engine.edited import Licence


def read(text: str) -> tuple[Entry, ...]:
    """What a note says. Raises `vaultlint.tree.Unreadable` where that can't be had within bounds."""
    return meaning(parse(text))


def what_changed(
    before: Sequence[Entry], after: Sequence[Entry], licence: Licence, leads_to: Callable[[str], str]
) -> str | None:
    """What of the meaning changed without licence, in a word or two for a note's owner; `None`: nothing.

    `licence` is all that the fixes together may change, `leads_to` as in the first reading.
    """
    old, new = (_Sayings(licence, leads_to).of(entries) for entries in _blocks_that_differ(before, after))
    gone: list[_Saying] = []
    come: list[_Saying] = []
    for then, now in changes([each.key for each in old], [each.key for each in new]):
        gone += old[slice(*then)]
        come += new[slice(*now)]
    if Aspect.LISTS in licence:
        gone, come = _without_moved(gone, come)
    return _unlicensed(gone, come, licence)


def _blocks_that_differ(one: Sequence[Entry], other: Sequence[Entry]) -> tuple[Sequence[Entry], Sequence[Entry]]:
    """Both without the blocks at the beginning and the end that are the same."""
    shorter = min(len(one), len(other))
    start = 0
    while start < shorter and one[start] == other[start]:
        start += 1
    if start == len(one) == len(other):
        return (), ()
    end = 0
    while end < shorter - start and one[-1 - end] == other[-1 - end]:
        end += 1
    while start and not (_opens_block(one, start) and _opens_block(other, start)):
        start -= 1
    while end and not _opens_block(one, len(one) - end):
        end -= 1
    return one[start : len(one) - end], other[start : len(other) - end]


class _Saying(NamedTuple):
    """One word, mark or block of a note."""

    kind: str
    key: tuple[str, Hashable]
    """Equal where both versions say the same, but for what may change."""
    said: str
    """All of its words."""
    shown: str | None = None
    """Of a link: what it says that it shows, where it does."""


_OF = {
    **dict.fromkeys(("property",), Aspect.PROPERTIES),
    **dict.fromkeys(("heading", "heading-raw", "heading-text"), Aspect.HEADINGS),
    **dict.fromkeys(("list", "list-start", "list-tight", "item", "task"), Aspect.LISTS),
    **dict.fromkeys(("table", "row", "cell"), Aspect.TABLES),
    **dict.fromkeys(("wikilink", "embed", "link", "image", "definition"), Aspect.LINKS),
    **dict.fromkeys(("comment", "comment-block", "property-comment"), Aspect.COMMENTS),
    **dict.fromkeys(("text", "soft-break", "hard-break"), Aspect.WORDS),
    "link-text": Aspect.ALIASES,
    "tag": Aspect.TAGS,
    "block-id": Aspect.BLOCK_IDS,
}
"""Kind -> the licence that it needs."""
_NEVER = {
    **dict.fromkeys(("code", "code-block", "math", "math-block"), "code or math"),
    **dict.fromkeys(("html", "html-block"), "HTML"),
    **dict.fromkeys(("callout", "callout-title"), "callouts"),
    **dict.fromkeys(("footnote", "footnote-ref", "footnote-inline"), "footnotes"),
    **dict.fromkeys(("emphasis", "strong", "strikethrough", "highlight"), "emphasis"),
    "quote": "quotes",
}
"""What no licence lets go, in a note owner's words."""
_TEXTS = ("text", "heading-text", "link-text")
_LINKS = ("wikilink", "embed", "link", "image")
_BECOME_TEXT = frozenset({Aspect.LINKS, Aspect.ALIASES, Aspect.TAGS, Aspect.BLOCK_IDS, Aspect.TIMESTAMPS})
_WORD = re.compile(r"[^\W_]+|[^\x00-\x7f\w]")
_SIGNS = frozenset("[]|!\\#^<>()")


def _without_moved(gone: Iterable[_Saying], come: Iterable[_Saying]) -> tuple[list[_Saying], list[_Saying]]:
    """What differs, but for what only stands elsewhere."""
    left: dict[Hashable, list[_Saying]] = {}
    for each in gone:
        left.setdefault(each.key, []).append(each)
    new = [each for each in come if not (left.get(each.key) and left[each.key].pop())]
    return [each for some in left.values() for each in some], new


def _unlicensed(gone: Sequence[_Saying], come: Sequence[_Saying], licence: Licence) -> str | None:
    """What of a difference no licence covers."""
    for side, other in ((gone, come), (come, gone)):
        for each in side:
            aspect = _OF.get(each.kind)
            if aspect in licence:
                continue
            if each.kind in _TEXTS and licence & _BECOME_TEXT and _is_said(each, other, side):
                continue
            return aspect.value if aspect is not None else _NEVER.get(each.kind, "blocks")
    if Aspect.LISTS in licence:
        return None
    if Aspect.ALIASES not in licence and not (_shown(gone) <= _words(come) and _shown(come) <= _words(gone)):
        return Aspect.ALIASES.value
    return Aspect.LINKS.value if _lost_link(gone, come) else None


def _words(sayings: Iterable[_Saying]) -> set[str]:
    return {word for each in sayings for word in _WORD.findall(each.said)}


def _shown(sayings: Iterable[_Saying]) -> set[str]:
    """The words that links show instead of what they lead to."""
    return {word for each in sayings if each.shown for word in _WORD.findall(each.shown)}


def _is_said(text: _Saying, other: Sequence[_Saying], own: Sequence[_Saying]) -> bool:
    """Whether a piece of text is said on the other side, too, where a mark has come or gone: a link, say.

    White space around the mark, and the signs that make it one, go with it.
    """
    if all(each.kind in _TEXTS for each in (*own, *other)):
        return False
    signs = set(_WORD.sub("", text.said)) - _SIGNS
    return _words(other).issuperset(_WORD.findall(text.said)) and signs.issubset("".join([each.said for each in other]))


def _lost_link(gone: Sequence[_Saying], come: Sequence[_Saying]) -> bool:
    """Whether a link has gone that left none of the words that it showed."""
    lost, new = ([each for each in side if each.kind in _LINKS and each.key[1] != "close"] for side in (gone, come))
    if len(lost) <= len(new):
        return False
    shown = [each.said if each.shown is None else each.shown for each in lost if each.kind != "link"]
    shown += [each.said for each in gone if each.kind == "link-text"]
    return not all(_words(come).issuperset(_WORD.findall(each)) for each in shown)


_FOLDED = re.compile(r"[ \n]*\n[ \n]*| +")
_HTML_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TIME = re.compile(r"\d[\d:]*:\d[\d:.]*")
_TIME_IN_LINK = re.compile(r"((?:[?&#]|\b)(?:t|start)=)[\dhms:.,]+")
_WIKILINK = re.compile(r"(!?\[\[)([^\]|]*)(\|[^\]]*)?(\]\])")
_BLOCKS = frozenset(
    {"paragraph", "heading", "heading-raw", "rule", "quote", "callout", "callout-title", "list", "list-start"}
    | {"list-tight", "item", "task", "table", "row", "cell", "footnote", "definition", "code-block", "math-block"}
    | {"comment-block", "html-block", "property", "property-comment"}
)
_RAW = frozenset({Aspect.LINKS, Aspect.ALIASES, Aspect.TAGS, Aspect.COMMENTS, Aspect.TIMESTAMPS, Aspect.BLOCK_IDS})
"""What stands in a heading as written, and may change there."""


def _opens_block(entries: Sequence[Entry], place: int) -> bool:
    """Whether a block of its own begins there; the title of a callout, say, is read with what is before it."""
    return place == len(entries) or entries[place].kind in ("paragraph", "heading", "quote", "list", "item", "table")


class _Sayings:
    """The entries of a note as sayings to compare."""

    def __init__(self, licence: Licence, leads_to: Callable[[str], str]) -> None:
        self._licence = licence
        self._leads_to = leads_to
        self._sayings: list[_Saying] = []
        self._text: list[str] = []
        self._in_heading = False
        self._in_link = 0
        self._begins = True
        """Whether nothing stands yet in the block of text that is open."""

    def of(self, entries: Iterable[Entry]) -> list[_Saying]:
        """All sayings, in order."""
        for kind, value in entries:
            if kind == "text":
                self._text.append(str(value))
            elif kind == "soft-break":
                self._text.append("\n")
            elif kind in ("comment", "comment-block", "html", "html-block"):
                self._hidden(kind, value)
            elif kind == "heading-raw":
                if not self._licence & _RAW:
                    self._add(kind, value)
            elif kind == "frontmatter":
                self._properties(str(value))
            elif kind in _LINKS:
                self._link(kind, value)
            else:
                self._add(kind, self._masked(kind, value))
        self._close()
        return self._sayings

    def _add(self, kind: str, key: Hashable, said: Hashable = None, shown: str | None = None) -> None:
        if kind in _BLOCKS:
            self._close()
            self._in_heading = kind in ("heading", "heading-raw")
        else:
            at_break = kind == "hard-break"  # white space at it is none
            self._write(ends=at_break)
            self._begins = at_break
        self._sayings.append(_Saying(kind, (kind, key), " ".join(_strings(key if said is None else said)), shown))

    def _close(self) -> None:
        """Effect: ends the block of text that is open; one that holds nothing is none."""
        self._write(ends=True)
        self._begins = True
        if self._sayings and self._sayings[-1].kind == "paragraph":
            self._sayings.pop()

    def _write(self, *, ends: bool) -> None:
        """Effect: makes words of the text so far, and of the white space around it where that counts."""
        text = _FOLDED.sub(lambda found: "\n" if "\n" in found[0] else " ", "".join(self._text))
        self._text.clear()
        if self._begins:
            text = text.lstrip(" \n")
        if ends:
            text = text.rstrip(" \n")
        if not text:
            return
        if Aspect.TIMESTAMPS in self._licence:
            text = _TIME.sub("0:00", text)
        kind = "link-text" if self._in_link else "heading-text" if self._in_heading else "text"
        for number, line in enumerate(text.split("\n")):
            if number:
                self._sayings.append(_Saying("soft-break", ("soft-break", ""), ""))
            self._sayings += [_Saying(kind, (kind, word), word) for word in line.split(" ")]
        self._begins = False

    def _hidden(self, kind: str, value: Any) -> None:
        """Effect: adds a comment or HTML, without the comments that may change."""
        text = value if isinstance(value, str) else value[-1]
        if Aspect.COMMENTS in self._licence:
            if kind in ("comment", "comment-block"):
                return
            text = _HTML_COMMENT.sub("", text).strip()
            if not text:
                return
            value = text if isinstance(value, str) else (*value[:-1], text)
        if kind == "html" and Aspect.TIMESTAMPS in self._licence:
            value = _TIME.sub("0:00", text)
        self._add(kind, value)

    def _properties(self, block: str) -> None:
        for comment, key in said_in(block):
            if comment:
                self._add("property-comment", key)
            elif Aspect.PROPERTIES not in self._licence:
                self._add("property", tuple([self._with_links_masked(part) for part in key]))

    def _with_links_masked(self, text: str) -> str:
        if not self._licence & {Aspect.LINKS, Aspect.ALIASES}:
            return text
        links, aliases = (aspect in self._licence for aspect in (Aspect.LINKS, Aspect.ALIASES))
        return _WIKILINK.sub(
            lambda link: link[1] + ("" if links else link[2]) + ("" if aliases else link[3] or "") + link[4], text
        )

    def _link(self, kind: str, value: Any) -> None:
        if value == "close":
            self._add(kind, "close", ())
            self._in_link -= 1
            return
        if kind == "link":
            self._add(kind, (self._destination(value[0]), value[1]), value)
            self._in_link += 1
        elif kind == "image":
            shown = None if Aspect.ALIASES in self._licence else value[2]
            self._add(kind, (self._destination(value[0]), value[1], shown), value, value[2])
        else:
            self._add(kind, self._wikilink(*value), value, value[2])

    def _wikilink(self, path: str, subpath: str | None, alias: str | None) -> Hashable:
        shown = alias
        if shown is None and Aspect.LINKS not in self._licence:
            shown = path + (subpath or "")
        if Aspect.ALIASES in self._licence:
            shown = None
        if Aspect.LINKS in self._licence:
            return ("", "", shown)
        if Aspect.TIMESTAMPS in self._licence and subpath:
            subpath = _TIME_IN_LINK.sub(r"\1", subpath)
            shown = alias
        return (self._leads_to(path), subpath, shown)

    def _destination(self, url: str) -> str:
        if Aspect.LINKS in self._licence:
            return ""
        if Aspect.TIMESTAMPS in self._licence:
            url = _TIME_IN_LINK.sub(r"\1", url)
        if "://" in url:
            return url
        from urllib.parse import unquote

        path, sign, subpath = unquote(url).partition("#")
        return self._leads_to(path.strip()) + sign + subpath

    def _masked(self, kind: str, value: Any) -> Hashable:
        """What an entry says, but for what may change."""
        aspect = _OF.get(kind)
        if aspect in self._licence and aspect in (Aspect.TAGS, Aspect.BLOCK_IDS, Aspect.HEADINGS):
            return None
        return value  # type: ignore[no-any-return]


def _strings(value: Hashable) -> Iterator[str]:
    """The texts in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _strings(each)
