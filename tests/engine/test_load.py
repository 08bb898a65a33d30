"""Notes as typed data: values among problems, one note at a time."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import BaseModel, Field, model_validator

import vaultlint
from vaultlint.engine import load as module


class Talk(BaseModel):
    title: str
    duration: timedelta = timedelta(0)
    speakers: list[str] = Field(default=[], max_length=1)


@pytest.fixture
def vault(tmp_path: Path) -> Callable[..., Path]:
    """A vault with these notes: path -> text or bytes."""

    def write(notes: dict[str, str | bytes]) -> Path:
        for path, text in notes.items():
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path

    return write


def lines(problem: object) -> list[str]:
    """`path:line:column rule message` of each thing that is wrong."""
    assert isinstance(problem, vaultlint.Problem)
    return [
        f"{one.path}:{one.position.line}:{one.position.column} {one.rule} {one.message}" for one in problem.diagnostics
    ]


def test_all_good(vault: Callable[..., Path]) -> None:
    """Where every note is right, nothing need be asked of what comes."""
    root = vault({"talks/B.md": "---\ntitle: B\n---\n", "talks/A.md": "---\nTitle: A\nduration: 12:30\n---\nText\n"})

    found = [(talk.note.path, talk.value.title, talk.value.duration) for talk in vaultlint.load(root, Talk, "talks/**")]

    assert [("talks/A.md", "A", timedelta(minutes=12, seconds=30)), ("talks/B.md", "B", timedelta(0))] == found


def test_problems(vault: Callable[..., Path]) -> None:
    """A note that is not as wanted, can't be read or is no text comes in its turn, and says what is wrong where."""
    root = vault(
        {
            "1.md": "---\ntitle: 3\nspeakers:\n  - a\n  - b\n---\n",
            "2.md": "---\ntitle: [broken\n---\n",
            "3.md": "---\ntitle: a\ntitle: b\n---\n",
            "4.md": b"text\n\xff\n",
            "5.md": "no properties",
            "6.md": "---\ntitle: fine\n---\n",
        }
    )
    opened = vaultlint.Vault.open(root)
    (root / "6.md").unlink()

    problems = list(vaultlint.load(opened, Talk))

    assert [
        [
            "1.md:2:8 property-schema 'title' should be text, but is the number 3",
            "1.md:4:3 property-schema 'speakers' has 2 items, but should have 1 at most",
        ],
        ["2.md:2:8 frontmatter-syntax a list or map in brackets is not closed, or a comma is missing in it"],
        ["3.md:3:1 duplicate-property the same property 'title' stands twice"],
        ["4.md:2:1 note-encoding the byte 0xff is not UTF-8"],
        ["5.md:1:1 property-schema the property 'title' is missing"],
        ["6.md:1:1 unreadable-note the note has vanished since the vault was listed"],
    ] == [lines(problem) for problem in problems]
    assert 'write "3"' == problems[0].diagnostics[0].hint  # type: ignore[union-attr]


def test_what_comes_is_told_apart_by_class(vault: Callable[..., Path]) -> None:
    """`match` takes values and problems apart."""
    root = vault({"A.md": "---\ntitle: A\n---\n", "B.md": ""})
    found = []
    for each in vaultlint.load(root, Talk):
        match each:
            case vaultlint.Typed(note, value):
                found.append((note.path, value.title))
            case vaultlint.Problem(path=path):
                found.append((path, str(each)))

    assert [("A.md", "A"), ("B.md", "B.md:1:1: the property 'title' is missing")] == found


def test_a_problem_has_no_value(vault: Callable[..., Path]) -> None:
    """Who takes a problem for a value gets the problem, with the right words, as the error."""
    root = vault({"A.md": "---\ntitle: 1\nspeakers: 2\n---\n", "B.md": b"\xff"})
    first, second = vaultlint.load(root, Talk)

    with pytest.raises(vaultlint.Problem, match=r"^A\.md:2:8: 'title' should be text, .* \(and 1 more\)$"):
        _ = first.value.title
    with pytest.raises(vaultlint.VaultlintError, match=r"^B\.md:1:1: the byte 0xff is not UTF-8$"):
        _ = second.note
    assert "A.md" == first.note.path == first.path
    assert "B.md" == second.path


