"""`--since`: what a base in git had is known, and what is new is told where it was caused."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from vaultlint.config.settings import load_settings
from vaultlint.engine.check import check_vault
from vaultlint.engine.fix import fix_vault
from vaultlint.engine.since import Since
from vaultlint.engine.values import Report
from vaultlint.rule.errors import UserError
from vaultlint.rule.fix import Applicability
from vaultlint.rule.registry import installed_rules

Files = Mapping[str, str | bytes]


class Vault:
    """A vault under git with a base, and what is new since."""

    def __init__(self, repository: Any) -> None:
        self.repository = repository
        self.top: Path = repository.top
        self.base = ""

    def write(self, files: Mapping[str, str | bytes | None]) -> None:
        """Change files; `None` takes one away."""
        for path, content in files.items():
            if content is None:
                (self.top / path).unlink()
        self.repository.write({path: content for path, content in files.items() if content is not None})

    def move(self, path: str, to: str) -> None:
        """Rename as a file manager does: git is not told."""
        (self.top / to).parent.mkdir(parents=True, exist_ok=True)
        (self.top / path).rename(self.top / to)

    def report(self, paths: list[str] | None = None, since: str | None = None) -> Report:
        settings = load_settings(self.top, installed_rules())
        return check_vault(settings, paths=paths, known=Since.of(settings, since or self.base))

    def new(self, paths: list[str] | None = None, since: str | None = None) -> list[str]:
        """What is new, as people read it."""
        return [
            f"{one.path}:{one.position.line}:{one.position.column} {one.rule} {one.message}"
            for one in self.report(paths, since).diagnostics
        ]


@pytest.fixture
def begin(new_repository: Callable[..., Any]) -> Callable[..., Vault]:
    """Make a vault and commit it as the base."""

    def make(files: Files, *words: str) -> Vault:
        vault = Vault(new_repository("vault", *words))
        vault.base = vault.repository.commit({".obsidian/app.json": "{}", **files})
        return vault

    return make


Begin = Callable[..., Vault]


def gone(path: str, line: int, column: int, name: str = "Gone") -> str:
    return f"{path}:{line}:{column} unresolved-link no file named '{name}'"


def test_nothing_changed(begin: Begin) -> None:
    """Without a change nothing is told, and the notice says how much was left out."""
    vault = begin({"A.md": "[[Gone]]\n", "B.md": "![[gone.png]]\n"})

    report = vault.report()

    assert () == report.diagnostics
    assert [f"compared with {vault.base[:10]}: 2 known findings are left out"] == list(report.notices)


def test_work_tree(begin: Begin) -> None:
    """What is not committed, and what git was not told of, is new."""
    vault = begin({"A.md": "[[Gone]]\n"})
    vault.write({"A.md": "[[Gone]]\n\nand [[Nope]]\n", "B.md": "[[Gone]]\n"})

    assert [gone("A.md", 3, 7, "Nope"), gone("B.md", 1, 3)] == vault.new()


def test_commits_of_a_branch(begin: Begin) -> None:
    """The base is where this branch left the other: what that one mended or broke since is not told."""
    vault = begin({"A.md": "[[Gone]]\n", "B.md": "text\n"})
    vault.repository.git("checkout", "--quiet", "-b", "mine")
    vault.repository.commit({"C.md": "[[Mine]]\n"})
    vault.repository.git("checkout", "--quiet", "main")
    vault.repository.commit({"A.md": "mended\n", "B.md": "[[Theirs]]\n"})
    vault.repository.git("checkout", "--quiet", "mine")

    report = vault.report(since="main")

    assert ["C.md"] == [one.path for one in report.diagnostics]
    said = f"compared with {vault.base[:10]} (where this branch left 'main'): 1 known finding is left out"
    assert [said] == list(report.notices)


def test_no_common_commit(begin: Begin) -> None:
    """Where two branches share no commit, the other is compared with as it is."""
    vault = begin({"A.md": "[[Gone]]\n"})
    vault.repository.git("checkout", "--quiet", "--orphan", "other")
    vault.repository.commit({"B.md": "[[New]]\n"})

    assert [gone("B.md", 1, 3, "New")] == vault.new(since="main")


def test_lines_above(begin: Begin) -> None:
    """Lines that are written above, or taken away, make no finding new."""
    vault = begin({"A.md": "one\ntwo\n\nsee [[Gone]]\n"})
    vault.write({"A.md": "# New\n\nnew\none\n\nsee [[Gone]]\n"})

    assert [] == vault.new()


def test_edit_in_a_long_line(begin: Begin) -> None:
    """An edit elsewhere in a paragraph, which is one line, leaves its findings old."""
    text = "A long paragraph in which somebody speaks of [[Gone]] and of other things that they like."
    vault = begin({"A.md": f"{text}\n"})
    vault.write({"A.md": f"{text.replace('long', 'rather long').replace('like', 'love, and of [[Nope]]')}\n"})

    assert [gone("A.md", 1, 107, "Nope")] == vault.new()


def test_one_more_in_a_line(begin: Begin) -> None:
    """Of equal findings in one line, that is new whose words are."""
    vault = begin({"A.md": "This sentence speaks of [[Gone]] at its end.\n"})
    vault.write({"A.md": "Now [[Gone]] too. This sentence speaks of [[Gone]] at its end.\n"})

    assert [gone("A.md", 1, 7)] == vault.new()


def test_removed_here_and_written_there(begin: Begin) -> None:
    """A fault that is mended in one place, and made in another, is new."""
    lines = [f"line {number}" for number in range(90)]
    vault = begin({"A.md": "\n".join([*lines[:5], "Read [[Gone]].", *lines[5:]])})
    vault.write({"A.md": "\n".join([*lines[:80], "Then [[Gone]].", *lines[80:]])})

    assert [gone("A.md", 81, 8)] == vault.new()


def test_the_same_line_removed_and_written(begin: Begin) -> None:
    """A line that says nothing but the fault is not known again in another place."""
    lines = [f"line {number}" for number in range(90)]
    vault = begin({"A.md": "\n".join([*lines[:5], "- [[Gone]]", *lines[5:]])})
    vault.write({"A.md": "\n".join([*lines[:80], "- [[Gone]]", *lines[80:]])})

    assert [gone("A.md", 81, 5)] == vault.new()


def test_moved_item(begin: Begin) -> None:
    """An item that moves with its neighbour, or is ticked, is the same."""
    vault = begin({"A.md": "- [ ] first task of all [[Gone]]\n- one\n- two\n- three\n- buy\n- [[Nope]]\n"})
    vault.write({"A.md": "- buy\n- [[Nope]]\n- one\n- two\n- three\n\n# Done\n\n- [x] first task of all [[Gone]]\n"})

    assert [] == vault.new()


def test_sorted_list(begin: Begin) -> None:
    """A list that is sorted, a part of it or all, is the same list."""
    items = [f"- [[{name}]]\n" for name in ("Zest", "Yarrow", "Dill", "Kale", "Mint", "Anise")]
    vault = begin({"A.md": f"# Herbs\n\n{''.join(items)}\nend\n"})
    vault.write({"A.md": f"new\n\n# Herbs\n\n{''.join(sorted(items))}- [[New]]\n\nend\n"})

    assert [gone("A.md", 11, 5, "New")] == vault.new()


def test_which_of_equal_ones(begin: Begin) -> None:
    """Where k of n equal findings are old, they are those on unchanged lines."""
    vault = begin({"A.md": "[[Gone]]\n\ntext\n\n[[Gone]]\n"})
    vault.write({"A.md": "[[Gone]]\n\nnew [[Gone]]\n\ntext\n\n[[Gone]]\n"})

    assert [gone("A.md", 3, 7)] == vault.new()


def test_rename(begin: Begin) -> None:
    """A renamed note keeps what was wrong in it, also where it was changed a little."""
    text = "# Title\n\nfirst line of the note\nsecond line of the note\n\nsee [[Gone]]\n"
    vault = begin({"A.md": text, "B.md": text.replace("line", "word")})
    vault.move("A.md", "Folder/New.md")
    vault.move("B.md", "Other.md")
    vault.write({"Other.md": text.replace("line", "word").replace("Title", "Other") + "\n[[Nope]]\n"})

    assert [gone("Other.md", 8, 3, "Nope")] == vault.new()


def test_message_that_names_a_renamed_note(begin: Begin) -> None:
    """What a finding says of a note by its name is the same when the note has another."""
    text = "# Title\n\nsome words that make this note what it is\n"
    vault = begin({"Soup.md": text, "A.md": "[[Soup#Hot]]\n"})
    vault.move("Soup.md", "Broth.md")
    vault.write({"A.md": "See this: [[Broth#Hot]]\n"})

    assert [] == vault.new()


def test_split_and_merge(begin: Begin) -> None:
    """Text that moves to another note brings its findings along; frontmatter does not come with it."""
    one = "# One\n\nThe first half of it is about [[Gone]] and its friends.\n"
    two = "\n## Two\n\nThe other half of it is about [[Nope]] and its enemies.\n\n- [[Alas]]\n"
    vault = begin({"A.md": one + two, "B.md": "# B\n\nAll that is said here speaks of [[Never]].\n"})
    vault.write({"A.md": one + "\n# B\n\nAll that is said here speaks of [[Never]].\n", "New.md": two, "B.md": None})

    assert [] == vault.new()


def test_split_of_what_others_say_too(begin: Begin) -> None:
    """A line of some words is known again in another note, also where its fault is a common one."""
    line = "A sentence of some words about [[Gone]] and more.\n"
    vault = begin({"A.md": f"# A\n\nwhat stays here for ever\n\n{line}", "B.md": "[[Gone]]\n"})
    vault.write({"A.md": "# A\n\nwhat stays here for ever\n", "New.md": f"# New\n\n{line}"})

    assert [] == vault.new()


def test_moved_with_a_neighbour(begin: Begin) -> None:
    """A line that says little is known again by the line before it, or behind."""
    rest = "".join(f"line {number}\n\n" for number in range(20))
    vault = begin({"A.md": f"the line before\n\n[[Gone]]\n\n{rest}[[Nope]]\n\nthe line behind\n"})
    vault.write({"A.md": f"[[Nope]]\n\nthe line behind\n\n{rest}end\n\nthe line before\n\n[[Gone]]\n"})

    assert [] == vault.new()


def test_other_line_in_the_same_place(begin: Begin) -> None:
    """A line that takes the place of another is no edit of it, whatever is wrong in both."""
    vault = begin({"A.md": "Carrots and leek go well with [[Gone]] in winter.\n"})
    vault.write({"A.md": "My bicycle has been: [[Gone]] (stolen, by thugs?)\n"})

    assert [gone("A.md", 1, 24)] == vault.new()


def test_what_became_worse(begin: Begin) -> None:
    """What is an alias of two notes is a hint; when it becomes a note's name, that is new."""
    note = "---\naliases: [Soup]\n---\n"
    vault = begin({"A.md": note, "B.md": note})
    vault.write({"Soup.md": "text\n"})

    assert [("A.md", "alias-collision"), ("B.md", "alias-collision")] == [
        (one.path, one.rule) for one in vault.report().diagnostics
    ]


