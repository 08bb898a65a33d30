"""Notes that lack properties of their template."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Struct
from vaultlint_rules.frontmatter._lists import short
from vaultlint_rules.frontmatter._places import folder_glob, is_placeholder
from vaultlint_rules.frontmatter._titles import top_of

from vaultlint.note.frontmatter import read_frontmatter
from vaultlint.note.model import Span
from vaultlint.rule.finding import Related
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix
from vaultlint.rule.kinds import Group, VaultRule
from vaultlint.schema.globs import Globs
from vaultlint.schema.yaml_text import begins_with_id, quoted, yaml_scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from vaultlint.note.note import Note
    from vaultlint.rule.context import Context
    from vaultlint.rule.finding import Finding
    from vaultlint.vault.index import Index

_MOST_NAMED = 5


@dataclass(frozen=True)
class Options:
    """What can be set for `template-properties`."""

    templates: Annotated[
        dict[str, str], "Folder or path, which may hold `*` and `**`, to the note that its notes were made from."
    ] = field(default_factory=dict)
    properties: Annotated[
        dict[str, str], "Further properties that every note should have, each with the value, as YAML, that it gets."
    ] = field(default_factory=dict)


_LINK = re.compile(r"\[\[[^\[\]]+\]\]\Z")
"""A link, which without quotes would be a list within a list."""


class Told(Struct, frozen=True, array_like=True):
    """What must be known of a note or a template."""

    names: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    """For each property where another can go before it and behind it; -1: nowhere."""
    end: int
    """Where one can go at the end; -1: nowhere."""
    top: Span
    has_block: bool
    newline: str


class TemplateProperties(VaultRule):
    """A note lacks properties that the template of its folder has."""

    name = "template-properties"
    group = Group.FRONTMATTER
    in_templates = True
    Options = Options
    Gathered = Told

    def __init__(self, options: Any = None, context: Context | None = None) -> None:
        super().__init__(options, context)
        self._templates = tuple(
            (Globs((folder_glob(path),)), _as_note(template)) for path, template in self.options.templates.items()
        )
        self._paths = frozenset(template for _, template in self._templates)
        self._lines = {name: _line(name, value) for name, value in self.options.properties.items() if name.strip()}

    @property
    def gathers(self) -> bool:
        """Whether the config asks for anything."""
        return bool(self._templates or self._lines)

    def gather(self, note: Note) -> Told | None:
        """The names of the properties, and where others can go."""
        is_template = note.path in self._paths
        asked = self._lines or any(globs.match(note.path) for globs, _ in self._templates)
        if not (is_template or asked) or note.frontmatter.error is not None or _in_braces(note):
            return None
        if not is_template and self.context.is_template(note.path):
            return None
        places = [
            (
                found.key_span.start if _begins_line(note, found.key_span.start) else -1,
                found.span.end if found.style not in ("literal", "folded") else -1,
            )
            for found in note.properties
        ]
        content, start = note.frontmatter.content_span, 1 if note.text.startswith("\ufeff") else 0
        names = tuple(found.key for found in note.properties)
        end = content.end if content is not None else -1 if begins_with_id(note) else start
        return Told(names, tuple(places), end, top_of(note), content is not None, note.source.newline)

    def check(self, index: Index) -> Iterator[Finding]:
        """Yield, once a note, what it lacks of its template and of the properties of the config."""
        told = self.gathered(index)
        for path, note in told.items():
            if path in self._paths:
                continue
            template = self._template(path, told)
            lines = {name: _line(name, "") for name in told[template].names} if template is not None else {}
            lines = {name: line for name, line in lines.items() if not is_placeholder(name) and name[:1] != "{"}
            yield from self._judge(path, note, {**lines, **self._lines}, template)

    def _template(self, path: str, told: Mapping[str, Told]) -> str | None:
        """The last one that the config names for it, if there is such a note."""
        named = [template for globs, template in self._templates if globs.match(path) and template in told]
        return named[-1] if named else None

    def _judge(self, path: str, note: Told, lines: Mapping[str, str], template: str | None) -> Iterator[Finding]:
        there = {name.lower() for name in note.names}
        missing = [name for name in lines if name.lower() not in there]
        if not missing:
            return
        one = len(missing) == 1
        yield self.find(
            note.top,
            f"{'a property is' if one else 'properties are'} missing: {_listed(missing)}",
            path=path,
            related=(Related(template, "is the template"),) if template is not None else (),
            fix=lambda: _fix(path, note, lines, missing),
            at_most=Applicability.SAFE,
        )


def _as_note(path: str) -> str:
    path = path.removeprefix("/")
    return path if path.endswith(".md") else f"{path}.md"


def _line(name: str, value: str) -> str:
    """A property as a line of YAML, its value in quotes if it must be."""
    line = f"{yaml_scalar(name)}: {value}".rstrip()
    after = read_frontmatter(f"---\n{line}\n---\n")
    sound = after.error is None and [found.key for found in after.properties] == [name] and "\n" not in line
    return line if sound and not _LINK.match(value) else f"{yaml_scalar(name)}: {quoted(value)}"


def _in_braces(note: Note) -> bool:
    content = note.frontmatter.content_span
    return content is not None and content.of(note.text).lstrip().startswith("{")


def _begins_line(note: Note, start: int) -> bool:
    return start > 0 and note.text[start - 1] in "\r\n"


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f"'{short(name)}'" for name in names[:_MOST_NAMED])
    return f"{shown} and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else shown


def _fix(path: str, note: Told, lines: Mapping[str, str], missing: Iterable[str]) -> Fix | None:
    """Each property beside its neighbour in the template, else at the end."""
    if note.end < 0:
        return None
    order = list(lines)
    there = {name.lower(): place for name, place in zip(note.names, note.places, strict=True)}
    behind: dict[int, list[str]] = {}
    above: dict[int, list[str]] = {}
    last: list[str] = []
    for name in missing:
        at = order.index(name)
        before = next((there[each.lower()][1] for each in reversed(order[:at]) if each.lower() in there), -1)
        after = next((there[each.lower()][0] for each in order[at + 1 :] if each.lower() in there), -1)
        if before >= 0:
            behind.setdefault(before, []).append(lines[name])
        elif after >= 0:
            above.setdefault(after, []).append(lines[name])
        else:
            last.append(lines[name])
    edits = [_inserted(path, place, "".join(f"{note.newline}{line}" for line in new)) for place, new in behind.items()]
    edits += [_inserted(path, place, "".join(f"{line}{note.newline}" for line in new)) for place, new in above.items()]
    if last:
        block = "".join(f"{line}{note.newline}" for line in last)
        frame = f"---{note.newline}"
        edits.append(_inserted(path, note.end, block if note.has_block else f"{frame}{block}{frame}"))
    return Fix("add what is missing", tuple(edits), Applicability.SAFE, may_change=frozenset({Aspect.PROPERTIES}))


def _inserted(path: str, place: int, text: str) -> Edit:
    return Edit(path, Span(place, place), text)
