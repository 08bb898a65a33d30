"""Rules that damage a note in a sly way, and honest ones beside them; loaded as a vault's own file is.

Each comes from a line of a table: a name, the notes with the edits marked in them as `⟪old⇒new⟫`, and what the fix
says that it changes. A pair is two fixes that are made at once, each by a rule of its own: the edits of the sly one
are marked as `⟦old⇒new⟧`. Notes given as one text are the note `a.md`.

The table is a list of examples and no more: damage that somebody thought of, much of it found by looking for what the
proof let through, and then written down. That all of it is refused does not say that no other damage gets through.
Nor do the honest fixes show that the proof refuses nothing else that is honest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from typing import ClassVar, NamedTuple

from vaultlint.note.model import Span
from vaultlint.note.note import Note
from vaultlint.rule.finding import Finding
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix, Kind
from vaultlint.rule.kinds import Group, NoteRule

LINKS, ALIASES, TAGS, BLOCK_IDS = Aspect.LINKS, Aspect.ALIASES, Aspect.TAGS, Aspect.BLOCK_IDS
HEADINGS, PROPERTIES, TIMESTAMPS = Aspect.HEADINGS, Aspect.PROPERTIES, Aspect.TIMESTAMPS
COMMENTS, LISTS, TABLES, WORDS = Aspect.COMMENTS, Aspect.LISTS, Aspect.TABLES, Aspect.WORDS
LAYOUT = Kind.LAYOUT
NOTHING: frozenset[Aspect] = frozenset()
"""The licence of a content fix that may change white space alone."""


class Case(NamedTuple):
    """One fix: its name, the notes with its edits marked, and what it says that it changes."""

    name: str
    marked: str | Mapping[str, str]
    licence: Kind | Set[Aspect]

    @property
    def notes(self) -> dict[str, str]:
        """The notes as they are before the fix."""
        return _texts(self.marked, "old")

    @property
    def fixed(self) -> dict[str, str]:
        """The notes as the fix would make them."""
        return _texts(self.marked, "new")

    @property
    def fixes(self) -> dict[str, Fix]:
        """The fix as a rule offers it, by the rule's name."""
        return {self.name: _fix(self.marked, "⟪", self.licence)}


class Pair(NamedTuple):
    """Two fixes for one round: the name of the second, which may be sly, the notes, and what each says it changes."""

    name: str
    marked: str | Mapping[str, str]
    honest: Kind | Set[Aspect]
    sly: Kind | Set[Aspect]

    @property
    def notes(self) -> dict[str, str]:
        """The notes as they are before the fixes."""
        return _texts(self.marked, "old")

    @property
    def fixed(self) -> dict[str, str]:
        """The notes as both fixes would make them."""
        return _texts(self.marked, "new")

    @property
    def fixes(self) -> dict[str, Fix]:
        """The fixes as two rules offer them, by the names of these."""
        honest, sly = _fix(self.marked, "⟪", self.honest), _fix(self.marked, "⟦", self.sly)
        return {f"beside-{self.name}": honest, self.name: sly}


_EDIT = re.compile("([⟪⟦])(?P<old>[^⟪⇒⟫⟦⟧]*)⇒(?P<new>[^⟪⇒⟫⟦⟧]*)[⟫⟧]")


def _by_path(marked: str | Mapping[str, str]) -> Mapping[str, str]:
    return {"a.md": marked} if isinstance(marked, str) else marked


def _texts(marked: str | Mapping[str, str], side: str) -> dict[str, str]:
    return {path: _EDIT.sub(rf"\g<{side}>", text) for path, text in _by_path(marked).items()}


def _fix(marked: str | Mapping[str, str], bracket: str, licence: Kind | Set[Aspect]) -> Fix:
    edits = tuple(edit for path, text in _by_path(marked).items() for edit in _edits(path, text, bracket))
    if isinstance(licence, Kind):
        return Fix("mend it", edits, Applicability.SAFE, licence)
    return Fix("mend it", edits, Applicability.SAFE, Kind.CONTENT, frozenset(licence))


def _edits(path: str, marked: str, bracket: str) -> Iterator[Edit]:
    signs = 0
    for found in _EDIT.finditer(marked):
        start = found.start() - signs
        if found[1] == bracket:
            yield Edit(path, Span(start, start + len(found["old"])), found["new"])
        signs += len(found[0]) - len(found["old"])


class Family(NamedTuple):
    """Damage to one kind of construct."""

    said: str
    """A pattern of what a refusal may name; words and blocks may always be named."""
    cases: tuple[Case | Pair, ...]


PROSE = (
    Case("word-eaten-beside-a-link", {"a.md": "Do ⟪not see [[Od]]⇒see [[Old]]⟫ now.", "Old.md": ""}, {LINKS}),
    Case("comma-eaten-beside-a-link", {"a.md": "Let us eat⟪, [[Od]]⇒ [[Old]]⟫!", "Old.md": ""}, {LINKS}),
    Case("words-swapped", "The ⟪dog bites the man⇒man bites the dog⟫.\n", LAYOUT),
    Case("word-moved", "She ⟪only ⇒⟫said that he loved her⟪⇒ only⟫.\n", LAYOUT),
    Case("capital-letter", "They ⟪polish⇒Polish⟫ shoes.\n", NOTHING),
    Case("digits-swapped", "Call 07⟪12⇒21⟫.\n", {COMMENTS}),
    Case("no-break-space-to-space", "It is 10⟪\u00a0⇒ ⟫km away.\n", LAYOUT),
    Case("ideographic-space-to-spaces", "⟪\u3000⇒  ⟫段落の始まり\n", LAYOUT),
    Case("zero-width-non-joiner-dropped", "می⟪\u200c⇒⟫خواهم\n", LAYOUT),
    Case("soft-hyphen-dropped", "Donau⟪\u00ad⇒⟫dampf\n", LAYOUT),
    Case("homoglyph", "P⟪а⇒a⟫ris\n", LAYOUT),
    Case("escaped-asterisk", "a ⟪\\*⇒*⟫loud* word\n", LAYOUT),
    Case("escaped-underscore", "the name ⟪\\_⇒_⟫private_ stays\n", LAYOUT),
    Case("space-that-kept-emphasis-away", "5 *⟪ ⇒⟫x* y\n", LAYOUT),
    Case("strong-to-emphasis", "⟪**⇒*⟫never⟪**⇒*⟫ do this\n", LAYOUT),
    Case("emphasis-dropped", "⟪_⇒⟫never⟪_⇒⟫ do this\n", LAYOUT),
    Case("emphasis-moved", "*one⟪*⇒⟫ two⟪⇒*⟫\n", LAYOUT),
    Case("emphasis-over-a-blank-line", "*one\n⟪\n⇒⟫two*\n", LAYOUT),
    Case("underscores-within-a-word", "un⟪*⇒_⟫believ⟪*⇒_⟫able\n", LAYOUT),
    Case("highlight-dropped", "a ⟪==⇒⟫key⟪==⇒⟫ phrase\n", LAYOUT),
    Case("strike-dropped", "we ⟪~~⇒⟫do⟪~~⇒⟫ like it\n", LAYOUT),
    Case("entity-unescaped", "write &⟪amp;⇒⟫copy; for the sign\n", LAYOUT),
    Case("lines-joined", "a poem⟪\n⇒ ⟫of two lines\n", LAYOUT),
    Case("line-wrapped", "a poem⟪ ⇒\n⟫of one line\n", LAYOUT),
    Case("wrapped-before-a-dash", "It was⟪ ⇒\n⟫- so they say - late.\n", LAYOUT),
    Case("wrapped-before-a-number", "The answer is⟪ ⇒\n⟫1. That is all.\n", LAYOUT),
    Case("wrapped-before-an-angle", "a is⟪ ⇒\n⟫> b\n", LAYOUT),
    Case("wrapped-before-a-hash", "the sign⟪ ⇒\n⟫# is a hash\n", LAYOUT),
    Case("wrapped-before-equals", "so that x⟪ ⇒\n⟫=\n", LAYOUT),
    Case("line-of-equals-shortened", "Total a\n=-⟪=-⇒⟫\n", LAYOUT),
    Case("line-of-dashes-shortened", "a\n=--⟪-⇒⟫\n", LAYOUT),
    Case("entity-escaped", "AT⟪⇒\\⟫&amp;T\n", LAYOUT),
    Case("escaped-entity-to-a-sign", "write ⟪\\⇒⟫&copy; here\n", LAYOUT),
    Case("escaped-entity-to-an-angle", "write ⟪\\⇒⟫&lt;b> here\n", LAYOUT),
    Case("backslash-into-a-web-address", "see https://x.org/a⟪⇒\\⟫.md now\n", LAYOUT),
    Case("web-address-escaped", "see https:⟪⇒\\⟫//x.org now\n", LAYOUT),
)

