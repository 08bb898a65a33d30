"""The quick gate lets nothing pass that the contract would find wrong."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from vaultlint.note.note import parse_note
from vaultlint.schema.gate import gate_of
from vaultlint.schema.model import TYPES, PropertyType, Schema, SchemaError
from vaultlint.schema.read import schema_from
from vaultlint.schema.table import TableContract

_WRITTEN = """
soup ; '' ; 5 ; 5.0 ; -3 ; 1e3 ; 007 ; .inf ; .nan ; true ; yes ; null ; [a, b] ; [] ; [1, true] ; {a: 1} ; 1711843200
2024-02-29 ; 2023-02-29 ; 2024-13-01 ; 2024-03-31T12:30 ; 2024-03-31T25:00 ; 2024-03-31 12:30 ; 0000-01-01 ; 12:30
24:00 ; 25:00 ; 00:42:10 ; 61:00 ; 1:2:3 ; PT1H ; https://a.b/c ; http:// ; a@b.cd ; a@b ; '[[A]]' ; '[[A]] [[B]]'
[[A]] ; '2024-01-01 ' ; '1711843200' ; xxxxxxxxxxxxxxxxxxxxxxxx ; 99999999999999999999999999999999999999999999999999
"""
_values = st.sampled_from(re.split(" ; |\n", _WRITTEN.strip())) | st.lists(
    st.sampled_from(re.split(" ; |\n", _WRITTEN.strip())), max_size=3
).map(lambda items: f"[{', '.join(items)}]")
_scalars = st.sampled_from(["soup", 5, 1, True, 4.5, "2024-02-29", "12:30", "a"])


@st.composite
def _wanted(draw: st.DrawFn, *, items: bool = True) -> dict[str, Any]:
    table: dict[str, Any] = {"type": draw(st.sampled_from(sorted(TYPES)))}
    for key, values in (
        ("pattern", st.sampled_from(["^s", "o{2}", "\\\\d"])),
        ("values", st.lists(_scalars, min_size=1, max_size=3)),
        (
            "min",
            st.sampled_from(
                [1, 3.5, float("inf"), float("nan"), "2024-01-01", "2024-03-01T10:00", "00:30", "01:00:00"]
            ),
        ),
        ("max", st.sampled_from([3, 10, float("-inf"), "2024-06-01", "12:00", "00:50:00"])),
        ("min-length", st.integers(0, 3)),
        ("max-length", st.integers(0, 5)),
    ):
        if draw(st.integers(0, 3)) == 0:
            table[key] = draw(values)
    if items and draw(st.booleans()):
        table["items"] = draw(_wanted(items=False))
    return table


def _schema(table: dict[str, Any]) -> Schema | None:
    try:
        return schema_from({"properties": {"it": table}, "require": ["it"], "forbid": ["other"]})
    except SchemaError:
        return None


@settings(suppress_health_check=[HealthCheck.filter_too_much])  # a schema that no value can meet is refused
@given(_wanted(), _values, st.sampled_from(["it", "It"]), st.sampled_from(["", "other: 1\n"]))
def test_what_passes_the_gate_is_right(table: dict[str, Any], written: str, key: str, more: str) -> None:
    """The contract itself, asked of the same note, has nothing to say."""
    schema = _schema(table)
    assume(schema is not None)
    assert schema is not None
    note = parse_note(f"---\n{key}: {written}\n{more}---\n")
    assume(note.frontmatter.error is None)
    values = {found.key.lower(): found.value for found in note.properties}
    contract = TableContract(schema)
    passes = contract._gate.isinstance_python(values)
    contract._gate = _Closed()  # type: ignore[assignment]

    found = list(contract.violations(note))

    assert not (passes and found), found


class _Closed:
    """A gate that lets nothing pass, so that the contract has to look."""

    def isinstance_python(self, _: object) -> bool:
        """Never."""
        return False


def test_usual_notes_pass_the_gate() -> None:
    """Else it would be of no use."""
    types = {
        "text": "soup",
        "number": "4.5",
        "integer": "4",
        "checkbox": "true",
        "date": "2024-02-29",
        "datetime": "2024-02-29T12:30:00",
        "time": "12:30",
        "duration": "00:42:10",
        "url": "https://example.org/a?b=c#d",
        "email": "ada@example.org",
        "link": '"[[Ada|A.]]"',
        "list": "[a, 1]",
        "tags": "[a, b/c]",
        "aliases": "Soup",
        "cssclasses": "\n  - wide",
    }
    assert TYPES == types.keys()
    schema = Schema(properties={name: PropertyType(name) for name in types}, require=tuple(types))
    note = parse_note("---\n" + "".join(f"{name}: {written}\n" for name, written in types.items()) + "---\n")

    assert gate_of(schema).isinstance_python({found.key: found.value for found in note.properties})
