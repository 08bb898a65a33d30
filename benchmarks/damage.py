"""What formatters do to real notes: how many they change, and how many of these do not say the same afterwards.

    python benchmarks/damage.py [VAULT ...] [--vault NAME ...] [--tool NAME ...] [--cache FOLDER] [--list FILE]

VAULT is a folder; without one, the archives of the shared test data (VAULTLINT_SHARED) are unpacked to a temporary
folder, all or those that `--vault` names. Each formatter is run on a fresh copy of each vault, as its user would run
it: `vaultlint format`; `rumdl fmt --flavor obsidian .`; `prettier --write "**/*.md"`; `mdformat` with the plug-ins
mdformat-obsidian and mdformat-frontmatter, and once more with mdformat-wikilink, both note by note, since it stops at
the first note that it refuses. A config that lies in a vault is read by whom it is for. The others are installed into
environments of their own, in a temporary folder or in that of `--cache`, which keeps them.

What is counted, for all in the same way, by the reader of `tests/damage/extractor.py`, which shares nothing with
vaultlint:

- changed: notes with other bytes;
- differ: notes in which the reader sees any difference in words, headings, links, embeds, tags, block ids, lists,
  tables, quotes, callouts, emphasis, code, math, comments, HTML, footnotes, line breaks, or in properties, their values
  and comments;
- damaged: notes that still differ when another way of writing the same is put aside (`as_meant`): a hard break by a
  backslash or by spaces, more or fewer backticks around code in a line, a block of code by indent, with no language or
  with `text`, an address with or without `<>`, white space at the edges of block math, the letter case of a callout's
  type, a space before a sign that ends a sentence or a part of it, and an alias of a note that is its own name;
  the list was made with first results in sight, those of vaultlint too: `differ` owes nothing to it;
- twice: notes that a second run changes again;
- refused: notes that the formatter says it can't format or write.

`vaultlint, every rule` is `vaultlint format` with every rule on that the pack `format` names and leaves off. These are
meant to change more than the layout (`property-order`, `bare-url`, ...), so there `differ` is high by intent, and
`damaged` counts notes in which something differs that the fix of no rule may change where it is
(`tests/damage/licence.py`). For this the edits that `vaultlint check` tells are made one by one, and must come to the
very notes that `vaultlint format` wrote.

Exit status 1 where vaultlint damaged a note, changed one twice, or was not held to its edits.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

import vaultlint_rules
from peers import install_rumdl

sys.path.append(str(Path(__file__).parents[1] / "tests" / "damage"))
import extractor
import licence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

PRETTIER = "prettier@3.10.1"
MDFORMAT = ("mdformat==1.0.0", "mdformat-obsidian==0.3.2", "mdformat-frontmatter==2.2.0")
MDFORMAT_EACH = """
import sys
from mdformat._cli import run
for path in sys.stdin.read().split("\\0"):
    try:
        failed = run([path])
    except Exception as error:
        failed = print(error, file=sys.stderr) or 1
    if failed:
        print(f"refused {path}")
"""
WIKILINK = "mdformat-wikilink==0.3.0"
FORMATTERS = ("vaultlint", "vaultlint, every rule", "rumdl", "prettier", "mdformat", "mdformat, wikilink")
ROUNDS = 10
"""In more, fixes do not settle."""
KINDS_TOLD = 5
ENDING = re.compile(r"[.,;:!?]+")


class Formatter(NamedTuple):
    """A command that is run in a vault's folder; what it says of a note that it leaves alone."""

    name: str
    version: str
    command: tuple[str, ...]
    refusal: str
    listed: bool = False
    """Whether it wants the paths of the notes, on standard input."""
    config: Path | None = None
    """Where vaultlint has every rule on."""

    @property
    def title(self) -> str:
        """The name with the version."""
        name, comma, rest = self.name.partition(",")
        return f"{name} {self.version.split()[0]}{comma}{rest}"


class Row(NamedTuple):
    """What a formatter did to a vault."""

    title: str
    vault: str
    notes: int
    changed: int
    differ: int
    damaged: int
    twice: int
    refused: int
    kinds: Counter[str]
    """In how many notes things of a kind were damaged."""
    held: bool = True
    """Whether its edits came to what it wrote."""