HEADING = (
    Case("heading-level", "#⟪#⇒⟫ Plan\n", {TAGS}),
    Case("heading-text", "# ⟪Plan⇒Plans⟫\n", {LINKS}),
    Case("heading-words-under-a-licence-for-words", "# ⟪Plan⇒Plans⟫\n", {WORDS}),
    Case("heading-mark-to-underline-takes-a-line-in", "Intro\n⟪# Plan⇒Plan\n====⟫\n", LAYOUT),
    Case("tag-to-heading", "#⟪⇒ ⟫todo\n", LAYOUT),
    Case("heading-to-tag", "#⟪ ⇒⟫todo\n", LAYOUT),
    Case("escaped-hash-to-heading", "⟪\\#⇒#⟫ not a heading\n", LAYOUT),
    Case("closing-hash-glued", "# On C⟪ ⇒⟫#\n", LAYOUT),
    Case("hash-of-a-name-taken-for-closing", "# On C⟪⇒ ⟫#\n", LAYOUT),
    Case("seventh-hash", "######⟪⇒#⟫ deep\n", LAYOUT),
    Case("heading-wrapped", "# A long⟪ ⇒\n⟫title\n", LAYOUT),
    Case("heading-joined-with-text", "# Plan⟪\n⇒ ⟫first\n", LAYOUT),
    Case("heading-indented-to-code", "text\n\n⟪⇒    ⟫# Plan\n", LAYOUT),
    Case("heading-into-a-list-item", "- item\n\n⟪⇒  ⟫# Plan\n", LAYOUT),
    Case("heading-out-of-a-list-item", "- item\n\n⟪  ⇒⟫# Plan\n", LAYOUT),
    Case("heading-into-a-quote", "⟪⇒> ⟫# Plan\n", LAYOUT),
    Case("rule-to-underline", "text\n⟪\n⇒⟫---\n", LAYOUT),
    Case("underline-to-rule", "Plan\n⟪⇒\n⟫---\n", LAYOUT),
    Case("heading-that-a-note-links-to", {"a.md": "# ⟪Plan⇒Plans⟫\n", "b.md": "[[a#Plan]]\n"}, {HEADINGS}),
    Case("heading-that-its-own-note-links-to", "# ⟪Plan⇒Plans⟫\n\n[[#Plan]]\n", {HEADINGS}),
    Case("heading-that-a-markdown-link-leads-to", {"a.md": "# ⟪Plan⇒Plans⟫\n", "b.md": "[x](a.md#Plan)"}, {HEADINGS}),
    Case(
        "heading-that-a-property-links-to", {"a.md": "# ⟪Plan⇒P⟫\n", "b.md": '---\nup: "[[a#Plan]]"\n---\n'}, {HEADINGS}
    ),
    Case("linked-heading-holds-a-link", {"a.md": "# On [[⟪Od⇒Old⟫]]\n", "b.md": "[[a#On Od]]", "Old.md": ""}, {LINKS}),
    Case("linked-heading-holds-a-tag", {"a.md": "# On #⟪od⇒old⟫\n", "b.md": "[[a#On od]]\n"}, {TAGS}),
    Case(
        "linked-heading-that-one-link-left",
        {"a.md": "# ⟪A⇒B⟫\n", "b.md": "[[⟪a#A⇒c⟫]] [[a#A]]\n", "c.md": ""},
        {HEADINGS, LINKS},
    ),
    Case("chain-of-headings-broken", {"a.md": "# Part\n\n#⟪#⇒⟫ Plan\n", "b.md": "[[a#Part#Plan]]\n"}, {HEADINGS}),
    Case(
        "heading-that-not-all-links-follow",
        {"a.md": "# ⟪A⇒B⟫\n", "b.md": "[[a#⟪A⇒B⟫]]\n", "c.md": "[[a#A]]\n"},
        {HEADINGS, LINKS},
    ),
    Case("linked-heading-made-text", {"a.md": "⟪# Plan⇒Plan⟫\n", "b.md": "[[a#Plan]]\n"}, {HEADINGS}),
    Case(
        "link-diverted-to-another-heading",
        {"a.md": "# ⟪Draft⇒Plan⟫\n\n# Plan\n", "b.md": "[[a#Plan]]\n"},
        {HEADINGS},
    ),
    Case("heading-with-its-words-dropped", "⟪# Secret plan\n⇒⟫text\n", {HEADINGS}),
    Case(
        "linked-heading-renamed-and-one-put-last",
        {"a.md": "# ⟪Plan⇒Draft⟫\n\n# Plan\n⟪⇒\n# New\n⟫", "b.md": "[[a#Plan]]\n"},
        {HEADINGS},
    ),
    Case("linked-heading-put-first", {"a.md": "⟪⇒# Plan\n\n⟫x\n\n# Plan\n", "b.md": "[[a#Plan]]\n"}, {HEADINGS}),
    Case("linked-heading-of-two-dropped", {"a.md": "⟪# Plan\n⇒⟫x\n\n# Plan\n", "b.md": "[[a#Plan]]\n"}, {HEADINGS}),
)

