"""A pydantic model as a contract: a note's properties in, the typed value or exact violations out.

The properties are handed over as JSON, for that is what they are: pydantic then takes lists for tuples and text for
dates, with `strict=True` too. Three things are done first, as the app and the rest of vaultlint do them:

- names ignore case (semantics 6.12) where the model has no name that is exactly equal;
- a property without a value (`rating:`) counts as one that is not there, and so does an item of a list, unless the
  model takes `None` for it (6.11);
- what a `timedelta` is made from is read as every duration in a vault is: `12:30` are minutes and seconds. Pydantic
  alone takes it for hours and minutes. A field with a validator of its own that runs before pydantic's is left to that.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_args

from msgspec import structs
from pydantic import AliasChoices, AliasPath, BaseModel, RootModel, ValidationError
from pydantic.functional_validators import BeforeValidator, PlainValidator, WrapValidator
from pydantic_core import to_json

from vaultlint.note.timestamps import parse_duration
from vaultlint.schema.model import SchemaError
from vaultlint.schema.places import first_line_span
from vaultlint.schema.pydantic_errors import Told, empty
from vaultlint.schema.pydantic_places import place_in
from vaultlint.schema.pydantic_words import OWN
from vaultlint.schema.violation import Violation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from pydantic.fields import FieldInfo

    from vaultlint.note.model import Property, YamlValue
    from vaultlint.note.note import Note

M = TypeVar("M", bound=BaseModel)

_EARLY = (BeforeValidator, PlainValidator, WrapValidator)
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
        names = {name: _keys(model, name, field) for name, field in fields.items()}
        self.names = tuple(keys[0] for keys in names.values())
        """The properties that it names, each as it is usually called, in the order of its fields."""
        self._exact = frozenset(key for keys in names.values() for key in keys)
        self._by_lower: dict[str, str] = {}
        for keys in names.values():
            for key in keys:
                self._by_lower.setdefault(key.lower(), key)
        taken = _with_early_validators(model)
        timed = [name for name, field in fields.items() if name not in taken and _is_duration(field)]
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
            return self._without_empty(note, found, error)
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

    def _without_empty(
        self, note: Note, found: dict[str, Property], error: ValidationError
    ) -> tuple[M | None, tuple[Violation, ...]]:
        """Once more without the properties and items that have no value and are refused for that."""
        refused, items = _empties(found, error)
        if not refused and not items:
            return None, Told(note, found, self.names).violations(error)
        left = {key: _without(each, items.get(key, ())) for key, each in found.items() if key not in refused}
        try:
            return self._validated(left), ()
        except ValidationError as second:
            told = {key: empty(found[key], errors) for key, errors in refused.items()}
            return None, Told(note, left, self.names, told).violations(second)
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


def _empties(found: Mapping[str, Property], error: ValidationError) -> tuple[dict[str, list[Any]], dict[str, set[int]]]:
    """The properties without a value that pydantic refused, with its errors; and items of lists, by their places."""
    refused: dict[str, list[Any]] = {}
    items: dict[str, set[int]] = {}
    for each in error.errors(include_url=False):
        location = each["loc"]
        if each["type"] in OWN or not location or location[0] not in found:
            continue
        key = str(location[0])
        place = place_in(found[key], location, each["type"])
        if place.value is not None or place.label != place.key:
            continue
        if place.depth == 0:
            refused.setdefault(key, []).append(each)
        elif place.depth == 1:
            items.setdefault(key, set()).update(step for step in location if isinstance(step, int))
    return refused, items


def _without(found: Property, items: Collection[int]) -> Property:
    """A property that is a list, some of its items left out."""
    if not items or not isinstance(found.value, list | tuple):
        return found
    kept = [place for place in range(len(found.value)) if place not in items]
    return structs.replace(
        found,
        value=[found.value[place] for place in kept],
        items=tuple(found.items[place] for place in kept) if found.items else (),
    )


def _keys(model: type[BaseModel], name: str, field: FieldInfo) -> tuple[str, ...]:
    """The names under which pydantic looks for a field, the usual one first."""
    config = model.model_config
    alias = field.validation_alias if field.validation_alias is not None else field.alias
    choices = alias.choices if isinstance(alias, AliasChoices) else [alias] if alias is not None else []
    keys = [each.path[0] if isinstance(each, AliasPath) else each for each in choices]
    named = [key for key in keys if isinstance(key, str)] if config.get("validate_by_alias", True) else []
    if not named or config.get("validate_by_name") or config.get("populate_by_name"):
        named.append(name)
    return tuple(dict.fromkeys(named))


def _is_duration(field: FieldInfo) -> bool:
    """Whether text is read as a duration for this field, and as nothing else."""
    if any(isinstance(each, _EARLY) for each in field.metadata):
        return False
    kinds = list(_kinds(field.annotation))
    return timedelta in kinds and str not in kinds and not any(isinstance(kind, _EARLY) for kind in kinds)


def _kinds(annotation: Any) -> Iterator[Any]:
    """All that an annotation is made of."""
    arguments = get_args(annotation)
    if not arguments:
        yield annotation
    for argument in arguments:
        yield from _kinds(argument)


def _with_early_validators(model: type[BaseModel]) -> set[str]:
    """The fields with a validator of the model's own that sees the value before pydantic does."""
    validators = model.__pydantic_decorators__.field_validators.values()
    return {name for each in validators if each.info.mode != "after" for name in each.info.fields}


def _in_iso(value: YamlValue) -> YamlValue:
    """A duration's text as every pydantic reads it alike: `12:30` as `PT750S`; of a list, each item."""
    if isinstance(value, list | tuple):
        return [_in_iso(each) for each in value]
    if not isinstance(value, str) or not value[:1].isdigit():
        return value
    seconds = parse_duration(value)
    return value if seconds is None else f"PT{seconds}S"
