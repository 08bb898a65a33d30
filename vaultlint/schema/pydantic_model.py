"""A pydantic model as a contract: a note's properties in, the typed value or exact violations out.

The properties are handed over as JSON, for that is what they are: pydantic then takes lists for tuples and text for
dates, with `strict=True` too. Three things are done first, as the app and the rest of vaultlint do them:

- names ignore case (semantics 6.12) where the model has no name that is exactly equal;
- a property without a value (`rating:`) counts as one that is not there, unless the model takes `None` for it (6.11);
- what a `timedelta` is made from is read as every duration in a vault is: `12:30` are minutes and seconds. Pydantic
  alone takes it for hours and minutes. A field with a validator of its own that runs before pydantic's is left to that.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_args

from pydantic import AliasChoices, AliasPath, BaseModel, RootModel, ValidationError
from pydantic.functional_validators import BeforeValidator, PlainValidator, WrapValidator
from pydantic_core import to_json

from vaultlint.note.timestamps import parse_duration
from vaultlint.schema.model import SchemaError, Selector
from vaultlint.schema.pydantic_words import OWN, empty, first_line, violations_of
from vaultlint.schema.select import Chooser
from vaultlint.schema.validate import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic.fields import FieldInfo

    from vaultlint.note.model import Property, YamlValue
    from vaultlint.note.note import Note

M = TypeVar("M", bound=BaseModel)

_EARLY = (BeforeValidator, PlainValidator, WrapValidator)
_LONGEST = 200


class ModelContract(Generic[M]):
    """One model, compiled: for which notes it is, and what their properties must be.

    Raises `SchemaError` where `model` is no pydantic model, or names types that can't be found.
    """

    __slots__ = ("_by_lower", "_chooser", "_durations", "_exact", "model")

    def __init__(self, model: type[M], selector: Selector | None = None) -> None:
        _check(model)
        self.model = model
        self._chooser = Chooser(selector or Selector())
        fields = {} if issubclass(model, RootModel) else model.model_fields
        names = {name: _keys(model, name, field) for name, field in fields.items()}
        self._exact = frozenset(key for keys in names.values() for key in keys)
        self._by_lower: dict[str, str] = {}
        for keys in names.values():
            for key in keys:
                self._by_lower.setdefault(key.lower(), key)
        taken = _with_early_validators(model)
        timed = [name for name, field in fields.items() if name not in taken and _is_duration(field)]
        self._durations = tuple(key for name in timed for key in names[name])

    def applies(self, note: Note) -> bool:
        """Whether the contract is for this note."""
        return self._chooser.chooses(note)

    def violations(self, note: Note) -> Iterator[Violation]:
        """All violations, missing properties first, then in text order. Does not ask `applies`."""
        yield from self.read(note)[1]

    def read(self, note: Note) -> tuple[M | None, tuple[Violation, ...]]:
        """The model's value for the note, or what keeps it from having one; the other is `None`, or empty.

        Never raises: what the model's own code raises is a violation of the kind `crashed`.
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
        return value

    def _without_empty(
        self, note: Note, found: dict[str, Property], error: ValidationError
    ) -> tuple[M | None, tuple[Violation, ...]]:
        """Once more without the properties that have no value and whose fields take no `None`."""
        refused: dict[str, list[Any]] = {}
        for each in error.errors(include_url=False):
            key = each["loc"][0] if each["loc"] else None
            if isinstance(key, str) and key in found and found[key].value is None and each["type"] not in OWN:
                refused.setdefault(key, []).append(each)
        if not refused:
            return None, violations_of(note, found, error, self._exact)
        left = {key: each for key, each in found.items() if key not in refused}
        try:
            return self._validated(left), ()
        except ValidationError as second:
            rest = violations_of(note, left, second, self._exact, missing=lambda key: empty(found, refused, key))
            return None, rest
        except (Exception, SystemExit) as raised:  # noqa: BLE001  the model's validators are anybody's code
            return None, (self._crashed(note, raised),)

    def _crashed(self, note: Note, error: BaseException) -> Violation:
        said = " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST].rstrip(" :")
        message = f"the model '{self.model.__name__}' failed on this note: {said}"
        hint = "a validator says that a value is wrong by raising a ValueError"
        return Violation("crashed", "", first_line(note), message, hint)


def _check(model: object) -> None:
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        name = getattr(model, "__name__", None) or repr(model)
        raise SchemaError("", f"'{name}' is no pydantic model", "write a class that inherits from pydantic.BaseModel")
    if not model.__pydantic_complete__:
        try:
            model.model_rebuild()
        except Exception as error:
            said = str(error).split("\n", 1)[0]
            raise SchemaError("", f"the model '{model.__name__}' can't be used: {said}") from None


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
