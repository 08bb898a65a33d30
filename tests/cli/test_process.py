"""What only a process of its own can show: imports, pipes, signals, encodings."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from vaultlint._version import __version__

MODULE = [sys.executable, "-m", "vaultlint"]
SCRIPT = shutil.which("vaultlint", path=str(Path(sys.executable).parent))
posix = pytest.mark.skipif(os.name != "posix", reason="needs pipes and signals of POSIX")

LISTING = """
import sys
from vaultlint.__main__ import main
status = main(sys.argv[1:])
print(status, *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""
HEAVY = {
    "pydantic",
    "yaml",
    "frontmatter",
    "pyromark",
    "mistune",
    "rapidfuzz",
    "rich",
    "msgspec",
    "asyncio",
    "vaultlint_rules",
    "multiprocessing",
    "dataclasses",
}


def start(*words: str, cwd: Path, **options: object) -> subprocess.CompletedProcess[bytes]:
    """A process of its own, bounded in time."""
    return subprocess.run(words, cwd=cwd, capture_output=True, check=False, timeout=60, **options)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["check", "--help"], ["check", "--zzz"]])
def test_what_is_asked_often_imports_little(words: list[str], tmp_path: Path) -> None:
    """Version, help and a wrong call load none of the libraries that a check needs."""
    run = start(sys.executable, "-c", LISTING, *words, cwd=tmp_path)

    loaded = set(run.stderr.decode().splitlines()[-1].split())
    assert set() == loaded & HEAVY
    if words == ["--version"]:
        assert "argparse" not in loaded


def test_a_check_imports_what_it_needs(tmp_path: Path) -> None:
    """Without a config, a terminal or a near name to look for, a check needs few libraries."""
    (tmp_path / "Note.md").write_text("A [[Note]].\n", encoding="utf-8")

    run = start(sys.executable, "-c", LISTING, "check", cwd=tmp_path)

    status, *loaded = run.stderr.decode().splitlines()[-1].split()
    assert "0" == status
    assert set() == set(loaded) & {"pydantic", "mistune", "rapidfuzz", "rich", "asyncio", "frontmatter"}


def test_a_check_in_which_nothing_changed_imports_next_to_nothing(tmp_path: Path) -> None:
    """Told again, it needs no parser, no YAML, no rule and no library for config or for near names."""
    (tmp_path / "Note.md").write_text("---\ntitle: a\n---\nA [[Note]], [[Nota]].\n", encoding="utf-8")
    first = start(*MODULE, "check", cwd=tmp_path)

    run = start(sys.executable, "-c", LISTING, "check", cwd=tmp_path)

    status, *loaded = run.stderr.decode().splitlines()[-1].split()
    assert ("0", first.stdout) == (status, run.stdout)
    assert set() == set(loaded) & (HEAVY - {"msgspec"})


def set_traps(folder: Path, names: set[str]) -> None:
    """Modules that tell when they are imported."""
    folder.mkdir()
    for name in names:
        (folder / f"{name}.py").write_text(f"import os\nos.write(2, b'TRAPPED {name}')\nos._exit(99)\n")
    (folder / "Note.md").write_text("---\ntitle: a\n---\nSee [[Note]].\n", encoding="utf-8")


LIBRARIES = "yaml msgspec pydantic pydantic_core rich pyromark rapidfuzz frontmatter platformdirs vaultlint_rules"
EVERYTHING = {*sys.stdlib_module_names, *LIBRARIES.split()}


@pytest.mark.parametrize("words", [["--version"], ["check"], ["explain", "unresolved-link"]])
def test_nothing_is_imported_from_the_current_folder(words: list[str], tmp_path: Path) -> None:
    """A vault may hold a module of any name: `python -m vaultlint` there imports none of them.

    What `python -m` itself imports, before it looks for vaultlint, only `python -P -m` can keep out.
    """
    of_python = start(sys.executable, "-c", "import runpy, sys; print(*sys.modules)", cwd=tmp_path)
    set_traps(tmp_path / "vault", EVERYTHING - set(of_python.stdout.decode().split()))

    run = start(*MODULE, *words, cwd=tmp_path / "vault")

    assert (0, b"") == (run.returncode, run.stderr)


SPAWNING = """
import sys
from vaultlint.__main__ import main
if __name__ == "__main__":
    from vaultlint.engine import pool
    pool.start_method = lambda: "spawn"
    sys.exit(main(["check", "--jobs", "2"]))
"""


def test_nor_by_a_worker_that_starts_anew(tmp_path: Path) -> None:
    """Where workers are not forked, Python would let each search the current folder first."""
    set_traps(tmp_path / "vault", EVERYTHING)
    (tmp_path / "run.py").write_text(SPAWNING, encoding="utf-8")

    run = start(sys.executable, str(tmp_path / "run.py"), cwd=tmp_path / "vault")

    assert (0, b"") == (run.returncode, run.stderr)


