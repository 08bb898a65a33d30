"""`Vault.graph` and `Vault.backlinks`: what links to what."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from vaultlint.vault.vault import Vault


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    (tmp_path / "food").mkdir()
    (tmp_path / "Home.md").write_text(
        "---\nsee: '[[Soup]]'\ntags: [a]\n---\n[[Soup]] ![[soup]] [s](food/Soup.md) #a #b\n"
    )
    (tmp_path / "food/Soup.md").write_text("# One\n[[#One]] ![[plan.pdf]] [[Stew]] [[stew#x]] [[../../out]]\n")
    (tmp_path / "Alone.md").write_text("")
    (tmp_path / "Bytes.md").write_bytes(b"\xff [[Home]]")
    (tmp_path / "plan.pdf").write_bytes(b"%PDF")
    return Vault.open(tmp_path)


def test_nodes(vault: Vault) -> None:
    """Every file is a node, also one without links or that can't be read, and so is what links wait for."""
    assert {
        "Alone.md": {"kind": "note", "tags": ()},
        "Bytes.md": {"kind": "note", "tags": ()},
        "Home.md": {"kind": "note", "tags": ("a", "b")},
        "food/Soup.md": {"kind": "note", "tags": ()},
        "plan.pdf": {"kind": "attachment", "tags": ()},
        "Stew": {"kind": "unresolved", "tags": ()},
    } == dict(vault.graph().nodes(data=True))


def test_edges(vault: Vault) -> None:
    """One edge for all links from one file to another, with their number; links out of the vault are none."""
    assert {
        ("Home.md", "food/Soup.md"): {"count": 4, "links": 2, "embeds": 1, "properties": 1},
        ("food/Soup.md", "food/Soup.md"): {"count": 1, "links": 1, "embeds": 0, "properties": 0},
        ("food/Soup.md", "plan.pdf"): {"count": 1, "links": 0, "embeds": 1, "properties": 0},
        ("food/Soup.md", "Stew"): {"count": 2, "links": 2, "embeds": 0, "properties": 0},
    } == {(source, target): kinds for source, target, kinds in vault.graph().edges(data=True)}


def test_less(vault: Vault) -> None:
    """Attachments and what is not there yet can be left out, with the links to them."""
    graph = vault.graph(attachments=False, unresolved=False)

    assert ["Alone.md", "Bytes.md", "Home.md", "food/Soup.md"] == sorted(graph)
    assert [("Home.md", "food/Soup.md"), ("food/Soup.md", "food/Soup.md")] == sorted(graph.edges)


def test_without_networkx(vault: Vault) -> None:
    """Who has no networkx is told which extra brings it."""
    script = (
        "import sys; sys.modules['networkx'] = None\n"
        "import vaultlint\n"
        "vault = vaultlint.Vault.open(sys.argv[1])\n"
        "try: vault.graph()\n"
        "except ImportError as error: print(error)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, vault.files.root], capture_output=True, text=True, check=True, encoding="utf-8"
    )

    assert "a vault's graph needs networkx: pip install 'obsidian-vaultlint[graph]'\n" == run.stdout


@pytest.mark.parametrize("name", ["food/Soup.md", "Soup", "soup", "food/soup"])
def test_backlinks_by_name(vault: Vault, name: str) -> None:
    """A note is asked about by path, by name, or by itself."""
    sources = [source for source, _ in vault.backlinks(name)]

    assert ["Home.md"] * 4 + ["food/Soup.md"] == sources
    assert sources == [source for source, _ in vault.backlinks(vault["Soup"])]


def test_no_backlinks(vault: Vault) -> None:
    """What is not there has none."""
    assert () == vault.backlinks("Nowhere") == vault.backlinks("") == vault.backlinks("Alone")
