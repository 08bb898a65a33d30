"""The second half of the proof: what edits changed, as mistune with the plug-ins of `vaultlint.tree` reads a note.

Its reading shares no code with that of the first half, and knows no places: what fixes may change is left out of both
versions, or laid beside each other, and all else must be equal.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, cast

from vaultlint.engine.aligned import changes
from vaultlint.engine.callouts_as_quotes import as_quotes
from vaultlint.engine.yaml_meaning import said_in
from vaultlint.rule.fix import Aspect
from vaultlint.tree import Unreadable, parse
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

    `licence` and `leads_to` are as in the first reading.
    """
    moves = Aspect.LISTS in licence and Aspect.WORDS not in licence
    footnotes = Aspect.FOOTNOTES in licence
    differing = (before, after) if moves or footnotes else _blocks_that_differ(before, after)
    if not (moves or footnotes) and len(differing[0]) * len(differing[1]) > _MANY:
        differing = _without_equal_pairs(*differing)
    old, new = (_Sayings(licence, leads_to).of(entries) for entries in differing)
    if footnotes:
        (old, definitions), (new, defined) = _by_footnote(old), _by_footnote(new)
        if definitions != defined:
            return Aspect.FOOTNOTES.value
    if moves:
        (old, items), (new, moved) = _by_item(old), _by_item(new)
        if items != moved:
            return Aspect.LISTS.value
    if len(old) == len(new):  # most edits leave each word where it was, and that is seen at once
        pairs = [pair for pair in zip(old, new, strict=True) if pair[0].key != pair[1].key]
        if _unlicensed([then for then, _ in pairs], [now for _, now in pairs], licence) is None:
            return None
    if len(old) * len(new) > _MOST:
        raise Unreadable("too much of it changes at once")
    gone: list[_Saying] = []
    come: list[_Saying] = []
    for then, now in changes([each.key for each in old], [each.key for each in new], _MOST):
        gone += old[slice(*then)]
        come += new[slice(*now)]
    return _unlicensed(gone, come, licence)


_MOST = 10**9
"""How large a table of sayings to compare (31,000 by 31,000): a 64th of a second each 10 million, and 125 MB."""


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
    said: str = ""
    """All of its words, in order."""
    shown: str | None = None
    """Those that people read, where that is less."""
    depth: int | None = None
    """Of a block: how many others hold it."""


_OF = {
    **dict.fromkeys(("property",), Aspect.PROPERTIES),
    **dict.fromkeys(("heading", "heading-raw", "heading-text"), Aspect.HEADINGS),
    **dict.fromkeys(("list", "list-start", "list-tight", "item", "task"), Aspect.LISTS),
    **dict.fromkeys(("table", "row", "cell"), Aspect.TABLES),
    **dict.fromkeys(("wikilink", "embed", "link", "image", "definition"), Aspect.LINKS),
    **dict.fromkeys(("hidden-wikilink", "hidden-embed"), Aspect.LINKS),
    **dict.fromkeys(("comment", "comment-block", "property-comment"), Aspect.COMMENTS),
    **dict.fromkeys(("text", "soft-break"), Aspect.WORDS),
    **dict.fromkeys(("link-text", "link-title"), Aspect.ALIASES),
    **dict.fromkeys(("tag", "hidden-tag"), Aspect.TAGS),
    "block-id": Aspect.BLOCK_IDS,
}
"""Kind -> the licence that it needs."""
_NEVER = {
    **dict.fromkeys(("code", "code-block", "math", "math-block"), "code or math"),
    **dict.fromkeys(("html", "html-block"), "HTML"),
    **dict.fromkeys(("callout", "callout-title"), "callouts"),
    **dict.fromkeys(("footnote", "footnote-ref", "footnote-inline"), "footnotes"),
    **dict.fromkeys(("emphasis", "strong", "strikethrough", "highlight"), "emphasis"),
    "hard-break": "line breaks",
    "quote": "quotes",
}
"""What no licence lets go, in a note owner's words."""
_TEXTS = ("text", "heading-text", "link-text")
_LINKS = ("wikilink", "embed", "link", "image")
_MARKS = (*_LINKS, "tag")
_BECOME_TEXT = frozenset({Aspect.LINKS, Aspect.ALIASES, Aspect.TAGS, Aspect.BLOCK_IDS, Aspect.TIMESTAMPS})
_SIGN = re.compile(r"[^\W_]+|[^\s\w\[\]|!\\#^<>()]|_")
"""A word, or a sign that makes no link or tag."""


