"""What stands in a note, read by a parser that shares nothing with vaultlint's: plain, and slow.

It says what damage is: where two versions of a note do not hold the same things in the same order. Over two folders,
before and after some tool ran:

    python tests/damage/extractor.py BEFORE AFTER          # how many things of each kind changed
    python tests/damage/extractor.py --list BEFORE AFTER   # and which

Nothing of vaultlint may be imported here: what both misread, nobody would see.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import yaml
from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

KINDS = (
    "prose",
    "line breaks",
    "hard breaks",
    "times",
    "emphasis",
    "wikilinks",
    "shown by wikilinks",
    "embeds",
    "links",
    "images",
    "tags",
    "block ids",
    "headings",
    "quotes",
    "lists",
    "tables",
    "thematic breaks",
    "comments",
    "code",
    "math",
    "html",
    "footnotes",
    "properties",
    "property values",
    "yaml comments",
)


class Thing(NamedTuple):
    """One thing of a note, with the lines that it stands on, from 0."""

    kind: str
    value: Any
    first: int
    last: int


class Difference(NamedTuple):
    """Things that came in the place of others."""

    gone: tuple[Thing, ...]
    come: tuple[Thing, ...]

    def __len__(self) -> int:
        return max(len(self.gone), len(self.come))


def extract(text: str) -> list[Thing]:
    """All that stands in a note; of each kind in the order of the text."""
    lines = lines_of(text)
    body = end_of_properties(lines)
    things = list(things_of_properties(lines[1 : body - 1])) if body else []
    things += Body([""] * body + lines[body:]).things
    return things


def lines_of(text: str) -> list[str]:
    """The lines of a note, whatever ends them; a byte order mark is none of the text."""
    return re.sub(r"\r\n?", "\n", text.removeprefix("\ufeff")).split("\n")


def differences(before: Sequence[Thing], after: Sequence[Thing], key: Callable[[Thing], Any]) -> list[Difference]:
    """Where two rows of things differ by their keys; order counts."""
    old, new = [key(thing) for thing in before], [key(thing) for thing in after]
    if old == new:
        return []
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [Difference(tuple(before[a:b]), tuple(after[c:d])) for tag, a, b, c, d in codes if tag != "equal"]


def damage(before: str, after: str) -> dict[str, list[Difference]]:
    """What differs in two versions of a note, by kind, on whatever lines it stands; kinds without damage left out."""
    old, new = extract(before), extract(after)
    found = {kind: differences(of(old, kind), of(new, kind), lambda thing: thing.value) for kind in KINDS}
    return {kind: differing for kind, differing in found.items() if differing}


def of(things: Iterable[Thing], kind: str) -> list[Thing]:
    """The things of one kind."""
    return [thing for thing in things if thing.kind == kind]


# Properties


def end_of_properties(lines: Sequence[str]) -> int:
    """How many lines the block of properties takes, its two delimiters included; 0: there is none."""
    if lines[0] != "---":
        return 0
    return next((number + 1 for number, line in enumerate(lines) if number and line == "---"), 0)


def things_of_properties(lines: Sequence[str]) -> Iterator[Thing]:
    """Names, values and comments; the bare lines where they are no YAML."""
    text = "\n".join(lines).translate(ODD_IN_YAML)
    root, tokens = read_yaml(text) or read_yaml(TAB_IN_YAML.sub(" ", text)) or (None, None)
    if tokens is None:
        said = ((" ".join(line.split()), at) for at, line in enumerate(lines, 1))
        yield from (Thing("property values", ("not YAML", line), at, at) for line, at in said if line)
        return
    yield from yaml_comments(text, tokens)
    if isinstance(root, yaml.MappingNode):
        for key, value in root.value:
            yield Thing("properties", name_of(key), key.start_mark.line + 1, key.start_mark.line + 1)
            yield from things_of_value(name_of(key), value)


ODD_IN_YAML = {code: 0xE000 + code for code in (*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0))} | {
    code: 0xE100 + (code & 0xFF) for code in (0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF)
}
"""Signs that the parser refuses or takes for line breaks, unlike YAML 1.2: others stand in for them."""
TAB_IN_YAML = re.compile(r"(?<=\S)[ \t]*\t[ \t]*|^[ \t]*\t[ \t]*$", re.MULTILINE)
"""But for indents YAML takes tabs for white space; the parser does not."""


def read_yaml(text: str) -> tuple[Any, list[Any]] | None:
    """The root and the tokens; `None` where it is no YAML."""
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader), list(yaml.scan(text, Loader=yaml.SafeLoader))
    except (yaml.YAMLError, RecursionError):
        return None


def yaml_comments(text: str, tokens: Iterable[Any]) -> Iterator[Thing]:
    """Comments: what begins with `#` outside of scalars."""
    bare = list(text)
    for token in tokens:
        if isinstance(token, yaml.ScalarToken):
            inside = slice(token.start_mark.index, token.end_mark.index)
            bare[inside] = [sign if sign == "\n" else "x" for sign in bare[inside]]
    for number, line in enumerate("".join(bare).split("\n"), 1):
        if match := re.search(r"(?:^|\s)(#.*)", line):
            yield Thing("yaml comments", match[1].rstrip(), number, number)


def name_of(key: Any) -> str:
    """The name of a property; a list or a map may be one, too."""
    return str(key.value) if isinstance(key, yaml.ScalarNode) else str(yaml.serialize(key))


def things_of_value(path: str, node: Any, around: tuple[Any, ...] = ()) -> Iterator[Thing]:
    """The scalars of a value as YAML 1.2 reads them, with where they are kept, and the links and tags in them.

    An alias may stand in what it names; what lies `around` it is not gone into again.
    """
    first, last = node.start_mark.line + 1, node.end_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        yield Thing("property values", (path, scalar_type(node), node.value), first, last)
        yield from things_in_words(node.value, first, tags=False)
        if path.lower() in ("tags", "tag", "tags[]", "tag[]"):
            words = [node.value] if path.endswith("[]") else re.split(r"[,\s]+", node.value)
            yield from (Thing("tags", word.removeprefix("#"), first, last) for word in words if word)
    elif not node.value or any(node is each for each in around):
        yield Thing("property values", (path, "empty", type(node).__name__), first, last)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from things_of_value(f"{path}[]", item, (*around, node))
    else:
        for key, value in node.value:
            yield from things_of_value(f"{path}.{name_of(key)}", value, (*around, node))


def scalar_type(node: Any) -> str:
    """`text`, unless a plain scalar is null, a truth value or a number in YAML's core schema."""
    if node.style is None:
        for name, pattern in (
            ("null", r"|~|null|Null|NULL"),
            ("truth", r"true|True|TRUE|false|False|FALSE"),
            (
                "number",
                r"[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?|0x[\da-fA-F]+|0o[0-7]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN)",
            ),
        ):
            if re.fullmatch(pattern, node.value):
                return name
    return "text"