LINK = (
    Case("link-target", {"a.md": "see [[⟪Old⇒New⟫]]\n", "Old.md": "", "New.md": ""}, {TAGS}),
    Case("link-subpath", {"a.md": "see [[Old#⟪One⇒Two⟫]]\n", "Old.md": "# One\n\n# Two\n"}, {ALIASES}),
    Case("link-to-block", {"a.md": "see [[Old#⟪^⇒⟫one]]\n", "Old.md": "x ^one\n\n# one\n"}, {ALIASES}),
    Case("target-under-a-licence-for-aliases", {"a.md": "[[⟪Old|x⇒New|y⟫]]", "Old.md": "", "New.md": ""}, {ALIASES}),
    Case("aliases-swapped", {"a.md": "[[Old|⟪x⇒y⟫]] [[New|⟪y⇒x⟫]]", "Old.md": "", "New.md": ""}, NOTHING),
    Case("alias-under-a-licence-for-links", {"a.md": "[[Old|⟪do⇒do not⟫ eat]]\n", "Old.md": ""}, {LINKS}),
    Case("double-space-in-a-target", {"a.md": "[[Old⟪  ⇒ ⟫plan]]\n", "Old  plan.md": "", "Old plan.md": ""}, LAYOUT),
    Case("line-break-in-a-link", {"a.md": "[[Old⟪ ⇒\n⟫plan]]\n", "Old plan.md": ""}, LAYOUT),
    Case("embed-mark-dropped", {"a.md": "⟪!⇒⟫[[Old]]\n", "Old.md": ""}, {ALIASES}),
    Case("embed-mark-added", {"a.md": "Look⟪⇒!⟫[[Old]]\n", "Old.md": ""}, LAYOUT),
    Case("exclamation-glued-to-a-link", {"a.md": "Look!⟪ ⇒⟫[[Old]]\n", "Old.md": ""}, LAYOUT),
    Case("image-size", {"a.md": "![[pic.png|⟪300⇒30⟫]]\n"}, {TAGS}),
    Case("other-form-and-other-file", {"a.md": "⟪[[Old|b]]⇒[b](New.md)⟫", "Old.md": "", "New.md": ""}, LAYOUT),
    Case("link-into-code", {"a.md": "see ⟪⇒`⟫[[Old]]⟪⇒`⟫\n", "Old.md": ""}, {LINKS}),
    Case("link-into-an-html-comment", {"a.md": "see ⟪[[Old]]⇒<!-- [[Old]] -->⟫ now\n", "Old.md": ""}, {LINKS}),
    Case("link-vanishes", {"a.md": "see ⟪[[Old|the plan]]⇒⟫ now\n", "Old.md": ""}, {LINKS}),
    Case("link-to-words-it-did-not-show", {"a.md": "see ⟪[[Old|the plan]]⇒Old⟫\n", "Old.md": ""}, {LINKS}),
    Case("markdown-link-vanishes", {"a.md": "see ⟪[the plan](Old.md)⇒⟫ now\n", "Old.md": ""}, {LINKS}),
    Case("link-escaped", {"a.md": "see ⟪\\[\\[⇒[[⟫Old]]\n", "Old.md": ""}, LAYOUT),
    Case("brackets-glued", {"a.md": "see [⟪ ⇒⟫[Old]]\n", "Old.md": ""}, LAYOUT),
    Case("text-to-markdown-link", {"a.md": "the [plan]⟪ ⇒⟫(Old.md)\n", "Old.md": ""}, LAYOUT),
    Case("markdown-link-to-text", {"a.md": "the [plan]⟪⇒ ⟫(Old.md)\n", "Old.md": ""}, LAYOUT),
    Case("markdown-link-text", {"a.md": "[⟪do⇒do not⟫ eat](Old.md)\n", "Old.md": ""}, {TAGS}),
    Case("link-title", {"a.md": '[plan](Old.md "⟪of May⇒of June⟫")\n', "Old.md": ""}, {TAGS}),
    Case("percent-decoded", {"a.md": "[plan](My⟪%20⇒ ⟫plan.md)\n", "My plan.md": ""}, LAYOUT),
    Case("percent-decoded-twice", {"a.md": "[plan](50%⟪25⇒⟫20x.md)\n", "50%20x.md": "", "50 x.md": ""}, LAYOUT),
    Case("percent-encoded-in-a-wikilink", {"a.md": "[[My⟪ ⇒%20⟫plan]]\n", "My plan.md": ""}, LAYOUT),
    Case("angles-dropped", {"a.md": "[plan](⟪<⇒⟫My plan.md⟪>⇒⟫)\n", "My plan.md": ""}, LAYOUT),
    Case("web-address-case", "<https://example.org/⟪A⇒a⟫>\n", LAYOUT),
    Case("web-address-decoded", "https://example.org/a⟪%2F⇒/⟫b\n", NOTHING),
    Case("own-folder-dropped", {"x/a.md": "[[⟪./⇒⟫Old]]\n", "x/Old.md": "", "Old.md": ""}, LAYOUT),
    Case("bar-of-an-alias-in-a-table", {"a.md": "| [[Old⟪\\|⇒|⟫o]] | x |\n|---|---|\n", "Old.md": ""}, LAYOUT),
    Case("definition-to-another-file", {"a.md": "[x][y]\n\n[y]: ⟪Old⇒New⟫.md\n", "Old.md": "", "New.md": ""}, {TAGS}),
    Case("definition-renamed", {"a.md": "[plan][y]\n\n[⟪y⇒z⟫]: Old.md\n", "Old.md": ""}, {COMMENTS}),
    Case("definition-removed", {"a.md": "the [plan]\n\n⟪[plan]: Old.md\n⇒⟫", "Old.md": ""}, {COMMENTS}),
    Case("definition-removed-as-words", {"a.md": "the [plan]\n\n⟪[plan]: Old.md\n⇒⟫[[Old]]", "Old.md": ""}, {WORDS}),
    Case("definition-glued-to-a-paragraph", {"a.md": "[x][y]\n⟪\n⇒⟫[y]: Old.md\n", "Old.md": ""}, LAYOUT),
    Case("definition-torn", {"a.md": "[x][y]\n\n[y]:⟪ ⇒\n\n⟫Old.md\n", "Old.md": ""}, LAYOUT),
    Case("definition-indented-to-code", {"a.md": "[x][y]\n\n⟪⇒    ⟫[y]: Old.md\n", "Old.md": ""}, LAYOUT),
    Case("property-link-target", {"a.md": '---\nup: "[[⟪Old⇒New⟫]]"\n---\n', "Old.md": "", "New.md": ""}, {TAGS}),
    Case("property-link-unquoted", {"a.md": '---\nup: ⟪"⇒⟫[[Old]]⟪"⇒⟫\n---\n', "Old.md": ""}, LAYOUT),
    Case("link-made-of-words", {"a.md": "the ⟪Old⇒[[Old]]⟫ plan\n", "Old.md": ""}, {WORDS}),
    Case("words-swapped-round-a-new-link", {"a.md": "⟪the dog bites the man⇒the man bites the [[dog]]⟫"}, {LINKS}),
    Case("words-swapped-round-a-lost-link", {"a.md": "⟪the [[dog]] bites a man⇒a man bites the dog⟫"}, {LINKS}),
    Case("words-eaten-by-a-new-link", {"a.md": "it is ⟪no no no go⇒[[no]] go⟫\n", "no.md": ""}, {LINKS}),
    Case(
        "link-and-words-swapped",
        {"a.md": "⟪[[Old|a]] never⇒[never](Old.md) a⟫\n", "Old.md": ""},
        {LINKS, ALIASES},
    ),
    Case(
        "aliases-swapped-under-a-licence-for-links",
        {"a.md": "[[A|⟪x⇒y⟫]] [[B|⟪y⇒x⟫]]", "A.md": "", "B.md": ""},
        {LINKS},
    ),
    Case("words-of-an-alias-swapped", {"a.md": "[[A|⟪dog bites man⇒man bites dog⟫]]\n", "A.md": ""}, {LINKS}),
    Case("word-of-an-alias-said-once", {"a.md": "[[A|⟪no no⇒no⟫]]\n", "A.md": ""}, {LINKS}),
    Case("minus-of-an-alias-dropped", {"a.md": "[[A|⟪-⇒⟫5]]\n", "A.md": ""}, {LINKS}),
    Case("sign-of-an-alias", {"a.md": "[[A|5 ⟪-⇒+⟫ 3]]\n", "A.md": ""}, {LINKS}),
    Case(
        "sizes-of-images-swapped",
        {"a.md": "![[x.png|⟪100⇒200⟫]] ![[y.png|⟪200⇒100⟫]]\n", "x.png": "", "y.png": ""},
        {LINKS},
    ),
    Case("title-of-a-link-dropped", {"a.md": '[x](A.md ⟪"of May"⇒⟫)\n', "A.md": ""}, {LINKS}),
    Case("words-for-an-image-swapped", {"a.md": "![⟪a b⇒b a⟫](x.png)\n", "x.png": ""}, {LINKS}),
    Case("link-out-of-nothing", {"a.md": "do ⟪⇒[[not]] ⟫eat\n", "not.md": ""}, {LINKS}),
    Case("image-out-of-nothing", "text ⟪⇒![](http://tracker.example/x.png)⟫\n", {LINKS}),
)

TAG = (
    Case("tag-case", "a #⟪Todo⇒todo⟫ thing\n", {LINKS}),
    Case("tag-unnested", "a #work⟪/⇒ ⟫home thing\n", LAYOUT),
    Case("tag-nested", "a #work⟪ ⇒/⟫home thing\n", LAYOUT),
    Case("tag-glued-to-a-word", {"a.md": "⟪[[Od]] is ⇒[[Old]] is⟫#hot\n", "Old.md": ""}, {LINKS}),
    Case("tag-freed-from-a-word", "is⟪⇒ ⟫#hot\n", LAYOUT),
    Case("tags-into-code", "see ⟪⇒`⟫#a and #b⟪⇒`⟫\n", {TAGS}),
    Case("tag-escaped", "⟪⇒\\⟫#a thing\n", LAYOUT),
    Case("tag-unescaped", "no ⟪\\#⇒#⟫a tag\n", LAYOUT),
    Case("tag-to-number", "in #2024⟪-⇒⟫05\n", NOTHING),
    Case("tag-made-of-words", "a ⟪todo⇒#todo⟫ thing\n", {WORDS}),
    Case("tag-takes-a-word-along", "a #⟪hot⇒cold and⟫ thing\n", {TAGS}),
    Case("property-tag-to-comment", '---\ntags:\n  - ⟪"⇒⟫#a⟪"⇒⟫\n---\n', LAYOUT),
    Case("property-tags-to-one-text", "---\ntags: ⟪[a, b]⇒a, b⟫\n---\n", LAYOUT),
    Case("tag-out-of-nothing", "do ⟪⇒#not ⟫eat\n", {TAGS}),
    Case("tag-vanishes", "do ⟪#not ⇒⟫eat\n", {TAGS}),
)

