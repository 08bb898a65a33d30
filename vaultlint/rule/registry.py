"""Which rules and packs there are. They come by entry points; reading the list imports no rule.

A package brings rules with an entry point of the group `vaultlint.rules` whose value is a mapping:

```python
RULES = {
    "no-todo-marker": "my_package.no_todo_marker:NoTodoMarker",  # name -> module and class
    "todo-marker": "no-todo-marker",                             # an old name -> the name it has now
}
```

and packs with one of the group `vaultlint.packs`, whose value is a folder of `*.toml` files. A rule's note is
the file `no_todo_marker.md` beside its module.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from vaultlint.rule.entry_points import entry_points
from vaultlint.rule.errors import RuleError, UnknownNameError
from vaultlint.rule.kinds import Group, LinkRule, NoteRule, Rule, RunRule, VaultRule
from vaultlint.rule.meta import ENGINE_FINDINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path
    from types import ModuleType

    from vaultlint.rule.entry_points import EntryPoint

GROUPS = ("vaultlint.rules", "vaultlint.packs")
"""The groups of entry points."""

ALL = "all"
"""The term that selects every rule."""

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")
_GROUPS = frozenset(group.value for group in Group)
_KINDS = (NoteRule, LinkRule, VaultRule, RunRule)


class Source(Struct, frozen=True):
    """Where a name comes from."""

    name: str
    target: str
    """`module:Class`, or `package:file.md` for a finding of the engine, which has a note but no class."""
    package: str
    """The distribution that brings it, or the file of a vault's own rule."""
    file: Path | None = None
    """The Python file of a vault's own rule, loaded from there and not by its module's name."""

    @property
    def has_class(self) -> bool:
        """Whether there is a rule to load: the findings of the engine have only a note."""
        return not self.target.endswith(".md")


class Pack(Struct, frozen=True):
    """A named set of rules with their severities and options, and maybe schemas: a TOML file."""

    name: str
    file: Traversable
    package: str

    def text(self) -> str:
        """The file as it is."""
        return self.file.read_text(encoding="utf-8")

    def data(self) -> dict[str, Any]:
        """The file as data: `summary`, `rules` and `schema`."""
        import tomllib

        try:
            return tomllib.loads(self.text())
        except ValueError as error:  # a TOML or a UTF-8 error
            raise RuleError(f"pack '{self.name}' of {self.package} is no TOML: {error}") from error


class RuleSet:
    """The rules and packs that can be asked for. Travels to workers; loads each rule at first use."""

    def __init__(
        self,
        sources: Iterable[Source] = (),
        packs: Iterable[Pack] = (),
        old_names: Mapping[str, str] | None = None,
    ) -> None:
        self._sources = {source.name: source for source in sources}
        self.packs: dict[str, Pack] = {pack.name: pack for pack in packs}
        self.old_names: dict[str, str] = dict(old_names or {})
        """Names that rules had before -> the names they have now."""
        self._loaded: dict[str, type[Rule]] = {}
        self._check_names()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all rules, sorted; without old names and without what the engine itself finds."""
        return tuple(sorted(name for name, source in self._sources.items() if source.has_class))

    @property
    def explainable(self) -> tuple[str, ...]:
        """The names that have a note, sorted: all rules and the findings of the engine."""
        return tuple(sorted(self._sources))

    def __contains__(self, name: object) -> bool:
        return name in self._sources and self._sources[str(name)].has_class

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def current(self, name: str) -> str:
        """The name that a rule has now: `name` itself unless it is an old one."""
        return self.old_names.get(name, name)

    def nearest(self, name: str) -> str | None:
        """The rule whose name is spelt most like this one."""
        from vaultlint.rule.errors import nearest

        return nearest(name, self.names)

    def source(self, name: str) -> Source:
        """Where a rule, or a finding of the engine, comes from; raises `UnknownNameError`."""
        try:
            return self._sources[self.current(name)]
        except KeyError:
            raise UnknownNameError("rule", name, self.explainable) from None

    def load(self, name: str) -> type[Rule]:
        """The class of a rule, imported at first use; raises `UnknownNameError` or `RuleError`."""
        source = self.source(name)
        if source.name not in self._loaded:
            if not source.has_class:
                raise UnknownNameError("rule that can be run", name, self.names)
            self._loaded[source.name] = _load_class(source)
        return self._loaded[source.name]

    def note_file(self, name: str) -> Traversable:
        """The note of a rule or of a finding of the engine; it may not exist."""
        from vaultlint.rule.loading import beside

        source = self.source(name)
        if source.file is not None:
            return source.file.with_name(note_name(source.name))
        module, _, attribute = source.target.partition(":")
        return beside(module, note_name(source.name) if source.has_class else attribute)

    def note(self, name: str) -> str:
        """The Markdown text of a rule's note; where there is none, what the class says of itself."""
        file = self.note_file(name)
        if file.is_file():
            return file.read_text(encoding="utf-8")
        return (self.load(name).__doc__ or "").strip() + "\n"

    def pack(self, name: str) -> Pack:
        """The pack of that name; raises `UnknownNameError`."""
        try:
            return self.packs[name]
        except KeyError:
            raise UnknownNameError("pack", name, self.packs) from None

    def in_group(self, group: str) -> tuple[str, ...]:
        """The rules of one group, sorted. Loads every rule."""
        return tuple(name for name in self.names if self.load(name).group.value == group)

    def terms(self) -> tuple[str, ...]:
        """Everything that `--select` understands."""
        return (*self.explainable, *sorted(_GROUPS), *sorted(self.packs), ALL)

    def with_local(self, root: Path, files: Iterable[Path]) -> RuleSet:
        """This set and the rules of a vault's own Python files, which are run for that."""
        from vaultlint.rule.loading import local_sources

        local = [source for file in files for source in local_sources(root, file)]
        _refuse_twice((*self._sources.values(), *local))
        return RuleSet((*self._sources.values(), *local), self.packs.values(), self.old_names)

    def _check_names(self) -> None:
        for name, source in self._sources.items():
            if not _NAME.match(name) or name in _GROUPS or name == ALL:
                raise RuleError(f"{source.package} brings a rule named '{name}', which is no name for a rule")
            if source.has_class == (name in ENGINE_FINDINGS):
                raise RuleError(f"{source.package} brings '{name}': only what the engine finds has no class")
        for pack in self.packs.values():
            if pack.name in self._sources or pack.name in _GROUPS or pack.name == ALL:
                raise RuleError(f"{pack.package} brings a pack named '{pack.name}', which is another thing's name")
        for old, new in self.old_names.items():
            if new not in self._sources or old in self._sources:
                raise RuleError(f"'{old}' can't be an old name of '{new}'")

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_loaded": {}}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """In a worker: the vault's own files are run again, so that options of their rules can be read."""
        self.__dict__.update(state)
        for name, source in self._sources.items():
            if source.file is not None:
                self.load(name)