def test_copy(begin: Begin) -> None:
    """What is wrong in a copy is new."""
    text = "# Title\n\nA sentence of some words about [[Gone]] and more.\n"
    vault = begin({"B.md": text})
    vault.write({"A.md": text})

    assert [gone("A.md", 3, 34)] == vault.new()


def test_template(begin: Begin) -> None:
    """A note that is made from a template inherits nothing from one that was deleted."""
    head = '---\nup: "[[Index of all things]]"\n---\n'
    vault = begin({"A.md": f"{head}\none text\n", "B.md": f"{head}\nanother one\n"})
    vault.write({"A.md": None, "New.md": f"{head}\nfully different words\n"})

    assert ["New.md:2:8 unresolved-property-link no file named 'Index of all things'"] == vault.new()


def test_line_breaks(begin: Begin) -> None:
    """Other line breaks make nothing new."""
    text = "---\nup: '[[Nope]]'\n---\n\nsee [[Gone]]\nand more\n"
    vault = begin({"A.md": text})
    vault.write({"A.md": text.replace("\n", "\r\n")})

    assert [] == vault.new()


def test_unicode_forms(begin: Begin) -> None:
    """A name that differs in its Unicode form alone is the same name."""
    name = "Café.md"
    vault = begin({unicodedata.normalize("NFC", name): "[[Gone]]\n", "A.md": "[[Café]]\n"})
    vault.write({unicodedata.normalize("NFC", name): None})
    vault.write({unicodedata.normalize("NFD", name): "text\n\n[[Gone]]\n"})
    vault.repository.commit({"New.md": "[[Cafe]]\n"})

    assert [gone("New.md", 1, 3, "Cafe")] == vault.new()


