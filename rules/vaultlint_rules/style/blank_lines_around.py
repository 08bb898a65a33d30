"""The blank line above and below headings, code, tables and the like, at the root of a note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from vaultlint_rules.style._gaps import Pairs, add_line, drop_lines, first_line, gaps, last_line

from vaultlint.rule.finding import Severity
from vaultlint.rule.kinds import Group, NoteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint_rules.style._gaps import Gap

    from vaultlint.note.model import Section
    from vaultlint.note.note import Note
    from vaultlint.rule.context import Context
    from vaultlint.rule.finding import Finding


@dataclass(frozen=True)
class Options:
    """What has a blank line above and below it."""

    headings_above: Annotated[
        Literal["one", "any"], "Whether a heading needs a blank line above it; `any` asks for nothing."
    ] = "one"
    headings_below: Annotated[
        Literal["one", "none", "any"],
        "Whether a heading needs a blank line below it, must have none but before another heading, or may be as it is.",
    ] = "one"
    code: Annotated[bool, "Whether a code block needs blank lines."] = True
    tables: Annotated[bool, "Whether a table needs blank lines."] = True
    math: Annotated[bool, "Whether a block of math needs blank lines."] = True
    quotes: Annotated[bool, "Whether a quote or callout needs blank lines."] = True
    rules: Annotated[bool, "Whether a thematic break needs blank lines."] = True
    paragraphs: Annotated[bool, "Whether a paragraph needs blank lines, also above a list."] = False


_OPTION = {
    "code": "code",
    "table": "tables",
    "math": "math",
    "blockquote": "quotes",
    "callout": "quotes",
    "thematicBreak": "rules",
    "paragraph": "paragraphs",
}
"""Type of a block -> the option that asks for blank lines around it."""
_NAMES = {"blockquote": "quote", "thematicBreak": "thematic break", "code": "code block", "math": "block of math"}


class BlankLinesAround(NoteRule):
    """No blank line stands between two blocks where one belongs."""

    name = "blank-lines-around"
    group = Group.STYLE
    severity = Severity.INFO
    Options = Options

    def __init__(self, options: Any = None, context: Context | None = None) -> None:
        super().__init__(options, context)
        self._asking = frozenset(kind for kind, option in _OPTION.items() if getattr(self.options, option))

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each gap that lacks its blank line; that below properties is `frontmatter-blank-lines`' matter."""
        pairs = Pairs(note)
        for gap in gaps(note, filled=self.options.headings_below == "none"):
            if gap.above.type == "yaml":
                continue
            if gap.lines:
                if self._is_too_wide(gap):
                    fix = drop_lines(note, gap.span, "close up to the heading")
                    yield self.find(last_line(note, gap.above.span), "blank line below the heading", fix=fix)
            elif (side := self._needy(gap)) is not None and not pairs.hold(gap):
                above = side is gap.below
                where = first_line(note, side.span) if above else last_line(note, side.span)
                place = "above" if above else "below"
                message = f"no blank line {place} the {_NAMES.get(side.type, side.type)}"
                # to some readers a table below a text is none before it has its line
                is_new = gap.above.type == "paragraph" and gap.below.type == "table"
                line = None if is_new else add_line(note, gap, f"put a blank line {place} it")
                yield self.find(where, message, fix=line)

    def _is_too_wide(self, gap: Gap) -> bool:
        if self.options.headings_below != "none" or gap.above.type != "heading":
            return False
        return gap.below.type not in ("heading", "comment", "html")

    def _needy(self, gap: Gap) -> Section | None:
        """The block that asks for a blank line here; `None`: neither does."""
        options, above, below = self.options, gap.above, gap.below
        if above.type == "heading" and options.headings_below != "any":
            return above if options.headings_below == "one" else None
        if below.type == "heading" and options.headings_above == "one":
            return below if above.type != "heading" else None
        if below.type in self._asking:
            return below
        return above if above.type in self._asking else None
