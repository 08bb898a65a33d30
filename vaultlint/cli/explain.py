"""`vaultlint explain`: the list of rules, the note of one with its settings here, or a pack."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vaultlint.cli import status
from vaultlint.cli.pack_text import pack_text
from vaultlint.cli.places import vaults_of
from vaultlint.report.escape import cells, visible, visible_lines
from vaultlint.rule.errors import UserError
from vaultlint.rule.page import Page, page_of
from vaultlint.rule.registry import installed_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultlint.cli.asked import ExplainArguments
    from vaultlint.cli.output import Output
    from vaultlint.config.settings import Resolved
    from vaultlint.rule.registry import RuleSet


def explain(arguments: ExplainArguments, output: Output) -> int:
    """Effect: prints a rule's note with its settings here, a pack, or the list of rules; raises `UserError`."""
    ruleset = installed_rules()
    if arguments.pack == "":
        packs = sorted(ruleset.packs.values(), key=lambda pack: pack.name)
        output.write(_table([(pack.name, pack.data().get("summary", "")) for pack in packs]))
    elif arguments.pack is not None or arguments.rule in ruleset.packs:
        pack = ruleset.pack(arguments.pack or arguments.rule or "")
        _show(pack_text(pack, ruleset), "", arguments, output)
    elif arguments.rule is not None:
        _show(*_rule(arguments.rule, ruleset, arguments), arguments, output)
    else:
        output.write(table([page_of(ruleset, name) for name in ruleset.explainable]))
    return status.CLEAN


def table(pages: list[Page]) -> str:
    """A line a rule: name, group, default severity, summary."""
    return _table([(page.name, page.group, page.default, page.summary) for page in pages])


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows in columns, made safe to show."""
    shown = [tuple(map(visible, row)) for row in rows]
    widths = [max(map(cells, column)) for column in zip(*shown, strict=True)]
    lines = []
    for row in shown:
        padded = [cell + " " * (width - cells(cell)) for cell, width in zip(row, widths, strict=True)]
        lines.append("  ".join(padded).rstrip() + "\n")
    return "".join(lines)


def _rule(name: str, ruleset: RuleSet, arguments: ExplainArguments) -> tuple[str, str]:
    """The note of a rule, and how it is set here; a vault's own rules are known where they may run."""
    from vaultlint.cli.rule_here import here_text

    try:
        resolved = _resolved(ruleset, arguments)
    except UserError as error:
        if ruleset.current(name) not in ruleset.explainable:
            raise
        return _note(name, ruleset), f"The settings here are not known: {visible(str(error))}\n"
    ruleset = resolved.settings.ruleset
    return _note(name, ruleset), here_text(resolved, ruleset.current(name))


def _note(name: str, ruleset: RuleSet) -> str:
    return page_of(ruleset, ruleset.source(name).name).text()


def _resolved(ruleset: RuleSet, arguments: ExplainArguments) -> Resolved:
    from vaultlint.config.settings import resolve_settings

    root = vaults_of([], arguments.vault)[0].root
    config = Path(arguments.config) if arguments.config else None
    return resolve_settings(root, ruleset, config=config, allow_local_rules=arguments.allow_local_rules)


def _show(text: str, here: str, arguments: ExplainArguments, output: Output) -> None:
    """Effect: prints Markdown, drawn where people read it. What is `here` comes from a vault, and is no Markdown."""
    if output.is_terminal or arguments.color == "always":
        drawn = _drawn(text, output.width or 80, colours=output.colours(arguments.color))
        output.write(f"{drawn}\n{here}" if here else drawn)
        return
    output.write(visible_lines(text))
    if here:
        lines = "".join([f"    {line}\n" for line in here.splitlines()])  # as code: no line of it is Markdown
        output.write(f"\n## Here\n\n{lines}")


def _drawn(text: str, width: int, *, colours: bool) -> str:
    from io import StringIO

    from rich.console import Console
    from rich.markdown import Markdown

    drawn = StringIO()
    console = Console(file=drawn, force_terminal=True, no_color=not colours, width=min(width, 100))
    console.print(Markdown(visible_lines(text)))
    return drawn.getvalue()
