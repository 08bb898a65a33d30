"""What can go wrong outside a note.

```
VaultlintError                 everything that vaultlint itself raises
├── Problem                    a note that can't be had as typed data (`vaultlint.load`); mostly met as a value
└── UserError                  you can mend this: one line, exit status 2
    ├── UnknownNameError       no rule, group or pack of that name
    ├── RuleError              a rule, or the package that brings it, can't be used
    ├── ConfigError            a config file says something wrong: file, line and key are named
    └── LocalCodeError         a vault's config names Python code, and nobody allowed it
```

Anything else that reaches the top is a fault of vaultlint's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class VaultlintError(Exception):
    """The root of all that vaultlint raises."""


class UserError(VaultlintError):
    """The call, the config or what is installed is wrong; the message is one line and says how to go on."""

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))


_LISTED = {
    "rule": "; `vaultlint explain` lists them",
    "pack": "; `vaultlint explain --pack` lists them",
    "rule, group or pack": "; `vaultlint explain` lists rules and groups, `vaultlint explain --pack` the packs",
}
"""Where to look, of a name that is like none."""


class UnknownNameError(UserError):
    """A name that no rule, group or pack has."""

    def __init__(self, kind: str, name: str, names: Iterable[str]) -> None:
        super().__init__(f"no {kind} named '{name}'{did_you_mean(name, names) or _LISTED.get(kind, '')}")


class RuleError(UserError):
    """A rule, or the package that brings it, can't be used: the run stops, for it would judge too little."""


class ConfigError(UserError):
    """A config file says something wrong."""

    def __init__(self, message: str, *, file: str, line: int | None = None) -> None:
        super().__init__(f"{file}:{line}: {message}" if line else f"{file}: {message}")


class LocalCodeError(UserError):
    """A vault's config names Python code of its own; running it needs `--allow-local-rules` or a word of trust."""


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The one of `words` that is spelt most like `word`, or `None` where none is near."""
    from difflib import get_close_matches

    by_key = {_key(known): known for known in words}
    found = get_close_matches(_key(word), by_key, n=1, cutoff=0.6)
    return by_key[found[0]] if found else None


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """`; did you mean 'x'?` to end a message with, or nothing where no word is near."""
    known = nearest(word[:100], words)
    return f"; did you mean '{known}'?" if known else ""


def _key(word: str) -> str:
    return word.casefold().replace("_", "-").replace(" ", "-")
