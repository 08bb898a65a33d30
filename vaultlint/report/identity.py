"""What a service knows a finding by from one run to the next: the same when lines move, never shared by two."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from msgspec import structs

from vaultlint.rule.fingerprint import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultlint.report.views import ReadNote
    from vaultlint.rule.finding import Diagnostic


def identities(diagnostics: Iterable[Diagnostic], read: ReadNote) -> list[str]:
    """For each finding 32 hexadecimal digits that no other has: of its fingerprint, and which of equals it is."""
    seen: Counter[str] = Counter()
    found = []
    for diagnostic in diagnostics:
        # What is said of a whole note has no words of it: for that it need not be read.
        text = read(diagnostic.path) if diagnostic.span.end else None
        known_by = "\0".join(map(_digest, structs.astuple(fingerprint(diagnostic, text))))
        found.append(_digest(f"{known_by}\0{seen[known_by]}"))
        seen[known_by] += 1
    return found


@lru_cache(maxsize=64)  # of findings in one note, and on one line, most parts are the same
def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:32]
