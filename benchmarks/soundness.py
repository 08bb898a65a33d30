"""Holds the proof to its word: where it accepts an edit, a reader of its own must find no damage.

    python benchmarks/soundness.py [VAULT ...] [--count N | --seconds 60] [--seed 1] [--jobs 2]

Draws short pieces of real notes, edits by chance and a licence for each; of what the proof lets pass, the extractor of
`tests/damage`, which shares nothing with vaultlint, tells what differs. Most edits are such as should change the layout
alone, else hardly any would pass. Without a VAULT, notes come from the archives of the shared test data
(VAULTLINT_SHARED). Each kind of disagreement is printed once, with the smallest text that shows it. Exit status 1 where
there was one.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from bisect import bisect_right
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from itertools import combinations, repeat
from math import inf
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from fuzz import ODD, PIECES, Mutator, corpora, excerpt, minimised, unpacked

from vaultlint.engine.edits import apply_edits
from vaultlint.engine.meaning import what_changed
from vaultlint.note.model import Span
from vaultlint.note.note import parse_note
from vaultlint.rule.fix import Aspect, Edit
from vaultlint.tree import Unreadable

sys.path.append(str(Path(__file__).parents[1] / "tests" / "damage"))
import extractor
import licence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

NOTES = 16
"""In a batch."""
TRIES = 8
"""Edits of each note."""
LONGEST = 4_000
"""Code points; longer pieces cost more and show no more."""
TOGETHER = 6
"""Places that one change of the layout may meet."""
MINIMISING = 20.0
"""Seconds spent to make a text small."""
PATH = "a.md"

_LINKED = ("wikilinks", "shown by wikilinks", "embeds", "links", "images", "property values", "prose", "times")
_ASPECTS: Mapping[Aspect, Sequence[str]] = {
    Aspect.LINKS: _LINKED,
    Aspect.ALIASES: _LINKED[1:],
    Aspect.TAGS: ("tags", "prose"),
    Aspect.BLOCK_IDS: ("block ids", "prose"),
    Aspect.HEADINGS: ("headings", "prose", "times"),
    Aspect.NEW_HEADINGS: ("headings", "prose", "times"),
    Aspect.PROPERTIES: ("properties", "property values", "tags", "wikilinks", "shown by wikilinks", "embeds"),
    Aspect.TIMESTAMPS: ("times", "links", "html", "embeds", "prose"),
    Aspect.COMMENTS: ("comments", "html", "yaml comments", "tags", "wikilinks", "shown by wikilinks"),
    Aspect.LISTS: ("lists",),
    Aspect.TABLES: ("tables",),
    Aspect.CALLOUTS: ("quotes", "prose", "line breaks"),
    Aspect.LANGUAGES: ("code",),
    Aspect.FOOTNOTES: ("footnotes",),
    Aspect.WORDS: ("prose", "line breaks", "hard breaks", "times"),
    Aspect.LINE_BREAKS: ("hard breaks", "line breaks", "html"),
}
"""What of the extractor's kinds a licence lets differ on the lines of the edits; on others, nothing."""
LICENCES = {aspect.value: dict.fromkeys(kinds, inf) for aspect, kinds in _ASPECTS.items()}
MOVING = frozenset({Aspect.LISTS.value})