BLOCK_ID = (
    Case("id-to-the-next-paragraph", "one⟪ ^id⇒⟫\n\ntwo⟪⇒ ^id⟫\n", LAYOUT),
    Case("id-from-item-to-list", "- a\n- b\n⟪  ⇒\n⟫^id\n", LAYOUT),
    Case("id-from-list-to-item", "- a\n- b\n⟪\n⇒  ⟫^id\n", LAYOUT),
    Case("id-glued-to-a-word", "one⟪ ⇒⟫^id\n", LAYOUT),
    Case("id-freed-from-a-word", "two⟪⇒ ⟫^id\n", LAYOUT),
    Case("id-joined-with-the-next-paragraph", "one ^id⟪\n\n⇒\n⟫two\n", LAYOUT),
    Case("id-of-half-a-paragraph", "one two⟪ ⇒\n\n⟫three ^id\n", LAYOUT),
    Case("id-of-a-comment-put-between", "```\nx\n```\n\n⟪⇒%% seen %%\n\n⟫^id\n", {COMMENTS}),
    Case("id-renamed", "one ^⟪old⇒new⟫\n", {LINKS}),
    Case("id-that-a-note-links-to-renamed", {"a.md": "one ^⟪old⇒new⟫\n", "b.md": "[[a#^old]]\n"}, {BLOCK_IDS}),
    Case("id-that-a-note-embeds-dropped", {"a.md": "one⟪ ^old⇒⟫\n", "b.md": "![[a#^old]]\n"}, {BLOCK_IDS}),
    Case(
        "id-that-not-all-links-follow",
        {"a.md": "x ^⟪a⇒b⟫\n", "b.md": "[[a#^⟪a⇒b⟫]]\n", "c.md": "[[a#^a]]\n"},
        {BLOCK_IDS, LINKS},
    ),
    Case("id-that-its-own-note-links-to", "one ^⟪old⇒new⟫\n\n[[#^old]]\n", {BLOCK_IDS}),
    Case("id-in-the-midst-of-words", "one⟪⇒ ^id⟫ two\n", {BLOCK_IDS}),
    Case("linked-ids-swapped", {"a.md": "one ^⟪x⇒y⟫\n\ntwo ^⟪y⇒x⟫\n", "b.md": "[[a#^x]]\n"}, {BLOCK_IDS}),
)

PROPERTY = (
    Case("text-to-number", '---\nzip: ⟪"01234"⇒01234⟫\n---\n', LAYOUT),
    Case("text-to-boolean", "---\ndone: ⟪yes⇒true⟫\n---\n", {LINKS}),
    Case("quoted-boolean", '---\ndone: ⟪"true"⇒true⟫\n---\n', LAYOUT),
    Case("quoted-null", '---\nname: ⟪"null"⇒null⟫\n---\n', LAYOUT),
    Case("quoted-date-to-another", '---\ndue: ⟪"2024-05-06"⇒2024-06-05⟫\n---\n', LAYOUT),
    Case("number-to-text", "---\nyear: ⟪2024⇒'2024'⟫\n---\n", LAYOUT),
    Case("properties-in-another-order", "---\n⟪a: 1\nb: 2⇒b: 2\na: 1⟫\n---\n", LAYOUT),
    Case("keys-swapped", "---\n⟪start⇒end⟫: 2024-05-06\n⟪end⇒start⟫: 2024-06-05\n---\n", {LINKS}),
    Case("duplicate-property", "---\na: 1\n⟪⇒a: 1\n⟫---\n", {LINKS}),
    Case("comment-of-a-property-dropped", "---\na: 1⟪ # why⇒⟫\n---\n", LAYOUT),
    Case("comment-line-dropped", "---\n⟪# why\n⇒⟫a: 1\n---\n", LAYOUT),
    Case("list-flattened", "---\naliases: ⟪[Soup, Stew]⇒Soup, Stew⟫\n---\n", LAYOUT),
    Case("list-items-merged", "---\naliases:\n  - Soup⟪\n  - ⇒ ⟫Stew\n---\n", LAYOUT),
    Case("one-alias-to-two", '---\naliases: [⟪"⇒⟫Soup, Stew⟪"⇒⟫]\n---\n', LAYOUT),
    Case("null-to-empty", '---\na:⟪⇒ ""⟫\n---\n', LAYOUT),
    Case("empty-list-to-null", "---\ntags:⟪ []⇒⟫\n---\n", LAYOUT),
    Case("lines-of-a-text-chomped", "---\na: ⟪|⇒|-⟫\n  one\nb: 1\n---\n", LAYOUT),
    Case("lines-of-a-text-folded", "---\na: ⟪|⇒>⟫\n  one\n  two\nb: 1\n---\n", LAYOUT),
    Case("lines-of-a-text-indented", "---\na: |\n  one\n  ⟪⇒  ⟫two\n---\n", LAYOUT),
    Case("key-unnested", "---\na:\n⟪  ⇒⟫b: 1\n---\n", LAYOUT),
    Case("double-space-in-quotes", '---\na: "one⟪  ⇒ ⟫two"\n---\n', LAYOUT),
    Case("backslash-in-other-quotes", "---\na: ⟪'⇒\"⟫C:\\new⟪'⇒\"⟫\n---\n", LAYOUT),
    Case("hash-to-comment", "---\na: C⟪⇒ ⟫#\n---\n", LAYOUT),
    Case("colon-freed", "---\na: b⟪:⇒: ⟫c\nd: 1\n---\n", LAYOUT),
    Case("frontmatter-spoiled-by-a-value", "---\na: ⟪x⇒x: y⟫\nb: 2\n---\n", {PROPERTIES}),
    Case("frontmatter-pushed-down", "⟪⇒\n⟫---\na: 1\n---\n", LAYOUT),
    Case("frontmatter-pulled-up", "⟪\n⇒⟫---\na: 1\n---\n", LAYOUT),
    Case("frontmatter-indented", "⟪⇒ ⟫---\na: 1\n---\n", LAYOUT),
    Case("frontmatter-left-open", "---\na: 1\n⟪---\n⇒⟫text\n", {PROPERTIES}),
    Case("frontmatter-closed-early", "---\na: 1\n⟪⇒---\n⟫b: 2\n---\n", {TAGS}),
    Case("rule-to-frontmatter", "⟪***⇒---⟫\nfor: the reader\n\n---\n", LAYOUT),
    Case("byte-order-mark-into-the-text", "⟪\ufeff⇒⟫---\na: 1\n---\n⟪⇒\ufeff⟫text\n", LAYOUT),
    Case("next-property-nested", "---\n⟪a: 1\n⇒a:\n  ⟫b: 2\n---\n", {PROPERTIES}),
)

CODE = (
    Case("fence-language", "```⟪py⇒python⟫\nx\n```\n", {COMMENTS}),
    Case("space-in-a-fence", "```\na⟪  ⇒ ⟫b\n```\n", LAYOUT),
    Case("tab-in-a-fence", "```make\nall:\n⟪\t⇒    ⟫run\n```\n", LAYOUT),
    Case("space-at-a-line-end-in-a-fence", "```\na⟪  ⇒⟫\nb\n```\n", LAYOUT),
    Case("blank-line-in-a-fence", "```\na\n⟪\n⇒⟫\nb\n```\n", LAYOUT),
    Case("query", "```dataview\nLIST FROM ⟪#a⇒#b⟫\n```\n", {TAGS}),
    Case("indented-code-to-fence-less-a-line", "text\n\n⟪    a\n    b\n⇒```\na\n```\n⟫", LAYOUT),
    Case("indented-code-to-text", "text\n\n⟪    ⇒⟫code\n", LAYOUT),
    Case("indented-code-deeper", "text\n\n    a\n⟪    ⇒     ⟫b\n", LAYOUT),
    Case("fence-opened-longer", "⟪```⇒````⟫\na\n```\n\n# Plan\n", LAYOUT),
    Case("fence-left-open", "```\na\n⟪```\n⇒⟫\n# Plan\n", {LINKS}),
    Case("fence-closed-with-words", "```\na\n```⟪\n\n⇒ ⟫text\n", LAYOUT),
    Case("fence-marks-that-the-code-holds", "⟪```⇒~~~⟫\na\n~~~\nb\n⟪```⇒~~~⟫\n", LAYOUT),
    Case("fence-out-of-an-item", "- a\n\n⟪  ⇒⟫```\n  x\n⟪  ⇒⟫```\n", LAYOUT),
    Case("quote-mark-in-a-fence", "> ```\n⟪> ⇒⟫x\n> ```\n", LAYOUT),
    Case("double-space-in-code", "`a⟪  ⇒ ⟫b`\n", LAYOUT),
    Case("backtick-beside-a-link", {"a.md": "⟪[[Od]]⇒[[Old]]`⟫ then `x` here\n", "Old.md": ""}, {LINKS}),
    Case("backtick-escaped", "⟪⇒\\⟫`a` and `b`\n", LAYOUT),
    Case("code-to-text", "write ⟪`⇒⟫a_b⟪`⇒⟫ here\n", LAYOUT),
    Case("indentation-of-code-in-an-item", "- a\n\n⟪      ⇒  ⟫code\n", LAYOUT),
)

