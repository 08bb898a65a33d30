"""mistune's parsers within bounds.

mistune is linear on nearly all it is given. Where it is not, where it would recurse without end, or lose something that
a tree has to keep, the parsers here do the same in another way, or refuse; each place says which.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NoReturn

from mistune import BlockParser, BlockState, InlineParser, InlineState
from mistune.util import escape_url

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from mistune._inline.links import Bracket

MAX_DEPTH = 30
"""How deep quotes and lists may be nested: each level is read once more for each that holds it."""
MAX_REREADING = 12
"""How often, on the whole, a text may be read for what is nested in it."""
MAX_MARKS = 20_000
"""How many signs of emphasis one paragraph may have: mistune moves the rest of it for each pair."""
MAX_OPEN_MARKS = 200
"""How many of them may be open at once."""
FREE_TOKENS = 50_000
"""How many tokens a note may have whatever its length; beyond that, one for two signs. What is slow counts more."""


class Unreadable(ValueError):  # noqa: N818 - it is no error, but an answer
    """The text cannot be read within bounds; what it says is a reason for people, without a full stop."""


class Budget:
    """What one text may cost. It counts work, not time: the same text has always the same answer."""

    def __init__(self, length: int) -> None:
        self.tokens = FREE_TOKENS + length // 2
        self.signs = FREE_TOKENS + length * MAX_REREADING

    def of_tokens(self, count: int) -> None:
        """Effect: takes note of new tokens. Raises `Unreadable` where there are too many."""
        self.tokens -= count
        if self.tokens < 0:
            self.refuse()

    def refuse(self) -> NoReturn:
        """Raise `Unreadable`: there are too many tokens. What adds one at a time counts it itself, for speed."""
        raise Unreadable("it has more marks than text")

    def of_signs(self, count: int) -> None:
        """Effect: takes note of text to be read again. Raises `Unreadable` where it is too much."""
        self.signs -= count
        if self.signs < 0:
            raise Unreadable("too much of it is nested deep in lists and quotes")


_BUDGET = "vaultlint.budget"


class BoundedState(BlockState):
    """mistune's state with a paragraph kept in parts until it is whole, and with a bound to its depth."""

    def __init__(self, parent: BoundedState | None = None) -> None:
        super().__init__(parent)
        self.level: int = parent.level + 1 if parent else 0

    def depth(self) -> int:
        """How many quotes and items hold this one."""
        return self.level

    def process(self, src: str) -> None:
        """Effect: takes the text that is to be read."""
        super().process(src)
        if self.level == 0:
            self.env[_BUDGET] = Budget(len(src))

    def child_state(self, src: str, lazy_line_starts: set[int] | None = None) -> BlockState:
        """The state for what is in a quote or an item. Raises `Unreadable` where that is too deep or too much."""
        if self.level >= MAX_DEPTH:
            raise Unreadable(f"its lists and quotes are nested over {MAX_DEPTH} deep")
        budget: Budget = self.env[_BUDGET]
        budget.of_tokens(3)
        budget.of_signs(len(src))
        return super().child_state(src, lazy_line_starts)

    def append_token(self, token: dict[str, Any]) -> None:
        """Effect: adds a block."""
        budget: Budget = self.env[_BUDGET]
        budget.tokens -= 1
        if budget.tokens < 0:
            budget.refuse()
        self.tokens.append(token)

    # mistune adds each line to a string that only ever grows: a paragraph of 1 MB would be copied 100,000 times.
    def add_paragraph(self, text: str) -> None:
        """Effect: adds a line to the paragraph that is open, or opens one."""
        last = self.last_token()
        if last and last["type"] == "paragraph":
            last["parts"].append(text)
        else:
            self.append_token({"type": "paragraph", "text": "", "parts": [text]})

    def append_paragraph(self) -> int | None:
        """Effect: adds the line at the cursor to the paragraph that is open, if one is; the line's end."""
        last = self.last_token()
        if last and last["type"] == "paragraph":
            end = self.find_line_end()
            last["parts"].append(self.get_text(end))
            return end
        return None

    def join_paragraphs(self) -> None:
        """Effect: makes the text of each paragraph of its parts."""
        for token in self.tokens:
            if "parts" in token:
                token["text"] = "".join(token.pop("parts"))


