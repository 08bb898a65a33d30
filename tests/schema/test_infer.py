"""Schemas found in notes: which, of which type, and which are none."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultlint.note.model import YamlValue
from vaultlint.note.note import parse_note
from vaultlint.schema.evidence import Coverage, Witness, as_glob, slips, witness
from vaultlint.schema.infer import Inferred, infer
from vaultlint.schema.infer_text import inferred_text
from vaultlint.schema.model import PropertyType
from vaultlint.schema.read import schema_from
from vaultlint.vault.settings import VaultSettings

Notes = Mapping[str, Mapping[str, YamlValue]]


def found(notes: Notes, types: Mapping[str, str] | None = None, below: str = "") -> tuple[Inferred, ...]:
    """What is found in notes given by path and properties; every link leads to `People/NAME.md`."""
    witnesses = [
        Witness(path, {key.lower(): (key, value) for key, value in properties.items()})
        for path, properties in notes.items()
    ]
    return infer(witnesses, types or {}, lambda name, note: "People", below=below)


def many(folder: str, count: int, **properties: Any) -> dict[str, dict[str, YamlValue]]:
    """So many notes with these properties in a folder; of a list, each note has the next value."""
    return {
        f"{folder}/{number:03}.md": {
            key: value[number % len(value)] if isinstance(value, list) else value for key, value in properties.items()
        }
        for number in range(count)
    }


def only(schemas: tuple[Inferred, ...]) -> Inferred:
    """The one schema that was found."""
    assert 1 == len(schemas), inferred_text(schemas)
    return schemas[0]


def type_of(values: Sequence[YamlValue], key: str = "x", app: str | None = None) -> PropertyType | None:
    """What thirty notes with these values in turn make of a property."""
    notes = {f"A/{number:03}.md": {"title": "t", key: values[number % len(values)]} for number in range(30)}
    return only(found(notes, {key: app} if app else {})).schema.properties.get(key)


def test_a_folder_whose_notes_have_the_same_properties_has_a_contract() -> None:
    notes = many("Papers", 12, title="On soup", year=2020) | many("Elsewhere", 30)

    one = only(found(notes))

    assert (("Papers/**",), ("title", "year"), 12) == (one.schema.selector.match, one.schema.require, one.notes)
    assert {"title": Coverage(12, 12), "year": Coverage(12, 12)} == one.coverage


def test_a_slip_in_a_hundred_breaks_no_contract_and_is_counted() -> None:
    notes = many("Papers", 100, title="On soup", year=2020)
    del notes["Papers/007.md"]["year"]

    assert Coverage(99, 100) == only(found(notes)).coverage["year"]


def test_what_one_of_ten_lacks_is_not_asked_for() -> None:
    notes = many("Papers", 50, title="On soup", author="A", year=2020)
    for number in range(0, 50, 10):
        del notes[f"Papers/{number:03}.md"]["year"]

    one = only(found(notes))

    assert ("title", "author") == one.schema.require
    assert PropertyType("integer") == one.schema.properties["year"]


def test_a_few_notes_show_no_contract() -> None:
    assert () == found(many("Papers", 9, title="On soup", year=2020))


def test_one_property_that_is_frequent_everywhere_is_no_contract_of_a_small_folder() -> None:
    notes = many("A", 30, title="t") | many("B", 30) | many("C", 12, title="t")

    assert ["A/**"] == [glob for one in found(notes) for glob in one.schema.selector.match]


def test_what_holds_for_all_subfolders_is_told_once() -> None:
    notes = many("Books/Old", 20, title="t", author="a") | many("Books/New", 20, title="t", author="a")

    assert ("Books/**",) == only(found(notes | many("Log", 5))).schema.selector.match


def test_a_subfolder_tells_only_what_it_adds() -> None:
    notes = many("Books/Old", 60, title="t", author="a") | many("Books/New", 60, title="t", author="a", isbn="x")

    outer, inner = found(notes | many("Log", 5))

    assert (("Books/**",), ("title", "author")) == (outer.schema.selector.match, outer.schema.require)
    assert (("Books/New/**",), ("isbn",)) == (inner.schema.selector.match, inner.schema.require)


def test_a_large_folder_does_not_speak_for_a_small_one_beside_it() -> None:
    notes = many("Media/Films", 900, title="t", director="d") | many("Media/Songs", 15, title="t")

    assert [(("Media/**",), ("title",)), (("Media/Films/**",), ("director",))] == [
        (one.schema.selector.match, one.schema.require) for one in found(notes)
    ]


def test_folders_with_the_same_contract_share_a_schema() -> None:
    notes = many("A", 12, title="t", date="2024-01-01") | many("B", 9) | many("C", 12, title="t", date="2024-01-01")

    assert ("A/**", "C/**") == only(found(notes)).schema.selector.match


def test_notes_of_a_kind_have_a_contract_wherever_they_are() -> None:
    papers = many("Mixed", 12, type="paper", doi="10.1/x", year=2020)
    people = {f"Mixed/p{number}.md": {"type": "person", "email": "a@example.com"} for number in range(25)}

    schemas = found(papers | people)

    assert [("type", ("paper",)), ("type", ("person",))] == [
        condition for one in schemas for condition in one.schema.selector.where
    ]
    assert [("doi", "year"), ("email",)] == [one.schema.require for one in schemas if one.schema.selector.where]


def test_any_other_property_must_set_its_notes_apart() -> None:
    done = many("Tasks", 12, state="done", completed="2024-01-01", effort=3)
    todo = {f"Tasks/t{number}.md": {"state": "open"} for number in range(12)}
    coloured = many("Other", 12, colour="red", a=1, b=2) | {
        f"Other/c{number}.md": {"colour": "blue", "a": 1, "b": 2} for number in range(12)
    }

    wheres = [one.schema.selector.where for one in found(done | todo | coloured)]

    assert [(("state", ("done",)),)] == [where for where in wheres if where]


def test_notes_outside_the_folder_asked_for_are_not_looked_at() -> None:
    notes = many("A/B", 12, title="t", year=1) | many("C", 30, other="t", more=1)

    assert [("A/B/**",)] == [one.schema.selector.match for one in found(notes, below="A/B")]


def test_properties_are_one_whatever_their_case_and_stand_as_most_write_them() -> None:
    notes = many("A", 30, Status="x", title="t")
    notes["A/003.md"] = {"status": "x", "title": "t"}

    assert ("Status", "title") == only(found(notes)).schema.require


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ([True, False], "checkbox"),
        ([1, 2, None], "integer"),
        ([1, 2.5], "number"),
        (["2024-01-05"], "date"),
        (["2024-01-05T12:00"], "datetime"),
        (["12:30"], "time"),
        (["30:12:30", "00:10:00"], "duration"),
        (["https://example.com/a"], "url"),
        (["a@example.com"], "email"),
        ([["a", f"b{number}"] for number in range(30)], "list"),
        ([f"note: {number}" for number in range(30)], "text"),
    ],
)
def test_the_narrowest_type_that_all_values_fit_is_meant(values: list[YamlValue], wanted: str) -> None:
    assert PropertyType(wanted) == type_of(values)


def test_dates_that_are_all_written_in_another_form_say_so() -> None:
    """Nobody is told of every date there is; where forms are mixed, the app's own is what to come to."""
    assert PropertyType("datetime", format="YYYY-MM-DD HH:mm:ss") == type_of(["2024-01-05 10:20:30"])
    assert PropertyType("datetime") == type_of(["2024-01-05 10:20:30", "2024-01-05T10:20"])


