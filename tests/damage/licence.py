"""What the fixes of each rule may change, and what they change beyond that: damage.

The table is written by hand from the notes of the rules, not read off their classes: what a class says too much, this
would repeat. A rule that is not in the table may change nothing.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import inf
from typing import Any, NamedTuple, TypeAlias

from extractor import Difference, Thing, differences, end_of_properties, extract, lines_of

Licences: TypeAlias = Mapping[str, Mapping[str, float]]
"""Rule -> kind -> how many things of it each edit of the rule may change."""

# On the lines of an edit and nowhere else, one of these changes, comes or goes for each edit.
BODY_LINK = {"wikilinks": 1, "links": 1}
BODY_EMBED = {"embeds": 1, "images": 1}
LINK_IN_PROPERTY = {"wikilinks": 1, "shown by wikilinks": 1}
IN_PROPERTIES = dict.fromkeys(
    ("properties", "property values", "yaml comments", "tags", "wikilinks", "shown by wikilinks"), inf
)
TIME = {"times": 1, "links": 1, "html": 1, "embeds": 1, "code": 1}

# One word is written anew, or becomes two, or two become one; with it what is told by the words in it or before it.
AROUND = {"emphasis": inf, "tables": 1, "block ids": 1, "line breaks": 1, "hard breaks": 1}
WORD = {"prose": 2} | AROUND

LICENCES: Licences = {
    # `[[A|A]]` shows the same without its alias, so nothing of it may change; an alias of the note goes.
    "redundant-alias": {"property values": 1},
    "empty-alias": {"shown by wikilinks": 1, "embeds": 1, "property values": 1},
    "alias-spacing": {"property values": 1},
    # What the bar tore into cells becomes one link in one cell.
    "unescaped-alias-bar": {"tables": inf, "prose": inf, "wikilinks": 1, "shown by wikilinks": 1, "embeds": 1},
    "alias-as-target": BODY_LINK | BODY_EMBED,
    "aliases-property": {"property values": inf, "wikilinks": 1, "shown by wikilinks": 1},
    # Where a letter or the folder was wrong, it no longer shows: the rule's note says so.
    "unresolved-link": BODY_LINK | {"shown by wikilinks": 1},
    "missing-embed": BODY_EMBED,
    "ambiguous-link": BODY_LINK | BODY_EMBED | {"property values": 1},
    "unresolved-heading": BODY_LINK | BODY_EMBED | {"shown by wikilinks": 1, "property values": 1},
    "unresolved-property-link": {"property values": 1, "wikilinks": 1},
    "unquoted-property-link": {"property values": inf, "wikilinks": 1, "shown by wikilinks": 1},
    "deprecated-property": {"properties": 1, "property values": inf},
    "property-type": {"property values": 1},
    "linked-schema": {"properties": 1, "property values": 1},
    "property-schema": {"properties": 1, "property values": 1},
    "date-order": {"property values": 1},
    "date-format": {"property values": 1},
    "date-missing": {"properties": 1, "property values": 1},
    "date-stale": {"property values": 1},
    "timestamp-syntax": TIME,
    "timestamp-mismatch": TIME,
    "timestamp-scale": TIME | {"property values": 1},
    "timestamp-order": {},
    "blank-lines-around": {},
    "consecutive-blank-lines": {},
    "final-newline": {},
    "frontmatter-blank-lines": {},
    # Whether its items are set apart is a part of the list, and of each list in it.
    "list-blank-lines": {"lists": inf},
    "heading-start": {},
    "horizontal-rule-style": {},
    "emphasis-style": {},
    "blockquote-style": {},
    "callout-syntax": {"quotes": inf, "prose": inf, "line breaks": inf},
    "code-fence-language": {"code": 1},
    # Code by indent becomes code between fences.
    "code-block-style": {"code": 1},
    # The math with the white space at its edges.
    "math-block-lines": {"math": 1},
    "unused-suppression": {"comments": 1, "html": 1, "properties": 1, "property values": inf},
    "link-case-mismatch": BODY_LINK | BODY_EMBED | {"property values": 1},
    "link-extension": BODY_LINK | BODY_EMBED | {"shown by wikilinks": 1, "property values": 1},
    # One kind of link becomes the other, and shows the same words.
    "link-style": BODY_LINK | BODY_EMBED | {"shown by wikilinks": 1, "prose": inf, "tables": inf},
    "link-text-spacing": {"images": 1, "prose": inf, "shown by wikilinks": 1, "links": 1, "tables": 1},
    # The address is the same, and shown as before.
    "bare-url": {"links": 1, "prose": inf, "times": inf},
    "reversed-link": {"links": 1, "prose": inf},
    "reference-link": {"links": 1, "prose": inf},
    "heading-increment": {"headings": 1},
    "heading-capitalization": {"headings": 1, "prose": inf},
    "heading-punctuation": {"headings": 1, "prose": inf}
    | BODY_LINK
    | BODY_EMBED
    | {"shown by wikilinks": 1, "property values": 1},
    "heading-file-name": {"headings": 1, "prose": inf}
    | BODY_LINK
    | BODY_EMBED
    | {"shown by wikilinks": 1, "property values": 1},
    "required-headings": {"headings": inf, "prose": inf},
    "property-order": {},
    "list-property-order": {},
    # A text becomes a list of one, or a list of one a text.
    "list-property-style": {"property values": 1},
    "list-property-duplicates": {"property values": 1, "tags": 1} | LINK_IN_PROPERTY,
    "removed-property": IN_PROPERTIES,
    # The config may ask for a link as the value of what is put in.
    "template-properties": LINK_IN_PROPERTY | {"properties": inf, "property values": inf, "tags": inf},
    "property-needs-quotes": IN_PROPERTIES,
    # A number or a truth value becomes a text.
    "property-quote-style": {"property values": 1},
    "title-property": {"properties": 1, "property values": 1},
    # What is added may take the place of an empty item, and make a list of a text.
    "alias-from-title": {"properties": 1, "property values": 2},
    "tag-syntax": {"property values": inf, "yaml comments": 1, "tags": inf},
    # Strong text shows the tags in it.
    "tag-case-variant": {"property values": 1, "tags": 1, "emphasis": inf},
    "tag-required": {"properties": 1, "property values": inf, "tags": inf},
    # What was a line of tags or their sentence is none any more.
    "tag-location": {
        "properties": 1,
        "property values": inf,
        "tags": inf,
        "prose": inf,
        "line breaks": inf,
        "hard breaks": inf,
    },
    "timestamp-style": TIME | {"prose": 1},
    "trailing-spaces": {"hard breaks": 1, "line breaks": 1},
    "hard-break-style": {"hard breaks": 1, "line breaks": 1, "html": 1, "prose": 1},
    "multiple-spaces": {},
    "space-around-characters": WORD,
    "cjk-spacing": WORD,
    "quote-style": WORD,
    "ellipsis": WORD,
    "hyphenated-line-break": WORD,
    "misspelling": WORD,
    "invisible-characters": WORD,
    # It may be told to change tags, too, and what links show.
    "forbidden-terms": WORD | {"tags": 1, "shown by wikilinks": 1},
    "table-format": {},
    # Two lists become one, or a list gets another first number.
    "list-marker-style": {"lists": 1},
    "ordered-list-style": {"lists": 1},
    "list-marker-space": {},
    "list-indent": {},
    # An item and its box go, which the reader may take for text; lines of a paragraph become items.
    "list-marker-duplicate": {"lists": inf, "prose": 3, "line breaks": 1},
    "list-empty-item": {"lists": 2, "prose": 2},
    "footnote-order": {"footnotes": 1},
    "footnote-location": {},
    "footnote-punctuation": {"prose": 1},
}

MOVING = frozenset({"timestamp-order", "property-order", "list-property-order", "footnote-location"})
"""Rules whose edits together put things in another order: none of them may be lost or come."""

MENDING = frozenset({"property-needs-quotes", "tag-syntax"})
"""Rules whose edits together make properties of what was no YAML: all that stands between the dashes is new then."""


class Edit(NamedTuple):
    """One edit of a fix: the text between two offsets becomes another."""

    start: int
    end: int
    text: str
    rules: tuple[str, ...]


class Place(NamedTuple):
    """Lines that edits touch, before and after, both ends included."""

    before: tuple[int, int]
    after: tuple[int, int]
    edits: tuple[Edit, ...]

    def allowed(self, kind: str, licences: Licences) -> float:
        """How many things of a kind may differ here."""
        return sum(max((licences.get(rule, {}).get(kind, 0) for rule in edit.rules), default=0) for edit in self.edits)

    def moves(self, moving: frozenset[str]) -> bool:
        """Whether one of these rules edits here."""
        return any(moving.intersection(edit.rules) for edit in self.edits)


def chosen(fixes: Iterable[tuple[str, Sequence[tuple[str, int, int, str]]]]) -> dict[str, list[Edit]]:
    """The edits that can be made together, by note, of fixes in order: each a rule and (path, start, end, text).

    Of fixes that are in each other's way the first is taken; edits that are the same are one.
    """
    taken: defaultdict[str, dict[tuple[int, int, str], list[str]]] = defaultdict(dict)
    in_order: defaultdict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for rule, edits in fixes:
        if not any(clash(place, other) for path, *place in edits for other in near(place, in_order[path])):
            for path, *place in edits:
                if (own := tuple(place)) not in taken[path]:
                    insort(in_order[path], own)
                taken[path].setdefault(own, []).append(rule)
    return {path: [Edit(*place, tuple(rules)) for place, rules in own.items()] for path, own in taken.items() if own}


def near(place: Sequence[Any], in_order: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Those of the edits, none of which is in another's way, that touch a place."""
    after = bisect_right(in_order, place[1], key=lambda other: other[0])
    for other in reversed(in_order[:after]):
        if other[1] < place[0]:
            return
        yield other