def test_unicode_forms_of_another_text(begin: Begin) -> None:
    """It is the same note whatever is in it by now, as any note that keeps its name."""
    name = "Café.md"
    vault = begin({unicodedata.normalize("NFC", name): "[[Gone]]\n", "A.md": "text\n"})
    vault.write({unicodedata.normalize("NFC", name): None})
    vault.write({unicodedata.normalize("NFD", name): "[[Gone]]\n" + "other words than there were\n" * 9})
    vault.write({"A.md": "text\n[[Gone]]\n"})

    assert [gone("A.md", 2, 3)] == vault.new()


def test_unicode_forms_beside_each_other(begin: Begin) -> None:
    """Where a system has both spellings as two files, each is itself."""
    composed, other = (unicodedata.normalize(form, "Café.md") for form in ("NFC", "NFD"))
    vault = begin({composed: "[[Gone]]\n", "A.md": "text\n"})
    if (vault.top / other).exists():
        pytest.skip("to this file system, both are one")
    vault.write({other: "[[Gone]]\n[[More]]\n"})

    assert [gone(other, 1, 3), gone(other, 2, 3, "More")] == [line for line in vault.new() if "unresolved-link" in line]


def test_ignored_by_git(begin: Begin) -> None:
    """What git ignores was there before, as far as anybody knows."""
    vault = begin({".gitignore": "Private/\n", "A.md": "[[Secret]]\n"})
    vault.write({"Private/Secret.md": "[[Gone]]\n", "Private/Other.md": "[[Nope]]\n"})

    assert [] == vault.new()