def main() -> int:
    """Run all formatters on all vaults, print the tables, and say whether vaultlint keeps its promise."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vaults", nargs="*", type=Path, metavar="VAULT")
    parser.add_argument("--vault", action="append", metavar="NAME", help="an archive of the test data")
    parser.add_argument("--tool", action="append", choices=FORMATTERS, help="only this formatter; may be repeated")
    parser.add_argument("--cache", type=Path, metavar="FOLDER", help="where the other formatters are kept")
    parser.add_argument("--list", type=Path, metavar="FILE", help="write all that is damaged there")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_STATE_HOME"] = str(folder / "state")
        cache = (arguments.cache or folder / "cache").resolve()
        cache.mkdir(parents=True, exist_ok=True)
        formatters = [made(tool, cache, folder) for tool in arguments.tool or FORMATTERS]
        rows, damage = [], []
        for vault in arguments.vaults or unpacked(folder / "vaults", arguments.vault):
            for formatter in formatters:
                row, told = measured(formatter, vault.resolve(), folder)
                print(line(row), file=sys.stderr, flush=True)
                rows.append(row)
                damage += told
    if arguments.list:
        arguments.list.write_text("\n".join([*damage, ""]), encoding="utf-8", errors="backslashreplace")
    versions = dict.fromkeys(f"{tool.name.partition(',')[0]} {tool.version}" for tool in formatters)
    print("\n".join([*versions, "", *whole_table(rows), "", *short_table(rows)]))
    ours = [row for row in rows if row.title.startswith("vaultlint")]
    return int(any(row.damaged or row.twice or not row.held for row in ours))


# The formatters


def made(name: str, cache: Path, folder: Path) -> Formatter:
    """Effect: installs a formatter unless it is there. How it is run."""
    if name == "rumdl":
        command = (str(install_rumdl(cache)), "fmt", "--no-cache", "--flavor", "obsidian", ".")
        return Formatter(name, said(command[0], "--version").split()[-1], command, r"^Error: Failed .+")
    if name == "prettier":
        script = prettier_in(cache)
        command = ("node", str(script), "--write", "**/*.md")
        return Formatter(name, said("node", str(script), "--version"), command, r"^\[error\] .+?\.md: ")
    if name.startswith("mdformat"):
        python = mdformat_in(cache / name.replace(", ", "-"), [*MDFORMAT, *([WIKILINK] if "," in name else [])])
        version = said(python, "-P", "-m", "mdformat", "--version").removeprefix("mdformat ")
        return Formatter(name, version, (python, "-P", "-c", MDFORMAT_EACH), r"^refused .+", listed=True)
    config = None
    command = (sys.executable, "-P", "-m", "vaultlint", "format", "--vault", ".", ".")
    if name != "vaultlint":
        config = folder / "every.toml"
        config.write_text(every_rule(), encoding="utf-8")
        command = (*command, "--config", str(config))
    version = said(sys.executable, "-P", "-m", "vaultlint", "--version").split()[-1]
    return Formatter(name, version, command, r"^.+\.md: .+", config=config)


def said(*command: str) -> str:
    """What a command prints."""
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def mdformat_in(home: Path, packages: Sequence[str]) -> str:
    """Effect: installs it with its plug-ins unless it is there. The Python that has it."""
    bin_folder = home / ("Scripts" if os.name == "nt" else "bin")
    if not bin_folder.is_dir():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        subprocess.run([str(bin_folder / "python"), "-m", "pip", "install", "--quiet", *packages], check=True)
    return str(bin_folder / "python")


def prettier_in(cache: Path) -> Path:
    """Effect: installs it unless it is there. The script for node."""
    home = cache / "prettier"
    script = home / "node_modules" / "prettier" / "bin" / "prettier.cjs"
    if not script.is_file():
        home.mkdir(exist_ok=True)
        npm = shutil.which("npm") or "npm"
        subprocess.run([npm, "install", "--silent", "--no-save", "--prefix", str(home), PRETTIER], check=True)
    return script


def format_rules() -> dict[str, object]:
    """The rules that the pack `format` names, each with what it says of it."""
    pack = Path(vaultlint_rules.__file__).parent / "packs" / "format.toml"
    rules: dict[str, object] = tomllib.loads(pack.read_text(encoding="utf-8"))["rules"]
    return rules


def every_rule() -> str:
    """A config with all of them on."""
    off = [name for name, setting in format_rules().items() if setting == "off"]
    return "\n".join(['packs = ["format"]', "[rules]", *(f'{name} = "info"' for name in off), ""])


# The vaults


def unpacked(folder: Path, names: Sequence[str] | None) -> Iterator[Path]:
    """Effect: unpacks archives of the test data. The vaults, one by one."""
    shared = Path(os.environ.get("VAULTLINT_SHARED", Path(__file__).parents[2] / "shared"))
    archives = {path.name.removesuffix(".tar.xz"): path for path in sorted(shared.glob("corpora/*.tar.xz"))}
    for name in names or archives:
        with tarfile.open(archives[name]) as tar:
            tar.extractall(folder, filter="data")
        yield folder / name


def fresh(vault: Path, copy: Path) -> Path:
    """Effect: makes a copy of the vault that no run has touched."""
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(vault, copy, symlinks=True, ignore=shutil.ignore_patterns(".git"))
    return copy


def notes(vault: Path) -> dict[str, str]:
    """Path -> text."""
    paths = (path for path in sorted(vault.rglob("*.md")) if path.is_file())
    return {path.relative_to(vault).as_posix(): extractor.read(path) for path in paths}


def run(formatter: Formatter, vault: Path) -> int:
    """Effect: formats the vault. How many notes it says it leaves alone."""
    given = "\0".join(notes(vault)) if formatter.listed else ""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(
        formatter.command, cwd=vault, input=given.encode("utf-8"), capture_output=True, check=False, env=environment
    )
    told = (done.stdout + b"\n" + done.stderr).decode("utf-8", "replace")
    return len(set(re.findall(formatter.refusal, told, re.MULTILINE)))


# What is counted


def measured(formatter: Formatter, vault: Path, folder: Path) -> tuple[Row, list[str]]:
    """Effect: formats copies. The counts, and a line for each thing that is damaged."""
    copy = fresh(vault, folder / "copy")
    before = notes(copy)
    refused = run(formatter, copy)
    after = notes(copy)
    run(formatter, copy)
    again = notes(copy)
    twice = sum(text != again.get(path) for path, text in after.items())
    changed = {path: (text, after.get(path, "")) for path, text in before.items() if text != after.get(path)}
    differ, damaged = 0, {}
    for path, (old_text, new_text) in changed.items():
        old, new = extractor.extract(old_text), extractor.extract(new_text)
        differ += bool(next(differing(old, new), None))
        name = Path(path).stem
        if found := dict(differing(as_meant(old, name), as_meant(new, name))):
            damaged[path] = found
    held = True
    if formatter.config:
        copy = fresh(vault, copy)
        damaged = without_licence(copy, formatter.config)
        held = notes(copy) == after
    kinds = Counter(kind for found in damaged.values() for kind in found)
    row = Row(formatter.title, vault.name, len(before), len(changed), differ, len(damaged), twice, refused, kinds, held)
    return row, list(told(formatter, vault, damaged))


def differing(
    old: Sequence[extractor.Thing], new: Sequence[extractor.Thing]
) -> Iterator[tuple[str, list[extractor.Difference]]]:
    """The kinds of things that are not the same in the same order, and what differs."""
    for kind in extractor.KINDS:
        found = extractor.differences(extractor.of(old, kind), extractor.of(new, kind), lambda thing: thing.value)
        if found:
            yield kind, found


def as_meant(things: Iterable[extractor.Thing], name: str) -> list[extractor.Thing]:
    """The things of the note of this name, however they are written; those without which it says the same left out."""
    found = [thing._replace(value=meant(thing)) for thing in things if not can_be_missed(thing, name)]
    for place in range(len(found) - 1, 0, -1):
        before, thing = found[place - 1 : place + 1]
        if thing.kind == before.kind == "prose" and thing.first == before.first and ENDING.fullmatch(thing.value):
            found[place - 1 : place + 1] = [before._replace(value=before.value + thing.value)]
    return found


def meant(thing: extractor.Thing) -> object:
    """A thing's value, the same for all ways to write it."""
    value = thing.value
    if thing.kind == "hard breaks":
        return value[1]
    if thing.kind == "code" and isinstance(value, str):
        return value.strip("`").strip()
    if thing.kind == "code" and value[:-1] in (("indented",), ("fenced", ""), ("fenced", "text")):
        return value[-1].rstrip()
    if thing.kind == "math" and not isinstance(value, str):
        return (value[0], value[1].strip())
    if thing.kind == "quotes":
        return (value[0], value[1].lower())
    if thing.kind == "prose" and extractor.CALLOUT.fullmatch(value):
        return value.lower()
    return value


