"""Which notes? Conditions on a note's path, tags, properties and links; what is cheap to ask is asked first."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from vaultlint.vault.facts_of import links_of, tags_of
from vaultlint.vault.names import path_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from vaultlint.note.model import Scalar, YamlValue
    from vaultlint.note.note import Note
    from vaultlint.vault.links import Resolver

    Names: TypeAlias = str | Iterable[str]
    Values: TypeAlias = Mapping[str, Scalar | Iterable[Scalar]]
    Where: TypeAlias = Values | Callable[[Note], bool]


class Query:
    """Conditions that must all hold; one that is not given holds for every note."""

    def __init__(
        self,
        resolver: Resolver,
        *,
        tag: Names | None = None,
        folder: Names | None = None,
        has: Names | None = None,
        links_to: Note | str | None = None,
        where: Where | None = None,
    ) -> None:
        self._find = resolver.find
        self._tags = None if tag is None else [f"{each.removeprefix('#').lower()}/" for each in _several(tag)]
        self._folders = None if folder is None else [_prefix(each) for each in _several(folder)]
        self._has = frozenset(name.lower() for name in _several(has or ()))
        values = {} if where is None or callable(where) else where
        self._values = {name.lower(): _scalars(wanted) for name, wanted in values.items()}
        self._test = where if callable(where) else None
        self._target = None if links_to is None else self._file(links_to)

    def allows(self, path: str) -> bool:
        """Whether a note of this path may be meant: what can be told without reading it."""
        return self._folders is None or any(path.startswith(folder) for folder in self._folders)

    def holds(self, note: Note) -> bool:
        """Whether all conditions hold for a note."""
        return (
            self.allows(note.path)
            and (not (self._has or self._values) or self._has_properties(note))
            and (self._tags is None or self._has_tag(note))
            and (self._target is None or self._links(note, *self._target))
            and (self._test is None or self._test(note))
        )

    def _has_properties(self, note: Note) -> bool:
        found = {each.key.lower(): each.value for each in note.properties}
        return self._has <= found.keys() and all(
            name in found and holds(found[name], wanted) for name, wanted in self._values.items()
        )

    def _has_tag(self, note: Note) -> bool:
        wanted = self._tags or ()
        return any(f"{tag.text.lower()}/".startswith(each) for tag in tags_of(note) for each in wanted)

    def _file(self, target: Note | str) -> tuple[str | None, str]:
        """The file that is meant, and the key of the name for one that is not there yet."""
        if not isinstance(target, str):
            return target.path, ""
        name = target.split("#")[0].strip()
        return (self._find(name, "").path if name else None), path_key(name)

    def _links(self, note: Note, path: str | None, key: str) -> bool:
        for link in links_of(note):
            found = self._find(link.path, note.path)
            if found.path == path and (path is not None or (path_key(link.path) == key and not found.beyond_root)):
                return True
        return False


def holds(value: YamlValue, wanted: Iterable[Scalar]) -> bool:
    """Whether a property's value is one of `wanted`, or is a list with one of them."""
    values = value if isinstance(value, list | tuple) else (value,)
    return any(same(each, scalar) for each in values for scalar in wanted)


def same(value: YamlValue, scalar: Scalar) -> bool:
    """Equality that tells `true` from 1, which Python does not."""
    return value == scalar and isinstance(value, bool) is isinstance(scalar, bool)


def _several(names: Names) -> Iterable[str]:
    return (names,) if isinstance(names, str) else names


def _scalars(wanted: Scalar | Iterable[Scalar]) -> tuple[Scalar, ...]:
    return (wanted,) if wanted is None or isinstance(wanted, str | int | float | bool) else tuple(wanted)


def _prefix(folder: str) -> str:
    """How the paths in a folder begin; empty for the root."""
    folder = folder.strip("/")
    return f"{folder}/" if folder else ""
