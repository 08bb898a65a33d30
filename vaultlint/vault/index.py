"""The facts of all notes together: look up, resolve, backlinks, names."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from unicodedata import normalize

from msgspec.msgpack import decode

from vaultlint.vault.headings import WHOLE_NOTE, Outline, Place, heading_key
from vaultlint.vault.history import NoHistory
from vaultlint.vault.links import Resolver, Target, target_of
from vaultlint.vault.names import base_name, folder_of, name_key, path_key, without_extension
from vaultlint.vault.near import Nearest, NearestHeading
from vaultlint.vault.settings import VaultSettings
from vaultlint.vault.tables import aliases_in, links_in, place_links_in, table_of, tags_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from vaultlint.vault.facts import Facts, LinkFact, NameFact
    from vaultlint.vault.files import FileTable
    from vaultlint.vault.history import History
    from vaultlint.vault.tables import Table

_T = TypeVar("_T")

_OUTLINES = 1000
"""Of so many notes the headings and blocks are at hand at once."""


class Leads(NamedTuple):
    """Where the links of a note lead."""

    to: list[tuple[str, str | None]]
    """What is named, with the one file that it leads to."""
    faulty: set[tuple[str, ...]]
    """Paths and subpaths that lead to no file, heading or block, or that several files fit."""


class Index:
    """What is known of a vault once every note was read. All but `facts` is worked out on demand, once."""

    def __init__(self, files: FileTable, facts: Mapping[str, Facts], settings: VaultSettings | None = None) -> None:
        self.files = files
        self.facts = facts
        """Note path -> its facts; a note that could not be read has none."""
        self.settings = settings if settings is not None else VaultSettings()
        self.history: History = NoHistory()
        """What is known of the vault's past."""
        self.resolver = Resolver(files)
        self._nearest = Nearest(files)
        self._near_headings: dict[str, NearestHeading] = {}
        self._outlines: dict[str, Outline] = {}
        self._places: dict[str, dict[tuple[str, ...], Place]] = {}

    def with_facts(self, changed: Mapping[str, Facts]) -> Index:
        """This index with the facts of some notes renewed. What hangs on the files alone is shared."""
        index = Index(self.files, {**self.facts, **changed}, self.settings)
        index.history = self.history
        index.resolver = self.resolver
        index._nearest = self._nearest
        index._outlines = {path: outline for path, outline in self._outlines.items() if path not in changed}
        index._places = {path: places for path, places in self._places.items() if path not in changed}
        return index

    def resolve(self, link: LinkFact, source: str) -> Target:
        """Where `link` in the note `source` leads: the file, and the heading or block in it.

        What is behind a `#` is judged only in notes whose facts are known: other files have places of their
        own (pages, moments, views; semantics 1.13).
        """
        return self.target(link.path, link.subpath, source)

    def target(self, name: str, subpath: tuple[str, ...], source: str) -> Target:
        """The same for a link's path and the segments of its subpath."""
        found = self.resolver.find(name, source)
        path = found.path
        if not subpath or path is None or not found.is_note:
            return target_of(found, source, subpath)
        places = self._places.setdefault(path, {})
        place = places.get(subpath)
        if place is None:
            place = places[subpath] = self._find_place(path, subpath)
        return Target(
            source,
            path,
            False,
            bool(found.candidates),
            found.candidates,
            found.matches,
            True,
            found.opaque,
            False,
            subpath,
            place.heading_missing,
            place.block_missing,
            place.heading,
            place.block,
        )

    def gathered(self, name: str, kind: type[_T]) -> dict[str, _T]:
        """Note path -> what the rule `name` gathered from it, by path; notes that told it nothing are left out."""
        from msgspec.msgpack import Decoder

        read = Decoder(kind).decode
        return {
            path: read(data) for path in sorted(self.facts) for rule, data in self.facts[path].gathered if rule == name
        }

    def told(self, path: str, name: str, kind: type[_T]) -> _T | None:
        """What the rule `name` gathered from one note; `None` for nothing."""
        facts = self.facts.get(path)
        data = next((data for rule, data in facts.gathered if rule == name), None) if facts is not None else None
        return decode(data, type=kind) if data is not None else None

    def look_up(self, facts: Facts) -> None:
        """Find the files of a note's links before anybody asks, and before all facts are known."""
        find, source = self.resolver.find, facts.path
        for path, *_ in facts.targets:
            if not path.startswith("."):  # what is found from the note's own folder is not remembered
                find(path, source)

    def leads(self, facts: Facts) -> Leads:
        """Where the links of a note lead, told for each thing that they name."""
        find, source = self.resolver.find, facts.path
        to: list[tuple[str, str | None]] = []
        faulty: set[tuple[str, ...]] = set()
        for names in facts.targets:
            found = find(names[0], source)
            to.append((names[0], found.path))
            if (len(names) > 1 or not found.is_plain) and self.target(names[0], names[1:], source).is_faulty:
                faulty.add(names)
        return Leads(to, faulty)

    def faults(self, facts: Facts) -> list[tuple[LinkFact, Target]]:
        """The links of a note that lead to no file, heading or block, or that several files fit."""
        return self.faulty(facts, self.leads(facts).faulty)

    def faulty(self, facts: Facts, names: Collection[tuple[str, ...]]) -> list[tuple[LinkFact, Target]]:
        """Those, where it is known what they name."""
        if not names:
            return []  # so in most notes, and their links need not be decoded
        return [(link, self.resolve(link, facts.path)) for link in facts.links if (link.path, *link.subpath) in names]

    def resolved(self, facts: Facts) -> list[tuple[LinkFact, Target]]:
        """All links of a note, each with where it leads."""
        return [(link, self.resolve(link, facts.path)) for link in facts.links]

    def near(self, path: str) -> str | None:
        """The name to offer in a did-you-mean for a path that leads nowhere; with folders if need be."""
        file = self.near_file(path)
        if file is None:
            return None
        bare = without_extension(file)
        return base_name(bare) if self._is_unique(file) else bare

    def near_file(self, path: str) -> str | None:
        """The file that `near` speaks of."""
        return next(iter(self.near_files(path)), None)

    def near_files(self, path: str) -> tuple[str, ...]:
        """That file, and all that are equally near."""
        return self._nearest.files(path)

    def near_heading(self, path: str, text: str) -> str | None:
        """The heading of the note `path` that may be meant by `text`, as it is written there."""
        facts = self.facts.get(path)
        if facts is None:
            return None
        near = self._near_headings.get(path)
        if near is None:
            near = self._near_headings[path] = NearestHeading(heading.text for heading in facts.headings)
        return near.heading(text)

    def renamed_heading(self, path: str, text: str) -> str | None:
        """What the heading `text`, which the note `path` does not have, is called now, if that is sure."""
        facts = self.facts.get(path)
        new = self.history.heading(path, text, lambda: self._without_heading) if facts is not None else None
        if facts is None or new is None:
            return None
        there = [heading.text for heading in facts.headings if heading_key(heading.text) == heading_key(new)]
        return there[0] if len(there) == 1 else None

    @cached_property
    def _without_heading(self) -> frozenset[str]:
        """The notes of which some link names a heading that they don't have."""
        return frozenset(filter(self._lost_a_heading, self.place_links))

    def _lost_a_heading(self, path: str) -> bool:
        return any(self.resolve(link, source).heading_missing for source, link in self.place_links.get(path, ()))

    def same_but_spelling(self, path: str) -> tuple[str, ...]:
        """The files that `path` names but for case, Unicode form, separators, quotes, `%20`; shortest first.

        Where none lies in the folders that `path` names: those of that name in any other folder.
        """
        return self._nearest.same_but_spelling(path)

    @cached_property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """Case-folded name (without folder and `.md`) -> the notes of that name, in order of path."""
        table: dict[str, list[str]] = {}
        for path in self.files.notes:
            table.setdefault(name_key(without_extension(base_name(path))), []).append(path)
        return {key: tuple(paths) for key, paths in table.items()}

    @cached_property
    def aliases(self) -> Mapping[str, Sequence[tuple[str, NameFact]]]:
        """Case-folded alias -> the notes that have it, with the place; by path. None resolves a link."""
        return table_of(self.facts, aliases_in)

    @cached_property
    def tags(self) -> Mapping[str, Sequence[tuple[str, int]]]:
        """Tag as it is written -> the notes that have it, with each place among the note's tags; by path."""
        return table_of(self.facts, tags_in)

    @property
    def tag_counts(self) -> Mapping[str, int]:
        """Tag as it is written -> in how many places it is."""
        return {tag: len(places) for tag, places in self.tags.items()}

    @cached_property
    def place_links(self) -> Mapping[str, Sequence[tuple[str, LinkFact]]]:
        """Note -> the links that name a heading or a block in it, there or not, each with its note; by path."""
        return table_of(self.facts, partial(place_links_in, find=self.resolver.find))

    def backlinks(self, path: str) -> tuple[tuple[str, LinkFact], ...]:
        """The links that lead to the file `path`, each with its note; a note's links to itself included."""
        return tuple(self._backlinks.get(path, ()))

    def link_text(self, path: str, source: str) -> str:
        """What the app would write for the file `path` in a wikilink of `source`, by `newLinkFormat`.

        A note's name comes without `.md`. The text leads back to the file; only where no text does (two files
        of one path but for case) it is the path from the root.
        """
        for text in self._spellings(path, source):
            found = self.resolver.find(text, source)
            if found.path == path and not found.candidates:
                return text
        return without_extension(path)

    def _spellings(self, path: str, source: str) -> Iterator[str]:
        """The ways to write a file's path, best first: as the vault's settings say, then ever more exact."""
        path = normalize("NFC", path)
        bare = without_extension(path)
        match self.settings.new_link_format:
            case "relative":
                relative = _relative(bare, folder_of(source))
                yield from (relative, f"./{relative}")
            case "shortest" if self._is_unique(path):
                yield base_name(bare)
            case _:
                pass
        yield from (bare, f"/{bare}", path, f"/{path}")

    def _is_unique(self, path: str) -> bool:
        """Whether no other file has this name."""
        return len(self.files.by_name.get(path_key(base_name(path)), ())) == 1

    def _find_place(self, path: str, subpath: tuple[str, ...]) -> Place:
        facts = self.facts.get(path)
        if facts is None:
            return WHOLE_NOTE
        outline = self._outlines.get(path)
        if outline is None:
            if len(self._outlines) >= _OUTLINES:
                self._outlines.clear()  # what was found in them is kept, and that is small
            outline = self._outlines[path] = Outline(facts)
        return outline.find(subpath)

    @cached_property
    def _backlinks(self) -> Table[LinkFact]:
        return table_of(self.facts, partial(links_in, find=self.resolver.find))


def _relative(path: str, folder: str) -> str:
    """`path` as seen from `folder`: `../` for each level up; a file of the same folder by its name alone."""
    parts, here = path.split("/"), folder.split("/") if folder else []
    shared = 0
    while shared < min(len(parts) - 1, len(here)) and parts[shared] == here[shared]:
        shared += 1
    return "/".join([".."] * (len(here) - shared) + parts[shared:])
