"""Raw HTML, and Markdown inside it that is not read as such (semantics 7.15, 7.16)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from vaultlint_rules.frontmatter._lists import short

from vaultlint.note.model import Span
from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.note.model import Html
    from vaultlint.note.note import Note
    from vaultlint.rule.finding import Finding

_TAG = re.compile(r"<([A-Za-z][^\s<>/]*)")
_MARKERS = re.compile(r"^(?:[ \t]*>)+", re.MULTILINE)
_RAW = re.compile(r"<(script|style|pre|textarea|svg|code)\b.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_MARKDOWN = re.compile(
    r"!?\[\[[^\[\]\n]+\]\]|!?\[[^\[\]\n]+\]\([^()\s]+\)|\*\*\w[^*\n]*\*\*|==\w[^=\n]*=="
    r"|^ {0,3}(?:#{1,6} |[-*+] |> )\S[^\n]*",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Options:
    """What may be there."""

    allowed: Annotated[
        tuple[str, ...], "Names of elements that are fine, in lower case: what Markdown has no signs for."
    ] = ("br", "u", "sub", "sup", "kbd", "iframe", "details", "summary", "audio", "video", "source")
    markdown: Annotated[bool, "Whether Markdown inside a block of HTML is reported, where the app shows its signs."] = (
        True
    )


class HtmlInNote(NoteRule):
    """HTML stands in a note, or Markdown stands inside HTML and is not read."""

    name = "html-in-note"
    group = Group.BLOCKS
    severity = Severity.INFO
    Options = Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each opening tag that is not allowed, and the first Markdown in each block of HTML."""
        if "<" not in note.text:
            return
        for html in note.html:
            for tag in _TAG.finditer(
                note.text, html.span.start, html.span.end if html.block else html.span.start + 100
            ):
                if not html.block and tag.start() != html.span.start:
                    break
                if tag[1].lower() not in self.options.allowed:
                    yield self.find(Span(*tag.span()), f"HTML: the element '<{tag[1]}>'")
            if html.block and self.options.markdown:
                yield from self._markdown(note, html)

    def _markdown(self, note: Note, html: Html) -> Iterator[Finding]:
        text = html.span.of(note.text)
        if any(quote.span.start <= html.span.start < quote.span.end for quote in note.quotes):
            text = _MARKERS.sub(_blank, text)
        found = _MARKDOWN.search(_RAW.sub(_blank, text))
        if found is not None:
            start, written = html.span.start + found.start(), found[0].rstrip()
            start += len(written) - len(written.lstrip())
            yield self.find(
                Span(start, html.span.start + found.end()),
                f"'{short(written.strip())}' stands inside HTML, where the app shows it as it is written",
                hint="put a blank line before it, or write it as HTML",
            )


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