MATH = (
    Case("dollar-unescaped", "⟪\\$⇒$⟫5 or 5$ and $x$\n", LAYOUT),
    Case("space-that-kept-math-away", "$5 and x⟪ ⇒⟫$ more\n", LAYOUT),
    Case("space-that-ends-math", "so $x⟪⇒ ⟫$ is\n", LAYOUT),
    Case("display-math-to-inline", "⟪$$⇒$⟫x+1⟪$$⇒$⟫\n", LAYOUT),
    Case("escaped-space-in-math", "$a\\⟪ ⇒⟫b$\n", LAYOUT),
    Case("sign-in-math", "$x ⟪+⇒-⟫ 1$\n", {LINKS}),
    Case("row-of-math-torn", "$$\na \\\\⟪\n⇒\n\n⟫b\n$$\n", LAYOUT),
    Case("math-left-open", {"a.md": "$$\nx\n⟪$$\n⇒⟫\nsee [[Old]]\n", "Old.md": ""}, {LINKS}),
    Case("math-opened-beside-a-link", {"a.md": "⟪[[Od]]⇒$$ [[Old]]⟫ and\n\n# Plan\n", "Old.md": ""}, {LINKS}),
)

COMMENT = (
    Case("comment-opened-beside-a-link", {"a.md": "⟪[[Od]]⇒[[Old]] %%⟫ seen\n\n# Plan\n", "Old.md": ""}, {LINKS}),
    Case("comment-left-open", "one %% two %⟪%⇒⟫ three\n", LAYOUT),
    Case("comment-text", "one %% ⟪keep⇒drop⟫ %%\n", {LINKS}),
    Case("space-in-a-comment", "one %% a⟪  ⇒ ⟫b %%\n", LAYOUT),
    Case("comment-shown", "one ⟪%%⇒⟫ secret ⟪%%⇒⟫ two\n", {COMMENTS}),
    Case("words-commented-out", "one ⟪⇒%%⟫ two ⟪⇒%%⟫ three\n", {COMMENTS}),
    Case("paragraph-commented-out", "one\n\n⟪⇒%%\n⟫two\n⟪⇒%%\n⟫\nthree\n", {COMMENTS}),
    Case("item-commented-out", "- one\n\n⟪⇒%%\n⟫- [ ] two\n⟪⇒%%\n⟫", {COMMENTS}),
    Case("heading-commented-out", "⟪⇒%%\n⟫# Plan\n⟪⇒%%\n⟫", {COMMENTS}),
    Case("percents-glued", "5%⟪ ⇒⟫% and 6%% more\n", LAYOUT),
    Case("html-comment-closed-early", "<!-- a --⟪ ⇒⟫> b -->\n", LAYOUT),
    Case("html-comment-text", "one <!-- ⟪keep⇒drop⟫ -->\n", {LINKS}),
    Case("html-comment-for-a-percent-one", "⟪%%⇒<!--⟫ see #a ⟪%%⇒-->⟫\n", {COMMENTS}),
    Case("board-settings", '- [ ] a\n\n%% kanban:settings\n```\n{"a":⟪  ⇒ ⟫1}\n```\n%%\n', LAYOUT),
    Case("drawing-data", "%%\n## Drawing\n```compressed-json\nN4Kg⟪\n\n⇒\n⟫AbCd\n```\n%%\n", LAYOUT),
    Case("drawing-shown", "text\n\n⟪%%\n⇒⟫# Drawing\n```json\n{}\n```\n⟪%%\n⇒⟫", {LINKS}),
    Case("link-commented-out", {"a.md": "one ⟪⇒%% ⟫[[two]]⟪⇒ %%⟫\n", "two.md": ""}, {COMMENTS}),
    Case("word-to-a-link-in-a-comment", {"a.md": "one ⟪two⇒%% [[two]] %%⟫\n", "two.md": ""}, {COMMENTS, LINKS}),
)

HTML = (
    Case("html-attribute", 'a <span class="⟪big⇒small⟫">b</span>\n', {LINKS}),
    Case("space-in-html", 'a <span title="x⟪  ⇒ ⟫y">b</span>\n', LAYOUT),
    Case("html-tag-dropped", "a <u>b⟪</u>⇒⟫ c\n", {COMMENTS}),
    Case("html-end-dropped", "<div>\n\nx\n\n⟪</div>⇒⟫\n", {LINKS}),
    Case("blank-line-into-html", "<div>\n*a*⟪\n⇒\n\n⟫*b*\n</div>\n", LAYOUT),
    Case("blank-line-out-of-html", {"a.md": "<div>x</div>\n⟪\n⇒⟫see [[Old]]\n", "Old.md": ""}, LAYOUT),
    Case("html-escaped", "a ⟪⇒\\⟫<u>b</u>\n", LAYOUT),
    Case("html-break-to-space", "one⟪<br>⇒ ⟫two\n", LAYOUT),
    Case("html-lines-indented", "<pre>\n⟪  ⇒⟫a\n</pre>\n", LAYOUT),
)

LIST = (
    Case("item-unnested", "- a\n⟪  ⇒ ⟫- b\n", LAYOUT),
    Case("item-nested", "- a\n⟪⇒  ⟫- b\n", LAYOUT),
    Case("item-unnested-from-a-number", "1. a\n⟪   ⇒  ⟫- b\n", LAYOUT),
    Case("first-number", "⟪3⇒1⟫. a\n4. b\n", LAYOUT),
    Case("numbers-to-bullets", "⟪1.⇒-⟫ a\n⟪2.⇒-⟫ b\n", LAYOUT),
    Case("lists-merged", "- a\n\n⟪*⇒-⟫ b\n", LAYOUT),
    Case("lists-merged-over-a-comment", "- a\n\n⟪%% end %%\n\n⇒⟫- b\n", {COMMENTS}),
    Case("list-split", "- a\n⟪-⇒*⟫ b\n", LAYOUT),
    Case("list-split-by-a-parenthesis", "1. a\n2⟪.⇒)⟫ b\n", LAYOUT),
    Case("paragraphs-of-an-item-joined", "- a\n⟪\n⇒⟫  b\n", LAYOUT),
    Case("paragraph-of-an-item-split", "- a\n⟪⇒\n⟫  b\n", LAYOUT),
    Case("paragraph-out-of-an-item", "- a\n\n⟪  ⇒⟫b\n", LAYOUT),
    Case("paragraph-into-an-item", "- a\n\n⟪⇒  ⟫b\n", LAYOUT),
    Case("lazy-line-out-of-an-item", "- a\n⟪⇒\n⟫b\n", LAYOUT),
    Case("text-out-of-an-empty-item", "-\n⟪⇒\n⟫  text\n", LAYOUT),
    Case("item-to-text", "-⟪ ⇒⟫a\n", LAYOUT),
    Case("text-to-item", "-⟪⇒ ⟫a\n", LAYOUT),
    Case("escaped-dash-to-item", "⟪\\-⇒-⟫ a\n", LAYOUT),
    Case("zero-width-space-before-a-dash", "- a\n⟪\u200b⇒⟫- b\n", LAYOUT),
    Case("task-done", "- [⟪ ⇒x⟫] a\n", {LINKS}),
    Case("task-revived", "- [⟪-⇒ ⟫] a\n", {TAGS}),
    Case("task-to-item", "- [ ]⟪ ⇒⟫a\n", LAYOUT),
    Case("task-box-closed", "- [⟪ ⇒⟫] a\n", LAYOUT),
    Case("items-swapped", "⟪- a\n- b⇒- b\n- a⟫\n", LAYOUT),
    Case("word-of-an-item-under-a-licence-for-lists", "- ⟪do⇒do not⟫ eat\n", {LISTS}),
    Case("words-to-list", "⟪1986⇒1986.⟫ was a year\n", {WORDS}),
    Case("words-of-an-item-swapped", "- ⟪the dog bites the man⇒the man bites the dog⟫\n", {LISTS}),
    Case("word-to-the-next-item", "- do ⟪not ⇒⟫eat\n- do ⟪⇒not ⟫drink\n", {LISTS}),
    Case("numbers-of-items-swapped", "- pay Ann ⟪10⇒99⟫\n- pay Bob ⟪99⇒10⟫\n", {LISTS}),
    Case("targets-of-items-swapped", {"a.md": "- eat [[⟪A⇒B⟫]]\n- avoid [[⟪B⇒A⟫]]\n", "A.md": "", "B.md": ""}, {LISTS}),
    Case("aliases-of-items-swapped", {"a.md": "- eat [[A|⟪x⇒y⟫]]\n- avoid [[A|⟪y⇒x⟫]]\n", "A.md": ""}, {LISTS}),
    Case("tags-of-items-swapped", "- eat #⟪a⇒b⟫\n- avoid #⟪b⇒a⟫\n", {LISTS}),
    Case("code-of-items-swapped", "- run `⟪a⇒b⟫`\n- never `⟪b⇒a⟫`\n", {LISTS}),
    Case("math-of-items-swapped", "- more $⟪a⇒b⟫$\n- less $⟪b⇒a⟫$\n", {LISTS}),
    Case("comments-of-items-swapped", "- eat %% ⟪a⇒b⟫ %%\n- avoid %% ⟪b⇒a⟫ %%\n", {LISTS}),
    Case("web-addresses-of-items-swapped", "- eat https://x.org/⟪a⇒b⟫\n- avoid https://x.org/⟪b⇒a⟫\n", {LISTS}),
    Case("paragraphs-swapped-as-a-list", "⟪one⇒two⟫\n\n⟪two⇒one⟫\n", {LISTS}),
    Case("headings-swapped-as-a-list", "# ⟪One⇒Two⟫\n\ntext\n\n# ⟪Two⇒One⟫\n", {LISTS}),
    Case("cells-swapped-as-a-list", "| a | b |\n|---|---|\n| ⟪c⇒d⟫ | ⟪d⇒c⟫ |\n", {LISTS}),
    Case("properties-swapped-as-a-list", "---\n⟪a: 1\nb: 2⇒b: 2\na: 1⟫\n---\n", {LISTS}),
    Case("math-swapped-as-a-list", "$⟪a⇒b⟫$ and $⟪b⇒a⟫$\n", {LISTS}),
)

