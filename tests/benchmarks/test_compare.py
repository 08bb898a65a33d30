"""The benchmarks' own parts: what is measured, how it is kept, and how it is drawn."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from cases import CASES, Row, chosen
from measuring import Command, Cost, FailedRunError, alternate, run, runs, tree_memory
from plot import drawn
from results import add, conditions, line, load, markdown, save

import vaultlint

MEGABYTE = 1_000_000
HOLD = f"""
import subprocess, sys
held = b"x" * 60 * {MEGABYTE}
child = subprocess.Popen([sys.executable, *sys.orig_argv[1:-1]]) if len(sys.argv) > 1 else print("held", flush=True)
sys.stdin.read()
"""
"""Holds 60 MB until its input ends; with a word behind it, so does a child."""


def python(code: str, *words: str) -> Command:
    return Command([sys.executable, "-c", code, *words], Path.cwd())


def test_a_run_has_its_times_and_what_it_said() -> None:
    """Wall time of all, CPU time of the process, standard error as text."""
    cost = run(python("import sys, time; time.sleep(0.2); print('a word', file=sys.stderr)"))

    assert cost.wall > 0.2 > cost.cpu
    assert cost.said == "a word\n"


def test_a_run_that_fails_has_no_time() -> None:
    """1 is how a linter says that it found something; anything else is a failure, and told with its words."""
    assert run(python("raise SystemExit(1)")).wall > 0
    with pytest.raises(FailedRunError, match=r"ended with 3: .*no such rule"):
        run(python("import sys; print('no such rule', file=sys.stderr); raise SystemExit(3)"))


def test_memory_is_summed_over_processes() -> None:
    """A process that holds 60 MB, and one with a child that holds as much."""
    one, two = held(), held("with a child")

    assert 60 * MEGABYTE < one < 110 * MEGABYTE
    assert two > one + 55 * MEGABYTE


def held(*words: str) -> int:
    command = [sys.executable, "-c", HOLD, *words]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        memory = tree_memory(process.pid)
        process.communicate("")
    return memory


def test_a_run_is_watched_where_that_is_asked_for() -> None:
    """Else nothing is known of its memory."""
    sleep = python("import time; time.sleep(0.5)")

    assert [run(sleep, watch=watch).peak > 0 for watch in (True, False)] == [True, False]


def test_pairs_take_turns() -> None:
    """The first pair warms up, its memory watched; its times do not count."""
    calls: list[tuple[str, bool]] = []

    def ours(watch: bool) -> Cost:
        calls.append(("ours", watch))
        return Cost(100.0 if watch else 2.0, 0.5, 7 if watch else 0)

    def theirs(watch: bool) -> Cost:
        calls.append(("theirs", watch))
        return Cost(100.0 if watch else 8.0, 0.5, 5 if watch else 0)

    pairs = alternate(ours, theirs, 2)

    assert calls == [("ours", True), ("theirs", True), *[("ours", False), ("theirs", False)] * 2]
    assert len(pairs.timed) == 2
    assert (pairs.walls, pairs.ratio, pairs.difference, pairs.peaks) == ((2.0, 8.0), 0.25, -6.0, (7, 5))


def test_real_commands_in_turn() -> None:
    """A command that sleeps beside one that does nothing."""
    pairs = alternate(runs(python("import time; time.sleep(0.1)")), runs(python("pass")), 1)

    assert len(pairs.timed) == 1
    assert pairs.walls[0] > 0.1
    assert min(pairs.peaks) > 0


def test_a_case_measured_again_takes_the_place_of_the_first(tmp_path: Path) -> None:
    """Each case is there once, with the conditions of its last run."""
    file = tmp_path / "results.json"
    before, after = ({"day": day, "vaultlint": "0.1", "machine": "small"} for day in ("2026-01-01", "2026-01-02"))
    kept = load(file)
    add(kept, before, "cold", [Row("a vault", 2.0, 1.0, 2.0, "s", most=0.5)], [("vaultlint", 100, 2.0)])
    add(kept, before, "warm", [Row("the same, warm", 0.1, 1.0, 0.1, "s", most=0.4)], [])
    add(kept, after, "cold", [Row("a vault", 0.4, 1.0, 0.4, "s", most=0.5)], [("vaultlint", 100, 0.4)])
    save(kept, file)

    told = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")

    assert load(file) == kept
    assert told == markdown(kept)
    assert told.count("a vault |") == 1
    assert told.index("| a vault | 0.400 s | 1.000 s | 0.4 | 0.5 | met |") < told.index("2026-01-01")
    assert kept["points"] == {"vaultlint": {"100": 0.4}}


@pytest.mark.skipif(os.name == "nt", reason="an interpreter that is a script of the shell")
def test_results_name_the_vaultlint_that_was_measured(tmp_path: Path) -> None:
    """Another interpreter may have another one than this checkout, and then the checkout's commit says nothing."""
    package = tmp_path / "site" / "vaultlint"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "__main__.py").write_text("print('vaultlint 9.9')", encoding="utf-8")
    other = tmp_path / "python"
    other.write_text(f'#!/bin/sh\nPYTHONPATH="{package.parent}" exec "{sys.executable}" "$@"\n', encoding="utf-8")
    other.chmod(0o755)

    assert conditions(str(other))["vaultlint"] == "9.9"
    assert conditions(sys.executable)["vaultlint"].startswith(vaultlint.__version__)


def test_a_missed_bar_is_plain_to_see() -> None:
    """A ratio has no unit, a difference and a figure of its own do."""
    assert line(Row("a", 3.0, 1.0, 3.0, "s", most=0.5)) == "| a | 3.000 s | 1.000 s | 3 | 0.5 | **missed** |"
    assert line(Row("b", 0.2, 0.1, 0.1, "s", "difference", 0.15)).endswith("| 0.1 s | 0.15 | met |")
    assert line(Row("c", 5000, 600, 5000, "MB", "ours", 6000)).endswith("| 5,000 MB | 6,000 | met |")


def test_cases_are_chosen_by_name() -> None:
    """Without a name, those that take seconds; a wrong name is answered with the right ones."""
    assert "million" not in chosen([])
    assert chosen(["all"]) == list(CASES)
    assert chosen(["warm", "cold"]) == ["warm", "cold"]
    with pytest.raises(ValueError, match="no case 'hot': there are cold, "):
        chosen(["hot"])


def test_the_plot_is_a_picture_with_every_line_named() -> None:
    """It is well-formed, has a look of its own on a dark page, and a point for each figure."""
    points = {"vaultlint": {"100": 0.2, "10000": 2.0}, "rumdl": {"100": 0.1, "10000": 4.0}}

    root = ElementTree.fromstring(drawn(points))

    words = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    dots = [element for element in root.iter("{http://www.w3.org/2000/svg}path") if "dot" in element.get("class", "")]
    assert {"vaultlint", "rumdl", "10,000", "0.1 s"} <= set(words)
    assert len(dots) == 4
    assert "prefers-color-scheme:dark" in drawn(points)
    ElementTree.fromstring(drawn({}))