def test_vault_that_git_ignores(begin: Begin) -> None:
    """Also a whole vault in a folder that git ignores: only what was added all the same can be new."""
    vault = begin({".gitignore": "/Private/\n", "A.md": "text\n"})
    vault.write({"Private/inner/.obsidian/app.json": "{}", "Private/inner/B.md": "[[Nope]]\n"})
    vault.top = vault.top / "Private" / "inner"

    assert [] == vault.new()
    vault.repository.git("add", "--force", "Private/inner/B.md")
    assert [gone("B.md", 1, 3, "Nope")] == vault.new()


def test_behind_a_symbolic_link(begin: Begin, tmp_path: Path) -> None:
    """What lies behind a symbolic link out of the vault is known by name, and was there before."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "pot.png").write_bytes(b"a pot")
    vault = begin({"Notes/Soup.md": "![[pot.png]]\n", "one/pot.png": b"another pot"})
    (vault.top / "two").symlink_to(tmp_path / "elsewhere")
    vault.base = vault.repository.commit()
    (known,) = check_vault(load_settings(vault.top, installed_rules())).diagnostics

    assert ("ambiguous-link", []) == (known.rule, vault.new())


def test_submodule(begin: Begin, new_repository: Callable[..., Any]) -> None:
    """What lies in a submodule was there before, as far as this repository knows."""
    other = new_repository("other")
    other.commit({"Inner.md": "[[Gone]]\n"})
    vault = begin({"A.md": "[[Inner]]\n"})
    vault.repository.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other.top), "sub")
    vault.base = vault.repository.commit()
    vault.write({"B.md": "[[Inner]] [[Nope]]\n"})

    assert [gone("B.md", 1, 13, "Nope")] == vault.new()


def test_which_of_two_notes_was_meant(begin: Begin) -> None:
    """Where two notes had a name and both have others now, a link is led to the one it led to, and not blindly."""
    vault = begin({"x/Soup.md": "# One\n", "y/Soup.md": "# Other\n", "A.md": "[[Soup]]\n"})
    vault.move("x/Soup.md", "Broth.md")
    vault.move("y/Soup.md", "Stew.md")

    [found] = vault.report().diagnostics
    assert found.fix is not None
    assert (Applicability.UNSAFE, "2 files had this name") == (found.fix.applicability, found.fix.reason)


def test_rename_that_is_recorded(begin: Begin) -> None:
    """A rename that a commit records stays sure, whatever is written into the note after it."""
    text = "".join(f"line {number}\n" for number in range(20))
    vault = begin({"Soup.md": text, "A.md": "[[Soup]]\n"})
    vault.repository.move("Soup.md", "Broth.md")
    vault.repository.commit()
    vault.write({"Broth.md": text + "and more\n"})

    [found] = vault.report().diagnostics
    assert found.fix is not None
    assert Applicability.SAFE == found.fix.applicability


def test_config_of_today(begin: Begin) -> None:
    """The settings of today judge both sides: another config makes nothing new."""
    vault = begin({"A.md": "[[Gone]]\n", "vaultlint.toml": '[rules]\nunresolved-link = "off"\n'})
    vault.write({"vaultlint.toml": '[rules]\nunresolved-link = "error"\n'})

    assert [] == vault.new()


def test_whole_notes(begin: Begin) -> None:
    """What is wrong with a whole note is known by note and rule."""
    vault = begin({"A.md": b"\xff\xfe", "B.md": "fine\n"})
    vault.write({"A.md": b"\xff\xfe\xff", "B.md": b"\xff\xfe"})

    assert ["B.md:1:1 note-encoding the note is in UTF-16, not in UTF-8"] == vault.new()


def test_vault_in_a_subfolder(new_repository: Callable[..., Any]) -> None:
    """A vault need not be the top of its repository."""
    repository = new_repository()
    base = repository.commit({"notes/.obsidian/app.json": "{}", "notes/A.md": "[[Gone]]\n", "B.md": ""})
    repository.write({"notes/B.md": "[[Nope]]\n"})
    settings = load_settings(repository.top / "notes", installed_rules())

    report = check_vault(settings, known=Since.of(settings, base))

    assert ["B.md"] == [one.path for one in report.diagnostics]


@pytest.mark.parametrize(("then", "now"), [("", "vault/"), ("notes/", "my/vault/"), ("notes/", "")])
def test_vault_that_moved_in_its_repository(begin: Begin, then: str, now: str) -> None:
    """A vault that moves as a whole keeps its findings, and no link breaks; other folders are nobody's notes."""
    notes = {"A.md": "words of A [[Gone]]\n\n[[Deep/B]]\n", "Deep/B.md": "[[A]] [[More]]\n"}
    vault = begin({f"{then}{path}": text for path, text in notes.items()} | {"other/C.md": "[[Gone]]\n"})
    for path in notes:
        vault.move(f"{then}{path}", f"{now}{path}")
    vault.top = vault.top / now
    vault.repository.write({f"{now}A.md": notes["A.md"] + "\n[[New]]\n"})

    assert [gone("A.md", 5, 3, "New")] == [line for line in vault.new() if not line.startswith("other/")]