_SIGNS = [*" \n\t\\*_-#>|`$%&=~^[]()!:", "\n\n", "    ", *ODD]
_LAYOUT = [
    (re.compile(pattern, re.MULTILINE), replacements)
    for pattern, *replacements in (
        (r"[ \t]+$", "", " ", "  ", "\t"),
        (r"(?<=\S)$", " ", "  ", "\t", r"\\"),
        (r"\n+", r"\n", r"\n\n", r"\n\n\n", r"\r\n"),
        (r"^(?:[ \t]*\n)+", "", r"\n", r" \n", r">\n", r"\n\n"),
        (r"^[ \t]*", "", " ", "  ", "   ", "    ", "\t"),
        (r"^[ \t]+(?=\S)", "", "  ", "    ", "\t", r"\g<0> ", r"\g<0>\g<0>"),
        (r"[ \t]+", " ", "  ", "\t"),
        (r"^([ \t]*)[-*+](?=[ \t])", r"\1-", r"\1*", r"\1+"),
        (r"^([ \t]*\d+)[.)](?=[ \t])", r"\1.", r"\1)"),
        (r"^([ \t]*(?:[-*+]|\d+[.)]))[ \t]+", r"\1 ", r"\1  ", r"\1   ", r"\1     ", r"\1\t"),
        (r"^([ \t]*)\d+(?=[.)][ \t])", r"\g<1>1", r"\g<1>2", r"\g<1>07"),
        (r"(?=[!-/:-@\[-`{-~])", r"\\"),
        (r"\\(?=[!-/:-@\[-`{-~])", ""),
        (r"[ \t]*\|[ \t]*", "|", " | ", "  |", "|   "),
        (r"^\|?[ \t]*:?-+:?[ \t]*(?=\|)", "|-", "| --- ", "|:-", "-"),
        (r"^[ \t]*\||\|[ \t]*$", "", "|", "| ", " |"),
        (r"(?<!\w)([*_]{1,3})(\w[^*_\n]*)\1(?!\w)", r"*\2*", r"_\2_", r"__\2__", r"**\2**"),
        (r"^(`{3,}|~{3,})", "```", "~~~", "````", "~~~~"),
        (r"^(#{1,6}[ \t].*?)[ \t]*#*$", r"\1", r"\1 #", r"\1 ###", r"\1  "),
        (r"^#[ \t]+(.+)$", r"\1\n==="),
        (r"^(.+)\n=+$", r"# \1", r"\1\n="),
        (r"^##[ \t]+(.+)$", r"\1\n---"),
        (r"^([ \t]*)([-*_])[ \t]*(?:\2[ \t]*){2,}$", r"\1---", r"\1***", r"\1___", r"\1- - -", r"\1----"),
        (r"^((?:>[ \t]?)+)", ">", "> ", ">  ", ">>", ""),
        (r"(?<=: )(['\"]?)([^'\"\n]*)\1$", r"'\2'", r'"\2"', r"\2"),
        (r"^([ \t]*)(\w+:)[ \t]*", r"\1\2 ", r"\1\2   ", r"\1\2"),
        (r"^(\w+:) \[?(\w+), (\w+)\]?$", r"\1\n  - \2\n  - \3", r"\1 [\2, \3]", r"\1\n- \2\n- \3"),
        (r"\]\(<?([^)<>\s]+)>?\)", r"](\1)", r"](<\1>)", r"]( \1 )"),
        (r"\[\[[ \t]*([^]|\n]+?)[ \t]*\]\]", r"[[\1]]", r"[[ \1 ]]", r"[[\1|\1]]"),
        (r"\Z", r"\n", r"\n\n", " "),
    )
]
"""Pattern -> what may come in its place: the same in another way of writing, mostly."""


class Case(NamedTuple):
    """A note, what is edited in it, and what may change."""

    text: str
    edits: tuple[Edit, ...]
    licence: frozenset[Aspect]

    def __str__(self) -> str:
        names = " and ".join(sorted(aspect.value for aspect in self.licence)) or "layout"
        return f"{names}: {self.text!r} -> {apply_edits(self.text, self.edits)!r}"


class Count(NamedTuple):
    """How many edits were drawn and accepted, and those that the extractor thinks damage: (kind, case)."""

    drawn: int
    accepted: int
    faults: list[tuple[str, Case]]


def is_accepted(case: Case) -> bool:
    """Whether the proof lets these edits pass; the one place that calls it."""
    before, after = (parse_note(text, PATH) for text in (case.text, apply_edits(case.text, case.edits)))
    try:
        return what_changed(before, after, case.edits, case.licence) is None
    except Unreadable:
        return False


def damaged(case: Case) -> list[str]:
    """The kinds of things that differ and may not."""
    if any(map(has_indented_row, (case.text, apply_edits(case.text, case.edits)))):
        return []
    if not case.licence:
        return list(extractor.damage(case.text, apply_edits(case.text, case.edits)))
    rules = tuple(aspect.value for aspect in case.licence)
    edits = [licence.Edit(edit.span.start, edit.span.end, edit.text, rules) for edit in case.edits]
    read = whole_properties(case) if Aspect.PROPERTIES in case.licence else bare
    found = list(licence.unlicensed(case.text, edits, LICENCES, MOVING, read))
    return [*found, *(["words"] if Aspect.WORDS not in case.licence and words_came_or_went(case) else [])]


def has_indented_row(text: str) -> bool:
    """Whether a row of a table is indented by four columns: whether that is one, or code, the app alone could say."""
    rows = (row.span.start for table in parse_note(text, PATH).tables for row in table.rows)
    return any(re.search(r"(?: {4}|\t) *\Z", text[max(start - 8, 0) : start]) for start in rows)


def bare(text: str) -> list[extractor.Thing]:
    """What stands in a note, without the words in it: those are things of their own."""
    return [
        thing._replace(value=_BARE[thing.kind](thing.value)) if thing.kind in _BARE else thing
        for thing in extractor.extract(text)
    ]