def test_a_length_is_a_duration_though_it_may_be_a_time_of_the_day() -> None:
    assert PropertyType("duration") == type_of(["00:42:10"], "duration")


def test_values_of_several_kinds_have_no_type() -> None:
    assert type_of([1, "some", ["words"]]) is None


def test_digits_of_a_code_are_no_number() -> None:
    assert type_of([9783161484100], "isbn") is None


def test_links_that_all_lead_into_one_folder_say_so() -> None:
    assert PropertyType("link", folder="People") == type_of(["[[Ann]]", "[[Ben|B.]]"])
    assert PropertyType("list", items=PropertyType("link", folder="People")) == type_of([["[[Ann]]", "[[Ben]]"]])


def test_a_few_values_that_are_there_often_are_the_allowed_ones() -> None:
    assert PropertyType("text", values=("done", "open")) == type_of(["open", "done"])


@pytest.mark.parametrize(
    "values",
    [
        pytest.param(["open"] * 28 + ["done", "waiting"], id="a value that is there once may not be the last new one"),
        pytest.param([f"v{number}" for number in range(15)], id="many values are no closed set"),
        pytest.param(["all the same"], id="one value alone"),
    ],
)
def test_other_values_are_left_open(values: list[str]) -> None:
    wanted = type_of(list(values))

    assert wanted is not None
    assert () == wanted.values


def test_a_slip_of_the_pen_does_not_open_a_closed_set() -> None:
    notes = many("A", 60, title="t", state=["open", "done"])
    notes["A/003.md"]["state"] = "Open"

    assert ("done", "open") == only(found(notes)).schema.properties["state"].values