_QUOTED = re.compile(r" {0,3}>[ ]?")
_PREFIX = re.compile(r"[> \t]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)*+")
_NO_PARAGRAPH = re.compile(r"#{1,6}(?:[ \t]|\Z)|`{3}|~{3}|\Z|(?:[-*_][ \t]*){3,}\Z|\||\$\$|%%|<")
_BLANK = re.compile(r"[ \t]*(?:\n|\Z)")
_INDENTED = re.compile(r"[> ]*(?: {4}| *\t)")


_NO_TAG = re.compile(r"(?![ \t\n>]|/>|\Z)(?<![ \t\n])")


class BoundedBlocks(BlockParser):
    """mistune's blocks; a definition is a token too."""

    state_cls = BoundedState
    # To mistune `=--` below a paragraph makes a heading of it, and white space at the begin of a line code.
    SPECIFICATION = BlockParser.SPECIFICATION | {
        "setex_heading": r"^ {0,3}(?P<setext_1>=|-)(?:(?<==)=*|(?<=-)-*)[ \t]*$",
        "indent_code": r"^(?![ \t]*$)" + BlockParser.SPECIFICATION["indent_code"].removeprefix("^"),
    }

    def parse(self, state: BlockState, rules: list[str] | None = None) -> None:
        """Effect: reads the blocks of a text."""
        super().parse(state, rules)
        if isinstance(state, BoundedState):
            state.join_paragraphs()

    # mistune takes `<frame/[` for the begin of a tag.
    def parse_raw_html(self, m: re.Match[str], state: BlockState) -> int | None:
        """Effect: reads a block of HTML. Nothing, where it only looks like one."""
        if _NO_TAG.match(state.src, m.end()) and not m[0].lstrip().startswith(("<!", "<?")):
            return None
        return super().parse_raw_html(m, state)

    # mistune looks at each line sign by sign, and takes one of nothing but five spaces for code or for text.
    def _parse_indent_code_fast(self, state: BlockState) -> int | None:
        if not state.src.startswith((" ", "\t"), state.cursor) or _BLANK.match(state.src, state.cursor):
            return None
        return super()._parse_indent_code_fast(state)

    # mistune does so only where a line begins with a letter, and searches from sign to sign elsewhere. Every rule
    # begins at the start of a line.
    def _parse_plain_paragraph(self, state: BlockState, sc: re.Pattern[str]) -> bool:
        """Effect: adds the line at the cursor and those behind it up to where a rule matches."""
        src, size = state.src, state.cursor_max
        at = state.find_line_end()
        while at < size and not sc.match(src, at):
            at = state.find_line_end_at(at)
        state.add_paragraph(state.get_text(at))
        state.cursor = at
        return True

    def parse_atx_heading(self, m: re.Match[str], state: BlockState) -> int:
        """Effect: reads a heading. mistune's search for the closing signs is quadratic in white space."""
        text = m["atx_2"].strip(" \t")
        bare = text.rstrip("#")
        if not bare or bare[-1] in " \t":
            text = bare.rstrip(" \t")
        state.append_token({"type": "heading", "text": text, "attrs": {"level": len(m["atx_1"])}, "style": "atx"})
        return m.end() + 1

    def parse_ref_link(self, m: re.Match[str], state: BlockState) -> int | None:
        """Effect: reads a definition, and keeps it: mistune only remembers what it defines."""
        if (end := state.append_paragraph()) is not None:
            return end
        # mistune remembers the blank lines of one source at a time, and forgets those of a quote's surroundings.
        known = state.env.setdefault("vaultlint.blank_lines", {})
        state.env["__blank_line_starts__"] = known.get(state.src)
        end = super().parse_ref_link(m, state)
        known[state.src] = state.env["__blank_line_starts__"]
        if end:
            state.append_token({"type": "definition", "raw": state.get_text(end).strip(" \t\n")})
        return end

    def extract_block_quote(self, m: re.Match[str], state: BlockState) -> tuple[str, int | None, set[int]]:
        """Effect: passes a quote. Its text without the signs, nothing, and where its lazy lines begin.

        mistune reads at once the block that ends a quote, from within the quote, and so on from there: quotes and
        lists in turn recurse without end, and come in a wrong order. Here a quote only ends.
        """
        breaks = self.compile_sc(["blank_line", "thematic_break", "fenced_code", "atx_heading", "list", "block_html"])
        lines: list[str] = []
        lazy: set[int] = set()
        size = 0
        paragraph = False
        fence = ""
        while state.cursor < state.cursor_max:
            line = state.get_line(state.cursor)
            quoted = _QUOTED.match(line)
            if quoted:
                text = line[quoted.end() :] if fence else _within(line, quoted.end())
                bare = _PREFIX.sub("", text, count=1).rstrip()
                if fence:
                    fence = "" if bare.startswith(fence) else fence
                elif bare.startswith(("```", "~~~")):
                    fence = bare[:3]
                indented = not paragraph and _INDENTED.match(text)
                paragraph = not (fence or indented or _NO_PARAGRAPH.match(bare))
            elif paragraph and not self._interrupted(breaks.match(state.src, state.cursor)):
                text = line
                lazy.add(size)
            else:
                break
            lines.append(text)
            size += len(text)
            state.cursor += len(line)
        return "".join(lines), None, lazy

    def _interrupted(self, found: re.Match[str] | None) -> bool:
        """Whether what was found at the start of a line may end a paragraph."""
        if found is None:
            return False
        if found.lastgroup == "list":
            marker = found["list_2"]
            return bool(found["list_3"].strip()) and (len(marker) == 1 or int(marker[:-1]) == 1)
        return True