@pytest.mark.skipif(SCRIPT is None, reason="needs the installed command")
def test_the_command_ignores_even_a_vaultlint_of_the_current_folder(tmp_path: Path) -> None:
    """The installed command, and `python -P -m`, don't see a `vaultlint.py` of the vault."""
    set_traps(tmp_path / "vault", {*EVERYTHING, "vaultlint"})

    runs = [
        start(str(SCRIPT), "check", cwd=tmp_path / "vault"),
        start(sys.executable, "-P", "-m", "vaultlint", "check", cwd=tmp_path / "vault"),
    ]

    assert [(0, b"")] * 2 == [(run.returncode, run.stderr) for run in runs]


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A vault with an error-free note and five thousand broken links."""
    folder = tmp_path / "vault"
    (folder / ".obsidian").mkdir(parents=True)
    for number in range(50):
        (folder / f"{number} é.md").write_text("[[nowhere]]\n" * 100, encoding="utf-8")
    return folder


@posix
@pytest.mark.parametrize(
    ("status", "words"),
    [
        (0, ["--version"]),
        (0, ["check", "--help"]),
        (0, ["explain"]),
        (0, ["check"]),
        (1, ["check", "--fail-on", "warning"]),
        (1, ["check", "--fail-on", "warning", "--output-format", "json"]),
    ],
)
def test_a_closed_pipe_ends_quietly(status: int, words: list[str], vault: Path) -> None:
    """Where nobody reads on, nothing is said, and the status is what it would have been."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        run = subprocess.run([*MODULE, *words], cwd=vault, stdout=writing, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(writing)

    assert (status, b"") == (run.returncode, run.stderr)


@posix
def test_no_standard_output_at_all(vault: Path) -> None:
    """With standard output closed there is a status and no traceback."""
    run = start("sh", "-c", f'"{sys.executable}" -m vaultlint check --fail-on warning >&-', cwd=vault)

    assert (1, b"") == (run.returncode, run.stderr)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk(vault: Path) -> None:
    """Where the report can't be written, one line says why."""
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run([*MODULE, "check"], cwd=vault, stdout=full, stderr=subprocess.PIPE, check=False)

    assert (3, b"vaultlint: can't write to standard output: No space left on device\n") == (
        run.returncode,
        run.stderr,
    )


@posix
def test_ctrl_c(tmp_path: Path) -> None:
    """Ctrl-C ends a run with status 130 and without a traceback."""
    with subprocess.Popen(
        [*MODULE, "check", "--stdin-filename", "Note.md"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        process.wait(10)

        assert process.stdout is not None
        assert process.stderr is not None
        assert (130, b"", b"") == (process.returncode, process.stdout.read(), process.stderr.read())


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_any_encoding(encoding: str, tmp_path: Path) -> None:
    """Whatever encoding standard output is told to have, what it can't hold is written as escapes."""
    (tmp_path / "日本.md").write_text("[[存在しない]]\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": encoding}

    run = start(*MODULE, "check", "--output-format", "concise", cwd=tmp_path, env=environment)

    expected = "日本.md:1:3".encode(encoding, "backslashreplace")
    assert (0, b"", expected) == (run.returncode, run.stderr, run.stdout.split(b" ")[0])


def test_utf_8_whatever_the_locale(tmp_path: Path) -> None:
    """Into a pipe or file the output is UTF-8, also where the locale is another."""
    (tmp_path / "日本.md").write_text("[[存在しない]]\n", encoding="utf-8")
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}

    run = start(*MODULE, "check", "--output-format", "concise", cwd=tmp_path, env=environment)

    assert run.stdout.decode().startswith("日本.md:1:3 ")


def test_python_warns_of_nothing(vault: Path) -> None:
    """A run with every warning an error is a clean run."""
    run = start(sys.executable, "-W", "error", "-X", "dev", "-m", "vaultlint", "check", cwd=vault)

    assert (0, b"") == (run.returncode, run.stderr)


def test_a_profiler_tells_what_it_saw(tmp_path: Path) -> None:
    """The quick way out of the process is not taken where somebody measures the run."""
    done = start(sys.executable, "-m", "cProfile", "-m", "vaultlint", "--version", cwd=tmp_path)

    assert 0 == done.returncode
    assert done.stdout.startswith(f"vaultlint {__version__}\n".encode())
    assert b"function calls" in done.stdout


def test_version_of_the_module() -> None:
    """`python -m vaultlint` is the command."""
    assert f"vaultlint {__version__}\n".encode() == start(*MODULE, "--version", cwd=Path.cwd()).stdout.replace(
        b"\r", b""
    )
