"""Holds the reading of properties against the app's library: the npm package `yaml`, on real and generated notes.

    python benchmarks/against_yaml.py [VAULT ...] [--count 20000] [--seed 1] [--version 2.7.0] [--record FILE]

Without a VAULT, notes come from the archives of the shared test data (VAULTLINT_SHARED). The package is installed by
npm in a temporary folder; both sides read the same blocks: equal data, or both refuse. A difference that none of the
exceptions in `EXCEPTIONS` names is printed, and makes the exit status 1. Needs node, npm and the package registry.
`--record` adds each difference, with the package's answer, to a file of such cases: `tests/note/yaml/package.jsonl`.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import re
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter, defaultdict
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from frontmatters import frontmatter

from vaultlint.note.frontmatter import Frontmatter, read_frontmatter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PROJECT = Path(__file__).resolve().parents[1]
RECORD = PROJECT / "tests" / "note" / "yaml" / "record.mjs"
VERSION = "2.7.0"
"""Of the package: what the app has had since its 1.9 (semantics 6.3)."""

EXCEPTIONS = {
    "a lone CR ends a line, as it does everywhere else in a note": re.compile(r"\r(?!\n)"),
    "tags of YAML 1.1 make values that JSON does not have": re.compile(
        r"!!(?:binary|timestamp|set|omap|pairs|merge)|tag:yaml\.org,2002:(?:binary|timestamp|set|omap|pairs|merge)"
    ),
    "a directive asks for YAML 1.1": re.compile(r"%YAML[ \t]+1\.1"),
}
"""Why the two may differ, and what is then in the block."""
NEWER = "versions above 2.7 refuse a list that begins behind its property's name"
DROPPED = "text stands behind the '|' or '>' of a part that the package drops without a word"
CIRCLE = "a value holds itself"
IN_BRACKETS = "a list or map is a property's name, with comments, blank lines, anchors, tags or long texts in it"
TOO_DEEP = "lists and maps are nested over 100 levels deep"


def main() -> int:
    """Read all, tell how often the two agree, then where they do not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vaults", nargs="*", type=Path)
    parser.add_argument("--count", type=int, default=20_000, help="generated blocks")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--version", default=VERSION, help="of the package; also: latest")
    parser.add_argument("--record", type=Path, help="add each difference to this file")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        npm(folder, arguments.version)
        sources = {
            **{vault.name: set(blocks_in(vault)) for vault in arguments.vaults or unpacked(folder / "vaults")},
            f"{arguments.count} generated, seed {arguments.seed}": set(generated(arguments.count, arguments.seed)),
        }
        differences = [one for title, texts in sources.items() for one in compare(title, sorted(texts), folder)]
    return tell(differences, arguments.record, newer=arguments.version != VERSION)


def npm(folder: Path, version: str) -> None:
    """Effect: installs the package in the folder."""
    (folder / "package.json").write_text("{}")
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", f"yaml@{version}"], cwd=folder, check=True)
    package = json.loads((folder / "node_modules" / "yaml" / "package.json").read_text("utf-8"))
    print(f"yaml {package['version']}")


def unpacked(folder: Path) -> list[Path]:
    """Effect: unpacks archives. The vaults of the shared test data."""
    shared = Path(os.environ.get("VAULTLINT_SHARED", PROJECT.parent / "shared"))
    for archive in sorted(shared.glob("*/*.tar.xz")):
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
    return sorted(each for each in folder.glob("*") if each.is_dir())


def blocks_in(vault: Path) -> Iterator[str]:
    """The notes of a vault that have properties, up to the line that closes them."""
    for path in vault.rglob("*.md"):
        text = path.read_bytes().decode("utf-8", errors="replace")
        block = read_frontmatter(text)
        if block.span is not None:
            yield text[: block.span.end] + "\n"


def generated(count: int, seed: int) -> Iterator[str]:
    """Notes that have generated properties and nothing else; each by the seed and its number alone."""
    for number in range(count):
        text = f"---\n{frontmatter(random.Random(f'{seed}/{number}'))}\n---\n"
        block = read_frontmatter(text)
        if block.span is not None:
            yield text[: block.span.end] + "\n"


def content(text: str) -> str:
    """What stands between the dashes."""
    span = read_frontmatter(text).content_span
    return span.of(text) if span is not None else ""


def compare(title: str, texts: list[str], folder: Path) -> list[tuple[dict[str, Any], str]]:
    """Print how many of the notes both read alike; the others, with what the package says and what we say."""
    start = time.perf_counter()
    blocks = [read_frontmatter(text) for text in texts]
    seconds = time.perf_counter() - start
    cases = by_the_package(map(content, texts), folder)
    differences = [(case, said(block)) for case, block in zip(cases, blocks, strict=True) if not agree(case, block)]
    refused = sum("refused" in case for case in cases)
    told = f"{len(texts)} different blocks, {refused} refused by the package, {len(differences)} read otherwise by us"
    print(f"{title}: {told} ({seconds:.1f} s)", flush=True)
    return differences


