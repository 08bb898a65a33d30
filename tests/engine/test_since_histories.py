"""Real histories of generated vaults: with every fault marked, what is new is exactly what was planted since."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vaultlint.config.settings import load_settings
from vaultlint.engine.check import check_vault
from vaultlint.engine.since import Since
from vaultlint.rule.registry import installed_rules

WORDS = re.findall(
    r"\w+",
    """barley broth carrot dill endive fennel garlic honey iris juniper kale leek mint nettle onion parsley quince
    radish sage thyme umami vinegar walnut yarrow zest amber birch copper dusk ember flint grove harbour""",
)
_HEAD = 5
"""How many lines a note begins with that stay where they are."""
MARK = re.compile(r"m\d{4}")


class Garden:
    """A vault whose faults are marked: `m0012` stands in the line of the twelfth."""

    def __init__(self, seed: int, shape: str) -> None:
        self.random = random.Random(f"{shape} {seed}")
        self.shape = shape
        self.notes: dict[str, list[str]] = {}
        self.windows: set[str] = set()
        """Notes with the line breaks of Windows."""
        self.edited: set[str] = set()
        """Lines that were written anew: they are known again in their place, and not elsewhere."""
        self.moved: set[str] = set()
        """Lines that are elsewhere: they are known again as they were, and not otherwise."""
        self.count = 0
        folders = {"flat": [""], "nested": ["", "Work/", "Work/Old/", "Life/"], "journal": ["2023/", "2024/"]}[shape]
        for number in range(self.random.randint(6, 10)):
            path = f"{self.random.choice(folders)}Note {number}.md"
            self.count += 1
            head = ["---", f'up: "[[Above m{self.count:04}]]"', "---"]
            self.notes[path] = [*head, f"# Note {number}", "", *self._body()]

    def files(self) -> dict[str, str]:
        breaks = {path: "\r\n" if path in self.windows else "\n" for path in self.notes}
        return {path: breaks[path].join([*lines, ""]) for path, lines in self.notes.items()}

    def marks(self) -> Counter[str]:
        return Counter(mark for lines in self.notes.values() for line in lines for mark in MARK.findall(line))

    def sentence(self, least: int = 6) -> str:
        return " ".join(self.random.choice(WORDS) for _ in range(self.random.randint(least, 14)))

    def fault(self) -> str:
        self.count += 1
        mark = f"m{self.count:04}"
        broken = self.random.choice(
            (
                f"[[Nowhere {mark}]]",
                f"[[nowhere]] {mark}",  # equal to others but for the words around
                f"![[{mark}.png]]",
                f"[text](gone-{mark}.md)",
                f"[[nowhere|{mark}]]",
                f"[[#No heading {mark}]]",
                f"[[#^no-block]] {mark}",
            )
        )
        begin = self.random.choice(("", "- ", "> ", "- [ ] "))
        return f"{begin}{self.sentence()} {broken} {self.sentence()}"

    def _body(self) -> list[str]:
        lines: list[str] = []
        for _ in range(self.random.randint(14, 26)):
            lines += [self.fault() if self.random.random() < 0.25 else self.sentence(), ""][: self.random.randint(1, 2)]
            if self.random.random() < 0.1:
                lines += ["", f"## {self.sentence(2)}", ""]
        return lines

    def change(self) -> None:
        """One change as people make them."""
        self.random.choice(
            (
                self.write_above,
                self.write_above,
                self.plant,
                self.plant,
                self.plant_in_line,
                self.edit_line,
                self.edit_line,
                self.remove_line,
                self.rename,
                self.move_folder,
                self.split,
                self.merge,
                self.move_section,
                self.tick,
                self.change_breaks,
            )
        )()

    def _note(self) -> str:
        return self.random.choice(sorted(self.notes))

    def _line(self, path: str, wanted: Callable[[str], bool]) -> int | None:
        places = [place for place, line in enumerate(self.notes[path]) if place > _HEAD and wanted(line)]
        return self.random.choice(places) if places else None

    def write_above(self) -> None:
        path = self._note()
        place = self.random.randint(_HEAD, len(self.notes[path]))
        self.notes[path][place:place] = [self.sentence(), ""]

    def plant(self) -> None:
        path = self._note()
        self.notes[path].insert(self.random.randint(_HEAD, len(self.notes[path])), self.fault())

    def plant_in_line(self) -> None:
        path = self._note()
        place = self._line(path, lambda line: bool(MARK.search(line)) and line not in self.moved)
        if place is not None:
            self.edited.add(line := f"{self.notes[path][place]} {self.fault().lstrip('->[] ')}")
            self.notes[path][place] = line

    def edit_line(self) -> None:
        path = self._note()
        place = self._line(path, lambda line: len(line) > 20 and line not in self.moved)
        if place is None:
            return
        words = self.notes[path][place].split(" ")
        plain = [at for at, word in enumerate(words) if word in WORDS]
        for at in self.random.sample(plain, min(2, len(plain))):
            words[at] = self.random.choice(WORDS)
        self.notes[path][place] = " ".join(words)
        self.edited.add(self.notes[path][place])

    def tick(self) -> None:
        path = self._note()
        place = self._line(path, lambda line: line.startswith("- [ ] "))
        if place is not None:
            was = self.notes[path][place]
            ticked = self.notes[path][place] = was.replace("[ ]", "[x]", 1)
            self.moved |= {ticked} if was in self.moved else set()
            self.edited |= {ticked} if was in self.edited else set()

    def change_breaks(self) -> None:
        self.windows ^= {self._note()}

    def copy(self) -> None:
        """To be the last change: of two equal notes that are changed, nobody could say which is the copy."""
        self.notes["Copy.md"] = list(self.notes[self._note()])

    def remove_line(self) -> None:
        path = self._note()
        place = self._line(path, lambda line: bool(line))
        if place is not None:
            del self.notes[path][place]

    def rename(self) -> None:
        path = self._note()
        folder = path.rpartition("/")[0]
        self._move(path, f"{folder}/{self.sentence(1)} {self.random.randint(100, 999)}.md".lstrip("/"))

    def move_folder(self) -> None:
        folder = self._note().rpartition("/")[0]
        new = f"Moved {self.random.randint(100, 999)}"
        for path in sorted(self.notes):
            if path.startswith(f"{folder}/" if folder else ""):
                self._move(path, f"{new}/{path.removeprefix(folder).lstrip('/')}")

    def _move(self, path: str, to: str) -> None:
        if path in self.windows:
            self.windows ^= {path, to}
        self.notes[to] = self.notes.pop(path)

    def _movable(self, lines: list[str]) -> bool:
        if not self.edited.isdisjoint(lines):
            return False
        self.moved.update(lines)
        return True

    def split(self) -> None:
        path = self._note()
        lines = self.notes[path]
        middle = len(lines) // 2
        if len(lines) > 12 and self._movable(lines[middle:]):
            self.notes[f"Part {self.random.randint(100, 999)}.md"] = [
                "# A part",
                "",
                "What was split off:",
                "",
                "",
                *lines[middle:],
            ]
            del lines[middle:]

    def merge(self) -> None:
        one, other = self._note(), self._note()
        if one != other and len(self.notes) > 4 and self._movable(self.notes[other]):
            self.notes[one] += ["", *self.notes.pop(other)[_HEAD:]]

    def move_section(self) -> None:
        path = self._note()
        lines = self.notes[path]
        if len(lines) < 16:
            return
        first = self.random.randint(_HEAD, len(lines) - 6)
        section = lines[first : first + 5]
        if self._movable(section):
            del lines[first : first + 5]
            place = self.random.randint(_HEAD, len(lines))
            lines[place:place] = section


@pytest.mark.parametrize("shape", ["flat", "nested", "journal"])
@pytest.mark.parametrize("seed", range(12))
def test_only_what_was_planted_is_new(new_repository: Callable[..., Any], shape: str, seed: int) -> None:
    """After any changes, some committed, a finding is told exactly where its mark came since the base."""
    garden = Garden(seed, shape)
    repository = new_repository()
    base = repository.commit({**garden.files(), ".obsidian/app.json": "{}"})
    before = garden.marks()
    for number in range(garden.random.randint(3, 9)):
        garden.change()
        if number % 3 == 2:
            write(repository.top, garden)
            repository.commit()
    write(repository.top, garden)

    settings = load_settings(repository.top, installed_rules())
    report = check_vault(settings, known=Since.of(settings, base))

    assert garden.marks() - before == marks_told(repository.top, report.diagnostics)


def write(top: Path, garden: Garden) -> None:
    """Make the vault what the garden is, nothing else left."""
    for file in top.rglob("*.md"):
        file.unlink()
    for path, text in garden.files().items():
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).write_text(text, encoding="utf-8", newline="")


def marks_told(top: Path, diagnostics: Any) -> Counter[str]:
    """The mark that is nearest behind each finding: in what it points at, or right behind it."""
    found: Counter[str] = Counter()
    for one in diagnostics:
        text = (top / one.path).read_bytes().decode()
        mark = MARK.search(text, one.span.start)
        found[mark[0] if mark else f"{one!r}"] += 1
    return found
