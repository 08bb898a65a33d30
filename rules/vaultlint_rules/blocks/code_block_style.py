"""How code blocks are fenced."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Literal

from vaultlint_rules.style._gaps import BREAK, first_line, layout

from vaultlint.note.model import Span
from vaultlint.rule.finding import Finding, Severity
from vaultlint.rule.fix import Edit
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Code
    from vaultlint.note.note import Note
    from vaultlint.rule.fix import Fix

_SIGNS = {"backtick": "`", "tilde": "~"}
_BACKTICKS = re.compile("`{3,}+")
_RUN = re.compile(r"`{3,}+|~{3,}+")


@dataclass(frozen=True)
class Options:
    """How code blocks are written."""

    fence: Annotated[
        Literal["backtick", "tilde", "consistent", "any"],
        "The signs of a fence; `consistent`: those of the first one in the note.",
    ] = "backtick"
    indented: Annotated[
        Literal["any", "fenced"], "Whether code that only an indent makes code, at the root of the note, gets fences."
    ] = "any"
    nested: Annotated[bool, "Whether to report a block that ends too early, at the end of a block in it."] = True


class CodeBlockStyle(NoteRule):
    """A code block is not fenced as the vault wants it, or ends too early."""

    name = "code-block-style"
    group = Group.BLOCKS
    severity = Severity.INFO
    Options = Options
    needs = frozenset({"code"})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield fences of the other kind, indented code, and blocks that were meant to hold others."""
        others = [*(each.span for each in note.comments), *(each.span for each in note.templater)]
        blocks = [
            each for each in note.code if each.kind != "inline" and not any(one.overlaps(each.span) for one in others)
        ]
        fenced = [each for each in blocks if each.kind == "fenced"]
        yield from self._other_fences(note, fenced)
        if self.options.nested:
            yield from _too_early(note, fenced)
        if self.options.indented == "fenced":
            roots = {each.span.start for each in note.sections if each.type == "code"}
            for code in blocks:
                if code.kind == "indented" and code.span.start in roots:
                    yield self.find(first_line(note, code.span), "code without fences", fix=_in_fences(note, code))

    def _other_fences(self, note: Note, fenced: list[Code]) -> Iterator[Finding]:
        wanted = _SIGNS.get(self.options.fence)
        if self.options.fence == "consistent" and fenced:
            wanted = note.text[fenced[0].span.start]
        for code in fenced if wanted else ():
            opening = _RUN.match(note.text, code.span.start)
            inner = code.content_span.of(note.text)
            # With such signs in it, the others around it are the natural choice.
            if opening is not None and opening[0][0] != wanted and wanted and wanted * 3 not in inner:
                message = f"the code block is fenced by '{opening[0]}'"
                yield self.find(Span(*opening.span()), message, fix=_fenced_by(note, code, opening, wanted))


def _fenced_by(note: Note, code: Code, opening: re.Match[str], sign: str) -> Fix | None:
    """The same block with other signs around it; `None` where those can't stand there."""
    closing = _RUN.search(note.text, code.content_span.end, code.span.end)
    if not code.closed or closing is None or (sign == "`" and code.info_span and "`" in code.info_span.of(note.text)):
        return None
    edits = [Edit(note.path, Span(*each.span()), sign * 3) for each in (opening, closing)]
    return layout(f"write '{sign * 3}'", *edits)


_INNER = re.compile(r"^[ \t>]*+(`{3,}+|~{3,}+)(?=[ \t]*+[\w{][^`\r\n]*+$)", re.MULTILINE)
_MARKDOWN = ("md", "markdown")


def _too_early(note: Note, fenced: list[Code]) -> Iterator[Finding]:
    """Blocks with a fence in them that opens another, which then closes the outer one; what follows shows it."""
    for code, following in pairwise((*fenced, None)):
        if code is None or not code.closed:
            continue
        opening = _RUN.match(note.text, code.span.start)
        inner = next(
            (
                each
                for each in _INNER.finditer(note.text, code.content_span.start, code.content_span.end)
                if opening and each[1][0] == opening[0][0] and len(each[1]) >= len(opening[0])
            ),
            None,
        )
        stray = following is not None and following.info_span is None
        if inner and opening and (code.language.lower() in _MARKDOWN or stray):
            message = f"the block ends at the end of the '{inner[1]}' in it, which is as long as its own fence"
            yield Finding(Span(*opening.span()), message, hint=f"write '{inner[1]}{opening[0][0]}' around it")


_WHITE_LINE = re.compile(rf"{BREAK}[ \t]+(?=[\r\n]|\Z)")
_INDENT = re.compile(rf"({BREAK})(?: {{4}}| {{0,3}}\t)")


def _in_fences(note: Note, code: Code) -> Fix | None:
    """The code with a fence above and below, and its indent taken away; `None` where white space ends it."""
    text, path, newline = note.text, note.path, note.source.newline
    begin = note.source.line_span(note.source.line_of(code.span.start)).start
    fence = "`" * max((len(run) + 1 for run in _BACKTICKS.findall(code.span.of(text))), default=3)
    edits = [Edit(path, Span(begin, code.span.start), f"{fence}{newline}")]
    for indent in _INDENT.finditer(text, code.span.start, code.span.end):
        edits.append(Edit(path, Span(indent.end(1), indent.end()), ""))
    end = note.source.line_span(note.source.line_of(code.span.end)).end
    if end > code.span.end or _WHITE_LINE.match(text, end):
        return None  # who knows whether the code wants it
    edits.append(Edit(path, Span(end, end), f"{newline}{fence}"))
    return layout("put fences around it", *edits)