def _by_item(sayings: Iterable[_Saying]) -> tuple[list[_Saying], Counter[tuple[Hashable, ...]]]:
    """What stands in no item of a list, and each item with all that is its own, wherever it stands."""
    rest: list[_Saying] = []
    own: list[list[Hashable]] = []
    open_items: list[tuple[int, list[Hashable]]] = []
    for each in sayings:
        if each.depth is not None:
            while open_items and each.depth <= open_items[-1][0]:
                open_items.pop()
        if each.kind in ("item", "task"):
            own.append([])
            open_items.append((each.depth or 0, own[-1]))
        elif open_items and _OF.get(each.kind) is not Aspect.LISTS:
            open_items[-1][1].append((each.kind, None) if each.kind == "paragraph" else each.key)
        elif not open_items:
            rest.append(each)
    return rest, Counter(map(tuple, filter(None, own)))  # an item without words may come or go


def _by_footnote(sayings: Iterable[_Saying]) -> tuple[list[_Saying], Counter[tuple[Hashable, ...]]]:
    """What stands in no definition of a footnote, each mark with what it leads to; and what each definition says."""
    rest: list[_Saying] = []
    own: dict[str, list[Hashable]] = {}
    said: list[list[Hashable]] = []
    open_depth: int | None = None
    for each in sayings:
        if each.depth is not None and open_depth is not None and each.depth <= open_depth:
            open_depth = None
        key = (each.kind, None) if each.kind == "footnote-ref" else each.key
        if each.kind == "footnote" and open_depth is None:
            open_depth = each.depth
            said.append([])
            own.setdefault(each.said.casefold(), said[-1])
        elif open_depth is not None:
            said[-1].append(key)
        else:
            rest.append(each)
    texts = {name: tuple(keys) for name, keys in own.items()}
    marked = [
        each._replace(key=(each.kind, texts.get(each.said.casefold(), each.key)))
        if each.kind == "footnote-ref"
        else each
        for each in rest
    ]
    return marked, Counter(map(tuple, said))


def _unlicensed(gone: Sequence[_Saying], come: Sequence[_Saying], licence: Licence) -> str | None:
    """What of a difference no licence covers."""
    loose = bool(licence & _BECOME_TEXT)
    free = _replaced(gone, come) if Aspect.NEW_HEADINGS in licence else 0
    become_items = licence >= {Aspect.LISTS, Aspect.WORDS}
    for each in (*gone, *come):
        if become_items and each.kind == "paragraph":
            continue
        aspect = _OF.get(each.kind)
        if each.kind == "paragraph" and licence >= _PARAGRAPH_OF_TAGS:
            continue
        if each.kind == "paragraph" and free:
            free -= 1
        elif aspect not in licence and not (loose and each.kind in _TEXTS):
            return aspect.value if aspect is not None else _NEVER.get(each.kind, "blocks")
    for kinds, aspect in _COUNTED:
        then, now = (sum(each.key in kinds or each.kind in kinds for each in side) for side in (gone, come))
        grows_only = aspect is Aspect.TABLES
        may_grow = aspect is Aspect.HEADINGS and Aspect.NEW_HEADINGS in licence
        if then < now if grows_only else then > now if may_grow else then != now:
            return aspect.value
    return None if Aspect.WORDS in licence else _misread(gone, come, licence)


_PARAGRAPH_OF_TAGS = frozenset({Aspect.TAGS, Aspect.WORDS})
"""Tags that move to the properties, or from there, may be all that their paragraph holds."""


def _replaced(gone: Iterable[_Saying], come: Iterable[_Saying]) -> int:
    """How many paragraphs may have become headings: none comes for one, and no more go than headings come."""
    sides = [Counter(each.kind for each in side) for side in (gone, come)]
    return 0 if sides[1]["paragraph"] else max(sides[1]["heading"] - sides[0]["heading"], 0)


_COUNTED = (({"heading"}, Aspect.HEADINGS), ({("cell", "excess")}, Aspect.TABLES))
"""No heading comes or goes; no cell becomes one beyond the head's, which is not shown."""


def _misread(gone: Sequence[_Saying], come: Sequence[_Saying], licence: Licence) -> str | None:
    """Whether text that becomes a mark, or a mark that becomes text, says something else then."""
    told = [kind for kind in (*_TEXTS, *_MARKS, "block-id") if kind not in _TEXTS or _OF[kind] not in licence]
    then, now = (
        [each for each in side if each.kind in told and each.key != ("link", "close")] for side in (gone, come)
    )
    if not then and not now:
        return None
    marks = [sum(1 for each in side if each.kind in _MARKS) for side in (then, now)]
    ids = any(each.kind == "block-id" for each in (*then, *now))
    shown = [_read(side, shown=True) for side in (then, now)]
    if not any(marks):
        return None if ids and shown[0] == shown[1] else Aspect.WORDS.value
    ways = [(one, _read(side, shown=False)) for one, side in zip(shown, (then, now), strict=True)]
    if any(one and one == other for one in ways[0] for other in ways[1]):
        return None
    texts = any(each.kind in _TEXTS for each in (*then, *now))
    return Aspect.WORDS.value if texts or marks[0] != marks[1] else Aspect.ALIASES.value


