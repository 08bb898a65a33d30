"""`Vault.query`: the notes for which all conditions hold."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Any

import pytest

from vaultlint.note.note import Note
from vaultlint.vault import vault as module
from vaultlint.vault.vault import Vault

NOTES = {
    "Home.md": "# Home\n\n[[Soup]] and ![[plan.pdf]] #project/garden\n",
    "food/Soup.md": "---\ntags: [Food, project]\nStatus: done\nrating: 1\nserved: true\n---\n[[Stew]]\n",
    "food/old/Stew.md": '---\ntags: food\nstatus: [open, done]\nrating:\nsee: "[[Home]]"\n---\n[soup](../Soup.md)\n',
    "foods.md": "#projects [[stew#Later]] `#project`\n",
    "Broken.md": "---\ntags: [project\n---\n[[Home]]\n",
}


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    for path, text in NOTES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    (tmp_path / "plan.pdf").write_bytes(b"%PDF")
    (tmp_path / "Bytes.md").write_bytes(b"\xff [[Home]]")
    return Vault.open(tmp_path)


@pytest.mark.parametrize(
    ("conditions", "paths"),
    [
        ({}, ["Broken.md", "Home.md", "food/Soup.md", "food/old/Stew.md", "foods.md"]),
        ({"tag": "project"}, ["Home.md", "food/Soup.md"]),
        ({"tag": "#Project"}, ["Home.md", "food/Soup.md"]),
        ({"tag": "project/garden"}, ["Home.md"]),
        ({"tag": ["food", "projects"]}, ["food/Soup.md", "food/old/Stew.md", "foods.md"]),
        ({"tag": []}, []),
        ({"folder": "food"}, ["food/Soup.md", "food/old/Stew.md"]),
        ({"folder": "/food/old/"}, ["food/old/Stew.md"]),
        ({"folder": ""}, ["Broken.md", "Home.md", "food/Soup.md", "food/old/Stew.md", "foods.md"]),
        ({"has": "rating"}, ["food/Soup.md", "food/old/Stew.md"]),
        ({"has": ["STATUS", "served"]}, ["food/Soup.md"]),
        ({"where": {"status": "done"}}, ["food/Soup.md", "food/old/Stew.md"]),
        ({"where": {"status": ["open", "new"]}}, ["food/old/Stew.md"]),
        ({"where": {"rating": 1}}, ["food/Soup.md"]),
        ({"where": {"served": 1}}, []),
        ({"where": {"rating": None}}, ["food/old/Stew.md"]),
        ({"where": lambda note: len(note.headings) == 1}, ["Home.md"]),
        ({"links_to": "Soup"}, ["Home.md", "food/old/Stew.md"]),
        ({"links_to": "food/soup.md"}, ["Home.md", "food/old/Stew.md"]),
        ({"links_to": "Stew#Later"}, ["food/Soup.md", "foods.md"]),
        ({"links_to": "home"}, ["Broken.md", "food/old/Stew.md"]),
        ({"links_to": "plan.pdf"}, ["Home.md"]),
        ({"links_to": "Nowhere"}, []),
        ({"folder": "food", "tag": "food", "has": "see", "links_to": "Home"}, ["food/old/Stew.md"]),
        ({"folder": "food", "tag": "garden"}, []),
    ],
)
def test_conditions(vault: Vault, conditions: dict[str, Any], paths: list[str]) -> None:
    """Each condition by itself, and several of which all must hold; a note that can't be read is left out."""
    assert paths == [note.path for note in vault.query(**conditions)]


def test_links_to_a_note(vault: Vault) -> None:
    """A note itself says what is linked to."""
    assert ["Home.md", "food/old/Stew.md"] == [note.path for note in vault.query(links_to=vault["Soup"])]


def test_links_that_wait(tmp_path: Path) -> None:
    """A name that no file has yet finds the notes that link to it already."""
    (tmp_path / "A.md").write_text("[[to come|later]] [[../../out]]")
    (tmp_path / "B.md").write_text("[[To Come#Part]]")
    (tmp_path / "C.md").write_text("[[Come]]")

    assert ["A.md", "B.md"] == [note.path for note in Vault.open(tmp_path).query(links_to="To come")]


def test_a_folder_is_known_without_reading(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    """Notes outside the folder are not even opened."""
    read: list[str] = []
    reading = module._read
    monkeypatch.setattr(module, "_read", lambda files, path: (read.append(path), reading(files, path))[1])

    found = vault.query(folder="food", tag="project")
    assert [] == read
    assert ["food/Soup.md"] == [note.path for note in found]
    assert ["food/Soup.md", "food/old/Stew.md"] == read


def test_a_pass_keeps_nothing(tmp_path: Path) -> None:
    """A pass over a large vault holds one note at a time; of those asked for by name, the last few."""
    for number in range(400):
        (tmp_path / f"{number}.md").write_text("text")
    vault = Vault.open(tmp_path)

    def alive() -> int:
        gc.collect()
        return sum(isinstance(each, Note) for each in gc.get_objects())

    before = alive()
    most = max(alive() - before for place, _ in enumerate(vault) if place % 100 == 0)
    for path in vault.notes:
        assert path == vault[path].path

    assert 2 >= most
    assert 256 == len(vault._notes)
    kept = vault["0"]
    assert sys.getrefcount(kept) > 1
    for path in vault.notes:
        assert vault[path]
    assert kept is vault["0"]


def test_properties_are_typed_as_the_app_reads_them(vault: Vault) -> None:
    """YAML 1.2: numbers, truth values, lists and maps; dates, times and `yes` are text, no value is `None`."""
    note = "---\nn: 012\nf: 1e3\nb: true\ny: yes\nd: 2024-01-05\nt: 12:30\ne:\nl: [1, a]\nm: {k: 1}\n---\n"
    (Path(vault.files.root) / "Types.md").write_text(note)

    found = {each.key: each.value for each in Vault.open(vault.files.root)["Types"].properties}

    assert found == {
        "n": 12,
        "f": 1000.0,
        "b": True,
        "y": "yes",
        "d": "2024-01-05",
        "t": "12:30",
        "e": None,
        "l": [1, "a"],
        "m": {"k": 1},
    }


def test_contains(vault: Vault) -> None:
    """Whether there is such a note, by name or path; files that are no notes are not in it."""
    assert "soup" in vault
    assert "food/Soup.md" in vault
    assert "plan.pdf" not in vault
    assert "" not in vault
    assert 3 not in vault