def can_be_missed(thing: extractor.Thing, name: str) -> bool:
    """Whether it is the link of an address that shows itself, or an alias by which the note is known anyway."""
    value = thing.value
    if thing.kind == "links" and len(value) == 3:
        return bool(unquote(value[0]) == value[1])
    if thing.kind == "property values":
        return value in (("aliases[]", "text", name), ("aliases", "text", name), ("aliases", "empty", "SequenceNode"))
    return False


def without_licence(vault: Path, config: Path) -> dict[str, Mapping[str, list[extractor.Difference]]]:
    """Effect: makes the edits of the safe fixes in the vault, round by round.

    What differs by them and may not, by note.
    """
    words = ["check", "--output-format", "json", "--config", str(config), "--select", ",".join(format_rules())]
    found: dict[str, Mapping[str, list[extractor.Difference]]] = {}
    for _ in range(ROUNDS):
        command = [sys.executable, "-P", "-m", "vaultlint", *words, "--vault", ".", "."]
        done = subprocess.run(command, cwd=vault, capture_output=True, check=False)
        rows = json.loads(done.stdout.decode("utf-8"))["diagnostics"]
        edits = licence.edits_of_report(rows, lambda path: extractor.read(vault / path), ["safe"])
        if not edits:
            break
        for path, own in edits.items():
            text = extractor.read(vault / path)
            new = licence.edited(text, own)
            # Of neighbouring edits each may seem to move what stays: what is the same in all of the note is no damage.
            if damage := {
                kind: one for kind, one in licence.unlicensed(text, own).items() if kind in extractor.damage(text, new)
            }:
                found[path] = damage
            (vault / path).write_bytes(new.encode("utf-8", "surrogateescape"))
    return found