def whole_properties(case: Case) -> Callable[[str], list[extractor.Thing]]:
    """The same, but what stands in a property stands on all its lines: an edit to one may change any.

    The line below is one of them, too: the value may go on there. Where there is no YAML, before or after, all the
    properties are one.
    """
    texts = (case.text, apply_edits(case.text, case.edits))
    broken = any(
        thing.value[0] == "not YAML"
        for text in texts
        for thing in extractor.of(extractor.extract(text), "property values")
    )

    def read(text: str) -> list[extractor.Thing]:
        things = bare(text)
        end = extractor.end_of_properties(extractor.lines_of(text))
        starts = [1] if broken else sorted(thing.first for thing in things if thing.kind == "properties")
        ends = [*starts[1:], end - 1]
        for number, thing in enumerate(things):
            place = bisect_right(starts, thing.first) - 1
            if place >= 0 and thing.first < end and thing.kind != "yaml comments":
                things[number] = thing._replace(first=starts[place], last=ends[place])
        return things

    return read


def words_came_or_went(case: Case) -> bool:
    """Whether a word of plain text is not what became of a link, tag, ... or the other way round."""
    old, new = (extractor.extract(text) for text in (case.text, apply_edits(case.text, case.edits)))
    (before, rest), (after, rest_now) = (_words_in_and_out(things, case.licence) for things in (old, new))
    if Aspect.ALIASES in case.licence:  # what a link shows is listed with the plain text, too
        rest = rest_now = rest | rest_now
    return not (rest_now.issuperset(before - after) and rest.issuperset(after - before))


def _words_in_and_out(things: Sequence[extractor.Thing], licence: frozenset[Aspect]) -> tuple[Counter[str], set[str]]:
    """The words of plain text, and those of all else. Those of headings are none where these may change."""
    headings = extractor.of(things, "headings") if Aspect.HEADINGS in licence else []
    lines = {line for heading in headings for line in range(heading.first, heading.last + 1)}
    plain = [thing for thing in things if thing.kind == "prose" and thing.first not in lines]
    return Counter(_words(plain)), {*_words(thing for thing in things if thing.kind != "prose")}


def _words(things: Iterable[extractor.Thing]) -> Iterator[str]:
    for thing in things:
        yield from re.findall(r"[^\W_]+", unquote(repr(thing.value)))


_BARE: Mapping[str, Callable[[Any], Any]] = {
    "headings": lambda value: value[0],
    "emphasis": lambda value: value[0],
    # How a column is set is said below the head, and holds for rows on other lines.
    "tables": lambda value: tuple(cell.split(" ")[0] for cell in value),
    "block ids": lambda value: value[:2],
    "line breaks": lambda value: None,
    "hard breaks": lambda value: value[0],
    "links": lambda value: value[-2:],
    "comments": lambda value: extractor.TAG.sub("", extractor.WIKILINK.sub("", value)),
}


class Draw:
    """Draws cases from some notes."""

    def __init__(self, chance: random.Random, notes: list[tuple[str, str]]) -> None:
        self._chance = chance
        self._notes = notes
        self._mutator = Mutator(chance, notes)

    def cases(self, tries: int) -> Iterator[Case]:
        """Some edits of each note."""
        for _, text in self._notes:
            sown = self._mutator.mutated(text) if self._chance.random() < 0.4 else text
            for _ in range(tries):
                if edits := self._edits(sown[:LONGEST]):
                    yield Case(sown[:LONGEST], edits, self._licence())

    def _licence(self) -> frozenset[Aspect]:
        several = self._chance.choices((0, 1, 2), (7, 4, 1))[0]
        return frozenset(self._chance.sample(list(Aspect), several))

    def _edits(self, text: str) -> tuple[Edit, ...]:
        """Some that do not touch each other."""
        wanted = [self._edit(text) for _ in range(self._chance.choice((1, 1, 2)))]
        edits: list[Edit] = []
        for edit in sorted(one for some in wanted for one in some):
            if edit.span.of(text) != edit.text and (not edits or edits[-1].span.end < edit.span.start):
                edits.append(edit)
        return tuple(edits)

    def _edit(self, text: str) -> list[Edit]:
        way = self._chance.choices((self._layout, self._small, self._mutation), (6, 3, 1))[0]
        return way(text)

    def _layout(self, text: str) -> list[Edit]:
        """Another way to write what matches a pattern, once or in several places that stand together."""
        pattern, replacements = self._chance.choice(_LAYOUT)
        found = list(pattern.finditer(text))
        if not found:
            return []
        first = self._chance.randrange(len(found))
        several = self._chance.choice((1, 1, 1, self._chance.randint(2, TOGETHER)))
        new = self._chance.choice(replacements)
        return [Edit(PATH, Span(*one.span()), one.expand(new)) for one in found[first : first + several]]

    def _small(self, text: str) -> list[Edit]:
        """A few signs go, or become others."""
        start = self._chance.randrange(len(text) + 1)
        end = min(len(text), start + self._chance.choice((0, 0, 1, 1, 2, 4, 9)))
        new = self._chance.choice(("", self._chance.choice(PIECES), self._chance.choice(_SIGNS)))
        return [Edit(PATH, Span(start, end), new)]

    def _mutation(self, text: str) -> list[Edit]:
        """One of the fuzzer's, as the edit that makes it."""
        other = self._mutator.once(text)
        start = _shared(text, other)
        end = _shared(text[start:][::-1], other[start:][::-1])
        return [Edit(PATH, Span(start, len(text) - end), other[start : len(other) - end])]


