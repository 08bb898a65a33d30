"""What a service knows of a repository, asked of real git: the diff of a pull request, and its object database."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

SURROUNDINGS = {
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}
HUNK = re.compile(rb"^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")


class Repository:
    """A git repository in a folder, which need not be bare."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._asked: dict[tuple[str, ...], bytes] = {}

    @classmethod
    def new(cls, folder: Path) -> Repository:
        """Effect: makes a repository with a branch `main` and an empty commit."""
        folder.mkdir(parents=True, exist_ok=True)
        repository = cls(folder)
        repository.ask("init", "-q", "-b", "main")
        repository.ask("config", "core.autocrlf", "false")
        repository.ask("commit", "-q", "--allow-empty", "-m", "start")
        return repository

    def ask(self, *words: str, given: bytes = b"", **more: str) -> bytes:
        """Effect: runs git. What it prints; `CalledProcessError` where it fails."""
        surroundings = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")} | SURROUNDINGS | more
        command = ["git", "-C", str(self.folder), *words]
        return subprocess.run(command, input=given, capture_output=True, check=True, env=surroundings).stdout

    def diff(self, *words: str) -> bytes:
        """A diff of commits, by their ids; the same ones are compared once."""
        if words not in self._asked:
            self._asked[words] = self.ask("diff", "--no-renames", *words)
        return self._asked[words]

    def works(self, *words: str) -> bool:
        try:
            self.ask(*words)
        except subprocess.CalledProcessError:
            return False
        return True

    def id(self, name: str) -> str:
        return self.ask("rev-parse", "--verify", "-q", "--end-of-options", name).decode().strip()

    def put(self, branch: str, files: dict[str, str | bytes | None], message: str = "change") -> str:
        """Effect: commits files (`None` removes one) on a branch, made from `main` where it is new; the commit."""
        exists = self.works("rev-parse", "--verify", "-q", f"refs/heads/{branch}")
        self.ask("checkout", "-q", *(() if exists else ("-b",)), branch, *(() if exists else ("main",)))
        for path, content in files.items():
            file = self.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                file.unlink()
            else:
                file.write_bytes(content.encode() if isinstance(content, str) else content)
        self.ask("add", "-A")
        self.ask("commit", "-q", "--allow-empty", "-m", message)
        return self.id("HEAD")

    def patches(self, base: str, head: str) -> Iterator[tuple[str, str, str | None]]:
        """The files of the diff: path, status as the service names it, patch (`None`: binary)."""
        start = self.ask("merge-base", base, head).decode().strip()
        fields = self.diff("-z", "--name-status", start, head).decode().split("\0")[:-1]
        for letter, path in zip(fields[::2], fields[1::2], strict=True):
            diff = self.diff(start, head, "--", path)
            at = diff.find(b"\n@@ ")
            patch = diff[at + 1 :].decode("utf-8", "replace").removesuffix("\n") if at >= 0 else None
            yield path, {"A": "added", "D": "removed"}.get(letter, "modified"), patch

    def line_now(self, then: str, now: str, path: str, line: int) -> int | None:
        """Where a line of one commit stands in a later one; `None` where it was changed or removed."""
        if then == now:
            return line
        shift = 0
        for row in self.diff("-U0", then, now, "--", path).split(b"\n"):
            found = HUNK.match(row)
            if found is None:
                continue
            old, old_count, _, new_count = (int(part) if part is not None else 1 for part in found.groups())
            if old_count and old <= line < old + old_count:
                return None
            if line > old:
                shift += new_count - old_count
        return line + shift

    def blob(self, content: bytes) -> str:
        return self.ask("hash-object", "-w", "-t", "blob", "--stdin", given=content).decode().strip()

    def tree(self, base: str | None, entries: list[tuple[str, str, str | None]]) -> str:
        """Effect: writes a tree of (path, mode, blob) upon another tree; its id."""
        index = str(self.folder / ".rest-index")
        if base is not None:
            self.ask("read-tree", base, GIT_INDEX_FILE=index)
        rows = "".join(f"{mode if sha else 0} {sha or '0' * 40}\t{path}\0" for path, mode, sha in entries)
        self.ask("update-index", "-z", "--index-info", given=rows.encode(), GIT_INDEX_FILE=index)
        tree = self.ask("write-tree", GIT_INDEX_FILE=index).decode().strip()
        Path(index).unlink(missing_ok=True)
        return tree

    def commit(self, tree: str, parents: list[str], message: str) -> str:
        words = [word for parent in parents for word in ("-p", parent)]
        return self.ask("commit-tree", tree, *words, given=message.encode()).decode().strip()


def lines_in(patch: str) -> list[range]:
    """The lines of the new file that each hunk of a patch shows."""
    found = []
    for row in patch.encode().split(b"\n"):
        hunk = HUNK.match(row)
        if hunk is not None:
            start, count = int(hunk[3]), int(hunk[4]) if hunk[4] is not None else 1
            found.append(range(start, start + count))
    return found
