"""Links whose letters are of another case than the file's: the app does not mind, other programs do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated
from unicodedata import normalize

from vaultlint_rules.links._writing import is_tentative, may_change, spelt

from vaultlint.rule.finding import Severity
from vaultlint.rule.fix import Applicability, Fix
from vaultlint.rule.kinds import Group, LinkRule
from vaultlint.vault.names import is_note_path, path_key, without_extension

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.rule.finding import Finding
    from vaultlint.vault.facts import LinkFact
    from vaultlint.vault.index import Index
    from vaultlint.vault.links import Target


@dataclass(frozen=True)
class Options:
    """Which links are judged."""

    wikilinks: Annotated[
        bool,
        "Judge `[[links]]` to notes too, which people write as the sentence wants it. Else Markdown links, and links "
        "to other files.",
    ] = False


class LinkCaseMismatch(LinkRule):
    """A link is written in another case than the file that it leads to."""

    name = "link-case-mismatch"
    group = Group.LINKS
    severity = Severity.WARNING
    Options = Options
    only_near = True

    def concerns(self, name: str, path: str | None) -> bool:
        """Nearly all links are as they should be."""
        if path is None or path.endswith((name, f"{name}.md")):
            return False
        written = _written(name)
        return not path.endswith((written, f"{written}.md"))

    def check(self, link: LinkFact, target: Target, index: Index) -> Iterator[Finding]:
        """Yield the link if only the case of a letter tells it from the file's path."""
        path = target.path
        if path is None or not link.path or target.ambiguous or link.in_comment:
            return
        written = _written(link.path)
        if not (self.options.wikilinks or link.markdown or not target.is_note):
            return
        right = _right(written, path)
        if right is None:
            return
        source = target.source
        yield self.find(
            link.path_span,
            f"'{written}' is '{right}' on disk: only programs that take no heed of case find it",
            fix=lambda: _fix(link, source, path, link.path[: len(link.path) - len(written)] + right, index),
            at_most=Applicability.SAFE,
        )


def _written(path: str) -> str:
    """What a link says of the file's own path: folders of the way there are none of it."""
    return path.rsplit("../", 1)[-1].removeprefix("./").lstrip("/")


def _right(written: str, path: str) -> str | None:
    """The end of the file's path that the link names; `None` where they differ in more than case, or in nothing."""
    path = normalize("NFC", path)
    if is_note_path(path) and not is_note_path(written):
        path = without_extension(path)
    right = "/".join(path.split("/")[-(written.count("/") + 1) :])
    if right == written or path_key(right) != path_key(written) or len(right) != len(written):
        return None
    spaces = {"\u00a0": " ", "\u202f": " "}
    same = all(spaces.get(one, one) == spaces.get(other, other) for one, other in zip(right, written, strict=True))
    return None if same else right


def _fix(link: LinkFact, source: str, path: str, text: str, index: Index) -> Fix | None:
    """Write the path as the file has it; people read what they read before."""
    edits = spelt(link, source, text, path, index)
    if not edits:
        return None
    return Fix(
        f"write '{text}'",
        edits,
        Applicability.SAFE,
        may_change=may_change(link),
        tentative=is_tentative(link, edits),
    )
