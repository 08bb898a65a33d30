"""Writes a synthetic vault of any size: the same arguments give the same bytes, however many processes write.

    python benchmarks/make_vault.py FOLDER --notes 100000 [--seed 1] [--mean-bytes 2500] [--folders N] [--jobs N]

FOLDER must be new or empty. What a note is called, where it lies, which headings and block ids it has are functions of
its number alone, so that any process can link to any note and none needs a plan of them all. Told at the end: how many
notes and bytes there are, and how many links lead nowhere, by what they lack; vaultlint must find just these.

Like a real vault it has long and short notes, many links to few notes, names of one word order, of another, with dates
or in Chinese, names that two notes share, misspelt ones, links that code and comments hide, and attachments.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from random import Random
from urllib.parse import quote


def _words(text: str, sign: str = " ") -> list[str]:
    return text.split(sign)


ADJECTIVES = _words(
    "able ashen blunt bright brittle careful cheap chilly civil coarse costly damp daring dense dull dutiful "
    "earthen elder evening ferrous fertile fickle fluent foreign frugal gaunt glassy grave guarded hasty heavy "
    "hoarse hourly idle inland ivory lavish level lofty loyal maritime meagre mild moral nimble oblique ochre "
    "opaque partial pious placid prudent quaint ragged remote salted sober spare sturdy tame tepid thrifty"
)
NOUNS = _words(
    "abbey acre alder almanac apron arbour atlas auger axle badge bakery ballad barge barley basket bellows bench "
    "berth bolt bonnet brook buckle burrow butter cairn candle canoe cargo cart cedar chalk chart cheese chimney "
    "cider cinder clay clock cloth cobble comet copper cork cotton crane cress crow dairy dike door drum dune "
    "eave elm ember envelope farm feast fence ferry fiddle flax flint flood forge fountain frost furrow gable "
    "gate ginger glove goose gorge grain gravel grove gull hammer hatch hay hazel hearth hedge heron hinge hive "
    "hoof hull inn iron jar jetty keel kettle kite ladder lamp larch lathe lead leaf ledge loaf lock maple marsh "
    "mast mill mint moss nail net oar oat orchid otter oven paddle pail"
)
VERBS = _words("carries covers drains feeds follows guards holds joins lifts marks mends needs outlasts shades turns")
CHINESE = _words("札记 计划 读书 项目 方法 日志 想法 草稿")
HEADINGS = _words(
    "Aim|Background|What is known|Open ends|Next|Sources|Example|Measured values|Why it "
    "matters|Doubts|People|Tools|Cost: a guess|In short|要点|Entwürfe|Before & after|Log|Quotes|Questions (some)",
    "|",
)
TAGS = _words("area/home area/work idea reading state/open state/done person topic/water topic/wood 读书 draft")
CALLOUTS = _words("note tip warning question quote example")
ENDINGS = _words("png jpg svg pdf mp3")
BROKEN = 0.03
SHARED_EVERY = 33
"""Of so many notes one has the name of another, in another folder."""
DROPPED_IN_LINKS = str.maketrans(dict.fromkeys("#|^:%[]\\", " "))


@dataclass(frozen=True)
class Shape:
    """What a vault is made from. A note is a number from 0."""

    notes: int
    seed: int = 1
    mean_bytes: int = 2500
    links_per_note: float = 5.0
    folders: int = 0
    """0: one for 160 notes, eight at least."""

    @cached_property
    def folder_count(self) -> int:
        return self.folders or max(8, self.notes // 160)

    @cached_property
    def attachment_count(self) -> int:
        return max(4, self.notes // 20)

    def chance(self, note: int, purpose: int) -> Random:
        """Chance that is the same in every process."""
        return Random((self.seed << 64) ^ (note << 3) ^ purpose)

    def folder_name(self, folder: int) -> str:
        """Folders nest: one has up to eight others."""
        name = f"{NOUNS[folder * 37 % len(NOUNS)].title()} {folder}"
        return name if folder < 8 else f"{self.folder_name(folder // 8 - 1)}/{name}"

    def is_twin(self, note: int) -> bool:
        """Whether it has the name of the note 16 before it, and the folder behind that one's."""
        return note % SHARED_EVERY == SHARED_EVERY - 1

    def is_shared(self, note: int) -> bool:
        return self.is_twin(note) or (note + 16 < self.notes and self.is_twin(note + 16))

    def folder(self, note: int) -> str:
        if self.is_twin(note):
            return self.folder_name((self._folder_number(note - 16) + 1) % self.folder_count)
        return self.folder_name(self._folder_number(note))

    def _folder_number(self, note: int) -> int:
        return (note * 2_654_435_761 + self.seed * 97) % 4_294_967_291 % self.folder_count

    def name(self, note: int) -> str:
        if self.is_twin(note):
            note -= 16
        space = len(ADJECTIVES) * len(NOUNS) * len(NOUNS)
        round_, place = divmod(note, space)
        rest, first = divmod((place * 611_953 + self.seed * 7919) % space, len(ADJECTIVES))  # a prime: no two are alike
        words = f"{ADJECTIVES[first]} {NOUNS[rest % len(NOUNS)]} {NOUNS[rest // len(NOUNS)]}"
        if round_:
            words += f" {round_ + 1}"
        day = f"20{10 + note % 16}-{1 + note % 12:02}-{1 + note % 28:02}"
        match note % 9:
            case 0 | 1:
                return words.capitalize()
            case 2 | 3:
                return words.title()
            case 4:
                return words.replace(" ", "-")
            case 5:
                return words.replace(" ", "_")
            case 6:
                return f"{day} {words}"
            case 7:
                return f"{CHINESE[note % len(CHINESE)]} {words}"
            case _:
                return f"{words.capitalize()} (v{note % 5 + 1})"

    def size(self, note: int) -> int:
        """Characters, about: a log-normal, as in real vaults."""
        sigma = 1.0
        drawn = self.chance(note, 1).lognormvariate(math.log(self.mean_bytes) - sigma**2 / 2, sigma)
        return min(60_000, max(60, int(drawn)))

    def headings(self, note: int) -> list[str]:
        chosen = self.chance(note, 2)
        return chosen.sample(HEADINGS, chosen.randrange(1, 6))

    def block_ids(self, note: int) -> list[str]:
        chosen = self.chance(note, 3)
        return [f"{chosen.getrandbits(24):06x}" for _ in range(chosen.randrange(3))]

    def attachment(self, number: int) -> str:
        return f"Attachments/{NOUNS[number % len(NOUNS)]} {number}.{ENDINGS[number % len(ENDINGS)]}"

    def stem(self, note: int) -> str:
        """Its path without `.md`."""
        return f"{self.folder(note)}/{self.name(note)}"