def _read(sayings: Iterable[_Saying], *, shown: bool) -> list[str]:
    """The words and signs in order: what is shown, or all that is written."""
    words: list[str] = []
    for each in sayings:
        if shown and each.kind == "block-id":
            continue  # it is not shown
        words += _SIGN.findall(each.shown if shown and each.shown is not None else each.said)
    return words


_FOLDED = re.compile(r"[ \n]*\n[ \n]*| +")
_HTML_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BREAK = re.compile(r"<br[ \t]*/?>", re.IGNORECASE)
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


def _without_equal_pairs(one: Sequence[Entry], other: Sequence[Entry]) -> tuple[Sequence[Entry], Sequence[Entry]]:
    """Both without the blocks in between that are the same, where they have as many: as after edits inside blocks."""
    old, new = _in_blocks(one), _in_blocks(other)
    if len(old) != len(new):
        return one, other
    pairs = [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]
    return [entry for pair in pairs for entry in pair[0]], [entry for pair in pairs for entry in pair[1]]


_MANY = 10**6
"""How large a table of entries to compare before blocks are looked at one by one."""


def _in_blocks(entries: Sequence[Entry]) -> list[Sequence[Entry]]:
    if not entries:
        return []
    starts = [place for place in range(len(entries)) if not place or _opens_block(entries, place)]
    return [entries[start:end] for start, end in zip(starts, [*starts[1:], len(entries)], strict=True)]


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
        for kind, value in as_quotes(entries) if Aspect.CALLOUTS in self._licence else entries:
            if kind == "text":
                self._text.append(str(value))
            elif kind == "soft-break" or self._is_free_break(kind, value):
                self._text.append("\n")
            elif kind in ("comment", "comment-block", "html", "html-block"):
                self._comment_or_html(kind, value)
            elif kind == "heading-raw":
                if not self._licence & _RAW:
                    self._add(kind, value)
            elif kind == "frontmatter":
                self._properties(str(value))
            elif kind.removeprefix("hidden-") in _LINKS:
                self._link(kind, value)
            elif kind == "code-block" and Aspect.LANGUAGES in self._licence:
                depth, *_, lines = cast("tuple[Hashable, ...]", value)
                self._add(kind, (depth, lines), value)
            elif kind == "block-id":
                self._add(kind, self._masked(kind, value), str(value))
            else:
                self._add(kind, self._masked(kind, value), value)
        self._close()
        return self._sayings

    def _is_free_break(self, kind: str, value: Any) -> bool:
        """Whether it is one of the ways to break a line, between which a licence lets choose."""
        if Aspect.LINE_BREAKS not in self._licence:
            return False
        return kind == "hard-break" or (kind == "html" and _BREAK.fullmatch(value) is not None)

    def _add(self, kind: str, key: Hashable, said: Hashable = None, shown: str | None = None) -> None:
        depth = None
        if kind in _BLOCKS:
            self._close()
            self._in_heading = kind in ("heading", "heading-raw")
            depth = key[0] if isinstance(key, tuple) and key else key
        else:
            at_break = kind == "hard-break"  # white space at it is none
            self._write(ends=at_break)
            self._begins = at_break
        text = " ".join(_strings(key if said is None else said))
        self._sayings.append(_Saying(kind, (kind, key), text, shown, depth if isinstance(depth, int) else None))

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

    def _comment_or_html(self, kind: str, value: Any) -> None:
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
        elif kind == "link":
            self._add(kind, self._destination(value[0]), value[0], "")
            self._title(value[1])
            self._in_link += 1
        elif kind == "image":
            shown = None if Aspect.ALIASES in self._licence else value[2]
            self._add(kind, (self._destination(value[0]), shown), f"{value[2]} {value[0]}", value[2])
            self._title(value[1])
        else:
            self._add(kind, self._wikilink(kind, *value), value, value[2])

    def _title(self, title: str | None) -> None:
        if title:
            self._add("link-title", title)

    def _wikilink(self, kind: str, path: str, subpath: str | None, alias: str | None) -> Hashable:
        shown = alias
        if shown is None and Aspect.LINKS not in self._licence and not kind.endswith("embed"):
            shown = f"{path}{subpath or ''}".lstrip("#").replace("#", " > ")  # as the app shows it (observed 22)
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
        if kind == "block-id" and Aspect.FOOTNOTES in self._licence and isinstance(value, tuple):
            value = value[:2]  # which block it names is told by its number, and blocks of footnotes may move
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
