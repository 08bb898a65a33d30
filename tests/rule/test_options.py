"""Options of rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

import pytest
from annotated_types import Ge, Le
from pydantic import BaseModel, Field

from vaultlint.rule.kinds import Group, NoteRule
from vaultlint.rule.options import Option, WrongValueError, describe, validate


@dataclass(frozen=True)
class Options:
    """What the tests turn."""

    scope: Annotated[Literal["section", "note"], "How far to look."] = "section"
    longest_run: Annotated[int, Ge(1), Le(9), "How many may follow."] = 3
    words: Annotated[tuple[str, ...], "What to look for."] = ("TODO",)
    ratio: Annotated[float, "How much."] = 0.5
    strict: Annotated[bool, "Whether to be strict."] = False
    folder: Annotated[str | None, "Where."] = None


class Counted(NoteRule):
    """Has options."""

    name = "counted"
    group = Group.STYLE
    Options = Options


class Model(BaseModel):
    """Options of a plug-in that likes pydantic."""

    top: int = Field(1, description="The top.", gt=0)


class Modelled(NoteRule):
    """Has options too."""

    name = "modelled"
    group = Group.STYLE
    Options = Model


class Plain(NoteRule):
    """Has none."""

    name = "plain"
    group = Group.STYLE


def test_keys_are_the_fields_with_hyphens():
    """A config writes `longest-run` for the field `longest_run`; what it leaves out keeps its default."""
    options = validate(Counted, {"longest-run": 2, "words": ["a", "b"], "scope": "note", "ratio": 1})

    assert Options(scope="note", longest_run=2, words=("a", "b"), ratio=1.0) == options


@pytest.mark.parametrize(
    ("given", "message", "path"),
    [
        ({"scop": "note"}, "rule 'counted' has no option 'scop'; did you mean 'scope'?", ("scop",)),
        (
            {"longest_run": 2},
            "rule 'counted' has no option 'longest_run'; did you mean 'longest-run'?",
            ("longest_run",),
        ),
        (
            {"scope": "notes"},
            "scope: \"notes\" is none of 'section' or 'note'; did you mean 'note'?",
            ("scope",),
        ),
        ({"longest-run": 0}, "longest-run: 0 should be greater than or equal to 1", ("longest-run",)),
        ({"longest-run": "2"}, 'longest-run: "2" should be a whole number', ("longest-run",)),
        ({"strict": 1}, "strict: 1 should be true or false", ("strict",)),
        ({"words": ["a", 1]}, "words[1]: 1 should be text", ("words", 1)),
    ],
)
def test_wrong_options(given: dict[str, Any], message: str, path: tuple[str | int, ...]):
    """A wrong option is an error that names it, says what would be right, and the nearest right word."""
    with pytest.raises(WrongValueError) as caught:
        validate(Counted, given)

    assert (message, path) == (caught.value.message, caught.value.path)


def test_pydantic_models():
    """A rule may declare its options as a pydantic model."""
    assert Model(top=2) == validate(Modelled, {"top": 2})
    with pytest.raises(WrongValueError, match="top: 0 should be greater than 0"):
        validate(Modelled, {"top": 0})
    with pytest.raises(WrongValueError, match="has no option 'topp'; did you mean 'top'"):
        validate(Modelled, {"topp": 1})
    assert (Option("top", "whole number", "1", "The top."),) == describe(Modelled)


def test_a_rule_without_options():
    """A rule that has no options takes none."""
    assert None is validate(Plain, {})
    with pytest.raises(WrongValueError, match="rule 'plain' has no options"):
        validate(Plain, {"scope": "note"})
    assert () == describe(Plain)


def test_description():
    """What a person reads of an option comes from its declaration: key, type, default and sentence."""
    assert (
        Option("scope", '`"section"`, `"note"`', '"section"', "How far to look."),
        Option("longest-run", "whole number", "3", "How many may follow."),
        Option("words", "list of text", '["TODO"]', "What to look for."),
        Option("ratio", "number", "0.5", "How much."),
        Option("strict", "`true` or `false`", "false", "Whether to be strict."),
        Option("folder", "text", "", "Where."),
    ) == describe(Counted)