def test_strict(vault: Callable[..., Path]) -> None:
    """With `strict` the first problem is raised when its turn comes."""
    root = vault({"A.md": "---\ntitle: A\n---\n", "B.md": ""})
    loaded = vaultlint.load(root, Talk, strict=True)

    assert "A" == next(loaded).value.title
    with pytest.raises(vaultlint.Problem, match="title"):
        next(loaded)


def test_a_model_whose_code_fails(vault: Callable[..., Path]) -> None:
    """A fault of the model's own code is a problem of each note, and names the model."""

    class Careless(BaseModel):
        @model_validator(mode="after")
        def _fail(self) -> Careless:
            raise LookupError("nothing here")

    (problem,) = vaultlint.load(vault({"A.md": ""}), Careless)

    assert ["A.md:1:1 property-schema the model 'Careless' failed on this note: LookupError: nothing here"] == lines(
        problem
    )


@pytest.mark.parametrize(
    ("globs", "paths"),
    [
        ("talks/**", ["talks/A.md", "talks/old/B.md"]),
        ("talks/*", ["talks/A.md"]),
        ("talks", ["talks/A.md", "talks/old/B.md"]),
        ("talks/", ["talks/A.md", "talks/old/B.md"]),
        (["talks/old", "*.md"], ["Home.md", "talks/old/B.md"]),
        ("Home.md", ["Home.md"]),
        ("Talks/**", []),
        ([], []),
    ],
)
def test_globs(vault: Callable[..., Path], globs: str | list[str], paths: list[str]) -> None:
    """A glob over paths, several, or the name of a folder or note."""
    root = vault({"Home.md": "", "talks/A.md": "", "talks/old/B.md": "", "talks/picture.png": ""})

    assert paths == [each.path for each in vaultlint.load(root, Talk, globs)]


def test_templates(vault: Callable[..., Path]) -> None:
    """Templates are no notes of their kind yet; what the owner excluded in the app is a note all the same."""
    root = vault(
        {
            ".obsidian/templates.json": '{"folder": "meta/templates"}',
            ".obsidian/daily-notes.json": '{"template": "Day"}',
            ".obsidian/app.json": '{"userIgnoreFilters": ["old/"]}',
            "meta/templates/Talk.md": "",
            "Day.md": "",
            "old/A.md": "",
        }
    )

    assert ["old/A.md"] == [each.path for each in vaultlint.load(root, Talk)]
    assert 3 == len(list(vaultlint.load(root, Talk, templates=True)))


def test_notes_at_hand(vault: Callable[..., Path]) -> None:
    """What a query finds, or any note, is loaded as well."""
    root = vault({"A.md": "---\ntitle: A\ntags: [talk/short]\n---\n", "B.md": "---\ntitle: B\n---\n"})
    opened = vaultlint.Vault.open(root)

    assert ["A"] == [talk.value.title for talk in vaultlint.load(opened, Talk, opened.query(tag="talk"))]
    assert ["B"] == [talk.value.title for talk in vaultlint.load(opened, Talk, [opened["B"]])]


def test_lazily(vault: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """A note is read when its turn comes, and kept by nobody."""
    root = vault({f"{number}.md": "---\ntitle: A\n---\n" for number in range(9)})
    read: list[weakref.ref[vaultlint.Note]] = []

    def parse(text: str, path: str) -> vaultlint.Note:
        note = vaultlint.parse_note(text, path)
        read.append(weakref.ref(note))
        return note

    monkeypatch.setattr(module, "parse_note", parse)
    loaded = vaultlint.load(root, Talk)
    assert [] == read

    for _ in range(4):
        next(loaded)
    gc.collect()

    assert 4 == len(read)
    assert 1 >= sum(note() is not None for note in read)


@pytest.mark.parametrize("model", [dict, Talk(title="A"), "Talk"])
def test_no_model(vault: Callable[..., Path], model: type[BaseModel]) -> None:
    """What is no model is refused at once, before anything is read."""
    with pytest.raises(vaultlint.UserError, match="is no pydantic model; write a class that inherits"):
        vaultlint.load(vault({}), model)


def test_no_vault(tmp_path: Path) -> None:
    """A folder that is not there is the caller's mistake, and said at once."""
    with pytest.raises(vaultlint.UserError, match="nowhere' can't be listed"):
        vaultlint.load(tmp_path / "nowhere", Talk)
