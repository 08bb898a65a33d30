"""A pydantic model as a contract: the properties as typed values, or what is wrong with them and where."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Generic, Literal, TypeVar

import pytest
from hypothesis import given
from pydantic import (
    AliasChoices,
    AliasPath,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    HttpUrl,
    PastDate,
    RootModel,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from vaultlint.note.note import parse_note
from vaultlint.schema.model import SchemaError
from vaultlint.schema.pydantic_model import ModelContract
from vaultlint.testing.strategies import notes

T = TypeVar("T")


class One(BaseModel, Generic[T]):
    """A model of one field, `it`."""

    it: T


def read(model: type[BaseModel], yaml: str) -> Any:
    """The value, which must be there."""
    value, violations = ModelContract(model).read(parse_note(f"---\n{yaml}\n---\n", "Note.md"))
    assert () == violations
    return value


def told(model: type[BaseModel], yaml: str) -> list[str]:
    """`line:column kind message` of each violation; the first property stands on line 2."""
    note = parse_note(f"---\n{yaml}\n---\n", "Note.md")
    lines = []
    for violation in ModelContract(model).violations(note):
        place = note.source.position(violation.span.start)
        lines.append(f"{place.line}:{place.column} {violation.kind} {violation.message}")
    return lines


def only(model: type[BaseModel], yaml: str) -> Any:
    """The one violation that there must be."""
    (violation,) = ModelContract(model).violations(parse_note(f"---\n{yaml}\n---\n", "Note.md"))
    return violation


class Status(Enum):
    READ = "read"
    UNREAD = "to read"


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        (int, "3", 3),
        (int, '"3"', 3),
        (float, "3", 3.0),
        (str, "yes", "yes"),
        (bool, "true", True),
        (dt.date, "2024-01-05", dt.date(2024, 1, 5)),
        (dt.datetime, "2024-01-05T10:30", dt.datetime(2024, 1, 5, 10, 30)),
        (dt.time, "12:30", dt.time(12, 30)),
        (set[str], "[a, b, a]", {"a", "b"}),
        (tuple[int, str], "[1, b]", (1, "b")),
        (Status, "to read", Status.UNREAD),
        (dict[str, list[int]], "{a: [1]}", {"a": [1]}),
        (int | None, "", None),
        (float, ".inf", float("inf")),
        (int, "1" + "0" * 30, int(1e30)),
        (str, "half \ud800", "half \ud800"),
    ],
)
def test_values(kind: Any, written: str, value: Any) -> None:
    """What stands in the note becomes what the model says, where pydantic can make it that."""
    assert value == read(One[kind], f"it: {written}").it


def test_strict_models_work_on_what_a_note_can_write() -> None:
    """With `strict`, dates are still written as text, and `"3"` is no number any more."""

    class Strict(BaseModel):
        model_config = ConfigDict(strict=True)
        on: dt.date
        status: Status
        rating: int
        length: dt.timedelta

    value = read(Strict, "on: 2024-01-05\nstatus: read\nrating: 3\nlength: 12:30")

    assert (dt.date(2024, 1, 5), Status.READ, 3, dt.timedelta(minutes=12, seconds=30)) == tuple(value.__dict__.values())
    assert ["4:9 type 'rating' should be a whole number, but is the text '3'"] == told(
        Strict, 'on: 2024-01-05\nstatus: read\nrating: "3"\nlength: 12:30'
    )


@pytest.mark.parametrize(
    ("kind", "written", "message"),
    [
        (int, "four", "'it' should be a whole number, but is the text 'four'"),
        (int, "1.5", "'it' should be a whole number, but is the number 1.5"),
        (float, "[1]", "'it' should be a number, but is a list"),
        (bool, "maybe", "'it' should be true or false, but is the text 'maybe'"),
        (str, "3", "'it' should be text, but is the number 3"),
        (dt.date, "soon", "'it' should be a date such as 2024-03-31, but is the text 'soon'"),
        (dt.date, "2026-13-40", "'it' is no real date: '2026-13-40'"),
        (dt.datetime, "soon", "'it' should be a date with a time such as 2024-03-31T12:30, but is the text 'soon'"),
        (dt.time, "noon", "'it' should be a time such as 12:30, but is the text 'noon'"),
        (dt.timedelta, "1:75", "'it' should be a duration such as 00:42:10, but is the text '1:75'"),
        (list[str], "a", "'it' should be a list, but is the text 'a'"),
        (dict[str, int], "a", "'it' should be a map of keys and values, but is the text 'a'"),
        (HttpUrl, "here", "'it' should be a web address, but is the text 'here'"),
        (int | dt.date, "x", "'it' should be a whole number or a date such as 2024-03-31, but is the text 'x'"),
        (str, "[[Ada]]", "'it' should be text, but is a link without quotes"),
        (Literal["read", "to read"], "red", "'red' is not allowed for 'it'"),
        (Status, "red", "'red' is not allowed for 'it'"),
        (Literal["a"], "[a]", "'it' should be one value, but is a list"),
        (Annotated[int, Field(ge=1)], "0", "'it' is 0, less than the least allowed, 1"),
        (Annotated[int, Field(le=5)], "9", "'it' is 9, more than the most allowed, 5"),
        (Annotated[int, Field(gt=1)], "1", "'it' is 1, but should be more than 1"),
        (Annotated[int, Field(lt=1)], "1", "'it' is 1, but should be less than 1"),
        (Annotated[str, Field(pattern="^10[.]")], "x", "'it' is 'x', which does not have the form '^10[.]'"),
        (Annotated[str, Field(min_length=3)], "ab", "'it' has 2 characters, but should have 3 at least"),
        (Annotated[list[int], Field(max_length=1)], "[1, 2]", "'it' has 2 items, but should have 1 at most"),
        (Annotated[int, Field(multiple_of=2)], "3", "'it' should be a multiple of 2, but is the number 3"),
        (
            Annotated[Decimal, Field(decimal_places=1)],
            "1.25",
            "'it' should have no more than 1 decimal place, but is the number 1.25",
        ),
        (PastDate, "2999-01-01", "'it' should be in the past, but is the text '2999-01-01'"),
        (Annotated[int, Field(ge=0)] | Literal["none"], "-1", "'it' is -1, less than the least allowed, 0"),
    ],
)
def test_messages(kind: Any, written: str, message: str) -> None:
    """Pydantic's findings are told in a vault owner's words, at the value."""
    (line,) = told(One[kind], f"it: {written}")

    assert message == line.split(" ", 2)[2]
    assert line.startswith("2:5 ")


@pytest.mark.parametrize(
    ("kind", "written", "text", "certain"),
    [
        (str, "3", '"3"', True),
        (Literal["to read"], "to_read", "to read", True),
        (Literal["reading", "read"], "redaing", "reading", False),
        (Literal["it's 'a' or", 3], "it's a or", "\"it's 'a' or\"", False),
    ],
)
def test_replacements(kind: Any, written: str, text: str, certain: bool) -> None:
    """What can only have been meant is safe to write, the nearest allowed value is a suggestion."""
    replacement = only(One[kind], f"it: {written}").replacement

    assert (text, certain) == (replacement.text, replacement.certain)


class Venue(BaseModel):
    city: str
    seats: int


class Talk(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: str
    authors: list[str] = []
    venue: Venue | None = None
    venues: list[Venue | int] = []
    length: dt.timedelta = dt.timedelta(0)


def test_places() -> None:
    """A list item is named by its own place; what is deeper by the nearest place that is known."""
    assert [
        "4:5 type 'authors' should be text, but is the number 3",
        "6:3 type 'venue.city' should be text, but is the number 3",
        "6:3 schema 'venue.seats' is missing",
        "8:5 type 'venues.seats' should be a whole number, but is the text 'x'",
        "10:5 type 'venues' should be a map of keys and values or a whole number, but is the text 'y'",
    ] == told(Talk, "title: a\nauthors:\n  - 3\nvenue:\n  city: 3\nvenues:\n  - city: b\n    seats: x\n  - y")


def test_missing() -> None:
    """A missing property stands on the first line, before all else, and can be put in its place."""
    assert ["1:1 missing the property 'title' is missing", "2:9 type 'length' should be"] == [
        line.partition(" a duration")[0] for line in told(Talk, "length: x")
    ]
    assert "title:\n" == only(Talk, "length: 1").replacement.text


def test_no_frontmatter() -> None:
    """A note without properties lacks what the model needs."""
    (violation,) = ModelContract(Talk).violations(parse_note("# Talk\n", "Note.md"))

    assert ("missing", 0, 6) == (violation.kind, violation.span.start, violation.span.end)


def test_unknown_properties() -> None:
    """What a model with `extra="forbid"` does not know stands at its name, with the nearest that is still free."""
    near = only(Talk, "title: a\nautors: []\n")
    far = only(Talk, "title: a\ntitel:\n")

    assert ("unknown", "'autors' is no property that the schema knows", "did you mean 'authors'?") == (
        near.kind,
        near.message,
        near.hint,
    )
    assert ("authors", False) == (near.replacement.text, near.replacement.certain)
    assert (None, None) == (far.hint, far.replacement)


def test_names_ignore_case() -> None:
    """As in the app; an exact name comes first, whatever the order."""
    assert "a" == read(Talk, "TITLE: a").title
    assert "b" == read(Talk, "Title: a\ntitle: b").title
    assert "b" == read(Talk, "title: b\nTitle: a").title
    assert ["2:8 type 'Title' should be text, but is the number 3"] == told(Talk, "Title: 3")


def test_aliases() -> None:
    """The names that the model gives its fields are those looked for, in any case."""

    class Named(BaseModel):
        due: Annotated[int, Field(alias="Due-Date")]
        who: Annotated[str, Field(validation_alias=AliasChoices("speaker", AliasPath("speakers", 0)))]

    value = read(Named, "due-date: 3\nSpeakers: [Ada, Grace]")

    assert (3, "Ada") == (value.due, value.who)
    assert ("Due-Date", "speaker") == ModelContract(Named).names
    assert [
        "1:1 missing the property 'speaker' is missing",
        "2:11 type 'due-date' should be a whole number, but is the text 'x'",
    ] == told(Named, "due-date: x")


def test_names_beside_aliases() -> None:
    """With `validate_by_name` both are looked for; without it the alias alone."""

    class Both(BaseModel):
        model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)
        due: Annotated[int, Field(alias="Due-Date")]

    assert 3 == read(Both, "DUE: 3").due
    assert ("Due-Date",) == ModelContract(Both).names


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("12:30", 750), ("01:02:03", 3723), ("75:00", 4500), ("90", 90), ("PT1M", 60), ('"90"', 90), ("12m3s", 723)],
)
def test_durations(written: str, seconds: int) -> None:
    """`timedelta` is read as every duration in a vault: two parts are minutes and seconds."""
    assert dt.timedelta(seconds=seconds) == read(One[dt.timedelta], f"it: {written}").it
    assert [dt.timedelta(seconds=seconds)] == read(One[list[dt.timedelta] | None], f"it: [{written}]").it


def test_durations_of_the_models_own() -> None:
    """What a model reads itself, or may be text as well, is left to it."""

    def hours(value: object) -> object:
        return dt.timedelta(hours=int(str(value).split(":")[0]))

    class Own(BaseModel):
        a: Annotated[dt.timedelta, BeforeValidator(hours)]
        b: dt.timedelta
        c: dt.timedelta | str

        _own = field_validator("b", mode="before")(hours)

    value = read(Own, "a: 2:30\nb: 3:30\nc: 4:30")

    assert (dt.timedelta(hours=2), dt.timedelta(hours=3), "4:30") == (value.a, value.b, value.c)


def test_no_value() -> None:
    """`rating:` is as good as none where the model takes no `None`: the default stands in, or one is needed."""

    class Rated(BaseModel):
        rating: int = 3
        tags: list[str]
        year: int | None

    value = read(Rated, "rating:\ntags: [a, null]\nyear:")

    assert (3, ["a"], None) == (value.rating, value.tags, value.year)
    assert ["2:1 missing 'it' should be a whole number, but is empty"] == told(One[int], "it:")
    assert ["4:5 type 'it' should be a whole number, but is the text 'x'"] == told(One[list[int]], "it:\n  -\n  - x")


@pytest.mark.parametrize(("written", "names"), [("tags: a", ["a"]), ("Tags:", []), ("tags: ['#a', b]", ["#a", "b"])])
def test_lists_of_names(written: str, names: list[str]) -> None:
    """One tag as text is a list of one, as in the app; several in one text are none."""

    class Tagged(BaseModel):
        tags: list[str]

    assert names == read(Tagged, written).tags
    assert ["2:7 type 'tags' should be a list, but is the text 'a, b'"] == told(Tagged, "tags: a, b")


class Judged(BaseModel):
    a: int
    b: int = 0
    c: list[int] = []

    @field_validator("a")
    @classmethod
    def _even(cls, value: int) -> int:
        if value % 2:
            raise ValueError("must be even.")
        return value

    @field_validator("b")
    @classmethod
    def _small(cls, value: int, info: ValidationInfo) -> int:
        if value > 10:
            raise AssertionError(f"'{info.field_name}' is far too much")
        if value < 0:
            raise PydanticCustomError("negative", "no debts, please: {value}", {"value": value})
        return value

    @model_validator(mode="after")
    def _ordered(self) -> Judged:
        if self.a < self.b:
            raise ValueError("a must not be\nless than b")
        return self


@pytest.mark.parametrize(
    ("yaml", "line"),
    [
        ("a: 3", "2:4 schema 'a': must be even"),
        ("a: 4\nb: 12", "3:4 schema 'b' is far too much"),
        ("a: 4\nb: -1", "3:4 schema 'b': no debts, please: -1"),
        ("a: 2\nb: 4", "1:1 schema a must not be less than b"),
    ],
)
def test_validators_of_the_model(yaml: str, line: str) -> None:
    """Their own words are told: at the value, or on the first line where they are about the whole note."""
    assert [line] == told(Judged, yaml)


@pytest.mark.parametrize("error", [ZeroDivisionError("by nothing"), SystemExit(3), RecursionError()])
@pytest.mark.parametrize("empty", ["", "\nb:"])
def test_a_validator_that_fails(error: BaseException, empty: str) -> None:
    """A fault in the model's code is told with the model's name, and ends nothing; at the second try neither."""

    class Careless(BaseModel):
        a: int
        b: int = 0

        @model_validator(mode="after")
        def _fail(self) -> Careless:
            raise error

    (line,) = told(Careless, f"a: 3{empty}")

    assert line.startswith(f"1:1 schema the model 'Careless' failed on this note: {type(error).__name__}")


def test_a_root_model() -> None:
    """A model of any map takes the properties as they are."""
    assert {"a": 1, "b": 2} == read(RootModel[dict[str, int]], "a: 1\nb: 2").root
    assert ["3:4 type 'b' should be a whole number, but is the text 'x'"] == told(
        RootModel[dict[str, int]], "a: 1\nb: x"
    )


class Later(BaseModel):
    it: Nowhere  # type: ignore[name-defined]  # noqa: F821


@pytest.mark.parametrize(
    ("model", "message"), [(dict, "'dict' is no pydantic model"), (Later, "the model 'Later' can't be used: .*Nowhere")]
)
def test_no_model(model: Any, message: str) -> None:
    """A class that is no model, or not a whole one, is refused when the contract is made."""
    with pytest.raises(SchemaError, match=message):
        ModelContract(model)


@given(notes())
def test_any_note(text: str) -> None:
    """Whatever the note, there is a value or something wrong, and that stands inside the note."""
    note = parse_note(text, "Note.md")

    value, violations = ModelContract(Talk).read(note)

    assert (value is None) is bool(violations)
    assert all(0 <= one.span.start <= one.span.end <= len(text) for one in violations)
