"""A pack as Markdown: what it is for, and how it sets each of its rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaultlint.rule.options import toml
from vaultlint.rule.page import Page, page_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.rule.registry import Pack, RuleSet

_SCHEMA = "[[schema]]"


def pack_text(pack: Pack, ruleset: RuleSet) -> str:
    """Its rules by group, each with its severity, its options and its summary; then the schemas that it brings."""
    data = pack.data()
    return "\n".join([f"# {pack.name} (pack)", "", data.get("summary", ""), *_rules(data, ruleset), *_schemas(pack)])


def _rules(data: dict[str, Any], ruleset: RuleSet) -> Iterator[str]:
    pages = [(page_of(ruleset, ruleset.current(name)), said) for name, said in data.get("rules", {}).items()]
    for group in dict.fromkeys(page.group for page, _ in pages):
        yield from ("", f"## {group}", "")
        yield from (_rule(page, said) for page, said in pages if page.group == group)
    yield ""


def _rule(page: Page, said: Any) -> str:
    table = said if isinstance(said, dict) else {"severity": said}
    level = table.get("severity", "on")
    options = [f"`{key} = {toml(value)}`" for key, value in table.items() if key != "severity"]
    return f"- `{page.name}`, {', '.join([level, *options])}: {page.summary}"


def _schemas(pack: Pack) -> Iterator[str]:
    """As the pack writes them: that is what a config would say."""
    text = pack.text()
    if _SCHEMA in text:
        yield from ("## schemas", "", "```toml", text[text.index(_SCHEMA) :].strip(), "```", "")
