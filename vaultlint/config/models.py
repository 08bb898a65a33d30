"""The shape of a config file. Imported only where there is one: pydantic takes its time to load."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Words = tuple[str, ...]


def _as_words(value: Any) -> Any:
    if isinstance(value, str):
        return (value,)
    return tuple(value) if isinstance(value, list) else value  # strict: no list is a tuple


OneOrMore = Annotated[Words, BeforeValidator(_as_words)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    @classmethod
    def keys(cls) -> tuple[str, ...]:
        """The keys that this table may have."""
        return tuple(field.alias or name for name, field in cls.model_fields.items())


class OverrideTable(_Table):
    """`[[override]]`: other severities for some notes."""

    match: OneOrMore
    rules: dict[str, Any]


class ConfigFile(_Table):
    """All of a `vaultlint.toml`. `rules` and `schema` are checked later, against what they name."""

    extend: str | None = None
    packs: Words | None = None
    exclude: Words = ()
    rules: dict[str, Any] = {}
    schemas: Annotated[tuple[dict[str, Any], ...], Field(alias="schema")] = ()
    override: tuple[OverrideTable, ...] = ()
    local_rules: Annotated[Words, Field(alias="local-rules")] = ()
    max_note_size: Annotated[int | str | None, Field(alias="max-note-size")] = None
    fail_on: Annotated[Literal["error", "warning", "info", "never"] | None, Field(alias="fail-on")] = None