TABLE = (
    Case("cells-swapped", "| a | b |\n|---|---|\n| ⟪c | d⇒d | c⟫ |\n", LAYOUT),
    Case("cell-dropped", "| a | b |\n|---|---|\n| c |⟪ d |⇒⟫\n", LAYOUT),
    Case("empty-cell-dropped", "| a | b |\n|---|---|\n|⟪  |⇒⟫ c |\n", LAYOUT),
    Case("column-dropped", "| a |⟪ b |⇒⟫\n|---|⟪---|⇒⟫\n| c |⟪ d |⇒⟫\n", {LINKS}),
    Case("column-aligned", "| a | b |\n|---|--⟪-⇒:⟫|\n| c | d |\n", LAYOUT),
    Case("delimiter-cell-dropped", "| a | b |\n|---|⟪---|⇒⟫\n| c | d |\n", LAYOUT),
    Case("bar-unescaped", "| a | b |\n|---|---|\n| c ⟪\\|⇒|⟫ d | e |\n", LAYOUT),
    Case("bar-in-code-unescaped", "| a | b |\n|---|---|\n| `c⟪\\|⇒|⟫d` | e |\n", LAYOUT),
    Case("row-out-of-the-table", "| a |\n|---|\n| b |\n⟪⇒\n⟫| c |\n", LAYOUT),
    Case("line-into-the-table", "| a |\n|---|\n| b |\n⟪\n⇒⟫| c |\n", LAYOUT),
    Case("head-torn-off", "| a |\n⟪⇒\n⟫|---|\n| b |\n", LAYOUT),
    Case("rows-joined", "| a | b |\n|---|---|\n| c | d |⟪\n⇒ ⟫| e | f |\n", LAYOUT),
    Case("table-indented-to-code", "text\n\n⟪⇒    ⟫| a |\n⟪⇒    ⟫|---|\n", LAYOUT),
    Case("cell-pushed-beyond-the-head", "| a | b |\n|---|---|\n| c |⟪⇒ |⟫ d |\n", {TABLES}),
    Case("row-joined-beyond-the-head", "| a | b |\n|---|---|\n| c | d |⟪\n⇒ ⟫| e | f |\n", {TABLES}),
)

CALLOUT = (
    Case("callout-type", "> [!⟪note⇒tip⟫] t\n> a\n", {LINKS}),
    Case("callout-fold", "> [!note]⟪-⇒+⟫ t\n> a\n", {LINKS}),
    Case("callout-fold-dropped", "> [!note]⟪-⇒⟫ t\n> a\n", LAYOUT),
    Case("callout-title", "> [!note] ⟪Do⇒Do not⟫\n> a\n", {TAGS}),
    Case("callout-title-glued", "> [!note]⟪ ⇒⟫t\n> a\n", LAYOUT),
    Case("callout-title-to-text", "> [!note]⟪ ⇒\n> ⟫Title\n> a\n", LAYOUT),
    Case("callout-text-to-title", "> [!note]⟪\n> ⇒ ⟫a\n", LAYOUT),
    Case("callout-to-quote", "> ⟪⇒\n> ⟫[!note] t\n", LAYOUT),
    Case("callout-escaped", "> ⟪⇒\\⟫[!note] t\n", LAYOUT),
    Case("line-out-of-a-callout", "> [!note] t\n> a\n>\n⟪> ⇒⟫b\n", LAYOUT),
    Case("callout-torn", "> [!note] t\n> a\n⟪>⇒⟫\n> b\n", LAYOUT),
    Case("callouts-merged", "> [!note] a\n⟪⇒>⟫\n> [!tip] b\n", LAYOUT),
    Case("callout-unnested", "> [!note] a\n> ⟪> ⇒⟫[!tip] b\n", LAYOUT),
    Case("line-out-of-a-nested-callout", "> > [!tip] b\n> > c\n> >\n> ⟪> ⇒⟫d\n", LAYOUT),
    Case("item-out-of-a-quote", "> - a\n⟪> ⇒⟫- b\n", LAYOUT),
    Case("quote-mark-escaped", "⟪⇒\\⟫> a\n", LAYOUT),
)

FOOTNOTE = (
    Case("footnote-renamed-where-it-is-used", "a[^⟪1⇒2⟫]\n\n[^1]: x\n", {LINKS}),
    Case("footnote-renamed-where-it-stands", "a[^1]\n\n[^⟪1⇒2⟫]: x\n", {LINKS}),
    Case("footnotes-swapped", "a[^1] b[^2]\n\n[^⟪1⇒2⟫]: x\n\n[^⟪2⇒1⟫]: y\n", {TAGS}),
    Case("footnote-text", "a[^1]\n\n[^1]: ⟪do⇒do not⟫\n", {COMMENTS}),
    Case("footnote-dropped", "a[^1]\n\n⟪[^1]: x\n⇒⟫", {COMMENTS}),
    Case("paragraph-out-of-a-footnote", "a[^1]\n\n[^1]: x\n\n⟪    ⇒⟫y\n", LAYOUT),
    Case("paragraph-into-a-footnote", "a[^1]\n\n[^1]: x\n\n⟪⇒    ⟫y\n", LAYOUT),
    Case("inline-footnote-to-text", "a^⟪⇒ ⟫[note] b\n", LAYOUT),
    Case("footnote-mark-to-text", "a[⟪⇒ ⟫^1]\n\n[^1]: x\n", LAYOUT),
)

BREAK = (
    Case("hard-break-trimmed", "one⟪  ⇒⟫\ntwo\n", LAYOUT),
    Case("hard-break-added", "one⟪⇒  ⟫\ntwo\n", LAYOUT),
    Case("hard-break-unescaped", "one⟪\\⇒⟫\ntwo\n", LAYOUT),
    Case("hard-break-trimmed-with-no-licence", "one⟪  ⇒⟫\ntwo\n", NOTHING),
    Case("paragraphs-joined", "one\n⟪\n⇒⟫two\n", LAYOUT),
    Case("paragraph-split", "one\n⟪⇒\n⟫two\n", LAYOUT),
    Case("paragraph-split-with-no-licence", "one\n⟪⇒\n⟫two\n", NOTHING),
    Case("rule-dropped", "one\n\n⟪---\n\n⇒⟫two\n", {LINKS}),
    Case("rule-to-text", "one\n\n⟪---⇒--⟫\n\ntwo\n", LAYOUT),
    Case("rule-to-items", "one\n\n⟪***⇒* *⟫\n\ntwo\n", LAYOUT),
    Case("line-end-doubled", "one\r\ntwo⟪\r\n⇒\r\r\n⟫three\r\n", LAYOUT),
    Case("line-end-lost", "one⟪\r\n⇒ ⟫two\r\n", LAYOUT),
)

