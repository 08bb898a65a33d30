"""`vaultlint explain`: the list of rules, the note of one, or a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vaultlint.cli import status
from vaultlint.note.frontmatter import read_frontmatter
from vaultlint.report.escape import cells, visible, visible_lines
from vaultlint.rule.meta import ENGINE_FINDINGS
from vaultlint.rule.registry import Pack, RuleSet, installed_rules

if TYPE_CHECKING:
    from vaultlint.cli.arguments import ExplainArguments
    from vaultlint.cli.output import Output


class Page(NamedTuple):
    """A rule's note: what its frontmatter says, and the rest."""

    name: str
    title: str
    group: str
    default: str
    """A severity, or `off` where no default pack turns the rule on."""
    fix: str
    since: str
    summary: str
    body: str

    def text(self) -> str:
        """All of it as Markdown."""
        facts = f"{self.group}, {self.default} by default, fix: {self.fix}, since {self.since}"
        return f"# {self.title} ({self.name})\n\n{facts}\n\n{self.summary}\n\n{self.body.strip()}\n"


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


def page_of(ruleset: RuleSet, name: str) -> Page:
    """What there is to say of a rule. A rule without a note of its own speaks through its class."""
    text = ruleset.note(name)
    head = read_frontmatter(text)
    said = {found.key: str(found.value) for found in head.properties}
    body = text[head.span.end :] if head.span else text
    if name in ENGINE_FINDINGS:
        group, severity, since, summary = "meta", ENGINE_FINDINGS[name], "0.1.0", ""
    else:
        rule = ruleset.load(name)
        group, severity, since = rule.group.value, rule.severity, rule.since
        summary = (rule.__doc__ or "").strip().partition("\n")[0]
    return Page(
        name=name,
        title=said.get("title", name),
        group=said.get("group", group),
        default=said.get("default", str(severity)),
        fix=said.get("fix", "none"),
        since=said.get("since", since),
        summary=said.get("summary", summary),
        body=body if head.span else "",
    )


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
