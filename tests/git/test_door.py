"""Nothing that a repository holds makes git run a program, and what git can't do is said in words."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vaultlint.git.door import Git, GitError
from vaultlint.git.headings import replaced
from vaultlint.git.renames import ends
from vaultlint.git.trees import blobs, comes_from, commit, is_shallow, merge_base, object_format, tree
from vaultlint.git.work_tree import converts_line_breaks, ignored

New = Callable[..., Any]

posix = pytest.mark.skipif(sys.platform == "win32", reason="the traps are shell scripts")


def ask_everything(folder: Path) -> None:
    """Every operation that vaultlint has, over the whole history; what git can't answer is left."""
    git = Git.of(folder)
    assert git is not None
    head = commit(git, "HEAD")
    assert head is not None
    merge_base(git, head, "HEAD~1")
    comes_from(git, head, "HEAD~1")
    is_shallow(git)
    object_format(git)
    for ask in (
        lambda: list(blobs(git, [entry.id for entry in tree(git, head, git.prefix)])),
        lambda: list(blobs(git, ["1" * 40])),
        lambda: ends(git, head),
        lambda: replaced(git, head, ["a.md", "b.md", "c.md"]),
        lambda: ignored(git),
        lambda: converts_line_breaks(git),
    ):
        try:
            ask()
        except GitError:
            continue


class Trap:
    """A program in a repository that leaves a mark when it runs."""

    def __init__(self, repository: Any, folder: Path) -> None:
        self.repository = repository
        self.mark = folder / "mark"
        self.program = folder / "trap"
        self.program.write_text(f'#!/bin/sh\necho "$@" >> "{self.mark}"\ncat "$1" 2>/dev/null\nexit 0\n')
        self.program.chmod(0o755)

    def sprung(self) -> bool:
        """Whether it ran since the last time that somebody asked."""
        was = self.mark.exists()
        self.mark.unlink(missing_ok=True)
        return was

    def bites(self, *words: str) -> bool:
        """Whether plain git, called so, runs it."""
        quiet = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_TERMINAL_PROMPT": "0"}
        subprocess.run(["git", *words], cwd=self.repository.top, env=quiet, capture_output=True, check=False)
        return self.sprung()


@pytest.fixture
def trap(new_repository: New, tmp_path: Path) -> Trap:
    """A history of three commits: a heading and a name change; and a trap that nothing leads to yet."""
    repository = new_repository()
    text = "# One\n\n" + "".join(f"line {place}\n" for place in range(20))
    repository.commit({"a.md": text, "b.md": "x\n"})
    repository.commit({"a.md": text.replace("# One", "# Two")})
    repository.move("a.md", "c.md")
    repository.commit({"c.md": text + "more\n"})
    return Trap(repository, tmp_path)


def set_up(trap: Trap, **settings: str) -> None:
    """Settings of the repository itself, `__` for a dot."""
    for name, value in settings.items():
        trap.repository.git("config", name.replace("__", "."), value)


@posix
def test_the_monitor_of_files_is_not_asked(trap: Trap) -> None:
    """`core.fsmonitor` runs with `git status`, not here; nor does it where an included file names it."""
    set_up(trap, core__fsmonitor=str(trap.program))
    assert trap.bites("status")
    ask_everything(trap.repository.top)
    assert not trap.sprung()
    trap.repository.git("config", "--unset", "core.fsmonitor")
    (trap.repository.top / ".git" / "more").write_text(f'[core]\n\tfsmonitor = "{trap.program}"\n')
    set_up(trap, include__path="more")
    assert trap.bites("status")
    ask_everything(trap.repository.top)
    assert not trap.sprung()


@posix
@pytest.mark.parametrize("where", ["hooks", "elsewhere"])
def test_hooks_do_not_run(trap: Trap, where: str) -> None:
    """Hooks run when somebody works in the repository, not here, whichever folder they lie in."""
    folder = trap.repository.top / ".git" / where
    folder.mkdir(exist_ok=True)
    for name in ("post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc", "fsmonitor-watchman"):
        (folder / name).write_bytes(trap.program.read_bytes())
        (folder / name).chmod(0o755)
    set_up(trap, core__hooksPath=str(folder))
    assert trap.bites("checkout", "--", "b.md") or trap.bites("checkout", "main")
    ask_everything(trap.repository.top)
    assert not trap.sprung()