# Wikilinks, tags, times and block ids: what CommonMark does not know

WIKILINK = re.compile(r"(!?)\[\[((?:(?!\[\[|\]\]).)+)\]\]")
TAG = re.compile(r"(?:(?<=\s)|^)#(?=[^\s#]*[^\s\d#])([^\s\x00-\x1f!-,.:-@\[-^`{-~]+)")
BLOCK_ID = re.compile(r"(?:^|(?<=\s))\^([A-Za-z0-9-]+)\s*$")
CALLOUT = re.compile(r"\[![^\]\n]+\][+-]?(?=\s|\Z)")
TASK = re.compile(r"^\[(.)\]\s")
TIME = re.compile(r"(?<![\d:.])\d{1,3}(?:\x00?:\d{1,2}){1,2}(?!\d|\x00?:)")
ATOM = "\ufffc"
"""Stands in the words for what is counted as a thing of its own."""
ESCAPED = "\x00"
"""Stands before a sign that a backslash made ordinary."""


def things_of_wikilink(match: re.Match[str], line: int) -> Iterator[Thing]:
    """Where it leads and what it shows. A bar at the start does not split; nor is one needed to show the target."""
    target, bar, shown = match[2], "", ""
    if (place := match[2].find("|", 1)) > 0:
        target, bar, shown = match[2][:place].removesuffix("\\").strip(), "|", match[2][place + 1 :].strip()
    target = "#".join(part.strip() for part in target.split("#"))
    by_itself = " > ".join(part for part in target.split("#") if part)
    if match[1]:
        size = re.fullmatch(r"\d+(x\d+)?", shown)
        yield Thing("embeds", (target, bar + shown if size or shown not in (target, by_itself) else ""), line, line)
        return
    yield Thing("wikilinks", target, line, line)
    yield Thing("shown by wikilinks", shown if bar else by_itself, line, line)


