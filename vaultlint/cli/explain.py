"""`vaultlint explain`: the list of rules, the note of one, or a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.cli import status
from vaultlint.report.escape import cells, visible, visible_lines
from vaultlint.rule.page import Page, page_of
from vaultlint.rule.registry import Pack, installed_rules

if TYPE_CHECKING:
    from vaultlint.cli.asked import ExplainArguments
    from vaultlint.cli.output import Output


def explain(arguments: ExplainArguments, output: Output) -> int:
    """Effect: prints a rule's note, a pack, or the list of rules; raises `UnknownNameError`."""
    ruleset = installed_rules()
    if arguments.rule is None:
        output.write(table([page_of(ruleset, name) for name in ruleset.explainable]))
        return status.CLEAN
    if arguments.rule in ruleset.packs:
        text = pack_text(ruleset.pack(arguments.rule))
    else:
        text = page_of(ruleset, ruleset.source(arguments.rule).name).text()
    if output.is_terminal or arguments.color == "always":
        output.write(_drawn(text, output.width or 80, colours=output.colours(arguments.color)))
    else:
        output.write(visible_lines(text))
    return status.CLEAN


def pack_text(pack: Pack) -> str:
    """A pack as Markdown: what it is for, and what it says, as a config would write it."""
    summary = pack.data().get("summary", "")
    return f"# {pack.name} (pack)\n\n{summary}\n\n```toml\n{pack.text().strip()}\n```\n"


def table(pages: list[Page]) -> str:
    """A line a rule: name, group, default severity, summary."""
    rows = [tuple(map(visible, (page.name, page.group, page.default, page.summary))) for page in pages]
    widths = [max((cells(row[column]) for row in rows), default=0) for column in range(3)]
    lines = []
    for row in rows:
        padded = [cell + " " * (width - cells(cell)) for cell, width in zip(row, widths, strict=False)]
        lines.append("  ".join((*padded, row[3])).rstrip() + "\n")
    return "".join(lines)


def _drawn(text: str, width: int, *, colours: bool) -> str:
    from io import StringIO

    from rich.console import Console
    from rich.markdown import Markdown

    drawn = StringIO()
    console = Console(file=drawn, force_terminal=True, no_color=not colours, width=min(width, 100))
    console.print(Markdown(visible_lines(text)))
    return drawn.getvalue()
