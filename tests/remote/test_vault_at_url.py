"""A vault at a URL: judged as it would be on disk, by its own config, and never changed."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import vaultlint
from vaultlint.__main__ import main
from vaultlint.engine.values import Report

VAULT = {
    "vaultlint.toml": (
        'extend = "config/base.toml"\nexclude = ["Old*"]\nmax-note-size = "20 KB"\n'
        '[[schema]]\nname = "paper"\nmatch = "papers/"\njson-schema = "config/paper.json"\n'
    ),
    "config/base.toml": '[rules]\nunresolved-link = "error"\nlist-marker-style = "warning"\n',
    "config/paper.json": '{"properties": {"year": {"$ref": "parts/year.json"}}, "required": ["year"]}',
    "config/parts/year.json": '{"type": "integer"}',
    ".obsidian/app.json": '{"newLinkFormat": "absolute", "userIgnoreFilters": ["Private/"]}',
    ".obsidian/types.json": '{"types": {"due": "date"}}',
    ".obsidian/appearance.json": '{"enabledCssSnippets": ["mine"]}',
    ".obsidian/snippets/mine.css": ".callout[data-callout='mine'] { color: red }",
    ".obsidian/templates.json": "{no json",
    "Home.md": "---\ndue: soon\n---\n[[Nowhere]] [[Hoem]] [[papers/A#None]]\n\n> [!mine] x\n\n> [!other] x\n",
    "Hole.md": "",
    "Old/Note.md": "[[Nowhere]]",
    "Private/Note.md": "[[Nowhere]]",
    "papers/A.md": '---\nyear: "1999"\n---\n# Head\n',
    "papers/B.md": "# Head\n",
    "Large.md": "x" * 20_001,
    "Latin.md": "caf\xe9".encode("latin-1"),
}


def told(report: Report) -> list[tuple[Any, ...]]:
    """All that a report tells."""
    return [
        (one.path, one.rule, one.severity, one.position, one.message, one.hint, one.fix) for one in report.diagnostics
    ]


def test_it_is_judged_as_on_disk(in_memory: Any, zipped: Any, on_disk: Callable[..., Path]) -> None:
    """Its config and what that extends, JSON Schemas and the files that they name, and the app's settings hold."""
    local = vaultlint.check(on_disk(VAULT))

    for url in (in_memory(VAULT), zipped(VAULT)):
        report = vaultlint.check(url)

        assert told(local) == told(report)
        assert (local.notes, local.notices, local.summary) == (report.notes, report.notices, report.summary)
        assert url == report.root
    rules = {one.rule for one in local.diagnostics}
    assert {"property-schema", "unresolved-heading", "note-too-large", "note-encoding", "property-type"} <= rules
    assert [("Home.md", "Nowhere")] == [
        (one.path, one.message.split("'")[1]) for one in local.diagnostics if one.rule == "unresolved-link"
    ][:1]


@pytest.mark.parametrize("folder", [".obsidian", ".settings"])
def test_the_folder_of_the_settings(in_memory: Any, on_disk: Callable[..., Path], folder: str) -> None:
    """It may bear another name, as on disk."""
    vault = {f"{folder}/app.json": '{"userIgnoreFilters": ["Private/"]}', ".git/app": "", "Private/A.md": "[[B]]"}

    assert 0 == vaultlint.check(on_disk(vault)).notes == vaultlint.check(in_memory(vault)).notes


def test_parts_of_it(in_memory: Any) -> None:
    """Notes and folders are named by their paths in the vault, or by URLs in it."""
    url = in_memory({"A.md": "[[x]]", "sub/B.md": "[[x]]", "sub/C.md": "[[A]]", "D.md": "[[x]]"})

    report = vaultlint.check(url, paths=["sub", f"{url}/D.md"])

    assert ["D.md", "sub/B.md"] == [one.path for one in report.diagnostics]
    with pytest.raises(vaultlint.UserError, match="'memory://me/x' is not in the vault"):
        vaultlint.check(url, paths=["memory://me/x"])


def test_processes_of_this_machine(zipped: Any) -> None:
    """They open the store themselves."""
    url = zipped({f"{n}.md": f"[[{n + 1}]] [[none {n}]]" for n in range(100)})

    assert told(vaultlint.check(url)) == told(vaultlint.check(url, jobs=2))


def test_memory_is_seen_by_this_process_alone(in_memory: Any) -> None:
    """So this one does the work, whatever is asked for."""
    assert ["A.md"] == [one.path for one in vaultlint.check(in_memory({"A.md": "[[x]]"}), jobs=2).diagnostics]


@pytest.mark.parametrize(
    "config", ['local-rules = ["rules.py"]\n', '[[schema]]\nname = "a"\nmatch = "a/"\nmodel = "rules.py:A"\n']
)
def test_its_python_never_runs(in_memory: Any, tmp_path: Path, config: str) -> None:
    """Not for a flag, and not for a word of trust: the run ends, and says how to go on."""
    witness = tmp_path / "ran"
    url = in_memory({"vaultlint.toml": config, "rules.py": f"open({str(witness)!r}, 'w')", "A.md": "x"})

    with pytest.raises(vaultlint.UserError, match="a vault at a URL may not: copy it to a folder, or name a --config"):
        vaultlint.check(url)

    assert not witness.exists()


