"""Python code that a vault brings: refused unless the person who runs vaultlint allows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.config.trust import is_trusted
from vaultlint.rule.errors import LocalCodeError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from vaultlint.config.files import Config
    from vaultlint.config.toml import Key
    from vaultlint.rule.registry import RuleSet

FLAG = "--allow-local-rules"


def with_local_rules(
    root: Path, ruleset: RuleSet, configs: Sequence[Config], *, allowed: bool, heed_trust: bool
) -> RuleSet:
    """`ruleset` and the rules of the files that the config names, which are run for that; raises `UserError`.

    Nothing of them is run unless `allowed`, or with `heed_trust` on the user's list of trusted vaults.
    """
    for config in configs:
        for key, what in _local_code(config):
            allowed = allowed or (heed_trust and is_trusted(root))
            if not allowed:
                where = f"{config.shown}:{config.document.line_of(key)}"
                raise LocalCodeError(
                    f"{where}: this vault wants to run its own Python code ({what}); if you trust the vault, "
                    f"{FLAG} lets it once, and `vaultlint trust` until its code changes"
                )
    files = [
        _file(root, config, name, place) for config in configs for place, name in enumerate(config.content.local_rules)
    ]
    return ruleset.with_local(root, files) if files else ruleset


def _local_code(config: Config) -> Iterator[tuple[Key, str]]:
    for name in config.content.local_rules:
        yield ("local-rules",), name
    for place, table in enumerate(config.schemas()):
        if "model" in table:
            yield ("schema", place, "model"), str(table["model"])


def _file(root: Path, config: Config, name: str, place: int) -> Path:
    file = root / name
    if file.suffix != ".py" or not file.is_file():
        raise config.document.error(f"no Python file '{name}' in the vault", ("local-rules", place))
    if not file.resolve().is_relative_to(root.resolve()):
        raise config.document.error(f"'{name}' is outside the vault", ("local-rules", place))
    return file
