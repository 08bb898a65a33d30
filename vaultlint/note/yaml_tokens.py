"""A block of YAML cut into tokens, as the app's library (npm `yaml` 2.x) cuts it.

What a line means depends on how deep it must be indented to belong to the value before it, and the library has
its own mind there: it lets a closing bracket stand at the column of its property, and ends a quoted text at a line
that is not indented. What it refuses and what it reads follows from that, so the same is decided here, in the same
order. No token is an error: those that cannot stand where they do are met by whoever reads them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable


class Token(Struct, frozen=True, gc=False):
    """A piece of the block, in code points from its begin."""

    kind: str
    """A sign of YAML's (`-`, `?`, `:`, `,`, `[`, `]`, `{`, `}`), or a word: see `tokens_of`."""
    start: int
    end: int
    indent: int
    """The column that its line begins at; dashes, `?` and `:` before it count as indentation."""
    tabs: bool = False
    """Of white space: there is a tab in it."""


_SPACES = re.compile(r" *+")
_WHITE = re.compile(r"[ \t]*+")
_BREAK = re.compile(r"[ \t]*+\r?\n")
_LINE_END = re.compile(r"[ \t]*+(?:#|\r?\n|\Z)")
_BOUNDARY = re.compile(r"(?:---|\.\.\.)(?![^ \t\r\n])")
_COMMENT = re.compile(r"[ \t]\#")
_SINGLE = re.compile(r"'[^']*+(?:''[^']*+)*+'")
_DOUBLE = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
QUOTED = {"'": _SINGLE, '"': _DOUBLE}
"""By its quote: a text in quotes, from the first to the last."""
_TAG = re.compile(r"!(?:<[^ \t\r\n>]*+>?|(?:[-#;/?:@&=+$_.!~*'()\w]|%[0-9a-fA-F]{2})*+)", re.ASCII)
_NAME = re.compile(r"[&*][^ \t\r\n,\[\]{}]*+")
_HEADER = re.compile(r"[|>][^ \t\r\n#]*+")
_SIGNS = re.compile(r"[-+1-9]*+")
_BLANK_LINES = re.compile(r"(?: *+\r?\n)*+")

_PLAIN = re.compile(
    r"""(?: [^ \t\r\n:]++
          | : (?![ \t\r\n]|\Z)
          | [ \t]++ (?! [ \t\r\n\#] | : (?:[ \t\r\n]|\Z) | \Z )
        )*+""",
    re.VERBOSE,
)
_PLAIN_IN_FLOW = re.compile(
    r"""(?: [^ \t\r\n:,\[\]{}]++
          | : (?![ \t\r\n,\[\]{}]|\Z)
          | [ \t]++ (?! [ \t\r\n\#,\[\]{}] | : (?:[ \t\r\n,\[\]{}]|\Z) | \Z )
        )*+""",
    re.VERBOSE,
)
_EMPTY = ("", " ", "\t", "\r", "\n")
_FLOW_SIGNS = frozenset(",[]{}")


def tokens_of(text: str) -> list[Token]:
    """The tokens of a block in which every CR is one of a CRLF; the last is `end`.

    Words: `space`, `newline`, `comment`, `directive`, `bom`, `document` (one begins), `doc-start`, `doc-end`,
    `anchor`, `tag`, `alias`, `plain`, `single`, `double`, `header` and `block` (of a block scalar), `junk` (behind
    a header), `cut` (brackets that a line breaks off, being indented too little).
    """
    return _Lexer(text).run()