PLUGIN = (
    Case("field-value", "due:: ⟪May⇒June⟫\n", {LINKS}),
    Case("field-key", "⟪due⇒done⟫:: May\n", {LINKS}),
    Case("field-to-text", "due:⟪:⇒⟫ May\n", LAYOUT),
    Case("fields-joined", "due:: May⟪\n⇒ ⟫done:: June\n", LAYOUT),
    Case("field-in-brackets-opened", "a ⟪[⇒⟫due:: May⟪]⇒⟫ b\n", LAYOUT),
    Case("template-code", "<% tp.file.⟪title⇒name⟫ %>\n", {LINKS}),
    Case("template-trim", "a <%⟪⇒-⟫ tp.x %>\n", LAYOUT),
    Case("template-run-to-print", "<%⟪*⇒⟫ tp.x %>\n", LAYOUT),
    Case("template-text", 'a <% "b⟪  ⇒ ⟫c" %>\n', LAYOUT),
    Case("template-lines-joined", "<%*\nlet a = 1⟪\n⇒ ⟫let b = 2\n%>\n", LAYOUT),
    Case("flashcard-both-ways", "Question\n⟪?⇒??⟫\nAnswer\n", {LINKS}),
    Case("flashcard-joined", "Question⟪\n⇒ ⟫?\nAnswer\n", LAYOUT),
    Case("flashcard-torn", "Question\n?\n⟪⇒\n⟫Answer\n", LAYOUT),
    Case("flashcard-of-one-line", "Question⟪::⇒:::⟫Answer\n", {COMMENTS}),
    Case("task-date", "- [ ] a 📅 2024-0⟪5⇒6⟫-01\n", {LISTS}),
    Case("timestamp", "[12:03](https://youtu.be/x?t=⟪723⇒724⟫)\n", {TAGS}),
    Case("words-beside-a-timestamp", "---\nvideoId: x\n---\n- ⟪12:03 yes⇒12:04 no⟫\n", {TIMESTAMPS}),
)

SHAPE = (
    Case("second-note", {"a.md": "[[⟪Od⇒Old⟫]]", "b.md": "[[⟪Od⇒Old⟫]] #⟪a⇒b⟫", "Old.md": ""}, {LINKS}),
    Case("second-note-alone-is-wrong", {"a.md": "one⟪  ⇒ ⟫two", "b.md": "`one⟪  ⇒ ⟫two`"}, LAYOUT),
    Case("second-edit", {"a.md": "[[⟪Od⇒Old⟫]]\n\n# ⟪Plan⇒Plans⟫\n", "Old.md": ""}, {LINKS}),
    Case("second-edit-of-words", {"a.md": "[[⟪Od⇒Old⟫]] and ⟪not⇒now⟫", "Old.md": ""}, {LINKS}),
    Case("heading-put-first", "⟪⇒# Plan\n\n⟫text\n", {LINKS}),
    Case("words-put-first", "⟪⇒Hello. ⟫Text\n", NOTHING),
    Case("text-before-the-frontmatter", "⟪⇒Hello.\n⟫---\na: 1\n---\n", {WORDS}),
    Case("comment-opened-first", "⟪⇒%% \n⟫text\n", {COMMENTS}),
    Case("last-line-eaten", {"a.md": "see [[⟪Od]]\nlast line⇒Old]]⟫", "Old.md": ""}, {LINKS}),
    Case("words-put-last", "text⟪⇒ more⟫", {COMMENTS}),
    Case("whole-note-in-one-edit", {"a.md": "⟪[[Od]] #a text⇒[[Old]] #a⟫", "Old.md": ""}, {LINKS}),
    Case("note-emptied", "⟪text\n⇒⟫", {LINKS}),
    Case("note-doubled", "text\n⟪⇒text\n⟫", LAYOUT),
    Case("heading-of-words", "⟪Plan⇒# Plan⟫\n", {WORDS}),
    Case("code-of-words", "the ⟪plan⇒`plan`⟫\n", {WORDS}),
)

IN_COMPANY = (
    Pair("break-trimmed-beside-words", "⟪teh⇒the⟫ plan\n\none⟦  ⇒⟧\ntwo\n", {WORDS}, LAYOUT),
    Pair("lines-joined-beside-words", "⟪teh⇒the⟫ plan\n\none⟦\n⇒ ⟧two\n", {WORDS}, LAYOUT),
    Pair("minus-dropped-beside-words", "⟪teh⇒the⟫ plan\n\nprice ⟦-⇒⟧5\n", {WORDS}, LAYOUT),
    Pair("sign-changed-beside-words", "⟪teh⇒the⟫ plan\n\n5 ⟦-⇒+⟧ 3\n", {WORDS}, LAYOUT),
    Pair("exclamation-dropped-beside-words", "⟪teh⇒the⟫ plan\n\ngood⟦!⇒⟧\n", {WORDS}, LAYOUT),
    Pair("asterisk-unescaped-beside-words", "⟪teh⇒the⟫ plan\n\n⟦\\*⇒*⟧a* star\n", {WORDS}, LAYOUT),
    Pair("dollar-dropped-beside-words", "⟪teh⇒the⟫ plan\n\ncosts ⟦$⇒⟧5\n", {WORDS}, LAYOUT),
    Pair("commented-out-beside-words", "⟪teh⇒the⟫ plan\n\none ⟦⇒%%⟧ two ⟦⇒%%⟧ three\n", {WORDS}, {COMMENTS}),
    Pair("first-number-beside-a-task", "- [⟪ ⇒x⟫] t\n\ntext\n\n⟦3⇒1⟧. a\n", {LISTS}, LAYOUT),
    Pair("list-made-loose-beside-a-task", "- [⟪ ⇒x⟫] t\n\ntext\n\n- a\n⟦⇒\n⟧- b\n", {LISTS}, LAYOUT),
    Pair("its-list-made-loose-beside-a-task", "- [⟪ ⇒x⟫] a\n⟦⇒\n⟧- b\n", {LISTS}, LAYOUT),
    Pair("strong-moved-beside-a-task", "- [⟪ ⇒x⟫] t\n\na ⟦**⇒⟧b⟦**⇒⟧ and ⟦⇒**⟧c⟦⇒**⟧ d\n", {LISTS}, LAYOUT),
    Pair("alias-beside-a-task", {"a.md": "- [⟪ ⇒x⟫] t\n\n[[Old|⟦do⇒do not⟧ eat]]\n", "Old.md": ""}, {LISTS}, {LINKS}),
    Pair(
        "alias-beside-an-alias",
        {"a.md": "[[Old|⟪teh⇒the⟫ plan]]\n\n[[Old|⟦do⇒do not⟧ eat]]\n", "Old.md": ""},
        {ALIASES},
        {LINKS},
    ),
    Pair(
        "table-aligned-beside-a-table",
        "| a | b |\n|---|--⟪-⇒:⟫|\n| c | d |\n\ntext\n\n| a | b |\n|---|--⟦-⇒:⟧|\n| c | d |\n",
        {TABLES},
        LAYOUT,
    ),
    Pair("break-trimmed-beside-a-property", '---\na: ⟪x: y⇒"x: y"⟫\n---\none⟦  ⇒⟧\ntwo\n', {PROPERTIES}, LAYOUT),
    Pair("paragraphs-joined-beside-a-property", '---\na: ⟪x: y⇒"x: y"⟫\n---\none\n⟦\n⇒⟧two\n', {PROPERTIES}, LAYOUT),
    Pair("word-dropped-beside-a-property", '---\na: ⟪x: y⇒"x: y"⟫\n---\ndo ⟦not ⇒⟧eat\n', {PROPERTIES}, LAYOUT),
    Pair(
        "comment-dropped-beside-a-property",
        "---\nyear: ⟪'2024'⇒2024⟫\na: 1⟦ # why⇒⟧\n---\n",
        {PROPERTIES},
        {COMMENTS},
    ),
)

FAMILIES = {
    "prose": Family("emphasis|highlight|heading|list|quote|link", PROSE),
    "headings": Family("heading|tag|link|code|list|quote", HEADING),
    "links": Family("link|alias|embed|code|comment|table|propert|definition", LINK),
    "tags": Family("tag|code|link|propert", TAG),
    "block ids": Family("block id|link|comment", BLOCK_ID),
    "properties": Family("propert|frontmatter|alias|tag|heading", PROPERTY),
    "code": Family("code|language|heading|link|quote|list|tag", CODE),
    "math": Family("math|link|heading", MATH),
    "comments": Family("comment|heading|code|link|tag|list", COMMENT),
    "HTML": Family("html|link|emphasis|comment|code", HTML),
    "lists": Family("list|item|task|comment|link|alias|tag|code|heading|propert", LIST),
    "tables": Family("table|cell|row|code", TABLE),
    "callouts": Family("callout|quote|list", CALLOUT),
    "footnotes": Family("footnote|code|link", FOOTNOTE),
    "breaks": Family("break|rule|heading|list", BREAK),
    "plugins": Family("field|template|timestamp|link|list", PLUGIN),
    "in company": Family("break|list|link|alias|table|comment|emphasis|math|propert|frontmatter", IN_COMPANY),
    "shape": Family("tag|heading|code|comment|frontmatter|propert|link", SHAPE),
}
"""Kinds of constructs, with fixes that do more to them than they say."""

