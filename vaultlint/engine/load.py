"""Notes as typed data: each through a pydantic model, one at a time, faults told and never raised."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Generic, Literal, NoReturn, TypeVar, overload

from msgspec import Struct

from vaultlint.config.settings import MAX_NOTE_SIZE
from vaultlint.engine.reader import NoteReader, NoteReadError
from vaultlint.engine.wire import Found
from vaultlint.engine.work import found_in, no_text
from vaultlint.note.note import Note, parse_note
from vaultlint.note.source import NoteDecodeError, decode
from vaultlint.rule.errors import UserError, VaultlintError
from vaultlint.rule.finding import Diagnostic, Finding, Severity
from vaultlint.schema.globs import Globs
from vaultlint.schema.model import SchemaError
from vaultlint.vault.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pydantic import BaseModel

    from vaultlint.schema.pydantic_model import ModelContract
    from vaultlint.schema.violation import Violation

    M = TypeVar("M", bound=BaseModel)
else:
    M = TypeVar("M")  # pydantic is imported when something is loaded

_SCHEMA = "property-schema"
_SYNTAX = "frontmatter-syntax"
_DUPLICATE = "duplicate-property"
"""What a check calls the same faults."""


class Typed(Struct, Generic[M], frozen=True):
    """A note whose properties are what the model wants."""

    note: Note
    value: M
    """The properties, validated: an instance of the model."""

    @property
    def path(self) -> str:
        """The note's path, vault-relative."""
        return self.note.path


class Problem(VaultlintError):  # noqa: N818  a value among others first, an error only where asked for
    """A note that can't be had as the model wants it: a value to look at, and an error to raise."""

    def __init__(self, path: str, diagnostics: tuple[Diagnostic, ...], note: Note | None = None) -> None:
        super().__init__(path, diagnostics, note)
        self.path = path
        """The note's path, vault-relative."""
        self.diagnostics = diagnostics
        """What is wrong, at least one; as `vaultlint.check` would tell it."""
        self._note = note

    @property
    def note(self) -> Note:
        """The note as far as it could be read. Raises this problem where it could not be read at all."""
        if self._note is None:
            raise self
        return self._note

    @property
    def value(self) -> NoReturn:
        """Raises this problem: there is no value. So code that expects none still ends with the right words."""
        raise self

    def __str__(self) -> str:
        first, *more = self.diagnostics
        place = first.position
        others = f" (and {len(more)} more)" if more else ""
        return f"{self.path}:{place.line}:{place.column}: {first.message}{others}"

    def __repr__(self) -> str:
        return f"<Problem {self}>"


@overload
def load(
    vault: Vault | str | os.PathLike[str],
    model: type[M],
    notes: str | Sequence[str] | Iterable[Note] = "**",
    *,
    strict: Literal[True],
    templates: bool = False,
) -> Iterator[Typed[M]]: ...


@overload
def load(
    vault: Vault | str | os.PathLike[str],
    model: type[M],
    notes: str | Sequence[str] | Iterable[Note] = "**",
    *,
    strict: bool = False,
    templates: bool = False,
) -> Iterator[Typed[M] | Problem]: ...


def load(
    vault: Vault | str | os.PathLike[str],
    model: type[M],
    notes: str | Sequence[str] | Iterable[Note] = "**",
    *,
    strict: bool = False,
    templates: bool = False,
) -> Iterator[Typed[M] | Problem]:
    """Effect: reads notes, each when its turn comes, none of them kept. `notes` as the pydantic `model` has them.

    `vault` is an open one, or its folder. `notes` is a glob over vault-relative paths (`talks/**`; a folder's name
    means all in it), several of them, or notes at hand such as `vault.query(tag="talk")`. Globs take the notes in order
    of path, without those in the vault's templates folders unless `templates` says so; what the owner excluded in the
    app's settings counts like any other note.

    A note that can't be read, or is not what the model wants, is a `Problem` among the others, or with `strict` raised
    as one. Raises `UserError` at once for a folder that can't be listed, or a class that is no model.
    """
    from vaultlint.schema.pydantic_model import ModelContract

    try:
        contract = ModelContract(model)
    except SchemaError as error:
        raise UserError(f"{error}" + (f"; {error.hint}" if error.hint else "")) from None
    opened = vault if isinstance(vault, Vault) else _opened(vault)
    given = [notes] if isinstance(notes, str) else notes
    if isinstance(given, list | tuple | set | frozenset) and all(isinstance(each, str) for each in given):
        return _load(contract, _read(opened, Globs(tuple(given)), templates=templates), strict=strict)
    return _load(contract, given, strict=strict)  # type: ignore[arg-type]  # what is no glob is a note


def _load(contract: ModelContract[M], notes: Iterable[Note | Problem], *, strict: bool) -> Iterator[Typed[M] | Problem]:
    for note in notes:
        loaded = note if isinstance(note, Problem) else _typed(contract, note)
        if strict and isinstance(loaded, Problem):
            raise loaded
        yield loaded


def _typed(contract: ModelContract[M], note: Note) -> Typed[M] | Problem:
    error = note.frontmatter.error
    if error is not None:
        rule = _DUPLICATE if error.kind == "duplicate" else _SYNTAX
        return _problem(note, rule, [Finding(error.span, error.message)])
    value, violations = contract.read(note)
    if value is None:
        return _problem(note, _SCHEMA, [_finding(each) for each in violations])
    return Typed(note, value)


def _finding(violation: Violation) -> Finding:
    replacement = violation.replacement
    hint = violation.hint or (replacement.title if replacement is not None else None)
    return Finding(violation.span, violation.message, hint=hint)


def _problem(note: Note, rule: str, findings: list[Finding]) -> Problem:
    return Problem(note.path, _diagnostics(note.path, found_in(rule, note, findings)), note)


def _diagnostics(path: str, found: Iterable[Found]) -> tuple[Diagnostic, ...]:
    return tuple(each.diagnostic(path, Severity.ERROR) for each in found)


def _read(vault: Vault, globs: Globs, *, templates: bool) -> Iterator[Note | Problem]:
    reader = NoteReader(vault.files.root, MAX_NOTE_SIZE, vault.files.originals)
    for path in vault.notes:
        if not globs.match(path) or (vault.settings.is_template(path) and not templates):
            continue
        try:
            yield parse_note(decode(reader.read(path)), path)
        except NoteReadError as error:
            yield Problem(path, _diagnostics(path, [Found(error.rule, error.message)]))
        except NoteDecodeError as error:
            yield Problem(path, _diagnostics(path, [no_text(error)]))


def _opened(folder: str | os.PathLike[str]) -> Vault:
    try:
        return Vault.open(folder)
    except OSError as error:
        raise UserError(f"the vault '{os.fspath(folder)}' can't be listed: {error.strerror or error}") from None
