"""fileClasses of Metadata Menu, as tables of ours."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultlint.note.note import parse_note
from vaultlint.schema.imports.draft import Import
from vaultlint.schema.imports.metadata_menu import FileClass, from_metadata_menu
from vaultlint.schema.read import schema_from

LISTS = {"Lists/Moods.md": ["good", " bad ", ""]}


def imported(notes: dict[str, str], settings: dict[str, Any] | None = None) -> Import:
    classes = [FileClass.of(parse_note(text, f"Classes/{name}.md"), name) for name, text in notes.items()]
    return from_metadata_menu(classes, settings or {}, LISTS.get)


def table(fields: str, head: str = "") -> dict[str, Any]:
    """The table of a fileClass with these fields, as YAML in flow style, a line each."""
    listed = "".join(f"  - {line.strip()}\n" for line in fields.strip().splitlines())
    found = imported({"Book": f"---\n{head}fields:\n{listed}---\n"})
    read = tomllib.loads(found.text("x"))["schema"][0]
    schema_from(read)
    return dict(read)


def properties(fields: str) -> dict[str, Any]:
    return dict(table(fields)["properties"])


def left(fields: str) -> list[str]:
    listed = "".join(f"  - {line.strip()}\n" for line in fields.strip().splitlines())
    return imported({"Book": f"---\nfields:\n{listed}---\n"}).drafts[0].left


def test_types() -> None:
    assert {
        "input": {},
        "done": "checkbox",
        "rating": {"type": "number", "min": 0, "max": 5},
        "day": "date",
        "german": {"type": "date", "format": "DD.MM.YYYY"},
        "at": "datetime",
        "clock": "time",
        "author": "link",
        "people": {"type": "list", "items": {"type": "link", "folder": "People"}},
        "cover": "link",
        "pictures": {"type": "list", "items": "link"},
    } == properties(
        """
        {name: input, type: Input, options: {template: x}}
        {name: done, type: boolean}
        {name: rating, type: Number, options: {step: 1, min: "0", max: 5}}
        {name: day, type: Date, options: {dateFormat: YYYY-MM-DD, dateShiftInterval: 1 day, defaultInsertAsLink: false}}
        {name: german, type: Date, options: {dateFormat: DD.MM.YYYY}}
        {name: at, type: DateTime, options: {dateFormat: "YYYY-MM-DDTHH:mm"}}
        {name: clock, type: Time, options: {dateFormat: "HH:mm"}}
        {name: author, type: File, options: {}}
        {name: people, type: MultiFile, options: {dvQueryString: "dv.pages('\\"People\\"')"}}
        {name: cover, type: Media, options: {embed: false}}
        {name: pictures, type: MultiMedia}
        """
    )


def test_values() -> None:
    """A value that looks like a number is text to the plug-in, and a number in YAML."""
    assert {
        "status": {"values": ["open", "done"]},
        "grade": {"values": ["1", 1, "2", 2]},
        "topics": {"type": "list", "values": ["a", "b"]},
        "old": {"values": ["x", "y"]},
        "older": {"values": ["x", "y"]},
        "mood": {"values": ["good", "bad"]},
    } == properties(
        """
        {name: status, type: Select, options: {sourceType: ValuesList, valuesList: {"1": open, "2": done}}}
        {name: grade, type: Cycle, options: {valuesList: ["1", 2]}}
        {name: topics, type: Multi, options: {sourceType: ValuesList, valuesList: {"1": a, "2": b}}}
        {name: old, type: Select, options: [x, y]}
        {name: older, type: Select, options: {"0": x, "1": y}}
        {name: mood, type: Select, options: {sourceType: ValuesListNotePath, valuesListNotePath: Lists/Moods.md}}
        """
    )


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("{name: a, type: Formula}", "the type 'Formula' of 'a': the plug-in itself computes the value"),
        ("{name: a, type: Lookup}", "the type 'Lookup' of 'a': the plug-in"),
        ("{name: a, type: Canvas}", "the type 'Canvas' of 'a': the plug-in"),
        ("{name: a, type: ObjectList}", "the type 'ObjectList' of 'a': a map inside"),
        ("{name: a, type: Wild}", "the type 'Wild' of 'a': nothing is known of it"),
        ("{name: a, type: Input, path: x____y}", "'a': a field inside another"),
        ("{name: a, type: Select, options: {sourceType: ValuesFromDVQuery}}", "the values of 'a': code of JavaScript"),
        (
            "{name: a, type: Select, options: {sourceType: ValuesListNotePath}}",
            "the values of 'a': there is no note ''",
        ),
        ("{name: a, type: File, options: {dvQueryString: \"dv.pages('#x')\"}}", "which notes 'a' may link to, 'dv.p"),
        ("{name: a, type: Date, options: {defaultInsertAsLink: true}}", "the type of 'a': its dates are written as li"),
        ("{name: a, type: Time, options: {dateFormat: h a}}", "the format of 'a', 'h a'"),
        ("{name: a, type: Media, options: {embed: true}}", "the type of 'a': its links are written as embeds"),
    ],
)
def test_what_has_no_counterpart_is_named(field: str, said: str) -> None:
    assert left(field)[0].startswith(said)


@pytest.mark.parametrize(
    ("head", "selector"),
    [
        ("", {"where": {"fileClass": "Book"}}),
        ("mapWithTag: true\n", {"any": [{"where": {"fileClass": "Book"}}, {"tag": "Book"}]}),
        ("tagNames: [x, '#y', two words]\n", {"any": [{"where": {"fileClass": "Book"}}, {"tag": ["x", "y"]}]}),
        ("tagNames: x, y\n", {"any": [{"where": {"fileClass": "Book"}}, {"tag": ["x", "y"]}]}),
        ("filesPaths:\n  - Lib/Books\n", {"any": [{"where": {"fileClass": "Book"}}, {"match": "Lib/Books/**"}]}),
        ("mapWithTag: false\ntagNames:\nfilesPaths:\n", {"where": {"fileClass": "Book"}}),
    ],
)
def test_which_notes_it_is_for(head: str, selector: dict[str, Any]) -> None:
    found = table("{name: a, type: Input}", head)

    assert selector == {key: found[key] for key in found if key not in ("name", "properties")}


def test_inheritance() -> None:
    """The nearer field of a name counts; what is excluded, and all behind it, is left out; circles end."""
    found = imported(
        {
            "Base": "---\nextends: Novel\nfields:\n- {name: a, type: Input}\n- {name: b, type: Number}\n---\n",
            "Book": "---\nextends: [Base, Gone]\nexcludes: b\nfields:\n- {name: a, type: Boolean}\n- {name: c}\n---\n",
            "Novel": "---\nextends: Book\nfields:\n- {name: d, type: Number}\n---\n",
        }
    )
    base, book, novel = found.drafts

    assert ["a", "c", "d"] == list(book.properties)
    assert "checkbox" == book.properties["a"]
    assert ["d", "a", "c"] == list(novel.properties)
    assert ["a", "b", "d", "c"] == list(base.properties)
    assert ["what 'Gone' gives it: there is no such fileClass"] == book.left


def test_the_order_of_fields_is_that_of_the_plug_in() -> None:
    head = "fieldsOrder: [z, y]\n"

    found = table("{name: a, id: y}\n{name: b}\n{name: c, id: z}", head)

    assert ["c", "a", "b"] == list(found["properties"])


def test_a_file_class_that_can_not_be_read_is_told() -> None:
    """Whether all of its properties, or its fields alone."""
    found = imported({"Broken": "---\nfields: [\n---\n", "Wild": "---\nfields: nope\n---\n", "v1.2": "x"})

    assert ["its properties: ", "its 'fields': they are no list"] == [
        one.left[0] if "fields" in one.left[0] else one.left[0][:16] for one in found.drafts[:2]
    ]
    assert "v1 2" == found.drafts[2].name


def test_the_old_form() -> None:
    """Settings behind `::` in lines of the note; what is no JSON is named."""
    found = imported(
        {
            "Music": '# Music\ngenre:: {"type":"Multi", "options":["rock", "pop"]}\n'
            '- **level**:: {"type": "Number", "options": {"step": "5", "min": "0", "max": "100"}}\n'
            'broken:: {"type": "Select", "options": {"valuesList": {"a", "b"}}}\nnote:: see there\nSome prose, too.\n'
        }
    ).drafts[0]

    assert {
        "genre": {"type": "list", "values": ["rock", "pop"]},
        "level": {"type": "number", "min": 0, "max": 100},
    } == (found.properties)
    assert ['the line \'broken:: {"type": "Select", "options": {"valuesList": {"a", "b"}}}\': no JSON stands b'] == [
        one[: one.index("ehind")] for one in found.left
    ]


def test_the_oldest_form() -> None:
    """Names alone, a line each, where the note holds nothing else."""
    text = 'genre\ntab available:: {"type": "Boolean"}\n'

    assert {"genre": {}, "tab available": "checkbox"} == imported({"Music": text}).drafts[0].properties
    assert {"tab available": "checkbox"} == imported({"Music": text + "See [[x]].\n"}).drafts[0].properties


def test_settings_of_the_plug_in() -> None:
    found = imported(
        {"Base": "---\nfields:\n- {name: a}\nicon: package\nlimit: 20\nbookmarksGroups: [g]\n---\n"},
        {
            "fileClassAlias": "kind",
            "globalFileClass": "Base",
            "presetFields": [{"name": "mood"}, 5],
            "fileClassQueries": [{"fileClassName": "Base", "query": "q"}],
        },
    )

    assert {"where": {"kind": ["Base"]}} == found.drafts[0].selector
    assert 3 == len(found.drafts[0].left)  # for all others, bookmarks, how it is shown
    assert ["the preset fields mood", "that 'Base' is for the notes of the query 'q'"] == [
        one.partition(":")[0] for one in found.left
    ]


WILD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["Number", "Select", "x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
TYPES = st.sampled_from(
    ["Input", "Number", "Select", "Multi", "Date", "DateTime", "Time", "File", "MultiFile", "Media"]
)
OPTIONS = ["min", "max", "valuesList", "sourceType", "valuesListNotePath", "dateFormat", "dvQueryString", "embed"]
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "name": WILD,
        "type": TYPES | WILD,
        "options": st.dictionaries(st.sampled_from(OPTIONS), WILD) | WILD,
        "path": WILD,
        "id": WILD,
    },
)
DATA = st.dictionaries(
    st.sampled_from(["extends", "excludes", "tagNames", "mapWithTag", "filesPaths", "bookmarksGroups", "fieldsOrder"]),
    WILD,
)


@settings(max_examples=300)
@given(
    data=DATA,
    fields=st.lists(FIELDS, max_size=4),
    name=st.text(max_size=5),
    given_settings=st.dictionaries(
        st.sampled_from(["fileClassAlias", "globalFileClass", "presetFields", "fileClassQueries"]), WILD
    ),
)
def test_wild_values_never_crash_and_what_is_printed_is_taken(
    data: dict[str, Any], fields: list[dict[str, Any]], name: str, given_settings: dict[str, Any]
) -> None:
    one = FileClass(name, f"{name}.md", data, tuple(fields))
    text = from_metadata_menu([one, one], given_settings, LISTS.get).text("x")

    text.encode()
    for found in tomllib.loads(text).get("schema", ()):
        schema_from(found)


@given(text=st.text())
def test_any_note_may_be_a_file_class(text: str) -> None:
    FileClass.of(parse_note(text, "x.md"), "x")