HONEST = (
    Case("bullets", "⟪*⇒-⟫ a\n⟪*⇒-⟫ b\n", LAYOUT),
    Case("bullets-of-tasks", "⟪+⇒-⟫ [ ] a\n⟪+⇒-⟫ [x] b\n", LAYOUT),
    Case("space-behind-a-bullet", "-⟪   ⇒ ⟫a\n", LAYOUT),
    Case("tab-of-a-nested-item", "- a\n⟪\t⇒  ⟫- b\n", LAYOUT),
    Case("blank-line-before-a-list", "text\n⟪⇒\n⟫- a\n", LAYOUT),
    Case("table-padding", "|⟪⇒ ⟫a⟪⇒ ⟫|⟪⇒ ⟫bcd⟪⇒ ⟫|\n|---|---⟪⇒--⟫|\n| e | f⟪⇒  ⟫ |\n", LAYOUT),
    Case("emphasis-marks", "an ⟪_⇒*⟫old⟪_⇒*⟫ plan\n", LAYOUT),
    Case("strong-marks", "an ⟪__⇒**⟫old⟪__⇒**⟫ plan\n", LAYOUT),
    Case("blank-lines-between-blocks", "one\n\n⟪\n\n⇒⟫two\n", LAYOUT),
    Case("blank-line-after-a-heading", "# Plan\n⟪⇒\n⟫text\n", LAYOUT),
    Case("blank-lines-at-the-end", "text\n⟪\n\n⇒⟫", LAYOUT),
    Case("one-space-at-a-line-end", "one⟪ ⇒⟫\ntwo\n", LAYOUT),
    Case("double-space-in-text", "one⟪  ⇒ ⟫two\n", LAYOUT),
    Case("underline-to-heading-mark", "⟪Plan\n====⇒# Plan⟫\n\ntext\n", LAYOUT),
    Case("spaces-behind-a-heading-mark", "#⟪   ⇒ ⟫Plan\n", LAYOUT),
    Case("closing-hashes", "# Plan⟪ ##⇒⟫\n", LAYOUT),
    Case("fence-marks", "⟪~~~⇒```⟫py\nx\n⟪~~~⇒```⟫\n", LAYOUT),
    Case("fence-shorter", "⟪````⇒```⟫\nx\n⟪````⇒```⟫\n", LAYOUT),
    Case("rule-marks", "one\n\n⟪***⇒---⟫\n\ntwo\n", LAYOUT),
    Case("space-behind-a-quote-mark", ">⟪⇒ ⟫one\n>⟪⇒ ⟫two\n", LAYOUT),
    Case("spaces-of-a-property", "---\na:⟪  ⇒ ⟫1\n---\n", LAYOUT),
    Case("white-space-with-no-licence", "one⟪  ⇒ ⟫two\n\n⟪\n⇒⟫three\n", NOTHING),
    Case("link-mended", {"a.md": "see [[⟪Od⇒Old⟫]] now\n", "Old.md": ""}, {LINKS}),
    Case("link-in-a-heading-mended", {"a.md": "# On [[⟪Od⇒Old⟫]]\n", "Old.md": "", "b.md": "[[a]]"}, {LINKS}),
    Case("link-to-what-it-showed", "see ⟪[[Old|the plan]]⇒the plan⟫\n", {LINKS}),
    Case("links-mended-in-two-notes", {"a.md": "[[⟪Od⇒Old⟫]]", "b.md": "![[⟪Od⇒Old⟫]]", "Old.md": ""}, {LINKS}),
    Case("alias-mended", {"a.md": "[[Old|⟪teh⇒the⟫ plan]]\n", "Old.md": ""}, {ALIASES}),
    Case("tag-mended", "a #⟪tood⇒todo⟫ thing\n", {TAGS}),
    Case("property-mended", "---\nyear: ⟪'2024'⇒2024⟫ # why\nb: 1\n---\n", {PROPERTIES}),
    Case("comment-added", "text⟪⇒ %% seen %%⟫\n", {COMMENTS}),
    Case("comment-mended", "text %% ⟪keep⇒drop⟫ %%\n", {COMMENTS}),
    Case("task-ticked", "- [⟪ ⇒x⟫] a\n", {LISTS}),
    Case("words-mended", "⟪teh⇒the⟫ plan, see [[Old]]\n", {WORDS}),
    Case("heading-with-its-links", {"a.md": "# ⟪Plan⇒Plans⟫\n", "b.md": "[[a#⟪Plan⇒Plans⟫]]\n"}, {HEADINGS, LINKS}),
    Case("id-with-its-links", {"a.md": "one ^⟪old⇒new⟫\n", "b.md": "[[a#^⟪old⇒new⟫]]\n"}, {BLOCK_IDS, LINKS}),
    Case("timestamp-mended", "[12:03](https://youtu.be/x?t=⟪724⇒723⟫)\n", {TIMESTAMPS, LINKS}),
    Case("cell-mended", "| a | b |\n|---|---|\n| c | ⟪teh⇒the⟫ |\n", {TABLES, WORDS}),
    Case(
        "item-moved",
        {
            "a.md": '⟪- see [[Old]] #t `c` <a data-t="1">x</a> ^i⇒- b⟫\n'
            '⟪- b⇒- see [[Old]] #t `c` <a data-t="1">x</a> ^i⟫\n',
            "Old.md": "",
        },
        {LISTS, BLOCK_IDS},
    ),
    Case("item-moved-in-one-edit", "⟪- a #t `c` ^i\n- b #u `d`⇒- b #u `d`\n- a #t `c` ^i⟫\n", {LISTS, BLOCK_IDS}),
    Case("item-cut-and-put-last", "⟪- a #t `c` ^i\n⇒⟫- b\n- c\n⟪⇒- a #t `c` ^i\n⟫", {LISTS, BLOCK_IDS}),
    Case("item-moved-with-its-children", "⟪- a\n  - b\n  - c⇒- d⟫\n⟪- d⇒- a\n  - b\n  - c⟫\n", {LISTS, BLOCK_IDS}),
    Case(
        "torn-cell-mended",
        {"a.md": "| a | b |\n|---|---|\n| [[Soup⟪⇒\\⟫|the soup]] | c |\n", "Soup.md": ""},
        {LINKS, ALIASES, TABLES},
    ),
    Case("link-to-its-name", {"a.md": "see ⟪[[Old]]⇒Old⟫ now\n"}, {LINKS}),
    Case("name-to-a-link", {"a.md": "see ⟪Old⇒[[Old]]⟫ now\n", "Old.md": ""}, {LINKS}),
    Case("alias-kept-as-the-link-is-mended", {"a.md": "see [[⟪Al⇒Old|Al⟫]] now\n", "Old.md": ""}, {LINKS, ALIASES}),
    Case("id-that-nothing-links-to-dropped", {"a.md": "one⟪ ^old⇒⟫\n", "b.md": "[[a]]\n"}, {BLOCK_IDS}),
    Case("level-of-a-heading", "# Part\n\n##⟪#⇒⟫ Plan\n", {HEADINGS}),
    Pair("layout-beside-words", "⟪teh⇒the⟫ plan\n\none⟦  ⇒ ⟧two\n", {WORDS}, LAYOUT),
    Pair("bullets-beside-a-task", "- [⟪ ⇒x⟫] t\n\ntext\n\n⟦*⇒-⟧ a\n⟦*⇒-⟧ b\n", {LISTS}, LAYOUT),
    Pair("tag-beside-a-link", {"a.md": "see [[⟪Od⇒Old⟫]] #⟦tood⇒todo⟧\n", "Old.md": ""}, {LINKS}, {TAGS}),
    Pair("spaces-beside-a-property", '---\na: ⟪x: y⇒"x: y"⟫\n---\none⟦  ⇒ ⟧two\n', {PROPERTIES}, LAYOUT),
)
"""Fixes that do what they say: the proof must not be a refusal of everything."""


class _Fixes(NoteRule):
    """Offers one fix, in the first note that it changes, once."""

    group = Group.STYLE
    case: ClassVar[Case | Pair]

    def check(self, note: Note) -> Iterator[Finding]:
        """Find the note as the table has it."""
        fix = self.case.fixes[self.name]
        first = fix.changes[0]
        if isinstance(first, Edit) and note.path == first.path and note.text == self.case.notes[note.path]:
            yield self.find(first.span, "not as it should be", fix=fix)


def _rules() -> Iterator[tuple[str, type[_Fixes]]]:
    """A class for each fix of the tables, under a name of its own: so are rules found in a file."""
    hostile = [case for family in FAMILIES.values() for case in family.cases]
    for case in (*hostile, *HONEST):
        for name in case.fixes:
            title = "".join(word.capitalize() for word in name.split("-"))
            about = {"__doc__": name, "name": name, "case": case, "__module__": __name__}
            yield title, type(title, (_Fixes,), about)


globals().update(_rules())
