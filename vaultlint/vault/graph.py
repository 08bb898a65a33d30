"""The vault as a networkx graph: files are nodes, links are edges."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from vaultlint.vault.names import path_key

if TYPE_CHECKING:
    from networkx import DiGraph

    from vaultlint.vault.facts import LinkFact
    from vaultlint.vault.index import Index


def graph_of(index: Index, *, attachments: bool, unresolved: bool) -> DiGraph[str]:
    """The graph of all files; see `Vault.graph`."""
    try:
        from networkx import DiGraph
    except ImportError as error:
        message = "a vault's graph needs networkx: pip install 'obsidian-vaultlint[graph]'"
        raise ImportError(message, name="networkx") from error
    graph: DiGraph[str] = DiGraph()
    notes, files = frozenset(index.files.notes), frozenset(index.files.files)
    for path in index.files.files:
        if path in notes:
            graph.add_node(path, kind="note", tags=_tags(index, path))
        elif attachments:
            graph.add_node(path, kind="attachment", tags=())
    for (source, target), kinds in _edges(index).items():
        if target not in graph:
            if target in files or not unresolved:
                continue
            graph.add_node(target, kind="unresolved", tags=())
        graph.add_edge(source, target, count=kinds.total(), **{kind: kinds[kind] for kind in _KINDS})
    return graph


_KINDS = ("links", "embeds", "properties")


def _edges(index: Index) -> dict[tuple[str, str], Counter[str]]:
    """Source and target -> how many links of each kind there are between them."""
    found: dict[tuple[str, str], Counter[str]] = {}
    spelt: dict[str, str] = {}
    for source in index.files.notes:
        facts = index.facts.get(source)
        for link in facts.links if facts is not None else ():
            leads = index.resolver.find(link.path, source)
            target = leads.path
            if target is None:
                if leads.beyond_root:
                    continue
                target = spelt.setdefault(path_key(link.path), link.path)
            found.setdefault((source, target), Counter())[_kind(link)] += 1
    return found


def _kind(link: LinkFact) -> str:
    if link.property_key is not None:
        return "properties"
    return "embeds" if link.embed else "links"


def _tags(index: Index, path: str) -> tuple[str, ...]:
    facts = index.facts.get(path)
    return tuple(dict.fromkeys(tag.text for tag in facts.tags)) if facts is not None else ()
