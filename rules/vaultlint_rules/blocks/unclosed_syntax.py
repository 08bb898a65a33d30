"""Signs that open something which nothing closes: it runs to the end of the note, or is none (semantics 7.7, 7.11)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultlint_rules._spans import Taken

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vaultlint_rules._spans import Spanned

    from vaultlint.note.model import Code, Comment
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_FENCE = re.compile(r"`{3,}|~{3,}")
_OPENERS = {
    "==": re.compile(r"(?<![^\s(*_\"'“])==(?=[^\s=])"),
    "%%": re.compile(r"(?<![^\s(*_\"'“])%%(?![%\w]*=)"),
}
"""Where such a sign can only be meant to open something: behind white space, before a word."""
_NO_TEXT = frozenset(("yaml", "code", "comment", "math", "html", "thematicBreak"))


class UnclosedSyntax(NoteRule):
    """Code, math, a comment or a highlight is opened and not closed."""

    name = "unclosed-syntax"
    group = Group.BLOCKS
    severity = Severity.ERROR
    in_templates = True

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield every opening sign without its closing one."""
        if "```" in note.text or ("~" in note.text and "~~~" in note.text):
            yield from self._fences(note)
        for math in note.math:
            if not math.closed:
                yield self._open(Span(math.span.start, math.span.start + 2), "$$", "all that follows is math")
        for comment in () if note.comments_close else note.comments:
            if not comment.closed:
                sign = "<!--" if comment.html else "%%"
                yield self._open(
                    Span(comment.span.start, comment.span.start + len(sign)), sign, "what follows is hidden"
                )
        if not self.context.is_template(note.path):
            yield from self._in_lines(note)

    def _fences(self, note: Note) -> Iterator[Finding]:
        before_is_open = False
        for code in note.code:
            if code.kind == "fenced":
                # What was to close the fence before, and stands outside of what holds that one, is no fault of its own.
                is_closing = before_is_open and code.info_span is None
                before_is_open = not code.closed and not is_closing
                if before_is_open:
                    yield self._fence(note, code)

    def _fence(self, note: Note, code: Code) -> Finding:
        fence = _FENCE.match(note.text, code.span.start)
        sign = fence[0] if fence else "```"
        rest = note.text[code.span.end :].strip()
        what = "it ends with the list or quote that it stands in" if rest else "all that follows is code"
        return self._open(Span(code.span.start, code.span.start + len(sign)), sign, what)

    def _in_lines(self, note: Note) -> Iterator[Finding]:
        for sign, pattern in _OPENERS.items():
            if sign[0] not in note.text or sign not in note.text:  # the one sign is missed sooner
                continue
            if sign == "%%" and note.comments_close:
                continue
            pairs: Sequence[Spanned] = note.highlights if sign == "==" else note.comments
            closed = len(pairs) if sign == "==" else _between_percent_signs(note.comments)
            if note.text.count(sign) == 2 * closed:
                continue
            taken = Taken(pairs, note.html, note.templater, note.links, note.wikilinks)
            for section in note.sections:
                if section.type in _NO_TEXT:
                    continue
                for found in pattern.finditer(note.text, section.span.start, section.span.end):
                    span = Span(*found.span())
                    if not note.hidden(span) and not taken.touches(span):
                        yield self._open(span, sign, "the signs are shown as they are")

    def _open(self, span: Span, sign: str, what: str) -> Finding:
        closing = "-->" if sign == "<!--" else sign
        written, end = (one if len(one) <= 20 else f"{one[:19]}…" for one in (sign, closing))
        return self.find(span, f"'{written}' is not closed: {what}", hint=f"write '{end}' where it ends")


def _between_percent_signs(comments: Iterable[Comment]) -> int:
    """How many comments stand, and hold something, between two `%%`."""
    spans = [comment.content_span for comment in comments if comment.closed and not comment.html]
    return len([span for span in spans if span.start < span.end])
