"""What it costs to hold notes against a schema of twenty properties, beyond parsing them.

    python benchmarks/schemas.py [--notes 10000] [--runs 5]

The same contract is written in the three ways that a config knows: a table, a JSON Schema, a pydantic model. Each is
asked of all notes in turn, in alternating runs, once where every note is right and once where every fifth has a value
of another type and lacks a property. What is told is the median over runs, in microseconds a note; choosing the notes
by a glob is part of it. Nothing is bounded here: the figures are for people.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
import tomllib
from datetime import date, datetime  # noqa: TC003  pydantic reads the annotations
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, Field

from vaultlint.note.note import Note, parse_note
from vaultlint.schema.json_schema import JsonSchemaContract
from vaultlint.schema.model import JsonSchema
from vaultlint.schema.pydantic_model import ModelContract
from vaultlint.schema.read import schema_from
from vaultlint.schema.select import Chooser
from vaultlint.schema.table import TableContract

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vaultlint.schema.contract import Contract

TABLE = r"""
match = "papers/**"
require = ["title", "year", "created", "status"]
[properties]
title = "text"
year = { type = "integer", min = 1900, max = 2100 }
created = "date"
modified = "datetime"
status = { type = "text", values = ["open", "done", "unread"] }
rating = { type = "number", min = 1, max = 5 }
done = "checkbox"
url = "url"
mail = "email"
authors = { type = "list", items = "link" }
channel = "link"
length = "duration"
start = "time"
tags = "tags"
aliases = "aliases"
doi = { type = "text", pattern = "^10\\." }
pages = "integer"
venue = "text"
abstract = { type = "text", max-length = 2000 }
kind = { type = "text", values = ["paper", "book"] }
"""

_LINK = {"type": "string", "pattern": r"^\[\[[^\[\]]+\]\]$"}
_NAMES = {"type": "array", "items": {"type": "string"}}
JSON_SCHEMA = {
    "required": ["title", "year", "created", "status"],
    "properties": {
        "title": {"type": "string"},
        "year": {"type": "integer", "minimum": 1900, "maximum": 2100},
        "created": {"type": "string", "format": "date"},
        "modified": {"type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2})?$"},
        "status": {"enum": ["open", "done", "unread"]},
        "rating": {"type": "number", "minimum": 1, "maximum": 5},
        "done": {"type": "boolean"},
        "url": {"type": "string", "format": "uri"},
        "mail": {"type": "string", "format": "email"},
        "authors": {"type": "array", "items": _LINK},
        "channel": _LINK,
        "length": {"type": "string", "pattern": "^(\\d{2}:)?\\d{2}:\\d{2}$"},
        "start": {"type": "string", "pattern": "^\\d{2}:\\d{2}$"},
        "tags": _NAMES,
        "aliases": _NAMES,
        "doi": {"type": "string", "pattern": "^10\\."},
        "pages": {"type": "integer"},
        "venue": {"type": "string"},
        "abstract": {"type": "string", "maxLength": 2000},
        "kind": {"enum": ["paper", "book"]},
    },
}

_Link = Annotated[str, Field(pattern=r"^\[\[[^\[\]]+\]\]$")]


class Paper(BaseModel):
    """The same as a model."""

    title: str
    year: Annotated[int, Field(ge=1900, le=2100)]
    created: date
    modified: datetime | None = None
    status: Literal["open", "done", "unread"]
    rating: Annotated[float | None, Field(ge=1, le=5)] = None
    done: bool | None = None
    url: str | None = None
    mail: str | None = None
    authors: list[_Link] = []
    channel: _Link | None = None
    length: str | None = None
    start: str | None = None
    tags: list[str] = []
    aliases: list[str] = []
    doi: Annotated[str | None, Field(pattern=r"^10\.")] = None
    pages: int | None = None
    venue: str | None = None
    abstract: Annotated[str | None, Field(max_length=2000)] = None
    kind: Literal["paper", "book"] | None = None


NOTE = """\
---
title: On soup, part {number}
year: 2024
created: 2024-03-31
modified: 2024-03-31T12:30:00
status: {status}
rating: {rating}
done: true
url: https://example.org/soup/{number}
mail: ada@example.org
authors:
  - "[[Ada]]"
  - "[[Grace]]"
channel: "[[Cooking]]"
length: 00:42:10
start: 12:30
tags: [soup, stew]
aliases:
  - Soup {number}
doi: 10.1000/{number}
pages: {pages}
venue: Somewhere
abstract: Something about soup and stews.
kind: paper
---
Of soup.
"""


def notes(count: int, *, faulty: bool) -> Iterator[Note]:
    """Notes that are right, or of which every fifth is not; their properties are read already."""
    for number in range(count):
        wrong = faulty and number % 5 == 0
        text = NOTE.format(
            number=number, status="open", rating="four" if wrong else "4.5", pages="a few" if wrong else "12"
        )
        note = parse_note(text.replace("year: 2024\n", "") if wrong else text, f"papers/{number}.md")
        assert note.properties
        yield note


def seconds(contract: Contract, its: list[Note], choose: Callable[[Note], bool]) -> tuple[float, int]:
    """How long it takes to judge them all, and how much is found."""
    start, found = time.perf_counter(), 0
    for note in its:
        if choose(note):
            found += sum(1 for _ in contract.violations(note))
    return time.perf_counter() - start, found


def main() -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    schema = schema_from(tomllib.loads(TABLE))
    choose = Chooser(schema.selector).chooses
    contracts: dict[str, Any] = {
        "table": TableContract(schema),
        "JSON Schema": JsonSchemaContract(JsonSchema("paper.json", json.dumps(JSON_SCHEMA))),
        "pydantic model": ModelContract(Paper),
    }
    print(f"{arguments.notes:,} notes, 20 properties; microseconds a note beyond parsing, median of {arguments.runs}")
    for name, faulty in (("every note right", False), ("every fifth note wrong", True)):
        its = list(notes(arguments.notes, faulty=faulty))
        taken: dict[str, list[tuple[float, int]]] = {one: [] for one in contracts}
        for _ in range(arguments.runs):
            for one, contract in contracts.items():
                taken[one].append(seconds(contract, its, choose))
        for one, runs in taken.items():
            micro = statistics.median(run[0] for run in runs) / len(its) * 1e6
            print(f"{name:24} {one:16} {micro:7.1f}   {runs[0][1]:>6,} violations")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
