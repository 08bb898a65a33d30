"""The app's own word: every link of its dumps goes where the app sent it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unicodedata import normalize

from vaultlint.vault.files import FileTable, walk
from vaultlint.vault.links import Resolver

DISAGREES: dict[tuple[str, int, int], str] = {}
"""(path, line, column) of a link that goes elsewhere than in the app -> why that is right."""


def links_of(shared: Path) -> Iterator[dict[str, Any]]:
    with (shared / "oracle" / "links.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            link = json.loads(line)
            if not link.get("uncertain") and link["indexed"]:
                yield link


def path_in(link: str) -> str:
    """What is looked up: the first `#` splits (observed 23), save behind a leading bar (observed 7)."""
    return link.partition("#")[0].strip() if not link.startswith("|") else link


def test_every_link_of_two_vaults(shared: Path, corpus: Callable[[str], Path]) -> None:
    """All links that the app indexed in two vaults lead where it says, or nowhere where it says so."""
    resolvers: dict[str, Resolver] = {}
    count = 0
    disagree = set()
    for link in links_of(shared):
        vault = link["vault"]
        if vault not in resolvers:
            resolvers[vault] = Resolver(walk(corpus(vault)))
        target = resolvers[vault].resolve(path_in(link["link"]), link["path"])
        count += 1
        if target.path != link["resolved"]:
            disagree.add((link["path"], link["line"], link["column"]))

    assert set(DISAGREES) == disagree
    assert 2_553 == count


def test_no_choice_of_the_app_is_called_unstable(shared: Path, corpus: Callable[[str], Path]) -> None:
    """Where the app had several files to choose from, folder or length settled it, as here."""
    resolvers: dict[str, Resolver] = {}
    several = 0
    for link in links_of(shared):
        vault = link["vault"]
        if vault not in resolvers:
            resolvers[vault] = Resolver(walk(corpus(vault)))
        target = resolvers[vault].resolve(path_in(link["link"]), link["path"])
        several += bool(target.matches)
        assert not target.ambiguous

    assert 51 == several


def test_exact_dumps(shared: Path) -> None:
    """In the exact dumps, a resolved link fits the path that the app gives, by name and by suffix."""
    count = 0
    with (shared / "oracle" / "obsidian-metadata.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            note = json.loads(line)
            links = [*note["links"], *note["frontmatter_links"]]
            paths = {found["resolved"] for found in links if found.get("resolved")} | {note["path"]}
            resolver = Resolver(FileTable("/", files=tuple(sorted(paths))))
            for link in links:
                if "resolved" in link:
                    target = resolver.resolve(path_in(normalize("NFC", link["link"])), note["path"])
                    assert link["resolved"] == target.path, link["link"]
                    count += 1
    assert 28 == count