class Note:
    """One note being written."""

    def __init__(self, shape: Shape, number: int, sentences: list[str]) -> None:
        self.shape = shape
        self.number = number
        self.sentences = sentences
        self.chance = shape.chance(number, 0)
        self.broken: Counter[str] = Counter()
        size = shape.size(number)
        mean = shape.links_per_note * min(3.0, size / shape.mean_bytes + 0.5)
        self.links_left = int(self.chance.expovariate(1 / mean))
        self.size = size

    def text(self) -> str:
        parts = [self.frontmatter()] if self.chance.random() < 0.7 else []
        if self.chance.random() < 0.3:
            parts.append(f"# {self.shape.name(self.number)}\n\n")
        headings, ids = self.shape.headings(self.number), self.shape.block_ids(self.number)
        length, every = sum(map(len, parts)), self.size / (len(headings) + 1)
        due = every / 2
        while length < self.size or headings or ids:
            if headings and (length >= due or length >= self.size):
                parts.append(f"## {headings.pop()}\n\n")
                due += every
            elif ids and (length >= self.size or self.chance.random() < 0.2):
                parts.append(f"{self.sentence()} ^{ids.pop()}\n\n")
            else:
                parts.append(self.block())
            length += len(parts[-1])
        return "".join(parts).rstrip("\n") + "\n"

    def frontmatter(self) -> str:
        chance = self.chance
        lines = ["---", f"created: 20{10 + chance.randrange(16)}-0{chance.randrange(1, 10)}-1{chance.randrange(10)}"]
        if chance.random() < 0.6:
            lines += ["tags:", *(f"  - {tag}" for tag in chance.sample(TAGS, 2))]
        if chance.random() < 0.3:
            lines += ["aliases:", f"  - The {chance.choice(ADJECTIVES)} {chance.choice(NOUNS)} {self.number}"]
        if chance.random() < 0.3:
            lines += [f"rating: {chance.randrange(6)}", f"done: {chance.choice(('true', 'false'))}"]
        if chance.random() < 0.2 and self.links_left:
            lines.append(f'related: "{self.wikilink()}"')
        return "\n".join([*lines, "---", "", ""])

    def block(self) -> str:
        """One block of the body, and the blank line behind it."""
        chance = self.chance
        roll = chance.random()
        if roll < 0.6:
            return " ".join(self.sentence() for _ in range(chance.randrange(1, 5))) + "\n\n"
        if roll < 0.78:
            mark = chance.choice(("- ", "- ", "- [ ] ", "1. "))
            return "".join(f"{mark}{self.sentence()}\n" for _ in range(chance.randrange(2, 6))) + "\n"
        if roll < 0.83:
            rows = "".join(f"| {self.cell()} | {chance.randrange(999)} |\n" for _ in range(chance.randrange(1, 5)))
            return f"| {chance.choice(NOUNS)} | {chance.choice(NOUNS)} |\n| --- | --- |\n{rows}\n"
        if roll < 0.9:
            return f"> [!{chance.choice(CALLOUTS)}] {chance.choice(NOUNS).title()}\n> {self.sentence()}\n\n"
        if roll < 0.96:
            return f"```python\n{chance.choice(NOUNS)} = [[{chance.randrange(9)}]]  # no link\n```\n\n"
        return f"%% kept back: {chance.choice(NOUNS)} #{chance.choice(TAGS)} %%\n\n"

    def sentence(self) -> str:
        text = self.chance.choice(self.sentences)
        if self.links_left:
            text = f"{text[:-1]}, see {self.any_link()}."
        return text

    def cell(self) -> str:
        if self.links_left and self.chance.random() < 0.5:
            return self.wikilink("\\|")
        return self.chance.choice(ADJECTIVES)

    def any_link(self) -> str:
        roll = self.chance.random()
        if roll < 0.15:
            return self.markdown_link()
        return self.embed() if roll < 0.22 else self.wikilink()

    def other(self) -> int:
        """A note to link to: few get most of the links."""
        return int(self.shape.notes * self.chance.random() ** 3)

    def wikilink(self, bar: str = "|") -> str:
        self.links_left -= 1
        chance, shape = self.chance, self.shape
        shown = f"{bar}the {chance.choice(NOUNS)}" if chance.random() < 0.3 else ""
        if chance.random() < BROKEN:
            return f"[[{self.nowhere()}{shown}]]"
        note = self.other()
        target = shape.stem(note) if shape.is_shared(note) else shape.name(note)
        roll = chance.random()
        if roll < 0.1:
            target += f"#{chance.choice(shape.headings(note)).translate(DROPPED_IN_LINKS)}"
        elif roll < 0.14 and (ids := shape.block_ids(note)):
            target += f"#^{chance.choice(ids)}"
        elif roll > 0.97:
            target = target.lower()
        return f"[[{target}{shown}]]"

    def nowhere(self) -> str:
        """A target that is not there: a note, often one misspelt, or a heading or block of a note that is."""
        chance, shape = self.chance, self.shape
        roll = chance.random()
        note = self.other()
        if roll < 0.4:
            self.broken["note"] += 1
            name = shape.name(note)
            at = chance.randrange(1, len(name) - 1)
            return f"{name[:at]}{name[at]}x{name[at + 1 :]}"
        if roll < 0.6:
            self.broken["note"] += 1
            return f"Unwritten {chance.choice(NOUNS)} {chance.randrange(10_000)}"
        if roll < 0.8:
            self.broken["heading"] += 1
            return f"{shape.stem(note)}#Never written {chance.randrange(1000)}"
        self.broken["block"] += 1
        return f"{shape.stem(note)}#^none{chance.randrange(1000)}"

    def markdown_link(self) -> str:
        self.links_left -= 1
        path = f"{self.shape.stem(self.other())}.md"
        shown = os.path.relpath(path, self.shape.folder(self.number))
        return f"[{self.chance.choice(NOUNS)}]({quote(shown)})"

    def embed(self) -> str:
        self.links_left -= 1
        path = self.shape.attachment(self.chance.randrange(self.shape.attachment_count))
        if self.chance.random() < BROKEN:
            self.broken["note"] += 1
            path = f"lost {self.chance.randrange(1000)}.png"
        return f"![[{path.rpartition('/')[2]}]]"