def edits_of_report(
    rows: Iterable[Mapping[str, Any]], read: Callable[[str], str], applicable: Sequence[str] = ("safe", "unsafe")
) -> dict[str, list[Edit]]:
    """The edits of one round, by note, of the findings of a JSON report; `read` has a note's text by its path."""
    fixes = [(row["rule"], row["fix"]) for row in rows if row["fix"]]
    starts = functools.cache(lambda path: line_starts(read(path)))
    return chosen(
        (rule, [(edit["path"], *offsets(starts(edit["path"]), edit), edit["text"]) for edit in fix["edits"]])
        for rule, fix in fixes
        if fix["applicability"] in applicable and not fix["renames"]
    )


def line_starts(text: str) -> list[int]:
    """Where the lines of a note begin, the first behind a byte order mark."""
    starts = [0, *(match.end() for match in re.finditer(r"\r\n?|\n", text))]
    starts[0] = text.startswith("\ufeff")
    return starts


def offsets(starts: Sequence[int], edit: Mapping[str, Any]) -> tuple[int, int]:
    """The place of an edit of a JSON report in the text."""
    return starts[edit["line"] - 1] + edit["column"] - 1, starts[edit["end_line"] - 1] + edit["end_column"] - 1


def clash(one: Sequence[Any], other: Sequence[Any]) -> bool:
    """Whether two edits can't both be made: they overlap, or one is an insertion at the border of the other."""
    if tuple(one) == tuple(other):
        return False
    if one[0] == one[1] or other[0] == other[1]:
        return one[0] <= other[1] and other[0] <= one[1]
    return one[0] < other[1] and other[0] < one[1]


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with these edits, which do not touch each other."""
    parts: list[str] = []
    at = 0
    for edit in sorted(edits):
        parts += (text[at : edit.start], edit.text)
        at = edit.end
    return "".join((*parts, text[at:]))


def unlicensed(
    before: str,
    edits: Sequence[Edit],
    licences: Licences = LICENCES,
    moving: frozenset[str] = MOVING,
    read: Callable[[str], Iterable[Thing]] = extract,
) -> dict[str, list[Difference]]:
    """What differs after the edits and may not, by kind.

    Outside of the lines that are edited each thing must be what it was, where it was; on them, too, but for what
    the rules that edit these very lines may change, and no more of it than they have edits there. Where all of them are
    edited by rules that move things, it is their order that may change, too.
    """
    places = places_of(before, edits)
    pool = tuple(number for number, place in enumerate(places) if place.moves(moving))
    then, now = list(read(before)), list(read(after := edited(before, edits)))
    mended = any(map(is_no_yaml, then)) and not any(map(is_no_yaml, now))
    end = (*starts_of(before), len(before))[end_of_properties(lines_of(before))]
    if mended and all(MENDING.intersection(edit.rules) for edit in edits if edit.start < end):
        then, now = (below_properties(*version) for version in ((before, then), (after, now)))
    old, new = in_groups(then, places, "before", pool), in_groups(now, places, "after", pool)
    found: dict[str, list[Difference]] = {}
    for group, kind in dict.fromkeys((*old, *new)):
        if group and group == pool:
            differing = lost_or_come(old[group, kind], new[group, kind])
        else:
            differing = differences(
                old[group, kind], new[group, kind], lambda thing: (thing.value, thing.first, thing.last)
            )
        if sum(map(len, differing)) > sum(places[place].allowed(kind, licences) for place in group):
            found.setdefault(kind, []).extend(differing)
    return found


def is_no_yaml(thing: Thing) -> bool:
    """Whether it is a line of properties that can't be read."""
    return thing.kind == "property values" and thing.value[0] == "not YAML"


