"""What fixers of others did to one ordinary note, the list at the end of the rules' catalogue: none of it happens here.

Each test is named for what happened. The vault is ordinary, the runs are those of a vault's owner, up to one with every
rule on and every fix taken that may be made in bulk.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from markdown_it import MarkdownIt
from pydantic import BaseModel

import vaultlint
from vaultlint.rule.kinds import Group

pytestmark = pytest.mark.xdist_group("others")

NOTE = """\
---
# what the owner says of this note
title: Alpha
up: "[[Beta]]"
status: 'open'   # or closed
date: 2026-13-40
aliases: [First]
---
#tag at the start of a line, ==h==, %%c  c%%, [[Beta|b]] and ![[pot.png|300]]

(status:: active)[text] and [mood::  good]

# Heading

| a | b |
| --- | --- |
| [[Beta\\|b]] | ![[pot.png\\|30]] |

> [!tip]- Title
> text[^1]

$$
a  +  b
$$

Text with $c  d$ in it, and [[Beta#^id]].

<% tp.date.now("YYYY  MM") %>

[^1]: A footnote of [[Gamma (1)]]. ^block
"""
VAULT = {
    "Alpha.md": NOTE,
    "Beta.md": "# Beta\n\nA paragraph. ^id\n\n- an item, see [[Alpha#Heading]] and [[Alpha#^block]]\n",
    "Gamma (1).md": "See [[Nowhere]].   \n\n\n\nText\n",
    "Bad name #1?.md": "See [[Alpha]].\n",
    "pot.png": "",
}
FRONTMATTER = NOTE[: NOTE.index("#tag")]

MEANT = (
    "tag-location",
    "property-order",
    "property-quote-style",
    "title-property",
    "alias-from-title",
    "list-property-style",
    "heading-file-name",
    "date-missing",
)
"""Rules that are asked for the very thing: to move tags, to sort properties or write them anew, to retitle."""

PACKS = 'packs = ["recommended", "format", "strict", "publish"]\n'
GROUPS = ",".join(group.value for group in Group)
RUNS: dict[str, tuple[str, ...]] = {
    "format": ("format",),
    "fix": ("check", "--fix"),
    "unsafe": ("check", "--fix", "--unsafe-fixes"),
    "every rule": ("check", "--fix", "--unsafe-fixes", "--select", GROUPS, "--ignore", ",".join(MEANT)),
}


class Ran(NamedTuple):
    """A vault after a run, and what the run said."""

    root: Path
    status: int
    out: str
    err: str

    def __getitem__(self, name: str) -> str:
        return (self.root / name).read_bytes().decode()

    @property
    def files(self) -> set[str]:
        """All files of the vault, in hidden folders too, but for its config."""
        names = (file.relative_to(self.root).as_posix() for file in self.root.rglob("*") if file.is_file())
        return set(names) - {"vaultlint.toml"}


def make(root: Path, config: str = PACKS) -> None:
    """Effect: writes the vault."""
    (root / ".obsidian").mkdir(parents=True)
    (root / "vaultlint.toml").write_text(config, encoding="utf-8")
    for name, text in VAULT.items():
        if os.name != "nt" or "?" not in name:
            (root / name).write_bytes(text.encode())


def run(root: Path, *words: str) -> Ran:
    """Effect: runs the command in the vault."""
    state = str(root.parent / "state")
    done = subprocess.run(
        [sys.executable, "-m", "vaultlint", *words],
        cwd=root,
        env={**os.environ, "XDG_STATE_HOME": state, "XDG_CONFIG_HOME": state, "LOCALAPPDATA": state, "NO_COLOR": "1"},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    return Ran(root, done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module", params=RUNS)
def after(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """The ordinary vault after one of the runs, each of which is made once."""
    root = tmp_path_factory.mktemp("ordinary") / "Vault"
    make(root)
    return run(root, *RUNS[request.param])


def test_the_runs_do_something(after: Ran) -> None:
    """Each run mends what is there to mend, so that what stays has been looked at."""
    assert "See [[Nowhere]].\n\nText\n" == after["Gamma (1).md"]
    assert "\n| a           | b                |\n" in after["Alpha.md"]
    assert "fix-refused" not in after.out + after.err


def test_a_tag_at_the_start_of_a_line_becomes_a_heading(after: Ran) -> None:
    """markdownlint-cli2 and mdsmith put a space behind its sign."""
    note = vaultlint.parse_note(after["Alpha.md"])

    assert "\n#tag at the start of a line, ==h==" in note.text
    assert ["tag"] == [tag.name for tag in note.tags]
    assert ["Heading"] == [heading.text for heading in note.headings]


def test_an_inline_field_in_brackets_is_turned_round_into_a_link(after: Ran) -> None:
    """The same two took `(status:: active)[text]` for a link written the wrong way round."""
    assert "\n(status:: active)[text] and [mood::  good]\n" in after["Alpha.md"]
    assert "reversed-link" not in after.out


def test_frontmatter_becomes_a_heading(after: Ran) -> None:
    """mdformat with its Obsidian plug-in."""
    note = vaultlint.parse_note(after["Alpha.md"])

    assert [
        ("title", "Alpha"),
        ("up", "[[Beta]]"),
        ("status", "open"),
        ("date", "2026-13-40"),
        ("aliases", ["First"]),
    ] == [(one.key, list(one.value) if isinstance(one.value, tuple) else one.value) for one in note.properties]


def test_wikilinks_are_escaped(after: Ran) -> None:
    """The same: each link and embed of the note is the link that it was, in a table and in a footnote too."""
    before, now = (vaultlint.parse_note(text).wikilinks for text in (NOTE, after["Alpha.md"]))

    assert 6 == len(before)
    assert [link.span.of(NOTE) for link in before] == [link.span.of(after["Alpha.md"]) for link in now]


def test_spaces_in_comments_and_math_are_folded(after: Ran) -> None:
    """rumdl. Commands of Templater and fields are as they were, too."""
    for kept in ("%%c  c%%", "\n$$\na  +  b\n$$\n", "$c  d$", '<% tp.date.now("YYYY  MM") %>', "[mood::  good]"):
        assert kept in after["Alpha.md"]


def test_a_heading_goes_down_a_level_because_there_is_a_title(after: Ran) -> None:
    """rumdl: `# Heading` became `## Heading`, since the note has a property `title`."""
    assert "\n# Heading\n" in after["Alpha.md"]


def test_a_file_is_renamed_and_its_links_are_left_behind(after: Ran) -> None:
    """kb-lint. No file is renamed, and every link leads where it led."""
    names = {name for name in VAULT if os.name != "nt" or "?" not in name}

    assert names == after.files
    assert {
        "Alpha.md": ["Beta.md", "pot.png", "Beta.md", "pot.png", "Beta.md#^id", "Gamma (1).md"],
        "Beta.md": ["Alpha.md#Heading", "Alpha.md#^block"],
        "Bad name #1?.md": ["Alpha.md"],
    }.items() >= {name: leads(after.root, name) for name in names if name not in ("pot.png", "Gamma (1).md")}.items()


def leads(root: Path, name: str) -> list[str]:
    """Where the links of a note lead; a link that leads nowhere is an empty text."""
    vault = vaultlint.Vault.open(root)
    note = vault[name]
    found = []
    for link in note.wikilinks:
        target = vault.resolve(link.target, source=note)
        found.append("" if target.missing else target.path + ("#" + link.target.partition("#")[2]).rstrip("#"))
    return found


def test_a_comment_of_the_frontmatter_is_lost_or_its_keys_sorted_or_its_quotes_dropped(after: Ran) -> None:
    """kb-lint did all three."""
    assert after["Alpha.md"].startswith(FRONTMATTER)


def test_backup_files_are_left_in_the_vault(after: Ran) -> None:
    """kb-lint. What undo needs lies in the user's own folder: the vault has the files that it had."""
    assert len(VAULT) - (os.name == "nt") == len(after.files)
    assert any((after.root.parent / "state").rglob("*"))


def test_a_date_that_is_none_ends_the_run(after: Ran) -> None:
    """kb-lint and mdlint-obsidian: one `date: 2026-13-40`, and a traceback. Here it is a finding among others."""
    assert "Traceback" not in after.out + after.err
    assert "rule-crashed" not in after.out
    if after.out.startswith("Formatted"):
        assert 0 == after.status
    else:
        assert 1 == after.status
        assert "Alpha.md:6:7 error date-invalid '2026-13-40' in 'date' is no real date\n" in after.out
        assert "no file named 'Nowhere'" in after.out


def test_a_date_that_is_none_ends_a_program(tmp_path: Path) -> None:
    """Nor does it in the library: the one note is a problem, the others are objects."""

    class Dated(BaseModel):
        date: dt.date | None = None

    make(tmp_path / "Vault")

    found = list(vaultlint.load(tmp_path / "Vault", Dated, "**"))

    assert ["Alpha.md"] == [one.path for one in found if isinstance(one, vaultlint.Problem)]
    assert 3 <= len(found)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What a check that mends nothing says of the vault."""
    root = tmp_path_factory.mktemp("checked") / "Vault"
    make(root)
    return run(root, "check", "--ignore", "image-alt-text", "--output-format", "concise").out


@pytest.mark.parametrize("link", ["[[Beta\\|b]]", "[[Beta#^id]]", "![[pot.png\\|30]]", "[[Gamma (1)]]", '"[[Beta]]"'])
def test_a_link_that_opens_is_called_broken(told: str, link: str) -> None:
    """pkms-lint (the bar in a table) and mdsmith (the block id). Told is the one link that is broken."""
    places = [f"Alpha.md:{line}:" for line, text in enumerate(NOTE.splitlines(), 1) if link in text]

    assert "Gamma (1).md:1:7 error unresolved-link no file named 'Nowhere'" in told
    assert 1 == len(places)
    assert not [place for place in places if place in told]


RULES = '''
import re

from vaultlint.note.model import Span
from vaultlint.rule.fix import Applicability, Aspect, Edit, Fix, Kind
from vaultlint.rule.kinds import Group, NoteRule


class Other(NoteRule):
    group = Group.STYLE
    layout = True

    def check(self, note):
        edits = tuple(Edit(note.path, Span(*span), text) for span, text in self.edits(note.text))
        licence = {"kind": Kind.LAYOUT} if self.layout else {"may_change": frozenset({Aspect.WORDS})}
        yield self.find(edits[0].span, "as another has it", fix=Fix("do it", edits, Applicability.SAFE, **licence))


class EscapedLinks(Other):
    """Escapes wikilinks."""

    name = "escaped-links"

    def edits(self, text):
        for found in re.finditer(r"(?<!!)\\[\\[(\\w+)\\]\\]", text):
            yield found.span(), "\\\\[\\\\[" + found[1] + "\\\\]\\\\]"


class EscapedLinksAsWords(EscapedLinks):
    """The same, and says that it changes words."""

    name = "escaped-links-as-words"
    layout = False


class FrontmatterAsHeading(Other):
    """Makes a heading of the frontmatter."""

    name = "frontmatter-as-heading"

    def edits(self, text):
        end = text.index("\\n---\\n", 3)
        yield (0, end + 5), "______\\n\\n## " + text[4:end].replace("\\n", " ") + "\\n"
'''


@pytest.mark.parametrize("rule", ["escaped-links", "escaped-links-as-words", "frontmatter-as-heading"])
def test_the_proof_sees_no_difference(tmp_path: Path, rule: str) -> None:
    """mdformat compared HTML, which stays equal where wikilinks are escaped. A rule that does so here is refused."""
    text = "---\ntitle: T\nup: 3\n---\nSee [[Beta]].\n"
    root = tmp_path / "Vault"
    make(root, f'packs = []\nlocal-rules = ["others.py"]\n[rules]\n{rule} = "on"\n')
    (root / "others.py").write_text(RULES, encoding="utf-8")
    for name in VAULT:
        (root / name).unlink(missing_ok=True)
    (root / "Note.md").write_text(text, encoding="utf-8", newline="")

    done = run(root, "check", "--fix", "--allow-local-rules", "--output-format", "concise")

    assert f"fix-refused the fix of '{rule}'" in done.out
    assert text == done["Note.md"]


def test_rendered_html_is_equal_where_wikilinks_are_escaped() -> None:
    """Why that comparison proves nothing of a vault."""
    render: Callable[[str], str] = MarkdownIt("commonmark").render

    assert render("See [[Beta]].") == render("See \\[\\[Beta\\]\\].")


_WHOLE = "test_a_comment_of_the_frontmatter_is_lost_or_its_keys_sorted_or_its_quotes_dropped"
DAMAGE = (
    ("test_a_tag_at_the_start_of_a_line_becomes_a_heading", "Alpha.md", "#tag at", "# tag at"),
    ("test_an_inline_field_in_brackets_is_turned_round_into_a_link", "Alpha.md", "(status:: active)[t", "[t"),
    ("test_frontmatter_becomes_a_heading", "Alpha.md", "---\n# what", "______\n\n## what"),
    ("test_wikilinks_are_escaped", "Alpha.md", "and [[Beta#^id]]", "and \\[\\[Beta#^id\\]\\]"),
    ("test_spaces_in_comments_and_math_are_folded", "Alpha.md", "a  +  b", "a + b"),
    ("test_spaces_in_comments_and_math_are_folded", "Alpha.md", "c  c", "c c"),
    ("test_a_heading_goes_down_a_level_because_there_is_a_title", "Alpha.md", "# Heading", "## Heading"),
    ("test_a_file_is_renamed_and_its_links_are_left_behind", "Alpha.md", "[[Gamma (1)]]", "[[Gamma 1]]"),
    (_WHOLE, "Alpha.md", "   # or closed", ""),
    (_WHOLE, "Alpha.md", "'open'", "open"),
    (_WHOLE, "Alpha.md", 'title: Alpha\nup: "[[Beta]]"', 'up: "[[Beta]]"\ntitle: Alpha'),
)
"""A test, and the damage that it is there for: what stood in which note, and what another made of it."""


@pytest.mark.parametrize(("test", "name", "old", "new"), DAMAGE)
def test_each_of_these_would_tell(tmp_path: Path, test: str, name: str, old: str, new: str) -> None:
    """Where the damage is there, the test that is named for it fails."""
    make(tmp_path / "Vault")
    undamaged = Ran(tmp_path / "Vault", 0, "", "")
    globals()[test](undamaged)
    assert old in VAULT[name]
    (tmp_path / "Vault" / name).write_bytes(VAULT[name].replace(old, new).encode())

    with pytest.raises(AssertionError):
        globals()[test](undamaged)