# What is told


def told(
    formatter: Formatter, vault: Path, damaged: Mapping[str, Mapping[str, Sequence[extractor.Difference]]]
) -> Iterator[str]:
    """A line for each difference."""
    for path, kinds in damaged.items():
        for kind, found in kinds.items():
            for gone, come in found:
                values = [[thing.value for thing in things] for things in (gone, come)]
                first = (gone or come)[0].first  # in what edits change, a line that they share has no number
                place = f":{first + 1}" if isinstance(first, int) else ""
                yield f"{formatter.name}: {vault.name}/{path}{place}: {kind}: {values[0]!r} -> {values[1]!r}"


def line(row: Row) -> str:
    """A row of the whole table."""
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in row.kinds.most_common(KINDS_TOLD))
    numbers = (row.notes, row.changed, row.differ, row.damaged, row.twice, row.refused)
    held = "" if row.held else " (its edits come to other notes)"
    return f"| {row.title} | {row.vault} | {' | '.join(f'{number:,}' for number in numbers)} | {kinds or '-'}{held} |"


def whole_table(rows: Iterable[Row]) -> Iterator[str]:
    """A row for each formatter and vault; the last column is in how many notes which kinds are damaged."""
    yield "| formatter | vault | notes | changed | differ | damaged | twice | refused | damaged by kind |"
    yield "| --- | --- | --: | --: | --: | --: | --: | --: | --- |"
    yield from (line(row) for row in rows)


def short_table(rows: Sequence[Row]) -> Iterator[str]:
    """A row for each formatter, with `changed / differ / damaged` for each vault."""
    vaults = {row.vault: row.notes for row in rows}
    names = [f"{name} ({count:,})" for name, count in vaults.items()]
    yield f"| formatter | {' | '.join(names)} | twice | refused |"
    yield f"| --- |{' --: |' * (len(names) + 2)}"
    for title in dict.fromkeys(row.title for row in rows):
        own = {row.vault: row for row in rows if row.title == title}
        cells = [f"{row.changed:,} / {row.differ:,} / {row.damaged:,}" for row in own.values()]
        sums = [f"{sum(row.twice for row in own.values()):,}", f"{sum(row.refused for row in own.values()):,}"]
        yield f"| {' | '.join([title, *cells, *sums])} |"


if __name__ == "__main__":
    sys.exit(main())