def _within(line: str, start: int) -> str:
    """A line of a quote without its sign, a tab behind it as wide as it is there."""
    text = line[start:]
    if line[start - 1] == ">" and text.startswith("\t"):
        return "  " + text[1:]
    # `> ` and a tab is four columns (observed 18).
    return "    " + text[1:] if text.startswith("\t") else text


class BoundedInlineState(InlineState):
    """mistune's state of a line, with its tokens counted."""

    def __init__(self, env: MutableMapping[str, Any]) -> None:
        super().__init__(env)
        self._budget: Budget = env[_BUDGET]

    def append_token(self, token: dict[str, Any]) -> None:
        """Effect: adds a token."""
        budget = self._budget
        budget.tokens -= 1
        if budget.tokens < 0:
            budget.refuse()
        if self.brackets:
            super().append_token(token)
        else:
            self.tokens.append(token)


_RUN = re.compile(r"(?<![*_])(?:\*+|_+)|(?<=_)\*+|(?<=\*)_+")


def _can_be_paired(text: str) -> bool:
    """Whether mistune can pair the signs of emphasis in a paragraph in time.

    It looks through all that is between two signs once for each that is open around them: few may be open at once.
    """
    opened: list[str] = []
    for count, run in enumerate(_RUN.finditer(text), 1):
        sign = run[0]
        before, behind = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
        if opened and opened[-1] == sign and before and not before.isspace():
            opened.pop()
        elif behind and not behind.isspace():
            opened.append(sign)
        if len(opened) > MAX_OPEN_MARKS or count > MAX_MARKS:
            return False
    return True


_PLAIN_DESTINATION = re.compile(r"\(([^\x00-\x20\x7f\\()<]++)\)")


def _without_autolink(token: dict[str, Any]) -> dict[str, Any]:
    """A token in the text of a link, where a link without text of its own is text as written."""
    if "_autolink" in token:
        return {"type": "text", "raw": token["_autolink"], "_emphasis": False}
    return token


def _close_those_before(bracket: Bracket | None) -> None:
    """Effect: lets no bracket that was opened before a link begin one around it."""
    while bracket is not None and bracket.active:
        bracket.active = False
        bracket = bracket.previous_link