def sentences_of(seed: int) -> list[str]:
    """What is said in the notes: without a link."""
    chance = Random(f"sentences {seed}")
    tails = (
        "",
        "",
        " in *{}*",
        " and the **{}**",
        " with `{}`",
        " ==as a {}==",
        " when $x_1 > 2$ of {}",
        " #topic/water of {}",
    )
    return [
        f"The {chance.choice(ADJECTIVES)} {chance.choice(NOUNS)} {chance.choice(VERBS)} "
        f"{chance.choice(('a', 'every'))} {chance.choice(NOUNS)}{chance.choice(tails).format(chance.choice(NOUNS))}."
        for _ in range(3000)
    ]


def write_vault(root: Path, shape: Shape, jobs: int | None = None) -> dict[str, int]:
    """Effect: writes the vault. How many notes, bytes and broken links it has."""
    root.mkdir(parents=True, exist_ok=True)
    if any(root.iterdir()):
        raise SystemExit(f"{root} is not empty")
    write_settings(root)
    (root / "Attachments").mkdir()
    for folder in range(shape.folder_count):
        (root / shape.folder_name(folder)).mkdir(parents=True, exist_ok=True)
    for number in range(shape.attachment_count):
        (root / shape.attachment(number)).touch()
    chunks = [range(start, min(start + 1000, shape.notes)) for start in range(0, shape.notes, 1000)]
    made: Counter[str] = Counter(notes=shape.notes)
    with ProcessPoolExecutor(jobs or os.cpu_count()) as executor:
        for counted in executor.map(partial(write_notes, str(root), shape), chunks):
            made.update(counted)
    return dict(made)