def below_properties(text: str, things: Iterable[Thing]) -> list[Thing]:
    """What stands in the text of a note."""
    start = end_of_properties(lines_of(text))
    return [thing for thing in things if thing.first >= start]


def lost_or_come(before: Sequence[Thing], after: Sequence[Thing]) -> list[Difference]:
    """What differs in things whose order does not matter."""
    old, new = (Counter(thing.value for thing in things) for things in (before, after))
    gone, come = old - new, new - old
    lost, found = tuple(with_values(before, gone)), tuple(with_values(after, come))
    return [Difference(lost, found)] if lost or found else []


def with_values(things: Iterable[Thing], values: Counter[Any]) -> Iterator[Thing]:
    """As many things of each value as are counted."""
    for thing in things:
        if values[thing.value]:
            values[thing.value] -= 1
            yield thing


def places_of(before: str, edits: Iterable[Edit]) -> list[Place]:
    """The edited lines, in order; edits that share a line together."""
    after = edited(before, edits)
    old, new = starts_of(before), starts_of(after)
    places: list[Place] = []
    shift = 0
    for edit in sorted(edits):
        first, last = line_of(old, edit.start), line_of(old, edit.end)
        grown = places[-1].after[1] - places[-1].before[1] if places else 0
        shift += len(edit.text) - (edit.end - edit.start)
        there = first + grown, line_of(new, edit.end + shift)
        if places and (places[-1].before[1] == first or places[-1].after[1] == there[0]):
            joined = places.pop()
            places.append(Place((joined.before[0], last), (joined.after[0], there[1]), (*joined.edits, edit)))
        else:
            places.append(Place((first, last), there, (edit,)))
    return places


