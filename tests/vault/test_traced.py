"""What an index is asked is noted down, and what has another answer after a change is known by the same names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vaultlint.note.note import parse_note
from vaultlint.vault.facts_of import facts_of
from vaultlint.vault.index import Index
from vaultlint.vault.live import LiveIndex
from vaultlint.vault.reads import Read
from vaultlint.vault.traced import TracedIndex

VAULT = {
    "a.md": "---\naliases: [Bee]\n---\n[[b#One]] #tag\n",
    "b.md": "# One\n\n[[a]] #Tag\n",
    "c.md": "[[#Lost]] [[b#Two]]\n",
}

BY_OTHERS = {"faults", "resolve", "renamed_heading", "near", "near_file", "look_up"}
"""Questions that ask others in turn, which note it down; and one that is nobody's but the engine's."""

IndexOf = Callable[..., Index]


@pytest.fixture
def index(index_of: IndexOf) -> LiveIndex:
    made = index_of(VAULT)
    return LiveIndex(made.files, dict(made.facts))


def test_no_question_is_forgotten() -> None:
    """Each question that an index answers is noted, or it is said here why it need not be."""
    public = {name for name in vars(Index) if not name.startswith("_")}

    assert public == {name for name in vars(TracedIndex) if name in public} | BY_OTHERS


NAMED_B: set[Read] = {("files", "b"), ("files", "b.md")}
QUESTIONS: dict[str, tuple[Callable[[Index], object], set[Read]]] = {
    "where a link leads": (lambda index: index.target("b", (), "a.md"), NAMED_B),
    "its place there": (lambda index: index.target("b", ("One",), "a.md"), {("places", "b.md"), *NAMED_B}),
    "a place nowhere": (
        lambda index: index.target("in/Lost", ("One",), "a.md"),
        {("files", "lost"), ("files", "lost.md")},
    ),
    "a place in the note itself": (lambda index: index.target("", ("One",), "a.md"), {("places", "a.md")}),
    "what hangs on the note that asks": (lambda index: index.target("..", (), "a.md"), {("files", "")}),
    "all links of a note": (
        lambda index: index.resolved(index.facts["a.md"]),
        {("facts", "a.md"), ("places", "b.md")},
    ),
    "how a link is written": (lambda index: index.link_text("b.md", "a.md"), {("files", "b.md"), ("files", "b.md.md")}),
    "near names": (lambda index: (index.near("bb"), index.same_but_spelling("B")), {("files", "")}),
    "names": (lambda index: index.names, {("files", "")}),
    "files": (lambda index: index.files.files, {("files", "")}),
    "faults of a note": (
        lambda index: index.faults(index.facts["c.md"]),
        {("facts", "c.md"), ("places", "b.md"), ("places", "c.md")},
    ),
    "where links lead": (
        lambda index: index.leads(index.facts["c.md"]),
        {("facts", "c.md"), ("places", "b.md"), ("places", "c.md")},
    ),
    "a near heading": (lambda index: index.near_heading("b.md", "One"), {("places", "b.md")}),
    "one note": (lambda index: index.facts["a.md"].tags, {("facts", "a.md")}),
    "a note that is not there": (lambda index: index.facts.get("x.md"), {("facts", "x.md")}),
    "which notes there are": (lambda index: sorted(index.facts), {("notes", "")}),
    "all notes": (lambda index: [facts.tags for facts in index.facts.values()], {("facts", "")}),
    "who has an alias": (lambda index: index.aliases.get("bee"), {("aliases", "bee")}),
    "whether an alias is there": (lambda index: "x" in index.aliases, {("aliases", "x")}),
    "all aliases": (lambda index: list(index.aliases.items()), {("aliases", "")}),
    "the places of a tag": (lambda index: index.tags["tag"], {("tags", "tag")}),
    "how often tags are there": (lambda index: index.tag_counts, {("tag counts", "")}),
    "links to a file": (lambda index: index.backlinks("a.md"), {("backlinks", "a.md")}),
    "links to places of a note": (lambda index: index.place_links.get("b.md"), {("place links", "b.md")}),
    "what a rule gathered": (lambda index: index.gathered("rule", int), {("gathered", "rule")}),
    "what it gathered of a note": (lambda index: index.told("a.md", "rule", int), {("facts", "a.md")}),
    "the past": (lambda index: index.history.went("x", "a.md"), {("history", "")}),
    "whether git has the note as it is": (
        lambda index: index.history.is_changed("a.md"),
        {("history", ""), ("text", "a.md")},
    ),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_asked_is_noted(question: str, index: LiveIndex) -> None:
    """A question is noted with what it is about, and answered as ever."""
    ask, reads = QUESTIONS[question]
    traced = TracedIndex(index)

    assert str(ask(index)) == str(ask(traced))
    assert reads == traced.reads


CHANGES: dict[str, tuple[str, str, set[Read]]] = {
    "nothing": ("a.md", VAULT["a.md"], set()),
    "words at the end": ("b.md", VAULT["b.md"] + "more", set()),
    "words before all": (
        "b.md",
        "x\n" + VAULT["b.md"],
        {("places", "b.md"), ("backlinks", ""), ("backlinks", "a.md")},
    ),
    "another tag": (
        "b.md",
        VAULT["b.md"].replace("#Tag", "#new"),
        {("tags", ""), ("tags", "Tag"), ("tags", "new"), ("tag counts", "")},
    ),
    "another alias": (
        "a.md",
        VAULT["a.md"].replace("Bee", "Bea"),
        {("aliases", ""), ("aliases", "bee"), ("aliases", "bea")},
    ),
    "another link": (
        "a.md",
        VAULT["a.md"].replace("[[b#One]]", "[[c#One]]"),
        {
            ("backlinks", ""),
            ("backlinks", "b.md"),
            ("backlinks", "c.md"),
            ("place links", ""),
            ("place links", "b.md"),
            ("place links", "c.md"),
        },
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_has_another_answer(change: str, index: LiveIndex, index_of: IndexOf) -> None:
    """After a change the index tells what one tells that is made then, and what it may answer otherwise than before."""
    for ask, _ in QUESTIONS.values():
        ask(index)  # so that all tables are there
    path, text, expected = CHANGES[change]

    changed = index.renew({path: facts_of(parse_note(text, path))})

    own = {("text", path), ("facts", path), ("facts", "")}
    assert expected == changed - own
    fresh = index_of({**VAULT, path: text})
    for name, (ask, _) in QUESTIONS.items():
        assert str(ask(fresh)) == str(ask(index)), name


def test_a_note_that_can_no_longer_be_read(index: LiveIndex) -> None:
    """It has no facts then, and all that it told is gone."""
    assert 1 == len(index.backlinks("a.md"))

    changed = index.renew({"b.md": None})

    assert {("notes", ""), ("places", "b.md"), ("backlinks", "a.md"), ("tags", "Tag")} <= changed
    assert ((), ["a.md", "c.md"]) == (index.backlinks("a.md"), sorted(index.facts))


MOVES: dict[str, dict[str, str]] = {
    "a note that links waited for": {**VAULT, "lost.md": "# One\n"},
    "a second one of the name": {**VAULT, "in/b.md": "# Two\n"},
    "one less": {path: text for path, text in VAULT.items() if path != "b.md"},
    "a note with another name": {"a.md": VAULT["a.md"], "b2.md": VAULT["b.md"], "c.md": VAULT["c.md"]},
}


@pytest.mark.parametrize("move", MOVES)
def test_other_files(move: str, index: LiveIndex, index_of: IndexOf) -> None:
    """With other files the index tells what one tells that is made then; whoever asked what is other now can know."""
    before = {name: str(ask(index)) for name, (ask, _) in QUESTIONS.items()}
    fresh = index_of(MOVES[move])
    facts = {path: fresh.facts.get(path) for path in {*index.facts, *fresh.facts}}

    touched, changed = index.relist(fresh.files)
    changed |= index.renew(facts)

    own = {("text", path) for path in facts} | {("facts", path) for path in touched}
    for name, (ask, reads) in QUESTIONS.items():
        assert str(ask(fresh)) == str(ask(index)), name
        if before[name] != str(ask(index)):
            assert not reads.isdisjoint(changed | own), name