def test_copy_of_a_vault(begin: Begin) -> None:
    """What is wrong in a folder that was copied is new: the other one has not moved."""
    vault = begin({"one/A.md": "A sentence of some words about [[Gone]] and more.\n"})
    vault.repository.write({"two/A.md": "A sentence of some words about [[Gone]] and more.\n"})
    vault.top = vault.top / "two"

    assert [gone("A.md", 1, 34)] == vault.new()


def test_sha256(begin: Begin) -> None:
    """A repository may name its objects by SHA-256."""
    vault = begin({"A.md": "[[Gone]]\n", "B.md": ""}, "--object-format=sha256")
    vault.write({"B.md": "[[Nope]]\n"})

    assert [gone("B.md", 1, 3, "Nope")] == vault.new()


def test_paths(begin: Begin) -> None:
    """Only findings of the notes that are asked for are told."""
    vault = begin({"A.md": "[[Gone]]\n", "B.md": ""})
    vault.write({"A.md": "[[Gone]] [[One]]\n", "B.md": "[[Two]]\n"})

    assert [gone("B.md", 1, 3, "Two")] == vault.new(["B.md"])


def test_unchanged_notes_are_read_once(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    """The base's notes that are the same now are neither asked for nor parsed again."""
    vault = begin({f"{number}.md": f"[[Gone]] {number}\n" for number in range(20)})
    vault.write({"3.md": "[[Gone]] 3\n\nchanged\n"})
    settings = load_settings(vault.top, installed_rules())
    since = Since.of(settings, vault.base)
    from vaultlint.engine import base, work

    parsed, asked = [], []
    parse, blobs = work.parse_note, base.blobs
    monkeypatch.setattr(work, "parse_note", lambda text, path: parsed.append(path) or parse(text, path))
    monkeypatch.setattr(base, "blobs", lambda git, ids: asked.extend(ids) or blobs(git, ids))

    report = check_vault(settings, known=since)

    assert () == report.diagnostics
    assert 21 == len(parsed)
    assert 1 == len(asked)


def test_line_breaks_that_git_made(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where git gives notes the line breaks of Windows, they are the notes that it has, and are not read again."""
    vault = begin({"A.md": "---\nalias: Old\n---\n[[Gone]]\n", "B.md": "text\n"})
    vault.repository.git("config", "core.autocrlf", "true")
    vault.write({"A.md": "---\r\nalias: Old\r\n---\r\n[[Gone]]\r\n", "B.md": "text\r\n[[New]]\r\n"})
    from vaultlint.engine import base

    asked, blobs = [], base.blobs
    monkeypatch.setattr(base, "blobs", lambda git, ids: asked.extend(ids) or blobs(git, ids))

    assert [gone("B.md", 2, 3, "New")] == vault.new()
    assert 1 == len(asked)


@pytest.mark.parametrize("then", ["\n", "\r\n"])
def test_rename_with_line_breaks_that_git_made(begin: Begin, then: str) -> None:
    """A note that is renamed as git wrote it is the same to the byte: links can be led there safely."""
    text = "# Title\r\n\r\nwords\r\n"
    vault = begin({"A.md": text.replace("\r\n", then), "B.md": "[[A]]\n"})
    vault.repository.git("config", "core.autocrlf", "true")
    vault.write({"A.md": None, "New.md": text})

    [found] = vault.report().diagnostics
    assert found.fix is not None
    assert (Applicability.SAFE, "") == (found.fix.applicability, found.fix.reason)


def test_fixes_only_what_is_new(begin: Begin) -> None:
    """With fixes, what is known stays as it is, round after round."""
    old = "---\nalias: Old\n---\n\ntext\n"
    vault = begin({"A.md": old, "B.md": old})
    vault.write({"A.md": f"{old}more\n", "New.md": "---\nalias: New\n---\n"})
    settings = load_settings(vault.top, installed_rules())

    result = fix_vault(settings, known=Since.of(settings, vault.base))

    assert ["New.md"] == [note.path for note in result.changed]
    assert "---\naliases: New\n---\n" == (vault.top / "New.md").read_text()
    assert f"{old}more\n" == (vault.top / "A.md").read_text()


@pytest.mark.parametrize(
    ("ref", "said"),
    [
        ("nobody", "--since nobody: git knows no commit of that name"),
        ("--upload-pack=x", "--since --upload-pack=x: git knows no commit of that name"),
    ],
)
def test_wrong_ref(begin: Begin, ref: str, said: str) -> None:
    """A name of no commit is said, and no option of git."""
    vault = begin({"A.md": ""})

    with pytest.raises(UserError, match=f"^{said}$"):
        vault.report(since=ref)


def test_no_repository(tmp_path: Path) -> None:
    """Without git, the baseline is what helps."""
    (tmp_path / ".obsidian").mkdir()
    settings = load_settings(tmp_path, installed_rules())

    with pytest.raises(UserError, match="is in no repository of git: --baseline works without git"):
        Since.of(settings, "HEAD")


def test_shallow_clone(begin: Begin, new_repository: Callable[..., Any]) -> None:
    """A shallow clone that lacks the commit says how to get it."""
    vault = begin({"A.md": "[[Gone]]\n"})
    vault.repository.commit({"B.md": ""})
    clone = new_repository("clone")
    clone.git("fetch", "--quiet", "--depth=1", vault.top.as_uri(), "main")
    clone.git("checkout", "--quiet", "FETCH_HEAD")
    settings = load_settings(clone.top, installed_rules())

    with pytest.raises(UserError, match=r"git fetch --unshallow.*fetch-depth: 0"):
        Since.of(settings, vault.base)


def test_first_commit(begin: Begin, new_repository: Callable[..., Any]) -> None:
    """Where HEAD is no commit yet, the commit itself is compared with."""
    vault = begin({"A.md": "[[Gone]]\n"})
    vault.repository.git("checkout", "--quiet", "--orphan", "empty")

    assert [] == vault.new(since="main")