def starts_of(text: str) -> list[int]:
    """Where the lines of a text begin."""
    return [0, *(found.end() for found in re.finditer(r"\r\n?|\n", text))]


def line_of(starts: Sequence[int], offset: int) -> int:
    """The line of an offset, from 0; a line break of two signs is one."""
    return bisect_right(starts, offset) - 1


def in_groups(
    things: Iterable[Thing], places: Sequence[Place], side: str, pool: tuple[int, ...]
) -> defaultdict[tuple[tuple[int, ...], str], list[Thing]]:
    """The edited places that a thing touches, and its kind -> such things, on lines that both versions share.

    A line that is edited counts as its place, so that what it holds is compared whatever its number is. Places of the
    pool, between which things may move, count as one.
    """
    lines = [getattr(place, side) for place in places]
    groups: defaultdict[tuple[tuple[int, ...], str], list[Thing]] = defaultdict(list)
    for thing in things:
        first, last = (shared_line(line, places, lines) for line in (thing.first, thing.last))
        touched = touched_by(thing, lines)
        if touched and set(touched).issubset(pool):
            touched = pool
        groups[touched, thing.kind].append(thing._replace(first=first, last=last))
    return groups


def touched_by(thing: Thing, lines: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Which of the edited places, by their lines in order, a thing stands on."""
    begin = bisect_left(lines, thing.first, key=lambda place: place[1])
    return tuple(range(begin, max(begin, bisect_right(lines, thing.last, key=lambda place: place[0]))))


def shared_line(line: int, places: Sequence[Place], lines: Sequence[tuple[int, int]]) -> Any:
    """The number of a line in the old version, or the place that it is edited in."""
    number = bisect_right(lines, line, key=lambda place: place[0]) - 1
    if number < 0:
        return line
    if line <= lines[number][1]:
        return ("place", number)
    return line + places[number].before[1] - lines[number][1]
