"""Files such as `.git-blame-ignore-revs`: the commits that `git blame` and the dates of notes leave out."""

from __future__ import annotations

from vaultlint.git.trees import is_id

NAME = ".git-blame-ignore-revs"
"""How such a file is called at the top of a work tree, where services that show repositories look for it."""


def ignored_revs(data: bytes) -> tuple[frozenset[str], tuple[int, ...]]:
    """The commits that are listed, by full ids, a line each, `#` before comments; and the lines that name none."""
    ids, wrong = set[str](), list[int]()
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        word = line.partition(b"#")[0].strip().decode("utf-8", "replace").lower()
        if is_id(word):
            ids.add(word)
        elif word:
            wrong.append(number)
    return frozenset(ids), tuple(wrong)