def things_in_words(text: str, line: int, *, tags: bool = True) -> Iterator[Thing]:
    """Links and tags in text that is no Markdown: a comment, a property."""
    for number, words in enumerate(text.split("\n"), line):
        for match in WIKILINK.finditer(words):
            yield from things_of_wikilink(match, number)
        if tags:
            yield from (Thing("tags", match[1], number, number) for match in TAG.finditer(WIKILINK.sub(ATOM, words)))


# The reader

ONLY_COMMENTS = re.compile(r"(?:%%(?:(?!%%).)*%%\s*)+")
INLINE_FOOTNOTE = re.compile(r"\^\[(?=(?:[^\[\]]|\[+[^\[\]]*\]+)+\])")


def reader() -> MarkdownIt:
    """CommonMark with tables, footnotes and math, and what Obsidian adds."""
    markdown = MarkdownIt("commonmark", {"inline_definitions": True}).enable(["table", "strikethrough"])
    markdown.use(dollarmath_plugin, allow_labels=False, allow_space=False, allow_digits=False, double_inline=True)
    markdown.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    markdown.block.ruler.before("fence", "comment", read_block_comment, {"alt": ["paragraph", "blockquote", "list"]})
    markdown.inline.ruler.before("escape", "comment", read_at(re.compile(r"%%.*?%%", re.DOTALL), "comment"))
    markdown.inline.ruler.before("escape", "wikilink", read_at(WIKILINK, "wikilink"))
    markdown.inline.ruler.before("escape", "inline_footnote", read_at(INLINE_FOOTNOTE, "inline_footnote"))
    markdown.disable("text_join")  # it hides which signs were escaped
    markdown.normalizeLink = lambda url: url  # type: ignore[method-assign]
    markdown.normalizeLinkText = lambda url: url  # type: ignore[method-assign]
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]
    for rule in markdown.block.ruler.__rules__:
        if rule.name == "table":
            rule.fn = no_table_by_dashes(rule.fn)
    markdown.block.ruler.__compile__()
    for rule in markdown.inline.ruler.__rules__:
        rule.fn = with_place(rule.fn)
    markdown.inline.ruler.__compile__()
    return markdown


def read_at(pattern: re.Pattern[str], kind: str) -> Callable[[StateInline, bool], bool]:
    """A rule of the parser: what the pattern matches is a token of this kind."""

    def rule(state: StateInline, silent: bool) -> bool:
        match = pattern.match(state.src, state.pos, state.posMax)
        if not match:
            return False
        if not silent:
            state.push(kind, "", 0).content = match[0]
        state.pos = match.end()
        return True

    return rule


