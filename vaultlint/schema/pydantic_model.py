"""A pydantic model as a contract: a note's properties in, the typed value or exact violations out.

The properties are handed over as JSON, for that is what they are: pydantic then takes lists for tuples and text for
dates, with `strict=True` too. Some things are put first as the app and the rest of vaultlint have them:

- names ignore case (semantics 6.12) where the model has no name that is exactly equal;
- a property without a value (`rating:`) counts as one that is not there, and so does an item of a list, unless the
  model takes `None` for it (6.11);
- one text as `tags`, `aliases` or `cssclasses` is a list of one where the model wants a list (6.15);
- what a `timedelta` is made from is read as every duration in a vault is: `12:30` are minutes and seconds. Pydantic
  alone takes it for hours and minutes. A field with a validator of its own that runs before pydantic's is left to that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel, RootModel, ValidationError
from pydantic_core import to_json

from vaultlint.note.timestamps import parse_duration
from vaultlint.schema.model import SchemaError
from vaultlint.schema.places import first_line_span
from vaultlint.schema.pydantic_errors import Told
from vaultlint.schema.pydantic_fields import is_duration, keys_of, with_early_validators
from vaultlint.schema.pydantic_pardon import pardon
from vaultlint.schema.violation import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultlint.note.model import Property, YamlValue
    from vaultlint.note.note import Note

M = TypeVar("M", bound=BaseModel)

_LONGEST = 200


class ModelContract(Generic[M]):
    """What a model asks of properties, compiled.

    Raises `SchemaError` where `model` is no pydantic model, or names types that can't be found.
    """

    __slots__ = ("_by_lower", "_durations", "_exact", "model", "names")

    def __init__(self, model: type[M]) -> None:
        _check(model)
        self.model = model
        fields = {} if issubclass(model, RootModel) else model.model_fields
        names = {name: keys_of(model, name, field) for name, field in fields.items()}
        self.names = tuple(keys[0] for keys in names.values())
        """The properties that it names, each as it is usually called, in the order of its fields."""
        self._exact = frozenset(key for keys in names.values() for key in keys)
        self._by_lower: dict[str, str] = {}
        for keys in names.values():
            for key in keys:
                self._by_lower.setdefault(key.lower(), key)
        taken = with_early_validators(model)
        timed = [name for name, field in fields.items() if name not in taken and is_duration(field)]
        self._durations = tuple(key for name in timed for key in names[name])

    def violations(self, note: Note) -> Iterator[Violation]:
        """All violations, missing properties first, then in text order."""
        yield from self.read(note)[1]

    def read(self, note: Note) -> tuple[M | None, tuple[Violation, ...]]:
        """The model's value for the note, or what keeps it from having one; the other is `None`, or empty.

        Never raises: what the model's own code raises is told as a violation, with the model's name.
        """
        found = self._found(note)
        try:
            return self._validated(found), ()
        except ValidationError as error:
            return self._pardoned(note, found, error)
        except (Exception, SystemExit) as error:  # noqa: BLE001  the model's validators are anybody's code
            return None, (self._crashed(note, error),)

    def _found(self, note: Note) -> dict[str, Property]:
        """The properties under the names that the model knows; of several for one, the exact or else the first."""
        found: dict[str, Property] = {}
        exact, by_lower = self._exact, self._by_lower
        for each in note.properties:
            key = each.key
            if key in exact:
                found[key] = each
            else:
                found.setdefault(by_lower.get(key.lower(), key), each)
        return found

    def _validated(self, found: Mapping[str, Property]) -> M:
        data: dict[str, YamlValue] = {key: each.value for key, each in found.items()}
        for key in self._durations:
            if key in data:
                data[key] = _in_iso(data[key])
        validator = self.model.__pydantic_validator__
        try:
            text = to_json(data, inf_nan_mode="constants")
        except ValueError:  # half a surrogate pair, which an escape can write and JSON can't
            value: M = validator.validate_python(data)
            return value
        value = validator.validate_json(text)
        return value  # noqa: RET504  its type is said above

    def _pardoned(
        self, note: Note, found: dict[str, Property], error: ValidationError
    ) -> tuple[M | None, tuple[Violation, ...]]:
        """Once more with what the app lets pass put as pydantic takes it."""
        left, empties = pardon(found, error)
        if left == found:
            return None, Told(note, found, self.names).violations(error)
        try:
            return self._validated(left), ()
        except ValidationError as second:
            return None, Told(note, left, self.names, empties).violations(second)
        except (Exception, SystemExit) as raised:  # noqa: BLE001  the model's validators are anybody's code
            return None, (self._crashed(note, raised),)

    def _crashed(self, note: Note, error: BaseException) -> Violation:
        said = " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST].rstrip(" :")
        message = f"the model '{self.model.__name__}' failed on this note: {said}"
        hint = "a validator says that a value is wrong by raising a ValueError"
        return Violation("schema", "", first_line_span(note), message, hint)


def _check(model: object) -> None:
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        name = getattr(model, "__name__", None) or repr(model)
        raise SchemaError((), f"'{name}' is no pydantic model", "write a class that inherits from pydantic.BaseModel")
    if not model.__pydantic_complete__:
        try:
            model.model_rebuild()
        except Exception as error:  # noqa: BLE001  what a model's names lead to can raise anything
            said = str(error).split("\n", 1)[0]
            raise SchemaError((), f"the model '{model.__name__}' can't be used: {said}") from None


def _in_iso(value: YamlValue) -> YamlValue:
    """A duration's text as every pydantic reads it alike: `12:30` as `PT750S`; of a list, each item."""
    if isinstance(value, list | tuple):
        return [_in_iso(each) for each in value]
    if not isinstance(value, str) or not value[:1].isdigit():
        return value
    seconds = parse_duration(value)
    return value if seconds is None else f"PT{seconds}S"
