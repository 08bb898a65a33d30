"""The tokens of a block put together: which list, map or text each belongs to.

What belongs to what is decided as the app's library (npm `yaml` 2.x) decides it, down to whose a comment is, since
the library refuses a map for a comment in a wrong place. Whether the parts make sense is judged in `yaml12`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.note.yaml_owners import (
    give_values,
    is_comment_of_last,
    move_comments,
    put,
    start_of_next,
    take_key_start,
    tokens_before,
)
from vaultlint.note.yaml_parts import BLANK, Block, Document, Entry, Flow, Map, Scalar, Seq, end_of, holds

if TYPE_CHECKING:
    from vaultlint.note.yaml_parts import Part
    from vaultlint.note.yaml_tokens import Token

MAX_DEPTH = 100
"""Levels of lists and maps; nobody writes as many, and a stack has an end."""


class TooDeep(Exception):  # noqa: N818 - a fault of the note
    """A list or map in over `MAX_DEPTH` others begins at `start`."""

    def __init__(self, start: int) -> None:
        super().__init__(start)
        self.start = start


_SCALARS = frozenset(("alias", "plain", "single", "double"))
_BOUNDS = frozenset((":", ",", "]", "}", "doc-start", "doc-end", "document", "cut", "end"))
"""Nothing of this stands behind a value on its line."""


def tree_of(tokens: list[Token]) -> Document:
    """The block that the tokens make. Raises `TooDeep`."""
    return _Builder(tokens).document()


class _Builder:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._on_key_line = False
        self._depth = 0
        self._junk: Token | None = None
        """What stands behind the header of a block scalar and is no comment."""

    def document(self) -> Document:
        block = Document()
        self._skip(block.directives)
        if self._tokens[self._at].kind == "document":
            self._at += 1
            self._content(block)
        lost = self._behind(block)
        block.lost = self._junk or lost
        return block

    def _skip(self, directives: list[Token]) -> None:
        """Pass over what stands between documents."""
        while (token := self._tokens[self._at]).kind in ("bom", "directive", *BLANK):
            if token.kind == "directive":
                directives.append(token)
            self._at += 1

    def _content(self, block: Document) -> None:
        while block.value is None:
            token = self._tokens[self._at]
            if token.kind in ("anchor", "tag", *BLANK) or (
                token.kind == "doc-start" and all(one.kind in BLANK for one in block.start)
            ):
                block.start.append(token)
                self._at += 1
                continue
            part = self._value(block)
            if part is None:
                return
            self._grow(part, block)

    def _behind(self, block: Document) -> Token | None:
        """The first token behind the block that cannot be there."""
        while (token := self._tokens[self._at]).kind in BLANK:
            block.end.append(token)
            self._at += 1
        if token.kind == "doc-end":
            self._at += 1
            self._skip(block.late_directives)
            token = self._tokens[self._at]
        return None if token.kind == "end" else token

    # -- one part within another

    def _value(self, parent: Part | Document) -> Part | None:
        """The part that begins here; `None` where none can."""
        token = self._tokens[self._at]
        kind = token.kind
        part: Part
        if kind in _SCALARS:
            part = Scalar(kind, token.start, token.end, token.indent)
        elif kind == "header":
            part = Block(token.start, token.indent, [token], token)
        elif kind in ("[", "{"):
            part = Flow(token, token.start, token.indent)
        elif kind == "-":
            part = Seq(token.start, token.indent, [Entry([token])])
        elif kind in ("?", ":"):
            self._on_key_line = True
            start = take_key_start(tokens_before(parent))
            entry = Entry([*start, token], explicit=True) if kind == "?" else Entry(start, sep=[token])
            part = Map(token.start, token.indent, [entry])
        else:
            return None
        self._at += 1
        return part

    def _grow(self, part: Part, parent: Part | Document) -> None:
        """Read on until the part has ended, and put it into its parent."""
        depth = self._depth
        growing: Part | None = part
        while growing is not None:
            part = growing
            if not isinstance(part, Scalar | Block):
                self._depth += 1
                if self._depth > MAX_DEPTH:
                    raise TooDeep(part.start)
            growing = self._grown(part, parent)
        self._depth = depth
        self._attach(part, parent)

    def _grown(self, part: Part, parent: Part | Document) -> Map | None:
        """Read what belongs to the part; a map where the part turned out to be a key of one."""
        if isinstance(part, Scalar):
            return self._line_end(part, parent)
        if isinstance(part, Flow):
            return self._flow(part, parent)
        if isinstance(part, Map):
            self._map(part)
        elif isinstance(part, Seq):
            self._seq(part)
        else:
            self._block(part)
        return None

    def _attach(self, part: Part, parent: Part | Document) -> None:
        if isinstance(part, Block):
            part.indent = parent.indent if not isinstance(parent, Document) else 0
        elif isinstance(part, Flow):
            give_values(part)
            if isinstance(parent, Document):
                part.indent = 0
        if isinstance(parent, Document):
            parent.value = part
        elif isinstance(parent, Map):
            last = parent.items[-1]
            if last.value is not None:
                parent.items.append(Entry(key=part, sep=[]))
                self._on_key_line = True
                return
            if last.sep is None:
                last.key, last.sep = part, []
                self._on_key_line = not last.explicit
                return
            last.value = part
        elif isinstance(parent, Seq):
            if parent.items[-1].value is not None:
                parent.items.append(Entry(value=part))
            else:
                parent.items[-1].value = part
        elif isinstance(parent, Flow):
            put(parent, part)
            return
        if isinstance(part, Map | Seq):
            move_comments(part, parent)

    def _line_end(self, part: Scalar | Flow, parent: Part | Document) -> Map | None:
        """What stands behind a value on its line; a colon makes it a key."""
        while True:
            token = self._tokens[self._at]
            if token.kind == ":" and isinstance(part, Scalar):
                sep = [*(part.end or ()), token]
                part.end = None
                return self._key(part, parent, sep)
            if token.kind in _BOUNDS:
                return None
            if part.end is None:
                part.end = []
            part.end.append(token)
            self._at += 1
            if token.kind == "newline":
                self._on_key_line = False
                return None

    def _key(self, part: Scalar | Flow, parent: Part | Document, sep: list[Token]) -> Map:
        """The map whose first key this is."""
        self._at += 1
        self._on_key_line = True
        return Map(part.start, part.indent, [Entry(take_key_start(tokens_before(parent)), key=part, sep=sep)])

    def _block(self, part: Block) -> None:
        while (token := self._tokens[self._at]).kind in ("junk", *BLANK):
            if token.kind == "junk":
                self._junk = self._junk or token
            else:
                part.props.append(token)
            self._at += 1
        part.content = token
        self._at += 1

    # -- maps

    def _map(self, part: Map) -> None:
        while True:
            token = self._tokens[self._at]
            if token.kind in BLANK:
                self._blank_in_map(token, part)
            elif token.kind in ("end", "doc-end") or token.indent < part.indent or not self._sign_in_map(token, part):
                return

    def _blank_in_map(self, token: Token, part: Map) -> None:
        self._at += 1
        last = part.items[-1]
        if token.kind == "newline":
            self._on_key_line = False
            end = end_of(last.value)
            if end and end[-1].kind == "comment":
                end.append(token)
                return
        if last.value is not None:
            part.items.append(Entry([token]))
        elif last.sep is not None:
            last.sep.append(token)
        elif not is_comment_of_last(token, part):
            last.start.append(token)

    def _sign_in_map(self, token: Token, part: Map) -> bool:
        """Whether the token belongs to the map, which has taken it then."""
        kind = token.kind
        last = part.items[-1]
        at_column = not self._on_key_line and token.indent == part.indent
        is_next = at_column and (last.sep is not None or last.explicit) and kind != "-"
        start = start_of_next(last, part.indent) if is_next else []
        if kind in ("anchor", "tag"):
            if is_next or last.value is not None:
                part.items.append(Entry([*start, token]))
                self._on_key_line = True
            elif last.sep is not None:
                last.sep.append(token)
            else:
                last.start.append(token)
        elif kind == "?":
            self._question(token, part, is_next, start)
            return True
        elif kind == ":":
            self._colon(token, part, is_next, start)
            return True
        elif kind in _SCALARS:
            key = Scalar(kind, token.start, token.end, token.indent)
            if is_next or last.value is not None:
                part.items.append(Entry(start, key=key, sep=[]))
            elif last.sep is None:
                last.key, last.sep = key, []
            else:
                self._at += 1
                self._grow(key, part)
                return True
            self._on_key_line = True
        else:
            value = self._value(part)
            if value is None:
                return False
            if at_column and not isinstance(value, Seq):
                part.items.append(Entry(start))
            self._grow(value, part)
            return True
        self._at += 1
        return True

    def _question(self, token: Token, part: Map, is_next: bool, start: list[Token]) -> None:
        self._at += 1
        self._on_key_line = True
        last = part.items[-1]
        if last.sep is None and not last.explicit:
            last.start.append(token)
            last.explicit = True
        elif is_next or last.value is not None:
            part.items.append(Entry([*start, token], explicit=True))
        else:
            self._grow(Map(token.start, token.indent, [Entry([token], explicit=True)]), part)

    def _colon(self, token: Token, part: Map, is_next: bool, start: list[Token]) -> None:
        self._at += 1
        self._on_key_line = True
        last = part.items[-1]
        inner: Entry | None = None
        if last.sep is None:
            if last.explicit and not holds(last.start, "newline"):
                inner = Entry(take_key_start(last.start), sep=[token])
            else:
                last.sep = [token]
        elif last.value is not None or (is_next and not last.explicit):
            part.items.append(Entry([] if last.explicit else start, sep=[token]))
        elif holds(last.sep, ":"):
            inner = Entry(start if last.explicit else [], sep=[token])
        elif last.explicit and isinstance(last.key, Scalar | Flow) and not holds(last.sep, "newline"):
            inner = Entry(take_key_start(last.start), key=last.key, sep=[*last.sep, token])
            last.key = last.sep = None
        else:
            last.sep += [*start, token] if last.explicit else [token]
        if inner is not None:
            self._grow(Map(token.start, token.indent, [inner]), part)

    # -- lists

    def _seq(self, part: Seq) -> None:
        while True:
            token = self._tokens[self._at]
            last = part.items[-1]
            if token.kind in BLANK:
                self._blank_in_seq(token, part)
            elif token.kind in ("anchor", "tag"):
                if last.value is not None or token.indent <= part.indent:
                    return
                last.start.append(token)
                self._at += 1
            elif token.kind == "-" and token.indent == part.indent:
                if last.value is not None or holds(last.start, "-"):
                    part.items.append(Entry([token]))
                else:
                    last.start.append(token)
                self._at += 1
            else:
                value = self._value(part) if token.indent > part.indent else None
                if value is None:
                    return
                self._grow(value, part)

    def _blank_in_seq(self, token: Token, part: Seq) -> None:
        self._at += 1
        last = part.items[-1]
        end = end_of(last.value)
        if last.value is None:
            if not is_comment_of_last(token, part):
                last.start.append(token)
        elif token.kind == "newline" and end and end[-1].kind == "comment":
            end.append(token)
        else:
            part.items.append(Entry([token]))

    # -- brackets

    def _flow(self, part: Flow, parent: Part | Document) -> Map | None:
        while not part.end:
            token = self._tokens[self._at]
            if token.kind == "cut":
                part.cut = token.start
                if not isinstance(parent, Flow):
                    self._at += 1
                return None
            if token.kind == "end":
                return None
            if not self._sign_in_flow(token, part):
                return None
        return self._behind_flow(part, parent)

    def _sign_in_flow(self, token: Token, part: Flow) -> bool:
        last = part.items[-1] if part.items else None
        kind = token.kind
        if kind in (",", "?"):
            if last is None or last.sep is not None:
                part.items.append(Entry([token]))
            else:
                last.start.append(token)
        elif kind == ":":
            if last is None or last.value is not None:
                part.items.append(Entry(sep=[token]))
            elif last.sep is not None:
                last.sep.append(token)
            else:
                last.sep = [token]
        elif kind in ("anchor", "tag", *BLANK):
            if last is None or last.value is not None:
                part.items.append(Entry([token]))
            elif last.sep is not None:
                last.sep.append(token)
            else:
                last.start.append(token)
        elif kind in ("]", "}"):
            part.end.append(token)
        else:
            value = self._value(part)
            if value is None:
                return False
            if isinstance(value, Scalar) and (last is None or last.value is not None or last.sep is None):
                put(part, value)
            else:
                self._grow(value, part)
            return True
        self._at += 1
        return True

    def _behind_flow(self, part: Flow, parent: Part | Document) -> Map | None:
        while True:
            token = self._tokens[self._at]
            if isinstance(parent, Map) and (
                (token.kind == ":" and parent.indent == part.indent)
                or (token.kind == "newline" and parent.items[-1].sep is None)
            ):
                return None
            if token.kind == ":" and not isinstance(parent, Flow):
                give_values(part)
                sep = [*part.end[1:], token]
                del part.end[1:]
                return self._key(part, parent, sep)
            if token.kind in _BOUNDS:
                return None
            part.end.append(token)
            self._at += 1
            if token.kind == "newline":
                self._on_key_line = False
                return None
