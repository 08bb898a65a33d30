"""Judging part by part: what link rules say in a part is what they say over the whole vault, however it is cut."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vaultlint.config.settings import load_settings
from vaultlint.engine.check import VaultRun
from vaultlint.engine.shuffle import LinkPlan, shuffled
from vaultlint.rule.finding import Diagnostic
from vaultlint.rule.kinds import LinkRule
from vaultlint.rule.registry import installed_rules

RULES = installed_rules()
LINK_RULES = [name for name in RULES if issubclass(RULES.load(name), LinkRule)]


class Here:
    """A cluster of one: what is sent is done at once."""

    def spread(self, value: bytes) -> bytes:
        """It is here already."""
        return value

    def send(self, fn: Callable[..., Any], /, *arguments: Any) -> Any:
        """Do it."""
        return fn(*arguments)

    def fetch(self, sent: Iterable[Any]) -> Iterator[Any]:
        """There it is, the last first."""
        return reversed(list(sent))


def told(diagnostics: Iterable[Diagnostic]) -> list[tuple[Any, ...]]:
    """All that is told."""
    return [
        (one.path, one.rule, one.severity, one.position, one.end, one.message, one.hint, one.fix, one.related)
        for one in diagnostics
    ]


def judge(root: Path, cut: Iterable[int], rules: Iterable[str]) -> tuple[list[Any], list[Any]]:
    """What is told of a vault as a whole, and in parts that begin at these places among its notes."""
    settings = load_settings(root, RULES, select=sorted(rules))
    whole = VaultRun(settings)
    whole.examine(None, 1, None)
    run = VaultRun(settings)
    notes = [(path, run._wanted_of(path)) for path in run.files.notes]
    edges = [0, *sorted({at % len(notes) for at in cut} - {0}), len(notes)]
    parts = [notes[start:end] for start, end in pairwise(edges)]
    links = LinkPlan(
        settings=run.settings,
        context=run.context,
        vault_settings=run.vault_settings,
        files=run.files,
        firsts=tuple(part[0][0] for part in parts),
        whole_facts=bool(run.rules.vault),
    )
    for chunk in shuffled(Here(), run.plan.pickled(), links, parts):
        run.examined.update((note.path, note) for note in chunk)
    run.rules = run.rules.far()
    run.reindex()
    return told(whole.judge()), told(run.judge())


def test_every_link_rule_of_ours_sees_only_what_is_near() -> None:
    """So that none of them needs all links in one place."""
    assert 10 == len(LINK_RULES)
    assert all(RULES.load(name).only_near for name in LINK_RULES)


NAMES = ("A", "B", "C", "a b", "d/A", "d/E", "Lost", "Alias", "other", "Soupp")
PLACES = ("", "#Head", "#Other", "#Hed", "#Head#Other", "#^id", "#^none", "#Back")
BEFORE = st.sampled_from(["", "!", "# ", "- "])
LINES = st.one_of(
    st.builds("{}[[{}{}]]".format, BEFORE, st.sampled_from(NAMES), st.sampled_from(PLACES)),
    st.builds("# See [[{}|{}]]".format, st.sampled_from(NAMES), st.sampled_from(NAMES)),
    st.builds("[x]({}.md{})".format, st.sampled_from(["A", "d/A", "lost", "a%20b"]), st.sampled_from(PLACES)),
    st.sampled_from(["# Head", "## Other", "text ^id", "# Back [[B]]", "[[no]] <!-- vaultlint-disable-line -->"]),
)
NOTES = st.dictionaries(
    st.sampled_from(["A.md", "B.md", "C.md", "a b.md", "d/A.md", "d/E.md", "Soup.md", "x.png"]),
    st.builds(
        "{}{}\n".format,
        st.sampled_from(["", "---\naliases: [Alias, other]\n---\n", '---\nup: "[[Lost]]"\n---\n']),
        st.lists(LINES, max_size=6).map("\n".join),
    ),
    min_size=2,
).filter(lambda notes: any(path.endswith(".md") for path in notes))


@example(notes={"A.md": "# See [[Soupp]]\n", "B.md": "[[A#See Soupp]]\n", "Soup.md": ""}, cut=[1, 2])
@given(notes=NOTES, cut=st.lists(st.integers(0, 7), max_size=4))
def test_parts_say_what_the_whole_says(tmp_path_factory: pytest.TempPathFactory, notes: Any, cut: Any) -> None:
    """Verdicts, hints, fixes and what they relate to, for all link rules; suppressions hold."""
    root = tmp_path_factory.mktemp("vault")
    for path, text in notes.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text)

    whole, parts = judge(root, cut, [*LINK_RULES, "unused-suppression"])

    assert whole == parts


def test_a_real_vault(corpus: Callable[[str], Path]) -> None:
    """The same with all rules."""
    whole, parts = judge(corpus("obsidian-help-en"), range(0, 200, 17), ["all"])

    assert 500 < len(whole)
    assert whole == parts