def by_the_package(blocks: Iterable[str], folder: Path) -> list[dict[str, Any]]:
    """Effect: runs node. What the package makes of each block."""
    file = folder / "blocks.jsonl"
    file.write_text("".join(json.dumps({"yaml": block}) + "\n" for block in blocks), "utf-8")
    subprocess.run(["node", str(RECORD), str(file)], cwd=folder, check=True)
    return [json.loads(line) for line in file.read_text("utf-8").rstrip("\n").split("\n") if line]


def said(block: Frontmatter) -> str:
    """What we make of a block, in a line."""
    if block.error is not None:
        return f"refused: {block.error.message}"
    return repr({one.key: one.value for one in block.properties})


def agree(case: dict[str, Any], block: Frontmatter) -> bool:
    """Whether both refuse, or both read the same; text or a list instead of properties is none to the app."""
    if "refused" in case or not isinstance(case["data"], dict | None) or _ODD & (case["data"] or {}).keys():
        return block.error is not None
    return block.error is None and same(case["data"] or {}, {one.key: one.value for one in block.properties})


_ODD = {"$number", "$object", "$circle"}
"""Names that `record.mjs` gives to what JSON has no word for."""


def same(expected: Any, got: Any) -> bool:
    """Whether the package's data, as `record.mjs` writes it, are ours."""
    if isinstance(expected, dict) and "$number" in expected:
        number = float(expected["$number"])
        return got == number or (math.isnan(number) and isinstance(got, float) and math.isnan(got))
    if isinstance(expected, dict):
        return (
            isinstance(got, dict)
            and expected.keys() == got.keys()
            and all(same(value, got[key]) for key, value in expected.items())
        )
    if isinstance(expected, list):
        return isinstance(got, list) and len(expected) == len(got) and all(map(same, expected, got))
    if isinstance(expected, bool) or isinstance(got, bool) or expected is None:
        return expected is got
    if isinstance(expected, int | float):
        return isinstance(got, int | float) and float(expected) == float(got)
    return bool(expected == got)


_NAME_IN_BRACKETS = re.compile(r"\"[{\[](?:[^\"\\]|\\.)*\":")


_BEGUN_BEHIND_NAME = re.compile(r":[ \t]+(?:[&!][^ \t\r\n]*[ \t]+)*-(?![^ \t\r\n])")


def named(case: dict[str, Any], ours: str, *, newer: bool = False) -> str | None:
    """The exception that a difference is; `newer`: from what the app has."""
    if "refused" in case:
        if newer and not ours.startswith("refused") and _BEGUN_BEHIND_NAME.search(case["yaml"]):
            return NEWER
    elif "nested over" in ours:
        return TOO_DEEP
    elif "'|' or '>'" in ours:
        return DROPPED
    elif "$circle" in json.dumps(case["data"]):
        return CIRCLE
    elif not ours.startswith("refused") and _NAME_IN_BRACKETS.search(json.dumps(case["data"])):
        return IN_BRACKETS
    return next((why for why, pattern in EXCEPTIONS.items() if pattern.search(case["yaml"])), None)


def tell(differences: list[tuple[dict[str, Any], str]], record: Path | None, *, newer: bool) -> int:
    """Effect: writes `record` if given. Print the differences by kind, the shortest of each first."""
    named_ones: Counter[str] = Counter()
    others: dict[str, list[tuple[dict[str, Any], str]]] = defaultdict(list)
    for case, ours in differences:
        why = named(case, ours, newer=newer)
        if why is not None:
            named_ones[why] += 1
        else:
            kind = (
                "only the package refuses: " + case["refused"]
                if "refused" in case
                else "only we refuse"
                if ours.startswith("refused")
                else "both read"
            )
            others[kind].append((case, ours))
    for why, count in named_ones.most_common():
        print(f"{count:5} named: {why}")
    for kind, cases in others.items():
        print(f"{len(cases):5} unnamed: {kind}")
        for case, ours in sorted(cases, key=lambda one: len(one[0]["yaml"]))[:20]:
            print(f"        {case['yaml']!r}\n          package {case.get('data', '')!r}\n          we      {ours}")
    if record is not None:
        with record.open("a", encoding="utf-8") as file:
            for case, _ in chain.from_iterable(others.values()):
                file.write(json.dumps(case, ensure_ascii=False, separators=(",", ":")) + "\n")
    return 1 if others else 0


if __name__ == "__main__":
    sys.exit(main())