def note_name(rule: str) -> str:
    """The file name of a rule's note."""
    return rule.replace("-", "_") + ".md"


def installed_rules() -> RuleSet:
    """Everything that the installed packages bring; raises `RuleError` where two of them disagree."""
    sources: list[Source] = []
    packs: list[Pack] = []
    old_names: dict[str, str] = {}
    for entry in entry_points(*GROUPS):
        if entry.group == "vaultlint.packs":
            packs += _packs(entry)
        else:
            for name, target in _mapping(entry).items():
                if ":" in target:
                    sources.append(Source(name, target, entry.package))
                else:
                    old_names[name] = target
    _refuse_twice(sources)
    _refuse_twice(packs)
    return RuleSet(sources, packs, old_names)


def _refuse_twice(brought: Iterable[Source | Pack]) -> None:
    first: dict[str, Source | Pack] = {}
    for one in brought:
        other = first.setdefault(one.name, one)
        if other is not one:
            raise RuleError(f"'{one.name}' is brought by both {other.package} and {one.package}; remove one of them")


def _load_entry(entry: EntryPoint) -> Any:
    try:
        return entry.load()
    except Exception as error:  # a stranger's package can raise anything
        reason = f"{type(error).__name__}: {error}"
        raise RuleError(f"the rules of {entry.package} can't be loaded ({entry.value}): {reason}") from error


def _mapping(entry: EntryPoint) -> dict[str, str]:
    rules = _load_entry(entry)
    if not isinstance(rules, dict) or not all(isinstance(part, str) for pair in rules.items() for part in pair):
        raise RuleError(f"{entry.value} of {entry.package} is no mapping of rule names to 'module:Class'")
    return rules


def _packs(entry: EntryPoint) -> list[Pack]:
    folder = _load_entry(entry)
    try:
        files = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    except (AttributeError, OSError) as error:
        raise RuleError(f"{entry.value} of {entry.package} is no folder of packs: {error}") from error
    return [Pack(file.name.removesuffix(".toml"), file, entry.package) for file in files]


def _module(name: str, file: Path | None) -> ModuleType:
    if file is None:
        return import_module(name)
    from vaultlint.vault.local_code import load_file

    return load_file(file)


def _load_class(source: Source) -> type[Rule]:
    module, _, attribute = source.target.partition(":")
    try:
        found = getattr(_module(module, source.file), attribute)
    except Exception as error:  # a stranger's rule can raise anything
        reason = f"{type(error).__name__}: {error}"
        raise RuleError(f"rule '{source.name}' of {source.package} can't be loaded: {reason}") from error
    if not isinstance(found, type) or not issubclass(found, _KINDS):
        raise RuleError(f"rule '{source.name}' of {source.package}: {source.target} is no rule class")
    if getattr(found, "name", None) != source.name or not isinstance(getattr(found, "group", None), Group):
        raise RuleError(f"rule '{source.name}' of {source.package}: {source.target} has another name, or no group")
    return found