def test_the_app_s_word_for_a_type_is_not_contradicted() -> None:
    assert type_of(["2024-01-05"], app="text") == PropertyType("text")
    assert type_of([20240105], app="text") is None
    assert type_of(["some words"], app="date") is None
    assert type_of(["https://example.com"], app="text") == PropertyType("url")
    assert type_of([3], app="number") == PropertyType("integer")


def test_daily_notes_and_files_of_plug_ins_show_no_contract() -> None:
    settings = VaultSettings(daily_folder="Journal")
    texts = {f"Journal/{number}.md": "---\nmood: good\nsleep: 8\n---\n" for number in range(30)}
    texts |= {f"Draw/{number}.md": "---\nexcalidraw-plugin: parsed\ntags: [x]\n---\n" for number in range(30)}
    texts |= {f"Log/2024-01-{number:02}.md": "---\nmood: good\nsleep: 8\n---\n" for number in range(1, 30)}

    assert () == infer(seen(texts, settings), {}, lambda name, note: None)


def test_templates_and_broken_properties_are_no_notes_of_their_folder() -> None:
    settings = VaultSettings(template_folders=("A/Templates",), template_notes=("A/new.md",))
    texts = {f"A/{number}.md": "---\ntitle: t\nyear: 1\n---\n" for number in range(12)}
    texts |= {f"A/Templates/{number}.md": "" for number in range(12)}
    texts |= {"A/new.md": "", "A/broken.md": "---\na: b: c\n---\n"}

    assert 12 == only(infer(seen(texts, settings), {}, lambda name, note: None)).notes


def seen(texts: Mapping[str, str], settings: VaultSettings) -> list[Witness]:
    """What notes show."""
    every = (witness(parse_note(text, path), settings) for path, text in texts.items())
    return [one for one in every if one is not None]


names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=6) | st.sampled_from(
    ["type", 'a"b', "a]\n[[schema]]", "\x1b[31m", "a.b", "# x", "\u202e", "'''", "\\", "\x7f", "\ud800"]
)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | names | st.sampled_from(["2024-01-05", "[[A]]"])


@st.composite
def folders_of_notes(draw: st.DrawFn) -> dict[str, dict[str, YamlValue]]:
    """Notes in folders, mostly with the properties of their folder."""
    notes: dict[str, dict[str, YamlValue]] = {}
    for folder in draw(st.lists(names.map(lambda name: name.replace("/", "|")), min_size=1, max_size=3)):
        shape = draw(st.dictionaries(names, st.lists(scalars | st.lists(scalars, max_size=3), min_size=1, max_size=3)))
        for number in range(draw(st.integers(10, 40))):
            notes[f"{folder}/{number}.md"] = {key: values[number % len(values)] for key, values in shape.items()}
    return notes


@given(folders_of_notes())
def test_what_is_found_is_read_back_by_our_own_reader(notes: dict[str, dict[str, YamlValue]]) -> None:
    schemas = found(notes)
    tables = tomllib.loads(inferred_text(schemas).encode("utf-8").decode()).get("schema", [])

    assert [one.schema for one in schemas] == [schema_from(table) for table in tables]


@given(folders_of_notes())
def test_the_order_of_the_notes_does_not_matter(notes: dict[str, dict[str, YamlValue]]) -> None:
    assert inferred_text(found(notes)) == inferred_text(found(dict(reversed(notes.items()))))


@given(folders_of_notes())
def test_what_is_asked_for_is_there_but_for_slips(notes: dict[str, dict[str, YamlValue]]) -> None:
    for one in found(notes):
        for name in one.schema.require:
            coverage = one.coverage[name]
            assert coverage.notes - coverage.have <= slips(one.notes)


def test_a_glob_for_a_folder_takes_no_other_and_can_be_written_as_toml() -> None:
    assert ["caf?/a", "??/a?b"] == [as_glob(path) for path in ("caf\udce9/a", "**/a*b")]


def test_each_line_says_what_speaks_for_it() -> None:
    notes = many("Talks", 30, title="t", state=["open", "done"])
    del notes["Talks/007.md"]["title"]
    for number in range(10):
        notes[f"Talks/{number:03}.md"]["date"] = "2024-01-05"

    assert inferred_text(found(notes)) == (
        "# 30 notes\n"
        "[[schema]]\n"
        'match = "Talks/**"\n'
        "require = [\n"
        '  "title",  # 29 of 30 notes\n'
        '  "state",  # 30 of 30 notes\n'
        "]\n"
        "[schema.properties]\n"
        'title = "text"\n'
        'state = { type = "text", values = ["done", "open"] }\n'
        'date = "date"  # if it is there: 10 of 30 notes\n'
    )