def read_block_comment(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """`%%` at the start of a line hides all up to the line of the next `%%`; without one, to the end.

    A comment that takes a line for itself is a block, too.
    """
    start = state.bMarks[first] + state.tShift[first]
    line = state.src[start : state.eMarks[first]]
    closed = line.find("%%", 2)
    if not line.startswith("%%") or state.is_code_block(first) or (closed >= 0 and not ONLY_COMMENTS.fullmatch(line)):
        return False
    if closed >= 0:
        end = first + 1
    if silent:
        return True
    last = first + 1
    while last < end and "%%" not in state.src[state.bMarks[last] : state.eMarks[last]]:
        last += 1
    last = min(last + 1, end)
    token = state.push("comment", "", 0)
    token.content, token.map = state.getLines(first, last, 0, False), [first, last]
    state.line = last
    return True


def no_table_by_dashes(
    rule: Callable[[StateBlock, int, int, bool], bool],
) -> Callable[[StateBlock, int, int, bool], bool]:
    """The same rule of the parser; dashes alone make a line a heading, as GFM has it, and no table."""

    def stricter(state: StateBlock, first: int, end: int, silent: bool) -> bool:
        below = state.getLines(first + 1, min(first + 2, end), 0, False)
        return not re.fullmatch(r"[\s>]*-+\s*", below) and rule(state, first, end, silent)

    return stricter


def with_place(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """The same rule of the parser; its tokens say on which line of the paragraph they are and how they are written."""

    def placed(state: StateInline, silent: bool) -> bool:
        start, there = state.pos, len(state.tokens)
        done = rule(state, silent)
        if done and not silent:
            for token in state.tokens[there:]:
                token.meta.setdefault("line", state.src.count("\n", 0, start))
                token.meta.setdefault("raw", state.src[start : state.pos])
        return done

    return placed


MARKDOWN = reader()


class Body:
    """The things below the properties."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.things: list[Thing] = []
        self._lines = lines
        self._ids: list[tuple[str, int, str, tuple[int, int]]] = []
        """Block ids, each with its line, and the kind and lines of its block."""
        self._containers: list[str] = []
        self._siblings: dict[int, list[Token]] = {}
        """Level -> the last two blocks there."""
        self._rows: list[list[str]] = []
        self._task_line = -1
        """Where an item begins with the state of a task, which is no word."""
        # A fence that nothing closes ends with the note: whether in a line break does not matter.
        tokens = MARKDOWN.parse("\n".join([*lines, ""] if lines[-1] else lines), {})
        for place, token in enumerate(tokens):
            self._block(token, tokens[place + 1 : place + 4])
        for name, line, kind, (first, last) in self._ids:
            words = [thing.value for thing in of(self.things, "prose") if first <= thing.first < last]
            self._add("block ids", (name, kind, " ".join(words)), min(first, line), line)
        self.things.sort(key=lambda thing: thing.first)  # stable: of one line in the order they were seen

    def _add(self, kind: str, value: Any, first: int, last: int | None = None) -> None:
        self.things.append(Thing(kind, value, first, first if last is None else last))

    def _block(self, token: Token, following: Sequence[Token]) -> None:
        if token.nesting >= 0 and token.type != "inline":
            kept = {level: blocks for level, blocks in self._siblings.items() if level <= token.level}
            self._siblings = {**kept, token.level: [*kept.get(token.level, [])[-1:], token]}
        first, last = token.map or (0, 1)
        handle = getattr(self, f"_{token.type}", None)
        if handle is not None:
            handle(token, first, last - 1, following)
        if token.type.endswith("_open") and token.type.split("_")[0] in ("blockquote", "bullet", "ordered"):
            self._containers.append(token.type.split("_")[0])
        elif token.type in ("blockquote_close", "bullet_list_close", "ordered_list_close"):
            self._containers.pop()

    # Blocks, by the parser's names for them

    def _heading_open(self, token: Token, first: int, last: int, following: Sequence[Token]) -> None:
        self._add("headings", (token.tag, folded(following[0].children or ())), first, last)

    def _blockquote_open(self, _: Token, first: int, __: int, following: Sequence[Token]) -> None:
        while first < len(self._lines) - 1 and not self._lines[first].strip(" >\t"):
            first += 1  # blank lines before it may have its sign or not
        callout = CALLOUT.match(beginning(following))
        self._add("quotes", (tuple(self._containers), callout[0] if callout else "quote"), first)

    def _bullet_list_open(self, token: Token, first: int, *_: Any) -> None:
        self._add("lists", (tuple(self._containers), "list", token.type, token.attrs.get("start", 1)), first)

    _ordered_list_open = _bullet_list_open

    def _list_item_open(self, _: Token, first: int, __: int, following: Sequence[Token]) -> None:
        task = TASK.match(beginning(following))
        self._task_line = first if task else -1
        self._add("lists", (tuple(self._containers), "item", task[1] if task else None), first)

    def _tr_open(self, *_: Any) -> None:
        self._rows.append([])

    def _tr_close(self, *_: Any) -> None:
        row = self._siblings[max(level for level, blocks in self._siblings.items() if blocks[-1].type == "tr_open")][-1]
        self._add("tables", tuple(self._rows.pop()), (row.map or [0])[0])

    def _th_open(self, token: Token, _: int, __: int, following: Sequence[Token]) -> None:
        self._rows[-1].append(f"{token.tag} {token.attrs.get('style', '')} {folded(following[0].children or ())}")

    _td_open = _th_open

    def _hr(self, _: Token, first: int, *__: Any) -> None:
        self._add("thematic breaks", tuple(self._containers), first)

    def _fence(self, token: Token, first: int, last: int, _: Any) -> None:
        closed = self._lines[last : last + 1] and self._lines[last].strip(" \t>").startswith(token.markup)
        # Blank lines behind a fence that nothing closes are those at the end of the note.
        content = token.content if closed and last > first else token.content.rstrip("\n")
        self._add("code", ("fenced", unescapeAll(token.info.strip()), content.removesuffix("\n")), first, last)

    def _code_block(self, token: Token, first: int, last: int, _: Any) -> None:
        self._add("code", ("indented", token.content.rstrip()), first, last)

    def _math_block(self, token: Token, first: int, last: int, _: Any) -> None:
        self._add("math", ("$$", token.content), first, last)

    def _comment(self, token: Token, first: int, last: int, _: Any) -> None:
        comment = token.content[token.content.index("%%") :].strip()  # behind the sign of an item
        end = comment.find("%%", 2) + 2 if "%%" in comment[2:] else len(comment)
        self._add("comments", comment[:end], first, first + comment.count("\n"))
        self.things += things_in_words(comment[:end], first)
        self._words(comment[end:], last, (last, last + 1), token)

    def _html_block(self, token: Token, first: int, *_: Any) -> None:
        written = token.content.rstrip()
        self._html(written, first, first + written.count("\n"))

    def _html(self, written: str, first: int, last: int) -> None:
        comments = re.findall(r"<!--.*?(?:-->|\Z)", written, re.DOTALL)
        for comment in comments:
            self._add("comments", comment, first, last)
        if not (len(comments) == 1 and comments[0] == written.strip()):
            self._add("html", written, first, last)

    def _footnote_reference_open(self, token: Token, first: int, *_: Any) -> None:
        self._add("footnotes", ("definition", token.meta["label"]), first)

    def _definition(self, token: Token, first: int, last: int, _: Any) -> None:
        value = (token.meta["id"], unquote(token.meta["url"]), token.meta["title"])
        self._add("links", ("definition", *value), first, last)

    def _inline(self, token: Token, first: int, last: int, _: Any) -> None:
        own, line, words = (first, last + 1), first, ""
        children = token.children or []
        opened: list[int] = []
        for place, child in enumerate(children):
            if child.type != "text":  # what is no more than text says where the next thing is
                line = max(line, first + child.meta.get("line", 0))
            if child.type in ("softbreak", "hardbreak"):
                # What follows the title of a callout stands in a block of its own, whatever is before it.
                if not (line == first and self._containers[-1:] == ["blockquote"] and CALLOUT.match(token.content)):
                    self._break(child, line, words)
                self._words(words, line, own, token)
                words = ""
                line += 1
            elif child.type == "text":
                words += child.content
            elif child.type == "text_special":
                words += ESCAPED + child.content
            elif child.type == "footnote_ref" and "[" in child.meta["raw"][1:]:
                words += child.meta["raw"]  # an id has no brackets
            elif child.nesting > 0:
                opened.append(place)
            elif child.nesting < 0:
                start = opened.pop()
                at = first + children[start].meta.get("line", 0)
                if child.type == "link_close":
                    line = max(line, at + children[start].meta["raw"].count("\n"))
                self._enclosed(children[start], folded(children[start + 1 : place]), at, line)
            else:
                words += stand_in(child)
                self._atom(child, line)
                line += child.meta["raw"].count("\n")
        self._words(words, line, own, token)

    # Within a block

    def _break(self, token: Token, line: int, words: str) -> None:
        before = " ".join(words.replace(ESCAPED, "").split()[-1:])
        if token.type == "softbreak":
            self._add("line breaks", before, line, line + 1)
        else:
            written = "backslash" if token.meta["raw"].startswith("\\") else "spaces"
            self._add("hard breaks", (written, before), line, line + 1)

    def _enclosed(self, opening: Token, text: str, first: int, last: int) -> None:
        if opening.type == "link_open":
            value = (text, unquote(str(opening.attrs["href"])), opening.attrs.get("title"))
            self._add("links", value, first, last)
        else:
            self._add("emphasis", (opening.tag, text), first, last)

    def _atom(self, token: Token, line: int) -> None:
        raw = token.meta["raw"]
        last = line + raw.count("\n")
        if token.type == "wikilink":
            match = WIKILINK.fullmatch(token.content)
            assert match
            self.things += things_of_wikilink(match, line)
        elif token.type == "comment":
            self._add("comments", raw, line, last)
            self.things += things_in_words(raw, line)
        elif token.type == "html_inline":
            self._html(raw, line, last)
        elif token.type == "image":
            value = (token.content, unquote(str(token.attrs["src"])), token.attrs.get("title"))
            self._add("images", value, line, last)
        else:
            kinds = {"code_inline": "code", "math_inline": "math", "math_inline_double": "math"}
            self._add(kinds.get(token.type, "footnotes"), raw, line, last)

    def _words(self, text: str, line: int, own: tuple[int, int], block: Token) -> None:
        """One line of a block: its words, and what is found among them."""
        if line == self._task_line:
            text = TASK.sub("", text)
            self._task_line = -1
        if match := BLOCK_ID.search(text):
            self._ids.append((match[1], line, *self._named_by_id(block, own)))
            text = text[: match.start()] + ATOM
        for kind, pattern in (("tags", TAG), ("times", TIME)):
            for match in pattern.finditer(text):
                self._add(kind, match[match.lastindex or 0].replace(ESCAPED, ""), line)
            text = pattern.sub(ATOM, text)
        for word in text.replace(ESCAPED, "").split():
            self._add("prose", word, line)

    def _named_by_id(self, block: Token, own: tuple[int, int]) -> tuple[str, tuple[int, int]]:
        """The block that an id names: its own, or, where it stands alone, the one before, and how near that is."""
        siblings = self._siblings.get(block.level - 1, [])
        if not BLOCK_ID.fullmatch(block.content) or len(siblings) < 2 or not siblings[0].map:
            return "own", own
        first, last = siblings[0].map
        if siblings[0].type == "heading_open":
            return "heading_open", (first, last)
        blank = all(not line.strip(" >\t") for line in self._lines[last : own[0]]) and last < own[0]
        return f"{siblings[0].type}, {'a blank line between' if blank else 'right above'}", (first, last)


def beginning(tokens: Sequence[Token]) -> str:
    """The text of the paragraph that these tokens begin with."""
    if len(tokens) > 1 and tokens[0].type == "paragraph_open":
        return f"{tokens[1].content} "
    return ""


def stand_in(token: Token) -> str:
    """What stands in the words for a thing that is counted on its own: nothing for a comment, which nobody sees."""
    return "" if token.type == "comment" or token.content.startswith("<!--") else ATOM


def folded(tokens: Iterable[Token]) -> str:
    """The words of inline tokens; a sign stands for what is counted as a thing of its own."""
    parts = []
    for token in tokens:
        if token.type in ("text", "text_special"):
            parts.append(token.content)
        elif token.nesting == 0:
            parts.append(" " if token.type in ("softbreak", "hardbreak") else stand_in(token))
    return " ".join(TIME.sub(ATOM, "".join(parts)).split())


# Two folders


def compare(before: Path, after: Path) -> tuple[Counter[str], list[tuple[str, str, Difference]]]:
    """How many things the notes of a folder hold that changed, and what differs in which note."""
    held: Counter[str] = Counter()
    found = []
    for path in sorted(before.rglob("*.md")):
        name = path.relative_to(before)
        old, there = read(path), (after / name).is_file()
        new = read(after / name) if there else ""
        if not there or old != new:
            held.update(thing.kind for thing in extract(old))
            found += [(str(name), kind, one) for kind, differing in damage(old, new).items() for one in differing]
    return held, found


def read(path: Path) -> str:
    """A note's text; bytes that are no UTF-8 are kept apart."""
    return path.read_bytes().decode("utf-8", "surrogateescape")


def main(words: Sequence[str] | None = None) -> int:
    """Print how many things of each kind the changed notes hold, and how many of them changed; 1 if any did."""
    parser = argparse.ArgumentParser(description="Counts what changed in the notes of a folder.")
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--list", action="store_true", help="print each difference too")
    arguments = parser.parse_args(words)
    held, found = compare(arguments.before, arguments.after)
    changed: Counter[str] = Counter()
    for name, kind, one in found:
        changed[kind] += len(one)
        if arguments.list:
            gone, come = ([thing.value for thing in things] for things in one)
            line = (one.gone or one.come)[0].first + 1
            print(f"{name}:{line}: {kind}: {gone!r} -> {come!r}".encode(errors="backslashreplace").decode())
    print(f"{'':20}{'held':>9}{'changed':>9}")
    for kind in KINDS:
        print(f"{kind:20}{held[kind]:9}{changed[kind]:9}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