def _with_gaps(tokens: list[dict[str, Any]]) -> str:
    return "".join([token["raw"] if token["type"] == "text" else " " for token in tokens])


class BoundedInlines(InlineParser):
    """mistune's marks; a line break takes only the white space of ASCII with it."""

    state_cls = BoundedInlineState
    STD_LINEBREAK = r"(?:\\| {2,})\n[ \t]*"
    HARD_LINEBREAK = r" *\n[ \t]*"
    SPECIFICATION = InlineParser.SPECIFICATION | {"linebreak": STD_LINEBREAK, "softbreak": HARD_LINEBREAK}

    def __call__(self, s: str, env: MutableMapping[str, Any]) -> list[dict[str, Any]]:
        """The tokens of one block of text."""
        env[_BUDGET].of_tokens(2)
        if self._find_fast_text_end(s, 0) == len(s):
            env[_BUDGET].of_tokens(1)
            return [{"type": "text", "raw": s}]
        return super().__call__(s, env)

    def _find_fast_text_end(self, src: str, pos: int) -> int | None:
        triggers = self._fast_trigger_re
        if triggers is None:
            return super()._find_fast_text_end(src, pos)
        # mistune sorts all the signs that may begin a mark for each piece of text.
        found = triggers.search(src, pos)
        if found is None:
            return len(src)
        return self._find_linebreak_start(src, pos, found.start()) if found[0] == "\n" else found.start()

    def parse_codespan(self, m: re.Match[str], state: InlineState) -> int:
        """Effect: reads a code span, byte for byte: mistune takes line breaks and spaces out of it."""
        end = state.delimiters.code_end(m[0], m.end())
        if end is None:
            state.append_token({"type": "text", "raw": m[0]})
            return m.end()
        state.append_token({"type": "codespan", "raw": state.src[m.end() : end]})
        return end + len(m[0])

    def parse_link_close(self, m: re.Match[str], state: InlineState) -> int:
        """Effect: reads the end of a link. A pattern finds a plain destination: mistune goes from sign to sign."""
        plain = _PLAIN_DESTINATION.match(state.src, m.end()) if len(m[0]) == 1 and state.brackets else None
        if plain is None or not self._may_close(state):
            return super().parse_link_close(m, state)
        opener = state.brackets.pop()
        children = state.tokens[opener.token_index + 1 :]
        if not opener.image:
            state.last_link = opener.previous_link
            children = [_without_autolink(child) for child in children]
        if state.brackets:
            around = state.brackets[-1]
            around.child_depth = max(around.child_depth, opener.child_depth)
        children = self.finalize_tokens(children, state.depth + 1)
        del state.tokens[opener.token_index :]
        attributes = {"url": escape_url(plain[1])}
        state.append_token({"type": "image" if opener.image else "link", "children": children, "attrs": attributes})
        if not opener.image:
            _close_those_before(state.last_link)
        return plain.end()

    def _may_close(self, state: InlineState) -> bool:
        """Whether the bracket that was opened last may begin a link here."""
        opener = state.brackets[-1]
        within_link = state.in_link and not opener.image
        return opener.active and not within_link and state.depth + opener.child_depth < self.max_nested_level

    def finalize_tokens(self, tokens: list[dict[str, Any]], depth: int) -> list[dict[str, Any]]:
        """The tokens with their emphasis. Raises `Unreadable` where that would take too long."""
        marks, text_before, adjacent = 0, False, False
        for token in tokens:
            is_text = token["type"] == "text"
            if is_text:
                marks += token["raw"].count("*") + token["raw"].count("_")
                adjacent = adjacent or text_before
            text_before = is_text
        if not marks and not adjacent:
            return tokens
        # A run that mistune gives in pieces is one run all the same.
        if marks > MAX_OPEN_MARKS and not _can_be_paired(_with_gaps(tokens)):
            raise Unreadable("a paragraph has too many signs of emphasis")
        return super().finalize_tokens(tokens, depth)