@posix
def test_a_look_at_the_work_tree_runs_and_writes_nothing(trap: Trap) -> None:
    """What is ignored is found, and no monitor, hook or filter runs; the index stays as it was, and caches too."""
    top = trap.repository.top
    trap.repository.write({".gitignore": "*.tmp.md\n", ".gitattributes": "* filter=trap\n", "new/x.tmp.md": "x"})
    (top / ".git" / "patterns").write_text("other.md\n")
    trap.repository.write({"other.md": "x", "b.md": "changed\n"})
    trap.repository.git("update-index", "--force-untracked-cache")
    trap.repository.git("update-index", "--split-index")
    nested = top / "nested"
    trap.repository.git("clone", "--quiet", "--no-hardlinks", ".", "nested")
    for place in (top, nested):
        (place / ".git" / "hooks").mkdir(exist_ok=True)
        for name in ("post-index-change", "fsmonitor-watchman", "query-watchman", "post-checkout"):
            (place / ".git" / "hooks" / name).write_bytes(trap.program.read_bytes())
            (place / ".git" / "hooks" / name).chmod(0o755)
        with (place / ".git" / "config").open("a") as config:
            config.write(
                f'[core]\n\tfsmonitor = "{trap.program}"\n\tfsmonitorHookVersion = 2\n\tuntrackedCache = true\n'
                f'\tsplitIndex = true\n\texcludesFile = "{top}/.git/patterns"\n\thooksPath = "{place}/.git/hooks"\n'
                f'[filter "trap"]\n\tclean = "{trap.program}"\n\tprocess = "{trap.program}"\n'
            )
    assert trap.bites("ls-files", "--others", "--ignored", "--exclude-standard", "--directory")
    assert trap.bites("update-index", "--really-refresh")
    files = {path: path.read_bytes() for path in (top / ".git").rglob("*") if path.is_file()}

    git = Git.of(top)
    assert git is not None
    assert frozenset(("new/x.tmp.md", "other.md")) == ignored(git)
    assert files == {path: path.read_bytes() for path in (top / ".git").rglob("*") if path.is_file()}
    assert not trap.sprung()


@posix
def test_programs_that_show_differences_do_not_run(trap: Trap) -> None:
    """An external diff, by setting or attribute, and a conversion to text run with plain git, not here."""
    (trap.repository.top / ".git" / "info").mkdir(exist_ok=True)
    set_up(trap, diff__external=str(trap.program))
    assert trap.bites("diff", "HEAD~1", "HEAD")
    ask_everything(trap.repository.top)
    assert not trap.sprung()
    trap.repository.git("config", "--unset", "diff.external")
    (trap.repository.top / ".git" / "info" / "attributes").write_text("*.md diff=trap\n")
    set_up(trap, diff__trap__command=str(trap.program))
    assert trap.bites("diff", "HEAD~1", "HEAD")
    ask_everything(trap.repository.top)
    assert not trap.sprung()
    trap.repository.git("config", "--unset", "diff.trap.command")
    set_up(trap, diff__trap__textconv=str(trap.program), diff__trap__cachetextconv="true")
    assert trap.bites("log", "-p")
    ask_everything(trap.repository.top)
    assert not trap.sprung()


@posix
def test_filters_do_not_run(trap: Trap) -> None:
    """Clean, smudge and process filters run where files are compared or checked out, not here."""
    set_up(trap, filter__trap__clean=str(trap.program), filter__trap__smudge=str(trap.program))
    trap.repository.write({".gitattributes": "*.md filter=trap\n", "b.md": "changed\n"})
    assert trap.bites("diff", "--stat")
    ask_everything(trap.repository.top)
    set_up(trap, filter__trap__process=str(trap.program))
    ask_everything(trap.repository.top)
    assert not trap.sprung()