def test_its_config_has_a_bound(in_memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that nobody fills a disk."""
    monkeypatch.setattr("vaultlint.engine.remote._MOST_OF_ALL", 5_000)
    named = {f"{n}.json": "{" + " " * 1_000 + "}" for n in range(10)}
    url = in_memory({"vaultlint.toml": "".join(f'# "{name}"\n' for name in named), **named})

    with pytest.raises(vaultlint.UserError, match="with all that it names, is over 100 MB"):
        vaultlint.check(url)


@pytest.mark.parametrize("base", ["/etc/passwd", "../other.toml", "s3://bucket/base.toml", "file:///etc/passwd"])
def test_its_config_leads_nowhere_else(in_memory: Any, base: str) -> None:
    """What it extends lies in the vault."""
    with pytest.raises(vaultlint.UserError, match=r"extend|neither in the vault nor"):
        vaultlint.check(in_memory({"vaultlint.toml": f'extend = "{base}"\n', "A.md": "x"}))


def test_a_file_and_a_folder_of_one_name(tmp_path: Path) -> None:
    """A store may have both; a folder of this machine can't, and nobody sees a traceback."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("vaultlint.toml", 'extend = "a.json"\n# "a.json/b.json"\n')
        archive.writestr("a.json", "{}")
        archive.writestr("a.json/b.json", "{}")

    with pytest.raises(vaultlint.UserError):
        vaultlint.check(f"zip://::{tmp_path}/a.zip")


@pytest.mark.parametrize(
    "words", ["--fix", "--diff", "--add-suppressions", "--since HEAD", "--baseline x", "--allow-local-rules", "--watch"]
)
def test_it_is_only_read(in_memory: Any, capsys: pytest.CaptureFixture[str], words: str) -> None:
    """What would write, or needs a folder, says how to go on."""
    url = in_memory({"A.md": "[[x]]"})

    status = main(["check", url, *words.split()])

    option = words.split()[0]
    said = f"vaultlint: '{url}' is a URL, where a vault is only read: for {option}, copy it to a folder\n"
    assert (2, "", said) == (status, *capsys.readouterr())


@pytest.mark.parametrize("command", ["format", "baseline", "config"])
def test_other_commands(capsys: pytest.CaptureFixture[str], command: str) -> None:
    """They are for folders, and say so."""
    status = main([command, "s3://me:secret@bucket/vault"])

    out, err = capsys.readouterr()
    assert (2, "") == (status, out)
    assert "'s3://***@bucket/vault' is a URL" in err


def test_no_secret_in_what_is_no_folder(capsys: pytest.CaptureFixture[str]) -> None:
    """Also where a command takes the URL for a path."""
    assert 2 == main(["init", "s3://me:secret@bucket/vault"])

    assert "secret" not in capsys.readouterr().err


@pytest.mark.parametrize("call", [vaultlint.fix, vaultlint.format, vaultlint.Linter().fix])
def test_from_python(call: Any) -> None:
    """The same from Python."""
    with pytest.raises(vaultlint.UserError, match="is a URL, where a vault is only checked: copy it to a folder first"):
        call("s3://bucket/vault")


def test_what_is_printed(in_memory: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """Lines with carets, and the URL where the folder would stand; JSON and SARIF name notes by their paths in it."""
    url = in_memory({"sub/A.md": "One.\n\nSee [[Nowhere]].\n"})

    assert 0 == main(["check", url])
    shown = capsys.readouterr().out
    assert 0 == main(["check", "--vault", url, "sub", "--output-format", "json"])
    parsed = json.loads(capsys.readouterr().out)
    assert 0 == main(["check", url, "--output-format", "sarif"])
    sarif = capsys.readouterr().out

    assert "sub/A.md:3:7 warning unresolved-link" in shown
    assert " 3 | See [[Nowhere]].\n   |       ^^^^^^^\n" in shown
    assert f"Checked 1 note in {url}." in shown
    assert (url, "sub/A.md") == (parsed["root"], parsed["diagnostics"][0]["path"])
    assert '"uri":"sub/A.md"' in sarif.replace(" ", "")


def test_a_url_stands_alone(in_memory: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """One call, one vault, where it is at a URL."""
    assert 2 == main(["check", in_memory({"A.md": ""}), "."])

    assert "a vault at a URL is checked alone" in capsys.readouterr().err


def test_a_url_beside_the_vault_of_another_place(in_memory: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """One of both would not be heeded."""
    assert 2 == main(["check", "--vault", ".", in_memory({"A.md": ""})])

    assert "a vault at a URL is checked alone" in capsys.readouterr().err


def test_parts_that_it_does_not_have(in_memory: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """A slip in a name must not look like a clean vault."""
    url = in_memory({"sub/B.md": "[[x]]", "sub-b/C.md": "", "D.md": ""})

    for path in ("sub/A.md", "su", "../sub", "D.md/x"):
        assert 2 == main(["check", "--vault", url, path])
        assert f"vaultlint: there is no file or folder '{path}' in the vault '{url}'\n" == capsys.readouterr().err
    for path in ("./sub/", "sub/../sub/B.md", f"{url}/sub", ".", url):
        assert 0 == main(["check", "--vault", url, path])
        assert "unresolved-link" in capsys.readouterr().out


def test_a_note_is_no_vault(in_memory: Any, zipped: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """The URL of a note is not taken for a vault without notes."""
    notes = {"sub/A.md": "[[x]]"}
    archive = zipped(notes)
    for url in (f"{in_memory(notes)}/sub/A.md", archive.replace("zip://", "zip://sub/A.md")):
        assert 2 == main(["check", url])
        assert f"'{url}' is a file: name its vault with --vault, and then the note" in capsys.readouterr().err


def test_no_fsspec(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """What is missing is named, and how to get it."""
    monkeypatch.setitem(__import__("sys").modules, "fsspec.core", None)

    assert 2 == main(["check", "s3://bucket/vault"])

    expected = "vaultlint: a vault at a URL needs fsspec: `pip install 'obsidian-vaultlint[remote]'`\n"
    assert ("", expected) == capsys.readouterr()
