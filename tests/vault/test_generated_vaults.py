"""Synthetic vaults with a list of their broken links: none is missed, and nothing else is called broken."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from vaultlint.vault.facts import LinkFact
from vaultlint.vault.links import Target
from vaultlint.vault.vault import Vault


def kind_of(link: LinkFact, target: Target) -> str | None:
    """The verdict in the words of the generator."""
    if target.missing:
        return "missing-attachment" if link.path.endswith(".png") else "missing-note"
    if target.heading_missing:
        return "missing-heading"
    return "missing-block" if target.block_missing else None


@pytest.mark.parametrize("form", ["shortest", "relative", "absolute"])
def test_broken_links(shared: Path, tmp_path: Path, form: str) -> None:
    """In a vault of 1,500 notes the broken links found are exactly those that were made."""
    generator = shared / "corpora" / "make_vault.py"
    options = ["--notes", "1500", "--link-format", form, "--broken-ratio", "0.1", "--crlf-ratio", "0.2"]
    subprocess.run([sys.executable, generator, tmp_path / "vault", *options], check=True, capture_output=True)
    manifest = json.loads((tmp_path / "vault.manifest.json").read_text(encoding="utf-8"))
    vault = Vault.open(tmp_path / "vault")
    misread = begin_with_a_rule(vault, set(manifest["invalid_frontmatter"]))
    expected = Counter(
        (broken["path"], broken["line"], broken["column"], broken["kind"])
        for broken in manifest["broken_links"]
        if broken["where"] != "canvas" and broken["path"] not in misread
    )

    found = Counter({place: count for place, count in broken_links(vault).items() if place[0] not in misread})

    assert Counter() == expected - found
    assert Counter() == found - expected
    assert expected.total() > 500
    assert len(misread) <= 1


def begin_with_a_rule(vault: Vault, invalid: set[str]) -> set[str]:
    """Notes that begin with a thematic break: to the app all up to the next is frontmatter."""
    return {path for path in vault.notes if path not in invalid and vault[path].frontmatter.error is not None}


def broken_links(vault: Vault) -> Counter[tuple[str, int, int, str]]:
    found: Counter[tuple[str, int, int, str]] = Counter()
    for path, facts in vault.index.facts.items():
        for link in facts.links:
            kind = kind_of(link, vault.index.resolve(link, path))
            if kind is not None:
                place = facts.position(link.span.start)
                found[path, place.line, place.column, kind] += 1
    return found
