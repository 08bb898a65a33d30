"""A rule's note, read for showing: what its frontmatter says, and the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vaultlint.note.frontmatter import read_frontmatter
from vaultlint.rule.exempt import ORDINARY, PLUGIN_NOTE, TEMPLATE, left_alone
from vaultlint.rule.fix import Kind
from vaultlint.rule.meta import ENGINE_FINDINGS

if TYPE_CHECKING:
    from vaultlint.note.frontmatter import Frontmatter
    from vaultlint.rule.finding import Severity
    from vaultlint.rule.registry import RuleSet


_LEFT_ALONE = {
    ORDINARY: "",
    TEMPLATE: "templates",
    PLUGIN_NOTE: "notes that a plug-in owns",
    TEMPLATE | PLUGIN_NOTE: "templates, and notes that a plug-in owns",
}


class Page(NamedTuple):
    """A rule's note: what its frontmatter says, and the rest."""

    name: str
    title: str
    group: str
    severity: Severity
    """That of the rule where nothing sets another."""
    default: str
    """A severity, or `off` where no default pack turns the rule on."""
    fix: str
    changes: tuple[str, ...]
    """What its fixes may change: `layout`, or aspects; empty where it has none, or its note does not say."""
    since: str
    left_alone: str
    """The notes of which it does not speak (see `exempt.py`), in words; empty: it speaks of all."""
    summary: str
    body: str

    def text(self) -> str:
        """All of it as Markdown."""
        facts = f"{self.group}, {self.default} by default, fix: {self.fix}{self._licence()}, since {self.since}"
        if self.left_alone:
            facts += f"; leaves alone {self.left_alone}"
        return f"# {self.title} ({self.name})\n\n{facts}\n\n{self.summary}\n\n{self.body.strip()}\n"

    def _licence(self) -> str:
        """What a fix may change, in an owner's words."""
        if not self.changes:
            return ""
        if self.changes == (Kind.LAYOUT.value,):
            return " (changes layout alone)"
        *most, last = self.changes
        return f" (may change {', '.join(most)} and {last})" if most else f" (may change {last})"


def page_of(ruleset: RuleSet, name: str) -> Page:
    """What there is to say of a rule. A rule without a note of its own speaks through its class."""
    text = ruleset.note(name)
    head = read_frontmatter(text)
    said = {found.key: str(found.value) for found in head.properties}
    body = text[head.span.end :] if head.span else text
    if name in ENGINE_FINDINGS:
        group, severity, since, summary, alone = "meta", ENGINE_FINDINGS[name], "0.1.0", "", ORDINARY
    else:
        rule = ruleset.load(name)
        group, severity, since, alone = rule.group.value, rule.severity, rule.since, left_alone(rule)
        summary = (rule.__doc__ or "").strip().partition("\n")[0]
    return Page(
        name=name,
        title=said.get("title", name),
        group=said.get("group", group),
        severity=severity,
        default=said.get("default", str(severity)),
        fix=said.get("fix", "none"),
        changes=_changes(head),
        since=said.get("since", since),
        left_alone=_LEFT_ALONE[alone],
        summary=said.get("summary", summary),
        body=body if head.span else "",
    )


def _changes(head: Frontmatter) -> tuple[str, ...]:
    value = next((found.value for found in head.properties if found.key == "changes"), None)
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, list | tuple) else (str(value),)
