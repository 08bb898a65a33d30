"""The note of a rule, read: its frontmatter, its sections, and its examples as small vaults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from vaultlint.note.note import parse_note
from vaultlint.rule.registry import installed_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultlint.note.model import Code, Heading
    from vaultlint.rule.registry import RuleSet

FENCE = "````"
CONFIG = "vaultlint.toml"
_DEFAULT_FILE = "Note.md"


class Example(Struct):
    """One example of a rule's note: a small vault, and what is said of it."""

    rule: str
    sentence: str
    line: int
    """In the rule's note, from 1."""
    files: dict[str, str] = field(default_factory=dict)
    """Path -> text; the config is one of them."""
    found: tuple[str, ...] | None = None
    """The lines of the report; `None` where the example says nothing of them."""
    history: tuple[str, ...] = ()
    """The commits of git that made the notes what they are, as `record_history` takes them."""
    fixed: dict[str, str] = field(default_factory=dict)
    """Path -> text after `--fix`."""
    fixed_unsafe: dict[str, str] = field(default_factory=dict)
    """Path -> text after `--fix --unsafe-fixes`."""

    def __str__(self) -> str:
        return f"{self.rule}: {self.sentence}"


class RuleNote:
    """The note of a rule or of a finding of the engine."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.note = parse_note(text)

    def property(self, key: str) -> object:
        """The value of a property; `None` where it is not there."""
        found = self.note.property(key)
        return found.value if found else None

    def sections(self) -> dict[str, str]:
        """Heading of the second level -> the text under it, all lower levels included."""
        heads = [head for head in self.note.headings if head.level <= 2]
        ends = [*(head.span.start for head in heads[1:]), len(self.note.text)]
        return {head.text: self.note.text[head.span.end : end].strip() for head, end in zip(heads, ends, strict=True)}

    def intro(self) -> str:
        """The text before the first heading."""
        heads = self.note.headings
        end = heads[0].span.start if heads else len(self.note.text)
        return self.note.text[self.note.body_start : end].strip()

    def examples(self) -> Iterator[Example]:
        """The examples, in order; raises `AssertionError` where a block is not understood."""
        for head, start, end in self._example_heads():
            example = Example(self.name, head.text, self.note.source.line_of(head.span.start))
            for block in self.note.code:
                if start <= block.span.start < end and block.span.of(self.note.text).startswith(FENCE):
                    self._add(example, block)
            yield example

    def _example_heads(self) -> Iterator[tuple[Heading, int, int]]:
        heads = self.note.headings
        inside = False
        for place, head in enumerate(heads):
            if head.level <= 2:
                inside = head.text == "Examples"
            elif inside and head.level == 3:
                end = heads[place + 1].span.start if place + 1 < len(heads) else len(self.note.text)
                yield head, head.span.end, end

    def _add(self, example: Example, block: Code) -> None:
        text = block.content_span.of(self.note.text)
        text = text if text.endswith("\n") or not text else text + "\n"
        info = block.info_span.of(self.note.text).strip() if block.info_span else ""
        words, _, file = info.partition("file=")
        match words.split():
            case ["text", "found"]:
                example.found = tuple(text.splitlines())
            case ["text", "history"]:
                example.history = tuple(text.splitlines())
            case ["toml"] if not file:
                example.files[CONFIG] = text
            case ["md", "fixed"]:
                example.fixed[file or _DEFAULT_FILE] = text
            case ["md", "fixed-unsafe"]:
                example.fixed_unsafe[file or _DEFAULT_FILE] = text
            case ["md"]:
                example.files[file or _DEFAULT_FILE] = text
            case [_] if file:
                example.files[file] = text
            case _:
                line = self.note.source.line_of(block.span.start)
                raise AssertionError(f"{self.name}, line {line} of its note: no such block in an example: '{info}'")


def rule_note(name: str, ruleset: RuleSet) -> RuleNote:
    """The note of a rule; `AssertionError` where it has none."""
    file = ruleset.note_file(name)
    if not file.is_file():
        raise AssertionError(f"{name}: there is no note '{file.name}' beside its module")
    return RuleNote(name, file.read_text(encoding="utf-8"))


def rule_examples(
    ruleset: RuleSet | None = None, *, rules: Iterable[str] | None = None, package: str | None = None
) -> list[Example]:
    """All examples of the installed rules, or of these; `package`: of one distribution's."""
    ruleset = ruleset or installed_rules()
    names = rules if rules is not None else ruleset.explainable
    wanted = [name for name in names if package is None or ruleset.source(name).package == package]
    return [
        example
        for name in wanted
        if ruleset.note_file(name).is_file()
        for example in rule_note(name, ruleset).examples()
    ]
