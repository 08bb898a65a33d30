"""What a pydantic model's fields are called in a note, and which of them are durations."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, get_args

from pydantic import AliasChoices, AliasPath
from pydantic.functional_validators import BeforeValidator, PlainValidator, WrapValidator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

_EARLY = (BeforeValidator, PlainValidator, WrapValidator)


def keys_of(model: type[BaseModel], name: str, field: FieldInfo) -> tuple[str, ...]:
    """The names under which pydantic looks for a field, the usual one first."""
    config = model.model_config
    alias = field.validation_alias if field.validation_alias is not None else field.alias
    choices = alias.choices if isinstance(alias, AliasChoices) else [alias] if alias is not None else []
    keys = [each.path[0] if isinstance(each, AliasPath) else each for each in choices]
    named = [key for key in keys if isinstance(key, str)] if config.get("validate_by_alias", True) else []
    if not named or config.get("validate_by_name") or config.get("populate_by_name"):
        named.append(name)
    return tuple(dict.fromkeys(named))


def is_duration(field: FieldInfo) -> bool:
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


def with_early_validators(model: type[BaseModel]) -> set[str]:
    """The fields with a validator of the model's own that sees the value before pydantic does."""
    validators = model.__pydantic_decorators__.field_validators.values()
    return {name for each in validators if each.info.mode != "after" for name in each.info.fields}