@posix
def test_signatures_are_not_checked(trap: Trap) -> None:
    """A commit with a signature makes `git log` run `gpg.program` where the settings ask for it, not here."""
    tip, before = trap.repository.git("rev-parse", "HEAD^{tree}"), trap.repository.git("rev-parse", "HEAD")
    person = "Somebody <somebody@example.com> 1700000000 +0000"
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n aaaa\n -----END PGP SIGNATURE-----"
    signed = f"tree {tip}\nparent {before}\nauthor {person}\ncommitter {person}\n{signature}\n\nSigned\n"
    found = trap.repository.git("hash-object", "-t", "commit", "-w", "--stdin", given=signed.encode())
    trap.repository.git("update-ref", "refs/heads/main", found)
    set_up(trap, log__showSignature="true", gpg__program=str(trap.program), gpg__openpgp__program=str(trap.program))
    assert trap.bites("log")
    ask_everything(trap.repository.top)
    assert not trap.sprung()


@posix
@pytest.mark.parametrize(
    ("url", "settings"),
    [
        ("ext::{trap} %S", {}),
        ("{top}", {"remote.origin.uploadpack": "{trap}"}),
        ("ssh://localhost/x", {"core.sshCommand": "{trap}"}),
        ("git://localhost/x", {"core.gitProxy": "{trap}"}),
        ("https://localhost:1/x", {"remote.origin.vcs": "trap"}),
    ],
)
def test_missing_objects_are_not_fetched(
    trap: Trap, monkeypatch: pytest.MonkeyPatch, url: str, settings: dict[str, str]
) -> None:
    """In a clone without all objects, plain git fetches what is missing by whatever program the settings name."""
    names = {"trap": str(trap.program), "top": str(trap.repository.top)}
    helper = trap.program.with_name("git-remote-trap")
    helper.symlink_to(trap.program)
    monkeypatch.setenv("PATH", str(helper.parent), prepend=os.pathsep)
    trap.repository.git("config", "core.repositoryFormatVersion", "1")
    every = {"extensions.partialClone": "origin", "remote.origin.promisor": "true", "remote.origin.url": url}
    for form in ("ext", "file", "ssh", "git", "trap"):
        every[f"protocol.{form}.allow"] = "always"
    for name, value in {**every, **settings}.items():
        trap.repository.git("config", name, value.format(**names))
    assert trap.bites("cat-file", "-p", "1" * 40)
    ask_everything(trap.repository.top)
    blob = trap.repository.git("rev-parse", "HEAD~1:a.md")
    (trap.repository.top / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    ask_everything(trap.repository.top)
    assert not trap.sprung()


@posix
def test_other_settings_that_run_programs_do_not(trap: Trap) -> None:
    """Pagers, aliases, editors, helpers for passwords and a command for alternates: none of them runs."""
    program = str(trap.program)
    set_up(trap, alias__log=f"!{program}", alias__trap=f"!{program}", core__pager=program, pager__log=program)
    set_up(trap, core__editor=program, core__askPass=program, credential__helper=f"!{program}")
    set_up(trap, core__alternateRefsCommand=program, interactive__diffFilter=program, trailer__a__command=program)
    assert trap.bites("trap")
    other = trap.repository.top.parent / "other"
    trap.repository.git("clone", "--quiet", "--bare", ".", str(other))
    (trap.repository.top / ".git" / "objects" / "info" / "alternates").write_text(f"{other}/objects\n")
    assert trap.bites("rev-list", "--alternate-refs")
    ask_everything(trap.repository.top)
    assert not trap.sprung()


@posix
def test_a_bare_repository_among_the_notes_is_none(trap: Trap, tmp_path: Path) -> None:
    """Files that make a folder look like a repository of its own don't bring settings with them."""
    trap.repository.git("clone", "--quiet", "--bare", ".", "notes")
    inner = trap.repository.top / "notes"
    with (inner / "config").open("a") as config:
        config.write(f'[core]\n\tbare = false\n\tworktree = "{inner}"\n\tfsmonitor = "{trap.program}"\n')
    assert trap.bites("-C", "notes", "status")
    assert Git.of(inner) is None
    assert not trap.sprung()


def test_replaced_objects_and_grafts_are_not_heeded(trap: Trap) -> None:
    """What a repository would show in the place of a commit's files or parents is not taken for them."""
    blob, other = (trap.repository.git("rev-parse", f"HEAD:{path}") for path in ("c.md", "b.md"))
    trap.repository.git("replace", blob, other)
    head = trap.repository.git("rev-parse", "HEAD")
    (trap.repository.top / ".git" / "info").mkdir(exist_ok=True)
    (trap.repository.top / ".git" / "info" / "grafts").write_text(f"{head}\n")
    assert "x" == trap.repository.git("cat-file", "-p", blob)
    assert "1" == trap.repository.git("rev-list", "--count", "HEAD")
    git = Git.of(trap.repository.top)
    assert git is not None
    assert b"more" in next(iter(blobs(git, [blob])))
    assert b"3\n" == git.ask("rev-list", "--count", "HEAD")


def test_settings_do_not_change_what_is_found(trap: Trap) -> None:
    """Whatever a person or a repository prefers to see, the answers are the same."""
    git = Git.of(trap.repository.top)
    assert git is not None
    before = (ends(git, "HEAD"), replaced(git, "HEAD", ["a.md"]), tree(git, "HEAD"))
    assert ["a.md"] == [end.path for end in before[0]]
    assert ["One"] == [one.old for one in before[1]]
    for setting in (
        "diff.renames=false",
        "diff.renames=copies",
        "diff.renameLimit=1",
        "diff.noPrefix=true",
        "diff.mnemonicPrefix=true",
        "diff.orderFile=/nowhere/at/all",
        "diff.context=9",
        "diff.interHunkContext=9",
        "diff.algorithm=patience",
        "diff.relative=true",
        "diff.suppressBlankEmpty=true",
        "diff.colorMoved=zebra",
        "diff.external=false",
        "diff.submodule=log",
        "log.follow=true",
        "log.diffMerges=on",
        "log.decorate=full",
        "log.showRoot=false",
        "log.date=relative",
        "format.pretty=%s",
        "core.quotePath=true",
        "core.abbrev=4",
        "core.commentChar=#",
        "color.ui=always",
        "color.diff=always",
        "notes.displayRef=*",
        "i18n.logOutputEncoding=UTF-16",
        "ls-tree.abbrev=4",
    ):
        trap.repository.git("config", *setting.split("=", 1))
    assert before == (ends(git, "HEAD"), replaced(git, "HEAD", ["a.md"]), tree(git, "HEAD"))


@posix
def test_git_is_not_taken_from_the_current_folder(
    trap: Trap, monkeypatch: pytest.MonkeyPatch, new_repository: New
) -> None:
    """A program `git` that a vault brings is never run, also where the PATH has the current folder on it."""
    vault = new_repository("vault")
    (vault.top / "git").write_bytes(trap.program.read_bytes())
    (vault.top / "git").chmod(0o755)
    monkeypatch.chdir(vault.top)
    path = os.environ["PATH"]
    for folders in (f".{os.pathsep}{path}", f"{os.pathsep}{path}"):
        monkeypatch.setenv("PATH", folders)
        assert Git.of(vault.top) is not None
    for folders in (".", ""):
        monkeypatch.setenv("PATH", folders)
        with pytest.raises(GitError, match="git is not installed"):
            Git.of(vault.top)
    assert not trap.sprung()


def test_no_repository_and_no_git_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, new_repository: New
) -> None:
    """Without a repository there is no answer; without git where there is one, somebody must be told."""
    folder = tmp_path / "plain"
    folder.mkdir()
    repository = new_repository()
    assert Git.of(folder) is None
    assert Git.of(repository.top) is not None
    assert Git.of(repository.top / ".git") is None
    monkeypatch.setenv("PATH", str(folder))
    assert Git.of(folder) is None
    with pytest.raises(GitError, match="git is not installed"):
        Git.of(repository.top)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_a_repository_of_another_user_is_told_with_the_next_step(new_repository: New) -> None:
    """git refuses it; that is no want of a repository."""
    repository = new_repository()
    for place in (repository.top, repository.top / ".git"):
        os.chown(place, 12345, 12345)
    with pytest.raises(GitError) as caught:
        Git.of(repository.top)
    assert (
        f"git refuses '{repository.top}', for it belongs to another user; if you trust it: "
        f"git config --global --add safe.directory '{repository.top}'"
    ) == str(caught.value)


