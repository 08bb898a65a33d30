"""The reference of the rules: a page a rule and an index, made from the rules' notes into `docs/rules`."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from dev import parity
from vaultlint.note.frontmatter import read_frontmatter
from vaultlint.rule.page import Page, page_of
from vaultlint.rule.registry import RuleSet, installed_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "rules"
HEAD = "| rule | finds | default | packs | fix | also in |\n| --- | --- | --- | --- | --- | --- |\n"
MADE = "<!-- Made by `python3 -m dev docs` from the rule's note: change that. -->\n\n"


def pages(ruleset: RuleSet) -> dict[str, str]:
    """File name -> its text, for all pages of the reference."""
    found = {name: page_of(ruleset, name) for name in ruleset.explainable}
    packs = {name: _packs(ruleset, name) for name in found}
    texts = {f"{name}.md": _page(page, ruleset, packs[name]) for name, page in found.items()}
    return {"index.md": _index(found, packs, ruleset), **texts}


def _page(page: Page, ruleset: RuleSet, packs: str) -> str:
    rows = [
        ("rule", f"`{page.name}`"),
        ("group", page.group),
        ("default", page.default),
        ("packs", packs or "none"),
        ("fix", page.fix),
        ("a fix may change", ", ".join(page.changes)),
        ("leaves alone", page.left_alone),
        ("also in", _peers(ruleset, page.name)),
        ("since", page.since),
    ]
    table = "".join(f"| {key} | {value} |\n" for key, value in rows if value)
    facts = f"| | |\n| --- | --- |\n{table}"
    return f"{MADE}# {page.title}\n\n{page.summary}\n\n{facts}\n{page.body.strip()}\n"


def _index(found: Mapping[str, Page], packs: Mapping[str, str], ruleset: RuleSet) -> str:
    text = f"{MADE}# The rules\n\n`vaultlint explain RULE` shows the same pages in a terminal.\n"
    for group, members in groupby(sorted(found.values(), key=lambda page: (page.group, page.name)), key=_group):
        text += f"\n## {group}\n\n{HEAD}"
        for page in members:
            cells = (page.summary, page.default, packs[page.name], page.fix, _peers(ruleset, page.name))
            shown = " | ".join(cell.replace("|", "\\|") for cell in cells)
            text += f"| [`{page.name}`]({page.name}.md) | {shown} |\n"
    return text


def _group(page: Page) -> str:
    return page.group


def _packs(ruleset: RuleSet, name: str) -> str:
    """The packs that turn a rule on."""
    said = {pack: its.data().get("rules", {}).get(name, "off") for pack, its in ruleset.packs.items()}
    levels = {pack: level.get("severity", "on") if isinstance(level, dict) else level for pack, level in said.items()}
    return ", ".join(sorted(pack for pack, level in levels.items() if level != "off"))


def _peers(ruleset: RuleSet, name: str) -> str:
    """The other tools that find the same, as the rule's note has them."""
    said = next((one.value for one in read_frontmatter(ruleset.note(name)).properties if one.key == "peers"), ())
    return ", ".join(map(str, said)) if isinstance(said, list | tuple) else str(said or "")


def outdated() -> Iterator[str]:
    """What is not as it would be made now: names of files."""
    wanted = pages(installed_rules())
    there = {file.name: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.md")}
    yield from sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))
    if parity.outdated():
        yield parity.FILE.name


def write() -> None:
    """Effect: writes `docs/rules` and the page of parity anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = pages(installed_rules())
    for file in FOLDER.glob("*.md"):
        if file.name not in wanted:
            file.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    parity.FILE.write_text(parity.page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
    sys.exit()