def write_notes(root: str, shape: Shape, numbers: range) -> Counter[str]:
    """Effect: writes some of the notes. Their bytes and broken links."""
    sentences = sentences_of(shape.seed)
    made: Counter[str] = Counter()
    for number in numbers:
        note = Note(shape, number, sentences)
        data = note.text().encode()
        with open(f"{root}/{shape.stem(number)}.md", "wb") as file:  # noqa: PTH123 - a million times
            file.write(data)
        made["bytes"] += len(data)
        made.update({f"broken {kind}": count for kind, count in note.broken.items()})
    return made


def write_settings(root: Path) -> None:
    """Effect: writes what the app keeps in `.obsidian`."""
    folder = root / ".obsidian"
    folder.mkdir()
    types = {"created": "date", "rating": "number", "done": "checkbox", "related": "text"}
    (folder / "app.json").write_text(json.dumps({"attachmentFolderPath": "Attachments"}), encoding="utf-8")
    (folder / "types.json").write_text(json.dumps({"types": types}), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mean-bytes", type=int, default=2500)
    parser.add_argument("--links-per-note", type=float, default=5.0)
    parser.add_argument("--folders", type=int, default=0, help="0: one for 160 notes")
    parser.add_argument("--jobs", type=int, help="how many processes write; by default one a core")
    given = parser.parse_args()
    shape = Shape(given.notes, given.seed, given.mean_bytes, given.links_per_note, given.folders)
    print(json.dumps(write_vault(given.folder, shape, given.jobs)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