def test_a_folder_that_is_not_there_is_an_error_in_words(tmp_path: Path) -> None:
    """git can't be asked there, and that is said."""
    with pytest.raises(GitError, match=r"git can't be started in '.*nowhere'"):
        Git.of(tmp_path / "nowhere")


def test_a_repository_whose_files_lie_elsewhere_is_refused(new_repository: New, tmp_path: Path) -> None:
    """A work tree that the repository claims and the folder is not in is no place to speak of."""
    repository = new_repository()
    (tmp_path / "elsewhere").mkdir()
    repository.git("config", "core.worktree", str(tmp_path / "elsewhere"))
    with pytest.raises(GitError, match=r"core\.worktree"):
        Git.of(repository.top)


def test_variables_that_lead_to_another_repository_are_not_heeded(
    new_repository: New, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a hook, git sets `GIT_DIR` and `GIT_INDEX_FILE`: the folder says which repository is meant."""
    one, other = new_repository("one"), new_repository("other")
    head = one.commit({"a.md": "x"})
    other.commit({"b.md": "x"})
    monkeypatch.setenv("GIT_DIR", str(other.top / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.top))
    monkeypatch.setenv("GIT_NAMESPACE", "x")
    git = Git.of(one.top)
    assert git is not None
    assert head == commit(git, "HEAD")


def test_settings_of_a_person_in_variables_are_heeded(new_repository: New, monkeypatch: pytest.MonkeyPatch) -> None:
    """Containers trust a folder by `GIT_CONFIG_COUNT`; a program that is named there still does not run."""
    repository = new_repository()
    monkeypatch.setenv("GIT_CONFIG_COUNT", "2")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "vaultlint.test")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "seen")
    monkeypatch.setenv("GIT_CONFIG_KEY_1", "diff.external")
    monkeypatch.setenv("GIT_CONFIG_VALUE_1", "trap")
    git = Git.of(repository.top)
    assert git is not None
    assert b"seen\n" == git.ask("config", "vaultlint.test")
    assert b"\n" == git.ask("config", "diff.external")


def test_what_git_says_is_told_in_one_line(new_repository: New) -> None:
    """An error has git's reason and its status; `fatal:` is left out."""
    repository = new_repository()
    git = Git.of(repository.top)
    assert git is not None
    with pytest.raises(GitError) as caught:
        git.ask("cat-file", "-p", "nope")
    assert "Not a valid object name nope" == str(caught.value)
    assert 128 == caught.value.status


@posix
def test_ctrl_c_ends_git_too(new_repository: New, tmp_path: Path) -> None:
    """Interrupted, vaultlint does not leave a git behind that goes on working."""
    repository = new_repository()
    program = tmp_path / "git"
    program.write_text("#!/bin/sh\necho $$\nexec sleep 600\n")
    program.chmod(0o755)
    words = (
        "from pathlib import Path; from vaultlint.git.door import Git; import signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "with Git(Path(), Path(), '', sys.argv[1]).reading('log') as said:\n"
        "    print(int(said.readline()), flush=True)\n"
        "    said.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", words, program],
        cwd=repository.top,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as child:
        assert child.stdout is not None
        pid = int(child.stdout.readline())
        child.send_signal(signal.SIGINT)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
