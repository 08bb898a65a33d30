"""What a change of one note costs where the vault is watched: from the saved file to what is wrong in the vault.

    python benchmarks/watching.py [VAULT] [--changes 100] [--all]

VAULT is a folder, or by default the archive `obsidian-hub` of the shared test data (VAULTLINT_SHARED); a copy of it is
changed. `--all` turns all rules on. What is told is the median and the slowest of twenty, in milliseconds: of the
report of a `LiveRun`, hints and fixes included; and with `vaultlint check --watch`, from the write until the report is
printed.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from inputs import unpack_hub

from vaultlint.config.settings import load_settings
from vaultlint.engine.live import LiveRun
from vaultlint.note.note import parse_note
from vaultlint.rule.registry import installed_rules

CHANGES = {
    "a word at the end": lambda text: text + " word",
    "a line above the rest": lambda text: with_line(text),
    "a broken link": lambda text: text + "\n[[Nowhere at all]]\n",
    "another heading": lambda text: text + "\n# Another heading\n",
    "a tag and an alias": lambda text: "---\naliases: [Another name]\n---\n#tag\n" + text,
}


def with_line(text: str) -> str:
    """A line more where the body begins."""
    start = parse_note(text).body_start
    return f"{text[:start]}A line.\n\n{text[start:]}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("vault", nargs="?", type=Path)
    parser.add_argument("--changes", type=int, default=100)
    parser.add_argument("--all", action="store_true")
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        root = Path(folder) / "vault"
        shutil.copytree(arguments.vault or unpack_hub(Path(folder)), root)
        select = ("all",) if arguments.all else ()
        live = LiveRun(lambda: load_settings(root, installed_rules(), select=select))
        print(f"{len(live.check().diagnostics):,} findings in {len(list(root.rglob('*.md'))):,} notes")
        for name, change in CHANGES.items():
            show(name, updates(live, root, change, arguments.changes))
        show("a new note", new_notes(live, root, min(arguments.changes, 20)))
        show("--watch, a broken link, printed", printed(root, select, min(arguments.changes, 20)))


def updates(live: LiveRun, root: Path, change: object, count: int) -> list[float]:
    """Change notes, and back; the seconds of each report."""
    took = []
    for note in Random(1).sample(sorted(root.rglob("*.md")), count):
        before = note.read_bytes()
        for text in (change(before.decode("utf-8", "replace")).encode(), before):  # type: ignore[operator]
            note.write_bytes(text)
            took.append(timed(live, note.relative_to(root).as_posix()))
    return took


def new_notes(live: LiveRun, root: Path, count: int) -> list[float]:
    """Make notes, and delete them."""
    took = []
    for number in range(count):
        note = root / f"A new note {number}.md"
        note.write_text("[[Nowhere at all]]\n")
        took.append(timed(live, note.name))
        note.unlink()
        took.append(timed(live, note.name))
    return took


def printed(root: Path, select: tuple[str, ...], count: int) -> list[float]:
    """Change notes that the command watches."""
    words = [
        sys.executable,
        "-m",
        "vaultlint",
        "check",
        "--watch",
        "--output-format",
        "concise",
        f"--select={','.join(select)}",
    ]
    took = []
    with subprocess.Popen(words if select else words[:-1], cwd=root, stdout=subprocess.PIPE, text=True) as process:
        wait(process)
        time.sleep(3)  # until it looks for what changed while it began
        for note in Random(2).sample(sorted(root.rglob("*.md")), count):
            before = note.read_bytes()
            for text in (before + b"\n[[Nowhere at all]]\n", before):
                start = time.perf_counter()
                note.write_bytes(text)
                wait(process)
                took.append(time.perf_counter() - start)
        process.kill()
    return took


def wait(process: subprocess.Popen[str]) -> None:
    """Until a report was printed."""
    assert process.stdout is not None
    while "Watching for changes" not in process.stdout.readline():
        pass


def timed(live: LiveRun, path: str) -> float:
    """The seconds of one report."""
    start = time.perf_counter()
    live.update([path])
    return time.perf_counter() - start


def show(name: str, seconds: list[float]) -> None:
    slowest = statistics.quantiles(seconds, n=20)[-1]
    print(f"{name}: {statistics.median(seconds) * 1000:.1f} ms, of twenty the slowest {slowest * 1000:.1f} ms")


if __name__ == "__main__":
    main()