class _Lexer:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._tokens: list[Token] = []
        self._fresh = True
        """Nothing but indentation stands on this line so far."""
        self._column = 0
        self._wanted = 0
        """How deep the next lines must be indented to belong to the value that stands here."""
        self._indent = 0
        self._level = 0
        """Of brackets."""
        self._after_key = False
        """In brackets: a colon may follow without white space behind it."""

    def run(self) -> list[Token]:
        state: Callable[[], Callable[[], object]] = self._stream
        length = len(self._text)
        while self._at < length:
            state = state()  # type: ignore[assignment]
        self._tokens.append(Token("end", length, length, self._column))
        return self._tokens

    def _add(self, kind: str, end: int) -> int:
        """The token up to `end`, if it is one; its length."""
        start = self._at
        if end <= start:
            return 0
        tabs = kind == "space" and self._text.find("\t", start, end) >= 0
        self._tokens.append(Token(kind, start, end, self._column, tabs))
        self._at = end
        if kind == "newline":
            self._fresh = True
            self._column = 0
        elif kind in _INDENTING:
            if self._fresh and (kind != "space" or self._text[start] == " "):
                self._column += end - start
        else:
            self._fresh = False
        return end - start

    def _mark(self, kind: str) -> None:
        self._tokens.append(Token(kind, self._at, self._at, self._column))

    def _match(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self._text, self._at)
        return found.end() if found else self._at

    def _char(self, ahead: int = 0) -> str:
        at = self._at + ahead
        return self._text[at : at + 1]

    def _white(self) -> int:
        at = self._at
        if self._text[at : at + 1] not in (" ", "\t"):
            return 0
        return self._add("space", _WHITE.match(self._text, at).end())  # type: ignore[union-attr]

    def _newline(self) -> int:
        char = self._char()
        return self._add("newline", self._at + (2 if char == "\r" else 1)) if char in ("\r", "\n") else 0

    def _rest(self) -> int:
        """Where the line ends."""
        end = self._text.find("\n", self._at)
        return len(self._text) if end < 0 else end - (self._text[end - 1] == "\r")

    def _comment(self) -> None:
        self._add("comment", self._rest())

    # -- between documents and at the start of lines

    def _stream(self) -> Callable[[], object]:
        if self._char() == "\ufeff":
            self._add("bom", self._at + 1)
        if self._char() == "%":
            comment = _COMMENT.search(self._text, self._at, self._rest())
            end = comment.start() if comment else self._rest()
            self._add("directive", self._at + len(self._text[self._at : end].rstrip(" \t")))
            self._white()
            self._comment()
            return self._stream
        if _LINE_END.match(self._text, self._at):
            self._white()
            self._comment()
            self._newline()
            return self._stream
        self._mark("document")
        return self._line_start()

    def _line_start(self) -> Callable[[], object]:
        if self._char() in ("-", ".") and _BOUNDARY.match(self._text, self._at):
            kind = "doc-start" if self._char() == "-" else "doc-end"
            self._add(kind, self._at + 3)
            self._indent = self._wanted = 0
            return self._doc if kind == "doc-start" else self._stream
        self._indent = self._add("space", self._match(_SPACES)) if self._char() == " " else 0
        if self._wanted > self._indent and self._char(1) not in _EMPTY:
            self._wanted = self._indent
        while self._char() in ("-", "?", ":") and self._char(1) in _EMPTY:
            width = self._add(self._char(), self._at + 1) + self._white()
            self._wanted = self._indent + 1
            self._indent += width
        return self._doc

    def _doc(self) -> Callable[[], object]:
        self._white()
        char = self._indicators()
        if char in _EMPTY or char == "#":
            if char == "#":
                self._comment()
            self._newline()
            return self._line_start()
        if char in "[{":
            self._add(char, self._at + 1)
            self._after_key, self._level = False, 1
            return self._flow
        if char in "]}":
            self._add(char, self._at + 1)
            return self._doc
        if char in "|>":
            return self._block()
        return self._scalar(char)

    def _scalar(self, char: str) -> Callable[[], object]:
        if char == "*":
            self._add("alias", self._match(_NAME))
        elif char in "'\"":
            self._quoted(char)
        else:
            self._plain()
        return self._flow if self._level else self._doc

    def _indicators(self) -> str:
        """Tags, anchors, and dashes, `?` and `:` where they can only be signs; the character behind them."""
        while True:
            char = self._char()
            if char not in _INDICATORS:
                return char
            if char == "!":
                self._add("tag", self._match(_TAG))
            elif char == "&":
                self._add("anchor", self._match(_NAME))
            else:
                following = self._char(1)
                if following not in _EMPTY and not (self._level and following in _FLOW_SIGNS):
                    return char
                if not self._level:
                    self._wanted = self._indent + 1
                self._after_key = False
                self._add(char, self._at + 1)
            self._white()

    # -- in brackets

    def _flow(self) -> Callable[[], object]:
        indent = -1
        while True:
            width = self._newline()
            if width:
                self._indent = indent = self._add("space", self._match(_SPACES))
            if not self._white() and not width:
                break
        char = self._char()
        if self._breaks_off(indent, char):
            self._level = 0
            self._mark("cut")
            return self._line_start()
        while char == ",":
            self._add(",", self._at + 1)
            self._white()
            self._after_key = False
            char = self._char()
        char = self._indicators()
        if char in _EMPTY:
            return self._flow
        if char == "#":
            self._comment()
        elif char in "[{":
            self._add(char, self._at + 1)
            self._after_key = False
            self._level += 1
        elif char in "]}":
            self._add(char, self._at + 1)
            self._after_key = True
            self._level -= 1
            return self._flow if self._level else self._doc
        elif char == ":" and (self._after_key or self._char(1) in (*_EMPTY, ",")):
            self._after_key = False
            self._add(":", self._at + 1)
            self._white()
        else:
            if char != "*":
                self._after_key = char in "'\""
            self._scalar(char)
        return self._flow

    def _breaks_off(self, indent: int, char: str) -> bool:
        """Whether this line, being indented too little, ends the brackets; a closing one may stand at their column."""
        shallow = indent != -1 and indent < self._wanted and char != "#"
        if not shallow and not (indent == 0 and _BOUNDARY.match(self._text, self._at)):
            return False
        return not (indent == self._wanted - 1 and self._level == 1 and char != "" and char in "]}")

    # -- scalars

    def _continues(self, at: int) -> int:
        """Where the text of the line that begins at `at` begins if it belongs to the value above; else -1."""
        text = self._text
        if self._wanted > 0:
            end = _SPACES.match(text, at).end()  # type: ignore[union-attr]
            if text.startswith("\r\n", end):
                return end + 1
            return end if text.startswith("\n", end) or end - at >= self._wanted else -1
        return -1 if _BOUNDARY.match(text, at) else at

    def _quoted(self, quote: str) -> None:
        text = self._text
        found = QUOTED[quote].match(text, self._at)
        end = found.end() if found else len(text)
        if found:
            line_break = text.find("\n", self._at, end)
            while line_break >= 0:
                inner = self._continues(line_break + 1)
                if inner < 0:
                    end = line_break - (text[line_break - 1] == "\r")
                    break
                line_break = text.find("\n", inner, end)
        self._add("single" if quote == "'" else "double", end)

    def _plain(self) -> None:
        text = self._text
        match = (_PLAIN_IN_FLOW if self._level else _PLAIN).match
        end = match(text, self._at).end()  # type: ignore[union-attr]
        at = end
        while line_break := _BREAK.match(text, at):
            at = line_break.end()
            if text.startswith("#", at) or (inner := self._continues(at)) < 0:
                break
            at = _WHITE.match(text, inner).end()  # type: ignore[union-attr]
            if text.startswith("#", at):
                break
            more = match(text, at).end()  # type: ignore[union-attr]
            if more > at:
                at = end = more
        if end > self._at:
            self._add("plain", end)
        else:
            self._fresh = False
            self._mark("plain")

    def _block(self) -> Callable[[], object]:
        start = self._at
        self._add("header", self._match(_HEADER))
        signs = _SIGNS.match(self._text, start + 1)[0]  # type: ignore[index]
        digits = signs.replace("+", "").replace("-", "")
        self._white()
        self._add("comment" if self._char() == "#" else "junk", self._rest())
        self._newline()
        start = self._at
        end = self._block_end(int(digits[-1]) - 1 if digits else -1, "+" in signs)
        self._tokens.append(Token("block", start, end, self._column))
        self._at = end
        self._fresh = True
        self._column = 0
        return self._line_start()

    def _block_end(self, explicit: int, keep: bool) -> int:
        """Behind the last line of a block scalar whose lines begin here."""
        text, start = self._text, self._at
        first = _BLANK_LINES.match(text, start).end()  # type: ignore[union-attr]
        indent = _SPACES.match(text, first).end() - first  # type: ignore[union-attr]
        end = first
        if indent >= self._wanted:
            self._wanted = indent if explicit == -1 else explicit + (self._wanted or 1)
            while (inner := self._continues(end)) >= 0:
                line_break = text.find("\n", inner)
                if line_break < 0:
                    end = len(text) + 1
                    break
                end = line_break + 1
        behind = _SPACES.match(text, min(end, len(text))).end()  # type: ignore[union-attr]
        if text.startswith("\t", behind):
            return _ANY_WHITE.match(text, behind).end()  # type: ignore[union-attr]
        if not keep:
            end = self._without_blank_lines(start, end, indent)
        return min(end, len(text))

    def _without_blank_lines(self, start: int, end: int, indent: int) -> int:
        text = self._text
        while True:
            last = end - 2
            if last >= 0 and text[last : last + 1] == "\r":
                last -= 1
            before = last
            while before >= 0 and text[before : before + 1] == " ":
                before -= 1
            if before < start or text[before : before + 1] != "\n" or before + 1 + indent <= last:
                return end
            end = before + 1


_INDICATORS = frozenset("!&-?:")
_INDENTING = frozenset(("space", "-", "?", ":"))
_ANY_WHITE = re.compile(r"[ \t\r\n]*+")