def _shared(one: str, other: str) -> int:
    """The length of what both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (sign, its) in pairs if sign != its), min(len(one), len(other)))


def count(cases: Iterable[Case]) -> Count:
    """What becomes of the cases."""
    drawn = accepted = 0
    faults = []
    for case in cases:
        drawn += 1
        if is_accepted(case):
            accepted += 1
            faults += [(kind, case) for kind in damaged(case)]
    return Count(drawn, accepted, faults)


def run(vaults: tuple[str, ...], seed: int, number: int) -> Count:
    """One batch, drawn by the seed and its number alone."""
    chance = random.Random(f"{seed} {number}")
    notes = chance.choice(corpora(vaults))
    some = [(name, excerpt(text, chance)) for name, text in chance.choices(notes, k=NOTES)]
    return count(Draw(chance, some).cases(TRIES))


def smallest(kind: str, case: Case) -> Case:
    """The case with as little text as still shows the kind of damage."""
    until = time.monotonic() + MINIMISING
    ends = [0, *(edit.span.end for edit in case.edits)]
    starts = [*(edit.span.start for edit in case.edits), len(case.text)]
    parts = {f"{place} kept": case.text[start:end] for place, (start, end) in enumerate(zip(ends, starts, strict=True))}
    for place, edit in enumerate(case.edits):
        parts |= {f"{place} old": edit.span.of(case.text), f"{place} new": edit.text}

    def made(some: Mapping[str, str], licence: frozenset[Aspect] = case.licence) -> Case:
        text, edits = some.get("0 kept", ""), []
        for place in range(len(case.edits)):
            old, new = (some.get(f"{place} {side}", "") for side in ("old", "new"))
            if old != new:
                edits.append(Edit(PATH, Span(len(text), len(text) + len(old)), new))
            text += old + some.get(f"{place + 1} kept", "")
        return Case(text, tuple(edits), licence)

    def same(one: Case) -> bool:
        return time.monotonic() < until and is_accepted(one) and kind in damaged(one)

    least = minimised(parts, lambda some: same(made(some)))
    licences = (frozenset(some) for size in range(len(case.licence)) for some in combinations(case.licence, size))
    return next((one for licence in licences if same(one := made(least, licence))), made(least))


def hold(vaults: tuple[str, ...], seed: int, jobs: int, seconds: float, wanted: int | None) -> Count:
    """Effect: starts processes. Batch after batch until the time is over or as many edits are drawn as wanted."""
    until = time.monotonic() + seconds
    drawn = accepted = number = 0
    least: dict[tuple[str, frozenset[Aspect]], Case] = {}
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        while drawn < wanted if wanted is not None else time.monotonic() < until:
            numbers = range(number, number + 4 * jobs)
            number = numbers.stop
            for found in pool.map(run, repeat(vaults), repeat(seed), numbers):
                drawn += found.drawn
                accepted += found.accepted
                _keep_least(least, found.faults)
    shown: dict[tuple[str, frozenset[Aspect]], Case] = {}
    _keep_least(shown, [(kind, smallest(kind, case)) for (kind, _), case in least.items()])
    return Count(drawn, accepted, [(kind, case) for (kind, _), case in shown.items()])


def _keep_least(least: dict[tuple[str, frozenset[Aspect]], Case], faults: Iterable[tuple[str, Case]]) -> None:
    """Effect: keeps the shortest note for each kind of damage under each licence."""
    for kind, case in faults:
        there = least.get((kind, case.licence))
        if there is None or len(case.text) < len(there.text):
            least[kind, case.licence] = case


def main() -> int:
    """Draw, and tell what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vaults", nargs="*", type=Path)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--count", type=int, help="edits, whatever time they take")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        vaults = tuple(map(str, arguments.vaults or unpacked(Path(folder))))
        if not vaults:
            print("the shared test data is not there (VAULTLINT_SHARED), and no VAULT is named", file=sys.stderr)
            return 0
        found = hold(vaults, arguments.seed, arguments.jobs, arguments.seconds, arguments.count)
    for kind, case in found.faults:
        print(f"{kind}: {case}".encode(errors="backslashreplace").decode())
    print(f"{found.drawn} drawn, {found.accepted} accepted, {len(found.faults)} kinds of disagreement")
    return int(bool(found.faults))


if __name__ == "__main__":
    sys.exit(main())
