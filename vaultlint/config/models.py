"""The shape of a config file. Imported only where there is one: pydantic takes its time to load."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from vaultlint.vault.settings import PLUGIN_PROPERTIES

Words = tuple[str, ...]


def _as_words(value: Any) -> Any:
    if isinstance(value, str):
        return (value,)
    return tuple(value) if isinstance(value, list) else value  # strict: no list is a tuple


_TEXTS = {"type": "array", "items": {"type": "string"}}
OneOrMore = Annotated[Words, BeforeValidator(_as_words), WithJsonSchema({"anyOf": [{"type": "string"}, _TEXTS]})]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    @classmethod
    def keys(cls) -> tuple[str, ...]:
        """The keys that this table may have."""
        return tuple(field.alias or name for name, field in cls.model_fields.items())


class OverrideTable(_Table):
    """`[[override]]`: other severities for some notes."""

    match: Annotated[
        OneOrMore, Field(description="Folders of the vault, or globs over paths in it, of which one must match.")
    ]
    rules: Annotated[dict[str, Any], Field(description="Rule = its severity there.")]


class ConfigFile(_Table):
    """All of a `vaultlint.toml`. `rules` and `schema` are checked later, against what they name."""

    extend: Annotated[
        str | None, Field(description="Another config that this one adds to: of the vault, or your own.")
    ] = None
    packs: Annotated[Words | None, Field(description="Packs of rules; later ones win.")] = None
    exclude: Annotated[
        Words, Field(description="Globs: notes that are not judged, but may be linked to. A folder means all in it.")
    ] = ()
    rules: Annotated[dict[str, Any], Field(description="Rule = its severity, or a table with its options.")] = {}
    schemas: Annotated[
        tuple[dict[str, Any], ...],
        Field(alias="schema", description="Which properties notes must have, and what these must be."),
    ] = ()
    override: Annotated[tuple[OverrideTable, ...], Field(description="Other severities for some notes.")] = ()
    local_rules: Annotated[
        Words,
        Field(
            alias="local-rules",
            description="Python files of the vault with rules; they run for those alone who trust the vault.",
        ),
    ] = ()
    max_note_size: Annotated[
        int | str | None,
        Field(
            alias="max-note-size",
            description='A larger note is not judged: bytes, or "20 MB".',
            json_schema_extra={
                "anyOf": [
                    {"type": "integer", "minimum": 1},
                    {"type": "string", "pattern": r"^0*[1-9][0-9]*(?: (?:KB|MB|GB)?)?$"},
                ]
            },
        ),
    ] = None
    plugin_properties: Annotated[
        Words | None,
        Field(
            alias="plugin-properties",
            description="Properties by which a plug-in calls a note its own: its links are checked, its form is not. "
            f"Without this key: {', '.join(PLUGIN_PROPERTIES)}.",
        ),
    ] = None
    fail_on: Annotated[
        Literal["error", "warning", "info", "never"] | None,
        Field(alias="fail-on", description="The least severity that makes the exit status 1."),
    ] = None
