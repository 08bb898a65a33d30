"""All formats over whole vaults: valid, with every finding, and pointing at the same words in each."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import etree

from vaultlint.__main__ import main
from vaultlint.cli.words.check import FORMATS
from vaultlint.engine.check import check_vault
from vaultlint.report.formats import DATA, OF_ONE_VAULT, data
from vaultlint.report.views import ReportContext

Valid = Callable[[str, bytes], None]

PROJECT = Path(__file__).parents[2]
CORPORA = ("obsidian-help-en", "obsidian-hub", "knowledge-garden", "ctf-notes")
RULES = "recommended,video-notes,aliases"
"""Rules of layout find more on one vault than SARIF may hold."""
FOR_PEOPLE = {"full", "concise"}
FORGED = '##vso[task.complete result=Succeeded;]x ::error file=x::y ##[add-mask]z ]]></failure> "},{ %0A::set-output'
NAMES = [
    b"line\nbreak.md",
    b"\x1b[31mred.md",
    b"::error::x.md",
    b"##vso[task.complete]x;y=z.md",
    b"100%25 %0A.md",
    b'<a href="x">&amp;.md',
    b"caf\xe9.md",
    "\u202eflipped 日本 🚀.md".encode(),
    "\ufffe\uffff.md".encode(),
]


class Made:
    """The reports of one run over one vault, read."""

    def __init__(self, root: Path, files: dict[str, bytes]) -> None:
        self.root = root
        self.files = files
        self.findings: list[dict[str, Any]] = json.loads(files["json"])["diagnostics"]
        self.sarif = json.loads(files["sarif"])["runs"][0]
        self.gitlab = json.loads(files["gitlab"])
        self.rdjson = json.loads(files["rdjson"])["diagnostics"]
        self.junit = etree.fromstring(files["junit"], etree.XMLParser(huge_tree=True))

        self._notes: dict[str, Note] = {}

    def note(self, path: str) -> Note:
        """A note, read once."""
        if path not in self._notes:
            self._notes[path] = Note((self.root / path).read_bytes())
        return self._notes[path]


class Note:
    """A note as text, without its byte order mark, which no column of text counts, and as bytes."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.text = data.decode("utf-8").removeprefix("\ufeff")
        self._starts = [0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", self.text))]
        self._starts_in_bytes = [0, *(found.end() for found in re.finditer(rb"\r\n|\n|\r", data))]

    def span(self, region: dict[str, int]) -> tuple[int, int]:
        """A region of SARIF as offsets of the text."""
        start, column, end, end_column = region.values()
        return self._starts[start - 1] + column - 1, self._starts[end - 1] + end_column - 1

    def span_in_bytes(self, bounds: dict[str, dict[str, int]]) -> tuple[int, int]:
        """A range of reviewdog as offsets of the bytes."""
        places = bounds["start"], bounds["end"]
        start, end = (self._starts_in_bytes[one["line"] - 1] + one["column"] - 1 for one in places)
        return start, end

    def mended(self, fix: dict[str, Any]) -> str:
        """The text with a fix of SARIF."""
        parts = [
            (*self.span(one["deletedRegion"]), one.get("insertedContent", {}).get("text", ""))
            for one in fix["artifactChanges"][0]["replacements"]
        ]
        text = self.text
        for start, end, inserted in sorted(parts, reverse=True):
            text = text[:start] + inserted + text[end:]
        return text

    def suggested(self, suggestion: dict[str, Any]) -> str:
        """The text with a suggestion of reviewdog."""
        start, end = self.span_in_bytes(suggestion["range"])
        data = self.data[:start] + suggestion["text"].encode() + self.data[end:]
        return data.decode("utf-8").removeprefix("\ufeff")


@pytest.fixture
def made(
    valid: Valid, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[Path], Made]:
    """Checks a vault once, with every rule, for a report in each format; all that have a schema are valid."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("PYTHONSAFEPATH", "")

    def made(root: Path) -> Made:
        monkeypatch.chdir(root)
        outputs = [word for form in FORMATS for word in ("--output", f"{form}={tmp_path / form}")]
        assert main(["check", "--select", RULES, "--quiet", "--output-format", "concise", *outputs]) < 2
        capsys.readouterr()
        files = {form: (tmp_path / form).read_bytes() for form in FORMATS}
        for form in ("sarif", "junit", "gitlab", "rdjson"):
            valid(form, files[form])
        return Made(root, files)

    return made


def assert_every_finding_is_told(made: Made) -> None:
    """Each format tells of all findings, once."""
    count = len(made.findings)
    assert [count] * 3 == [len(made.sarif["results"]), len(made.gitlab), len(made.rdjson)]
    assert [max(count, 1)] == [len(list(made.junit.iter("testcase")))]
    assert [count] * 4 == [made.files[form].count(b"\n") for form in ("github", "azure", "jsonl", "concise")]
    assert all(line.startswith(b"##vso[task.logissue type=") for line in made.files["azure"].splitlines())
    assert all(re.match(rb"::(error|warning|notice) file=", line) for line in made.files["github"].split(b"\n")[:-1])
    assert not any(re.search(rb"##(vso)?\[", made.files[form]) for form in FOR_PEOPLE)
    for form in DATA.keys() | FOR_PEOPLE:
        assert not {0x1B, 0x07, 0x00} & set(made.files[form])
        made.files[form].decode("utf-8")


def assert_no_two_are_taken_for_one(made: Made) -> None:
    """What a service knows a finding by is its own."""
    prints = [one["partialFingerprints"]["vaultlintFingerprint/v1"] for one in made.sarif["results"]]
    assert prints == [one["fingerprint"] for one in made.gitlab]
    tests = [(case.get("classname"), case.get("name")) for case in made.junit.iter("testcase")]
    assert [len(prints), len(tests)] == [len(set(prints)), len(set(tests))]
    rules = made.sarif["tool"]["driver"]["rules"]
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in made.sarif["results"])


def assert_the_same_words(made: Made) -> None:
    """Code points of SARIF and JSON and bytes of reviewdog are the same words of a note, fixes too."""
    for found, result, diagnostic in zip(made.findings, made.sarif["results"], made.rdjson, strict=True):
        physical = result["locations"][0]["physicalLocation"]
        region, bounds = physical["region"], diagnostic["location"]["range"]
        assert unquote(physical["artifactLocation"]["uri"]).endswith(found["path"])
        assert [found["line"], found["column"], found["end_line"], found["end_column"]] == list(region.values())
        assert found["line"] == bounds["start"]["line"]
        if "column" not in bounds["start"]:
            continue  # of a note as a whole
        note = made.note(found["path"])
        start, end = note.span(region)
        first, last = note.span_in_bytes(bounds)
        assert note.text[start:end] == note.data[first:last].decode("utf-8").removeprefix("\ufeff")
        if "fixes" in result and "suggestions" in diagnostic:
            assert note.mended(result["fixes"][0]) == note.suggested(diagnostic["suggestions"][0])


@pytest.mark.parametrize("vault", ["seeds", "examples/faults"])
def test_vaults_of_the_project(vault: str, made: Callable[[Path], Made]) -> None:
    """The seeds and the vault with one of every fault: valid, complete, and to the point in every format."""
    reports = made(PROJECT / vault)

    assert_every_finding_is_told(reports)
    assert_no_two_are_taken_for_one(reports)
    assert_the_same_words(reports)


@pytest.mark.parametrize("name", CORPORA)
def test_real_vaults(name: str, corpus: Callable[[str], Path], made: Callable[[Path], Made]) -> None:
    """Real vaults: valid, complete, and to the point in every format."""
    reports = made(corpus(name))

    assert reports.findings
    assert_every_finding_is_told(reports)
    assert_no_two_are_taken_for_one(reports)
    assert_the_same_words(reports)


def test_a_hostile_vault(tmp_path: Path, made: Callable[[Path], Made]) -> None:
    """Names and words that are out to forge a command, a tag or a key are told as names and words."""
    root = tmp_path / "vault"
    root.mkdir()
    (root / "vaultlint.toml").write_text('packs = ["recommended", "video-notes"]\n', encoding="utf-8")
    path = FORGED.replace("[", "").replace("]", "")
    marked = "[[plain|##vso[a] ##[add-mask]z ]]\n"
    forged = f"[[{path}]] [[a\x1b\u202e\u2028b]] [[{'x' * 3000}]]\n"
    written = 0
    for name in [*NAMES, b"plain.md"]:
        try:
            (root / os.fsdecode(name)).write_text(marked + forged + forged, encoding="utf-8")
        except (OSError, ValueError):  # not every system takes every name
            continue
        written += 1
    (root / "bom.md").write_bytes(
        b"\xef\xbb\xbf\xc3\xa9 [[nowhere]]\r\n[[nowhere]]\r[[nowhere]] \xf0\x9f\x9a\x80 [[nowhere]]\n"
    )
    (root / "bytes.md").write_bytes(b"caf\xe9\n")

    reports = made(root)

    assert written * 4 + 4 + 1 <= len(reports.findings)
    assert any("##vso[a] ##[add-mask]" in found["message"] for found in reports.findings)
    # Data, too, is printed in logs. (Lines of the others are commands as a whole, and what is in them is none.)
    data_or_text = set(FORMATS) - {"github", "azure"}
    assert [] == [form for form in data_or_text if re.search(rb"##(vso)?\[", reports.files[form])]
    assert_every_finding_is_told(reports)
    assert_no_two_are_taken_for_one(reports)
    assert_the_same_words(reports)


def test_the_table() -> None:
    """Every format of the command line is for people or in the table; what is one document is of one vault."""
    assert set(FORMATS) == DATA.keys() | FOR_PEOPLE
    assert DATA.keys() - OF_ONE_VAULT == {"github", "azure"}


@pytest.fixture
def notes_read(tmp_path: Path) -> tuple[ReportContext, Any, list[str]]:
    """A report of a vault of two notes, with a list that every reading of a note is noted down in."""
    from vaultlint.cli.texts import CheckedTexts
    from vaultlint.config.settings import load_settings
    from vaultlint.rule.registry import installed_rules

    for name in ("A.md", "B.md"):
        (tmp_path / name).write_text("[[nowhere]] [[elsewhere]]\n", encoding="utf-8")
        os.utime(tmp_path / name, (0, 0))
    settings = load_settings(tmp_path, installed_rules())
    reads: list[str] = []

    class Counted(CheckedTexts):
        def _read(self, path: str) -> str | None:
            reads.append(path)
            return super()._read(path)

    read = Counted(str(tmp_path), settings.max_note_size, 1.0, {}, again=True)
    return ReportContext(read=read, ruleset=settings.ruleset), check_vault(settings), reads


def test_a_note_is_read_once(notes_read: tuple[ReportContext, Any, list[str]]) -> None:
    """However many formats are made of a run, each note is read again once at most."""
    context, report, reads = notes_read

    for form in DATA:
        data(form, report, context)

    assert ["A.md", "B.md"] == sorted(reads)
